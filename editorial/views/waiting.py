"""A row of the editors' desk: what it is, why it is here, and what comes next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from articles.models import Notice, Version
from articles.states import VersionState
from editorial import buckets as b
from editorial import desk_lists, panels, policies, roles, workflow
from editorial.models import Outbox, Question, ReaderReport
from editorial.rows import lend_up
from editorial.views import chasing
from reviews import reminders
from reviews.models import Assignment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.models import Article
    from editorial.buckets import Bucket
    from editorial.desk_lists import Entry
    from editorial.models import User

OPEN = "Open"
WEIGH = "Weigh the reviews"
NO_TEXT = "An account of this house"
REPORT_SHOWN = 160


@dataclass(frozen=True, slots=True)
class Next:
    """The button of a row: a way to a page, or a deed with what its form sends."""

    label: str
    address: str
    sends: dict[str, Any] = field(default_factory=dict)

    @property
    def is_quiet(self) -> bool:
        return self.label == OPEN


@dataclass(frozen=True, slots=True)
class Row:
    """
    One thing that waits, in the words of the desk; what is about no text has a `title`.

    `short` says that those asked make up no quorum any more.
    """

    code: str
    version: Version | None
    why: str
    since: dt.datetime
    promised: dt.datetime | None
    chase: str
    next: Next
    chosen_as: str = ""
    otherwise: Next | None = None
    short: str = ""
    title: str = NO_TEXT

    @property
    def what(self) -> str:
        return str(self.version.question) if self.version else self.title

    @property
    def article(self) -> Article | None:
        return self.version.article if self.version else None

    @property
    def writers(self) -> str:
        byline = self.version.byline if self.version else []
        return "; ".join(person["name"] for person in byline)


def rows(entries: Iterable[Entry], user: User) -> list[Row]:
    """The rows of a page, each kind read by one query."""
    entries = list(entries)
    read: dict[type[Any], dict[int, Any]] = {
        Version: desk_lists.versions(_keys(entries, Version)),
        Assignment: desk_lists.assignments(_keys(entries, Assignment)),
        Outbox: desk_lists.effects(_keys(entries, Outbox)),
        ReaderReport: desk_lists.reader_reports(_keys(entries, ReaderReport)),
        Question: desk_lists.questions(_keys(entries, Question)),
        Notice: desk_lists.notices(_keys(entries, Notice)),
    }
    panels.read(read[Version].values())
    may_act = roles.on_the_desk(user)
    found = []
    for entry in entries:
        thing = read[entry.bucket.model].get(entry.key.pk)
        if thing is not None:
            found.append(row(entry, thing, user if may_act else None))
    return found


def _keys(entries: list[Entry], model: type[Any]) -> list[int]:
    return [entry.key.pk for entry in entries if entry.bucket.model is model]


def row(entry: Entry, thing: Any, by: User | None) -> Row:
    """`by` acts on the desk; an auditor, who only reads, is nobody here."""
    match thing:
        case Version():
            return _of_version(entry, thing, by)
        case Assignment():
            return _of_assignment(entry, thing, by)
        case ReaderReport():
            return _of_report(entry, thing, by)
        case Question():
            return _of_question(entry, thing, by)
        case Notice():
            return _of_notice(entry, thing, by)
    return _of_effect(entry, thing, by)


def _of_version(entry: Entry, version: Version, by: User | None) -> Row:
    short = panels.deserted(version) if entry.bucket is b.TO_DECIDE else ""
    next_step = _step(entry.bucket, version, by) if by else _open(version)
    return Row(
        code=entry.bucket.code,
        version=version,
        why=_why(entry.bucket, version),
        since=entry.since,
        promised=entry.key.promised,
        chase="" if short else CHASES.get(entry.bucket, ""),
        next=_invite(version) if by and short else next_step,
        chosen_as=_chosen(version.article) if by else "",
        short=short,
        otherwise=_send(version) if by and entry.bucket is b.TO_ASSIGN else None,
    )


def listed(versions: list[Version], by: User | None) -> list[Row]:
    """Rows of a list by state, which wait for nobody in particular."""
    panels.read(versions)
    return [_listed(version, by) for version in versions]


def _listed(version: Version, by: User | None) -> Row:
    since = version.decided_at or version.review_started_at or version.submitted_at
    is_judged = version.state == VersionState.UNDER_REVIEW
    counted = panels.told(version) if is_judged else ""
    short = panels.short(version) if is_judged else ""
    return Row(
        code=str(version.state),
        version=version,
        why=counted or version.decision_reason[:200],
        since=since or version.created_at,
        promised=None,
        chase="",
        next=_invite(version) if by and short else _open(version),
        chosen_as=_chosen(version.article) if by else "",
        short=short,
    )


def _why(bucket: Bucket, version: Version) -> str:
    if bucket is b.TO_ASSIGN:
        return "No editor yet"
    if bucket is b.TO_SEND:
        return f"{version.article.editor} has it; no reviewer is asked yet"
    if bucket is b.REVISIONS:
        return f"The authors answered with version {version.number}"
    if bucket is b.APPROVALS:
        return f"An editor has advised; {panels.told(version)}"
    return panels.told(version)


CHASES = {
    b.TO_ASSIGN: "Nobody is reminded of it; the desk was told when it came in",
    b.TO_SEND: "Nobody is reminded of it; its editor was told when it came in",
    b.REVISIONS: "Nobody is reminded of it; its editor was told when it came in",
    b.TO_DECIDE: "Nobody is reminded of it; its editor was told of each review",
    b.APPROVALS: "Nobody is reminded of it; the chief editors were told of the advice",
    b.PUBLISHING: "It is tried no more until somebody settles it",
    b.TO_SIGN: "It expires two weeks after it was proposed",
    b.ON_HOLD: "Nobody is reminded of it; the desk was told when it was stopped",
    b.DOUBTED: "Nobody is reminded of it; a concern is settled within half a year",
    b.READERS: "Nobody is reminded of it; readers are told nothing by themselves",
    b.QUESTIONS: "Nobody is reminded of it",
    b.MAIL: "It is sent no more until somebody settles it",
}


def _step(bucket: Bucket, version: Version, by: User) -> Next:
    if bucket is b.TO_ASSIGN:
        article = version.article
        sends = {"editor": by.pk, "seen": article.revision}
        return Next("Take it", reverse("desk-editor", args=[article.pk]), sends)
    if bucket in (b.TO_SEND, b.REVISIONS):
        may_send = policies.is_free_for(by, lend_up(version))
        return _send(version) if may_send else _open(version)
    if bucket is b.APPROVALS and not policies.is_chief(by):
        return _open(version)
    page = reverse("desk-decide", args=[version.pk])
    if not panels.reviews_suffice(version):
        return Next(WEIGH, page)
    step = workflow.APPROVE if policies.is_chief(by) else workflow.RECOMMEND
    return Next("Decide", unfolded(page, step.name))


def unfolded(page: str, step: str) -> str:
    """The address of a page with one of its steps open, and in sight."""
    return f"{page}?step={step}#{step}"


def _send(version: Version) -> Next:
    page = version.get_absolute_url()
    return Next("Send to review", unfolded(page, workflow.SEND_TO_REVIEW.name))


def _invite(version: Version) -> Next:
    page = version.get_absolute_url()
    return Next(workflow.INVITE.label, unfolded(page, workflow.INVITE.name))


def _open(version: Version) -> Next:
    return Next(OPEN, version.get_absolute_url())


def _chosen(article: Article, assignment: Assignment | None = None) -> str:
    """How a form names the row, with what was seen of it."""
    about = (assignment.pk, assignment.revision) if assignment else (0, 0)
    return ".".join(str(n) for n in (article.pk, article.revision, *about))


def _of_assignment(entry: Entry, row: Assignment, by: User | None) -> Row:
    following = _chasing(entry.bucket, row) if by else _open(row.version)
    short, invite = _short(row), _invite(row.version)
    leads_there = following.address == invite.address
    wanted = bool(by and short and not leads_there)
    return Row(
        code=entry.bucket.code,
        version=row.version,
        why=_waiting_for(entry.bucket, row),
        since=row.accepted_at or row.invited_at,
        promised=entry.key.promised,
        chase=chasing.ahead(row),
        next=invite if wanted and following.is_quiet else following,
        chosen_as=_chosen(row.version.article, row) if by else "",
        otherwise=invite if wanted and not following.is_quiet else None,
        short=short,
    )


def _short(row: Assignment) -> str:
    return panels.shortage(row.version.article.tier, row.__dict__["able"])


def _waiting_for(bucket: Bucket, row: Assignment) -> str:
    who = row.reviewer.printed_name
    if bucket is b.UNANSWERED:
        return f"{who} has not answered the invitation"
    if bucket is b.MORE_TIME:
        return f"{who} asks for more time, until {row.asked_until:%-d %B}"
    if bucket is b.DUE:
        return f"{who} has accepted; the review is due soon"
    days = (timezone.now() - row.due_at).days if row.due_at else 0
    late = {0: "less than a day", 1: "1 day"}.get(days, f"{days} days")
    return f"{who} is {late} overdue"


def _chasing(bucket: Bucket, row: Assignment) -> Next:
    page = row.version.get_absolute_url()
    asking = unfolded(page, workflow.INVITE.name)
    if bucket is b.UNANSWERED and row.respond_by < timezone.now():
        return Next("Ask somebody else", asking)
    if bucket is b.MORE_TIME:
        step = workflow.EXTEND
        return Next(step.label, unfolded(row.get_absolute_url(), step.name))
    if bucket is b.OVERDUE:
        over = timezone.now() - dt.timedelta(days=reminders.OVERDUE)
        if row.due_at and row.due_at < over:
            return Next("Replace reviewer", asking)
        sends = {"deed": "remind", "chosen": _chosen(row.version.article, row)}
        return Next("Remind", reverse("desk-bulk"), sends)
    return Next(OPEN, page)


def _of_effect(entry: Entry, effect: Outbox, by: User | None) -> Row:
    to = f" to {effect.recipient.printed_name}" if effect.recipient else ""
    what = effect.event.get_kind_display()
    held = str(effect.get_status_display()).lower()
    label = "Settle it" if by else "Look at it"
    return Row(
        code=entry.bucket.code,
        version=effect.event.version,
        why=f"{effect.get_topic_display()}{to}: {what}; {held}",
        since=effect.settled_at or effect.available_at,
        promised=entry.key.promised,
        chase=CHASES[entry.bucket],
        next=Next(label, reverse("desk-effects")),
    )


def _of_report(entry: Entry, report: ReaderReport, by: User | None) -> Row:
    label = "Answer it" if by else "Look at it"
    return Row(
        code=entry.bucket.code,
        version=report.version,
        why=f"A reader: {Truncator(report.text).chars(REPORT_SHOWN)}",
        since=report.received_at,
        promised=entry.key.promised,
        chase=CHASES[entry.bucket],
        next=Next(label, report.get_absolute_url()),
    )


def _of_question(entry: Entry, question: Question, by: User | None) -> Row:
    again = question.__dict__["again"]
    times = {0: "once", 1: "twice"}.get(again, f"{again + 1} times")
    return Row(
        code=entry.bucket.code,
        version=None,
        why=f"Asked {times}; no article answers it",
        since=question.received_at,
        promised=entry.key.promised,
        chase=CHASES[entry.bucket],
        next=Next("Decide on it" if by else "Look at it", question.get_absolute_url()),
        title=Truncator(question.words).chars(REPORT_SHOWN),
    )


def _of_notice(entry: Entry, notice: Notice, by: User | None) -> Row:
    who = notice.proposed_by.printed_name
    kind = str(notice.get_kind_display()).lower()
    is_open = entry.bucket is b.TO_SIGN
    words = Truncator(notice.words).chars(REPORT_SHOWN)
    label = "Settle it" if by else "Look at it"
    return Row(
        code=entry.bucket.code,
        version=notice.version,
        why=f"{who} proposes: {kind}" if is_open else f"{who}: {words}",
        since=entry.since,
        promised=entry.key.promised,
        chase=CHASES[entry.bucket],
        next=Next(label, reverse("desk-standing", args=[notice.article_id])),
    )
