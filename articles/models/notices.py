"""What the house says of an article as a whole, and who signed it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from articles.models.articles import Article
from articles.models.versions import Version
from articles.states import Standing
from articles.vocabulary import Issuer, Reason, Stance


class Notice(models.Model):
    """
    A concern, a hold, a retraction and the like: a record of its own, never changed.

    Until it is issued it is a proposal that waits for its second signature; it gets its
    `number`, by which it is addressed, when it is issued. From `ended_at` on it holds
    no longer: a later notice took its place or, by its `end`, it was never issued.
    """

    class Kind(models.TextChoices):
        CONCERN = "concern", "Expression of concern"
        LIFTING = "lifting", "Concern lifted"
        HOLD = "hold", "Hold"
        RELEASE = "release", "Hold released"
        RETRACTION = "retraction", "Retraction"
        REINSTATEMENT = "reinstatement", "Reinstatement"
        REMOVAL = "removal", "Removal"
        ARCHIVING = "archiving", "No longer maintained"

    class End(models.TextChoices):
        TAKEN_BACK = "taken_back", "Taken back"
        EXPIRED = "expired", "Expired"
        OVERTAKEN = "overtaken", "Overtaken"

    article = models.ForeignKey(Article, models.PROTECT, related_name="notices")
    version = models.ForeignKey(Version, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=20, choices=Kind)
    before = models.CharField(max_length=20, choices=Standing)
    after = models.CharField(max_length=20, choices=Standing)
    reasons = models.JSONField(default=list)
    words = models.TextField()
    stance = models.CharField(max_length=10, choices=Stance)
    issuer = models.CharField(max_length=10, choices=Issuer)
    answers = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="answered_by"
    )
    sha256 = models.CharField(max_length=64)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(default=timezone.now)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField(max_length=10, choices=End, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="the_notices_of_an_article_are_numbered",
                fields=["article", "number"],
            ),
            models.UniqueConstraint(
                name="one_open_proposal_per_article",
                fields=["article"],
                condition=Q(issued_at=None, ended_at=None),
            ),
            models.UniqueConstraint(
                name="one_notice_in_force_per_article",
                fields=["article"],
                condition=Q(issued_at__isnull=False, ended_at=None),
            ),
            models.CheckConstraint(
                name="a_notice_that_is_issued_has_a_number",
                condition=Q(issued_at=None, number=None)
                | Q(issued_at__isnull=False, number__isnull=False, end=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                name="notices_newest_first",
                fields=["-issued_at", "-id"],
                condition=Q(issued_at__isnull=False),
            ),
            models.Index(
                name="notices_in_force",
                fields=["issued_at"],
                condition=Q(issued_at__isnull=False, ended_at=None),
            ),
            models.Index(
                name="proposed_notices",
                fields=["proposed_at"],
                condition=Q(issued_at=None, ended_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("article-notice", args=[self.article.slug, self.number])

    @property
    def reasons_in_words(self) -> list[str]:
        return [str(Reason(code).label) for code in self.reasons]


class NoticeSignature(models.Model):
    """
    A person's name under a notice, by the hash of what it says.

    `value` is an Ed25519 signature over `reviews.notices.statement_bytes`.
    """

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="signatures")
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    printed_name = models.CharField(max_length=300)
    role = models.CharField(max_length=40)
    statement = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    public_key = models.CharField(max_length=64)
    value = models.CharField(max_length=128)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="a_person_signs_a_notice_once", fields=["notice", "signer"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} by {self.printed_name}"
