"""Effects that are owed: claimed once, begun once, settled by the holder alone."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.utils import timezone

from editorial import outbox
from editorial.models import Outbox
from tests import make

if TYPE_CHECKING:
    from collections.abc import Iterator

START = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def owed(count: int) -> list[Outbox]:
    """That many mails that are due."""
    make.editor()
    for _ in range(count):
        make.submitted()
    Outbox.objects.exclude(topic="mail").delete()
    return list(Outbox.objects.order_by("pk"))


def one() -> Outbox:
    owed(1)
    (row,) = outbox.claim()
    return row


def now(row: Outbox) -> Outbox:
    return Outbox.objects.get(pk=row.pk)


def facts(row: Outbox) -> dict[str, Any]:
    names = ("status", "attempts", "claim", "lease_until", "attempt_at", "settled_at")
    return {name: getattr(now(row), name) for name in names}


def test_what_is_due_is_claimed_in_order_and_by_one(
    db: None, clock: time_machine.Traveller
) -> None:
    rows = owed(5)

    first, second, third = outbox.claim(2), outbox.claim(2), outbox.claim(2)

    assert [[r.pk for r in rows] for rows in (first, second, third)] == [
        [rows[0].pk, rows[1].pk],
        [rows[2].pk, rows[3].pk],
        [rows[4].pk],
    ]
    assert outbox.claim() == []
    assert len({r.claim for r in (*first, *second, *third)}) == 3
    assert {r.claim for r in first} == {first[0].claim}
    assert facts(rows[0]) == {
        "status": "sending",
        "attempts": 1,
        "claim": first[0].claim,
        "lease_until": START + dt.timedelta(seconds=60),
        "attempt_at": None,
        "settled_at": None,
    }


def test_what_is_not_due_yet_waits(db: None, clock: time_machine.Traveller) -> None:
    row = owed(1)[0]
    row.available_at = START + dt.timedelta(minutes=1)
    row.save()

    assert outbox.claim() == []
    clock.shift(dt.timedelta(minutes=1))
    assert [r.pk for r in outbox.claim()] == [row.pk]


@pytest.mark.parametrize("status", ["sending", "done", "moot", "unknown", "parked"])
def test_only_what_waits_is_claimed(status: str, db: None) -> None:
    row = owed(1)[0]
    row.status = status
    row.save()

    assert outbox.claim() == []


def test_publications_are_not_claimed_as_mail(db: None) -> None:
    version = make.approved()
    Outbox.objects.exclude(topic="publish").delete()

    assert outbox.claim() == []
    assert Outbox.objects.get().dedupe_key == f"publish:{version.pk}"


def test_a_claim_reads_everything_a_mail_needs_at_once(
    db: None, django_assert_num_queries: Any
) -> None:
    owed(3)
    rows = outbox.claim()

    with django_assert_num_queries(0):
        assert [r.recipient and r.event.version and r.event.kind for r in rows] == [
            "submitted"
        ] * 3


def test_an_effect_is_begun_once(db: None, clock: time_machine.Traveller) -> None:
    row = one()

    assert [outbox.begin(row), outbox.begin(row)] == [True, False]
    assert facts(row)["attempt_at"] == START


def test_an_effect_is_not_begun_after_the_lease(
    db: None, clock: time_machine.Traveller
) -> None:
    row = one()
    clock.shift(outbox.LEASE)

    assert not outbox.begin(row)
    assert facts(row)["attempt_at"] is None


def test_an_effect_that_somebody_else_has_is_not_begun(
    db: None, clock: time_machine.Traveller
) -> None:
    row = one()
    clock.shift(outbox.LEASE + dt.timedelta(seconds=1))
    outbox.reap(lambda _row: None)
    (theirs,) = outbox.claim()

    assert not outbox.begin(row)
    assert outbox.begin(theirs)


def test_the_holder_settles_once(db: None, clock: time_machine.Traveller) -> None:
    row = one()
    outbox.begin(row)

    assert [outbox.settle(row, "done"), outbox.settle(row, "parked")] == [True, False]
    assert facts(row) == {
        "status": "done",
        "attempts": 1,
        "claim": None,
        "lease_until": START + dt.timedelta(minutes=5),
        "attempt_at": START,
        "settled_at": START,
    }


def test_a_late_settle_is_refused(db: None, clock: time_machine.Traveller) -> None:
    late = one()
    clock.shift(outbox.LEASE + dt.timedelta(seconds=1))
    outbox.reap(lambda _row: None)
    (holder,) = outbox.claim()
    outbox.begin(holder)

    assert not outbox.settle(late, "parked")
    assert now(late).status == "sending"
    assert outbox.settle(holder, "done")
    assert not outbox.settle(late, "parked")
    assert now(late).status == "done"


def test_a_late_retry_changes_nothing(db: None, clock: time_machine.Traveller) -> None:
    late = one()
    clock.shift(outbox.LEASE + dt.timedelta(seconds=1))
    outbox.reap(lambda _row: None)
    (holder,) = outbox.claim()

    outbox.retry(late, "Too late")

    assert (now(late).status, now(late).claim) == ("sending", holder.claim)


def test_a_refused_mail_goes_back_with_a_pause(
    db: None, clock: time_machine.Traveller
) -> None:
    row = one()
    outbox.begin(row)

    outbox.retry(row, "450 Greylisted")

    assert facts(row) == {
        "status": "pending",
        "attempts": 1,
        "claim": None,
        "lease_until": None,
        "attempt_at": None,
        "settled_at": None,
    }
    assert now(row).last_error == "450 Greylisted"
    assert now(row).available_at == START + dt.timedelta(minutes=1)


def test_pauses_double_up_to_an_hour() -> None:
    minutes = [outbox.pause(n) // dt.timedelta(minutes=1) for n in range(10)]

    assert minutes == [1, 1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_after_its_last_attempt_a_mail_is_parked(
    db: None, clock: time_machine.Traveller
) -> None:
    row, tried = owed(1)[0], 0

    while now(row).status == "pending":
        clock.move_to(now(row).available_at)
        (mine,) = outbox.claim()
        outbox.begin(mine)
        outbox.retry(mine, "450 Greylisted")
        tried += 1

    assert now(row).status == "parked"
    assert tried == now(row).attempts == outbox.ATTEMPTS
    assert timezone.now() - START > dt.timedelta(hours=20)


def test_long_errors_are_cut(db: None) -> None:
    row = one()

    outbox.settle(row, "parked", "x" * 5000)

    assert len(now(row).last_error) == 2000


def lapsed(clock: time_machine.Traveller, *, begun: bool) -> Outbox:
    """A mail whose holder died before or after the point of no return."""
    row = one()
    if begun:
        outbox.begin(row)
    clock.shift(outbox.SENDING + dt.timedelta(seconds=1))
    return row


def test_what_was_never_begun_goes_back_without_a_question(
    db: None, clock: time_machine.Traveller
) -> None:
    row = lapsed(clock, begun=False)
    asked: list[int] = []

    outbox.reap(lambda r: asked.append(r.pk) or True)  # type: ignore[func-returns-value]

    assert (now(row).status, now(row).claim, asked) == ("pending", None, [])


def test_what_is_never_begun_is_parked_after_its_last_attempt(
    db: None, clock: time_machine.Traveller
) -> None:
    often, rarely = owed(2)
    outbox.claim()
    Outbox.objects.filter(pk=often.pk).update(attempts=outbox.ATTEMPTS)
    clock.shift(outbox.LEASE + dt.timedelta(seconds=1))

    outbox.reap(lambda _row: None)

    parked = now(often)
    assert (parked.status, parked.last_error) == ("parked", outbox.NEVER_BEGUN)
    assert parked.settled_at
    assert (now(rarely).status, now(rarely).settled_at) == ("pending", None)


@pytest.mark.parametrize(
    ("journal", "status"), [(True, "done"), (False, "pending"), (None, "unknown")]
)
def test_what_was_begun_is_looked_up_in_the_journal(
    journal: bool | None,  # noqa: FBT001  what a journal can say
    status: str,
    db: None,
    clock: time_machine.Traveller,
) -> None:
    row = lapsed(clock, begun=True)

    outbox.reap(lambda _row: journal)

    assert now(row).status == status
    assert (now(row).attempt_at is None) == (status == "pending")


def test_what_kills_its_holder_again_and_again_is_parked_alone(
    db: None, clock: time_machine.Traveller
) -> None:
    deadly, *others = owed(3)

    while now(deadly).status == "pending":
        outbox.claim()
        clock.shift(outbox.LEASE + dt.timedelta(seconds=1))
        outbox.reap(lambda _row: None)

    assert (facts(deadly)["status"], facts(deadly)["attempts"]) == (
        "parked",
        outbox.ATTEMPTS,
    )
    assert {(now(row).status, now(row).attempts) for row in others} == {("pending", 0)}


def test_what_waits_behind_a_mail_that_is_being_sent_has_tried_nothing(
    db: None, clock: time_machine.Traveller
) -> None:
    owed(2)
    begun, waiting = outbox.claim()
    outbox.begin(begun)
    clock.shift(outbox.LEASE + dt.timedelta(seconds=1))

    outbox.reap(lambda _row: None)

    assert (now(begun).status, now(begun).attempts) == ("sending", 1)
    assert (now(waiting).status, now(waiting).attempts) == ("pending", 0)


def test_nothing_is_reaped_before_its_lease_ends(
    db: None, clock: time_machine.Traveller
) -> None:
    row = one()
    clock.shift(outbox.LEASE - dt.timedelta(seconds=1))
    outbox.begin(row)
    clock.shift(outbox.SENDING)

    outbox.reap(lambda _row: True)

    assert now(row).status == "sending"
    assert outbox.settle(row, "done")


def test_a_begun_effect_outlives_every_task(settings: Any) -> None:
    longest = dt.timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT)

    assert longest < outbox.SENDING


def test_what_is_released_is_as_if_never_claimed(
    db: None, clock: time_machine.Traveller
) -> None:
    owed(2)
    begun, waiting = outbox.claim()
    outbox.begin(begun)

    outbox.release([begun, waiting])

    assert now(begun).status == "sending"
    assert facts(waiting) == {
        "status": "pending",
        "attempts": 0,
        "claim": None,
        "lease_until": None,
        "attempt_at": None,
        "settled_at": None,
    }


def test_two_reapers_settle_once(db: None, clock: time_machine.Traveller) -> None:
    row = lapsed(clock, begun=True)

    outbox.reap(lambda _row: None)
    outbox.reap(lambda _row: True)

    assert now(row).status == "unknown"


def test_the_message_id_is_the_same_for_every_attempt(db: None) -> None:
    first, second = owed(2)

    assert outbox.message_id(first, "example.org") == outbox.message_id(
        now(first), "example.org"
    )
    assert outbox.message_id(first, "a.org") != outbox.message_id(second, "a.org")
    assert outbox.message_id(first, "a.org").endswith("@a.org>")


def test_an_effect_is_owed_once(db: None) -> None:
    keys = [row.dedupe_key for row in owed(4)]

    assert len(set(keys)) == 4


def test_clocks_of_rows_are_the_servers(db: None) -> None:
    before = timezone.now()
    row = owed(1)[0]

    assert before <= row.available_at <= timezone.now()
