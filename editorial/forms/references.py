"""References as authors give them: a list of CSL-JSON, or one typed into fields."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from django import forms

from articles.vocabulary import RefType
from articles.works import csl, keys
from articles.works.notation import names
from editorial import shelving
from editorial.actions.authoring import Reference
from editorial.forms.base import Prose

SHORT = 2
"""Words that a family or a given name has at the most."""

_KEY = re.compile(keys.KEY)
_PLACES = {
    RefType.TEXTBOOK: "book",
    RefType.DRUG_LABEL: "webpage",
    RefType.REGULATION: "regulation",
    RefType.SAFETY_ALERT: "webpage",
    RefType.REGISTRY: "dataset",
    RefType.PREPRINT: "article",
    RefType.PATIENT_MATERIAL: "webpage",
    RefType.REPORT: "report",
    RefType.WEB: "webpage",
    RefType.INTERNAL: "webpage",
}


class ReferencesField(Prose):
    """A JSON array of CSL-JSON items, each with the `id` that the text cites."""

    def clean(self, value: Any) -> tuple[Reference, ...]:
        text = super().clean(value)
        if not text.strip():
            return ()
        return references(_items(text))


def references(items: list[Any]) -> tuple[Reference, ...]:
    """The items under their keys; ValidationError names every one that is no use."""
    found, wrong = [], []
    for place, item in enumerate(items, start=1):
        problem = _problem(item, place)
        if problem:
            wrong.append(problem)
            continue
        found.append(
            Reference(str(item["id"]), {k: item[k] for k in item if k != "id"})
        )
    used = Counter(reference.key for reference in found)
    twice = sorted(key for key, times in used.items() if times > 1)
    wrong += [
        f"Two references have the key “{key}”; give each its own." for key in twice
    ]
    if wrong:
        raise forms.ValidationError(wrong)
    return tuple(found)


def as_json(given: tuple[Reference, ...]) -> str:
    """The list as an author reads and changes it."""
    return shelving.listed((reference.key, reference.item) for reference in given)


def _items(text: str) -> list[Any]:
    try:
        items = json.loads(text)
    except RecursionError:
        raise forms.ValidationError("The list is nested too deeply.") from None
    except ValueError as error:
        where = (
            f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        )
        message = f"This is not JSON{where}; paste the whole list, from [ to ]."
        raise forms.ValidationError(message) from error
    if isinstance(items, dict):
        items = [items]
    if not isinstance(items, list):
        raise forms.ValidationError("Give a list of references, from [ to ].")
    if len(items) > shelving.MOST:
        raise forms.ValidationError(
            f"More than {shelving.MOST} references are too many."
        )
    return items


def _problem(item: Any, place: int) -> str | None:
    if not isinstance(item, dict):
        return f"Reference {place} is not a CSL-JSON object."
    key = str(item.get("id", ""))
    if not _KEY.fullmatch(key):
        return (
            f"Reference {place} needs an “id” of letters, digits, “.”, “_”, “:” or “-”."
        )
    cleaned = csl.clean_item(item)
    if cleaned.item is None:
        return f"Reference “{key}”: {' '.join(cleaned.problems)}"
    return None


class TypedReferenceForm(forms.Form):
    """One reference in fields; nothing is added while the title is empty."""

    kind = forms.ChoiceField(
        label="Kind of evidence",
        choices=RefType.choices,
        initial=RefType.ARTICLE,
        required=False,
    )
    title = forms.CharField(label="Title", max_length=1_000, required=False)
    authors = forms.CharField(
        label="Authors",
        max_length=5_000,
        required=False,
        help_text="With semicolons between them: Lee JD; Carberry, Josiah; WHO",
    )
    year = forms.IntegerField(
        label="Year", min_value=1500, max_value=2200, required=False
    )
    journal = forms.CharField(
        label="Journal, book or site", max_length=500, required=False
    )
    volume = forms.CharField(label="Volume", max_length=50, required=False)
    issue = forms.CharField(label="Issue", max_length=50, required=False)
    pages = forms.CharField(label="Pages", max_length=100, required=False)
    doi = forms.CharField(label="DOI", max_length=300, required=False)
    pmid = forms.CharField(label="PMID", max_length=20, required=False)
    url = forms.CharField(label="Address (URL)", max_length=2_000, required=False)
    key = forms.CharField(
        label="Key",
        max_length=80,
        required=False,
        help_text="What the text cites it by; made from author and year if empty.",
    )

    prefix = "ref"
    use_required_attribute = False

    def clean(self) -> None:
        given = self.cleaned_data
        known = {name: value for name, value in given.items() if name != "kind"}
        if any(known.values()) and not given.get("title"):
            self.add_error("title", "A reference needs its title.")
        if given.get("key") and not _KEY.fullmatch(given["key"]):
            self.add_error("key", "Use letters, digits, “.”, “_”, “:” and “-”.")

    def reference(self, taken: set[str]) -> Reference | None:
        """The reference, under a key that is not taken, or None if nothing was typed."""
        given = self.cleaned_data
        if not given.get("title"):
            return None
        item = {name: value for name, value in _item(given).items() if value}
        key = given["key"] or keys.free(keys.suggested("", item), taken)
        return Reference(key, item)


def _item(given: dict[str, Any]) -> dict[str, Any]:
    kind = given["kind"] or RefType.ARTICLE
    return {
        "type": _PLACES.get(kind, "article-journal"),
        "title": given["title"],
        "author": [_name(name) for name in given["authors"].split(";") if name.strip()],
        "issued": given["year"] and {"date-parts": [[given["year"]]]},
        "container-title": given["journal"],
        "volume": given["volume"],
        "issue": given["issue"],
        "page": given["pages"],
        "DOI": given["doi"],
        "PMID": given["pmid"],
        "URL": given["url"],
        "custom": {"kind": str(kind)},
    }


def _name(written: str) -> dict[str, Any]:
    """`Lee JD` and `Lee, Joshua` are people; what is longer, or one word, is a group."""
    family, comma, given = (part.strip() for part in written.partition(","))
    is_short = len(family.split()) <= SHORT and len(given.split()) <= SHORT
    if comma and family and given and is_short and "," not in given:
        return names.named(family, given)
    person = None if comma else names.read_name(written)
    return person or {"literal": written.strip()}
