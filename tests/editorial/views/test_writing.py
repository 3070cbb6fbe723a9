"""Writing: what is stored, what comes back, and that nothing is lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from articles.models import Article, Opening, Version
from editorial import roles
from editorial.actions import authoring, desk
from tests import make
from tests.editorial.views.visitors import complaints, found, notices, text

if TYPE_CHECKING:
    from tests.editorial.views.conftest import Visit

NEW = "/desk/articles/new/"


def written(**fields: Any) -> dict[str, Any]:
    return {
        "question": "Does it help?",
        "audience": "clinician",
        "origin": "human",
        "body": '<p>It does.<cite data-ref="lee2018"></cite></p>',
        "references": json.dumps([make.item(id="lee2018")]),
        "topics": "Cardiology, Pharmacy",
    } | fields


def test_an_author_opens_an_article(visit: Visit) -> None:
    author = make.author()
    visitor = visit(author)

    response = visitor.post(NEW, **written(body_patient="<p>It may.</p>"))

    version = Version.objects.get()
    bodies = {r.audience: r.body for r in version.renditions.all()}
    assert response["Location"] == f"/desk/versions/{version.pk}/edit/"
    assert bodies == {
        "clinician": '<p>It does.<cite data-ref="lee2018"></cite></p>',
        "patient": "<p>It may.</p>",
    }
    assert [c.key for c in version.citations.all()] == ["lee2018"]
    assert sorted(t.name for t in version.article.topics.all()) == [
        "Cardiology",
        "Pharmacy",
    ]


def test_the_same_page_sent_twice_opens_one_article(visit: Visit) -> None:
    visitor = visit(make.author())
    sent = written(opening=str(uuid4()))

    first, second = visitor.post(NEW, **sent), visitor.post(NEW, **sent)

    version = Version.objects.get()
    assert first["Location"] == second["Location"]
    assert first["Location"] == f"/desk/versions/{version.pk}/edit/"
    assert version.revision == Opening.objects.get().revision


def test_a_page_that_is_sent_late_goes_into_the_draft_it_opened(visit: Visit) -> None:
    visitor = visit(make.author())
    sent = written(opening=str(uuid4()))
    visitor.post(NEW, **sent)

    visitor.post(NEW, **sent | {"question": "Does it help them?"})
    response = visitor.post(NEW, **sent | {"question": "Does it harm them?"})

    version = Version.objects.get()
    assert version.question == "Does it help them?"
    assert response.status_code == 409
    [form] = found(response, "//form[@data-settles]")
    assert form.get("action") == f"/desk/versions/{version.pk}/edit/"


def test_nobody_writes_with_the_page_of_another(visit: Visit) -> None:
    sent = written(opening=str(uuid4()))
    visit(make.author()).post(NEW, **sent)

    response = visit(make.author()).post(NEW, **sent | {"question": "Is it mine?"})

    assert response.status_code == 403
    assert Version.objects.get().question == "Does it help?"


def test_every_page_of_a_new_article_has_its_own_name(visit: Visit) -> None:
    visitor = visit(make.author())

    names = [found(visitor.get(NEW), '//input[@name="opening"]') for _ in range(2)]

    assert names[0][0].get("value") != names[1][0].get("value")


@pytest.mark.parametrize("role", [roles.EDITOR, roles.REVIEWER, roles.ADMINISTRATOR])
def test_only_authors_write(visit: Visit, role: str) -> None:
    visitor = visit(make.user(role))

    assert visitor.get(NEW).status_code == 403
    assert visitor.post(NEW, **written()).status_code == 403
    assert not Article.objects.exists()


def test_what_the_form_shows_saves_unchanged(visit: Visit) -> None:
    author = make.author()
    version = make.draft(
        by=author, renditions={"clinician": make.BODY, "patient": make.PATIENT_BODY}
    )
    page = f"/desk/versions/{version.pk}/edit/"
    visitor = visit(author)
    keys = [c.key for c in version.citations.order_by("position")]

    response = visitor.send(page, page, save="1")

    saved = make.again(version)
    assert response["Location"] == page
    assert notices(visitor.get(page)) == ["Saved."]
    assert (saved.question, saved.key_answer) == (version.question, version.key_answer)
    assert [c.key for c in saved.citations.order_by("position")] == keys
    assert {r.audience for r in saved.renditions.all()} == {"clinician", "patient"}


def test_plain_words_are_stored_as_paragraphs_and_lists(visit: Visit) -> None:
    author = make.author()
    version = make.draft(by=author)
    page = f"/desk/versions/{version.pk}/edit/"

    visit(author).send(page, page, body="Ask first.\r\n\r\n- Honey & milk\r\n- Tea")

    assert make.again(version).renditions.get(audience="clinician").body == (
        "<p>Ask first.</p><ul><li>Honey &amp; milk</li><li>Tea</li></ul>"
    )


def test_saving_can_lead_to_the_reader_s_view(visit: Visit) -> None:
    author = make.author()
    version = make.draft(by=author)
    page = f"/desk/versions/{version.pk}/edit/"

    response = visit(author).send(page, page, look="1")

    assert response["Location"] == f"/desk/versions/{version.pk}/"


def test_what_the_cleaning_took_out_is_said(visit: Visit) -> None:
    visitor = visit(make.author())

    response = visitor.post(NEW, **written(body="<p>A<script>x()</script></p>"))

    said = notices(visitor.get(response["Location"]))
    assert said[0] == "Saved."
    assert len(said) == 2
    assert said[1].startswith("In the text for clinicians: ")


def test_a_typed_reference_joins_the_list(visit: Visit) -> None:
    visitor = visit(make.author())
    typed = {
        "ref-kind": "rct",
        "ref-title": "Another trial",
        "ref-authors": "Lee JD; Nunes EV; World Health Organization",
        "ref-year": "2018",
        "ref-journal": "Lancet",
        "ref-doi": "10.5555/typed",
    }

    visitor.post(NEW, **written(**typed))

    citation = Version.objects.get().citations.get(key="lee2018-2")
    assert citation.work.kind == "rct"
    assert citation.work.csl["author"] == [
        {"family": "Lee", "given": "JD"},
        {"family": "Nunes", "given": "EV"},
        {"literal": "World Health Organization"},
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"question": ""},
        {"question": "x" * 301},
        {"headline": "x" * 301},
        {"audience": "robots"},
        {"origin": "stolen"},
        {"evidence_searched_on": "yesterday"},
        {"topics": ", ".join(f"t{n}" for n in range(21))},
        {"topics": "x" * 201},
        {"body_clinician": "<p>Two texts for one reader</p>"},
        {"body": "<p>" + "x" * 400_001 + "</p>"},
        {"references": "not json"},
        {"references": "[" * 100_000},
        {"references": "5"},
        {"references": "[5]"},
        {"references": '[{"title": "No key", "type": "book"}]'},
        {"references": '[{"id": "no title", "type": "book"}]'},
        {"references": '[{"id": "notitle", "type": "book"}]'},
        {"references": '[{"id": "a", "type": "b", "title": 1e999}]'},
        {"references": json.dumps([make.item(id="a"), make.item(id="a")])},
        {"ref-year": "2018"},
        {"ref-title": "T", "ref-year": "18"},
        {"ref-title": "T", "ref-kind": "gossip"},
        {"ref-title": "T", "ref-key": "lee2018"},
        {"ref-title": "T", "ref-key": "not a key"},
    ],
)
def test_what_cannot_be_stored_comes_back_as_it_was_written(
    visit: Visit, wrong: dict[str, str]
) -> None:
    sent = written(**{"change_summary": "", "key_answer": "Typed with care."} | wrong)

    response = visit(make.author()).post(NEW, **sent)

    assert response.status_code == 422
    assert complaints(response)
    assert "Typed with care." in text(response)
    assert not Article.objects.exists()


def test_a_stale_save_loses_neither_text(visit: Visit) -> None:
    author = make.author()
    version = make.draft(by=author)
    page = f"/desk/versions/{version.pk}/edit/"
    stored = make.text(question="Does the stored text stay?")
    authoring.edit(version.pk, by=author, text=stored, seen=version.revision)

    response = visit(author).post(
        page, **written(question="Is mine lost?", seen=version.revision)
    )

    [mine] = found(response, '//input[@name="question"]')
    [seen] = found(response, '//input[@name="seen"]')
    assert response.status_code == 409
    assert mine.get("value") == "Is mine lost?"
    assert "Does the stored text stay?" in text(response)
    assert seen.get("value") == str(make.again(version).revision)
    assert make.again(version).question == "Does the stored text stay?"


def test_after_a_conflict_one_text_is_saved_knowingly(visit: Visit) -> None:
    author = make.author()
    version = make.draft(by=author)
    page = f"/desk/versions/{version.pk}/edit/"
    authoring.edit(version.pk, by=author, text=make.text(), seen=version.revision)
    visitor = visit(author)
    conflict = visitor.post(page, **written(question="Mine?", seen=version.revision))
    [seen] = found(conflict, '//input[@name="seen"]')

    response = visitor.post(page, **written(question="Mine?", seen=seen.get("value")))

    assert response.status_code == 302
    assert make.again(version).question == "Mine?"


def test_writing_into_a_submitted_version_shows_what_was_written(
    visit: Visit,
) -> None:
    author = make.author()
    version = make.submitted(by=author)

    response = visit(author).post(
        f"/desk/versions/{version.pk}/edit/", **written(key_answer="Too late.")
    )

    assert response.status_code == 409
    assert "Too late." in text(response)
    assert found(response, '//button[@name="save"]') == []


def test_who_goes_back_to_write_in_a_submitted_version_hears_that_it_stands(
    visit: Visit,
) -> None:
    author = make.author()
    version = make.submitted(by=author)

    response = visit(author).get(f"/desk/versions/{version.pk}/edit/")

    assert response.status_code == 409
    assert "Nothing is lost: what was recorded stands." in text(response)
    assert "Nothing of yours was recorded" not in text(response)


@pytest.mark.parametrize(("role", "status"), [(roles.EDITOR, 403), (roles.AUTHOR, 404)])
def test_only_its_author_writes_in_a_draft(
    visit: Visit, role: str, status: int
) -> None:
    version = make.draft()
    visitor = visit(make.user(role))
    page = f"/desk/versions/{version.pk}/edit/"

    assert visitor.get(page).status_code == status
    assert visitor.post(page, **written()).status_code == status
    assert make.again(version).question == version.question


def test_open_comments_stand_beside_the_next_draft_without_names(
    visit: Visit,
) -> None:
    author = make.author()
    reviewer = make.reviewer(name="Canary Reviewerson")
    version = make.under_review(by=author, reviewers=[reviewer], tier="C")
    make.report_all(version, comments=(make.blocking("To whom?"),), remarks="x")
    from_desk = make.editor()
    desk.return_for_changes(version.pk, by=from_desk, reason="See the comment.")
    draft = authoring.revise(version.pk, by=author)

    page = text(visit(author).get(f"/desk/versions/{draft.pk}/edit/"))

    assert "To whom?" in page
    assert "Canary" not in page


def test_topics_of_a_public_article_are_shown_but_not_asked_for(visit: Visit) -> None:
    author = make.author()
    version = authoring.revise(make.published(by=author).pk, by=author)
    page, visitor = f"/desk/versions/{version.pk}/edit/", visit(author)

    [field] = found(visitor.get(page), '//input[@name="topics"]')
    sent = {n: v for n, v in written().items() if n != "topics"}
    response = visitor.post(page, **sent, seen=version.revision)

    assert (field.get("value"), field.get("disabled")) == ("Cardiology", "disabled")
    assert response.status_code == 302
    assert [t.name for t in version.article.topics.all()] == ["Cardiology"]
