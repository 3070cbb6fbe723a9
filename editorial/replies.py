"""
Letters to readers who left an address: one to confirm it, one that says what became.

What a letter says is read when it goes out, and whether there is anything to say. No
letter quotes a question: anybody could have typed it, and given anybody's address.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone

from articles.states import Standing
from editorial import asked
from editorial.models import Asker, Publication, Question

if TYPE_CHECKING:
    from editorial.models import Outbox

CONFIRM_DAYS = 3
IN_TIME = dt.timedelta(days=CONFIRM_DAYS)
"""How long an address waits to be confirmed before it is deleted."""

NOBODY = "When it was to go out, the address was deleted."
NOTHING = "When it was to go out, there was nothing to tell."

_SIGNER = Signer(salt="editorial.replies")


class Letter(NamedTuple):
    """The templates of a letter, by the beginning of their names, and what they print."""

    name: str
    context: dict[str, Any]


def token(asker: Asker) -> str:
    """What stands in the link that an asker gets, and is stored nowhere."""
    return _SIGNER.sign(str(asker.pk)).replace(":", ".")


def of_token(given: str) -> Asker | None:
    """Whose link it is, as long as there is an address; None where it is nobody's."""
    try:
        key = int(_SIGNER.unsign(given.replace(".", ":")))
    except (BadSignature, ValueError):
        return None
    related = ("question__group__answer", "question__answer")
    found = Asker.objects.exclude(address="").select_related(*related)
    asker = found.filter(pk=key).first()
    return asker if asker and (asker.confirmed_at or is_in_time(asker)) else None


def is_in_time(asker: Asker) -> bool:
    return timezone.now() < asker.asked_at + IN_TIME


def letter(row: Outbox) -> Letter | None:
    """What there is to say now; None where it is nothing."""
    asker = row.asker
    if asker is None or not asker.address:
        return None
    if asker.confirmed_at is None:
        return _confirmation(asker) if is_in_time(asker) else None
    return _news(asker.question.group or asker.question)


def unwanted(row: Outbox) -> str:
    """Why a letter need not go out, in a sentence; nothing where it must."""
    if row.asker is None or not row.asker.address:
        return NOBODY
    return "" if letter(row) else NOTHING


def _confirmation(asker: Asker) -> Letter:
    address = reverse("ask-confirm", args=[token(asker)])
    context = {"url": settings.SITE_URL + address, "days": CONFIRM_DAYS}
    return Letter("letters/confirm", context)


def _news(question: Question) -> Letter | None:
    if question.disposition in asked.FINAL:
        url = settings.SITE_URL + reverse("ask")
        context = {"what": question.get_disposition_display(), "url": url}
        return Letter("letters/closed", context)
    answer = question.answer
    if question.disposition != Question.Disposition.ANSWERED or answer is None:
        return None
    current = Publication.objects.filter(article=answer, ended_at=None)
    public = current.select_related("version").first()
    if public is None or answer.standing != Standing.PUBLISHED:
        return None
    url = settings.SITE_URL + answer.get_absolute_url()
    context = {"question": public.version.question, "url": url}
    return Letter("letters/answered", context)
