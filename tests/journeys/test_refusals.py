"""When it goes wrong: said in a sentence, and nothing typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session

from articles.models import Version
from editorial.actions import desk
from editorial.models import Event
from reviews.models import Signature
from tests import make
from tests.journeys import doing

if TYPE_CHECKING:
    from tests.journeys.browsing import Browsing

pytestmark = [
    pytest.mark.browser,
    pytest.mark.everywhere,
    pytest.mark.django_db(transaction=True),
]
NOT_RIGHT = "The password is not right; nothing was signed."


def page_of(version: Version) -> str:
    return f"/desk/versions/{version.pk}/"


def test_a_draft_saved_in_another_tab_is_not_written_over(browsers: Browsing) -> None:
    author = make.author(name="Marguerite Inkwell")
    version = make.draft(by=author)
    here = browsers.seat(author)
    there = here.another_tab()
    for seat in (here, there):
        seat.tab.goto(f"{page_of(version)}edit/")
    there.fill("Headline", "The other tab was first")
    there.press("Save")
    here.fill("Headline", "This tab came second")

    assert here.press("Save") == 409
    assert here.heading == "Somebody saved before you"
    assert "Saved meanwhile, by Marguerite Inkwell, MD, " in here.said
    assert here.tab.get_by_text("This tab came second").is_visible()
    assert here.tab.get_by_text("The other tab was first").is_visible()
    here.choose("Both were changed in the same place", "Keep mine")
    assert here.press("Save what I chose") == 200
    assert make.again(version).headline == "This tab came second"


def test_a_decision_that_comes_second_names_the_first_and_keeps_its_words(
    browsers: Browsing,
) -> None:
    version = make.under_review()
    first = make.editor(name="Otto Paperfield", credentials="")
    late = browsers.seat(make.editor())
    late.tab.goto(page_of(version))
    desk.return_for_changes(version.pk, by=first, reason="Name the dose.")
    step = late.unfold("Return for changes")
    step.get_by_label("Letter to the authors").fill("Say for how long.\nAnd for whom.")

    assert late.press("Return for changes") == 409
    assert late.heading == "This moved on meanwhile"
    when = make.again(version).decided_at
    assert f"by Otto Paperfield, {when:%-d %B %Y, %H:%M} UTC" in late.said
    kept = late.tab.locator("pre").all_inner_texts()
    assert kept == ["Say for how long.\nAnd for whom."]
    late.tab.get_by_role("link", name="See how it stands now").click()
    late.tab.wait_for_url(f"**{page_of(version)}")


def test_a_double_click_submits_once(browsers: Browsing) -> None:
    person = make.author()
    version = make.draft(by=person)
    author = browsers.seat(person)
    author.tab.goto(page_of(version))

    author.tab.get_by_role("button", name="Submit").dblclick()

    author.tab.get_by_role("button", name="Recall to draft").wait_for()
    assert Event.objects.filter(kind=Event.Kind.SUBMITTED).count() == 1


def test_a_double_click_approves_once(browsers: Browsing) -> None:
    version = make.reviewed()
    chief = browsers.seat(make.chief())
    chief.tab.goto(page_of(version))
    chief.unfold("Approve and sign")
    chief.fill("Your password", make.PASSWORD)

    chief.tab.get_by_role("button", name="Approve and sign").dblclick()

    chief.tab.locator(".badge", has_text="Approved").wait_for()
    assert chief.heading == version.question
    assert Event.objects.filter(kind=Event.Kind.APPROVED).count() == 1
    assert Signature.objects.filter(meaning="approval").count() == 1


def test_a_wrong_password_is_said_at_the_field(browsers: Browsing) -> None:
    version = make.reviewed()
    chief = browsers.seat(make.chief())
    chief.tab.goto(page_of(version))
    step = chief.unfold("Approve and sign")
    step.get_by_label("Note for the record").fill("As the board asked.")
    chief.fill("Your password", "correct horse battery paper clip")

    assert chief.press("Approve and sign") == 422
    field = chief.tab.get_by_label("Your password")
    assert NOT_RIGHT in field.evaluate(
        "(field) => document.getElementById(field.getAttribute('aria-describedby')"
        ".split(' ').at(-1)).innerText"
    )
    assert field.get_attribute("aria-invalid") == "true"
    assert field.input_value() == ""
    assert chief.complaints == [NOT_RIGHT]
    chief.tab.get_by_role("link", name=NOT_RIGHT).click()
    assert field.evaluate("(field) => field.matches(':target, :focus')")
    note = chief.tab.get_by_label("Note for the record").locator("visible=true")
    assert note.input_value() == "As the board asked."
    assert not Signature.objects.filter(meaning="approval").exists()


def test_an_author_finds_nothing_where_a_reviewer_works(browsers: Browsing) -> None:
    person = make.author()
    version = make.reviewed(by=person)
    author = browsers.seat(person)

    answers = [
        author.tab.goto(f"/desk/assignments/{assignment.pk}/")
        for assignment in version.assignments.all()
    ]

    assert [answer and answer.status for answer in answers] == [404, 404]
    assert author.heading == "There is nothing at this address"


def test_a_review_outlives_the_session_it_was_written_in(browsers: Browsing) -> None:
    version = make.under_review(tier="C")
    assignment = make.accepted(version.assignments.get())
    reviewer = browsers.seat(make.fresh(assignment.reviewer))
    reviewer.tab.goto(f"/desk/assignments/{assignment.pk}/")
    doing.fill_report(reviewer, vote="Changes needed")
    reviewer.fill("Remarks for the author", "Name the dose.")
    with reviewer.tab.expect_response("**/look/"):
        doing.look_twice(reviewer)
    reviewer.fill("Your password", make.PASSWORD)
    Session.objects.all().delete()

    reviewer.press("Sign and submit")
    assert reviewer.heading == "Sign in"
    reviewer.type_password()

    assert reviewer.told == [
        "You had been signed out; nothing was done. Here is what you wrote."
    ]
    remarks = reviewer.tab.get_by_label("Remarks for the author")
    assert remarks.input_value() == "Name the dose."
    assert reviewer.tab.get_by_label("Your password").input_value() == ""
    doing.sign(reviewer)
    assert Event.objects.filter(kind=Event.Kind.REPORTED).count() == 1
