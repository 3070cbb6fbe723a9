"""Celery's doors: look what is due, delegate, nothing more."""

from __future__ import annotations

from time import monotonic
from typing import Any

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache

from articles.reading import learning
from editorial import checkpoints, mails, printouts
from editorial.actions import (
    caring,
    publishing,
    questions,
    spreading,
    standing,
    telling,
)


@shared_task
def sweep() -> None:
    """Do every effect that is owed; rung after a deed, and every 15 seconds."""
    until = monotonic() + mails.ENOUGH
    publishing.publish_due()
    questions.follow()
    telling.owe()
    mails.deliver(until)
    telling.forget()
    learning.learn_new()
    printouts.make_due()


@shared_task
def publish_due() -> None:
    publishing.publish_due()
    spreading.spread()
    publishing.rebuild_stale()
    printouts.sweep_up()


@shared_task
def remind() -> None:
    caring.remind_due()
    standing.expire_due()


@shared_task
def checkpoint() -> None:
    checkpoints.take()


@shared_task
def forget_sessions() -> None:
    """Whoever never comes back leaves a row, and what was kept for them in it."""
    SessionStore.clear_expired()


@shared_task
def forget_limits() -> None:
    """Whoever was counted and never comes back leaves the times that they came."""
    limits: Any = cache
    limits.clear_expired()
