"""What the public is served."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from articles.models.articles import Article
from articles.models.versions import Version


class Page(models.Model):
    """
    A public page, built when something about it changes, stored ready to send.

    `edition` names the design it was built with; see `articles.reading.edition`. The
    bytes are behind what is asked for by itself: SQLite reads a row from its front, and
    who asks whether a page is still the same would walk through all of them. When a PDF
    of the page is owed, `pdf_due_at` says since when, or when it is tried again; it is
    found by its index, which holds nothing else.
    """

    path = models.CharField(max_length=200, unique=True)
    article = models.ForeignKey(Article, models.PROTECT, related_name="pages")
    version = models.ForeignKey(Version, models.PROTECT, related_name="pages")
    content_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    indexable = models.BooleanField(default=True)
    edition = models.CharField(max_length=64, default="", db_index=True)
    built_at = models.DateTimeField(default=timezone.now)
    body = models.BinaryField()
    gzipped = models.BinaryField(default=b"")
    pdf_due_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                name="pages_to_print",
                fields=["pdf_due_at"],
                condition=models.Q(pdf_due_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.path


class Printout(models.Model):
    """
    The page of an article as a PDF, made afterwards of the bytes that `made_of` names.

    It is in sight only while its page has that hash, so that a deed that builds the page
    anew, or takes it down, need not know of it: nothing ties the two in the database.
    `value` is the house's signature; see `editorial.printouts`.
    """

    content_type = "application/pdf"
    indexable = False
    gzipped = b""

    page = models.OneToOneField(
        Page, models.DO_NOTHING, db_constraint=False, related_name="printout"
    )
    made_of = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    built_at = models.DateTimeField(default=timezone.now)
    public_key = models.CharField(max_length=64)
    value = models.CharField(max_length=128)
    body = models.BinaryField()

    def __str__(self) -> str:
        return self.path

    @property
    def path(self) -> str:
        return f"{self.page.path.rstrip('/')}.pdf"

    @property
    def article(self) -> Article:
        return self.page.article
