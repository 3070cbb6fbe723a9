"""The values of BibTeX fields: braces, quotes, numbers, names of strings, joined by #."""

import re
from dataclasses import dataclass, field

MAX_EXPANDED = 1_000_000

_PIECE = re.compile(r"""(?<!\\)[{}"#]""")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"


class NotAValueError(ValueError):
    """Why a value cannot be read, in a sentence."""


@dataclass(slots=True)
class Strings:
    """
    The strings of one file, the months among them.

    Together they may put in `room` characters; a file in which strings are made of
    strings grows no further.
    """

    known: dict[str, str] = field(
        default_factory=lambda: {name: name.title() for name in _MONTHS.split()}
    )
    room: int = MAX_EXPANDED

    def define(self, name: str, raw: str) -> None:
        self.known[name.lower()] = self.value(raw)

    def value(self, raw: str) -> str:
        """The pieces joined; NotAValueError for an unknown name, or no more room."""
        return "".join(self._piece(piece.strip()) for piece in _pieces(raw))

    def _piece(self, piece: str) -> str:
        if len(piece) > 1 and piece[0] + piece[-1] in {"{}", '""'}:
            return piece[1:-1]
        if not piece or piece.isdigit():
            return piece
        return self._string(piece)

    def _string(self, name: str) -> str:
        known = self.known.get(name.lower())
        if known is None:
            message = f"“{name[:60]}” is the name of no string"
            raise NotAValueError(message)
        self.room -= len(known)
        if self.room < 0:
            message = f"strings put in more than {MAX_EXPANDED:,} characters"
            raise NotAValueError(message)
        return known


def _pieces(raw: str) -> list[str]:
    """Between the # that stand in no braces and no quotes."""
    cuts, depth, is_quoted = [-1], 0, False
    for mark in _PIECE.finditer(raw):
        if mark[0] == '"' and depth == 0:
            is_quoted = not is_quoted
        elif mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            depth -= 1
        elif mark[0] == "#" and depth == 0 and not is_quoted:
            cuts.append(mark.start())
    return [
        raw[start + 1 : end]
        for start, end in zip(cuts, [*cuts[1:], len(raw)], strict=True)
    ]
