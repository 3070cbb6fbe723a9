"""What deeds leave in the database, so that tests can say all of it or nothing of it."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import transaction

from editorial import ledger, people, verification
from editorial.actions import accounts
from editorial.actions.accounts import CHAIN
from editorial.models import Chain, Event, Notification, Outbox
from reviews.models import Declaration
from tests import make

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.db.models import Model, QuerySet
    from pytest import ExceptionInfo  # noqa: PT013  a type is imported by its name

    from editorial.models import User
    from editorial.verification import Broken

OURS = ("articles", "reviews", "editorial")
PEOPLE = ("User", "BoardMember", "Declaration")
KEPT = (Event, Outbox, Notification)


def models() -> list[type[Model]]:
    """Every table of ours, histories included, but not the people a test makes and what they declared."""
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in OURS
        and model.__name__.removeprefix("Historical") not in PEOPLE
    ]


def rows(model: type[Model]) -> QuerySet[Any]:
    if model is Event:
        return events()
    found: QuerySet[Any] = model._default_manager.all()  # noqa: SLF001  whatever it is called
    return found.exclude(name="accounts") if model is Chain else found


def events() -> QuerySet[Event]:
    """Every event but those that put the people a test makes on record."""
    return Event.objects.exclude(account__isnull=False, payload__contains=make.ENROLLED)


def everything() -> dict[str, list[Any]]:
    """Every row of every table of ours, column by column."""
    return {m._meta.label: list(rows(m).order_by("pk").values_list()) for m in models()}


def counts() -> Counter[str]:
    """How many rows each table has."""
    return Counter({m._meta.label: rows(m).count() for m in models()})


@contextmanager
def nothing_left(
    error: type[BaseException], match: str | None = None
) -> Iterator[ExceptionInfo[BaseException]]:
    """The block is refused with `error`, and every row is what it was before."""
    before = everything()
    with pytest.raises(error, match=match) as caught:
        yield caught
    assert everything() == before


@contextmanager
def one_event() -> Iterator[None]:
    """The block leaves exactly one event."""
    before = events().count()
    yield
    assert events().count() == before + 1


@contextmanager
def undone() -> Iterator[None]:
    """Deeds inside the block happen, and then they never did."""
    block = transaction.atomic()
    # As Django's own tests do: what a test opens around a deed is no deed.
    block._from_testcase = True  # type: ignore[attr-defined]  # noqa: SLF001
    with block:
        yield
        transaction.set_rollback(True)


def problems(anchors: Path | None = None) -> list[Broken]:
    """What verification finds, once what `make.declaration` made is on record."""
    put_declarations_on_record()
    return list(verification.problems(anchors))


def put_declarations_on_record() -> None:
    """The event its deed would leave for each that `make.declaration` made; its maker's."""
    said = "".join(
        Event.objects.filter(kind=Event.Kind.DECLARED).values_list("payload", flat=True)
    )
    with transaction.atomic():
        for made in Declaration.objects.order_by("pk").select_related("person"):
            is_made_up = (made.pk, made.person.email) in make.declared
            if is_made_up and f'"{ledger.row_name(made)}":' not in said:
                deed = ledger.Deed(Event.Kind.DECLARED, made.person)
                deed.noted.rows.append(made)
                link = ledger.lock_named(CHAIN)
                ledger.record(link, ledger.Subject(), deed)
                put_on_record(made.person)


def put_on_record(person: User) -> None:
    """
    Reviewers are not put there when tests make them: most never ask the record.

    Whoever a deed let in without an event is left for verification to find.
    """
    given = make.unrecorded.get((person.pk, person.email))
    is_made_up = given == make.fresh(person).roles
    if is_made_up and not Event.objects.filter(account=person).exists():
        accounts.enroll(person, by=people.system(), what=make.ENROLLED)


def last() -> Event:
    """The newest event."""
    return events().order_by("-pk")[0]


def said(event: Event | None = None) -> dict[str, Any]:
    """What an event says, by default the newest."""
    found: dict[str, Any] = json.loads((event or last()).payload)
    return found


def step() -> tuple[str, str, str, str]:
    """The newest event in short: what, from where, to where, why."""
    found = said()
    return found["kind"], found["from"], found["to"], found["reason"]


def told(event: Event | None = None) -> dict[int, str]:
    """
    Who was told of an event, and in which words; by default of the newest.

    Each has exactly one notice, and one mail of it unless it can wait for a digest.
    """
    event = event or last()
    notices = Notification.objects.filter(event=event)
    mails = Outbox.objects.filter(event=event, topic=Outbox.Topic.MAIL)
    owed = sorted(mails.values_list("recipient", flat=True))
    assert owed == sorted(n.recipient_id for n in notices if not n.waits)
    return {n.recipient_id: n.text.partition(":")[0] for n in notices}
