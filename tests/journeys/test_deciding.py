"""Two rounds at the decision screen: an alternate, a split, a letter, an approval."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from articles.models import Version
from editorial.actions import authoring, desk
from editorial.roles import EDITOR
from reviews import items
from reviews.models import Comment
from tests import make
from tests.journeys import axe, doing
from tests.journeys.seats import Seat

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.browsing import Browsing

    Photograph = Callable[..., None]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
MENDED = make.BODY.replace("Offer the treatment", "Offer a tenth of the treatment")


def test_two_rounds_are_decided(browsers: Browsing, photograph: Photograph) -> None:
    author, editor, chief = make.author(), make.user(EDITOR), make.chief()
    names = ("Ada Quill", "Mia Margin", "Otto Paperfield", "Slow Pen")
    first, second, third, spare = (
        make.reviewer(name=name, credentials="") for name in names
    )
    version = make.submitted(by=author)
    desk.send_to_review(
        version.pk,
        by=editor,
        tier="A",
        specialty=make.CARDIOLOGY,
        reviewers=[first.pk, second.pk, third.pk],
        alternates=[spare.pk],
    )

    one_declines(browsers.seat(third), version, third)
    assert asked(version) == {first.pk, second.pk, spare.pk}
    they_differ(version, first, spare)
    one_blocks_it_on_a_phone(browsers.seat(second, **PHONE), version)
    it_goes_back(browsers.seat(editor), version, photograph)
    draft = the_author_answers(browsers.seat(author), version, author)
    again = make.send(
        draft, tier="A", reviewers=[first, second, spare], editor=make.fresh(editor)
    )
    for person in (first, second, spare):
        it_is_read_by_its_differences(browsers.seat(make.fresh(person), **PHONE), again)
    settle(again, editor)
    it_is_approved(browsers.seat(chief), again, photograph)


def asked(version: Version) -> set[int]:
    standing = version.assignments.exclude(state="declined")
    return set(standing.values_list("reviewer", flat=True))


def one_declines(seat: Seat, version: Version, who: make.User) -> None:
    seat.tab.goto(version.assignments.get(reviewer=who).get_absolute_url())
    step = seat.unfold("Decline")
    step.get_by_label("Reason").fill("No time before May.")
    assert seat.press("Decline") == 200


def they_differ(version: Version, *people: make.User) -> None:
    """Two are for it, the alternate one of them; the third will not be."""
    for person in people:
        make.reported(version.assignments.get(reviewer=person))


def one_blocks_it_on_a_phone(seat: Seat, version: Version) -> None:
    seat.tab.goto(version.assignments.get(reviewer=seat.user).get_absolute_url())
    doing.accept(seat)
    doing.fill_report(seat, vote="Changes needed")
    doing.comment(
        seat,
        kind="Blocking",
        passage="Offer the treatment",
        text="Ten times too much.",
    )
    seat.fill("Remarks for the author", "The dose first.")
    sign_on_a_phone(seat)


def sign_on_a_phone(seat: Seat) -> None:
    seat.tab.get_by_role("button", name="Sign", exact=True).tap()
    doing.sign(seat)


def it_goes_back(seat: Seat, version: Version, photograph: Photograph) -> None:
    """The editor sees who differs, writes a letter, looks at it, and sends it."""
    seat.tab.goto(version.get_absolute_url())
    seat.tab.get_by_role("link", name="All there is to weigh").click()
    assert "The reviewers are split." in seat.said
    assert "2 of 3 in favour" in seat.said
    photograph(seat.tab, "decide")
    photograph(seat.tab, "decide", width=390)
    assert axe.violations(seat.tab) == []
    seat.tab.set_viewport_size({"width": 1280, "height": 900})
    seat.tab.reload()
    step = seat.unfold("Return for changes")
    rows = step.get_by_label("Request")
    assert rows.first.input_value() == "The dose first."
    rows.nth(1).fill("Add a table of doses.")
    step.get_by_label("It may stay unanswered").nth(1).check()
    assert seat.press("Preview who gets what") == 200
    assert "Nothing is sent yet." in seat.said
    assert make.again(version).state == "under_review"
    photograph(seat.tab, "preview")
    assert axe.violations(seat.tab, 1) == []
    assert seat.press("Return for changes") == 200
    assert seat.told == ["Returned. The author has been told."]
    sent = Comment.objects.filter(version=version).order_by("number")
    assert list(sent.values_list("number", "kind", "required")) == [
        (1, "blocking", True),
        (2, "request", True),
        (3, "request", False),
    ]


def the_author_answers(seat: Seat, version: Version, by: make.User) -> Version:
    """Each number stands at its point; the optional one stays without an answer."""
    seat.tab.goto(version.get_absolute_url())
    assert seat.press("Open the next draft") == 200
    draft = Version.objects.get(article=version.article_id, state="draft")
    seat.tab.goto(f"/desk/versions/{draft.pk}/answers/")
    for words in (
        "1. Blocking",
        "2. Request of the editor",
        "3. Request of the editor",
    ):
        assert words in seat.said
    for number in (1, 2):
        item = items.of(draft).get(number=number)
        note = seat.tab.locator(f"#comment-{item.pk}")
        note.get_by_label("Done", exact=True).check()
        with seat.tab.expect_navigation():
            note.get_by_role("button", name="Save the answer").click()
    text = make.text(renditions={"clinician": MENDED}, question=draft.question)
    authoring.edit(draft.pk, by=by, text=text, seen=None)
    return authoring.submit(draft.pk, by=by)


def it_is_read_by_its_differences(seat: Seat, version: Version) -> None:
    """The first thing offered is what changed; then the vote is cast."""
    address = version.assignments.get(reviewer=seat.user).get_absolute_url()
    seat.tab.goto(address)
    doing.accept(seat)
    seat.tab.get_by_role("link", name="See what changed since version 1").tap()
    seat.tab.get_by_role("heading", name="What changed", level=1).wait_for()
    assert "a tenth of" in seat.said
    seat.tab.get_by_role("link", name="Back to your review").last.tap()
    doing.fill_report(seat, vote="Approve")
    sign_on_a_phone(seat)


def settle(version: Version, editor: make.User) -> None:
    """What blocked the first round is closed by the editor, with the reason."""
    blocking = items.blocking().get(version=version)
    desk.resolve(
        version.pk, by=make.fresh(editor), comment_id=blocking.pk, reason="It is done."
    )


def it_is_approved(seat: Seat, version: Version, photograph: Photograph) -> None:
    seat.tab.goto(f"/desk/versions/{version.pk}/decide/")
    assert "Nothing stands in the way of an approval." in seat.said
    seat.unfold("Approve and sign")
    photograph(seat.tab, "sign")
    seat.fill("Your password", make.PASSWORD)
    assert seat.press("Approve and sign") == 200
    assert make.again(version).state == "approved"
