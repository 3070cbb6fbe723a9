"""CSL-JSON: an item, a list of them, or an object that has a list of `items`."""

import json
from typing import Any

from articles.works.notation import names, numbers
from articles.works.readers import identified
from articles.works.readers.record import MAX_RECORDS, Draft, Parsed, Refused

_NAMES = ("author", "editor", "translator", "collection-editor", "container-author")


def looks_like(text: str) -> bool:
    return text.lstrip()[:1] in {"[", "{"} and '"' in text


def parse(text: str) -> Parsed:
    try:
        given = json.loads(text)
    except RecursionError:
        return Parsed([], [], ["The JSON in the file is nested too deeply."])
    except ValueError as error:
        where = (
            f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        )
        return Parsed([], [], [f"The file is not complete JSON{where}."])
    drafts, refused = [], []
    items = _items(given)
    for number, item in enumerate(items[:MAX_RECORDS], start=1):
        if isinstance(item, dict):
            drafts.append(_draft(number, item))
        else:
            refused.append(Refused(number, 0, "It is not a CSL-JSON object."))
    return Parsed(drafts, refused, [], len(items))


def _items(given: Any) -> list[Any]:
    if isinstance(given, dict):
        given = given["items"] if isinstance(given.get("items"), list) else [given]
    return given if isinstance(given, list) else [given]


def _draft(number: int, item: dict[str, Any]) -> Draft:
    key = item.get("citation-key") or item.get("id") or ""
    draft = Draft(number, 0, str(key) if isinstance(key, str | int) else "")
    draft.item = {
        name: _people(value) if name in _NAMES else value
        for name, value in item.items()
        if name != "citation-key"
    }
    if "container-title-short" not in item and "journalAbbreviation" in item:
        draft.item["container-title-short"] = draft.item.pop("journalAbbreviation")
    if isinstance(page := item.get("page"), str):
        draft.item["page"] = numbers.read_pages(page)
    if isinstance(note := item.get("note"), str):
        found = identified.find(note)
        draft.put("DOI", found.doi)
        draft.put("PMID", found.pmid)
        draft.put("PMCID", found.pmcid)
    return draft


def _people(given: Any) -> Any:
    if not isinstance(given, list):
        return given
    return [names.canonical(one) if _is_written(one) else one for one in given]


def _is_written(person: Any) -> bool:
    return isinstance(person, dict) and isinstance(person.get("family"), str)
