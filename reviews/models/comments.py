"""Remarks about passages, and what was said to each."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.models import Version
from articles.tracking import history
from reviews.states import AnswerKind, CommentKind

PART_LENGTH = 20
CONTEXT_LENGTH = 100


class Comment(models.Model):
    """
    A remark about a passage, until it is resolved.

    One carried into the next draft is an item there for the author to answer.

    `passage` is the exact quote, with the words before and after it (`prefix`,
    `suffix`) and its place (`start`, in characters of `part`: the key answer or an
    audience's rendition, as plain text): the text-quote and text-position selectors of
    the Web Annotation Data Model. `replacement` is what a suggestion would put there,
    `criterion` the line of the checklist that failed. A request is `required` or not;
    `number` is what the letter calls it by that sent the version back.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="comments"
    )
    kind = models.CharField(max_length=10, choices=CommentKind)
    text = models.TextField()
    passage = models.TextField(default="", blank=True)
    part = models.CharField(max_length=PART_LENGTH, default="", blank=True)
    prefix = models.CharField(max_length=CONTEXT_LENGTH, default="", blank=True)
    suffix = models.CharField(max_length=CONTEXT_LENGTH, default="", blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    replacement = models.TextField(default="", blank=True)
    criterion = models.CharField(max_length=PART_LENGTH, default="", blank=True)
    required = models.BooleanField(default=True)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
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


class Reply(models.Model):
    """An answer in the thread of a comment; never changed."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="replies")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    text = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.text[:60]
