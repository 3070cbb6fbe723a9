"""Mail: composed from templates, sent once, looked up where nobody can know."""

from __future__ import annotations

import json
import logging
from contextlib import contextmanager, suppress
from itertools import islice
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from editorial import digests, notifications, outbox, replies, rounds
from editorial.models import Event, MailChoice, Notification, Outbox
from reviews.models import Assignment
from reviews.states import OPEN
from reviews.tiers import QUORUM

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from django.core.mail import EmailMessage
    from django.core.mail.backends.base import BaseEmailBackend


class Promise(NamedTuple):
    """
    The days of the recipient's own review, and how many they have once they accept.

    `further_round` says what they read before, and what became of it; `round` is its
    number, and it is theirs `again` if they reviewed a version before.
    """

    respond_by: dt.datetime
    due_at: dt.datetime | None
    review_days: int = 0
    further_round: str = ""
    round: int = 1
    again: bool = False


class News(NamedTuple):
    """The notices that a digest tells, oldest first, and how many more waited."""

    told: list[Notification]
    more: int


class AwayError(Exception):
    """The mail server lets nobody in, so that nothing can have gone out."""


logger = logging.getLogger(__name__)

PERMANENT = 500
"""SMTP answers from here on are final."""

MOST_ITEMS = 50
"""Notices that one digest tells; the others are counted."""

ENOUGH = 100
"""Seconds after which a sweep begins no further mail: half of what a task may take."""

SUPERSEDED = "When it was to go out, something had happened that made it old."
NOTHING_LEFT = "When it was to go out, there was nothing left to tell."
NOT_WANTED = "When it was to go out, the recipient had no part in it any longer."


def deliver(until: float | None = None) -> int:
    """
    Send every mail that is due; returns how many went out.

    Past `until`, by the monotonic clock, none is begun: the next sweep goes on.
    """
    digests.owe(timezone.now())
    outbox.reap(was_sent)
    return sum(_deliveries(monotonic() + ENOUGH if until is None else until))


def _deliveries(until: float) -> Iterator[int]:
    while monotonic() < until and (rows := outbox.claim()):
        for number, row in enumerate(rows):
            if monotonic() >= until:
                outbox.release(rows[number:])
                return
            try:
                yield _deliver(row)
            except AwayError as error:
                logger.warning("The mail server does not let us in: %s", error)
                outbox.put_back(rows[number:], str(error))
                return
            except SoftTimeLimitExceeded:
                outbox.release(rows[number:])
                raise


def was_sent(row: Outbox) -> bool | None:
    """What the mail journal says of a mail; None where the backend keeps none."""
    journal: Callable[[str], bool] | None = getattr(
        get_connection(), "has_message", None
    )
    return journal(message_id(row)) if journal else None


def message_id(row: Outbox) -> str:
    return outbox.message_id(row, urlsplit(settings.SITE_URL).hostname or "localhost")


def _deliver(row: Outbox) -> int:
    news = _news(row)
    if why := _unwanted(row, news):
        outbox.settle(row, Outbox.Status.MOOT, why)
        return 0
    message = _written(row, news)
    if message is None:
        return 0
    with _server() as server:
        return int(outbox.begin(row) and _send(row, message, server))


def _written(row: Outbox, news: News) -> EmailMessage | None:
    """The mail of a row; one that cannot be written must not stop the others."""
    try:
        message = compose(row, news)
        message.message()
    except SoftTimeLimitExceeded:
        raise
    except Exception as error:
        logger.exception("Mail %s cannot be written", row.dedupe_key)
        outbox.retry(row, _words(error))
        return None
    return message


@contextmanager
def _server() -> Iterator[BaseEmailBackend]:
    """An open way to send; until it is open nothing can have gone out."""
    server = get_connection()
    try:
        try:
            server.open()
        except (SMTPException, OSError) as error:
            raise AwayError(_words(error)) from error
        yield server
    finally:
        with suppress(SMTPException, OSError):
            server.close()


def _send(row: Outbox, message: EmailMessage, server: BaseEmailBackend) -> bool:
    """Past the point of no return: however it ends, the row says so."""
    try:
        server.send_messages([message])
    except (SMTPException, OSError, ValueError) as error:
        logger.warning("Mail %s was not sent: %s", row.dedupe_key, type(error).__name__)
        _failed(row, error)
        return False
    except SoftTimeLimitExceeded as error:
        outbox.look_up(row, was_sent, _words(error))
        raise
    return outbox.settle(row, Outbox.Status.DONE)


def _unwanted(row: Outbox, news: News) -> str:
    """Why the mail need not go out, in a sentence; nothing where it must."""
    if row.topic == Outbox.Topic.LETTER:
        return replies.unwanted(row)
    if row.recipient is None or not row.recipient.is_active:
        return NOT_WANTED
    if row.topic == Outbox.Topic.DIGEST:
        often = digests.choice_of(row.recipient)
        waits = (news.told or news.more) and often != MailChoice.Often.NONE
        return "" if waits else NOTHING_LEFT
    if not notifications.still_concerns(row.event, row.recipient):
        return NOT_WANTED
    return SUPERSEDED if notifications.superseded(row.event) else ""


def _news(row: Outbox) -> News:
    """What a digest tells: what still concerns its reader, and is still so."""
    reader = row.recipient
    if row.topic != Outbox.Topic.DIGEST or reader is None or not reader.is_active:
        return News([], 0)
    found, older = digests.gathered(row)
    old = notifications.superseded(*(notice.event for notice in found))
    left = iter([notice for notice in found if notice.event_id not in old])
    own = (n for n in left if notifications.still_concerns(n.event, reader, waits=True))
    told = list(islice(own, MOST_ITEMS))[::-1]
    return News(told, len(list(left)) + older)


def _failed(row: Outbox, error: Exception) -> None:
    """A refusal is certain; a connection that broke half-way is not."""
    match error:
        case SMTPRecipientsRefused():
            code = min(code for code, _ in error.recipients.values())
        case SMTPResponseException():
            code = error.smtp_code
        case ValueError():
            code = PERMANENT  # an address that cannot even be said to a server
        case _:
            outbox.look_up(row, was_sent, _words(error))
            return
    if code >= PERMANENT:
        outbox.settle(row, Outbox.Status.PARKED, _words(error))
    else:
        outbox.retry(row, _words(error))


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _assignment(row: Outbox) -> Assignment | None:
    """The recipient's own open assignment on the version, if they have one."""
    own = Assignment.objects.filter(
        version=row.event.version_id, reviewer=row.recipient_id, state__in=OPEN
    )
    return rounds.annotated(own.select_related("version__article")).first()


def _promise(row: Outbox) -> Promise | None:
    found = _assignment(row)
    if found is None:
        return None
    quorum = QUORUM.get(found.version.article.tier)
    days = quorum.review_days if quorum else 0
    return Promise(
        *(found.respond_by, found.due_at, days, rounds.told(found)),
        round=found.__dict__["round"],
        again=rounds.reviewed_before(found) is not None,
    )


def compose(row: Outbox, news: News | None = None) -> EmailMultiAlternatives:
    """
    The mail of an outbox row: subject, text and HTML from the event's templates.

    A digest tells the news that were gathered for it, or gathers them now.

    They are given what is listed here and no row, so that none can print a name. The
    subject names the deed and not the question of a text that may not be public.
    """
    name, context = _content(row, news)
    deed = {
        "deed": context.get("notice", "").partition(": ")[0],
        "assignment": context.get("assignment"),
    }
    subject = " ".join(render_to_string(f"{name}.subject.txt", deed).split())
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"{name}.txt", context),
        to=[_address(row)],
        headers={
            "Message-ID": message_id(row),
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string(f"{name}.html", context), "text/html")
    return message


def _content(row: Outbox, news: News | None) -> tuple[str, dict[str, Any]]:
    """The templates of a mail, by the beginning of their names, and what they print."""
    if row.topic == Outbox.Topic.LETTER:
        return replies.letter(row) or replies.Letter("letters/closed", {})
    if row.topic == Outbox.Topic.DIGEST:
        return "emails/digest", _together(row, news or _news(row))
    return f"emails/{row.event.kind}", _alone(row)


def _address(row: Outbox) -> str:
    if row.asker:
        return row.asker.address
    return row.recipient.email if row.recipient else ""


def _alone(row: Outbox) -> dict[str, Any]:
    found = Notification.objects.filter(event=row.event, recipient=row.recipient_id)
    notice = found.first()
    return _context(row) | {
        "assignment": _promise(row),
        "notice": notice.text if notice else "",
        "url": settings.SITE_URL + (notice.path if notice else reverse("desk")),
        "damaged_text": _damaged_text(row),
        "public_url": _public_url(row),
    }


def _public_url(row: Outbox) -> str:
    """Where readers find it, where that is the news."""
    version = row.event.version
    if row.event.kind != Event.Kind.PUBLISHED or version is None:
        return ""
    return settings.SITE_URL + version.article.get_absolute_url()


def _damaged_text(row: Outbox) -> int | None:
    """The number of the version whose text is damaged, where that is the news."""
    if row.event.kind != Event.Kind.PAGE_WITHHELD:
        return None
    number: int | None = json.loads(row.event.payload)["facts"].get("damaged_text")
    return number


def _together(row: Outbox, news: News) -> dict[str, Any]:
    return _context(row) | {
        "notice": f"News that could wait, {len(news.told) + news.more}",
        "items": [(n.text, settings.SITE_URL + n.path) for n in news.told],
        "more": news.more,
        "url": settings.SITE_URL + reverse("notifications"),
        "choice_url": settings.SITE_URL + reverse("desk-mail"),
    }


def _context(row: Outbox) -> dict[str, Any]:
    return {"recipient": row.recipient, "site_url": settings.SITE_URL}
