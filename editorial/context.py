"""What every page that is drawn on request knows of the house and its visitor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from editorial import greeting, trust

if TYPE_CHECKING:
    from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, Any]:
    """Whether this is a demonstration, and how many notices wait for the visitor."""
    user = _visitor(request)
    if user is None or not user.is_authenticated:
        return {"demonstration": trust.is_demonstration(), "unread": 0}
    known = greeting.of(user)
    return {"demonstration": known.is_demonstration, "unread": known.unread_shown}


def _visitor(request: HttpRequest) -> Any:
    """
    Nobody where no cookie of a session came.

    To look for a session is to say that the page varies by cookies, and a shared cache
    would hold a copy for each.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return getattr(request, "user", None)
