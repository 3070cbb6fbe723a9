"""Two processes at the same deed: one wins, one event, one mail, the other is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import connection, models
from django.db.models import QuerySet

from articles import machine
from articles.machine import StatefulModel
from articles.models import Article, Authorship, Version
from editorial import ledger
from editorial.actions import (
    authoring,
    deciding,
    desk,
    inviting,
    listening,
    publishing,
    reviewing,
)
from editorial.actions.listening import Said
from editorial.ledger import chains
from editorial.models import (
    Chain,
    Event,
    Notification,
    Outbox,
    ReaderReport,
    User,
)
from reviews.models import Assignment, Report
from tests import make, traces
from tests.editorial.faults.deeds import Deed, first_assignment, revision
from tests.editorial.faults.racing import Told, race
from tests.editorial.faults.stage import Stage

ROUNDS = 10
PATIENCE = 50
"""Rounds after which two that never collide were never at once."""

REASON = "It must be so."


@dataclass(frozen=True, slots=True)
class Rivals:
    """Two people and what each is about to do; only one of the deeds can stand."""

    first: tuple[User, Deed]
    second: tuple[User, Deed]

    def meet(self) -> list[Told]:
        return race(self.first[1], self.second[1])


def approve(version: Version, by: User) -> tuple[User, Deed]:
    return by, lambda: deciding.approve(
        version.pk,
        by=make.fresh(by),
        sha256=version.sha256,
        proven=make.proven(by),
        seen=version.revision,
    )


def return_it(version: Version, by: User) -> tuple[User, Deed]:
    return by, lambda: desk.return_for_changes(
        version.pk, by=make.fresh(by), reason=REASON, seen=version.revision
    )


def edit(version: Version, by: User) -> tuple[User, Deed]:
    text = make.text()
    return by, lambda: authoring.edit(
        version.pk, by=make.fresh(by), text=text, seen=version.revision
    )


def submit(version: Version, by: User) -> tuple[User, Deed]:
    return by, lambda: authoring.submit(
        version.pk, by=make.fresh(by), seen=version.revision
    )


def revise(version: Version, by: User) -> tuple[User, Deed]:
    return by, lambda: authoring.revise(
        version.pk, by=make.fresh(by), seen=version.revision
    )


def invite(version: Version, by: User, asked: User) -> tuple[User, Deed]:
    return by, lambda: inviting.invite(
        version.pk, by=make.fresh(by), reviewers=[asked.pk], seen=version.revision
    )


def report(mine: Assignment) -> tuple[User, Deed]:
    by, seen = mine.reviewer, revision(mine)
    return by, lambda: reviewing.report(
        mine.pk,
        by=make.fresh(by),
        findings=make.findings(),
        proven=make.proven(by),
        seen=seen,
    )


def approve_and_approve() -> Rivals:
    version = make.reviewed()
    return Rivals(approve(version, make.chief()), approve(version, make.chief()))


def approve_and_return() -> Rivals:
    version = make.reviewed()
    return Rivals(approve(version, make.chief()), return_it(version, make.chief()))


def publish_and_publish() -> Rivals:
    article = make.article(make.approved())

    def publish(by: User) -> tuple[User, Deed]:
        return by, lambda: publishing.publish(
            article.pk, by=make.fresh(by), seen=article.revision
        )

    return Rivals(publish(make.chief()), publish(make.chief()))


def publish_and_the_scheduler() -> Rivals:
    article, chief = make.article(make.approved()), make.chief()
    system = User.objects.get(email="system@imprimatur.invalid")
    return Rivals(
        (chief, lambda: publishing.publish(article.pk, by=make.fresh(chief))),
        (system, lambda: publishing.publish(article.pk, by=make.fresh(system))),
    )


def invite_one_twice() -> Rivals:
    version, asked = make.under_review(), make.reviewer()
    one, other = make.chief(), make.chief()
    return Rivals(invite(version, one, asked), invite(version, other, asked))


def accept_and_unassign() -> Rivals:
    asked = first_assignment(make.under_review())
    editor, reviewer = asked.invited_by, asked.reviewer
    return Rivals(
        (
            reviewer,
            lambda: reviewing.accept(
                asked.pk,
                by=make.fresh(reviewer),
                answers=make.answers(),
                seen=asked.revision,
            ),
        ),
        (
            editor,
            lambda: inviting.unassign(
                asked.pk, by=make.fresh(editor), reason=REASON, seen=asked.revision
            ),
        ),
    )


def submit_and_edit() -> Rivals:
    version, other = make.draft(), make.author()
    Authorship.objects.create(article=version.article, user=other, position=2)
    by = version.article.authorships.get(position=1).user
    return Rivals(submit(version, by), edit(version, other))


def revise_and_revise() -> Rivals:
    author, other = make.author(), make.author()
    version = make.draft(by=author)
    Authorship.objects.create(article=version.article, user=other, position=2)
    make.send(authoring.submit(version.pk, by=author))
    _, give_back = return_it(make.again(version), make.chief())
    give_back()
    version = make.again(version)
    return Rivals(revise(version, author), revise(version, other))


def report_twice() -> Rivals:
    mine = make.accepted(first_assignment(make.under_review()))
    return Rivals(report(mine), report(mine))


RACES: dict[str, Callable[[], Rivals]] = {
    "approve and approve": approve_and_approve,
    "approve and return": approve_and_return,
    "publish and publish": publish_and_publish,
    "publish and the scheduler": publish_and_the_scheduler,
    "invite one reviewer twice": invite_one_twice,
    "accept and unassign": accept_and_unassign,
    "submit and edit": submit_and_edit,
    "revise and revise": revise_and_revise,
    "report and report": report_twice,
}


SAID_AGAIN = {"report and report"}
"""Deeds that answer a second time as they did the first, and leave one event."""


@pytest.mark.parametrize("name", RACES)
def test_one_wins_and_the_other_is_told_who(name: str, stage: Stage) -> None:
    rivals = RACES[name]()
    before = Event.objects.latest("pk").pk
    stage.keep()

    for _ in range(ROUNDS):
        told = rivals.meet()

        said_again = name in SAID_AGAIN and told == [Told(), Told()]
        assert said_again or one_won(rivals, told), told
        events = Event.objects.filter(pk__gt=before)
        assert len(events) == int(not an_edit_won(name, told))
        assert mailed(events) == noticed(events) == sorted(set(mailed(events)))
        assert traces.problems() == []
        stage.put_back()


def one_won(rivals: Rivals, told: list[Told]) -> bool:
    """Whether one deed was done and the other's author was told by whom."""
    people = [person for person, _ in (rivals.first, rivals.second)]
    return told in (
        [Told(), Told("moved on", people[0].printed_name, people[0] == people[1])],
        [Told("moved on", people[1].printed_name, people[0] == people[1]), Told()],
    )


def an_edit_won(name: str, told: list[Told]) -> bool:
    """An edit is no event; the history keeps it."""
    return name == "submit and edit" and told[1] == Told()


def mailed(events: QuerySet[Event]) -> list[int]:
    owed = Outbox.objects.filter(event__in=events, topic=Outbox.Topic.MAIL)
    return [row.recipient_id or 0 for row in owed.order_by("recipient")]


def noticed(events: QuerySet[Event]) -> list[int]:
    found = Notification.objects.filter(event__in=events, waits=False)
    return list(found.order_by("recipient").values_list("recipient", flat=True))


@pytest.mark.parametrize("name", ["accept and unassign", "publish and publish"])
def test_without_the_lock_both_would_win_or_one_would_crash(
    name: str, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    rivals = RACES[name]()
    stage.keep()
    go_without_locks(monkeypatch)

    for _ in range(PATIENCE):
        if not one_won(rivals, rivals.meet()):
            break
        stage.put_back()
    else:
        pytest.fail("There was no race at all.")


def go_without_locks(patch: pytest.MonkeyPatch) -> None:
    """Take the lock, the immediate transactions and the count of revisions away."""
    options = connection.settings_dict["OPTIONS"]
    if connection.vendor == "sqlite":
        patch.setitem(options, "transaction_mode", "DEFERRED")
    patch.setattr(chains, "count_on", lambda *_: None)
    patch.setattr(chains, "link_of", next_link)
    unfiltered = models.Model._do_update  # noqa: SLF001
    patch.setattr(machine.StatefulModel, "_do_update", unfiltered)


def next_link(subject: ledger.Subject, _thing: StatefulModel) -> ledger.Link:
    chain = Chain.objects.get(article=subject.article)
    last = Event.objects.filter(chain=chain).latest("seq")
    chain.head_seq = last.seq + 1
    chain.save()
    return ledger.Link(chain, chain.head_seq, last.hash)


def test_two_reviews_of_one_version_are_both_kept(stage: Stage) -> None:
    version = make.under_review()
    pair = [make.accepted(found) for found in version.assignments.order_by("pk")]
    stage.keep()

    for _ in range(ROUNDS):
        assert race(*(report(mine)[1] for mine in pair)) == [Told(), Told()]

        assert Report.objects.count() == 2
        assert traces.problems() == []
        stage.put_back()


def test_two_articles_on_one_question_are_both_opened(stage: Stage) -> None:
    """They share a slug's stem, a topic and a cited work that nobody knew before."""
    people, text = (make.author(), make.author()), make.text(topics=("Ophthalmology",))
    stage.keep()

    def opening(by: User) -> Deed:
        return lambda: authoring.open_article(by=make.fresh(by), text=text)

    for _ in range(ROUNDS):
        assert race(*(opening(by) for by in people)) == [Told(), Told()]

        assert Article.objects.values("slug").distinct().count() == 2
        assert traces.problems() == []
        stage.put_back()


def test_the_same_words_of_a_reader_are_kept_once(stage: Stage) -> None:
    version = make.published()
    stage.keep()

    def hear() -> ReaderReport:
        return listening.hear(version, Said("The dose is wrong."))

    for _ in range(ROUNDS):
        assert race(hear, hear) == [Told(), Told()]

        assert ReaderReport.objects.count() == 1
        stage.put_back()
