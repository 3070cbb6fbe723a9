"""
What comes in is brought into the vocabulary, and what was dropped is told.

A text already in its canonical spelling is compared with what the sanitiser makes of
it and returned. Anything else is first rewritten in the vocabulary, which is where
the report comes from, and then read by the sanitiser until nothing changes any more:
whatever the rewriting let through, nothing leaves here that the sanitiser has not
returned unchanged.
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

import nh3

from articles import characters
from articles.content import elements, limits, rewriting

MAX_REPORTED = 50
ROUNDS = 8

_SPACE = " \t\n"
_OPENING = re.compile(r"<([a-z0-9]+)")


class UnstableError(ValueError):
    """The markup changes each time it is read; nobody could sign it."""


@dataclass(frozen=True, slots=True)
class Dropped:
    what: str
    count: int

    def __str__(self) -> str:
        return self.what if self.count == 1 else f"{self.what} ({self.count} times)"


class Cleaned(NamedTuple):
    html: str
    dropped: tuple[Dropped, ...]


def _sanitiser(tags: frozenset[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=tags,
        attributes={
            "*": set(),
            **{tag: elements.ATTRIBUTES.get(tag, set()) for tag in tags},
        },
        attribute_filter=elements.filtered_attribute,
        clean_content_tags=elements.WITHOUT_CONTENT,
        url_schemes={"http", "https"},
        link_rel=None,
    )


_BODY = _sanitiser(elements.BODY)
_INLINE = _sanitiser(elements.INLINE)


def clean(html: str, *, inline: bool = False) -> Cleaned:
    """
    The text in the vocabulary, in its one spelling, and what had to go.

    Cleaning what was cleaned changes nothing. Raises TooLargeError or UnstableError,
    both ValueError, when there is no honest way to bring it into the vocabulary.
    """
    limits.check_bytes(html, limits.MAX_INPUT_BYTES)
    if is_clean(html, inline=inline):
        limits.check(html, inline=inline)
        return Cleaned(html, ())
    dropped: Counter[str] = Counter()
    text = characters.visible(html, dropped)
    rewritten, refused = rewriting.rewrite(
        text, elements.INLINE if inline else elements.BODY
    )
    limits.check_bytes(rewritten, limits.MAX_INPUT_BYTES)
    limits.check_depth(rewritten)
    settled = _settled(rewritten, _INLINE if inline else _BODY, dropped)
    limits.check(settled, inline=inline)
    return Cleaned(settled, _report(dropped + refused + _lost(rewritten, settled)))


def is_clean(html: str, *, inline: bool = False) -> bool:
    """Whether cleaning would return this very text."""
    return (
        elements.tags_are_canonical(html)
        and not limits.is_too_deep(html)
        and html == html.strip(_SPACE)
        and html == characters.visible(html)
        and html == characters.composed_markup(html, Counter())
        and html == (_INLINE if inline else _BODY).clean(html)
    )


def _settled(html: str, sanitiser: nh3.Cleaner, dropped: Counter[str]) -> str:
    for _ in range(ROUNDS):
        read = characters.visible(sanitiser.clean(html), dropped)
        read = characters.composed_markup(read, dropped).strip(_SPACE)
        if read == html and elements.tags_are_canonical(read):
            return read
        limits.check_bytes(read, limits.MAX_INPUT_BYTES)
        html = read
    raise UnstableError("The markup is nested so that it never reads the same twice.")


def _lost(before: str, after: str) -> Counter[str]:
    """Elements of the vocabulary that stood where HTML does not let them stand."""
    missing = Counter(_OPENING.findall(before)) - Counter(_OPENING.findall(after))
    return Counter(
        {
            f"<{tag}> stood where it may not stand; its text was kept.": count
            for tag, count in missing.items()
        }
    )


def _report(dropped: Counter[str]) -> tuple[Dropped, ...]:
    told = [Dropped(what, count) for what, count in dropped.items()]
    rest = sum(dropped.count for dropped in told[MAX_REPORTED:])
    if rest:
        told[MAX_REPORTED:] = [Dropped("Something else was removed.", rest)]
    return tuple(told)
