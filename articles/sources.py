"""What became of a list of references: who came, who went, whose record changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles import content
from articles.canonical import canonical_json
from articles.changes import CHANGED, GONE, NEW, compared_lines
from articles.vocabulary import RefType
from articles.works import identity
from articles.works.ama import ama

if TYPE_CHECKING:
    from articles.changes import Cell
    from articles.reading.text import Reference, Text

RENUMBERED = "renumbered"


@dataclass(frozen=True, slots=True)
class Source:
    """A reference that is not as it was; a number is None on the side that lacks it."""

    kind: str
    was: int | None
    now: int | None
    words: Cell


def changed(before: Text, after: Text) -> list[Source]:
    """By their numbers; those that went come last."""
    old, new = _numbered(before), _numbered(after)
    pairs = _pairs(old, new)
    found = [_source(old.get(pairs[place]), new[place]) for place in new]
    kept = [source for source in found if source]
    stays = set(pairs.values())
    return kept + [_gone(old[place]) for place in old if place not in stays]


Numbered = tuple[int, "Reference"]


def _numbered(text: Text) -> dict[int, Numbered]:
    return {n: (n, found) for n, found in enumerate(text.references, start=1)}


def _pairs(old: dict[int, Numbered], new: dict[int, Numbered]) -> dict[int, int]:
    """Where each work stood; known by its key, or by being the same work."""
    by_key = {reference.key: place for place, reference in old.values()}
    by_work = {identity.fingerprint(found.csl): place for place, found in old.values()}
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for known, name in ((by_work, _work), (by_key, _key)):
        for place, reference in new.values():
            was = known.get(name(reference), 0)
            if was and was not in taken and place not in pairs:
                pairs[place] = was
                taken.add(was)
    return {place: pairs.get(place, 0) for place in new}


def _work(reference: Reference) -> str:
    return identity.fingerprint(reference.csl)


def _key(reference: Reference) -> str:
    return reference.key


def _source(old: Numbered | None, new: Numbered) -> Source | None:
    now, reference = new
    if old is None:
        return Source(NEW, None, now, compared_lines("", _words(reference)))
    was, earlier = old
    if _record(earlier) != _record(reference):
        words = compared_lines(_words(earlier), _words(reference))
        return Source(CHANGED, was, now, words)
    if was != now:
        return Source(RENUMBERED, was, now, compared_lines(*[_words(reference)] * 2))
    return None


def _gone(old: Numbered) -> Source:
    return Source(GONE, old[0], None, compared_lines(_words(old[1]), ""))


def _record(reference: Reference) -> bytes:
    return canonical_json([reference.kind, reference.csl])


def _words(reference: Reference) -> str:
    kind = RefType(reference.kind).label
    return f"{content.plain_text(ama(reference.csl))} ({kind})"
