"""What people declare about their interests: each year, and for each article."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.tracking import history
from reviews.models.assignments import Assignment


class Declaration(models.Model):
    """
    A person's general statement of interests, good for a year; never changed.

    `answers` maps the code of each line asked to {"has": bool, "who": [entities]}.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="declarations"
    )
    answers = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "-made_at"])]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.made_at:%Y-%m-%d}"


class Absence(models.Model):
    """Days on which a person takes no review."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="absences"
    )
    first_day = models.DateField()
    last_day = models.DateField()

    history = history()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="an_absence_ends_after_it_begins",
                condition=Q(last_day__gte=models.F("first_day")),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "last_day"])]

    def __str__(self) -> str:
        return f"{self.first_day} to {self.last_day}"


class Disclosure(models.Model):
    """
    What a reviewer declared about conflicts of interest before reading.

    `answers` maps the code of each line asked to {"has": bool, "who": entities}.
    """

    assignment = models.OneToOneField(
        Assignment, models.PROTECT, related_name="disclosure"
    )
    has_conflict = models.BooleanField()
    statement = models.TextField(default="", blank=True)
    answers = models.JSONField(default=dict, blank=True)
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
