"""
The PDFs of public articles: made after the deed, of proven pages, and proven themselves.

A deed that builds an article's page says with it that a PDF is owed; the next sweep
makes it of the very bytes that were stored, and signs under which page it belongs. A
page that was built anew meanwhile, or taken down, leaves no PDF in sight.
"""

from __future__ import annotations

import datetime as dt
import logging
from importlib import import_module
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from articles.canonical import canonical_json, sha256_hex
from articles.models import Page, Printout
from articles.reading import paged, pango
from editorial import serving
from reviews import signing

if TYPE_CHECKING:
    from django.db.models import QuerySet

logger = logging.getLogger(__name__)

FORM = "imprimatur-pdf/1"
PRESS = "articles.reading.press"
"""Loaded where something is printed, and nowhere else: it takes a second and memory."""

ENOUGH = 5
"""Seconds after which a sweep begins no further PDF; who publishes waits for sweeps."""

AFTER_ALL = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
"""When the PDF of a page is owed that was built again by no deed: behind all others."""

PAUSE = dt.timedelta(minutes=10)
"""How long a page is left to whoever took it, or after it could not be printed."""

OTHER_BYTES = "the bytes of its PDF do not have the hash they were stored under"
NOT_SIGNED = "its PDF is not signed as the one that was made of it"


class DamagedError(Exception):
    """What is stored as the PDF of a page is not what was made of it."""

    def __init__(self, printout: Printout) -> None:
        super().__init__(printout.path)
        self.printout = printout


class Taken(NamedTuple):
    """A page to print, and until when nobody else will."""

    page: int
    path: str
    until: dt.datetime


def make_due(until: float | None = None) -> int:
    """
    Make the PDFs that are owed, of the newest deed first; returns how many were made.

    Past `until`, by the monotonic clock, none is begun: the next sweep goes on.
    """
    until = monotonic() + ENOUGH if until is None else until
    made = 0
    while pango.is_possible() and monotonic() < until and (taken := _take()):
        made += _make(taken)
    return made


def waiting() -> int:
    """How many pages wait for their PDF."""
    return Page.objects.filter(pdf_due_at__isnull=False).count()


def sweep_up() -> None:
    """Remove what was made of pages that are no longer there."""
    there = Page.objects.filter(pk=OuterRef("page_id"))
    Printout.objects.filter(~Exists(there)).delete()


def in_sight() -> QuerySet[Printout]:
    """The PDFs of pages that still are what they were made of."""
    return Printout.objects.filter(made_of=F("page__sha256"))


def proven(page: Page) -> Printout | None:
    """The PDF of a proven page, None where there is none; DamagedError if it is not."""
    printout = in_sight().filter(page=page).first()
    if printout is None:
        return None
    printout.page = page
    if wrong(printout):
        raise DamagedError(printout)
    return printout


def wrong(printout: Printout) -> str:
    """Why it is not the PDF that was made of its page, in words; nothing if it is."""
    if sha256_hex(bytes(printout.body)) != printout.sha256:
        return OTHER_BYTES
    key, value = printout.public_key, printout.value
    is_ours = signing.verifies(_statement(printout), value=value, key=key)
    return "" if is_ours else NOT_SIGNED


def ask_again(page: Page) -> None:
    """Have the next sweep make the PDF of a page anew."""
    Page.objects.filter(pk=page.pk).update(pdf_due_at=timezone.now())


def let_wait(article_id: int) -> None:
    """
    Have the PDFs of an article's pages made after those that deeds wait for.

    After a change of the design thousands are owed at once.
    """
    owed = Page.objects.filter(article=article_id, pdf_due_at__isnull=False)
    owed.update(pdf_due_at=AFTER_ALL)


def _take() -> Taken | None:
    """A page that nobody else prints; who ends before it is done delays it, no more."""
    now = timezone.now()
    until = now + PAUSE
    due = Page.objects.filter(pdf_due_at__lte=now).order_by("-pdf_due_at", "-pk")
    while found := due.values_list("pk", "path", "pdf_due_at").first():
        pk, path, since = found
        if Page.objects.filter(pk=pk, pdf_due_at=since).update(pdf_due_at=until):
            return Taken(pk, path, until)
    return None


def _make(taken: Taken) -> bool:
    """Print a page; one that cannot be printed must not stop the others."""
    try:
        page = serving.proven(taken.path)
        return page is not None and _keep(taken, _printed(page))
    except SoftTimeLimitExceeded:
        raise
    except Exception:  # as said above; it is tried again later
        logger.exception("No PDF was made of %s", taken.path)
        return False


def _printed(page: Page) -> Printout:
    """Outside of any transaction: it takes as long as it takes."""
    press = import_module(PRESS)
    printout = Printout(page=page, made_of=page.sha256)
    document, style = paged.document(bytes(page.body)), paged.style()
    base = settings.SITE_URL + printout.path
    printout.body = press.pdf(document, style=style, base=base)
    printout.sha256 = sha256_hex(printout.body)
    printout.public_key = signing.public_key()
    printout.value = signing.sign_bytes(_statement(printout))
    return printout


def _keep(taken: Taken, printout: Printout) -> bool:
    """Store it, unless the page was built anew, or given to somebody else, meanwhile."""
    mine = Page.objects.filter(pk=taken.page, pdf_due_at=taken.until)
    with transaction.atomic(durable=True):
        if not mine.update(pdf_due_at=None):
            return False
        Printout.objects.filter(page=taken.page).delete()
        printout.save(force_insert=True)
    return True


def _statement(printout: Printout) -> bytes:
    """The canonical JSON that the house's signature is made over."""
    return canonical_json(
        {
            "form": FORM,
            "path": printout.path,
            "made_of": printout.made_of,
            "sha256": printout.sha256,
        }
    )
