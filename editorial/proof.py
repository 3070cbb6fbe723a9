"""Proof that a person typed their password again, just now, to sign something."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from editorial.errors import Refused

if TYPE_CHECKING:
    from editorial.models import User

LIFETIME = dt.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Proof:
    """Who proved themselves, and when; made by `by_password`, good for five minutes."""

    user_id: int
    at: dt.datetime


def by_password(user: User, password: str) -> Proof:
    """Raise Refused unless `password` is the person's own."""
    if not user.check_password(password):
        message = "The password is not right; nothing was signed."
        raise Refused(message)
    return Proof(user.pk, timezone.now())


def require(proof: Proof, user: User) -> None:
    """Raise Refused unless the proof is this person's and still fresh."""
    age = timezone.now() - proof.at
    if proof.user_id != user.pk or not dt.timedelta() <= age <= LIFETIME:
        message = "Type your password again to sign."
        raise Refused(message)
