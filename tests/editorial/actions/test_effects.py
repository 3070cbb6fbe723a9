"""What an editor says of mail that nobody knows about."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from editorial import roles
from editorial.actions import effects
from editorial.errors import MovedOn
from editorial.models import Outbox
from tests import make, traces


def held(status: str) -> Outbox:
    make.editor()
    make.submitted()
    row = Outbox.objects.filter(topic="mail").order_by("pk")[0]
    row.status, row.attempts = status, 8
    row.save()
    return row


@pytest.mark.parametrize("status", ["unknown", "parked"])
def test_an_editor_says_that_it_arrived(status: str, db: None) -> None:
    row = held(status)

    with traces.one_event():
        effects.settle(row.pk, by=make.editor(), delivered=True)

    now = Outbox.objects.get(pk=row.pk)
    assert (now.status, now.settled_at is None) == ("done", False)
    assert traces.step() == ("effect_settled", status, "done", "")
    assert traces.said()["facts"] == {"effect": row.dedupe_key}
    assert traces.last().chain.name == "effects"


@pytest.mark.parametrize("status", ["unknown", "parked"])
def test_an_editor_has_it_sent_again(status: str, db: None) -> None:
    row = held(status)

    effects.settle(row.pk, by=make.editor(), delivered=False)

    now = Outbox.objects.get(pk=row.pk)
    assert (now.status, now.attempts, now.attempt_at) == ("pending", 0, None)
    assert traces.step() == ("effect_settled", status, "pending", "")


@pytest.mark.parametrize("status", ["pending", "sending", "done", "moot"])
def test_what_is_not_held_is_not_settled(status: str, db: None) -> None:
    row = held(status)

    with traces.nothing_left(MovedOn):
        effects.settle(row.pk, by=make.editor(), delivered=True)


@pytest.mark.parametrize("part", ["author", "reviewer"])
def test_nobody_settles_what_would_name_the_reviewers_of_their_text(
    part: str, db: None
) -> None:
    author, reviewer = make.user(roles.AUTHOR, roles.EDITOR), make.reviewer()
    reviewer.groups.add(*make.Group.objects.filter(name=roles.EDITOR))
    make.under_review(by=author, tier="C", reviewers=[reviewer])
    row = Outbox.objects.filter(topic="mail", recipient=reviewer).order_by("pk")[0]
    Outbox.objects.filter(pk=row.pk).update(status="unknown")
    by = make.fresh(author if part == "author" else reviewer)

    with traces.nothing_left(Outbox.DoesNotExist):
        effects.settle(row.pk, by=by, delivered=True)


@pytest.mark.parametrize("delivered", [True, False])
def test_it_is_settled_once(delivered: bool, db: None) -> None:  # noqa: FBT001
    row = held("unknown")
    effects.settle(row.pk, by=make.editor(), delivered=delivered)

    with traces.nothing_left(MovedOn):
        effects.settle(row.pk, by=make.editor(), delivered=not delivered)


@pytest.mark.parametrize("delivered", [True, False])
def test_the_second_is_told_who_was_first(delivered: bool, db: None) -> None:  # noqa: FBT001
    row, first = held("unknown"), make.editor()
    effects.settle(row.pk, by=first, delivered=delivered)

    with pytest.raises(MovedOn) as told:
        effects.settle(row.pk, by=make.editor(), delivered=delivered)

    assert (told.value.who, told.value.mine) == (str(first), False)


def test_the_same_answer_twice_is_no_error(db: None) -> None:
    row, editor = held("unknown"), make.editor()
    effects.settle(row.pk, by=editor, delivered=False)
    Outbox.objects.filter(pk=row.pk).update(status=Outbox.Status.DONE)

    with pytest.raises(MovedOn) as same:
        effects.settle(row.pk, by=editor, delivered=False)
    with pytest.raises(MovedOn) as other:
        effects.settle(row.pk, by=editor, delivered=True)

    assert (same.value.mine, other.value.mine) == (True, False)


@pytest.mark.parametrize(
    "groups",
    [(roles.AUTHOR,), (roles.REVIEWER,), (roles.AUDITOR,), (roles.ADMINISTRATOR,), ()],
)
def test_only_the_desk_settles(groups: tuple[str, ...], db: None) -> None:
    row = held("unknown")

    with traces.nothing_left(PermissionDenied):
        effects.settle(row.pk, by=make.user(*groups, is_superuser=True), delivered=True)


def test_a_former_editor_settles_nothing(db: None) -> None:
    row = held("unknown")

    with traces.nothing_left(PermissionDenied):
        effects.settle(row.pk, by=make.editor(is_active=False), delivered=True)
