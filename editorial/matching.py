"""
Whose interests touch a text: names that people declare, held against what it names.

Names are compared folded, without accents, case and legal form, and as whole words.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from articles import content
from reviews import interests

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.models import Version
    from reviews.interests import Answers

LEGAL_FORMS = frozenset(
    [
        "ag",
        "bv",
        "co",
        "company",
        "corp",
        "corporation",
        "gmbh",
        "inc",
        "incorporated",
        "kg",
        "limited",
        "llc",
        "llp",
        "ltd",
        "nv",
        "oy",
        "plc",
        "pty",
        "sa",
        "sarl",
        "spa",
        "srl",
    ]
)
SHORTEST = 3
"""A shorter name is looked for among the named entities only, not in the text."""


def words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text)
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return re.findall(r"\w+", letters.casefold())


def fold(name: str) -> str:
    """A name as it is compared; the legal form at its end is no part of it."""
    found = words(name)
    while len(found) > 1 and found[-1] in LEGAL_FORMS:
        found.pop()
    return " ".join(found)


def touches(declared: str, *, named: Iterable[str], text: str) -> bool:
    """Whether a declared name is one of `named`, a part of one, or in folded `text`."""
    name = fold(declared)
    if not name:
        return False
    if any(_within(name, other) or _within(other, name) for other in named):
        return True
    return len(name) >= SHORTEST and _within(name, text)


def _within(needle: str, hay: str) -> bool:
    return bool(needle) and f" {needle} " in f" {hay} "


def entities(lines: str) -> list[str]:
    """The companies and products of an article, each once, as somebody typed them."""
    return list(
        dict.fromkeys(line.strip() for line in lines.split("\n") if line.strip())
    )


def found(version: Version, *answers: Answers | None) -> list[str]:
    """The names among the answers that the version's article is about."""
    declared = [name for given in answers for name in interests.named(given)]
    if not declared:
        return []
    named = [fold(line) for line in entities(version.article.entities)]
    text = _text(version)
    touching = (d for d in declared if touches(d, named=named, text=text))
    return list(dict.fromkeys(touching))


def _text(version: Version) -> str:
    """The words of a version, folded once; what is frozen does not change."""
    known = version.__dict__
    if "folded" not in known:
        parts = [version.question, version.headline, version.key_answer]
        parts += [rendition.body for rendition in version.renditions.all()]
        known["folded"] = " ".join(
            " ".join(words(content.plain_text(part))) for part in parts
        )
    text: str = known["folded"]
    return text
