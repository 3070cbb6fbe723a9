"""A question, and the people who answer it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django_fsm import transition

from articles.machine import StateField, StatefulModel
from articles.states import Standing
from articles.tracking import history
from articles.vocabulary import Blinding, Specialty, Tier

SLUG_LENGTH = 90


class Topic(models.Model):
    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.slug])


class Article(StatefulModel):
    """
    One question and everything ever written to answer it.

    `entities` are the companies and products that it is about, one to a line: whoever
    has an interest in one of them does not judge it.
    """

    state_field = "standing"

    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True)
    external_id = models.CharField(max_length=200, null=True, unique=True)  # noqa: DJ001  unique, so absence must be NULL
    external_sha256 = models.CharField(max_length=64, default="", blank=True)
    topics = models.ManyToManyField(Topic, related_name="articles", blank=True)
    concepts = models.JSONField(default=list, blank=True)
    tier = models.CharField(max_length=1, choices=Tier, default="", blank=True)
    specialty = models.CharField(
        max_length=30, choices=Specialty, default="", blank=True
    )
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles_in_hand",
    )
    blinding = models.CharField(
        max_length=10, choices=Blinding, default=Blinding.SINGLE
    )
    entities = models.TextField(default="", blank=True)
    standing = StateField(default=Standing.UNPUBLISHED, choices=Standing)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    history = history()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="the_standing_of_an_article_is_known",
                condition=Q(standing__in=Standing.values),
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.slug])

    @transition(standing, Standing.UNPUBLISHED, Standing.PREVIEW)
    def show_preview(self) -> None: ...

    @transition(standing, Standing.PREVIEW, Standing.UNPUBLISHED)
    def end_preview(self) -> None: ...

    @transition(
        standing,
        [
            *(Standing.UNPUBLISHED, Standing.PREVIEW),
            *(Standing.PUBLISHED, Standing.ARCHIVED),
        ],
        Standing.PUBLISHED,
    )
    def publish(self) -> None: ...

    @transition(standing, Standing.PUBLISHED, Standing.CONCERN)
    def express_concern(self) -> None: ...

    @transition(standing, Standing.CONCERN, Standing.PUBLISHED)
    def lift_concern(self) -> None: ...

    @transition(standing, [Standing.PUBLISHED, Standing.CONCERN], Standing.HELD)
    def hold(self) -> None: ...

    @transition(standing, Standing.HELD, Standing.PUBLISHED)
    def release(self) -> None: ...

    @transition(standing, Standing.HELD, Standing.CONCERN)
    def release_to_concern(self) -> None: ...

    @transition(
        standing,
        [
            *(Standing.PUBLISHED, Standing.CONCERN),
            *(Standing.HELD, Standing.ARCHIVED),
        ],
        Standing.RETRACTED,
    )
    def retract(self) -> None: ...

    @transition(standing, Standing.RETRACTED, Standing.PUBLISHED)
    def reinstate(self) -> None: ...

    @transition(
        standing,
        [
            *(Standing.PUBLISHED, Standing.CONCERN, Standing.HELD),
            *(Standing.RETRACTED, Standing.ARCHIVED),
        ],
        Standing.REMOVED,
    )
    def remove(self) -> None: ...

    @transition(standing, Standing.PUBLISHED, Standing.ARCHIVED)
    def archive(self) -> None: ...


class Authorship(models.Model):
    """
    A person as an author of an article.

    One whom another author invited has no `joined_at` until they agree;
    `contributions` are terms of `vocabulary.Contribution`.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="authorships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="authorships"
    )
    position = models.PositiveSmallIntegerField(default=1)
    contributions = models.JSONField(default=list, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    joined_at = models.DateTimeField(default=timezone.now, null=True, blank=True)

    history = history()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="an_author_is_listed_once", fields=["article", "user"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}.{self.position}"
