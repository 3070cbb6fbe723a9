"""The keys by which texts cite works: what a file calls them, or author and year."""

import re
from collections.abc import Collection, Mapping
from typing import Any
from unicodedata import combining, normalize

from articles.works import dates

KEY = r"[A-Za-z0-9][A-Za-z0-9._:-]{0,79}"
MAX_STEM = 40

_KEY = re.compile(KEY)
_NOT_IN_A_KEY = re.compile(r"[^a-z0-9]+")


def suggested(given: str, item: Mapping[str, Any]) -> str:
    """The given key if texts can use it and it is more than a number, else `lee2018`."""
    given = given.strip()
    if _KEY.fullmatch(given) and not given.isdigit():
        return given
    first = (item.get("author") or item.get("editor") or [{}])[0]
    name = first.get("family") or first.get("literal") or item.get("title") or ""
    return f"{_stem(str(name))}{dates.year(item) or ''}"


def free(key: str, taken: Collection[str]) -> str:
    """The key, with the next number behind it if it is taken."""
    number, found = 1, key
    while found in taken:
        number += 1
        found = f"{key[:74]}-{number}"
    return found


def _stem(name: str) -> str:
    plain = normalize("NFKD", name.casefold())
    letters = "".join(letter for letter in plain if not combining(letter))
    return _NOT_IN_A_KEY.sub("", letters)[:MAX_STEM] or "reference"
