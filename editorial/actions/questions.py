"""
What readers ask and no article answers: taken down without an account, decided on.

All of it happens under the lock of one chain, also that a question joins others: it
could otherwise join one that is being decided on, and be seen by nobody.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.text import Truncator

from articles import slugs
from articles.models import Article, Version
from articles.models.versions import QUESTION_LENGTH
from articles.states import Standing, VersionState
from editorial import asked, drafting, ledger, people, roles
from editorial.actions import authoring
from editorial.errors import MovedOn, Refused
from editorial.ledger import Deed, Noted, Subject
from editorial.models import Asker, Event, Outbox, Question, User

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from editorial.ledger import Link

logger = logging.getLogger(__name__)

Disposition = Question.Disposition
K = Event.Kind

CHAIN = "questions"
ALONE = "It stands alone already."
EMPTY = "Its words are deleted already."
STILL_OPEN = "It is open. Decide that it asks what one person should do."
NOT_PUBLIC = "No article is public at that address."
NOT_ITSELF = "Choose another question than this one."
DECIDED = "That question is closed: “{}” Decide the same of this one."
NO_AUTHOR = "There is no account with the author role at that address."
WRITTEN = "An article is written to answer it."
PUBLIC = "The article that was written is public."
GIVEN_UP = "What was written to answer it was given up."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a question; `article` is a slug, `same_as` the key of another."""

    disposition: str
    reason: str
    article: str = ""
    same_as: int | None = None


@dataclass(slots=True)
class Group:
    """A question with those that wait with it, under the lock; `changed` are to be saved."""

    link: Link
    head: Question
    others: list[Question]
    changed: list[Question] = field(default_factory=list)

    @property
    def rows(self) -> list[Question]:
        return [self.head, *self.others]


def ask(words: str, *, address: str = "") -> Question:
    """
    Keep it for the desk, with those that ask the same.

    Whoever leaves an address is sent a letter to confirm it; one who waits for the same
    answer already is not written to again, and nothing is kept.
    """
    same = asked.asking_the_same(words)
    with transaction.atomic(durable=True):
        ledger.hold_named(CHAIN)
        group = asked.waiting().filter(pk=same or 0).first()
        if address and (known := _known(group, address)):
            return known
        question = Question.objects.create(words=words, group=group)
        if address:
            _write_to(question, address)
    return question


def _known(group: Question | None, address: str) -> Question | None:
    """The question by which somebody at this address waits for the same answer."""
    if group is None:
        return None
    with_it = Question.objects.filter(Q(pk=group.pk) | Q(group=group))
    return with_it.filter(asker__address__iexact=address).first()


def _write_to(question: Question, address: str) -> None:
    noted = Noted(facts={"question": question.pk})
    deed = Deed(K.QUESTION_ASKED, people.system(), noted=noted)
    event = ledger.record(ledger.lock_named(CHAIN), Subject(), deed)
    asker = Asker.objects.create(question=question, event=event, address=address)
    Outbox.objects.create(
        dedupe_key=f"letter:confirm:{asker.pk}",
        topic=Outbox.Topic.LETTER,
        event=event,
        asker=asker,
    )


def settle(
    question_id: int, *, by: User, verdict: Verdict, seen: int | None = None
) -> Question:
    """
    Say what becomes of a question and of those that wait with it, for the record.

    Raises PermissionDenied off the desk, MovedOn when somebody decided before or when
    it was asked again since `seen`, the newest of the group, and Refused where the
    article is not public or the other question takes none with it.
    """
    with _deciding(question_id, by=by, seen=seen) as group:
        if not verdict.reason.strip():
            raise Refused("Give a reason; it goes into the record.")
        if verdict.disposition == Disposition.ANSWERED:
            group.head.answer = _public(verdict.article)
        if verdict.disposition == Disposition.DUPLICATE:
            _put_with(group, verdict.same_as)
        if verdict.disposition == Disposition.PERSONAL:
            _empty(group)
        _decide(group, verdict.disposition, verdict.reason, by=by)
    return group.head


@authoring.retried
def open_draft(
    question_id: int, *, by: User, email: str, seen: int | None = None
) -> Version:
    """
    Open an article with the question as its own, for an author to write.

    Refused unless somebody with the author role has that address.
    """
    with _deciding(question_id, by=by, seen=seen) as group:
        author = _author(email)
        title = Truncator(group.head.words).chars(QUESTION_LENGTH)
        article = Article(slug=slugs.free(title))
        ready = drafting.prepared(drafting.DraftText(question=title))
        version = authoring.begin(article, ready, by=by, author=author).version
        group.head.answer = article
        _decide(group, Disposition.DRAFT, WRITTEN, by=by)
    return version


def separate(question_id: int, *, by: User) -> Question:
    """Let a question that asks something else stand alone, and wait for the desk."""
    _permit(by)
    with transaction.atomic(durable=True):
        link = ledger.lock_named(CHAIN)
        row = Question.objects.select_related("group").get(pk=question_id)
        if row.group is None:
            raise MovedOn(ALONE, who=str(by), when=None, mine=True)
        if not row.words:
            raise Refused(EMPTY)
        left = row.group
        row.group = None
        _open_again(row)
        row.save()
        noted = Noted(facts={"question": row.pk, "from": left.pk}, rows=[row])
        ledger.record(link, Subject(), Deed(K.QUESTION_SEPARATED, by, noted=noted))
    return row


def empty(question_id: int, *, by: User, reason: str) -> Question:
    """
    Delete words after the decision, as when somebody sees later whom they are about.

    Refused while they are open, and once there are none.
    """
    _permit(by)
    with transaction.atomic(durable=True):
        group = _held(question_id)
        if group.head.decided_at is None:
            raise Refused(STILL_OPEN)
        if not any(row.words for row in group.rows):
            raise Refused(EMPTY)
        if not reason.strip():
            raise Refused("Give a reason; it goes into the record.")
        _empty(group)
        _record(group, K.QUESTION_EMPTIED, by=by, reason=reason)
    return group.head


def follow() -> int:
    """
    Do what follows from the articles that were written to answer; returns how much.

    A question is answered once its article is public, and open again once it was given
    up: what is due and not done, so that it does not matter when somebody looks.
    """
    written = Question.objects.filter(disposition=Disposition.DRAFT).order_by("pk")
    public = written.filter(answer__standing=Standing.PUBLISHED)
    lost = written.filter(~Exists(_goes_on()))
    due = [(pk, True) for pk in public.values_list("pk", flat=True)]
    due += [(pk, False) for pk in lost.values_list("pk", flat=True)]
    return sum(_follow_one(pk, is_public=is_public) for pk, is_public in due)


def _goes_on() -> QuerySet[Version]:
    over = (VersionState.WITHDRAWN, VersionState.REJECTED)
    found = Version.objects.filter(article=OuterRef("answer")).order_by()
    return found.exclude(state__in=over)


def _follow_one(question_id: int, *, is_public: bool) -> bool:
    try:
        return _follow(question_id, is_public=is_public)
    except Exception:  # one question must not stop the others, nor any mail
        logger.exception("Question %s was not followed", question_id)
        return False


def _follow(question_id: int, *, is_public: bool) -> bool:
    by = people.system()
    with transaction.atomic(durable=True):
        group = _held(question_id)
        if group.head.disposition != Disposition.DRAFT:
            transaction.set_rollback(True)
            return False
        if is_public:
            _decide(group, Disposition.ANSWERED, PUBLIC, by=by)
        else:
            _open_again(group.head)
            group.changed.append(group.head)
            _record(group, K.QUESTION_CAME_BACK, by=by, reason=GIVEN_UP)
    return True


@contextmanager
def _deciding(question_id: int, *, by: User, seen: int | None) -> Iterator[Group]:
    """A group that is open and as it was seen; whatever is raised leaves no trace."""
    _permit(by)
    with transaction.atomic(durable=True):
        group = _held(question_id)
        if moved := _moved_on(group, by=by, seen=seen):
            raise moved
        yield group


def _permit(by: User) -> None:
    if not roles.works_here(by):
        raise PermissionDenied


def _held(question_id: int) -> Group:
    """A question as it is under the lock, with those that wait with it."""
    link = ledger.lock_named(CHAIN)
    head = Question.objects.select_related("decided_by").get(pk=question_id)
    return Group(link, head, list(head.others.order_by("pk")))


def _moved_on(group: Group, *, by: User, seen: int | None) -> MovedOn | None:
    head, newest = group.head, group.rows[-1]
    if head.decided_by:
        who, when = head.decided_by.printed_name, head.decided_at
        mine = head.decided_by == by
        return MovedOn("Decided on already", who=who, when=when, mine=mine)
    if head.group_id:
        return MovedOn("Put with another question", who="The program", when=None)
    if seen is not None and newest.pk > seen:
        when = newest.received_at
        return MovedOn("Asked again meanwhile", who="A reader", when=when)
    return None


def _public(slug: str) -> Article:
    found = Article.objects.filter(slug=slug, standing=Standing.PUBLISHED).first()
    if found is None:
        raise Refused(NOT_PUBLIC)
    return found


def _put_with(group: Group, other: int | None) -> None:
    """Let the whole group wait with another question, or with the one that it is with."""
    found = Question.objects.select_related("group").filter(pk=other or 0).first()
    if found is None or found in group.rows:
        raise Refused(NOT_ITSELF)
    to = found.group or found
    if to.disposition in asked.FINAL:
        raise Refused(DECIDED.format(to.get_disposition_display()))
    for row in group.rows:
        row.group = to
    group.changed += group.others


def _author(email: str) -> User:
    found = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if found is None or roles.AUTHOR not in found.roles:
        raise Refused(NO_AUTHOR)
    return found


def _empty(group: Group) -> None:
    for row in group.rows:
        row.words = ""
    group.changed += group.rows


def _open_again(row: Question) -> None:
    row.disposition = row.reason = ""
    row.answer = row.decided_by = row.decided_at = None


def _decide(group: Group, disposition: str, reason: str, *, by: User) -> None:
    head = group.head
    before = head.disposition
    head.disposition, head.reason = disposition, reason
    head.decided_by, head.decided_at = by, timezone.now()
    group.changed.append(head)
    _record(group, K.QUESTION_SETTLED, by=by, reason=reason, before=before)


def _record(
    group: Group, kind: str, *, by: User, reason: str, before: str = ""
) -> Event:
    head = group.head
    rows = {row.pk: row for row in group.changed}
    for row in rows.values():
        row.save()
    facts = {"question": head.pk, "asked": len(group.rows), "article": head.answer_id}
    noted = Noted(facts=facts, rows=list(rows.values()))
    deed = Deed(kind, by, reason, before, str(head.disposition), noted)
    return ledger.record(group.link, Subject(), deed)
