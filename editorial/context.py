"""What every page that is drawn on request knows of the house and its visitor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from editorial import trust
from editorial.models import Notification

if TYPE_CHECKING:
    from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, Any]:
    """Whether this is a demonstration, and how many notices wait for the visitor."""
    user = getattr(request, "user", None)
    return {
        "demonstration": trust.is_demonstration(),
        "unread": _unread(user.pk) if user and user.is_authenticated else 0,
    }


def _unread(user_id: int) -> int:
    return Notification.objects.filter(recipient=user_id, read_at=None).count()
