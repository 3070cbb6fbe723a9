"""Works that the library has already: the very ones being added, or likely ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Q

from articles.models import FIRST_AUTHOR_LENGTH, Work
from articles.works import dates, identifiers, identity
from articles.works.duplicates import YEARS_APART, twins

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import QuerySet

    Item = Mapping[str, Any]

MOST_UNSURE = 200
MOST_LIKE_THEM = 1_000
TELLING_WORDS = 4
MOST_BEFORE = 4
LONGEST_NAME = 6
"""In words."""

_NAMED = "Its title stands in the reference."


class Match(NamedTuple):
    """A work that is certainly the one, or, for a person to say, probably."""

    work: Work
    is_certain: bool
    why: str


def matches(items: Sequence[Item]) -> list[list[Match]]:
    """For each item the work that it certainly is, else those that it may be."""
    found = _twins(items, list(_identified(items)))
    unsure = [place for place, there in enumerate(found) if not there][:MOST_UNSURE]
    sought = [items[place] for place in unsure]
    likely = _twins(sought, list(_alike(sought)))
    for place, there in zip(unsure, likely, strict=True):
        found[place] = there
    return found


def named_in(texts: Sequence[str]) -> list[list[Match]]:
    """For each printed reference the works whose title and first author it names."""
    names = {name for text in texts for name in _beginnings(text)}
    works = _by_first_author(names)[:MOST_LIKE_THEM]
    known = [(_told_by(work.csl), work) for work in works]
    telling = [(told, work) for told, work in known if _is_telling(told[1])]
    return [_named_in(text, telling) for text in texts]


def _told_by(item: Item) -> tuple[str, str]:
    """First author and title, as they are compared."""
    return identity.first_author(item), identity.folded_title(item)


def _named_in(text: str, known: list[tuple[tuple[str, str], Work]]) -> list[Match]:
    said = f" {identity.folded_title({'title': text})} "
    return [
        Match(work, is_certain=False, why=_NAMED)
        for told, work in known
        if all(f" {words} " in said for words in told)
    ]


def _is_telling(title: str) -> bool:
    return title.count(" ") + 1 >= TELLING_WORDS


def _twins(items: Sequence[Item], works: list[Work]) -> list[list[Match]]:
    found: list[list[Match]] = [[] for _ in items]
    for twin in twins(items, [work.csl for work in works]):
        match = Match(works[twin.present], twin.is_certain, twin.why)
        found[twin.added].append(match)
    return found


def _identified(items: Sequence[Item]) -> Iterable[Work]:
    """Works of the same fingerprint, which a DOI decides, or the same PMID."""
    prints = {identity.fingerprint(item) for item in items}
    pmids = {identifiers.pmid(str(item.get("PMID", ""))) or "" for item in items}
    same = Q(fingerprint__in=prints) | Q(pmid__in=pmids - {""})
    return Work.objects.filter(same).order_by("pk")


def _alike(items: Sequence[Item]) -> Iterable[Work]:
    """Works that somebody of the same name signed in about the same year."""
    people = {identity.first_author(item) for item in items if dates.year(item)}
    years = {
        year + apart
        for item in items
        if (year := dates.year(item))
        for apart in range(-YEARS_APART, YEARS_APART + 1)
    }
    return _by_first_author(people).filter(year__in=years)[:MOST_LIKE_THEM]


def _beginnings(text: str) -> set[str]:
    """What may be the name of the first author, behind a number and particles."""
    said = identity.folded(text).split()[: MOST_BEFORE + LONGEST_NAME]
    return {
        " ".join(said[start : start + length])
        for start in range(MOST_BEFORE)
        for length in range(1, LONGEST_NAME + 1)
    }


def _by_first_author(names: Iterable[str]) -> QuerySet[Work]:
    known = {name[:FIRST_AUTHOR_LENGTH] for name in names if name}
    return Work.objects.filter(first_author__in=known).order_by("-pk")
