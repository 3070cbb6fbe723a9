"""The references of a draft: who may, what is listed, given a type, taken out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from articles.models import Work
from editorial.actions import authoring
from editorial.actions.authoring import Reference
from tests import make
from tests.editorial.views.brought import (
    NBIB,
    a_draft,
    add,
    keys,
)
from tests.editorial.views.visitors import complaints, found, notices, text

if TYPE_CHECKING:
    from tests.editorial.views.conftest import Visit

STEPS = ("read", "look-up", "add", "remove", "type")


@pytest.mark.parametrize("step", STEPS)
def test_only_its_authors_touch_the_references_of_a_draft(
    visit: Visit, step: str
) -> None:
    _, version, page = a_draft()
    address = f"{page}{step}/"

    assert visit(make.author()).post(address).status_code == 404
    assert visit(make.editor()).post(address).status_code == 403
    assert visit(make.author()).get(page).status_code == 404
    assert visit(make.editor()).get(page).status_code == 403
    assert make.again(version).revision == version.revision


@pytest.mark.parametrize("step", STEPS)
def test_fetching_does_nothing(visit: Visit, step: str) -> None:
    author, _, page = a_draft()

    assert visit(author).get(f"{page}{step}/").status_code == 405


@pytest.mark.parametrize("step", STEPS)
def test_what_is_submitted_is_not_touched(visit: Visit, step: str) -> None:
    author = make.author()
    version = make.submitted(by=author)
    page = f"/desk/versions/{version.pk}/references/"

    assert visit(author).post(f"{page}{step}/", key="trial").status_code == 409
    assert visit(author).get(page).status_code == 409


def test_the_list_says_what_each_reference_is(visit: Visit) -> None:
    author, _, page = a_draft()
    given = make.item(title="Elsewhere too", DOI="10.5555/Twice", PMID="123")
    add(visit(author), page, json.dumps([given | {"id": "twice"}]))
    mine = Reference("mine", given)
    other = make.text(references=(mine,), key_answer="", renditions={"clinician": "x"})
    authoring.open_article(by=author, text=other)

    response = visit(author).get(page)

    rows = found(response, '//ol[@class="refs"]/li')
    assert [row.get("data-ref") for row in rows] == ["trial", "review", "twice"]
    said = " ".join(rows[2].text_content().split())
    assert "Evidence: Unclassified · Key twice · not cited in the text" in said
    assert "PMID 123 · Cited by 1 other article" in said
    assert "cited 3 times" in " ".join(rows[0].text_content().split())


def test_the_type_of_a_reference_is_set(visit: Visit) -> None:
    author, version, page = a_draft()
    visitor = visit(author)

    response = visitor.post(f"{page}type/", key="trial", kind="rct")

    assert response["Location"] == page
    work = Work.objects.get(citations__version=version, citations__key="trial")
    change = work.history.first()
    assert work.kind == "rct"
    assert change.history_user == author
    assert "Evidence: Level 2" in text(visitor.get(page))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"key": "trial", "kind": "gospel"}, "Choose one of the types of evidence."),
        ({"key": "none", "kind": "rct"}, "This reference is no longer in the draft."),
        ({"key": "\0", "kind": "rct"}, "This reference is no longer in the draft."),
        ({}, "Choose one of the types of evidence."),
    ],
)
def test_a_type_that_makes_no_sense_is_refused(
    visit: Visit, given: dict[str, str], sentence: str
) -> None:
    author, _, page = a_draft()

    response = visit(author).post(f"{page}type/", **given)

    assert response.status_code == 422
    assert complaints(response) == [sentence]


def test_an_uncited_reference_is_removed(visit: Visit) -> None:
    author, version, page = a_draft()
    visitor = visit(author)
    add(visitor, page, NBIB)
    seen = make.again(version).revision

    visitor.post(f"{page}remove/", key="carberry2019", seen=seen)

    assert notices(visitor.get(page)) == [
        "2 references added.",
        "Removed: Cracked pots and the people who mend them.",
    ]
    assert keys(version) == ["trial", "review", "margin2020"]


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("trial", "The text cites this reference"),
        ("none", "This reference is no longer in the draft."),
    ],
)
def test_what_the_text_cites_is_not_removed(
    visit: Visit, key: str, sentence: str
) -> None:
    author, version, page = a_draft()

    response = visit(author).post(f"{page}remove/", key=key, seen=version.revision)

    assert response.status_code == 422
    assert complaints(response)[0].startswith(sentence)
    assert keys(version) == ["trial", "review"]


@pytest.mark.parametrize("seen", ["", "x", "999"])
def test_nothing_is_removed_from_a_draft_that_moved_on(visit: Visit, seen: str) -> None:
    author, version, page = a_draft()
    visitor = visit(author)
    add(visitor, page, NBIB)

    response = visitor.post(f"{page}remove/", key="carberry2019", seen=seen)

    assert response.status_code == 409
    assert "carberry2019" in keys(version)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_number_of_queries(
    visit: Visit, django_assert_num_queries: Any, count: int
) -> None:
    author, _, page = a_draft()
    visitor = visit(author)
    items = [make.item(id=f"k{n}") for n in range(count)]
    add(visitor, page, json.dumps(items))
    visitor.get(page)

    with django_assert_num_queries(7):
        visitor.get(page)
