"""
What was read out of a file, on its way through a form and back.

Between two requests it is in the browser, so it is read again as if a stranger had
written it: every item is cleaned, every number bounded, every word short.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django import forms

from articles import characters, content
from articles.models import QUESTION_LENGTH
from articles.word import Candidate, Imported
from articles.works import csl, identifiers, keys
from articles.works.readers.wanted import Wanted
from articles.works.reading import Found
from editorial.forms.base import Prose

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 500
MOST_CANDIDATES = 2_000
LONGEST = 4_000_000
LONGEST_TEXT = 2_000
MOST_NOTES = 20
LARGEST_NUMBER = 100_000

DAMAGED = "What was read did not come back whole; give the file again."
_KINDS = {
    "doi": identifiers.bare_doi,
    "pmid": identifiers.pmid,
    "pmcid": identifiers.pmcid,
}


class Carried(Prose):
    """A hidden field with JSON of our own making."""

    def __init__(self) -> None:
        super().__init__(
            max_length=LONGEST,
            strip=False,
            widget=forms.HiddenInput,
            error_messages={"required": DAMAGED, "max_length": DAMAGED},
        )

    def clean(self, value: Any) -> dict[str, Any]:
        text = super().clean(value)
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            raise forms.ValidationError(DAMAGED) from None
        if not isinstance(found, dict):
            raise forms.ValidationError(DAMAGED)
        return found


class CarriedForm(forms.Form):
    carried = Carried()


def packed(found: Iterable[Found], wanted: Iterable[Wanted]) -> str:
    return _json(
        {"found": [f._asdict() for f in found], "wanted": [w._asdict() for w in wanted]}
    )


def found_in(carried: dict[str, Any]) -> list[Found]:
    taken: set[str] = set()
    found: list[Found] = []
    for given in _dicts(carried, "found"):
        if not (item := csl.clean_item(given.get("item")).item):
            continue
        key = keys.free(keys.suggested(_line(given.get("key")), item), taken)
        taken.add(key)
        notes = _list(given.get("notes"))[:MOST_NOTES]
        record = _number(given.get("record"))
        found.append(Found(key, item, record, tuple(map(_line, notes))))
    return found


def wanted_in(carried: dict[str, Any]) -> list[Wanted]:
    wanted = []
    for given in _dicts(carried, "wanted"):
        kind = str(given.get("kind"))
        value = _KINDS[kind](_line(given.get("value"))) if kind in _KINDS else None
        if value:
            wanted.append(Wanted(kind, value, _number(given.get("line"))))
    return wanted


def packed_document(read: Imported) -> str:
    return _json(
        {
            "body": read.body,
            "question": read.question,
            "report": list(read.report),
            "candidates": [
                {name: getattr(one, name) for name in Candidate.__slots__}
                for one in read.candidates[:MOST_CANDIDATES]
            ],
        }
    )


def document_in(carried: dict[str, Any]) -> Imported:
    """ValidationError when the text is too large."""
    return Imported(
        question=_line(carried.get("question"))[:QUESTION_LENGTH],
        body=_body(str(carried.get("body", ""))),
        candidates=tuple(_candidates(carried)),
        report=tuple(map(_line, _list(carried.get("report"))[:MOST])),
    )


def _body(html: str) -> str:
    try:
        return content.clean(html).html
    except ValueError as error:
        raise forms.ValidationError(str(error)) from error


def _candidates(carried: dict[str, Any]) -> list[Candidate]:
    found: dict[str, Candidate] = {}
    for given in _dicts(carried, "candidates", most=MOST_CANDIDATES):
        key = _line(given.get("key"))
        if keys.suggested(key, {}) == key:
            found.setdefault(key, _candidate(key, given))
    return list(found.values())


def _candidate(key: str, given: dict[str, Any]) -> Candidate:
    return Candidate(
        key=key,
        number=_number(given.get("number")),
        raw=_line(given.get("raw")),
        doi=identifiers.bare_doi(_line(given.get("doi"))),
        pmid=identifiers.pmid(_line(given.get("pmid"))),
        url=identifiers.web_address(_line(given.get("url"))),
        guess=csl.clean_item(given.get("guess")).item,
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _dicts(
    carried: dict[str, Any], name: str, *, most: int = MOST
) -> list[dict[str, Any]]:
    given = _list(carried.get(name))[:most]
    return [one for one in given if isinstance(one, dict)]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _line(value: Any) -> str:
    text = value if isinstance(value, str) else ""
    return characters.one_line(text[:LONGEST_TEXT])


def _number(value: Any) -> int:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return min(max(value, 0), LARGEST_NUMBER) if is_number else 0
