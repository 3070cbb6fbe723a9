"""Which of the works being added are there already: certainly, or probably."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from articles.works import dates, identifiers
from articles.works.identity import fingerprint, first_author, folded_title

Item = Mapping[str, Any]

ALIKE = 0.85
YEARS_APART = 1
MOST_COMPARED = 50
_TELLING = 4
_WHY = {
    "DOI": "Both have the same DOI.",
    "PMID": "Both have the same PMID.",
    "fingerprint": "Title, year and first author are the same.",
    "likely": "The titles are alike, and so are first author and year.",
}


class Twin(NamedTuple):
    """
    `added` and `present` are places in the two lists; `why` is a sentence.

    What is certain may be merged; what is not is for a person to say.
    """

    added: int
    present: int
    is_certain: bool
    why: str


class _Known(NamedTuple):
    doi: str
    pmid: str
    title: str
    year: int | None
    author: str


def twins(added: Sequence[Item], present: Sequence[Item]) -> list[Twin]:
    """
    For each work being added, the certain twin among those present, else likely ones.

    Pass the same list twice to find the twins inside it: a work is compared only with
    those before it.
    """
    same = added is present
    known = [_known(item) for item in present]
    prints = [fingerprint(item) for item in present]
    places = _places(known, prints)
    by_author = _by(known)
    found: list[Twin] = []
    for place, item in enumerate(added):
        most = place if same else len(present)
        sure = _certain(place, item, known, places, most)
        found += (
            [sure] if sure else _likely(place, _known(item), known, by_author, most)
        )
    return found


def _known(item: Item) -> _Known:
    return _Known(
        identifiers.doi(str(item.get("DOI", ""))) or "",
        identifiers.pmid(str(item.get("PMID", ""))) or "",
        folded_title(item),
        dates.year(item),
        first_author(item),
    )


def _places(known: list[_Known], prints: list[str]) -> dict[tuple[str, str], int]:
    """Where each name of a work stands first."""
    places: dict[tuple[str, str], int] = {}
    for place, (work, mark) in enumerate(zip(known, prints, strict=True)):
        for name in _names(work, mark):
            places.setdefault(name, place)
    return places


def _names(work: _Known, mark: str) -> list[tuple[str, str]]:
    names = [("DOI", work.doi), ("PMID", work.pmid), ("fingerprint", mark)]
    return [(kind, value) for kind, value in names if value]


def _certain(
    place: int,
    item: Item,
    known: Sequence[_Known],
    places: Mapping[tuple[str, str], int],
    most: int,
) -> Twin | None:
    work = _known(item)
    for name in _names(work, fingerprint(item)):
        other = places.get(name)
        if (
            other is not None
            and other < most
            and not _differ(work.doi, known[other].doi)
        ):
            return Twin(place, other, is_certain=True, why=_WHY[name[0]])
    return None


def _differ(one: str, other: str) -> bool:
    """Whether both are there, and name two works."""
    return bool(one and other and one != other)


def _by(known: list[_Known]) -> dict[str, list[int]]:
    """The places of each first author's works."""
    places: dict[str, list[int]] = {}
    for place, work in enumerate(known):
        places.setdefault(work.author, []).append(place)
    return places


def _likely(
    place: int,
    work: _Known,
    known: list[_Known],
    by_author: Mapping[str, list[int]],
    most: int,
) -> list[Twin]:
    others = [other for other in by_author.get(work.author, []) if other < most]
    return [
        Twin(place, other, is_certain=False, why=_WHY["likely"])
        for other in others[:MOST_COMPARED]
        if _are_alike(work, known[other])
    ]


def _are_alike(one: _Known, other: _Known) -> bool:
    """Two DOIs, or two PMIDs, that differ say that the works differ."""
    if _differ(one.doi, other.doi) or _differ(one.pmid, other.pmid):
        return False
    near = one.year and other.year and abs(one.year - other.year) <= YEARS_APART
    return bool(near) and _same_words(one.title, other.title)


def _same_words(one: str, other: str) -> bool:
    """Nearly the same words, or one title is the other without its subtitle."""
    shorter, longer = sorted((one.split(), other.split()), key=len)
    if len(shorter) >= _TELLING and longer[: len(shorter)] == shorter:
        return True
    return SequenceMatcher(None, shorter, longer, autojunk=False).ratio() >= ALIKE
