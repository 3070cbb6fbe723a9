"""The password typed again, and an end to guessing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login

from editorial import proof
from editorial.errors import Refused

if TYPE_CHECKING:
    from django.http import HttpResponse

    from editorial.proof import Proof
    from editorial.views.staff import StaffRequest

TRIES = 5
COUNT = "wrong_passwords"


class TooManyTries(Exception):
    """The session has seen as many wrong passwords as it may."""


def prove(request: StaffRequest, password: str) -> Proof:
    """Raise Refused when the password is wrong, TooManyTries when it was so too often."""
    try:
        proven = proof.by_password(request.user, password)
    except Refused:
        request.session[COUNT] = request.session.get(COUNT, 0) + 1
        if request.session[COUNT] >= TRIES:
            raise TooManyTries from None
        raise
    request.session.pop(COUNT, None)
    return proven


def end_session(request: StaffRequest, page: str) -> HttpResponse:
    """Sign somebody out who may not be who they say."""
    logout(request)
    said = "Five wrong passwords: you were signed out, and nothing was signed."
    messages.error(request, said)
    return redirect_to_login(page)
