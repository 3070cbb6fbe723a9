"""Every step by its address: who gets which answer, and what a refusal leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from articles.models import Article, Version
from editorial import workflow
from editorial.actions import desk, publishing
from editorial.forms.base import UNSEEN
from editorial.models import Event, Outbox
from editorial.views import doors
from reviews.models import Assignment
from tests import make
from tests.editorial.views.visitors import complaints, found, notices, parsed

if TYPE_CHECKING:
    from django.test import Client

    from tests.editorial.views.conftest import Visit

WRONG = "a wrong secret"
FOR_MACHINES = {
    *("remind", "report_overdue", "remind_authors", "rebuild", "lapse"),
    *("declare_conflict", "withhold", "let_expire"),
}
"""`declare_conflict` is what is left of an acceptance that could not be."""

ON_THE_DESK = {
    *("change_editor", "nudge"),
    *("close_reader_report", "empty_reader_report"),
}
"""Taken from the list of what needs a hand or from a page of its own."""


def test_every_step_but_the_scheduler_s_has_a_door() -> None:
    without = {
        step.name
        for step in workflow.STEPS
        if doors.door_to(step.model, step.name) is None
    }

    assert without == FOR_MACHINES | ON_THE_DESK


def test_an_author_submits_by_the_button_of_the_page(visit: Visit) -> None:
    author = make.author()
    version = make.draft(by=author)
    page = f"/desk/versions/{version.pk}/"

    response = visit(author).send(page, f"{page}submit/")

    assert (response.status_code, response["Location"]) == (302, page)
    assert make.again(version).state == "submitted"


@pytest.mark.parametrize(
    ("step", "status"),
    [("submit", 302), ("approve", 302), ("edit_it_all", 404), ("remind", 404)],
)
def test_a_step_is_never_taken_by_looking(visit: Visit, step: str, status: int) -> None:
    version = make.submitted()

    page = f"/desk/versions/{version.pk}/"

    response = visit(make.chief()).get(f"{page}{step}/")

    assert response.status_code == status
    assert response.get("Location") == (page if status == 302 else None)
    assert make.again(version).state == "submitted"


def test_strangers_are_asked_to_sign_in(client: Client, db: None) -> None:
    version = make.submitted()

    response = client.post(f"/desk/versions/{version.pk}/recall/")

    page = f"/desk/versions/{version.pk}/"
    assert response.status_code == 302
    assert response["Location"] == f"/accounts/login/?next={page}"
    assert make.again(version).state == "submitted"


def test_what_is_not_yours_to_see_is_not_there(visit: Visit) -> None:
    version = make.submitted()

    response = visit(make.author()).post(f"/desk/versions/{version.pk}/recall/")

    assert response.status_code == 404


@pytest.mark.parametrize("step", ["recall", "withdraw", "reject", "approve"])
def test_the_wrong_person_is_refused(visit: Visit, step: str) -> None:
    version = make.submitted()

    response = visit(make.editor()).post(f"/desk/versions/{version.pk}/{step}/")

    assert response.status_code == 403
    assert make.again(version).state == "submitted"


@pytest.mark.parametrize("pk", [0, 10**9, 2**63, 2**70])
@pytest.mark.parametrize("room", ["versions", "articles", "assignments"])
def test_a_number_without_a_row_is_not_there(visit: Visit, room: str, pk: int) -> None:
    names = {"versions": "reject", "articles": "publish", "assignments": "accept"}

    response = visit(make.chief()).post(f"/desk/{room}/{pk}/{names[room]}/")

    assert response.status_code == 404


def test_a_stale_form_is_told_who_and_when(visit: Visit) -> None:
    editor = make.editor()
    version = make.under_review(editor=editor)
    make.reported(version.assignments.order_by("pk")[0])
    reviewer = version.assignments.order_by("pk")[0].reviewer

    response = visit(editor).post(
        f"/desk/versions/{version.pk}/return_for_changes/",
        seen=version.revision,
        reason="No.",
    )

    main = parsed(response).get_element_by_id("main").text_content()
    assert response.status_code == 409
    assert f"by {reviewer.printed_name}" in " ".join(main.split())
    assert found(response, f'//main//a[@href="/desk/versions/{version.pk}/"]')
    assert make.again(version).state == "under_review"


@pytest.mark.parametrize("seen", [None, "", "x"])
def test_nobody_takes_a_step_without_saying_what_they_saw(
    visit: Visit, seen: str | None
) -> None:
    chief = make.chief()
    version = make.reviewed()
    page = f"/desk/versions/{version.pk}/"
    sent = {"sha256": version.sha256, "password": make.PASSWORD}

    response = visit(chief).post(
        f"{page}approve/", **sent | ({} if seen is None else {"seen": seen})
    )

    assert response.status_code == 422
    assert complaints(response) == [UNSEEN]
    assert make.again(version).state == "under_review"


def test_every_step_form_asks_what_was_seen(db: None) -> None:
    asked = make.under_review().assignments.select_related("version__article")[0]
    things = {Assignment: asked, Version: asked.version}
    things[Article] = asked.version.article

    forms = [door.form_for(things[door.step.model]) for door in doors.DOORS]

    assert {form.fields["seen"].required for form in forms} == {True}


def test_prose_that_came_too_late_is_shown_to_its_writer(visit: Visit) -> None:
    version = make.reviewed()
    sent = {"seen": version.revision, "reason": "Say to <whom>.", "password": "x"}
    desk.return_for_changes(version.pk, by=make.editor(), reason="Mend it.")

    response = visit(make.chief()).post(
        f"/desk/versions/{version.pk}/approve/", **approving(version, **sent)
    )

    written = found(response, '//section[@aria-labelledby="written"]//pre')
    assert response.status_code == 409
    assert [element.text_content() for element in written] == ["Say to <whom>."]


def test_the_same_click_twice_is_no_error(visit: Visit) -> None:
    author = make.author()
    version = make.draft(by=author)
    page = f"/desk/versions/{version.pk}/"
    visitor = visit(author)
    visitor.post(f"{page}submit/", seen=version.revision)
    visitor.get(page)

    response = visitor.post(f"{page}submit/", seen=version.revision)

    assert (response.status_code, response["Location"]) == (302, page)
    assert notices(visitor.get(page)) == ["That was done already."]
    assert Event.objects.filter(kind="submitted").count() == 1


def test_a_missing_reason_comes_back_at_the_step_and_in_the_summary(
    visit: Visit,
) -> None:
    editor = make.editor()
    version = make.submitted()
    before = Event.objects.count(), Outbox.objects.count()

    response = visit(editor).post(
        f"/desk/versions/{version.pk}/return_for_changes/",
        seen=version.revision,
        reason="  ",
    )

    step = parsed(response).get_element_by_id("return_for_changes")
    assert response.status_code == 422
    assert complaints(response) == ["Write to the authors why; it goes on record."]
    assert step.get("open") is not None
    assert step.xpath('.//ul[@class="errorlist"]/li')
    assert (Event.objects.count(), Outbox.objects.count()) == before


def test_a_reason_that_cannot_be_stored_comes_back(visit: Visit) -> None:
    version = make.submitted()

    response = visit(make.editor()).post(
        f"/desk/versions/{version.pk}/return_for_changes/",
        reason="x" * 5_001,
        seen=make.again(version).revision,
    )

    assert response.status_code == 422
    assert make.again(version).state == "submitted"


def test_what_the_deed_refuses_comes_back_with_its_sentence(visit: Visit) -> None:
    author = make.author()
    version = make.draft(by=author, renditions={"clinician": ""})

    response = visit(author).post(
        f"/desk/versions/{version.pk}/submit/", seen=version.revision
    )

    said = ["The text is empty; write the body before submitting it."]
    assert response.status_code == 422
    assert complaints(response) == said
    assert make.again(version).state == "draft"


def sending(version: Version, *people: Any, **fields: Any) -> dict[str, Any]:
    return {
        "seen": version.revision,
        "tier": "C",
        "specialty": "cardiology",
        "reviewers": [person.pk for person in people],
    } | fields


def test_an_editor_sends_to_review_by_the_form_of_the_page(visit: Visit) -> None:
    editor, reviewer = make.editor(), make.reviewer()
    version = make.submitted()
    page = f"/desk/versions/{version.pk}/"

    response = visit(editor).send(
        page, f"{page}send_to_review/", **sending(version, reviewer)
    )

    assert response.status_code == 302
    assert [a.reviewer for a in Assignment.objects.all()] == [reviewer]
    assert make.article(version).editor == editor


@pytest.mark.parametrize(
    "wrong",
    [
        {"tier": "D"},
        {"tier": ""},
        {"specialty": "alchemy"},
        {"reviewers": ["0"]},
        {"reviewers": ["nobody"]},
        {"reviewers": []},
        {"reviewers": [str(2**70)]},
    ],
)
def test_a_choice_that_is_not_offered_comes_back(
    visit: Visit, wrong: dict[str, Any]
) -> None:
    version = make.submitted()
    sent = sending(version, make.reviewer(), **wrong)

    response = visit(make.editor()).post(
        f"/desk/versions/{version.pk}/send_to_review/", **sent
    )

    assert response.status_code == 422
    assert complaints(response)
    assert make.again(version).state == "submitted"


def approving(version: Version, **fields: Any) -> dict[str, Any]:
    return {
        "seen": version.revision,
        "sha256": version.sha256,
        "password": make.PASSWORD,
    } | fields


def test_a_chief_editor_approves_by_the_form_of_the_page(visit: Visit) -> None:
    version = make.reviewed()
    page = f"/desk/versions/{version.pk}/"

    response = visit(make.chief()).send(page, f"{page}approve/", password=make.PASSWORD)

    assert response.status_code == 302
    assert make.again(version).state == "approved"


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "wrong"},
        {"password": ""},
        {"sha256": "0" * 64},
        {"sha256": ""},
        {"publish_at": "tomorrow"},
        {"publish_at": "2020-01-01T00:00"},
        {"publish_at": "99999-01-01T00:00"},
    ],
)
def test_an_approval_that_is_not_whole_comes_back(
    visit: Visit, wrong: dict[str, str]
) -> None:
    version = make.reviewed()

    response = visit(make.chief()).post(
        f"/desk/versions/{version.pk}/approve/", **approving(version, **wrong)
    )

    assert response.status_code == 422
    assert complaints(response)
    assert not version.signatures.filter(meaning="approval").exists()


def test_an_approval_sent_twice_is_no_error_though_it_is_public_already(
    visit: Visit,
) -> None:
    version = make.reviewed()
    chief = make.chief()
    sent = approving(version)
    make.approve(version, by=chief)
    publishing.publish_due()

    visitor = visit(chief)
    response = visitor.post(f"/desk/versions/{version.pk}/approve/", **sent)

    assert response.status_code == 302
    assert notices(visitor.get(response["Location"])) == ["That was done already."]


def test_a_password_is_never_sent_back(visit: Visit) -> None:
    version = make.reviewed()

    response = visit(make.chief()).post(
        f"/desk/versions/{version.pk}/approve/",
        **approving(version, password=WRONG),
    )

    assert WRONG not in response.content.decode()


def test_five_wrong_passwords_end_the_session(visit: Visit) -> None:
    version = make.reviewed()
    visitor = visit(make.chief())
    address = f"/desk/versions/{version.pk}/approve/"

    answers = [
        visitor.post(address, **approving(version, password=WRONG)).status_code
        for _ in range(5)
    ]

    assert answers == [422, 422, 422, 422, 302]
    assert visitor.get("/desk/")["Location"] == "/accounts/login/?next=/desk/"
    assert not version.signatures.filter(meaning="approval").exists()


def test_a_step_that_is_over_is_gone_even_for_a_bad_form(visit: Visit) -> None:
    version = make.approved()

    response = visit(make.chief()).post(f"/desk/versions/{version.pk}/reject/")

    assert response.status_code == 409


def test_a_comment_is_closed_at_the_comment(visit: Visit) -> None:
    version = make.under_review()
    make.reported(
        version.assignments.order_by("pk")[0], comments=(make.blocking(),), remarks="x"
    )
    comment = version.comments.get()
    page = f"/desk/versions/{version.pk}/"

    response = visit(make.editor()).send(
        page, f"{page}resolve/", reason="It is right: see the second reference."
    )

    comment.refresh_from_db()
    assert response.status_code == 302
    assert comment.resolution == "It is right: see the second reference."


def test_a_comment_without_a_reason_comes_back_open(visit: Visit) -> None:
    version = make.under_review()
    make.reported(
        version.assignments.order_by("pk")[0], comments=(make.blocking(),), remarks="x"
    )
    comment = version.comments.get()

    response = visit(make.editor()).post(
        f"/desk/versions/{version.pk}/resolve/", comment=comment.pk, reason=""
    )

    note = parsed(response).get_element_by_id(f"comment-{comment.pk}")
    assert response.status_code == 422
    assert note.xpath('.//details[@open]//ul[@class="errorlist"]')


def test_the_next_draft_opens_in_the_editor(visit: Visit) -> None:
    author = make.author()
    version = make.published(by=author)
    page = f"/desk/versions/{version.pk}/"

    response = visit(author).send(page, f"{page}revise/")

    draft = Version.objects.get(article=version.article_id, number=2)
    assert response["Location"] == f"/desk/versions/{draft.pk}/edit/"


@pytest.mark.parametrize("on", ["", "0", "abc", str(2**70)])
def test_a_chief_editor_publishes_from_the_version_page(visit: Visit, on: str) -> None:
    version = make.approved()
    article = make.article(version)

    response = visit(make.chief()).post(
        f"/desk/articles/{article.pk}/publish/", seen=article.revision, on=on
    )

    page = f"/desk/versions/{version.pk}/"
    assert (response.status_code, response["Location"]) == (302, page)
    assert Article.objects.get(pk=article.pk).standing == "published"


def test_a_step_of_the_article_comes_back_on_the_version_it_was_taken_from(
    visit: Visit,
) -> None:
    version = make.submitted()
    article = make.article(version)

    response = visit(make.editor()).post(
        f"/desk/articles/{article.pk}/change_tier/",
        seen=article.revision,
        on=version.pk,
        tier="B",
        reason="",
    )

    assert response.status_code == 422
    assert complaints(response) == ["Give a reason; it goes into the record."]
    assert make.article(version).tier == ""
