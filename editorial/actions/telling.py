"""Readers who left an address: they confirm it, are told once, and are forgotten."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.states import Standing
from editorial import asked
from editorial.models import Asker, Outbox, Question
from editorial.replies import IN_TIME

if TYPE_CHECKING:
    from django.db.models import QuerySet

Status = Outbox.Status
NEWS = "letter:news:"
"""How the key of a letter begins that says what became of a question."""

KEPT = dt.timedelta(days=365)
"""How long an address is kept for an answer that does not come."""


def confirm(asker_id: int) -> bool:
    """Take the address as theirs; whether it was there to be confirmed."""
    in_time = Q(asked_at__gt=timezone.now() - IN_TIME)
    found = Asker.objects.filter(pk=asker_id).exclude(address="")
    found.filter(in_time, confirmed_at=None).update(confirmed_at=timezone.now())
    return found.filter(confirmed_at__isnull=False).exists()


def forget_me(asker_id: int) -> None:
    """Delete the address of somebody who does not want to be told."""
    Asker.objects.filter(pk=asker_id).update(address="")


def waiting(question: Question) -> int:
    """How many have confirmed that they want to hear of a question or its group."""
    there = Asker.objects.exclude(address="").filter(confirmed_at__isnull=False)
    return there.filter(Q(question=question) | Q(question__group=question)).count()


def owe() -> int:
    """
    Owe a letter to everybody who waits for news that there are; returns how many.

    One for each; another only if the one before found nothing to tell any more.
    """
    done = Outbox.objects.filter(dedupe_key__startswith=NEWS)
    owed = done.exclude(status=Status.MOOT).values("asker")
    letters = [
        Outbox(
            dedupe_key=f"{NEWS}{asker.pk}:{_moot(asker)}",
            topic=Outbox.Topic.LETTER,
            event_id=asker.event_id,
            asker=asker,
        )
        for asker in _with_news().exclude(pk__in=owed).order_by("pk")
    ]
    Outbox.objects.bulk_create(letters, ignore_conflicts=True)
    return len(letters)


def _moot(asker: Asker) -> int:
    """How many letters found nothing to tell: two who look at once count the same."""
    told = asker.letters.filter(dedupe_key__startswith=NEWS)
    return told.filter(status=Status.MOOT).count()


def _with_news() -> QuerySet[Asker]:
    """Who waits, confirmed, for what is public now or will not be written."""
    waiting = Asker.objects.exclude(address="").filter(confirmed_at__isnull=False)
    head = Coalesce(F("question__group"), F("question"))
    final = Q(disposition__in=asked.FINAL)
    answered = Q(disposition=Question.Disposition.ANSWERED)
    public = Q(answer__standing=Standing.PUBLISHED)
    settled = Question.objects.filter(final | answered & public, group=None)
    return waiting.annotate(head=head).filter(head__in=settled)


def forget() -> int:
    """
    Delete the addresses of those who were told, did not confirm, or waited a year.

    Returns how many.
    """
    now = timezone.now()
    there = Asker.objects.exclude(address="")
    if not there.exists():
        return 0
    sent = Outbox.objects.filter(dedupe_key__startswith=NEWS, status=Status.DONE)
    told = there.filter(pk__in=sent.values("asker"))
    unconfirmed = there.filter(confirmed_at=None, asked_at__lte=now - IN_TIME)
    waited = there.filter(asked_at__lte=now - KEPT)
    return (
        told.update(address="", told_at=now)
        + unconfirmed.update(address="")
        + waited.update(address="")
    )
