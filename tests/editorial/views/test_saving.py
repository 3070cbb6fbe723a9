"""Saving while writing: what is stored, what is answered, and what is left alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from articles.models import Article, Version
from editorial import roles
from editorial.actions import authoring
from editorial.models import Event
from tests import make
from tests.editorial.views.test_writing import written

if TYPE_CHECKING:
    from tests.editorial.views.conftest import Visit

NEW = "/desk/articles/new/save/"


def page(version: Version) -> str:
    return f"/desk/versions/{version.pk}/save/"


def told(response: Any) -> Any:
    return json.loads(response.content)


def rows() -> list[int]:
    """How many rows there are of everything that an edit may leave."""
    histories = (Version.history, Article.history, Event.objects)
    return [manager.count() for manager in histories]


def test_a_save_stores_the_text_and_says_when(visit: Visit) -> None:
    author = make.author()
    version = make.draft(by=author)

    response = visit(author).post(page(version), **written(seen=version.revision))

    saved = make.again(version)
    answer = told(response)
    assert answer.pop("saved_at")
    assert answer == {
        "version": version.pk,
        "seen": saved.revision,
        "question": "Does it help?",
        "dropped": [],
        "address": f"/desk/versions/{version.pk}/edit/",
        "save": f"/desk/versions/{version.pk}/save/",
    }
    assert saved.revision > version.revision
    assert saved.question == "Does it help?"
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("missing", "label"),
    [
        ("body", "Text"),
        ("references", "References as CSL-JSON"),
        ("body_patient", "Text for patients"),
    ],
)
def test_a_part_that_did_not_come_is_not_taken_out(
    visit: Visit, missing: str, label: str
) -> None:
    author = make.author()
    both = {"clinician": make.BODY, "patient": make.PATIENT_BODY}
    version = make.draft(by=author, renditions=both)
    sent = written(seen=version.revision, body_patient=make.PATIENT_BODY)
    sent = {name: value for name, value in sent.items() if name != missing}
    before = rows()

    response = visit(author).post(page(version), **sent)

    assert response.status_code == 422
    [error] = told(response)["errors"]
    assert error == (
        f"{label}: This part did not come with the rest; load the page again, then save."
    )
    assert rows() == before


def test_the_same_text_again_leaves_no_trace(visit: Visit) -> None:
    author = make.author()
    version = make.draft(by=author)
    visitor = visit(author)
    sent = written()
    first = told(visitor.post(page(version), **sent, seen=version.revision))
    before = rows()

    again = told(visitor.post(page(version), **sent, seen=first["seen"]))

    assert again["seen"] == first["seen"]
    assert rows() == before


def test_a_save_whose_answer_was_lost_may_be_repeated(visit: Visit) -> None:
    author = make.author()
    version = make.draft(by=author)
    visitor = visit(author)
    sent = written(seen=version.revision)
    first = told(visitor.post(page(version), **sent))
    before = rows()

    again = visitor.post(page(version), **sent)

    assert (again.status_code, told(again)["seen"]) == (200, first["seen"])
    assert rows() == before


def test_the_first_save_opens_the_article(visit: Visit) -> None:
    author = make.author()

    answer = told(visit(author).post(NEW, **written(attempt="a1")))

    version = Version.objects.get()
    assert answer["version"] == version.pk
    assert answer["address"] == f"/desk/versions/{version.pk}/edit/"
    assert version.question == "Does it help?"


def test_the_first_save_brings_what_an_opened_draft_offers(visit: Visit) -> None:
    visitor = visit(make.author())

    first = told(visitor.post(NEW, **written(attempt="a1")))
    again = told(visitor.post(NEW, **written(attempt="a1", seen=first["seen"])))
    later = told(visitor.post(first["save"], **written(seen=again["seen"])))

    version = Version.objects.get()
    opened = visitor.get(first["address"]).content.decode()
    assert sorted(first["parts"]) == ["head", "jump", "references"]
    assert [part for part in first["parts"].values() if part not in opened] == []
    assert f'href="/desk/versions/{version.pk}/references/"' in first["parts"]["head"]
    assert again["parts"] == first["parts"]
    assert "parts" not in later


def test_a_page_that_asks_is_told_how_readers_see_its_references(
    visit: Visit,
) -> None:
    author = make.author()
    version = make.draft(by=author)
    name = {"family": "Berg", "given": "Eva", "non-dropping-particle": "van den"}
    item = make.item(id="berg2024", author=[name], title="Ants", DOI="10.5555/ants")
    sent = written(seen=version.revision, references=json.dumps([item]), printed="yes")

    answer = told(visit(author).post(page(version), **sent))

    assert answer["printed"] == {
        "berg2024": (
            "van den Berg E. Ants. <em>Journal of Psychoceramics</em>. 2024;12:101-109."
            ' <a href="https://doi.org/10.5555/ants" rel="noopener">doi:10.5555/ants</a>'
        )
    }


def test_a_repeated_first_save_opens_no_second_article(visit: Visit) -> None:
    visitor = visit(make.author())
    visitor.post(NEW, **written(attempt="a1"))

    visitor.post(NEW, **written(attempt="a1", question="Does it help them?"))
    visitor.post(NEW, **written(attempt="a2", question="Does something else?"))

    assert sorted(v.question for v in Version.objects.all()) == [
        "Does it help them?",
        "Does something else?",
    ]


def test_hostile_markup_is_left_out_and_told(visit: Visit) -> None:
    author = make.author()
    version = make.draft(by=author)
    hostile = (
        '<p onclick="x()">A<script>x()</script>'
        '<img src="x" onerror="x()"><a href="javascript:x()">b</a></p>'
    )

    response = visit(author).post(
        page(version), **written(body=hostile, seen=version.revision)
    )

    stored = make.again(version).renditions.get(audience="clinician").body
    assert stored == "<p>A\nb</p>"
    assert told(response)["dropped"][0] == (
        "In the text for clinicians: The attribute onclick of <p> was removed."
    )


def test_a_stale_save_changes_nothing_and_names_who_was_first(visit: Visit) -> None:
    author = make.author(name="Josiah Carberry", credentials="MD")
    version = make.draft(by=author)
    first = make.text(question="Who was first?")
    authoring.edit(version.pk, by=author, text=first, seen=version.revision)

    response = visit(author).post(page(version), **written(seen=version.revision))

    answer = told(response)
    assert response.status_code == 409
    assert answer.pop("when")
    assert answer == {"what": "Saved meanwhile", "who": str(author)}
    assert make.again(version).question == "Who was first?"


def test_what_was_submitted_is_not_written_in(visit: Visit) -> None:
    author = make.author()
    version = make.submitted(by=author)

    response = visit(author).post(page(version), **written(seen=version.revision))

    assert response.status_code == 409
    assert told(response)["what"] == "Submitted meanwhile"


def test_what_cannot_be_stored_is_said_in_sentences(visit: Visit) -> None:
    author = make.author()
    version = make.draft(by=author)
    sent = written(question="", references="[", seen=version.revision)

    response = visit(author).post(page(version), **sent)

    assert response.status_code == 422
    assert told(response) == {
        "errors": [
            "Question: Write the question; it is the title.",
            (
                "References as CSL-JSON: This is not JSON, line 1; paste the whole"
                " list, from [ to ]."
            ),
        ]
    }


@pytest.mark.parametrize(("role", "status"), [(roles.EDITOR, 403), (roles.AUTHOR, 404)])
def test_only_its_author_saves_a_draft(visit: Visit, role: str, status: int) -> None:
    version = make.draft()

    response = visit(make.user(role)).post(page(version), **written())

    assert response.status_code == status
    assert make.again(version).revision == version.revision


@pytest.mark.parametrize("role", [roles.EDITOR, roles.REVIEWER, roles.ADMINISTRATOR])
def test_only_authors_open_articles(visit: Visit, role: str) -> None:
    assert visit(make.user(role)).post(NEW, **written()).status_code == 403
    assert not Article.objects.exists()


@pytest.mark.parametrize("address", [NEW, "/desk/versions/1/save/"])
def test_a_stranger_is_told_where_to_sign_in(db: None, address: str) -> None:
    response = Client().post(address, written())

    assert response.status_code == 401
    assert told(response) == {"sign_in": "/accounts/login/?next=/desk/"}


def test_a_save_is_no_get(visit: Visit) -> None:
    author = make.author()
    version = make.draft(by=author)

    assert visit(author).get(page(version)).status_code == 405
    assert visit(author).get(NEW).status_code == 405


@pytest.mark.django_db
def test_a_fresh_token_lets_an_old_page_go_on() -> None:
    author = make.author()
    version = make.draft(by=author)
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    sent = written(seen=version.revision)
    assert client.post(page(version), sent).status_code == 403

    answer = told(client.get("/desk/token/"))
    response = client.post(
        page(version), sent | {"csrfmiddlewaretoken": answer["token"]}
    )

    assert answer["user"] == author.pk
    assert response.status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_an_unchanged_save_costs_the_same_however_much_is_cited(
    visit: Visit, django_assert_num_queries: Any, count: int
) -> None:
    author = make.author()
    version = make.draft(by=author)
    visitor = visit(author)
    items = [make.item(id=f"k{n}") for n in range(count)]
    sent = written(references=json.dumps(items), body="<p>It does.</p>")
    seen = told(visitor.post(page(version), **sent, seen=version.revision))["seen"]

    with django_assert_num_queries(16):
        visitor.post(page(version), **sent, seen=seen)


def test_a_save_that_does_not_say_what_it_was_drawn_from_is_stale(visit: Visit) -> None:
    author = make.author()
    version = make.draft(by=author)

    response = visit(author).post(page(version), **written())

    assert response.status_code == 409
    assert make.again(version).revision == version.revision


def test_a_first_save_repeated_late_writes_over_nothing(visit: Visit) -> None:
    visitor = visit(make.author())
    answer = told(visitor.post(NEW, **written(attempt="a1")))
    newer = written(seen=answer["seen"], question="Is it newer?")
    visitor.post(answer["save"], **newer)

    response = visitor.post(NEW, **written(attempt="a1", question="Is it older?"))

    assert response.status_code == 409
    assert Version.objects.get().question == "Is it newer?"
