"""
Where a comment stands in a text: by its quote, the words around it, and its place.

These are the text-quote and text-position selectors of the Web Annotation Data Model,
over the plain text of one part of a version: the key answer, or one audience's text.
In the text itself only spaces may differ; in another version the words around a short
quote must speak for a place, or it is gone. A comment is never put at a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from articles import bounded
from articles.bounded import TooMuchError, Work
from articles.lint.blocks import parse
from articles.passages import KEY_ANSWER, folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CONTEXT = 100
"""Characters kept on each side of a quote."""

CLOSE = 16
"""Characters next to a quote that must be as they were, on each side."""

SPEAKS_FOR_ITSELF = 40
"""Characters from which a quote that stands there once needs no words around it."""

ALIKE = 0.6
"""How much a reworded passage must share with the quote to be the same one."""

LONGEST_REWORDED = 2_000

MOST_PLACES = 100
"""Places of one quote that are weighed against each other."""

NEAR = 5_000
"""Characters before its old place from which on the nearest of many is looked for."""

MOST_PAIRS = 100_000
"""Pairs of equal letters looked at before a reworded passage is compared by words."""

MOST_WORK = 3_000_000
"""The same, for all the comments that are put into one text."""


@dataclass(frozen=True, slots=True)
class Selector:
    """A quote, what stands before and after it, and its first character's place."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text; `reworded` where it is not the quote letter by letter."""

    start: int
    end: int
    reworded: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """A span in one part of a version."""

    part: str
    span: Span


def plain(html: str) -> str:
    """The words of a text as selectors count them: single spaces, no citations."""
    return " ".join(words for block in parse(html) if (words := folded(block.raw)))


def parts(key_answer: str, bodies: Mapping[str, str], main: str) -> dict[str, str]:
    """The plain text of each part of a version, in the order of reading."""
    others = [name for name in sorted(bodies) if name != main]
    found = {KEY_ANSWER: plain(key_answer), main: plain(bodies.get(main, ""))}
    return found | {name: plain(bodies[name]) for name in others}


def select(text: str, start: int, end: int) -> Selector:
    """The selector of a piece of a text."""
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return Selector(text[start:end], before, after, start)


def locate(selector: Selector, text: str) -> Span | None:
    """
    Its place in the text that it was made from, where only spaces may differ.

    Of several places the one between the same words, then the nearest to `start`.
    """
    exact, start = folded(selector.exact), selector.start or 0
    if selector.start is not None and text.startswith(exact, start) and exact:
        here = Span(start, start + len(exact))
        if _agreeing(selector, text, here) == _whole(selector):
            return here
    first = islice(_places(exact, text), MOST_PLACES)
    near = islice(_places(exact, text, max(0, start - NEAR)), MOST_PLACES)
    places = [Span(at, at + len(exact)) for at in chain(first, near)]
    return min(places, key=lambda span: _rank(selector, text, span), default=None)


def _whole(selector: Selector) -> tuple[int, int]:
    return len(selector.prefix), len(selector.suffix)


def reanchor(selector: Selector, text: str, work: Work | None = None) -> Span | None:
    """
    Its place in another version of the text, or None where it is gone.

    The quote between the words it stood between; else a long quote that is there once;
    else what stands between those words now, if it is nearly the quote. Where it stands
    too often to tell, it is gone.
    """
    exact = folded(selector.exact)
    if not exact:
        return None
    between = _unmoved(selector, exact, text)
    between += islice(_between(selector, exact, text), MOST_PLACES)
    if between:
        return _the_one(selector, text, between)
    places = list(islice(_places(exact, text), 2))
    if len(places) == 1 and len(exact) >= SPEAKS_FOR_ITSELF:
        return Span(places[0], places[0] + len(exact))
    return _reworded(selector, exact, text, work or Work(MOST_WORK))


def _unmoved(selector: Selector, exact: str, text: str) -> list[Span]:
    """Its old place, if it stands there as it did."""
    if selector.start is None or not text.startswith(exact, selector.start):
        return []
    here = Span(selector.start, selector.start + len(exact))
    return [here] if _is_between(selector, text, here) else []


def _between(selector: Selector, exact: str, text: str) -> Iterator[Span]:
    """The quote wherever the words next to it are those it stood between."""
    before, after = selector.prefix[-CLOSE:], selector.suffix[:CLOSE]
    for at in _places(before + exact + after, text):
        start = at + len(before)
        span = Span(start, start + len(exact))
        if _is_between(selector, text, span):
            yield span


def find(selector: Selector, texts: Mapping[str, str], part: str = "") -> Anchor | None:
    """Where it stands in the version that it was made from; first in its own part."""
    order = sorted(texts, key=lambda name: name != part)
    for name in order:
        if span := locate(selector, texts[name]):
            return Anchor(name, span)
    return None


def find_again(
    selector: Selector,
    texts: Mapping[str, str],
    part: str = "",
    work: Work | None = None,
) -> Anchor | None:
    """
    Where it stands in another version; in its own part alone, if it names one.

    A quote of which no place is known stands wherever it is found word for word. What may be spent on `work` is shared by all comments that are put into one text.
    """
    if selector.start is None:
        return find(selector, texts, part)
    for name in (name for name in texts if part in ("", name)):
        if span := reanchor(selector, texts[name], work):
            return Anchor(name, span)
    return None


def _places(exact: str, text: str, start: int = 0) -> Iterator[int]:
    at = text.find(exact, start) if exact else -1
    while at >= 0:
        yield at
        at = text.find(exact, at + 1)


def _rank(selector: Selector, text: str, span: Span) -> tuple[int, int]:
    far = span.start if selector.start is None else abs(span.start - selector.start)
    return -sum(_agreeing(selector, text, span)), far


def _agreeing(selector: Selector, text: str, span: Span) -> tuple[int, int]:
    """How many characters next to a place are those next to the quote, on each side."""
    before = text[max(0, span.start - CONTEXT) : span.start]
    after = text[span.end : span.end + CONTEXT]
    return _shared(before[::-1], selector.prefix[::-1]), _shared(after, selector.suffix)


def _shared(one: str, other: str) -> int:
    """How far two texts agree from their first character on."""
    pairs = zip(one, other, strict=False)
    end = min(len(one), len(other))
    return next((at for at, (mine, theirs) in enumerate(pairs) if mine != theirs), end)


def _is_between(selector: Selector, text: str, span: Span) -> bool:
    """Whether the words next to the place are those next to the quote."""
    before, after = _agreeing(selector, text, span)
    begins = before == len(selector.prefix) == span.start
    ends = after == len(selector.suffix) == len(text) - span.end
    return (before >= CLOSE or begins) and (after >= CLOSE or ends)


def _the_one(selector: Selector, text: str, places: list[Span]) -> Span | None:
    """The best of them; of equals the one that has not moved, or none."""
    ranked = sorted(places, key=lambda span: _rank(selector, text, span))
    best = ranked[0]
    if len(ranked) >= MOST_PLACES and best.start != selector.start:
        return None
    if len(ranked) > 1 and best.start != selector.start:
        agreed = [sum(_agreeing(selector, text, span)) for span in ranked[:2]]
        return best if agreed[0] > agreed[1] else None
    return best


def _reworded(selector: Selector, exact: str, text: str, work: Work) -> Span | None:
    """What stands now between the words that the quote stood between."""
    before, after = selector.prefix[-CLOSE:], selector.suffix[:CLOSE]
    if len(before) < CLOSE or len(after) < CLOSE or len(exact) > LONGEST_REWORDED:
        return None
    starts = [at + len(before) for at in islice(_places(before, text), 2)]
    ends = list(islice(_places(after, text), 2))
    if len(starts) != 1 or len(ends) != 1 or ends[0] <= starts[0]:
        return None
    now = Span(starts[0], ends[0], reworded=True)
    return now if _is_alike(exact, text[now.start : now.end], work) else None


def _is_alike(one: str, other: str, work: Work) -> bool:
    """By letters, or by words where that would take long; past both bounds it is not."""
    if len(other) > 2 * len(one) + CLOSE:
        return False
    for mine, theirs in ((one, other), (one.split(), other.split())):
        part = Work(min(MOST_PAIRS, work.left))
        given = part.left
        try:
            return bounded.ratio(mine, theirs, part) >= ALIKE
        except TooMuchError:
            continue
        finally:
            work.spend(given - part.left)
    return False
