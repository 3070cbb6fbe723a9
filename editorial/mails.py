"""Mail: composed from templates, sent once, looked up where nobody can know."""

from __future__ import annotations

import logging
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string

from editorial import outbox
from editorial.models import Notification, Outbox
from reviews.states import OPEN

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger(__name__)

PERMANENT = 500
"""SMTP answers from here on are final."""

FOR_AN_OPEN_ASSIGNMENT = frozenset({"invited", "reminded"})


def deliver() -> int:
    """Send every mail that is due; returns how many went out."""
    outbox.reap(was_sent)
    sent = 0
    while rows := outbox.claim():
        for row in rows:
            sent += _deliver(row)
    return sent


def was_sent(row: Outbox) -> bool | None:
    """What the mail journal says of a mail; None where the backend keeps none."""
    journal: Callable[[str], bool] | None = getattr(
        get_connection(), "has_message", None
    )
    return journal(message_id(row)) if journal else None


def message_id(row: Outbox) -> str:
    return outbox.message_id(row, urlsplit(settings.SITE_URL).hostname or "localhost")


def _deliver(row: Outbox) -> int:
    if not _is_wanted(row):
        outbox.settle(row, Outbox.Status.MOOT)
        return 0
    message = compose(row)
    if not outbox.begin(row):
        return 0
    try:
        message.send()
    except (SMTPException, OSError) as error:
        _failed(row, error)
        return 0
    return int(outbox.settle(row, Outbox.Status.DONE))


def _is_wanted(row: Outbox) -> bool:
    """Whether the recipient still has the account and, if asked something, the task."""
    if row.recipient is None or not row.recipient.is_active:
        return False
    assignment = row.event.assignment
    asked = row.event.kind in FOR_AN_OPEN_ASSIGNMENT
    return not (asked and assignment and assignment.state not in OPEN)


def _failed(row: Outbox, error: Exception) -> None:
    """A refusal is certain; a connection that broke half-way is not."""
    logger.warning("Mail %s was not sent: %s", row.dedupe_key, type(error).__name__)
    reason = f"{type(error).__name__}: {error}"
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        final = all(code >= PERMANENT for code in codes)
    elif isinstance(error, SMTPResponseException):
        final = error.smtp_code >= PERMANENT
    else:
        final = False
    if final:
        outbox.settle(row, Outbox.Status.PARKED, reason)
    elif isinstance(
        error, (SMTPResponseException, SMTPRecipientsRefused, ConnectionRefusedError)
    ):
        outbox.retry(row, reason)
    else:
        outbox.settle(row, Outbox.Status.UNKNOWN, reason)


def compose(row: Outbox) -> EmailMultiAlternatives:
    """The mail of an outbox row: subject, text and HTML from the event's templates."""
    event = row.event
    notice = Notification.objects.filter(
        event=event, recipient=row.recipient_id
    ).first()
    context = {
        "recipient": row.recipient,
        "event": event,
        "version": event.version,
        "assignment": event.assignment,
        "notice": notice.text if notice else "",
        "url": settings.SITE_URL + (notice.path if notice else "/desk/"),
        "site_url": settings.SITE_URL,
    }
    name = f"emails/{event.kind}"
    subject = " ".join(render_to_string(f"{name}.subject.txt", context).split())
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"{name}.txt", context),
        to=[row.recipient.email if row.recipient else ""],
        headers={
            "Message-ID": message_id(row),
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string(f"{name}.html", context), "text/html")
    return message
