"""Terms that readers may not know, and what they mean."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from articles.glossary import (
    LONGEST_DEFINITION,
    LONGEST_SOURCE,
    LONGEST_SPELLING,
    TermText,
    lines,
)


class TermQuerySet(models.QuerySet["Term"]):
    def proposed(self) -> TermQuerySet:
        """Those that wait for somebody's approval."""
        return self.filter(approved_at=None, ended_at=None)

    def approved(self) -> TermQuerySet:
        """Those that readers see."""
        return self.filter(approved_at__isnull=False, ended_at=None)

    def living(self) -> TermQuerySet:
        return self.filter(ended_at=None)


class Term(models.Model):
    """
    One wording of a term: its name, its spellings and what it means.

    A wording never changes. Another one is another row with the same `slug`, and the
    earlier one stays public until that is approved. `approval` is the canonical JSON that
    says who approved which words and when, and `value` the house's signature over it.
    """

    slug = models.SlugField(max_length=LONGEST_SPELLING, db_index=False)
    name = models.CharField(max_length=LONGEST_SPELLING)
    spellings = models.TextField(default="", blank=True)
    definition = models.CharField(max_length=LONGEST_DEFINITION)
    source = models.URLField(max_length=LONGEST_SOURCE, default="", blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approval = models.TextField(default="", blank=True)
    public_key = models.CharField(max_length=64, default="", blank=True)
    value = models.CharField(max_length=128, default="", blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="a_term_has_one_approved_wording",
                fields=["slug"],
                condition=Q(approved_at__isnull=False, ended_at=None),
            ),
            models.UniqueConstraint(
                name="a_term_has_one_proposed_wording",
                fields=["slug"],
                condition=Q(approved_at=None, ended_at=None),
            ),
            models.CheckConstraint(
                name="nobody_approves_their_own_term",
                condition=~Q(approved_by=F("proposed_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def text(self) -> TermText:
        return TermText(self.name, self.definition, lines(self.spellings), self.source)

    @property
    def is_public(self) -> bool:
        return self.approved_at is not None and self.ended_at is None

    @property
    def is_proposed(self) -> bool:
        return self.approved_at is None and self.ended_at is None
