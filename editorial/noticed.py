"""
Which notices are read: those opened from the list, and those whose deed is done.

A page that is fetched marks nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from editorial.models import Event, Notification
from editorial.notifications import DECIDED

if TYPE_CHECKING:
    from editorial.models import User

K = Event.Kind
WENT = (K.DECLINED, K.EXPIRED, K.RECUSED, K.DECLARED)


def by_hand(user: User, pk: int) -> str | None:
    """Mark one of theirs, and tell the page that it points to; None if it is none."""
    own = Notification.objects.filter(recipient=user, pk=pk)
    own.filter(read_at=None).update(read_at=timezone.now())
    return own.values_list("path", flat=True).first()


def by_deed(event: Event) -> None:
    """
    Mark what whoever did it was told of the same review, and of the version around it.

    A decision ends all that was told of the version; who asks a reviewer knows of those
    who went.
    """
    if event.version_id is None or event.actor.is_machine:
        return
    told = Event.objects.filter(version=event.version_id)
    if event.kind not in DECIDED:
        about = Q(assignment=None) | Q(assignment=event.assignment_id)
        told = told.filter(
            about | Q(kind__in=WENT) if event.kind == K.INVITED else about
        )
    mine = Notification.objects.filter(recipient=event.actor_id, read_at=None)
    mine.filter(event__in=told).update(read_at=event.at)
