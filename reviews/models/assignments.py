"""Who was asked to judge a version, who stands by, and what each saw last."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django_fsm import transition

from articles.machine import StateField, StatefulModel
from articles.models import Article, Version
from articles.tracking import history
from reviews import guards, states
from reviews.states import AssignmentState

if TYPE_CHECKING:
    import datetime as dt

SUGGESTED_LENGTH = 300
PSEUDONYM_LENGTH = 4


class Assignment(StatefulModel):
    """
    One reviewer asked about one version.

    `suggested` is whom they named when they declined, `asked_until` the day they asked
    to have, `reopens` the report that the editor asked them to take up again;
    `pseudonym` is the letter by which others know them who must not know the name.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="assignments")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments"
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    state = StateField(default=AssignmentState.INVITED, choices=AssignmentState)
    in_specialty = models.BooleanField(default=False)
    invited_at = models.DateTimeField(default=timezone.now)
    respond_by = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(default="", blank=True)
    last_reminder = models.SmallIntegerField(null=True, blank=True)
    suggested = models.CharField(max_length=SUGGESTED_LENGTH, default="", blank=True)
    asked_until = models.DateTimeField(null=True, blank=True)
    pseudonym = models.CharField(max_length=PSEUDONYM_LENGTH, default="", blank=True)
    reopens = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reopened_as"
    )

    history = history()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="a_reviewer_is_asked_once_per_version",
                fields=["version", "reviewer"],
                condition=Q(state__in=states.STANDING),
            ),
            models.CheckConstraint(
                name="the_state_of_an_assignment_is_known",
                condition=Q(state__in=AssignmentState.values),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["reviewer", "state", "due_at"]),
            models.Index(fields=["state", "due_at"]),
            models.Index(fields=["state", "respond_by"]),
            models.Index(fields=["state", "ended_at"]),
            models.Index(fields=["version", "state", "ended_at"]),
            models.Index(fields=["invited_at"]),
            models.Index(
                name="reviews_asks_for_time",
                fields=["state", "due_at"],
                condition=models.Q(asked_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} by {self.reviewer_id}"

    def get_absolute_url(self) -> str:
        return reverse("desk-assignment", args=[self.pk])

    @transition(state, AssignmentState.INVITED, AssignmentState.ACCEPTED)
    def accept(self, *, due_at: dt.datetime) -> None:
        self.accepted_at = timezone.now()
        self.due_at = due_at
        self.last_reminder = None

    @transition(state, AssignmentState.INVITED, AssignmentState.DECLINED)
    def decline(self, *, reason: str) -> None:
        self._ended(reason)

    @transition(state, states.OPEN, AssignmentState.EXPIRED)
    def expire(self, *, reason: str) -> None:
        self._ended(reason)

    @transition(state, states.OPEN, AssignmentState.EXPIRED)
    def lapse(self, *, reason: str) -> None:
        self._ended(reason)

    @transition(state, AssignmentState.ACCEPTED, AssignmentState.RECUSED)
    def recuse(self, *, reason: str) -> None:
        self._ended(reason)

    @transition(state, states.OPEN, AssignmentState.WITHDRAWN)
    def withdraw(self, *, reason: str) -> None:
        self._ended(reason)

    @transition(
        state,
        AssignmentState.ACCEPTED,
        AssignmentState.REPORTED,
        conditions=[guards.has_a_due_date],
    )
    def conclude(self) -> None:
        self._ended("")

    @transition(state, AssignmentState.REPORTED, AssignmentState.REOPENED)
    def reopen(self, *, reason: str) -> None:
        """The report stays and counts no more; another assignment takes it up."""
        self.reason = reason

    def _ended(self, reason: str) -> None:
        self.ended_at = timezone.now()
        self.reason = reason


class Alternate(models.Model):
    """Who is asked when somebody declines or stays silent, the lowest rank first."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="alternates")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    rank = models.PositiveSmallIntegerField()
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    named_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="an_alternate_stands_by_once_per_version",
                fields=["version", "reviewer"],
            ),
        ]
        ordering: ClassVar = ["rank", "pk"]

    def __str__(self) -> str:
        return f"{self.rank}: {self.reviewer_id} for {self.version_id}"


class LastLook(models.Model):
    """The version of an article that a person looked at last."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    article = models.ForeignKey(Article, models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="a_person_looked_at_an_article_last_once",
                fields=["person", "article"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.version_id}"
