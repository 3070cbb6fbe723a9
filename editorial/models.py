"""People, and what they did: the ledger, its effects, and what the house decided."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from articles.models import Article, Version
from articles.tracking import history
from articles.vocabulary import Specialty
from reviews.models import Assignment, Signature

ZERO = "0" * 64


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, email: str, password: str | None = None, **fields: Any
    ) -> User:
        user: User = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(
        self, email: str, password: str | None = None, **fields: Any
    ) -> User:
        fields.setdefault("name", email)
        return self.create_user(
            email, password, is_staff=True, is_superuser=True, **fields
        )

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """One account is one person; accounts are deactivated, never deleted."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    credentials = models.CharField(max_length=100, default="", blank=True)
    affiliation = models.CharField(max_length=200, default="", blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_machine = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()
    history = history(excluded_fields=["password", "last_login"])

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("email"), name="an_address_belongs_to_one_account"
            ),
        ]

    def __str__(self) -> str:
        return self.printed_name

    @property
    def printed_name(self) -> str:
        """The name as it stands under texts and signatures."""
        return f"{self.name}, {self.credentials}" if self.credentials else self.name

    def get_full_name(self) -> str:
        return self.name

    @cached_property
    def roles(self) -> frozenset[str]:
        """The names of the groups the person is in; read once per request."""
        if self.is_machine:
            return frozenset()
        return frozenset(self.groups.values_list("name", flat=True))


class BoardMember(models.Model):
    """A member of the Medical Advisory Board, from a day to a day."""

    user = models.OneToOneField(User, models.PROTECT, related_name="board_member")
    specialties = models.JSONField(default=list)
    load_cap = models.PositiveSmallIntegerField(default=5)
    named = models.BooleanField(default=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    history = history()

    def __str__(self) -> str:
        return str(self.user)

    @property
    def specialty_names(self) -> list[str]:
        return [str(Specialty(code).label) for code in self.specialties]


class Policy(models.Model):
    """A published text of the house, numbered; a new one never changes the old."""

    class Kind(models.TextChoices):
        EDITORIAL = "editorial", "Editorial policy"
        PROFESSIONAL = "professional", "Disclaimer for professionals"
        LAY = "lay", "Disclaimer for patients and caregivers"

    kind = models.CharField(max_length=20, choices=Kind)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    body = models.TextField()
    in_force_from = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="the_policies_of_a_kind_are_numbered", fields=["kind", "number"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.number}"


class Chain(models.Model):
    """
    One ledger chain; a deed locks its subject by counting this row's head on.

    `head_seq` is the number of its last event, `checkpointed_seq` how far the last
    checkpoint saw the chain, `spread_seq` how far public pages follow the glossary's.
    """

    name = models.CharField(max_length=60, unique=True)
    article = models.OneToOneField(
        Article, models.PROTECT, null=True, blank=True, related_name="chain"
    )
    head_seq = models.PositiveIntegerField(default=0)
    checkpointed_seq = models.PositiveIntegerField(default=0)
    spread_seq = models.PositiveIntegerField(default=0, db_default=0)

    def __str__(self) -> str:
        return f"{self.name}@{self.head_seq}"


class Event(models.Model):
    """
    One deed: who did what, when and why, from which state to which, on which hash.

    `payload` is the canonical JSON the hash was made over, stored as it was hashed;
    the other columns repeat what queries need and are checked against it.
    """

    class Kind(models.TextChoices):
        CREATED = "created", "Draft opened"
        IMPORTED = "imported", "Imported"
        AUTHOR_INVITED = "author_invited", "Author invited"
        AUTHOR_JOINED = "author_joined", "Author joined"
        AUTHOR_DECLINED = "author_declined", "Invitation to write declined"
        AUTHOR_UNINVITED = "author_uninvited", "Invitation to write taken back"
        AUTHORS_ARRANGED = "authors_arranged", "Authors arranged"
        SUBMITTED = "submitted", "Submitted"
        RECALLED = "recalled", "Recalled by the author"
        TIER_CHANGED = "tier_changed", "Risk tier changed"
        SENT_TO_REVIEW = "sent_to_review", "Sent to review"
        INVITED = "invited", "Reviewer invited"
        ACCEPTED = "accepted", "Invitation accepted"
        DECLINED = "declined", "Invitation declined"
        EXPIRED = "expired", "Assignment expired"
        RECUSED = "recused", "Reviewer recused"
        UNASSIGNED = "unassigned", "Assignment withdrawn"
        REPORTED = "reported", "Review signed"
        REPORTED_LATE = "reported_late", "Review handed in late"
        REOPENED = "reopened", "Reviewer asked again"
        ALTERNATES_NAMED = "alternates_named", "Alternates named"
        MORE_TIME_ASKED = "more_time_asked", "More time asked for"
        EXTENDED = "extended", "Review date moved"
        DECLARED = "declared", "Interests declared"
        AWAY_NOTED = "away_noted", "Days away noted"
        AWAY_STRUCK = "away_struck", "Days away struck"
        NAMING_CHOSEN = "naming_chosen", "Choice to be named or not"
        ENTITIES_NAMED = "entities_named", "Companies and products named"
        BLINDING_CHANGED = "blinding_changed", "Blinding changed"
        EDITOR_CHANGED = "editor_changed", "Editor changed"
        REPLIED = "replied", "Comment answered"
        RECOMMENDED = "recommended", "Decision recommended"
        COMMENT_RESOLVED = "comment_resolved", "Comment resolved"
        RETURNED = "returned", "Returned for changes"
        REJECTED = "rejected", "Rejected"
        REVISED = "revised", "Next draft opened"
        APPROVED = "approved", "Approved"
        PUBLISHED = "published", "Published"
        PAGES_REBUILT = "pages_rebuilt", "Public pages rebuilt"
        PAGE_WITHHELD = "page_withheld", "Damaged page withheld"
        PREVIEW_SHOWN = "preview_shown", "Preview shown"
        PREVIEW_ENDED = "preview_ended", "Preview ended"
        NOTICE_PROPOSED = "notice_proposed", "Notice proposed"
        PROPOSAL_ENDED = "proposal_ended", "Proposed notice not issued"
        CONCERN_EXPRESSED = "concern_expressed", "Concern expressed"
        CONCERN_LIFTED = "concern_lifted", "Concern lifted"
        HELD = "held", "Put on hold"
        RELEASED = "released", "Released from hold"
        RETRACTED = "retracted", "Retracted"
        REINSTATED = "reinstated", "Reinstated"
        REMOVED = "removed", "Removed"
        ARCHIVED = "archived", "No longer maintained"
        WITHDRAWN = "withdrawn", "Withdrawn"
        REMINDED = "reminded", "Reviewer reminded"
        OVERDUE = "overdue", "Review ten days overdue"
        AUTHORS_REMINDED = "authors_reminded", "Authors reminded"
        ACCOUNT_CHANGED = "account_changed", "Account changed"
        POLICY_ISSUED = "policy_issued", "Policy issued"
        FACT_RECORDED = "fact_recorded", "Regulatory fact recorded"
        TERM_PROPOSED = "term_proposed", "Term proposed"
        TERM_APPROVED = "term_approved", "Term approved"
        TERM_ENDED = "term_ended", "Term taken out"
        LIBRARY_LOADED = "library_loaded", "Demonstration library loaded"
        READER_REPORT_CLOSED = "reader_report_closed", "Reader's report closed"
        READER_REPORT_EMPTIED = "reader_report_emptied", "Reader's words deleted"
        QUESTION_ASKED = "question_asked", "Reader wants to be told"
        QUESTION_SETTLED = "question_settled", "Reader's question decided on"
        QUESTION_CAME_BACK = "question_came_back", "Reader's question open again"
        QUESTION_SEPARATED = "question_separated", "Reader's question stands alone"
        QUESTION_EMPTIED = "question_emptied", "Words of reader's question deleted"
        EFFECT_SETTLED = "effect_settled", "Held mail settled by hand"

    chain = models.ForeignKey(Chain, models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=30, choices=Kind)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    article = models.ForeignKey(Article, models.PROTECT, null=True, related_name="+")
    version = models.ForeignKey(
        Version, models.PROTECT, null=True, related_name="events"
    )
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, null=True, related_name="events"
    )
    account = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    payload = models.TextField()
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="the_events_of_a_chain_are_numbered", fields=["chain", "seq"]
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["article", "seq"]),
            models.Index(
                name="events_about_an_account",
                fields=["account"],
                condition=Q(account__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain_id}:{self.seq} {self.kind}"


class Checkpoint(models.Model):
    """
    A signed statement of every chain head that moved since the one before.

    `payload` is canonical JSON {"form", "number", "at", "prev", "heads"}; `heads`
    maps a chain's name to [seq, hash].
    """

    number = models.PositiveIntegerField(unique=True)
    at = models.DateTimeField()
    payload = models.TextField()
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    public_key = models.CharField(max_length=64)
    value = models.CharField(max_length=128)

    def __str__(self) -> str:
        return f"Checkpoint {self.number}"


class Notification(models.Model):
    """
    What a person must know or do, in the program itself; a mail only points here.

    What `waits` has no mail of its own; `digest` is the mail that gathered it.
    """

    recipient = models.ForeignKey(User, models.CASCADE, related_name="notifications")
    event = models.ForeignKey(Event, models.PROTECT, related_name="notifications")
    text = models.CharField(max_length=500)
    path = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    waits = models.BooleanField(default=False)
    digest = models.ForeignKey(
        "Outbox", models.PROTECT, null=True, blank=True, related_name="notices"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="a_person_is_told_once_of_an_event",
                fields=["recipient", "event"],
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["recipient", "read_at", "-id"]),
            models.Index(
                name="notices_that_wait",
                fields=["created_at"],
                condition=Q(waits=True, digest=None, read_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class MailChoice(models.Model):
    """How often somebody is written to of what can wait; daily unless they say."""

    class Often(models.TextChoices):
        NONE = "none", "Never; I read it here"
        DAILY = "daily", "Once a day"
        WEEKLY = "weekly", "Once a week, on Mondays"

    person = models.OneToOneField(User, models.CASCADE, related_name="mail_choice")
    often = models.CharField(max_length=10, choices=Often, default=Often.DAILY)

    def __str__(self) -> str:
        return f"{self.person_id}: {self.often}"


class Outbox(models.Model):
    """An effect that is owed: one mail to one person or reader, or one publication."""

    class Topic(models.TextChoices):
        MAIL = "mail", "Mail"
        DIGEST = "digest", "Digest"
        LETTER = "letter", "Letter to a reader"
        PUBLISH = "publish", "Publication"

    class Status(models.TextChoices):
        PENDING = "pending", "Waiting"
        SENDING = "sending", "Being done"
        DONE = "done", "Done"
        MOOT = "moot", "No longer needed"
        UNKNOWN = "unknown", "Nobody knows whether it went out"
        PARKED = "parked", "Given up after repeated failure"

    dedupe_key = models.CharField(max_length=200, unique=True)
    topic = models.CharField(max_length=10, choices=Topic)
    status = models.CharField(max_length=10, choices=Status, default=Status.PENDING)
    event = models.ForeignKey(Event, models.PROTECT, related_name="effects")
    recipient = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asker = models.ForeignKey(
        "Asker", models.PROTECT, null=True, blank=True, related_name="letters"
    )
    available_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempt_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(default="", blank=True)

    class Meta:
        verbose_name_plural = "outbox"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_mail_has_a_recipient",
                condition=~Q(topic="mail") | Q(recipient__isnull=False),
            ),
            models.CheckConstraint(
                name="a_letter_has_a_reader",
                condition=~Q(topic="letter") | Q(asker__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["status", "topic", "available_at"]),
            models.Index(fields=["claim"]),
        ]

    def __str__(self) -> str:
        return self.dedupe_key


class Publication(models.Model):
    """A version that the public saw, from when to when, on whose approval."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="publications")
    version = models.OneToOneField(Version, models.PROTECT, related_name="publication")
    approval = models.OneToOneField(
        Signature, models.PROTECT, related_name="publication"
    )
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_current_publication_per_article",
                fields=["article"],
                condition=Q(ended_at=None),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["ended_at", "-published_at"]),
            models.Index(fields=["published_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} from {self.published_at:%Y-%m-%d}"


class ReaderReport(models.Model):
    """
    What a reader says is wrong with a public text; they need no account.

    Whoever closes it says what became of it, and why; their address goes then, and the
    words of one about a person then or later.
    """

    class Disposition(models.TextChoices):
        CORRECT = "correct", "It is right: the text is being corrected"
        NO_ERROR = "no_error", "The text is right as it stands"
        KNOWN = "known", "It was reported already"
        UNCLEAR = "unclear", "It cannot be followed up"
        OFF_TOPIC = "off_topic", "It is not about the text"
        PERSONAL = "personal", "It is about a person: its words are deleted"

    article = models.ForeignKey(Article, models.PROTECT, related_name="reader_reports")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    where = models.CharField(max_length=300, default="", blank=True)
    text = models.TextField()
    email = models.EmailField(default="", blank=True)
    received_at = models.DateTimeField(default=timezone.now)
    disposition = models.CharField(
        max_length=10, choices=Disposition, default="", blank=True
    )
    reason = models.TextField(default="", blank=True)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_closed_report_says_what_became_of_it",
                condition=Q(closed_at=None, closed_by=None, disposition="", reason="")
                | Q(closed_at__isnull=False, closed_by__isnull=False, email="")
                & ~Q(disposition="")
                & ~Q(reason=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                name="reader_reports_that_wait",
                fields=["received_at"],
                condition=Q(closed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.text[:40]}"

    def get_absolute_url(self) -> str:
        return reverse("desk-reader-report", args=[self.pk])

    @property
    def has_words(self) -> bool:
        return bool(self.text or self.where)


class Question(models.Model):
    """
    What a reader asked and no article answers; they need no account.

    Those that ask the same wait as one: all but the first of them name it as their
    `group`, and what becomes of it becomes of them. `answer` is the article that
    answers it, or that is written to.
    """

    class Disposition(models.TextChoices):
        ANSWERED = "answered", "A public article answers it"
        DRAFT = "draft", "An article is being written"
        DUPLICATE = "duplicate", "It was asked before"
        NOT_CLINICAL = "not_clinical", "It is not a clinical question"
        OUT_OF_SCOPE = "out_of_scope", "This library does not take it up"
        PERSONAL = (
            "personal",
            "It asks what one person should do: its words are deleted",
        )

    words = models.TextField()
    received_at = models.DateTimeField(default=timezone.now)
    group = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="others"
    )
    disposition = models.CharField(
        max_length=15, choices=Disposition, default="", blank=True
    )
    reason = models.TextField(default="", blank=True)
    answer = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="questions"
    )
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_question_decided_on_says_what_became_of_it",
                condition=Q(decided_at=None, decided_by=None, disposition="", reason="")
                | Q(decided_at__isnull=False, decided_by__isnull=False)
                & ~Q(disposition="")
                & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="a_question_that_is_answered_names_the_article",
                condition=Q(disposition__in=["answered", "draft"], answer__isnull=False)
                | ~Q(disposition__in=["answered", "draft"]) & Q(answer=None),
            ),
            models.CheckConstraint(
                name="a_question_asked_before_stands_with_the_other",
                condition=Q(group=None) & ~Q(disposition="duplicate")
                | Q(group__isnull=False, disposition__in=["", "duplicate"]),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                name="questions_that_wait",
                fields=["received_at"],
                condition=Q(group=None, decided_at=None),
            ),
            models.Index(
                name="questions_being_written_to",
                fields=["answer"],
                condition=Q(disposition="draft"),
            ),
        ]

    def __str__(self) -> str:
        return self.words[:40]

    def get_absolute_url(self) -> str:
        return reverse("desk-question", args=[self.pk])


class Asker(models.Model):
    """
    Who left an address to be told what became of their question.

    `event` records that somebody did. The address is theirs once they have confirmed
    it, and is deleted when they were told, or when nobody confirmed it in time.
    """

    question = models.OneToOneField(Question, models.PROTECT, related_name="asker")
    event = models.ForeignKey(Event, models.PROTECT, related_name="+")
    address = models.EmailField(default="", blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="the_address_of_whoever_was_told_is_deleted",
                condition=Q(told_at=None) | Q(address=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                name="askers_who_wait", fields=["asked_at"], condition=~Q(address="")
            ),
        ]

    def __str__(self) -> str:
        return f"asker {self.pk}"


class SavedFilter(models.Model):
    """A view of the editors' list that somebody keeps, as its query string."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="saved_filters")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="a_person_names_a_filter_once", fields=["owner", "name"]
            ),
        ]
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name
