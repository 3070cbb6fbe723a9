"""What the public is served."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from articles.models.articles import Article
from articles.models.versions import Version


class Page(models.Model):
    """
    A public page, built when something about it changes, stored ready to send.

    `edition` names the design it was built with; see `articles.reading.edition`. The
    bytes are the last columns: SQLite reads a row from its front, and who asks whether
    a page is still the same would walk through all of them.
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

    def __str__(self) -> str:
        return self.path
