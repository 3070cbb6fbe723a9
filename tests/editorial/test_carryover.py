"""What the next draft takes over to be answered, and what it leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from editorial.actions import authoring, desk, publishing
from editorial.reports import Remark
from reviews import items
from reviews.models import Comment
from tests import make

if TYPE_CHECKING:
    from articles.models import Version
    from editorial.models import User
    from reviews.models import Assignment

pytestmark = pytest.mark.django_db

REASON = "Mend the dose."


class House(NamedTuple):
    author: User
    editor: User


def reviewed(house: House, *said: Remark) -> Version:
    """A version of which one reviewer said this."""
    version = make.under_review(by=house.author, editor=house.editor)
    make.reported(asked(version)[0], comments=said)
    return version


def asked(version: Version) -> list[Assignment]:
    return list(version.assignments.select_related("reviewer").order_by("pk"))


def returned(house: House, *said: Remark, reason: str = REASON) -> Version:
    version = reviewed(house, *said)
    desk.return_for_changes(version.pk, by=house.editor, reason=reason)
    return version


def again(house: House, version: Version) -> Version:
    """The version after that one, answered, submitted and returned."""
    after = make.resubmitted(version, by=house.author)
    desk.return_for_changes(after.pk, by=house.editor, reason="Nearly there.")
    return after


def reviewed_again(house: House, version: Version) -> Version:
    """The version after that one, of which one reviewer said something new."""
    after = make.send(make.resubmitted(version, by=house.author), editor=house.editor)
    make.reported(asked(after)[0], comments=[make.blocking("It harms.")])
    return make.again(after)


def carried(draft: Version) -> list[tuple[str, str]]:
    """The items of a draft by kind and words."""
    return sorted((item.kind, item.text) for item in items.of(draft))


@pytest.fixture
def house() -> House:
    return House(make.author(), make.editor())


def test_comments_and_the_editors_request_become_items(house: House) -> None:
    version = returned(house, make.blocking("Half of it."))

    draft = authoring.revise(version.pk, by=house.author)

    said = Comment.objects.get(version=version)
    copy = items.of(draft).get(carried_from=said)
    request = items.of(draft).get(carried_from=None)
    assert carried(draft) == [("blocking", "Half of it."), ("request", REASON)]
    assert (copy.author_id, copy.passage) == (said.author_id, said.passage)
    assert copy.created_at == said.created_at
    assert request.author_id == house.editor.pk


def test_what_was_closed_is_left_behind(house: House) -> None:
    version = reviewed(house, make.blocking("Closed."), make.blocking("Open."))
    closed = Comment.objects.get(text="Closed.")
    by, reason = house.editor, "It is right as it stands."
    desk.resolve(version.pk, by=by, comment_id=closed.pk, reason=reason)
    desk.return_for_changes(version.pk, by=by, reason=REASON)

    draft = authoring.revise(version.pk, by=house.author)

    assert carried(draft) == [("blocking", "Open."), ("request", REASON)]
    assert version.comments.count() == 2


def test_an_item_is_carried_on_once_with_its_newest_copy(house: House) -> None:
    first = returned(house, make.blocking("Half of it."))
    second = again(house, first)

    draft = authoring.revise(second.pk, by=house.author)

    copy = items.of(draft).get(text="Half of it.")
    before = items.of(second).get(text="Half of it.")
    assert carried(draft) == [
        ("blocking", "Half of it."),
        ("request", REASON),
        ("request", "Nearly there."),
    ]
    assert (copy.carried_from, copy.answer) == (before, "")


def test_what_an_editor_asked_for_ends_with_the_approval_of_its_answer(
    house: House,
) -> None:
    second = make.resubmitted(
        returned(house, Remark("question", "Which trial?")), by=house.author
    )
    make.send(second, editor=house.editor)
    make.report_all(second)
    make.approve(make.again(second))
    publishing.publish(second.article_id, by=make.chief())

    draft = authoring.revise(second.pk, by=house.author)

    assert carried(draft) == [("question", "Which trial?")]


def test_a_version_that_was_withdrawn_sheds_nothing(house: House) -> None:
    version = returned(house, make.blocking("Half of it."))
    given_up = reviewed_again(house, version)
    authoring.withdraw(given_up.pk, by=house.author, reason="I began in a wrong way.")

    draft = authoring.revise(version.pk, by=house.author)

    assert carried(draft) == [
        ("blocking", "Half of it."),
        ("blocking", "It harms."),
        ("request", REASON),
    ]
    assert set(items.of(draft).values_list("answer", flat=True)) == {""}


def test_what_was_settled_in_a_withdrawn_version_stays_settled(house: House) -> None:
    version = returned(house, make.blocking("Half of it."))
    given_up = reviewed_again(house, version)
    by, reason = house.editor, "It is right as it stands."
    for comment in items.of(given_up).exclude(text="It harms."):
        desk.resolve(given_up.pk, by=by, comment_id=comment.pk, reason=reason)
    authoring.withdraw(given_up.pk, by=house.author, reason="I began in a wrong way.")

    draft = authoring.revise(version.pk, by=house.author)

    assert carried(draft) == [("blocking", "It harms.")]


def test_the_order_does_not_tell_who_reported_first(house: House) -> None:
    words = [f"Point {number}." for number in range(8)]
    orders = []
    for said in (words, words[::-1]):
        version = returned(house, *map(make.blocking, said))
        draft = authoring.revise(version.pk, by=house.author)
        orders.append([item.text for item in items.of(draft)])

    assert orders[0] == orders[1]
    assert orders[0] not in ([*words, REASON], [*words[::-1], REASON])


def test_the_history_says_who_opened_the_draft(house: House) -> None:
    version = returned(house, make.blocking())

    draft = authoring.revise(version.pk, by=house.author)

    rows = Comment.history.filter(version=draft)
    assert {row.history_user for row in rows} == {house.author}
