"""Who wrote it, in the way of Vancouver and AMA: `Nunes EV Jr`, groups by their name."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

MOST_AUTHORS = 6
MOST_INITIALS = 2
LONGEST_INITIALS = 3

_REST = {"et al", "others"}
_WORD = re.compile(r"[^\W\d_]+")

Person = Mapping[str, Any]


def names(people: Sequence[Person], *, shown_of_more: int) -> str:
    """
    Up to six people, all of them; of more, the first few and `et al`.

    A list of which only the beginning is known ends with `et al` itself.
    """
    known = [person for person in people if not _is_rest(person)]
    few = known if len(known) <= MOST_AUTHORS else known[:shown_of_more]
    line = ""
    for before, person in zip([None, *few], few, strict=False):
        line += _between(before, person) + name(person)
    if len(few) == len(people):
        return line
    return f"{line}, et al" if line else "et al"


def editors(
    item: Mapping[str, Any], *, called: tuple[str, str], shown_of_more: int
) -> str:
    """The editors, with what one and what several of them are `called`."""
    people = item.get("editor") or []
    if not people:
        return ""
    one, several = called
    line = names(people, shown_of_more=shown_of_more)
    return f"{line}, {one if len(people) == 1 else several}"


def name(person: Person) -> str:
    if _is_group(person):
        return escape(str(person.get("literal", "")), quote=False)
    parts = (
        person.get("dropping-particle"),
        person.get("non-dropping-particle"),
        person["family"],
        initials(str(person.get("given", ""))),
        str(person.get("suffix", "")).rstrip("."),
    )
    return escape(" ".join(str(part) for part in parts if part), quote=False)


def initials(given: str) -> str:
    """Two at most; `JD` and `J.D.` are initials already."""
    words = _WORD.findall(given)
    if len(words) == 1 and words[0].isupper() and len(words[0]) <= LONGEST_INITIALS:
        return str(words[0][:MOST_INITIALS])
    words = [word for word in words if word[0].isupper()] or words
    return "".join(word[0].upper() for word in words[:MOST_INITIALS])


def is_rest(name: str) -> bool:
    """Whether it names nobody, but says that there are more."""
    return name.rstrip(".").lower() in _REST


def _between(before: Person | None, person: Person) -> str:
    if before is None:
        return ""
    return "; " if _is_group(before) != _is_group(person) else ", "


def _is_rest(person: Person) -> bool:
    return is_rest(str(person.get("literal", "")))


def _is_group(person: Person) -> bool:
    return "family" not in person
