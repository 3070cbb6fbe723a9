"""Answers to reviewers, typed one by one: sending one leaves the others standing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from articles.models import Version
from editorial.actions import answering, authoring, authors, desk
from tests import make

if TYPE_CHECKING:
    from editorial.models import User
    from tests.journeys.browsing import Browsing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


WAITS = "Typed here and not saved yet."


def to_answer(by: User, *, also: User | None = None) -> Version:
    """A draft with two blocking comments of one reviewer to answer, and the letter."""
    draft, editor = make.draft(by=by), make.editor()
    if also:
        authors.invite_author(draft.article_id, by=by, email=also.email)
        authors.join(draft.article_id, by=also)
    version = make.send(authoring.submit(draft.pk, by=by), editor=editor)
    asked = version.assignments.select_related("reviewer").order_by("pk")[0]
    make.reported(asked, comments=(make.blocking(), make.blocking("And late.")))
    desk.return_for_changes(version.pk, by=editor, reason="Mend it.")
    return authoring.revise(version.pk, by=by)


def test_what_is_typed_in_one_answer_outlives_the_saving_of_another(
    browsers: Browsing,
) -> None:
    by = make.author()
    draft = to_answer(by)
    author = browsers.seat(by)

    author.tab.goto(f"/desk/versions/{draft.pk}/answers/")
    texts = author.tab.locator("textarea")
    texts.nth(1).fill("The second, half a sentence")
    texts.last.fill("Dear reviewers,")
    texts.first.fill("Done as asked.")
    author.tab.get_by_label("Done", exact=True).first.check()
    author.tab.get_by_role("button", name="Save the answer").first.click()
    author.tab.locator(".messages").wait_for()

    kept = [texts.nth(1).input_value(), texts.last.input_value()]
    assert kept == ["The second, half a sentence", "Dear reviewers,"]
    assert author.tab.get_by_text(WAITS).count() == 2


def test_whoever_goes_on_from_the_draft_takes_along_what_is_typed_beside_it(
    browsers: Browsing,
) -> None:
    by = make.author()
    draft = to_answer(by)
    author = browsers.seat(by)
    browsers.expected.add(422)
    author.tab.goto(f"/desk/versions/{draft.pk}/edit/")
    author.tab.locator("[data-saving]").filter(has_text="saved").wait_for()
    first, second, third, _ = author.tab.locator("[data-unsent] form").all()
    first.get_by_label("Done", exact=True).check()
    third.get_by_label("Done", exact=True).check()
    second.get_by_label("What you did").fill("As the trial did.")
    author.fill("Letter to the reviewers", "Dear reviewers,")
    author.tab.get_by_role("button", name="Save, then look and submit").click()
    second.locator(".error").wait_for()
    refused = second.locator(".error").inner_text()
    here = author.tab.url
    second.get_by_label("Done", exact=True).check()
    author.press("Save, then look and submit")

    assert "Say whether it is done or not done." in refused
    assert here.endswith("/edit/")
    assert author.tab.url.endswith(draft.get_absolute_url())
    answers = draft.comments.order_by("pk").values_list("answer", "answer_text")
    done = [("done", ""), ("done", "As the trial did."), ("done", "")]
    assert list(answers) == done
    assert make.again(draft).response == "Dear reviewers,"
    assert author.tab.evaluate("Object.keys(localStorage)") == []
    assert author.press("Submit") == 200
    assert author.told == ["Submitted. The desk has been told."]


def test_nobody_goes_on_without_an_answer_that_the_server_could_not_take(
    browsers: Browsing,
) -> None:
    by = make.author()
    draft = to_answer(by)
    author = browsers.seat(by)
    browsers.expected.add(503)
    author.tab.goto(f"/desk/versions/{draft.pk}/edit/")
    author.tab.locator("[data-saving]").filter(has_text="saved").wait_for()
    first = author.tab.locator("[data-unsent] form").first
    action = first.get_attribute("action")
    author.tab.route(f"**{action}", lambda route: route.fulfill(status=503, body=""))
    first.get_by_label("Done", exact=True).check()
    author.tab.get_by_role("button", name="Save, then look and submit").click()
    first.locator(".error").wait_for()

    assert "Not saved: It could not be saved" in first.locator(".error").inner_text()
    assert author.tab.url.endswith("/edit/")
    assert first.get_by_label("Done", exact=True).is_checked()


def test_nobody_else_in_this_browser_is_shown_a_half_written_answer(
    browsers: Browsing,
) -> None:
    by, also = make.author(), make.author()
    address = f"/desk/versions/{to_answer(by, also=also).pk}/answers/"
    author = browsers.seat(by)
    author.tab.goto(address)
    letter = author.tab.get_by_label("Letter to the reviewers")
    letter.fill("Dear reviewers,")
    browsers.seat(also, tab=author.tab)
    author.tab.goto(address)
    theirs = (letter.input_value(), author.tab.get_by_text(WAITS).count())
    browsers.seat(by, tab=author.tab)
    author.tab.goto(address)

    assert theirs == ("", 0)
    assert letter.input_value() == "Dear reviewers,"
    assert author.tab.get_by_text(WAITS).count() == 1


def test_old_words_are_offered_beside_an_answer_that_is_newer(
    browsers: Browsing,
) -> None:
    by, also = make.author(), make.author()
    draft = to_answer(by, also=also)
    author = browsers.seat(by)
    author.tab.goto(f"/desk/versions/{draft.pk}/answers/")
    letter = author.tab.get_by_label("Letter to the reviewers")
    letter.fill("Dear reviewers,")
    answering.respond(draft.pk, by=also, text="To whom it may concern.")
    author.tab.reload()
    stored = letter.input_value()
    author.tab.get_by_role("button", name="Take them").click()
    taken = letter.input_value()
    author.press("Save the letter")
    author.tab.locator(".messages .success").wait_for()

    assert (stored, taken) == ("To whom it may concern.", "Dear reviewers,")
    assert Version.objects.get(pk=draft.pk).response == "Dear reviewers,"
    assert author.tab.evaluate("Object.keys(localStorage)") == []
