"""How it is judged: who was asked, what they found, who signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django_fsm import transition

from articles.machine import StateField, StatefulModel
from articles.models import Version, history
from reviews import guards, states
from reviews.states import AnswerKind, AssignmentState, CommentKind, Meaning, Vote

if TYPE_CHECKING:
    import datetime as dt


class Assignment(StatefulModel):
    """One reviewer asked about one version."""

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
        ]

    def __str__(self) -> str:
        return f"{self.version_id} by {self.reviewer_id}"

    def get_absolute_url(self) -> str:
        return reverse("desk-assignment", args=[self.pk])

    @transition(state, AssignmentState.INVITED, AssignmentState.ACCEPTED)
    def accept(self, *, due_at: dt.datetime) -> None:
        self.accepted_at = timezone.now()
        self.due_at = due_at

    @transition(state, AssignmentState.INVITED, AssignmentState.DECLINED)
    def decline(self, *, reason: str) -> None:
        self._ended(reason)

    @transition(state, states.OPEN, AssignmentState.EXPIRED)
    def expire(self, *, reason: str) -> None:
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

    def _ended(self, reason: str) -> None:
        self.ended_at = timezone.now()
        self.reason = reason


class Disclosure(models.Model):
    """What a reviewer declared about conflicts of interest before reading."""

    assignment = models.OneToOneField(
        Assignment, models.PROTECT, related_name="disclosure"
    )
    has_conflict = models.BooleanField()
    statement = models.TextField(default="", blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_conflict_is_named",
                condition=Q(has_conflict=False) | ~Q(statement=""),
            ),
        ]

    def __str__(self) -> str:
        return self.statement or "No conflict of interest"


class Report(models.Model):
    """What a reviewer found; never changes once it is submitted."""

    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="report")
    checklist = models.JSONField()
    vote = models.CharField(max_length=10, choices=Vote)
    remarks = models.TextField(default="", blank=True)
    note_to_editor = models.TextField(default="", blank=True)
    sha256 = models.CharField(max_length=64)
    submitted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_vote_is_known", condition=Q(vote__in=Vote.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_vote_display()} on {self.sha256[:12]}"


class Comment(models.Model):
    """
    A remark about a passage, until it is resolved.

    One carried into the next draft is an item there for the author to answer.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="comments"
    )
    kind = models.CharField(max_length=10, choices=CommentKind)
    text = models.TextField()
    passage = models.TextField(default="", blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    resolution = models.TextField(default="", blank=True)
    answer = models.CharField(max_length=10, choices=AnswerKind, default="", blank=True)
    answer_text = models.TextField(default="", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    carried_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_to"
    )

    history = history()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_resolved_comment_names_who_resolved_it",
                condition=Q(resolved_at=None) | Q(resolved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_not_done_has_a_reason",
                condition=~Q(answer=AnswerKind.NOT_DONE) | ~Q(answer_text=""),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["version", "resolved_at"])]

    def __str__(self) -> str:
        return self.text[:60]


class Signature(models.Model):
    """
    A person's name under a version's hash, with what it means.

    `value` is an Ed25519 signature over `reviews.signing.statement_bytes`, which
    names the version, its hash, the person, the meaning and the time; the row never
    changes, and under another version it no longer verifies.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="signatures")
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="signatures"
    )
    printed_name = models.CharField(max_length=300)
    role = models.CharField(max_length=40)
    meaning = models.CharField(max_length=10, choices=Meaning)
    statement = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    policy = models.CharField(max_length=40, default="", blank=True)
    signed_at = models.DateTimeField()
    public_key = models.CharField(max_length=64)
    value = models.CharField(max_length=128)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="a_person_signs_a_version_once_per_meaning",
                fields=["version", "signer", "meaning"],
            ),
            models.UniqueConstraint(
                name="a_version_is_approved_by_one_signature",
                fields=["version"],
                condition=Q(meaning=Meaning.APPROVAL),
            ),
            models.CheckConstraint(
                name="a_signature_names_a_whole_hash", condition=Q(sha256__length=64)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_meaning_display()} by {self.printed_name}"
