"""The glossary at the desk: who reads, who proposes, who approves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.glossary import TermText
from articles.models import Term
from editorial import roles
from editorial.actions import defining
from tests import make
from tests.editorial.actions.test_defining import OTHER, TEXT, approved, proposed
from tests.editorial.views.visitors import complaints, found, notices, text

if TYPE_CHECKING:
    from tests.editorial.views.conftest import Visit

LIST, NEW = "/desk/glossary/", "/desk/glossary/new/"
TYPED = {
    "name": "anticoagulant",
    "definition": "A medicine that makes blood clot less easily.",
    "spellings": "anticoagulants\nblood thinner",
    "source": "https://medlineplus.gov/bloodthinners.html",
}


def page_of(row: Term) -> str:
    return f"/desk/glossary/{row.pk}/"


def test_an_author_proposes_and_a_chief_editor_approves(visit: Visit) -> None:
    sent = visit(make.author()).send(NEW, NEW, **TYPED)
    row = Term.objects.get()
    chief = visit(make.chief())
    before = text(chief.get(LIST))

    chief.send(page_of(row), f"{page_of(row)}approve/")

    assert sent.headers["Location"] == page_of(row)
    assert row.text == TEXT
    assert "Waits for approval" in before
    assert "Public since" in text(chief.get(LIST))
    assert Term.objects.get().is_public


def test_other_words_are_proposed_beside_what_readers_see(visit: Visit) -> None:
    row = approved()
    visitor = visit(make.editor())

    visitor.send(page_of(row), page_of(row), definition=OTHER.definition)

    new = Term.objects.proposed().get()
    page = visitor.get(page_of(new))
    said = [d.text_content() for d in found(page, "//main//dl/dd")]
    assert said[:2] == [OTHER.definition, TEXT.definition]
    assert found(page, '//form[contains(@action, "approve")]') == []
    old = visitor.get(page_of(row))
    assert found(old, f'//form[@action="{page_of(row)}"]') == []


def test_what_is_wrong_comes_back_at_its_field(visit: Visit) -> None:
    visitor = visit(make.author())

    long = visitor.send(NEW, NEW, **TYPED | {"definition": "x" * 401})
    odd = visitor.send(NEW, NEW, **TYPED | {"name": "Ca++", "source": "x y"})
    refused = visitor.send(NEW, NEW, **TYPED | {"name": "Ca++"})

    assert (long.status_code, odd.status_code, refused.status_code) == (422,) * 3
    assert "at most 400 characters" in complaints(long)[0]
    assert complaints(odd) == [
        "Give a whole address, such as https://www.example.org/."
    ]
    assert complaints(refused) == [
        "“Ca++” must begin and end with a letter or a digit."
    ]
    assert "At most 400 characters" in text(visitor.get(NEW))


def test_a_term_is_taken_out_with_a_reason(visit: Visit) -> None:
    row, visitor = approved(), visit(make.editor())
    end = f"{page_of(row)}end/"

    without = visitor.send(page_of(row), end)
    visitor.send(page_of(row), end, reason="Not what it means.")

    assert without.status_code == 422
    assert complaints(without) == ["Give a reason; it goes into the record."]
    assert not Term.objects.living().exists()
    assert notices(visitor.get(LIST)) == ["Taken out."]
    assert "Taken out or replaced" in text(visitor.get(page_of(row)))


def test_who_was_second_gets_their_words_back(visit: Visit) -> None:
    row, visitor = proposed(), visit(make.author())
    defining.propose(by=make.editor(name="Ada First"), text=OTHER, instead_of=row.pk)

    answer = visitor.post(page_of(row), **TYPED | {"definition": "Third words."})

    assert answer.status_code == 409
    assert "Third words." in text(answer)
    assert "Ada First" not in text(answer)
    desk = visit(make.editor()).post(page_of(row), **TYPED)
    assert "Ada First" in text(desk)


def test_what_was_sent_twice_is_no_error(visit: Visit) -> None:
    row, chief = proposed(), visit(make.chief())

    answers = [chief.post(f"{page_of(row)}approve/") for _ in range(2)]

    assert [a.status_code for a in answers] == [302, 302]
    assert visit(make.chief()).post(f"{page_of(row)}approve/").status_code == 409


def test_names_are_for_the_desk(visit: Visit) -> None:
    author = make.author(name="Rosalind Secret")
    chief = make.chief(name="Bea Chief")
    row = proposed(by=author)
    other = defining.propose(by=author, text=TermText("clot", "Thick blood."))
    defining.approve_term(other.pk, by=chief)

    for path in (LIST, page_of(row)):
        assert "Rosalind Secret" in text(visit(make.editor()).get(path))
        assert "proposed by you" in text(visit(author).get(path))
        for who in (make.reviewer(), make.author()):
            said = text(visit(who).get(path))
            assert "Rosalind Secret" not in said
            assert "Bea Chief" not in said
    assert "Bea Chief" in text(visit(make.user(roles.AUDITOR)).get(LIST))


def test_each_finds_the_forms_of_what_they_may(visit: Visit) -> None:
    author = make.author()
    row = proposed(by=author)
    offered = {
        "author": (visit(author), [page_of(row), f"{page_of(row)}end/"]),
        "another": (visit(make.author()), [page_of(row)]),
        "board": (visit(make.reviewer()), [f"{page_of(row)}approve/"]),
        "auditor": (visit(make.user(roles.AUDITOR)), []),
        "chief": (
            visit(make.chief()),
            [f"{page_of(row)}approve/", page_of(row), f"{page_of(row)}end/"],
        ),
    }

    for visitor, actions in offered.values():
        forms = found(visitor.get(page_of(row)), "//main//form/@action")
        assert [str(action) for action in forms] == actions
        for action in {f"{page_of(row)}approve/", page_of(row)} - set(actions):
            assert visitor.post(action, **TYPED).status_code in (302, 403, 422)
    assert Term.objects.proposed().count() == 1


@pytest.mark.parametrize("role", [roles.ADMINISTRATOR])
def test_others_find_nothing(visit: Visit, role: str) -> None:
    row, visitor = proposed(), visit(make.user(role))

    for path in (LIST, NEW, page_of(row)):
        assert visitor.get(path).status_code == 404
    for path in (f"{page_of(row)}approve/", f"{page_of(row)}end/"):
        assert visitor.post(path, reason="x").status_code == 404
    assert visit(make.editor()).get("/desk/glossary/99999/").status_code == 404
    assert visit(make.user(roles.AUDITOR)).get(NEW).status_code == 403


def test_what_somebody_wrote_is_text_on_the_desk(visit: Visit) -> None:
    script = "<script>alert(1)</script>"
    row = proposed(TermText("xss", script, (f"x{script}x",)))

    for path in (LIST, page_of(row)):
        page = visit(make.editor()).get(path)
        assert script in text(page)
        assert script not in page.content.decode()


def test_the_list_asks_as_often_however_long_it_is(visit: Visit) -> None:
    visitor, counts = visit(make.editor()), []
    for number in range(2):
        for n in range(3):
            proposed(TermText(f"term {number}{n}", "x"))
        with CaptureQueriesContext(connection) as asked:
            visitor.get(LIST)
        counts.append(len(asked))

    assert counts[0] == counts[1]
