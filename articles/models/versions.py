"""What is written, judged and frozen in one piece."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.urls import reverse
from django.utils import timezone
from django_fsm import transition

from articles import guards, states
from articles.machine import StateField, StatefulModel
from articles.models.articles import Article
from articles.states import VersionState
from articles.tracking import history
from articles.vocabulary import Audience, Origin

models.CharField.register_lookup(Length)
models.TextField.register_lookup(Length)

QUESTION_LENGTH = 300
HEADLINE_LENGTH = 300
ORIGIN_TOOL_LENGTH = 200
RESPONSIBILITY_LENGTH = 500


class Version(StatefulModel):
    """
    One text of an article; frozen, with its hash, from submission on.

    `response` answers the reviewers of the version before; `responsibility` is the
    sentence by which the person who submitted a machine-made text stands behind it.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = StateField(default=VersionState.DRAFT, choices=VersionState)
    question = models.CharField(max_length=QUESTION_LENGTH)
    headline = models.CharField(max_length=HEADLINE_LENGTH, default="", blank=True)
    key_answer = models.TextField(default="", blank=True)
    audience = models.CharField(
        max_length=10, choices=Audience, default=Audience.CLINICIAN
    )
    origin = models.CharField(max_length=20, choices=Origin, default=Origin.HUMAN)
    origin_tool = models.CharField(
        max_length=ORIGIN_TOOL_LENGTH, default="", blank=True
    )
    origin_on = models.DateField(null=True, blank=True)
    evidence_searched_on = models.DateField(null=True, blank=True)
    change_summary = models.CharField(max_length=500, default="", blank=True)
    response = models.TextField(default="", blank=True)
    responsibility = models.CharField(
        max_length=RESPONSIBILITY_LENGTH, default="", blank=True
    )
    byline = models.JSONField(default=list, blank=True)
    canonical_form = models.CharField(max_length=40, default="", blank=True)
    sha256 = models.CharField(max_length=64, default="", blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="versions_submitted",
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    review_started_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(default="", blank=True)
    publish_at = models.DateTimeField(null=True, blank=True)
    review_due_on = models.DateField(null=True, blank=True)

    history = history()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="the_versions_of_an_article_are_numbered",
                fields=["article", "number"],
            ),
            models.UniqueConstraint(
                name="one_open_version_per_article",
                fields=["article"],
                condition=Q(state__in=states.OPEN),
            ),
            models.UniqueConstraint(
                name="one_approved_version_per_article",
                fields=["article"],
                condition=Q(state=VersionState.APPROVED),
            ),
            models.CheckConstraint(
                name="the_state_of_a_version_is_known",
                condition=Q(state__in=VersionState.values),
            ),
            models.CheckConstraint(
                name="what_left_the_draft_is_frozen",
                condition=Q(state__in=[VersionState.DRAFT, VersionState.WITHDRAWN])
                | Q(sha256__length=64),
            ),
            models.CheckConstraint(
                name="a_question_has_a_bounded_length",
                condition=Q(question__length__lte=QUESTION_LENGTH),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "submitted_at", "number", "article"]),
            models.Index(fields=["state", "review_started_at", "article"]),
            models.Index(fields=["state", "id"]),
            models.Index(fields=["state", "question"]),
            models.Index(fields=["decided_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.question} (version {self.number})"

    def get_absolute_url(self) -> str:
        return reverse("desk-version", args=[self.pk])

    @transition(
        state,
        VersionState.DRAFT,
        VersionState.SUBMITTED,
        conditions=[guards.is_not_frozen],
    )
    def submit(
        self,
        *,
        form: str,
        sha256: str,
        byline: list[dict[str, Any]],
        responsibility: str = "",
    ) -> None:
        self.canonical_form = form
        self.sha256 = sha256
        self.byline = byline
        self.responsibility = responsibility
        self.submitted_at = timezone.now()

    @transition(state, VersionState.SUBMITTED, VersionState.DRAFT)
    def recall(self) -> None:
        self.canonical_form = ""
        self.sha256 = ""
        self.byline = []
        self.responsibility = ""
        self.submitted_at = None
        self.submitted_by = None

    @transition(
        state,
        VersionState.SUBMITTED,
        VersionState.UNDER_REVIEW,
        conditions=[guards.is_frozen],
    )
    def send_to_review(self) -> None:
        self.review_started_at = timezone.now()

    @transition(state, states.WITH_THE_DESK, VersionState.RETURNED)
    def return_for_changes(self, *, reason: str) -> None:
        self._decided(reason)

    @transition(state, states.WITH_THE_DESK, VersionState.REJECTED)
    def reject(self, *, reason: str) -> None:
        self._decided(reason)

    @transition(
        state,
        VersionState.UNDER_REVIEW,
        VersionState.APPROVED,
        conditions=[guards.is_frozen],
    )
    def approve(self, *, publish_at: dt.datetime, review_due_on: dt.date) -> None:
        self.publish_at = publish_at
        self.review_due_on = review_due_on
        self._decided("")

    @transition(state, VersionState.APPROVED, VersionState.SUPERSEDED)
    def supersede(self) -> None: ...

    @transition(state, states.OPEN, VersionState.WITHDRAWN)
    def withdraw(self) -> None: ...

    def _decided(self, reason: str) -> None:
        self.decided_at = timezone.now()
        self.decision_reason = reason


class Opening(models.Model):
    """The page that opened an article, so that it opens no second one."""

    token = models.UUIDField(unique=True)
    version = models.OneToOneField(Version, models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()

    def __str__(self) -> str:
        return str(self.token)


class Rendition(models.Model):
    """The body of a version in the words of one audience."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="renditions")
    audience = models.CharField(max_length=10, choices=Audience)
    body = models.TextField()

    history = history()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_rendition_per_audience", fields=["version", "audience"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} for {self.audience}"
