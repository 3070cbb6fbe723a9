"""
NBIB, in the tags of MEDLINE.

MEDLINE has no tags for addresses and when they were looked at; they stand under URL
and ACC.
"""

from collections.abc import Iterator, Mapping
from textwrap import wrap
from typing import Any

from articles.works import evidence
from articles.works.custom import INTEGRITY
from articles.works.notation import languages, moments, names, types

_WIDTH = 88
_INDENT = " " * 6
_PLAIN = {
    "VI": "volume",
    "IP": "issue",
    "PG": "page",
    "PB": "publisher",
    "PL": "publisher-place",
    "EN": "edition",
    "TA": "container-title-short",
    "PMC": "PMCID",
    "URL": "URL",
    "AB": "abstract",
}


def record(_key: str, item: Mapping[str, Any]) -> str:
    lines = (_lines(tag, value) for tag, value in _rows(item) if value)
    return "".join(lines)


def _rows(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    custom = _custom(item)
    yield "PMID", item.get("PMID", "")
    yield from _titles(item)
    yield from _people(item)
    yield from ((tag, item.get(name, "")) for tag, name in _PLAIN.items())
    yield from _numbers(item)
    yield "DP", moments.write_medline(item.get("issued", {}))
    yield "ACC", moments.write_medline(item.get("accessed", {}))
    yield "LA", languages.write_language(item.get("language", ""))
    yield from (("PT", name) for name in _publication_types(item))
    yield from _keywords(item, custom.get("mesh") or [])
    yield "COIS", custom.get("conflicts", "")
    yield from (
        ("SI", f"ClinicalTrials.gov/{one}") for one in custom.get("trials") or []
    )
    yield from _notices(custom)


def _custom(item: Mapping[str, Any]) -> Mapping[str, Any]:
    custom = item.get("custom")
    return custom if isinstance(custom, Mapping) else {}


def _titles(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The index ends every title with a full stop."""
    title, container = f"{item['title']}.", item.get("container-title", "")
    if item["type"] == "book":
        yield "BTI", title
        yield "JT", container
    elif item["type"] == "chapter":
        yield "TI", title
        yield "BTI", container and f"{container}."
    else:
        yield "TI", title
        yield "JT", container
    if collection := item.get("collection-title"):
        yield "CTI", f"{collection}."
    if original := item.get("original-title"):
        yield "TT", f"{original}."


def _people(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for person in item.get("author", ()):
        yield ("FAU" if person.get("family") else "CN"), _name(person)
        if orcid := person.get("ORCID"):
            yield "AUID", f"ORCID: {orcid.rpartition('/')[2]}"
    for person in item.get("editor", ()):
        yield "FED", _name(person) if person.get("family") else f"{_name(person)},"


def _name(person: Mapping[str, Any]) -> str:
    return names.write_name(person) if person.get("family") else person["literal"]


def _numbers(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if doi := item.get("DOI"):
        yield "LID", f"{doi} [doi]"
    if number := item.get("number"):
        yield "LID", f"{number} [{'number' if item.get('page') else 'pii'}]"
    for tag, name in (("IS", "ISSN"), ("ISBN", "ISBN")):
        yield from ((tag, number) for number in item.get(name, "").split(", "))


def _publication_types(item: Mapping[str, Any]) -> list[str]:
    """What the index said, if it says the type; else the type, and the kind."""
    said = list(_custom(item).get("publication_types") or [])
    if types.from_medline(said) != item["type"]:
        said.insert(0, types.TO_MEDLINE.get(item["type"], item["type"]))
    if types.from_medline(said) != item["type"]:
        said[0] = item["type"]
    kind = _custom(item).get("kind")
    if kind and evidence.kind_of_publication(said) != kind:
        said += [
            name for name, own in evidence.PUBLICATION_TYPES.items() if own == kind
        ][:1]
    if item.get("status") == "retracted" and "Retracted Publication" not in said:
        said.append("Retracted Publication")
    return said


def _keywords(item: Mapping[str, Any], mesh: list[str]) -> Iterator[tuple[str, str]]:
    headings = {heading.split("/")[0].replace("*", "") for heading in mesh}
    words = [
        word for word in item.get("keyword", "").split("; ") if word not in headings
    ]
    yield from (("OT", word) for word in words)
    yield from (("MH", heading) for heading in mesh)


def _notices(custom: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    told = dict(custom.get("integrity") or {})
    if custom.get("retracted_in"):
        told.setdefault("retraction_in", [custom["retracted_in"]])
    for tag, name in INTEGRITY.items():
        yield from ((tag, notice) for notice in told.get(name, ()))


def _lines(tag: str, value: str) -> str:
    """The tag in four places; what does not fit goes on under the first word."""
    first, *more = wrap(value, _WIDTH, break_long_words=False, break_on_hyphens=False)
    return "".join([f"{tag:<4}- {first}\n", *(f"{_INDENT}{line}\n" for line in more)])
