"""What the lint found and somebody answered, and the dated facts it knows."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.models.versions import Version
from articles.tracking import history


class FindingAnswer(models.Model):
    """
    An author's reason for leaving something that the lint found in a version.

    `finding` is the finding's own id, made of its rule and the words it is about.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="finding_answers")
    finding = models.CharField(max_length=64)
    code = models.CharField(max_length=40)
    reason = models.TextField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(default=timezone.now)

    history = history()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="a_finding_is_answered_once_per_version",
                fields=["version", "finding"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.reason[:60]}"


class RegulatoryFact(models.Model):
    """
    Something a law or agency once required or allowed, from a day to a day.

    `phrases` are the words, one to a line, by which a text shows that it relies on it.
    """

    name = models.CharField(max_length=200, unique=True)
    statement = models.TextField()
    phrases = models.TextField()
    jurisdiction = models.CharField(max_length=60)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.URLField(max_length=500)

    history = history()

    def __str__(self) -> str:
        return self.name
