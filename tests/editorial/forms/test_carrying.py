"""What goes through a browser and back: whole when it is ours, clean in any case."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django import forms

from articles.word import Candidate, Imported
from articles.works.readers.wanted import Wanted
from articles.works.reading import Found
from editorial.forms import carrying
from tests import make

ITEM = {
    name: value for name, value in make.item(title="A <i>title</i>").items() if value
}


def back(packed: str) -> dict[str, Any]:
    form = carrying.CarriedForm({"carried": packed})
    assert form.is_valid()
    return dict(form.cleaned_data["carried"])


def test_what_was_read_comes_back_whole() -> None:
    found = [Found("lee2018", ITEM, 3, ("A note.",))]
    wanted = [Wanted("doi", "10.5555/X", 1), Wanted("pmid", "123", 2)]

    carried = back(carrying.packed(found, wanted))

    assert carrying.found_in(carried) == found
    assert carrying.wanted_in(carried) == wanted


def test_a_document_comes_back_whole() -> None:
    candidate = Candidate("word-ref-1", 1, "Lee.", "10.5555/x", "12", None, ITEM)
    read = Imported("Does it?", "<p>It does.</p>", (candidate,), ("Told.",))

    assert carrying.document_in(back(carrying.packed_document(read))) == read


def test_an_item_from_a_stranger_is_cleaned() -> None:
    item = ITEM | {"evil": 1, "URL": "javascript:x", "DOI": "none", "PMID": "0"}
    given = {"key": "<b>", "item": item, "record": True, "notes": [1, "x\0\u202ey"]}

    [found] = carrying.found_in({"found": [given, "x", {"item": 3}]})

    clean = {name: value for name, value in ITEM.items() if name != "DOI"}
    assert found == Found("carberry2024", clean, 0, ("", "xy"))


def test_two_of_one_key_are_told_apart() -> None:
    given = [{"key": "k", "item": ITEM}] * 2

    assert [f.key for f in carrying.found_in({"found": given})] == ["k", "k-2"]


def test_no_more_comes_back_than_a_draft_holds() -> None:
    given = [{"key": "k", "item": ITEM}] * 600

    assert len(carrying.found_in({"found": given})) == carrying.MOST


def test_a_text_that_is_too_large_is_refused() -> None:
    with pytest.raises(forms.ValidationError, match="longer than"):
        carrying.document_in({"body": "<p>x</p>" * 60_000})


@pytest.mark.parametrize(
    "packed",
    ["", " ", "{", "[]", "1", '"x"', "[" * 100_000, json.dumps("x" * 4_000_000)],
)
def test_what_is_not_ours_is_no_form(packed: str) -> None:
    form = carrying.CarriedForm({"carried": packed})

    assert not form.is_valid()
    assert form.errors["carried"] == [carrying.DAMAGED]
