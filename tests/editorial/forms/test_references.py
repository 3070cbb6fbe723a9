"""References as authors give them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from editorial.actions.authoring import Reference
from editorial.forms.references import ReferencesField, TypedReferenceForm, as_json

ITEM = {"id": "a", "type": "book", "title": "T"}


def test_a_list_is_read_under_its_keys() -> None:
    found = ReferencesField().clean(json.dumps([ITEM]))

    assert found == (Reference("a", {"type": "book", "title": "T"}),)


def test_a_single_object_is_a_list_of_one() -> None:
    assert len(ReferencesField().clean(json.dumps(ITEM))) == 1


def test_what_is_shown_is_read_back_the_same() -> None:
    given = (Reference("a", {"type": "book", "title": "Über"}),)

    assert ReferencesField().clean(as_json(given)) == given


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ("{", "This is not JSON, line 1; paste the whole list, from [ to ]."),
        ("7", "Give a list of references, from [ to ]."),
        ([7], "Reference 1 is not a CSL-JSON object."),
        ([ITEM, ITEM], "Two references have the key “a”; give each its own."),
        ([{"id": "a", "type": "book"}], "Reference “a”: The reference has no title."),
        ([ITEM] * 501, "More than 500 references are too many."),
    ],
)
def test_a_list_that_is_no_use_says_why(items: Any, said: str) -> None:
    text = items if isinstance(items, str) else json.dumps(items)

    with pytest.raises(ValidationError) as refused:
        ReferencesField().clean(text)

    assert refused.value.messages == [said]


@pytest.mark.parametrize("text", ["[" * 100_000, "9" * 5_000, '[{"id": NaN}]'])
def test_a_hostile_list_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValidationError):
        ReferencesField().clean(text)


def typed(**given: str) -> TypedReferenceForm:
    form = TypedReferenceForm({f"ref-{name}": value for name, value in given.items()})
    assert form.is_valid(), form.errors
    return form


def test_nothing_typed_is_no_reference() -> None:
    assert typed(kind="article").reference(set()) is None


@pytest.mark.parametrize(
    ("authors", "key"),
    [
        ("Lee JD; Nunes EV", "lee2018"),
        ("World Health Organization", "worldhealthorganization2018"),
        ("", "atitle2018"),
        ("李 J", "reference2018"),
    ],
)
def test_a_key_is_made_from_author_and_year(authors: str, key: str) -> None:
    found = typed(title="A title", authors=authors, year="2018").reference(set())

    assert found is not None
    assert found.key == key


def test_a_key_that_is_taken_counts_on() -> None:
    found = typed(title="A", authors="Lee J", year="2018").reference(
        {"lee2018", "lee2018-2"}
    )

    assert found is not None
    assert found.key == "lee2018-3"


@pytest.mark.parametrize(
    ("authors", "people"),
    [
        ("Lee JD", [{"family": "Lee", "given": "JD"}]),
        ("Carberry, Josiah", [{"family": "Carberry", "given": "Josiah"}]),
        ("van Rooyen S", [
            {"non-dropping-particle": "van", "family": "Rooyen", "given": "S"},
        ]),
        ("WHO; Lee J.", [{"literal": "WHO"}, {"family": "Lee", "given": "J."}]),
        ("MRC CTU", [{"literal": "MRC CTU"}]),
        ("World Health Organization", [{"literal": "World Health Organization"}]),
        ("Academies of Sciences, Engineering, and Medicine", [
            {"literal": "Academies of Sciences, Engineering, and Medicine"},
        ]),
    ],
)  # fmt: skip
def test_people_and_groups_are_told_apart(
    authors: str, people: list[dict[str, str]]
) -> None:
    found = typed(title="A title", authors=authors).reference(set())

    assert found is not None
    assert found.item["author"] == people


def test_accents_are_folded_in_a_key_as_everywhere() -> None:
    found = typed(title="A", authors="Müller J", year="2018").reference(set())

    assert found is not None
    assert found.key == "muller2018"
