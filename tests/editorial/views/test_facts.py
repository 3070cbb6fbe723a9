"""The desk's regulatory facts: who reads and who writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import RegulatoryFact
from editorial import roles
from tests import make
from tests.editorial.views.visitors import complaints, found, text

if TYPE_CHECKING:
    from tests.editorial.views.conftest import Visit

TYPED = {
    "name": "Schedule of tramadol",
    "statement": "Tramadol was not scheduled.",
    "phrases": "tramadol … not a controlled substance",
    "jurisdiction": "the United States",
    "valid_to": "2014-08-17",
    "source": "https://www.govinfo.gov/app/details/FR-2014-07-02/2014-15548",
}


def test_an_editor_writes_one_down_and_changes_it(visit: Visit) -> None:
    visitor, new = visit(make.editor()), "/desk/facts/new/"

    answer = visitor.send(new, new, **TYPED)
    row = RegulatoryFact.objects.get(name=TYPED["name"])
    address = f"/desk/facts/{row.pk}/"
    visitor.send(address, address, statement="It was on no schedule.")

    assert answer.headers["Location"] == "/desk/facts/"
    assert "It was on no schedule." in text(visitor.get("/desk/facts/"))


def test_what_is_wrong_comes_back_at_its_field(visit: Visit) -> None:
    new = "/desk/facts/new/"

    answer = visit(make.editor()).send(new, new, **TYPED | {"phrases": "abc"})
    empty = visit(make.editor()).send(new, new, **TYPED | {"source": "x y"})

    assert (answer.status_code, empty.status_code) == (422, 422)
    assert complaints(answer) == ["“abc” is too short to mean anything."]
    assert complaints(empty) == [
        "Give a whole address, such as https://www.example.org/."
    ]


def test_who_was_second_gets_their_words_back(visit: Visit) -> None:
    row = RegulatoryFact.objects.order_by("pk")[0]
    address = f"/desk/facts/{row.pk}/"
    visitor = visit(make.editor())
    visitor.send(address, address, statement="One")

    answer = visitor.post(address, **TYPED | {"seen": "1"})

    assert answer.status_code == 409
    assert TYPED["statement"] in text(answer)


def test_an_auditor_reads_and_writes_nothing(visit: Visit) -> None:
    visitor = visit(make.user(roles.AUDITOR))

    page = visitor.get("/desk/facts/")

    assert page.status_code == 200
    assert found(page, '//main//a[contains(@href, "/desk/facts/")]') == []
    assert visitor.get("/desk/facts/new/").status_code == 403
    assert visitor.post("/desk/facts/new/", **TYPED).status_code == 403


@pytest.mark.parametrize("role", [roles.AUTHOR, roles.REVIEWER, roles.ADMINISTRATOR])
def test_others_find_nothing(visit: Visit, role: str) -> None:
    visitor = visit(make.user(role))

    for path in ("/desk/facts/", "/desk/facts/new/", "/desk/facts/1/"):
        assert visitor.get(path).status_code == 404


def test_the_list_asks_as_often_however_long_it_is(visit: Visit) -> None:
    visitor, counts = visit(make.editor()), []
    for number in range(2):
        for n in range(3):
            RegulatoryFact.objects.create(
                name=f"{number}{n}",
                statement="x",
                phrases="word",
                jurisdiction="x",
                source="https://example.org/",
            )
        with CaptureQueriesContext(connection) as asked:
            visitor.get("/desk/facts/")
        counts.append(len(asked))

    assert counts[0] == counts[1]
