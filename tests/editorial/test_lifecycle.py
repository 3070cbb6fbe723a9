"""
Random deeds by random people, in any order, fresh or stale: nothing ever breaks.

After every rule the database is asked for what must hold always; after every refusal,
that it is what it was. A run that reaches no approval, no publication and no second
version proves nothing, so what was reached is counted and asserted.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from contextlib import suppress
from html import escape
from typing import TYPE_CHECKING, Any

import hypothesis
import hypothesis.strategies as st
import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from articles.canonical import sha256_hex
from articles.models import Article, Page, Version
from articles.states import OPEN, Standing, VersionState
from editorial import people as machines
from editorial import roles
from editorial.actions import (
    authoring,
    caring,
    deciding,
    desk,
    inviting,
    publishing,
    reviewing,
)
from editorial.errors import MovedOn, Refused
from editorial.models import Event, Publication, User
from reviews import items, signing
from reviews.models import Assignment, Signature
from reviews.states import IN_FAVOUR
from reviews.tiers import QUORUM
from tests import make, traces

if TYPE_CHECKING:
    from collections.abc import Callable

REFUSALS = (Refused, MovedOn, PermissionDenied)
NUMBER = st.integers(0, 9999)
START = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
REACHED: Counter[str] = Counter()

MOVES = {
    # kind of event: where it takes the version, None where it stays
    "created": "draft",
    "submitted": "submitted",
    "recalled": "draft",
    "sent_to_review": "under_review",
    "returned": "returned",
    "rejected": "rejected",
    "approved": "approved",
    "withdrawn": "withdrawn",
}


def recorded() -> int:
    """The events of deeds; who comes in is put on record beside them."""
    return traces.events().exclude(kind=Event.Kind.DECLARED).count()


class Cast:
    """Everybody who tries something, made once for all examples."""

    def __init__(self) -> None:
        self.authors = [make.author() for _ in range(2)]
        self.writing_chief = make.user(roles.AUTHOR, roles.CHIEF_EDITOR)
        self.editors = [make.editor() for _ in range(2)]
        self.chiefs = [make.chief() for _ in range(2)]
        self.reviewers = [make.reviewer() for _ in range(4)]
        self.reviewing_chief = make.reviewer(roles.CHIEF_EDITOR)
        self.system = machines.system()
        self.everybody = [
            *self.authors,
            self.writing_chief,
            *self.editors,
            *self.chiefs,
            *self.reviewers,
            self.reviewing_chief,
            self.system,
            make.user(is_superuser=True),
            make.user(roles.AUDITOR),
            make.user(roles.ADMINISTRATOR),
            make.chief(is_active=False),
        ]
        traces.put_declarations_on_record()
        make.BoardMember.objects.update(load_cap=50)


class Lifecycle(RuleBasedStateMachine):
    """One house, its clock, and whoever tries something next."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.clock = time_machine.travel(START, tick=True)
        self.now = self.clock.start()
        self.block = transaction.atomic()
        self.block._from_testcase = True  # type: ignore[attr-defined]  # noqa: SLF001
        self.block.__enter__()
        self.events = recorded()
        self.changed = True

    def teardown(self) -> None:
        """The record only grows: what a deed broke in it is still broken in the end."""
        try:
            assert traces.problems() == []
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)
            self.clock.stop()

    # How far an article is when the story begins

    @initialize(
        depth=st.integers(0, 5),
        tier=st.sampled_from("BCCA"),
        who=NUMBER,
        shown=st.booleans(),
    )
    def begin(self, *, depth: int, tier: str, who: int, shown: bool) -> None:
        by = self.pick([*self.cast.authors, self.cast.writing_chief], who)
        version = make.draft(by=by)
        if depth > 0:
            version = authoring.submit(version.pk, by=by)
        if depth > 1:
            asked = self.cast.reviewers[: QUORUM[tier].reviewers]
            editor = self.cast.editors[0]
            version = make.send(version, tier=tier, reviewers=asked, editor=editor)
            if shown and tier != "A":
                publishing.show_preview(version.article_id, by=editor, reason="Asked")
        if depth > 2:
            make.report_all(version)
        if depth > 3:
            make.approve(make.again(version), by=self.cast.chiefs[0])
        if depth > 4:
            publishing.publish(version.article_id, by=self.cast.system)
        self.events = recorded()

    # Deeds

    @rule(who=NUMBER, fits=st.booleans())
    def open_article(self, *, who: int, fits: bool) -> None:
        if Article.objects.count() > 3:
            return
        people = self.cast.authors if fits else self.cast.everybody
        by = self.pick(people, who)
        self.do(lambda: authoring.open_article(by=by, text=make.text()))

    @rule(at=NUMBER, who=NUMBER, fits=st.booleans(), stale=NUMBER)
    def edit(self, *, at: int, who: int, fits: bool, stale: int) -> None:
        version = self.version(at, "draft")
        by = self.somebody(who, self.author_of(version), fits=fits)
        seen = self.seen(version, stale)
        text = make.text(change_summary="Mended")
        with_events = self.events
        self.do(
            lambda: authoring.edit(version.pk, by=by, text=text, seen=seen), events=0
        )
        assert self.events == with_events

    @rule(
        name=st.sampled_from(["recall", "submit", "revise"]),
        at=NUMBER,
        who=NUMBER,
        fits=st.sampled_from([True, True, True, False]),
        stale=NUMBER,
    )
    def author_step(
        self, *, name: str, at: int, who: int, fits: bool, stale: int
    ) -> None:
        states = {
            "submit": "draft",
            "recall": "submitted",
            "revise": "approved returned",
        }
        version = self.version(at, states[name])
        by = self.somebody(who, self.author_of(version), fits=fits)
        deed = getattr(authoring, name)
        seen = self.seen(version, stale)
        if name == "submit" and version.state == "draft":
            self.answer_items(version)
        self.do(lambda: deed(version.pk, by=by, seen=seen), name)

    @rule(at=NUMBER, who=NUMBER, fits=st.booleans(), stale=NUMBER, reason=st.booleans())
    def withdraw(
        self, *, at: int, who: int, fits: bool, stale: int, reason: bool
    ) -> None:
        version = self.version(at, "draft submitted under_review")
        if at % 3 == 0:  # a house where everything is given up reaches nothing
            return
        by = self.somebody(who, self.author_of(version), fits=fits)
        why = "Overtaken" if reason else " "
        seen = self.seen(version, stale)
        self.do(
            lambda: authoring.withdraw(version.pk, by=by, reason=why, seen=seen),
            "withdraw",
        )

    @rule(
        at=NUMBER,
        who=NUMBER,
        fits=st.sampled_from([True, True, True, False]),
        tier=st.sampled_from("ABCC"),
        extra=st.integers(0, 3),
        stale=NUMBER,
    )
    def send_to_review(
        self, *, at: int, who: int, fits: bool, tier: str, extra: int, stale: int
    ) -> None:
        version = self.version(at, "submitted")
        by = self.somebody(who, self.pick(self.cast.editors, who), fits=fits)
        board = [*self.cast.reviewers, self.cast.reviewing_chief]
        asked = [p.pk for p in board[: QUORUM[tier].reviewers + extra]]
        seen = self.seen(version, stale)
        self.do(
            lambda: desk.send_to_review(
                version.pk,
                by=by,
                tier=tier,
                specialty=make.CARDIOLOGY,
                reviewers=asked,
                reason="As it is",
                seen=seen,
            ),
            "send_to_review",
        )

    @rule(at=NUMBER, who=NUMBER, whom=NUMBER, fits=st.booleans())
    def invite(self, *, at: int, who: int, whom: int, fits: bool) -> None:
        version = self.version(at, "under_review")
        by = self.somebody(who, self.pick(self.cast.editors, who), fits=fits)
        asked = self.pick(self.cast.everybody, whom)
        self.do(
            lambda: inviting.invite(version.pk, by=by, reviewers=[asked.pk]), "invite"
        )

    @rule(
        name=st.sampled_from(["accept", "accept", "accept", "decline", "recuse"]),
        at=NUMBER,
        who=NUMBER,
        fits=st.sampled_from([True, True, True, False]),
    )
    def answer(self, *, name: str, at: int, who: int, fits: bool) -> None:
        asked = self.assignment(at, "accepted" if name == "recuse" else "invited")
        if asked is None:
            return
        by = self.somebody(who, asked.reviewer, fits=fits)
        given: dict[str, Any] = (
            {"answers": make.answers()} if name == "accept" else {"reason": "No time"}
        )
        deed = getattr(reviewing, name)
        self.do(lambda: deed(asked.pk, by=by, **given), name)

    @rule(
        at=NUMBER,
        who=NUMBER,
        fits=st.sampled_from([True, True, True, False]),
        vote=st.sampled_from(["approve", "approve", "minor", "approve", "changes"]),
        blocks=st.sampled_from([False, False, False, True]),
        late=st.booleans(),
    )
    def report(
        self, *, at: int, who: int, fits: bool, vote: str, blocks: bool, late: bool
    ) -> None:
        asked = self.assignment(at, "accepted")
        if asked is None:
            return
        by = self.somebody(who, asked.reviewer, fits=fits)
        proven = make.proven(by)
        if late and at % 3 == 1:
            self.now.shift(dt.timedelta(minutes=6))
        comments = (make.blocking(),) if blocks else ()
        findings = make.findings(
            vote=vote,
            remarks="As said",
            comments=comments,
            checks=make.checks(asked.version),
        )
        self.do(
            lambda: reviewing.report(asked.pk, by=by, findings=findings, proven=proven),
            "report",
        )

    @rule(at=NUMBER, fits=st.sampled_from([True, True, False]), who=NUMBER)
    def review_what_is_open(self, *, at: int, fits: bool, who: int) -> None:
        """Everybody who was asked reports, as on a good day."""
        version = self.version(at, "under_review")
        for asked in version.assignments.select_related("reviewer").order_by("pk"):
            self.reviewed_by(asked, self.somebody(who, asked.reviewer, fits=fits))

    @rule(
        at=NUMBER,
        who=NUMBER,
        fits=st.sampled_from([True, True, True, False]),
        stale=NUMBER,
        shown=st.sampled_from(["own", "own", "own", "other", "none"]),
        days=st.sampled_from([0, 0, 0, 2]),
    )
    def approve(
        self, *, at: int, who: int, fits: bool, stale: int, shown: str, days: int
    ) -> None:
        version = self.version(at, "under_review")
        by = self.somebody(who, self.pick(self.cast.chiefs, who), fits=fits)
        sha256 = {"own": version.sha256, "other": "a" * 64, "none": ""}[shown]
        at_time = timezone.now() + dt.timedelta(days=days)
        seen = self.seen(version, stale)
        done = self.do(
            lambda: deciding.approve(
                version.pk,
                by=by,
                sha256=sha256,
                proven=make.proven(by),
                publish_at=at_time,
                seen=seen,
            ),
            "approve",
        )
        if done:
            assert shown == "own"
            self.was_due(version, by)

    @rule(
        name=st.sampled_from(["return_for_changes", "return_for_changes", "reject"]),
        at=NUMBER,
        who=NUMBER,
        fits=st.booleans(),
        stale=NUMBER,
    )
    def decide_against(
        self, *, name: str, at: int, who: int, fits: bool, stale: int
    ) -> None:
        version = self.version(at, "submitted under_review")
        if name == "reject" and at % 3 != 1:
            return
        by = self.somebody(who, self.pick(self.cast.chiefs, who), fits=fits)
        deed = getattr(desk, name)
        seen = self.seen(version, stale)
        self.do(lambda: deed(version.pk, by=by, reason="Mend it", seen=seen), name)

    @rule(at=NUMBER, who=NUMBER, fits=st.booleans())
    def resolve(self, *, at: int, who: int, fits: bool) -> None:
        version = self.version(at, "under_review")
        comment = version.comments.filter(resolved_at=None).order_by("pk").first()
        by = self.somebody(who, self.pick(self.cast.editors, who), fits=fits)
        pk = comment.pk if comment else 0
        self.do(
            lambda: desk.resolve(version.pk, by=by, comment_id=pk, reason="It is right")
        )

    @rule(
        name=st.sampled_from(["unassign", "expire"]),
        at=NUMBER,
        who=NUMBER,
        fits=st.booleans(),
    )
    def take_back(self, *, name: str, at: int, who: int, fits: bool) -> None:
        asked = self.assignment(at, "invited accepted")
        if asked is None or at % 3 != 1:
            return
        by = self.somebody(who, self.pick(self.cast.editors, who), fits=fits)
        deed = getattr(inviting, name)
        self.do(lambda: deed(asked.pk, by=by, reason="Enough"), name)

    @rule(at=NUMBER, who=NUMBER, fits=st.booleans(), tier=st.sampled_from("ABC"))
    def change_tier(self, *, at: int, who: int, fits: bool, tier: str) -> None:
        article = self.article(at)
        by = self.somebody(who, self.pick(self.cast.chiefs, who), fits=fits)
        pk = article.pk
        self.do(lambda: desk.change_tier(pk, by=by, tier=tier, reason="So it is"))

    @rule(
        name=st.sampled_from(
            ["publish", "show_preview", "show_preview", "end_preview"]
        ),
        at=NUMBER,
        who=NUMBER,
        fits=st.sampled_from([True, True, False]),
        stale=NUMBER,
    )
    def show(self, *, name: str, at: int, who: int, fits: bool, stale: int) -> None:
        article = self.article(at)
        by = self.somebody(who, self.pick(self.cast.chiefs, who), fits=fits)
        deed, seen = getattr(publishing, name), self.seen(article, stale)
        self.do(lambda: deed(article.pk, by=by, reason="Asked for", seen=seen), name)

    # A good day: the next step that a text is waiting for, by whoever takes it

    @rule(
        at=NUMBER,
        steps=st.integers(1, 6),
        turn=st.sampled_from(["", "", "preview", "return", "recall"]),
    )
    def go_on(self, *, at: int, steps: int, turn: str) -> None:
        pk = self.pick(list(Article.objects.order_by("pk")), at).pk
        for _ in range(steps):
            version = Version.objects.filter(article=pk).order_by("-number")[0]
            self.next_step(make.again(version), turn)

    def next_step(self, version: Version, turn: str) -> None:
        by = self.author_of(version)
        pk = version.pk
        match version.state:
            case "draft":
                self.answer_items(version)
                self.do(lambda: authoring.submit(pk, by=by), "submit")
            case "submitted" if turn == "recall":
                self.do(lambda: authoring.recall(pk, by=by), "recall")
            case "submitted":
                tier = version.article.tier or "C"
                asked = self.cast.reviewers[: QUORUM[tier].reviewers]
                self.do(lambda: make.send(version, tier=tier, reviewers=asked))
            case "under_review":
                self.judge(version, turn)
            case "approved" if hasattr(version, "publication"):
                self.do(lambda: authoring.revise(pk, by=by), "revise")
            case "approved":
                self.scheduler()
            case "returned":
                self.do(lambda: authoring.revise(pk, by=by), "revise")
            case _:
                self.do(lambda: authoring.open_article(by=by, text=make.text()))

    def answer_items(self, version: Version) -> None:
        """What the version before left to be answered."""
        if items.of(version).exists():
            by = self.author_of(version)
            self.do(lambda: make.answered(version, by=by), events=0)

    def judge(self, version: Version, turn: str) -> None:
        pk, editor, chief = version.pk, self.cast.editors[1], self.cast.chiefs[0]
        if turn == "return":
            self.do(
                lambda: desk.return_for_changes(pk, by=editor, reason="Mend it"),
                "return_for_changes",
            )
            return
        if turn == "preview":
            self.preview(version)
        self.finish_review(version)
        self.do(lambda: make.approve(make.again(version), by=chief), "approve")
        if make.again(version).state == "approved":
            self.was_due(make.again(version), chief)

    def preview(self, version: Version) -> None:
        article, by = version.article_id, self.cast.editors[1]
        self.do(lambda: publishing.show_preview(article, by=by, reason="Asked for"))

    def finish_review(self, version: Version) -> None:
        for asked in version.assignments.select_related("reviewer").order_by("pk"):
            self.reviewed_by(asked, asked.reviewer)

    def reviewed_by(self, asked: Assignment, by: User) -> None:
        findings = make.findings(checks=make.checks(asked.version))
        if asked.state == "invited":
            self.do(lambda: reviewing.accept(asked.pk, by=by, answers=make.answers()))
        self.do(
            lambda: reviewing.report(
                asked.pk, by=by, findings=findings, proven=make.proven(by)
            ),
            "report",
        )

    # The machinery

    @rule()
    def scheduler(self) -> None:
        due = publishing.publish_due()
        assert due[1] == 0
        self.grew(due[0])
        REACHED["publish"] += due[0]

    @rule()
    def reminders(self) -> None:
        self.grew(caring.remind_due())

    @rule()
    def rebuild(self) -> None:
        for pk in Article.objects.filter(
            standing__in=["preview", "published"]
        ).values_list("pk", flat=True):
            publishing.rebuild(pk, by=self.cast.system)
            self.grew(1)

    @rule(jump=st.sampled_from([-60, 60, 6 * 60, 24 * 60, 3 * 24 * 60, 20 * 24 * 60]))
    def time_goes_by(self, jump: int) -> None:
        self.now.shift(dt.timedelta(minutes=jump))

    # What must hold always

    @invariant()
    def the_record_holds(self) -> None:
        if not self.changed:
            return
        self.changed = False
        assert states_by_events() == states_by_rows()
        for article in Article.objects.prefetch_related("versions").order_by("pk"):
            one_of_each(article)
            nothing_hidden_is_shown(article)
            if article.standing == Standing.PUBLISHED:
                REACHED["seen published"] += 1
                what_is_served_was_approved(article)
        duties_are_separate()
        nobody_hears_of_themselves()

    # Helpers

    def do(self, deed: Callable[[], object], name: str = "", events: int = 1) -> bool:
        """Try a deed: it leaves its events, or it leaves nothing."""
        before = footprint()
        try:
            deed()
        except REFUSALS as error:
            assert footprint() == before
            REACHED[type(error).__name__] += 1
            return False
        if name in SAID_AGAIN and footprint() == before:
            REACHED["replays"] += 1
            return False
        self.grew(events)
        REACHED[name] += 1
        if name in ONCE:
            self.twice(deed)
        return True

    def twice(self, deed: Callable[[], object]) -> None:
        """A second click never does it again."""
        before = footprint()
        with suppress(*REFUSALS):
            deed()
        assert footprint() == before
        REACHED["replays"] += 1

    def grew(self, count: int) -> None:
        self.changed = True
        now = recorded()
        assert now == self.events + count
        self.events = now

    def was_due(self, version: Version, by: User) -> None:
        """The approval that was just given had everything it needs."""
        article = make.article(version)
        quorum = QUORUM[article.tier]
        reports = Assignment.objects.filter(
            version=version,
            state="reported",
            report__vote__in=IN_FAVOUR,
            report__sha256=version.sha256,
        )
        assert reports.count() >= quorum.reviewers
        assert not quorum.in_specialty or any(
            article.specialty in a.reviewer.board_member.specialties for a in reports
        )
        assert article.editor_id not in [a.reviewer_id for a in reports]
        blocking = version.comments.filter(kind="blocking", resolved_at=None)
        assert not blocking.exists()
        assert roles.CHIEF_EDITOR in by.roles
        assert by.is_active
        if version.number > 1:
            REACHED["second versions approved"] += 1

    def pick(self, found: list[Any], at: int) -> Any:
        return found[at % len(found)]

    def somebody(self, at: int, who_fits: User, *, fits: bool) -> User:
        return who_fits if fits else self.pick(self.cast.everybody, at)

    def author_of(self, version: Version) -> User:
        pk = version.article.authorships.order_by("pk").values_list("user", flat=True)
        known = {person.pk: person for person in self.cast.everybody}
        return known[pk[0]]

    def version(self, at: int, states: str) -> Version:
        """A version in one of the states, mostly; else any."""
        rows = Version.objects.select_related("article").order_by("pk")
        likely = list(rows.filter(state__in=states.split()))
        found = list(rows) if at % 10 == 9 or not likely else likely
        return found[at % len(found)]

    def assignment(self, at: int, states: str) -> Assignment | None:
        rows = Assignment.objects.select_related("reviewer").order_by("pk")
        likely = list(rows.filter(state__in=states.split()))
        found = list(rows) if at % 10 == 9 or not likely else likely
        return found[at % len(found)] if found else None

    def article(self, at: int) -> Article:
        return self.pick(list(Article.objects.order_by("pk")), at)

    def seen(self, row: Any, stale: int) -> int | None:
        """The revision a form was drawn from: mostly today's, at times an older one."""
        if stale % 5 == 4 and row.revision:
            return int(row.revision) - 1
        return None if stale % 5 == 3 else int(row.revision)


ONCE = frozenset(
    {
        *("submit", "recall", "withdraw", "send_to_review", "accept", "decline"),
        *("recuse", "report", "approve", "return_for_changes", "reject", "unassign"),
        *("expire", "publish", "show_preview", "end_preview", "invite"),
    }
)
"""Deeds that are never done twice in a row, whatever the form says."""

SAID_AGAIN = frozenset({"report"})
"""Deeds that answer a second time as they did the first, and do nothing."""


def footprint() -> tuple[Any, ...]:
    """How many rows there are of each kind, and how often the living were saved."""
    counts = [("count(*)", model._meta.db_table) for model in traces.models()]
    sums = [
        (f"coalesce(sum({column}), 0)", table)
        for table, column in (
            ("articles_article", "revision"),
            ("articles_version", "revision"),
            ("reviews_assignment", "revision"),
            ("editorial_chain", "head_seq"),
            ("editorial_outbox", "attempts"),
        )
    ]
    wanted = [f"(SELECT {what} FROM {table})" for what, table in counts + sums]  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(wanted)}")
        found: tuple[Any, ...] = cursor.fetchone()
    return found


def states_by_rows() -> dict[int, str]:
    return dict(Version.objects.values_list("pk", "state"))


def states_by_events() -> dict[int, str]:
    """The state of every version, as the events tell it from the beginning."""
    states: dict[int, str] = {}
    numbers = {(v.article_id, v.number): v.pk for v in Version.objects.all()}
    for event in Event.objects.exclude(article=None).order_by("chain", "seq"):
        said = json.loads(event.payload)
        pk = event.version_id
        if event.kind in MOVES and pk:
            assert said["from"] in ("", states.get(pk, ""))
            states[pk] = said["to"]
            assert said["to"] == MOVES[event.kind]
        if following := said["facts"].get("next"):
            states[following["id"]] = "draft"
        if earlier := said["facts"].get("supersedes"):
            states[numbers[event.article_id, earlier]] = "superseded"
    return states


def one_of_each(article: Article) -> None:
    states = [version.state for version in article.versions.all()]

    assert sum(state in OPEN for state in states) <= 1
    assert states.count(VersionState.APPROVED) <= 1


def what_is_served_was_approved(article: Article) -> None:
    current = Publication.objects.select_related("version", "approval__version").get(
        article=article, ended_at=None
    )
    version = current.version
    pages = {p.path: bytes(p.body) for p in Page.objects.filter(article=article)}
    base = article.get_absolute_url()
    canonical = pages[f"{base}versions/{version.number}/canonical.json"]

    assert signing.is_valid(current.approval)
    assert current.approval.meaning == "approval"
    assert current.approval.version_id == version.pk
    assert version.state in (VersionState.APPROVED, VersionState.SUPERSEDED)
    assert sha256_hex(canonical) == version.sha256 == current.approval.sha256
    assert escape(version.question).encode() in pages[base]


def nothing_hidden_is_shown(article: Article) -> None:
    shown = Page.objects.filter(article=article)
    over = [VersionState.WITHDRAWN, VersionState.REJECTED, VersionState.RETURNED]

    assert shown.exists() == (article.standing in ("preview", "published"))
    assert not shown.filter(version__state__in=[*over, VersionState.DRAFT]).exists()
    if article.standing == "preview":
        REACHED["seen previewed"] += 1
        assert article.tier in ("B", "C")
        assert not shown.filter(indexable=True).exists()


def duties_are_separate() -> None:
    for signature in Signature.objects.select_related("version"):
        version = signature.version
        authors = version.article.authorships.values_list("user", flat=True)
        asked = version.assignments.values_list("reviewer", flat=True)
        assert signature.signer_id not in authors
        if signature.meaning == "approval":
            assert signature.signer_id not in asked
        else:
            assert signature.signer_id in asked


def nobody_hears_of_themselves() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM editorial_notification n "
            "JOIN editorial_event e ON e.id = n.event_id "
            "WHERE e.actor_id = n.recipient_id"
        )
        assert cursor.fetchone() == (0,)


LEAST = {
    "approve": 10,
    "publish": 10,
    "second versions approved": 1,
    "seen published": 30,
    "seen previewed": 1,
    "report": 15,
    "revise": 8,
    "recall": 1,
    "withdraw": 1,
    "return_for_changes": 1,
    "replays": 60,
    "Refused": 8,
    "MovedOn": 100,
    "PermissionDenied": 100,
}
MOST_ROUNDS = 5


@pytest.mark.long
def test_no_order_of_deeds_breaks_what_the_lifecycle_keeps(db: None) -> None:
    # Verifying the whole record after every deed costs more where a server answers.
    on_sqlite = connection.vendor == "sqlite"
    share = 1 if on_sqlite else 4
    least = {name: wanted // share for name, wanted in LEAST.items()}
    REACHED.clear()
    Lifecycle.cast = Cast()

    for seed in range(MOST_ROUNDS):
        walk(seed, examples=32 if on_sqlite else 8)
        short = {n: REACHED[n] for n, wanted in least.items() if REACHED[n] < wanted}
        if not short:
            break

    assert short == {}


def walk(seed: int, *, examples: int) -> None:
    """Random walks, the same ones for the same seed."""
    run_state_machine_as_test(
        hypothesis.seed(seed)(Lifecycle),
        settings=hypothesis.settings(
            max_examples=examples,
            stateful_step_count=40,
            deadline=None,
            database=None,
            suppress_health_check=list(hypothesis.HealthCheck),
        ),
    )
