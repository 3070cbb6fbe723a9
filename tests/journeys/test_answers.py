"""Answers to reviewers, typed one by one: sending one leaves the others standing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from editorial.actions import authoring, desk
from tests import make

if TYPE_CHECKING:
    from tests.journeys.browsing import Browsing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_what_is_typed_in_one_answer_outlives_the_saving_of_another(
    browsers: Browsing,
) -> None:
    by, editor = make.author(), make.editor()
    version = make.under_review(by=by, editor=editor)
    asked = version.assignments.select_related("reviewer").order_by("pk")[0]
    make.reported(asked, comments=(make.blocking(), make.blocking("And late.")))
    desk.return_for_changes(version.pk, by=editor, reason="Mend it.")
    draft = authoring.revise(version.pk, by=by)
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
    assert author.tab.get_by_text("Typed here and not saved yet.").count() == 2
