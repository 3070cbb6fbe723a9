"""A list of identifiers, or prose that names some: what is to be looked up."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from articles.works.readers import identified
from articles.works.readers.record import Refused, shown
from articles.works.readers.tagged import numbered

MAX_REFUSED = 50

_BARE = re.compile(r"[1-9][0-9]{4,7}")
_BETWEEN = re.compile(r"[\s,;]+")


class Wanted(NamedTuple):
    """`kind` is doi, pmid or pmcid; `line` is where it stands first."""

    kind: str
    value: str
    line: int


class Named(NamedTuple):
    wanted: list[Wanted]
    refused: list[Refused]
    problems: list[str]


def parse(text: str) -> Named:
    """
    Every identifier once, and the lines that have none.

    A number alone is a PMID from five digits on; a shorter one must say so.
    """
    found: dict[tuple[str, str], Wanted] = {}
    refused: list[Refused] = []
    empty = 0
    for line, words in numbered(text):
        here = list(_on_line(words, line))
        for wanted in here:
            found.setdefault((wanted.kind, wanted.value.lower()), wanted)
        if here or not words.strip():
            continue
        empty += 1
        if empty <= MAX_REFUSED:
            reason = f"“{shown(words)}” holds no DOI, PMID or PMCID."
            refused.append(Refused(line, line, reason))
    return Named(list(found.values()), refused, _untold(empty - MAX_REFUSED))


def _untold(more: int) -> list[str]:
    return [f"{more:,} more lines hold no DOI, PMID or PMCID."] if more > 0 else []


def _on_line(words: str, line: int) -> Iterator[Wanted]:
    """A work with a DOI is known by it, whatever else stands beside it on the line."""
    dois = identified.dois(words)
    pmids = identified.pmids(words)
    if dois or pmids:
        kind, values = ("doi", dois) if dois else ("pmid", pmids)
    elif pmcids := identified.pmcids(words):
        kind, values = "pmcid", pmcids
    else:
        numbers = list(filter(None, _BETWEEN.split(words.strip())))
        kind, values = "pmid", numbers if all(map(_BARE.fullmatch, numbers)) else []
    for value in values:
        yield Wanted(kind, value, line)
