"""What Crossref and PubMed answer, as clean items."""

import json
import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from articles.works import identifiers, reading
from articles.works.csl import CSLItem, clean_item
from articles.works.lookup.fetching import NotLookedUp
from articles.works.notation import names, numbers

_AS_IT_IS = ("type", "volume", "issue", "publisher", "DOI", "language", "issued")
_FIRST_OF = {
    "container-title": "container-title",
    "short-container-title": "container-title-short",
    "original-title": "original-title",
}
_OTHERS = {
    "article-number": "number",
    "edition-number": "edition",
    "publisher-location": "publisher-place",
}
_TAG = re.compile(r"</?(?:jats|mml):[^<>]{0,200}>|</?(?:p|title|sec)>", re.IGNORECASE)
_SHORTEST_RECORD = 200
_UNREADABLE = "{} answers with something that is no record."


def from_crossref(answer: bytes) -> CSLItem:
    try:
        message = json.loads(answer)["message"]
        item = _item(message)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise NotLookedUp(_UNREADABLE.format("Crossref")) from None
    clean = clean_item(item)
    if clean.item is None:
        raise NotLookedUp(f"Crossref's record is no use. {' '.join(clean.problems)}")
    return clean.item


def from_pubmed(answer: bytes) -> CSLItem | None:
    """None where PubMed says in words that it knows no such number."""
    read = reading.read(answer, name="answer.nbib")
    if read.format == "NBIB" and len(read.items) == 1:
        return read.items[0].item
    if len(answer.strip()) < _SHORTEST_RECORD:
        return None
    raise NotLookedUp(_UNREADABLE.format("PubMed"))


def pmid_from_archive(answer: bytes) -> str | None:
    """None where the archive knows no such article, or no PMID of it."""
    try:
        [record] = json.loads(answer)["records"]
        return identifiers.pmid(str(record.get("pmid") or ""))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise NotLookedUp(_UNREADABLE.format("The archive of PubMed")) from None


def _item(message: Mapping[str, Any]) -> dict[str, Any]:
    item = {name: message.get(name) for name in _AS_IT_IS}
    item["title"] = _title(message)
    for theirs, ours in _FIRST_OF.items():
        item[ours] = _text(next(iter(message.get(theirs) or []), ""))
    item |= {ours: message.get(theirs) for theirs, ours in _OTHERS.items()}
    for role in ("author", "editor"):
        item[role] = [_person(one) for one in message.get(role) or []]
    item["page"] = numbers.read_pages(str(message.get("page") or ""))
    item["abstract"] = _text(message.get("abstract") or "")
    standard = [*(message.get("ISSN") or []), *(message.get("ISBN") or [])]
    item["ISBN"], item["ISSN"] = numbers.read_standard(standard)
    if any(notice.get("type") == "retraction" for notice in _notices(message)):
        item["status"] = "retracted"
    return {name: value for name, value in item.items() if value}


def _title(message: Mapping[str, Any]) -> str:
    title = _text(next(iter(message.get("title") or []), ""))
    subtitle = _text(next(iter(message.get("subtitle") or []), ""))
    is_new = subtitle and subtitle.casefold() not in title.casefold()
    return f"{title}: {subtitle}" if is_new else title


def _text(marked: str) -> str:
    return " ".join(_TAG.sub(" ", unescape(marked)).split())


def _person(given: Mapping[str, Any]) -> dict[str, Any]:
    if not given.get("family"):
        return {"literal": _text(str(given.get("name") or given.get("given") or ""))}
    parts = (str(given.get(part) or "") for part in ("family", "given", "suffix"))
    person = names.named(*map(_text, parts))
    return person | ({"ORCID": given["ORCID"]} if given.get("ORCID") else {})


def _notices(message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return list(message.get("updated-by") or [])
