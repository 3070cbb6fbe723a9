"""References into the formats that other programs read."""

import json
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from articles.works.csl import clean_item
from articles.works.writers import bibtex, nbib, ris

Item = Mapping[str, Any]
Works = Iterable[tuple[str, Item]]


class Format(StrEnum):
    RIS = "ris"
    NBIB = "nbib"
    BIBTEX = "bib"
    CSL_JSON = "json"


class Kind(NamedTuple):
    """How a format is offered and served; `suffix` ends the name of its files."""

    label: str
    suffix: str
    media_type: str


KINDS: dict[Format, Kind] = {
    Format.RIS: Kind("RIS", ".ris", "application/x-research-info-systems"),
    Format.NBIB: Kind("NBIB (PubMed)", ".nbib", "application/nbib"),
    Format.BIBTEX: Kind("BibTeX", ".bib", "application/x-bibtex"),
    Format.CSL_JSON: Kind(
        "CSL-JSON", ".json", "application/vnd.citationstyles.csl+json"
    ),
}


def write(form: Format, works: Works) -> str:
    """
    The works as text, to be encoded in UTF-8; each is a key and an item.

    An item that was stored under laxer rules is written without what is wrong in it.
    """
    return _WRITERS[form]((key, clean_item(item).item or item) for key, item in works)


def _records(record: Callable[[str, Item], str]) -> Callable[[Works], str]:
    return lambda works: "\n".join(record(key, item) for key, item in works)


def _json(works: Works) -> str:
    items = [{"id": key, **item} for key, item in works]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


_WRITERS: dict[Format, Callable[[Works], str]] = {
    Format.RIS: _records(ris.record),
    Format.NBIB: _records(nbib.record),
    Format.BIBTEX: _records(bibtex.record),
    Format.CSL_JSON: _json,
}
