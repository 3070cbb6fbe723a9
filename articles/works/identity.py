"""When two references are the same work."""

import re
from collections.abc import Mapping
from typing import Any
from unicodedata import combining, normalize
from urllib.parse import urlsplit

from articles.canonical import canonical_json, sha256_hex
from articles.works import dates, identifiers

_MARK = re.compile(r"</?(?:i|b|sup|sub)>")
_NOT_A_WORD = re.compile(r"[\W_]+")


def fingerprint(item: Mapping[str, Any]) -> str:
    """
    Sixty-four hexadecimal digits, the same for the same work.

    A work is known by its DOI, else by its PMID, else by title, year and first author
    with case, accents and punctuation folded; where nobody signed, by its address too.
    """
    return sha256_hex(canonical_json(_identity(item)))


def _identity(item: Mapping[str, Any]) -> list[str]:
    if doi := identifiers.doi(str(item.get("DOI", ""))):
        return ["doi", doi]
    if pmid := identifiers.pmid(str(item.get("PMID", ""))):
        return ["pmid", pmid]
    author = first_author(item)
    address = "" if author else _address(str(item.get("URL", "")))
    title = folded_title(item)
    return ["work", title, str(dates.year(item) or ""), author, address]


def folded_title(item: Mapping[str, Any]) -> str:
    return folded(_MARK.sub("", str(item.get("title", ""))))


def first_author(item: Mapping[str, Any]) -> str:
    """The folded family or group name of who stands first."""
    first = (item.get("author") or item.get("editor") or [{}])[0]
    return folded(str(first.get("family") or first.get("literal") or ""))


def words(item: Mapping[str, Any]) -> str:
    """Title, people and year, folded, for whoever looks for some of these words."""
    people = [*item.get("author", ()), *item.get("editor", ())]
    names = [
        str(person[part])
        for person in people
        for part in ("family", "given", "literal")
        if person.get(part)
    ]
    year = str(dates.year(item) or "")
    return " ".join([folded_title(item), *map(folded, names), year]).strip()


def folded(text: str) -> str:
    """Letters and digits only; a title all in symbols is kept as it is."""
    plain = "".join(
        character
        for character in normalize("NFKD", text.casefold())
        if not combining(character)
    )
    return _NOT_A_WORD.sub(" ", plain).strip() or text


def _address(url: str) -> str:
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}{query}"
