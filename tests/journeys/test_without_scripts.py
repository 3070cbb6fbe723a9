"""Where no script runs, writing, reviewing and reading go on as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from articles.models import Version
from editorial.actions import desk
from reviews.models import Comment
from tests import make
from tests.journeys import doing, writing

if TYPE_CHECKING:
    from tests.journeys.browsing import Browsing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REASON = "Say what changes when the kidneys are weak."


def test_an_author_and_a_reviewer_need_no_script(browsers: Browsing) -> None:
    author = browsers.seat(make.author(), java_script_enabled=False)
    author.tab.goto("/desk/articles/new/")
    doing.write(author)
    author.press("Save, then look and submit")
    author.press("Submit")
    assert author.told == ["Submitted. The desk has been told."]

    editor, person = make.editor(), make.reviewer()
    version = make.send(
        Version.objects.get(), tier="C", reviewers=[person], editor=editor
    )
    reviewer = browsers.seat(person, java_script_enabled=False)
    reviewer.tab.goto(version.assignments.get().get_absolute_url())
    doing.accept(reviewer)
    doing.fill_report(reviewer, vote="Changes needed")
    reviewer.tab.set_viewport_size({"width": 390, "height": 844})
    assert reviewer.press("Save for later") == 200
    assert reviewer.tab.get_by_label("changes needed", exact=True).is_checked()
    doing.comment(
        reviewer,
        kind="Blocking",
        passage="Half the dose after six months.",
        text="Not when the kidneys are weak; say so.",
    )
    reviewer.choose("Doses, units and populations are right", "no")
    reviewer.press("Save for later")
    reviewer.press("It is comment 1 “Half the dose after six months.”")
    doing.sign(reviewer)
    assert Comment.objects.get().criterion == "doses"

    desk.return_for_changes(version.pk, by=editor, reason=REASON)
    author.tab.goto(version.get_absolute_url())
    assert REASON in author.said
    author.press("Open the next draft")
    author.fill("Text", writing.MENDED)
    author.press("Save")
    doing.answer_everything(author)
    doing.look_and_submit(author)
    assert list(Version.objects.order_by("number").values_list("state", flat=True)) == [
        "returned",
        "submitted",
    ]
