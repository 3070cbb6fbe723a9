"""References out of a file or a pasted text, whatever format they are in."""

import re
from collections.abc import Callable
from typing import NamedTuple

from articles.works import csl, keys
from articles.works.readers import bibtex, csl_json, decoding, nbib, ris, wanted
from articles.works.readers.record import MAX_RECORDS, Draft, Parsed, Refused
from articles.works.readers.wanted import Wanted

MAX_BYTES = 2_000_000

_NOTHING = (
    "There is no reference in it: it is neither RIS, NBIB, BibTeX nor CSL-JSON, and "
    "no list of DOIs or PMIDs."
)
_MIXED = (
    "It was read as {}. Some of it looks like {}, and that was not read: bring it in by "
    "itself."
)
_BEGINS = re.compile(
    r"^\s?(?:(?P<RIS>TY {1,2}-)|(?P<NBIB>PMID- ?\d)|(?P<BibTeX>@[a-z]{2,20} ?\{[^\s{}]*,))",
    re.MULTILINE | re.IGNORECASE,
)
_TOO_LARGE = f"The file is larger than {MAX_BYTES // 1_000_000} MB; nothing was read."


class Found(NamedTuple):
    """A clean item, the key to cite it by, and what was left out or not understood."""

    key: str
    item: csl.CSLItem
    record: int
    notes: tuple[str, ...]


class Read(NamedTuple):
    """
    `format` is “RIS”, “NBIB”, “BibTeX”, “CSL-JSON”, “identifiers” or empty.

    `refused` are records that are no references; `wanted` is to be looked up; `problems`
    are about the whole, in sentences.
    """

    format: str = ""
    items: tuple[Found, ...] = ()
    refused: tuple[Refused, ...] = ()
    wanted: tuple[Wanted, ...] = ()
    problems: tuple[str, ...] = ()


class _Format(NamedTuple):
    name: str
    suffixes: tuple[str, ...]
    looks_like: Callable[[str], bool]
    parse: Callable[[str], Parsed]


_FORMATS = [
    _Format("CSL-JSON", (".json",), csl_json.looks_like, csl_json.parse),
    _Format("RIS", (".ris",), ris.looks_like, ris.parse),
    _Format("BibTeX", (".bib", ".bibtex"), bibtex.looks_like, bibtex.parse),
    _Format("NBIB", (".nbib",), nbib.looks_like, nbib.parse),
]


def read(data: bytes | str, *, name: str = "") -> Read:
    """
    Everything that can be read, and a sentence for everything that cannot.

    The content decides the format; the file's name only where several fit. Nothing
    that comes in makes this fail.
    """
    if _size(data) > MAX_BYTES:
        return Read(problems=(_TOO_LARGE,))
    if isinstance(data, str):
        decoded = decoding.Decoded(decoding.unix_lines(data), [])
    else:
        decoded = decoding.decode(data)
    found = _format(decoded.text, name)
    if not found:
        return _identifiers(decoded)
    return _references(found, decoded)


def _size(data: bytes | str) -> int:
    return len(data.encode(errors="replace") if isinstance(data, str) else data)


def _format(text: str, name: str) -> _Format | None:
    fitting = [known for known in _FORMATS if known.looks_like(text)]
    named = [known for known in fitting if name.lower().endswith(known.suffixes)]
    return next(iter(named + fitting), None)


def _references(known: _Format, decoded: decoding.Decoded) -> Read:
    parsed = known.parse(decoded.text)
    problems = [*decoded.problems, *parsed.problems]
    if others := _begun(decoded.text) - {known.name}:
        problems.append(_MIXED.format(known.name, " and ".join(sorted(others))))
    if parsed.total > MAX_RECORDS:
        problems.append(
            f"The file holds {parsed.total:,} records; only the first {MAX_RECORDS:,} were read."
        )
    items, refused = _cleaned(parsed.drafts)
    refused = sorted([*refused, *parsed.refused])
    if not items and not refused and not problems:
        problems.append(_NOTHING)
    return Read(known.name, tuple(items), tuple(refused), (), tuple(problems))


def _begun(text: str) -> set[str]:
    """The formats of which a record begins somewhere."""
    return {str(found.lastgroup) for found in _BEGINS.finditer(text)}


def _cleaned(drafts: list[Draft]) -> tuple[list[Found], list[Refused]]:
    items: list[Found] = []
    refused: list[Refused] = []
    taken: set[str] = set()
    for draft in drafts:
        clean = csl.clean_item(draft.whole())
        if clean.item is None:
            reason = " ".join(clean.problems)
            refused.append(Refused(draft.record, draft.line, reason))
            continue
        key = keys.free(keys.suggested(draft.key, clean.item), taken)
        taken.add(key)
        notes = (*draft.notes, *clean.problems)
        items.append(Found(key, clean.item, draft.record, notes))
    return items, refused


def _identifiers(decoded: decoding.Decoded) -> Read:
    named = wanted.parse(decoded.text)
    if not named.wanted:
        return Read(problems=(*decoded.problems, _NOTHING))
    if len(named.wanted) > MAX_RECORDS:
        named.problems.append(
            f"The list names {len(named.wanted):,} works; "
            f"only the first {MAX_RECORDS:,} were taken."
        )
    return Read(
        "identifiers",
        (),
        tuple(named.refused),
        tuple(named.wanted[:MAX_RECORDS]),
        (*decoded.problems, *named.problems),
    )
