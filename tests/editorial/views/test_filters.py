"""Filters that an editor keeps: their own, by name, few, and never an address elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from editorial import roles
from editorial.models import SavedFilter
from tests import make
from tests.editorial.views.visitors import found, notices

if TYPE_CHECKING:
    from tests.editorial.views.conftest import Visit

pytestmark = pytest.mark.django_db

SAVE = "/desk/filters/save/"


def test_a_filter_is_kept_under_a_name_and_shown_to_its_owner_alone(
    visit: Visit,
) -> None:
    editor = make.editor()
    visitor = visit(editor)

    response = visitor.send("/desk/?tier=A", SAVE, name="  Risky   ones ")

    assert response["Location"] == "/desk/?tier=A"
    kept = SavedFilter.objects.get()
    assert (kept.owner, kept.name, kept.query) == (editor, "Risky ones", "tier=A")
    link = '//main//a[text()="Risky ones"]'
    assert found(visitor.get("/desk/"), link)
    assert found(visit(make.editor()).get("/desk/"), link) == []


def test_a_kept_filter_that_is_shown_is_one_pill_and_can_be_deleted(
    visit: Visit,
) -> None:
    editor = make.editor()
    for name, query in (("Risky", "tier=A&mine=1"), ("Mild", "tier=C")):
        SavedFilter.objects.create(owner=editor, name=name, query=query)
    visitor = visit(editor)
    told = ("Words of the question “wool help”", "Submitted at least a week ago")
    addresses = ("?mine=1&tier=A", "?tier=C", "?tier=B&q=wool+help&days=7")

    pages = [visitor.get(f"/desk/{address}") for address in addresses]

    lit = "//*[@class='filters']//a[@aria-current]/text()"
    assert [found(page, lit) for page in pages] == [["Risky"], ["Mild"], ["Tier B"]]
    named = "//main//*[normalize-space(text())='Risky']"
    assert [len(found(page, named)) for page in pages] == [1, 1, 1]
    ways = "//*[@class='looks']//*[self::summary or self::a or self::button]"
    said = [[e.text_content() for e in found(page, ways)] for page in pages]
    assert said == [
        ["Search and filter", "Show", "Show everything again", "Delete “Risky”"],
        ["Search and filter", "Show", "Show everything again", "Delete “Mild”"],
        [
            f"Search and filter: {', '.join(told)}",
            *("Show", "Show everything again", "Keep this filter", "Keep"),
        ],
    ]


def test_the_same_name_again_changes_the_filter(visit: Visit) -> None:
    visitor = visit(make.editor())

    visitor.post(SAVE, name="Mine", query="mine=1")
    visitor.post(SAVE, name="Mine", query="mine=1&tier=B")

    assert list(SavedFilter.objects.values_list("query")) == [("tier=B&mine=1",)]


def test_a_filter_holds_nothing_but_what_the_desk_looks_for(visit: Visit) -> None:
    visit(make.editor()).post(SAVE, name="X", query="tier=A&next=//evil&after=1_2_3")

    assert SavedFilter.objects.get().query == "tier=A"


@pytest.mark.parametrize(
    ("name", "query", "said"),
    [
        ("", "tier=A", "Give the filter a name of at most 60 characters."),
        ("x" * 61, "tier=A", "Give the filter a name of at most 60 characters."),
        ("Empty", "next=1", "There is nothing to keep, or more than fits."),
        ("Long", f"q={'x' * 600}", "There is nothing to keep, or more than fits."),
    ],
)
def test_what_cannot_be_kept_is_told(
    visit: Visit, name: str, query: str, said: str
) -> None:
    visitor = visit(make.editor())
    visitor.post(SAVE, name=name, query=query)

    assert notices(visitor.get("/desk/")) == [said]
    assert not SavedFilter.objects.exists()


def test_nobody_keeps_more_than_twenty(visit: Visit) -> None:
    editor = make.editor()
    SavedFilter.objects.bulk_create(
        SavedFilter(owner=editor, name=f"Filter {n}", query="tier=A") for n in range(20)
    )
    visitor = visit(editor)
    visitor.post(SAVE, name="One more", query="tier=B")

    said = "You keep 20 filters already; delete one of them."
    assert notices(visitor.get("/desk/")) == [said]
    assert SavedFilter.objects.count() == 20


def test_a_filter_is_deleted_by_its_owner_alone(visit: Visit) -> None:
    owner, other = make.editor(), make.editor()
    row = SavedFilter.objects.create(owner=owner, name="Mine", query="mine=1")
    address = f"/desk/filters/{row.pk}/delete/"

    assert visit(other).post(address).status_code == 404
    assert visit(owner).get(address).status_code == 405
    assert visit(owner).post(address).status_code == 302
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"),
    [(roles.AUTHOR, 404), (roles.REVIEWER, 404), (roles.AUDITOR, 403)],
)
def test_only_the_desk_keeps_filters(visit: Visit, role: str, status: int) -> None:
    answer = visit(make.user(role)).post(SAVE, name="X", query="tier=A")

    assert answer.status_code == status
