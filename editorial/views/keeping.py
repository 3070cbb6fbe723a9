"""
What somebody sent after their session had ended is not lost.

It waits in the new session, without the password, until its sender has signed in;
the page it was sent from then shows it again, unsaved.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import QueryDict

if TYPE_CHECKING:
    from django.http import HttpRequest

KEY = "kept"
LARGEST = 2_000_000
NEVER_KEPT = ("password", "csrfmiddlewaretoken")

DESK = "/desk/"

_WRITING = re.compile(r"/desk/(?:articles/new|versions/[0-9]+/edit)/")
_STEP = re.compile(r"(/desk/(?:versions|assignments)/[0-9]+/)[^/]+/")


def page_of(path: str) -> str:
    """The page that a form at this address was on; the desk where none is kept."""
    if _WRITING.fullmatch(path):
        return path
    step = _STEP.fullmatch(path)
    return step[1] if step else DESK


def keep(request: HttpRequest, page: str) -> None:
    """Keep what was sent, for whoever had a session here and signs in next."""
    sent = request.POST.copy()
    for name in NEVER_KEPT:
        sent.pop(name, None)
    text = sent.urlencode()
    had_a_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    if page != DESK and had_a_session and len(text) <= LARGEST:
        request.session[KEY] = {"page": page, "path": request.path, "sent": text}


def kept(request: HttpRequest) -> QueryDict | None:
    """What was sent from this page and waits, or None."""
    found = request.session.get(KEY)
    if not found or found["page"] != request.path:
        return None
    return QueryDict(found["sent"])


def kept_step(request: HttpRequest) -> str:
    """The step that the kept form asked for."""
    found = request.session.get(KEY) or {"path": ""}
    return str(found["path"]).rstrip("/").rpartition("/")[2]


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
