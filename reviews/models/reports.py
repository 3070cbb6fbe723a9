"""What reviewers found, from the first key typed to the editor's advice."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.models import Version
from reviews.models.assignments import Assignment
from reviews.states import Advice, Verdict, Vote

KEY_LENGTH = 100
LOCATOR_LENGTH = 200


class Report(models.Model):
    """
    What a reviewer found; never changes once it is submitted.

    A late one came when nobody awaited it any longer, and counts for nothing.
    """

    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="report")
    checklist = models.JSONField()
    vote = models.CharField(max_length=10, choices=Vote)
    remarks = models.TextField(default="", blank=True)
    note_to_editor = models.TextField(default="", blank=True)
    sha256 = models.CharField(max_length=64)
    late = models.BooleanField(default=False)
    submitted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_vote_is_known", condition=Q(vote__in=Vote.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_vote_display()} on {self.sha256[:12]}"


class ReviewDraft(models.Model):
    """
    A review as far as it is typed: its form's fields, by name, as they were sent.

    `saves` counts on, so that two windows cannot overwrite each other unseen.
    """

    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="draft")
    content = models.JSONField(default=dict)
    saves = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.assignment_id}, save {self.saves}"


class CitationCheck(models.Model):
    """
    Whether a cited work says what one sentence of the text says it does.

    `claim` is the sentence as it stands in the text, `key` the citation in it.
    """

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="citation_checks"
    )
    key = models.CharField(max_length=KEY_LENGTH)
    claim = models.TextField()
    verdict = models.CharField(max_length=20, choices=Verdict)
    locator = models.CharField(max_length=LOCATOR_LENGTH, default="", blank=True)
    note = models.TextField(default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="a_claim_is_checked_once_in_a_review",
                fields=["assignment", "key", "claim"],
            ),
            models.CheckConstraint(
                name="a_verdict_is_known", condition=Q(verdict__in=Verdict.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.get_verdict_display()}"


class Recommendation(models.Model):
    """What an editor advises the chief editor to decide, and the letter they drafted."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="recommendations")
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    advice = models.CharField(max_length=10, choices=Advice)
    reason = models.TextField()
    letter = models.TextField(default="", blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="an_advice_is_known", condition=Q(advice__in=Advice.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_advice_display()} of {self.version_id}"
