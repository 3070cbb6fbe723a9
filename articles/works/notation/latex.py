"""
LaTeX in the fields of BibTeX: accents, symbols and emphasis to text, and back.

Of commands only those that mean characters or emphasis have an effect; nothing is
read, run or expanded.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, NamedTuple
from unicodedata import normalize

from pylatexenc import (  # type: ignore[import-untyped]  # it ships no types
    latex2text,
    latexwalker,
    macrospec,
)

from articles.works.notation.symbols import ACCENTS, SYMBOLS

MAX_DEPTH = 40
MAX_PARSED = 100_000

_LETTER = r"(?:\{\s*(?:\\([ij])\s*|([A-Za-z]))\}|\\([ij])(?![A-Za-z])\s?|([A-Za-z]))"
_ACCENT = re.compile(
    r"""(?<!\\)\\(?:([`'^~"=.])\s?|([Hcdkruv])(?:\s+|(?=\{)))""" + _LETTER
)
_STOOD_FOR = str.maketrans({"\ufdd0": "^", "\ufdd1": "~", "\ufdd2": "\\"})
_SYMBOL = re.compile(rf"(?<!\\)\\({'|'.join(SYMBOLS)})(?:\{{\}}|(?![A-Za-z])[ ~]?)")

MAX_MARKS = 4

_MARKS = {
    "emph": "i",
    "textbf": "b",
    "textit": "i",
    "textsubscript": "sub",
    "textsuperscript": "sup",
}
_COMMANDS = {
    "b": "textbf",
    "i": "textit",
    "sub": "textsubscript",
    "sup": "textsuperscript",
}
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "{}$%&_#"},
}
_TYPED = {"---": "\N{EM DASH}", "--": "\N{EN DASH}", "``": "“", "''": "”"}
_PLAIN = re.compile(r"[^\\{}$~%&^_#`'-]*")
_BRACE = re.compile(r"(?<!\\)[{}]")
_ESCAPED = re.compile(r"\{?\\([_%&#$~{}])\}?")
_TO_ESCAPE = re.compile(r"[\\~^{}$%&_#]")
_MARK = re.compile(rf"(?<!\\)\\({'|'.join(_MARKS)})\{{([^{{}}]*)\}}")
_EASY = re.compile(r"\\([&%$#_{}])|[{}~]")
_HARD = re.compile(r"\\(?![&%$#_{}])|(?<!\\)\$")
_LIGATURE = re.compile(r"([-`'])(?=\1)|([?!])(?=`)")
_DOLLAR = re.compile(r"(?<!\\)\$")
_BARE = re.compile(r"(?<!\\)[&%#]")
_RAISED = re.compile(r"\$\s*([_^])\s*\{?([^{}$\\]{1,40})\}?\s*\$")
_COMMAND = re.compile(r"\\[A-Za-z]+\*?|[\\{}]")
_TAG = re.compile(r"<(i|b|sup|sub)>((?:(?!</?(?:i|b|sup|sub)>).)*)</\1>", re.DOTALL)


_TROUBLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


class Read(NamedTuple):
    """`is_whole` is false where commands made no sense and were left out."""

    text: str
    is_whole: bool


class _Converter(NamedTuple):
    known: macrospec.LatexContextDb
    to_text: latex2text.LatexNodes2Text


@dataclass(slots=True)
class Reader:
    """
    Reads the fields of one file.

    What is more than accents and escapes takes a parser, and time: `room` is how many
    characters of the file may have it.
    """

    room: int = MAX_PARSED

    def read(self, latex: str) -> Read:
        """What a reader would see, on one line, in normalisation form C."""
        is_whole = True
        if not _PLAIN.fullmatch(latex):
            latex = _plainer(latex)
        if _HARD.search(latex):
            latex, is_whole = self._parsed(latex)
        else:
            latex = _EASY.sub(_easy, latex)
        return Read(
            normalize("NFC", " ".join(latex.split())).translate(_STOOD_FOR), is_whole
        )

    def _parsed(self, latex: str) -> Read:
        self.room -= len(latex)
        if self.room >= 0 and not is_deep(latex):
            with suppress(*_TROUBLE):
                return Read(_converted(_ready(latex)), is_whole=True)
        return Read(_COMMAND.sub("", latex), is_whole=False)


def verbatim(latex: str) -> str:
    """An address or a number: only what had to be escaped is taken back."""
    return _ESCAPED.sub(r"\1", latex).strip()


def write(plain: str) -> str:
    """What `read` reads back as this."""
    escaped = _TO_ESCAPE.sub(lambda found: _SPECIAL[found[0]], plain)
    escaped = _LIGATURE.sub(r"\g<0>{}", escaped)
    before = None
    while before != escaped:
        before = escaped
        escaped = _TAG.sub(r"\\\1mark{\2}", escaped)
    return re.sub(r"\\(b|i|sub|sup)mark\{", _command, escaped)


def is_deep(latex: str) -> bool:
    """Whether braces stand in braces beyond anything that a reference needs."""
    depth = 0
    for brace in _BRACE.finditer(latex):
        depth += 1 if brace[0] == "{" else -1
        if depth > MAX_DEPTH:
            return True
    return False


def _command(found: re.Match[str]) -> str:
    return f"\\{_COMMANDS[found[1]]}{{"


def _plainer(latex: str) -> str:
    """With accents, symbols, emphasis, quotes and dashes as they are printed."""
    latex = _ACCENT.sub(_accented, latex)
    latex = _SYMBOL.sub(lambda found: SYMBOLS[found[1]], latex)
    for _ in range(MAX_MARKS):
        latex, found = _MARK.subn(_emphasised, latex)
        if not found:
            break
    for typed, printed in _TYPED.items():
        latex = latex.replace(typed, printed)
    return latex


def _accented(found: re.Match[str]) -> str:
    letter = found[3] or found[4] or found[5] or found[6]
    return normalize("NFC", letter + ACCENTS[found[1] or found[2]])


def _emphasised(found: re.Match[str]) -> str:
    tag = _MARKS[found[1]]
    return f"<{tag}>{found[2]}</{tag}>"


def _easy(found: re.Match[str]) -> str:
    return found[1] or (" " if found[0] == "~" else "")


def _ready(latex: str) -> str:
    """With the characters escaped that were left unescaped."""
    if len(_DOLLAR.findall(latex)) % 2:
        latex = _DOLLAR.sub(r"\\$", latex)
    latex = _BARE.sub(lambda found: f"\\{found[0]}", latex)
    return _RAISED.sub(_raised, latex)


def _raised(found: re.Match[str]) -> str:
    name = "textsubscript" if found[1] == "_" else "textsuperscript"
    return f"\\{name}{{{found[2]}}}"


def _converted(latex: str) -> str:
    converter = _converter()
    walker = latexwalker.LatexWalker(latex, latex_context=converter.known)
    nodes, _, _ = walker.get_latex_nodes()
    return str(converter.to_text.nodelist_to_text(nodes))


def _marked(tag: str, node: Any, l2tobj: Any) -> str:
    return f"<{tag}>{l2tobj.node_arg_to_text(node, 0)}</{tag}>"


def _named_link(node: Any, l2tobj: Any) -> str:
    return str(l2tobj.node_arg_to_text(node, 1))


@cache
def _converter() -> _Converter:
    known = latexwalker.get_default_latex_context_db()
    known.add_context_category(
        "marks",
        prepend=True,
        macros=[
            *(macrospec.std_macro(name, "{") for name in _MARKS),
            macrospec.std_macro("href", "{{"),
        ],
    )
    printed = latex2text.get_default_latex_context_db()
    marks = [
        latex2text.MacroTextSpec(name, simplify_repl=partial(_marked, tag))
        for name, tag in _MARKS.items()
    ]
    others = {"url": "%s", "textasciicircum": "^", "href": _named_link}
    printed.add_context_category(
        "marks",
        prepend=True,
        macros=[
            *marks,
            *(latex2text.MacroTextSpec(*pair) for pair in others.items()),
        ],
    )
    return _Converter(
        known, latex2text.LatexNodes2Text(latex_context=printed, math_mode="text")
    )
