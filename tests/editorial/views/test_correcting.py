"""Correcting a record of the library: by whom, with what, and what comes back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from articles.models import Work
from editorial import roles
from editorial.actions.authoring import Reference
from tests import make
from tests.editorial.views.visitors import complaints, found, text

if TYPE_CHECKING:
    from tests.editorial.views.conftest import Visit

ITEM = make.item(title="Cracked pots", PMID="31000001")


@pytest.fixture
def page(db: None) -> str:
    make.draft(references=(Reference("trial", ITEM), make.references()[1]))
    return f"/desk/works/{Work.objects.get(pmid='31000001').pk}/correct/"


def record(**fields: Any) -> str:
    return json.dumps(ITEM | fields)


def test_an_editor_corrects_a_record_from_its_page(visit: Visit, page: str) -> None:
    visitor = visit(make.editor())
    work = page.removesuffix("correct/")

    [link] = found(visitor.get(work), '//a[text()="Correct this record"]')
    sent = {"record": record(volume="99"), "kind": "rct", "reason": "Misprinted."}
    answer = visitor.send(link.get("href"), page, **sent)

    assert answer["Location"] == work
    assert Work.objects.get(pmid="31000001").csl["volume"] == "99"
    assert "Confirmed by an editor." in text(visitor.get(work))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("[1]", "This is not a CSL-JSON object; keep it whole, from { to }."),
        ("{", "This is not a CSL-JSON object; keep it whole, from { to }."),
        ('{"type": "book"}', "Reference “work”: The reference has no title."),
    ],
)
def test_what_is_no_record_comes_back(
    visit: Visit, page: str, given: str, said: str
) -> None:
    sent = {"record": given, "kind": "rct", "reason": "Misprinted."}

    answer = visit(make.editor()).send(page, page, **sent)

    assert (answer.status_code, complaints(answer)) == (422, [said])


def test_who_was_second_gets_a_page_that_says_so(visit: Visit, page: str) -> None:
    visitor = visit(make.editor())
    sent = {"record": record(volume="99"), "kind": "rct", "reason": "Misprinted."}
    visitor.send(page, page, **sent)

    answer = visitor.post(page, **sent, seen="1")

    assert answer.status_code == 409
    assert "Misprinted." in text(answer)


@pytest.mark.parametrize("role", [roles.AUTHOR, roles.REVIEWER, roles.ADMINISTRATOR])
def test_others_do_not_correct(visit: Visit, page: str, role: str) -> None:
    visitor = visit(make.user(role))

    assert visitor.get(page).status_code == 403
    assert visitor.post(page).status_code == 403
