"""
What somebody sent after their session had ended is not lost.

It waits in the new session, without the password, until its sender has signed in;
the page it was sent from then shows it again, unsaved. A signed cookie that outlives
the session by some days says who the sender was; nobody else is shown it. So much is
kept for one person and no more, for whoever holds a cookie may send for ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.core import ratelimit
from django.conf import settings
from django.http import QueryDict

from editorial.models import User
from editorial.views import homes

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

COOKIE = "desk"
REMEMBERED = 4 * 24 * 3600
"""Seconds for which a browser remembers who worked in it last: a long weekend."""
RENEWED = 3600

KEY = "kept"
LARGEST = 2_000_000
NEVER_KEPT = ("password", "csrfmiddlewaretoken")


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Leave the name of whoever works in this browser, for `keep`."""
    if _sender(request, within=RENEWED) != user.pk:
        response.set_signed_cookie(
            COOKIE,
            str(user.pk),
            salt=COOKIE,
            max_age=REMEMBERED,
            path=homes.desk(),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _sender(request: HttpRequest, *, within: int) -> int | None:
    value = request.get_signed_cookie(COOKIE, default="", salt=COOKIE, max_age=within)
    return int(value) if value else None


def keep(request: HttpRequest, page: str) -> None:
    """Keep what was sent, for whoever worked in this browser last."""
    sent = request.POST.copy()
    for name in NEVER_KEPT:
        sent.pop(name, None)
    text = sent.urlencode()
    sender = _sender(request, within=REMEMBERED)
    if (
        page != homes.desk()
        and sender
        and len(text) <= LARGEST
        and _may_keep(request, sender)
    ):
        request.session[KEY] = {
            "page": page,
            "path": request.path,
            "sent": text,
            "sender": sender,
        }


def _may_keep(request: HttpRequest, sender: int) -> bool:
    """Whether the sender could still sign in, and has not had enough kept."""
    if not User.objects.filter(pk=sender, is_active=True).exists():
        return False
    return bool(ratelimit.consume(request, action="keep", key=str(sender)))


def kept(request: HttpRequest) -> QueryDict | None:
    """What was sent from this page and waits, or None."""
    found = request.session.get(KEY)
    if not found or (found["page"], found["sender"]) != (request.path, request.user.pk):
        return None
    return QueryDict(found["sent"])


def kept_step(request: HttpRequest) -> str:
    """The step that the kept form asked for."""
    found = request.session.get(KEY) or {"path": ""}
    return str(found["path"]).rstrip("/").rpartition("/")[2]


def kept_about(request: HttpRequest) -> str:
    """What the kept form was about, where its address says so."""
    found = request.session.get(KEY) or {"path": ""}
    return str(found["path"]).rstrip("/").rpartition("/")[0].rpartition("/")[2]


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
