"""Names as exchange formats write them: `Family, Given, Suffix`, groups in one piece."""

import re
from collections.abc import Mapping
from typing import Any

Person = dict[str, Any]

_SUFFIXES = r"(?:Jr|Sr)\.?|I{2,3}|IV|[2-4](?:nd|rd|th)"
_SUFFIX = re.compile(rf"\s*(?:{_SUFFIXES})\s*")
_SUFFIXED = re.compile(rf"(.*\S)\s+({_SUFFIXES})", re.DOTALL)
_PLACES = {"EU", "UK", "UN", "US", "USA"}
_INITIALS = re.compile(r"(?:[A-Z]\.?[ -]?){1,3}")


def named(family: str, given: str = "", suffix: str = "") -> Person:
    """
    A person; `van Rooyen` is the particle `van` and the name `Rooyen`.

    `Jr.` is a suffix wherever it was put.
    """
    misplaced = _SUFFIX.fullmatch(given) and not _SUFFIX.fullmatch(suffix)
    if suffix and misplaced:
        given, suffix = suffix, given
    if not suffix and (found := _SUFFIXED.fullmatch(family.strip())):
        family, suffix = found[1].rstrip(","), found[2]
    words = family.split()
    small = 0
    while small < len(words) - 1 and words[small].islower():
        small += 1
    parts = {
        "non-dropping-particle": " ".join(words[:small]),
        "family": " ".join(words[small:]),
        "given": given.strip(),
        "suffix": suffix.strip(),
    }
    return {part: text for part, text in parts.items() if text}


def canonical(person: Mapping[str, Any]) -> Person:
    """The same person with particles told from the name, as every reader tells them."""
    if not person.get("family"):
        return dict(person)
    rest = {
        part: value
        for part, value in person.items()
        if part not in {"dropping-particle", "non-dropping-particle"}
    }
    return rest | named(whole_family(person))


def read_name(text: str) -> Person | None:
    """
    One name as RIS and MEDLINE write it.

    A comma at the end marks a group, `Plato,,` a person of one name; `Lee JD` without
    any comma is a person too.
    """
    text = text.strip()
    if not text.strip(", "):
        return None
    if text.endswith(",,"):
        return named(text[:-2])
    if text.endswith(","):
        return {"literal": text[:-1].strip()}
    family, _, rest = text.partition(",")
    if not family.strip():
        return {"literal": rest.strip(", ")}
    if rest:
        return _with_suffix(family, rest)
    return _indexed(text) or {"literal": text}


def write_name(person: Mapping[str, Any]) -> str:
    """What `read_name` reads back as the same person."""
    if not person.get("family"):
        literal = str(person.get("literal", ""))
        return literal if read_name(literal) == {"literal": literal} else f"{literal},"
    given, suffix = str(person.get("given", "")), str(person.get("suffix", ""))
    if not given and not suffix:
        return f"{whole_family(person)},,"
    last = f", {suffix}" if suffix else ""
    return f"{whole_family(person)}, {given}{last}"


def whole_family(person: Mapping[str, Any]) -> str:
    parts = ("dropping-particle", "non-dropping-particle", "family")
    return " ".join(str(person[part]) for part in parts if person.get(part))


def _with_suffix(family: str, rest: str) -> Person:
    given, comma, suffix = rest.rpartition(",")
    if comma:
        return named(family, given, suffix)
    found = _SUFFIXED.fullmatch(rest.strip())
    return named(family, found[1], found[2]) if found else named(family, rest)


def _indexed(text: str) -> Person | None:
    """`Lee JD`: one name with small letters, then initials."""
    family, _, initials = text.rpartition(" ")
    name = named(family) if family else {}
    one = str(name.get("family", ""))
    if not one or " " in one or one.isupper() or initials in _PLACES:
        return None
    return named(family, initials) if _INITIALS.fullmatch(initials) else None
