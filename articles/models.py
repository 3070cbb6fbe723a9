"""What is written: articles, their versions, and the works they cite."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.urls import reverse
from django.utils import timezone
from django_fsm import transition
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from articles import guards, states
from articles.machine import StateField, StatefulModel
from articles.states import Standing, VersionState
from articles.vocabulary import (
    Audience,
    Blinding,
    Origin,
    RefType,
    Specialty,
    Tier,
    WorkSource,
)
from articles.works import dates, identifiers, identity

if TYPE_CHECKING:
    import datetime as dt

models.CharField.register_lookup(Length)
models.TextField.register_lookup(Length)

QUESTION_LENGTH = 300
HEADLINE_LENGTH = 300
ORIGIN_TOOL_LENGTH = 200
RESPONSIBILITY_LENGTH = 500
FIRST_AUTHOR_LENGTH = 100
SLUG_LENGTH = 90


class _OneHistoryManager(HistoryManager):
    """The package makes a new manager class at each look at a row's history."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: Any, class_name: str | None = None) -> Any:
        return super().from_queryset(queryset_class, class_name)


def history(**options: Any) -> HistoricalRecords:
    """simple-history with reasons of any length and people who cannot vanish."""
    return HistoricalRecords(
        history_change_reason_field=models.TextField(null=True),
        history_manager=_OneHistoryManager,
        **options,
    )


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
        [Standing.UNPUBLISHED, Standing.PREVIEW, Standing.PUBLISHED],
        Standing.PUBLISHED,
    )
    def publish(self) -> None: ...


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


class Work(models.Model):
    """
    A cited source, as CSL-JSON, shared by every article that cites it.

    What `describe` says of the item is kept beside it, folded, to be looked for.
    """

    fingerprint = models.CharField(max_length=64, unique=True)
    csl = models.JSONField()
    kind = models.CharField(max_length=20, choices=RefType)
    source = models.CharField(
        max_length=10, choices=WorkSource, default=WorkSource.TYPED
    )
    doi = models.CharField(max_length=300, default="", blank=True, db_index=True)
    pmid = models.CharField(max_length=8, default="", blank=True, db_index=True)
    first_author = models.CharField(
        max_length=FIRST_AUTHOR_LENGTH, default="", editable=False
    )
    year = models.IntegerField(null=True, editable=False)
    words = models.TextField(default="", editable=False)
    retracted_on = models.DateField(null=True, blank=True)

    history = history(excluded_fields=["first_author", "year", "words"])

    class Meta:
        indexes: ClassVar = [models.Index(fields=["first_author", "year"])]

    def __str__(self) -> str:
        return str(self.csl.get("title", self.fingerprint))

    def describe(self, item: dict[str, Any]) -> None:
        """Take a clean item, with everything that follows from it."""
        self.csl = item
        self.fingerprint = identity.fingerprint(item)
        self.doi = identifiers.doi(item.get("DOI", "")) or ""
        self.pmid = item.get("PMID", "")
        self.first_author = identity.first_author(item)[:FIRST_AUTHOR_LENGTH]
        self.year = dates.year(item)
        self.words = identity.words(item)


class Citation(models.Model):
    """
    A work as one version cites it.

    `csl` and `kind` are copied from the work when the version freezes, so that
    mending a work later changes no approved text; until then they are empty.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="citations")
    work = models.ForeignKey(Work, models.PROTECT, related_name="citations")
    key = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=RefType, default="", blank=True)
    csl = models.JSONField(null=True, blank=True)

    history = history()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="a_key_names_one_work_per_version", fields=["version", "key"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}:{self.key}"


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


class Page(models.Model):
    """
    A public page, built when something about it changes, stored ready to send.

    `edition` names the design it was built with; see `articles.reading.edition`.
    """

    path = models.CharField(max_length=200, unique=True)
    article = models.ForeignKey(Article, models.PROTECT, related_name="pages")
    version = models.ForeignKey(Version, models.PROTECT, related_name="pages")
    content_type = models.CharField(max_length=100)
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    indexable = models.BooleanField(default=True)
    edition = models.CharField(max_length=64, default="", db_index=True)
    built_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.path
