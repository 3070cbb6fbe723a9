"""
The matrix: every step, from every state, by everybody, tried for real.

The expectation is one literal table, WHO and FROM; a cell is `done` where both say
yes, `denied` to the wrong person, and `moved on` in the wrong state. A step that the
table lacks is a failure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from articles.models import Article, Notice, Version
from articles.states import Standing, VersionState
from articles.vocabulary import Tier
from editorial import ledger, policies, rules, workflow
from editorial.actions import (
    authoring,
    authors,
    blinding,
    deciding,
    desk,
    entities,
    handling,
    inviting,
    listening,
    publishing,
    reopening,
    replying,
    reviewing,
    standing,
    timing,
    withholding,
)
from editorial.actions.listening import Said
from editorial.actions.withholding import Damage
from editorial.errors import MovedOn, Refused
from editorial.models import User
from reviews import items
from reviews.models import Assignment, Comment
from reviews.states import AssignmentState
from tests import make, traces
from tests.editorial import people

AUTHORS = set(people.AUTHORS)
DESK = {"editor", "chief"}
REVIEWING_DESK = {"editor who reviews it", "chief who reviews it"}
SYSTEM = {"system"}
THE_REVIEWER = {"reviewer"}
INVITED = {"invited author"}

WITH_THE_DESK = {"submitted", "under_review"}
OPEN = {"draft", *WITH_THE_DESK}
ASKED = {"invited", "accepted"}
READABLE = {"published", "concern", "held", "retracted", "archived"}
SHOWN = {"preview", "removed"} | READABLE
BOARD = {"reviewer", "another reviewer"}

TABLE: dict[str, tuple[set[str], set[str]]] = {
    # step: (who may, from which states)
    "submit": (AUTHORS, {"draft"}),
    "recall": (AUTHORS, {"submitted"}),
    "withdraw": (AUTHORS, OPEN),
    "revise": (AUTHORS, {"returned", "approved"}),
    "send_to_review": (DESK, {"submitted"}),
    "invite": (DESK, {"under_review"}),
    "reopen": (DESK, {"under_review"}),
    "name_alternates": (DESK, {"under_review"}),
    "recommend": (DESK, WITH_THE_DESK),
    "return_for_changes": (DESK, WITH_THE_DESK),
    "resolve": (DESK, OPEN),
    "reject": ({"chief"}, WITH_THE_DESK),
    "approve": ({"chief"}, {"under_review"}),
    "accept": (THE_REVIEWER, {"invited"}),
    "declare_conflict": (THE_REVIEWER, {"invited"}),
    "decline": (THE_REVIEWER, {"invited"}),
    "recuse": (THE_REVIEWER, {"accepted"}),
    "report": (THE_REVIEWER, {"accepted"}),
    "reply": (THE_REVIEWER | DESK, {"reported"}),
    "settle": (THE_REVIEWER, {"accepted", "reported"}),
    "report_late": (THE_REVIEWER, {"withdrawn", "expired"}),
    "unassign": (DESK, ASKED),
    "expire": (DESK, ASKED),
    "lapse": (SYSTEM, ASKED),
    "ask_more_time": (THE_REVIEWER, {"accepted"}),
    "extend": (DESK, {"accepted"}),
    "remind": (SYSTEM, ASKED),
    "nudge": (DESK, ASKED),
    "report_overdue": (SYSTEM, {"accepted"}),
    "remind_authors": (SYSTEM, {"returned"}),
    "invite_author": (AUTHORS, set(Standing.values)),
    "uninvite_author": (AUTHORS | DESK | REVIEWING_DESK, set(Standing.values)),
    "arrange_authors": (AUTHORS, set(Standing.values)),
    "join": (INVITED, set(Standing.values)),
    "decline_to_write": (INVITED, set(Standing.values)),
    "name_entities": (DESK, set(Standing.values)),
    "change_tier": (DESK, set(Standing.values)),
    "change_blinding": (DESK, set(Standing.values)),
    "change_editor": (DESK, set(Standing.values)),
    "close_reader_report": (DESK, set(Standing.values)),
    "empty_reader_report": (DESK, set(Standing.values)),
    "publish": (
        {"chief", "system"},
        {"unpublished", "preview", "published", "archived"},
    ),
    "rebuild": (SYSTEM, SHOWN),
    "withhold": (SYSTEM, SHOWN),
    "show_preview": (DESK, {"unpublished"}),
    "end_preview": (DESK, {"preview"}),
    "express_concern": (DESK, {"published"}),
    "lift_concern": (DESK, {"concern"}),
    "hold": (BOARD | DESK | REVIEWING_DESK, {"published", "concern"}),
    "release": ({"chief", "another reviewer"}, {"held"}),
    "release_to_concern": ({"chief", "another reviewer"}, {"held"}),
    "retract": (DESK, READABLE - {"retracted"}),
    "reinstate": (DESK, {"retracted"}),
    "remove": (DESK, READABLE),
    "archive": ({"chief"}, {"published"}),
    "confirm": ({"chief"}, READABLE),
    "take_back": ({"chief"}, READABLE),
    "let_expire": (SYSTEM, READABLE),
}

Deed = Callable[[Any, User], object]


def overdue(assignment: Assignment, by: User) -> None:
    """As the scheduler does it ten days after the due date."""
    step = workflow.REPORT_OVERDUE
    with ledger.taking(step, assignment.pk, by=by) as locked:
        locked.last_reminder = 10


def last_comment(assignment: Assignment) -> int:
    found = Comment.objects.filter(
        version=assignment.version_id, author=assignment.reviewer_id
    )
    return found.order_by("-pk").values_list("pk", flat=True).first() or 0


def carried_comment(assignment: Assignment) -> int:
    found = items.carried(assignment).values_list("pk", flat=True)
    return found.first() or 0


def first_asked(version: Version) -> int:
    first = version.assignments.order_by("pk").first()
    return first.pk if first else 0


def remind(assignment: Assignment, by: User) -> None:
    with ledger.taking(workflow.REMIND, assignment.pk, by=by) as locked:
        locked.last_reminder = 0


def remind_authors(version: Version, by: User) -> None:
    """As the scheduler does it two weeks after a return."""
    later = timezone.now() + dt.timedelta(days=15)
    with (
        time_machine.travel(later),
        ledger.taking(workflow.REMIND_AUTHORS, version.pk, by=by),
    ):
        pass


def a_day(ahead: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=ahead)


def lapse(assignment: Assignment, by: User) -> None:
    """As the scheduler does it when nobody waits any longer."""
    with ledger.taking(workflow.LAPSE, assignment.pk, by=by) as locked:
        locked.lapse(reason="Silent")


def declare_conflict(assignment: Assignment, by: User) -> None:
    """As accepting leaves it, when an interest stands in the way."""
    with ledger.taking(workflow.DECLARE_CONFLICT, assignment.pk, by=by):
        pass


def close_a_report(article: Article, by: User) -> None:
    """What a reader said of its first version."""
    version = article.versions.order_by("pk")[0]
    report = listening.hear(version, Said("The dose is wrong."))
    listening.close_reader_report(
        report.pk, by=by, disposition="no_error", reason="It is right"
    )


def empty_a_report(article: Article, by: User) -> None:
    """One that was closed; by whom is not asked."""
    version = article.versions.order_by("pk")[0]
    report = listening.hear(version, Said("The dose is wrong."))
    report.disposition = report.reason = "known"
    report.closed_by, report.closed_at = by, timezone.now()
    report.save()
    listening.empty_reader_report(report.pk, by=by, reason="It names somebody")


def propose(step: str) -> Deed:
    def deed(article: Article, by: User) -> object:
        what, proven = make.said(step), make.proven(by)
        return getattr(standing, step)(article.pk, by=by, said=what, proven=proven)

    return deed


def confirm(article: Article, by: User) -> object:
    waiting = Notice.objects.filter(article=article).order_by("-pk").first()
    sha256 = waiting.sha256 if waiting else ""
    proven = make.proven(by)
    return standing.confirm(article.pk, by=by, sha256=sha256, proven=proven)


def let_expire(article: Article, by: User) -> None:
    """As the scheduler does it two weeks later."""
    later = timezone.now() + dt.timedelta(days=15)
    with (
        time_machine.travel(later),
        ledger.taking(workflow.LET_EXPIRE, article.pk, by=by),
    ):
        pass


DEEDS: dict[str, Deed] = {
    "submit": lambda v, by: authoring.submit(v.pk, by=by),
    "recall": lambda v, by: authoring.recall(v.pk, by=by),
    "withdraw": lambda v, by: authoring.withdraw(v.pk, by=by, reason="Old"),
    "revise": lambda v, by: authoring.revise(v.pk, by=by),
    "send_to_review": lambda v, by: desk.send_to_review(
        v.pk,
        by=by,
        tier=Tier.C,
        specialty=make.CARDIOLOGY,
        reviewers=[User.objects.get(name="Another reviewer").pk],
    ),
    "name_alternates": lambda v, by: inviting.name_alternates(
        v.pk, by=by, alternates=[User.objects.get(name="Another reviewer").pk]
    ),
    "invite": lambda v, by: inviting.invite(
        v.pk, by=by, reviewers=[User.objects.get(name="Another reviewer").pk]
    ),
    "reopen": lambda v, by: reopening.reopen(
        v.pk, by=by, assignment_id=first_asked(v), reason="Look at the dose"
    ),
    "recommend": lambda v, by: deciding.recommend(
        v.pk, by=by, advice="return", reason="Mend it"
    ),
    "return_for_changes": lambda v, by: desk.return_for_changes(
        v.pk, by=by, reason="Mend it"
    ),
    "resolve": lambda v, by: desk.resolve(
        v.pk, by=by, comment_id=Comment.objects.get(version=v).pk, reason="Settled"
    ),
    "reject": lambda v, by: desk.reject(v.pk, by=by, reason="No"),
    "approve": lambda v, by: deciding.approve(
        v.pk, by=by, sha256=v.sha256, proven=make.proven(by)
    ),
    "accept": lambda a, by: reviewing.accept(a.pk, by=by, answers=make.answers()),
    "declare_conflict": declare_conflict,
    "decline": lambda a, by: reviewing.decline(a.pk, by=by, reason="No time"),
    "recuse": lambda a, by: reviewing.recuse(a.pk, by=by, reason="A friend"),
    "report": lambda a, by: reviewing.report(
        a.pk,
        by=by,
        findings=make.findings(),
        proven=make.proven(by),
    ),
    "reply": lambda a, by: replying.reply(
        a.pk, by=by, comment_id=last_comment(a), text="In adults."
    ),
    "settle": lambda a, by: replying.settle(a.pk, by=by, comment_id=carried_comment(a)),
    "report_late": lambda a, by: reviewing.report_late(
        a.pk, by=by, findings=make.findings()
    ),
    "unassign": lambda a, by: inviting.unassign(a.pk, by=by, reason="Enough"),
    "lapse": lapse,
    "ask_more_time": lambda a, by: timing.ask_more_time(
        a.pk, by=by, until=a_day(80), reason="Ill"
    ),
    "extend": lambda a, by: timing.extend(a.pk, by=by, until=a_day(20)),
    "expire": lambda a, by: inviting.expire(a.pk, by=by, reason="Too late"),
    "remind": remind,
    "nudge": lambda a, by: handling.nudge(a.pk, by=by),
    "report_overdue": overdue,
    "remind_authors": remind_authors,
    "invite_author": lambda a, by: authors.invite_author(
        a.pk, by=by, email=User.objects.get(name="Another author").email
    ),
    "uninvite_author": lambda a, by: authors.uninvite_author(
        a.pk, by=by, authorship_id=a.authorships.get(joined_at=None).pk
    ),
    "arrange_authors": lambda a, by: authors.arrange_authors(
        a.pk, by=by, places=[authors.Place(row.pk) for row in a.authorships.all()]
    ),
    "join": lambda a, by: authors.join(a.pk, by=by),
    "decline_to_write": lambda a, by: authors.decline_to_write(a.pk, by=by),
    "name_entities": lambda a, by: entities.name_entities(a.pk, by=by, entities="Acme"),
    "change_editor": lambda a, by: handling.change_editor(
        a.pk, by=by, editor=User.objects.get(name="Chief").pk
    ),
    "close_reader_report": close_a_report,
    "empty_reader_report": empty_a_report,
    "change_tier": lambda a, by: desk.change_tier(
        a.pk, by=by, tier=Tier.B, reason="Riskier"
    ),
    "change_blinding": lambda a, by: blinding.change_blinding(
        a.pk, by=by, blinding="open", reason="They ask for it"
    ),
    "publish": lambda a, by: publishing.publish(a.pk, by=by),
    "rebuild": lambda a, by: publishing.rebuild(a.pk, by=by),
    "withhold": lambda a, by: withholding.withhold(
        a.pk,
        by=by,
        damage=Damage(a.versions.order_by("pk")[0].pk, {"damaged_text": 1}),
    ),
    "show_preview": lambda a, by: publishing.show_preview(
        a.pk, by=by, reason="Asked for"
    ),
    "end_preview": lambda a, by: publishing.end_preview(a.pk, by=by),
    **{step.name: propose(step.name) for step in workflow.PROPOSE},
    "archive": propose("archive"),
    "hold": lambda a, by: standing.hold(a.pk, by=by, reason="Ten times the dose"),
    "confirm": confirm,
    "take_back": lambda a, by: standing.take_back(a.pk, by=by, reason="Unclear"),
    "let_expire": let_expire,
}

ON_THE_AUTHORS = tuple(step.name for step in workflow.AUTHORS)
AFTER_THE_DECISION = ("report_late",)
ON_A_PUBLIC_TEXT = tuple(
    step.name for step in (workflow.HOLD, *workflow.PROPOSE, workflow.ARCHIVE)
)
ON_A_PROPOSAL = ("confirm", "take_back", "let_expire")
ON_A_TEXT_AT_THE_DESK = (
    "change_blinding",
    "change_tier",
    "change_editor",
    "close_reader_report",
    "empty_reader_report",
    "name_entities",
    "rebuild",
    "withhold",
    "show_preview",
    "end_preview",
)


def test_the_table_has_every_step_and_the_deeds_know_each() -> None:
    steps = {step.name for step in workflow.STEPS}

    assert TABLE.keys() == DEEDS.keys() == steps
    assert len(workflow.STEPS) == len(steps)


def test_every_step_starts_where_the_table_says() -> None:
    assert {step.name: set(step.starts_from) for step in workflow.STEPS} == {
        name: sources for name, (_, sources) in TABLE.items()
    }


def expected(names: list[str], state: str) -> dict[tuple[str, str], str]:
    return {
        (name, who): "denied"
        if who not in TABLE[name][0]
        else ("done" if state in TABLE[name][1] else "moved on")
        for name in names
        for who in people.CAST
    }


def outcomes(
    names: list[str], thing: Any, cast: dict[str, User]
) -> dict[tuple[str, str], str]:
    """Try each step by each person, each from the same rows."""
    before = footprint(thing)
    return {
        (name, who): outcome(DEEDS[name], thing, by, before)
        for name in names
        for who, by in cast.items()
    }


def outcome(deed: Deed, thing: Any, by: User, before: list[Any]) -> str:
    with traces.undone():
        try:
            deed(thing, by)
        except PermissionDenied:
            found = "denied"
        except MovedOn:
            found = "moved on"
        except Refused as error:
            found = str(error)
        else:
            assert traces.last().actor_id == by.pk
            return "done"
        assert footprint(thing) == before
        return found


def footprint(thing: Any) -> list[Any]:
    """The row itself, and how many rows there are of what a deed leaves."""
    kept = (*traces.KEPT, type(thing).history.model)
    counted = ", ".join(f"({rows(m)})" for m in kept)
    table = thing._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT *, {counted} FROM {table} WHERE id = %s",  # noqa: S608  our names
            [thing.pk],
        )
        return list(cursor.fetchall())


def rows(model: Any) -> str:
    return f"SELECT count(*) FROM {model._meta.db_table}"  # noqa: S608  our names


def steps_on(model: type[Any]) -> list[str]:
    return [step.name for step in workflow.of_model(model)]


def written(cast: dict[str, User]) -> Version:
    version = make.draft(by=cast["author"])
    people.write(version.article, cast)
    return version


def sent(cast: dict[str, User], tier: str = Tier.C) -> Version:
    """Under review by those who review it, with one open comment."""
    version = authoring.submit(written(cast).pk, by=cast["author"])
    asked = [cast[name] for name in people.REVIEWERS]
    version = make.send(version, tier=tier, reviewers=asked, editor=cast["editor"])
    comment_on(version, cast)
    return version


def comment_on(version: Version, cast: dict[str, User]) -> None:
    Comment.objects.create(
        version=version, author=cast["reviewer"], kind="question", text="Why?"
    )


def carry_over(version: Version, cast: dict[str, User]) -> None:
    said = Comment.objects.get(version=version)
    Comment.objects.create(
        version=version,
        author=cast["reviewer"],
        kind="question",
        text="Why?",
        carried_from=said,
    )


def judged(cast: dict[str, User]) -> Version:
    version = sent(cast)
    make.report_all(version)
    return make.again(version)


def decided(cast: dict[str, User]) -> Version:
    """Approved by somebody outside the cast, so that everybody can try the rest."""
    return make.approve(judged(cast))


def shown(cast: dict[str, User]) -> Version:
    version = decided(cast)
    publishing.publish(version.article_id, by=cast["system"])
    return version


def version_in(state: str, cast: dict[str, User]) -> Version:
    """A version in `state`, with everybody around it."""
    if state in ("draft", "submitted"):
        version = written(cast)
        if state == "submitted":
            version = authoring.submit(version.pk, by=cast["author"])
        people.ask(version, cast)
        comment_on(version, cast)
        return version
    if state == "superseded":
        first = shown(cast)
        second = make.send(make.resubmitted(first, by=cast["author"]), tier=Tier.C)
        make.report_all(second)
        make.approve(make.again(second))
        return first
    made: dict[str, Callable[[], object]] = {
        "under_review": lambda: judged(cast),
        "approved": lambda: shown(cast),
        "returned": lambda: DEEDS["return_for_changes"](sent(cast), cast["editor"]),
        "rejected": lambda: DEEDS["reject"](sent(cast), cast["chief"]),
        "withdrawn": lambda: DEEDS["withdraw"](sent(cast), cast["author"]),
    }
    made[state]()
    return Version.objects.get(article__authorships__user=cast["author"])


def assignment_in(state: str, cast: dict[str, User]) -> Assignment:
    """
    The reviewer's assignment in `state`, due ten days and an hour ago.

    They said something of the version before.
    """
    assignment = sent(cast).assignments.get(reviewer=cast["reviewer"])
    carry_over(assignment.version, cast)
    by = cast["reviewer"]
    made: dict[str, tuple[tuple[str, User], ...]] = {
        "invited": (),
        "accepted": (("accept", by),),
        "reported": (("accept", by),),
        "declined": (("decline", by),),
        "recused": (("accept", by), ("recuse", by)),
        "withdrawn": (("unassign", cast["editor"]),),
        "expired": (("accept", by),),
        "reopened": (("accept", by), ("report", by)),
    }
    for name, actor in made[state]:
        DEEDS[name](assignment, actor)
    if state == "reported":
        said = make.findings(comments=(make.Remark("question", "Which dose?"),))
        proven = make.proven(by)
        reviewing.report(assignment.pk, by=by, findings=said, proven=proven)
    late = timezone.now() - dt.timedelta(days=10, hours=1)
    Assignment.objects.filter(pk=assignment.pk).update(due_at=late)
    if state == "expired":
        DEEDS["expire"](assignment, cast["editor"])
    if state == "reopened":
        editor = cast["editor"]
        reopening.reopen(
            assignment.version_id, by=editor, assignment_id=assignment.pk, reason="Look"
        )
    return Assignment.objects.get(pk=assignment.pk)


def article_for_publishing(standing: str, cast: dict[str, User]) -> Article:
    """An article with an approved version that is not public yet."""
    if standing == "preview":
        version = judged(cast)
        DEEDS["show_preview"](version.article, cast["editor"])
        version = make.approve(make.again(version))
    elif standing == "unpublished":
        version = decided(cast)
    else:
        first = shown(cast)
        second = make.resubmitted(first, by=cast["author"])
        second = make.send(second, tier=Tier.C, editor=cast["editor"])
        make.report_all(second)
        version = make.approve(make.again(second))
        make.STAND[standing](version)
    return make.article(version)


def article_at_the_desk(standing: str, cast: dict[str, User]) -> Article:
    """An article with a version that is under review, or public."""
    if standing in SHOWN - {"preview"}:
        version = shown(cast)
        make.STAND[standing](version)
        return make.article(version)
    version = sent(cast)
    if standing == "preview":
        DEEDS["show_preview"](version.article, cast["editor"])
    return make.article(version)


def article_being_written(standing: str, cast: dict[str, User]) -> Article:
    """An article with a draft that nobody has submitted."""
    if standing in SHOWN - {"preview"}:
        version = authoring.revise(shown(cast).pk, by=cast["author"])
        make.STAND[standing](version)
        return make.article(version)
    version = written(cast)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_article SET standing = %s WHERE id = %s",
            [standing, version.article_id],
        )
    return make.article(version)


def article_with_a_proposal(standing: str, cast: dict[str, User]) -> Article:
    """An article of which an editor from outside the cast proposed what can be."""
    article = article_at_the_desk(standing, cast)
    if standing in READABLE:
        step = "remove" if standing == "retracted" else "retract"
        make.proposed(article.versions.order_by("pk")[0], step)
    return make.again(article.versions.order_by("pk")[0]).article


@pytest.mark.parametrize("state", VersionState.values)
def test_every_step_on_a_version_by_everybody(state: str, db: None) -> None:
    cast = people.cast()
    version = make.again(version_in(state, cast))
    names = steps_on(Version)
    assert version.state == state

    assert outcomes(names, version, cast) == expected(names, state)


@pytest.mark.parametrize("state", AssignmentState.values)
def test_every_step_on_an_assignment_by_everybody(state: str, db: None) -> None:
    cast = people.cast()
    assignment = assignment_in(state, cast)
    names = [name for name in steps_on(Assignment) if name not in AFTER_THE_DECISION]
    assert assignment.state == state

    assert outcomes(names, assignment, cast) == expected(names, state)


@pytest.mark.parametrize(
    "state", [state for state in AssignmentState.values if state not in ASKED]
)
def test_handing_in_late_by_everybody(state: str, db: None) -> None:
    cast = people.cast()
    assignment = assignment_after_the_decision(state, cast)
    assert assignment.state == state

    assert outcomes(list(AFTER_THE_DECISION), assignment, cast) == expected(
        list(AFTER_THE_DECISION), state
    )


def assignment_after_the_decision(state: str, cast: dict[str, User]) -> Assignment:
    """The reviewer's assignment; one that is withdrawn was taken by the decision."""
    before = "accepted" if state == "withdrawn" else state
    assignment = assignment_in(before, cast)
    DEEDS["return_for_changes"](assignment.version, cast["editor"])
    return Assignment.objects.get(pk=assignment.pk)


@pytest.mark.parametrize("standing", Standing.values)
def test_every_step_on_the_authors_by_everybody(standing: str, db: None) -> None:
    cast = people.cast()
    article = article_being_written(standing, cast)
    names = list(ON_THE_AUTHORS)
    wanted = expected(names, standing)
    if standing in SHOWN - {"preview"}:  # after its review
        wanted |= dict.fromkeys(
            [("invite_author", who) for who in AUTHORS], rules.REVIEWED
        )
    assert article.standing == standing

    assert outcomes(names, article, cast) == wanted


@pytest.mark.parametrize("standing", Standing.values)
def test_every_step_on_an_article_at_the_desk_by_everybody(
    standing: str, db: None
) -> None:
    cast = people.cast()
    article = article_at_the_desk(standing, cast)
    names = list(ON_A_TEXT_AT_THE_DESK)
    wanted = expected(names, standing)
    wanted |= dict.fromkeys([("change_blinding", who) for who in DESK], rules.AGREED)
    assert article.standing == standing

    assert outcomes(names, article, cast) == wanted


@pytest.mark.parametrize("standing", Standing.values)
def test_publishing_by_everybody(standing: str, db: None) -> None:
    cast = people.cast()
    article = article_for_publishing(standing, cast)
    assert article.standing == standing

    assert outcomes(["publish"], article, cast) == expected(["publish"], standing)


@pytest.mark.parametrize("standing", Standing.values)
def test_every_notice_by_everybody(standing: str, db: None) -> None:
    cast = people.cast()
    article = article_for_publishing(standing, cast)
    names = list(ON_A_PUBLIC_TEXT)
    assert article.standing == standing

    assert outcomes(names, article, cast) == expected(names, standing)


@pytest.mark.parametrize("standing", Standing.values)
def test_every_step_on_a_proposal_by_everybody(standing: str, db: None) -> None:
    cast = people.cast()
    article = article_with_a_proposal(standing, cast)
    names = list(ON_A_PROPOSAL)
    assert article.standing == standing

    assert outcomes(names, article, cast) == expected(names, standing)


def test_no_step_on_an_article_is_left_out() -> None:
    named = {
        *(*ON_A_TEXT_AT_THE_DESK, *ON_THE_AUTHORS, "publish"),
        *(*ON_A_PUBLIC_TEXT, *ON_A_PROPOSAL),
    }

    assert named == set(steps_on(Article))


@pytest.mark.parametrize("state", VersionState.values)
@pytest.mark.parametrize(
    "step",
    [s for s in workflow.of_model(Assignment) if s.name not in AFTER_THE_DECISION],
    ids=lambda s: s.name,
)
def test_a_review_goes_on_only_while_the_version_is_under_review(
    step: workflow.Step[Assignment], state: str
) -> None:
    source = AssignmentState(step.starts_from[0])
    assignment = Assignment(state=source, version=Version(state=state))
    anywhere = step.name in ("decline", "unassign", "expire")

    assert step.is_open(assignment) == (anywhere or state == "under_review")


@pytest.mark.parametrize("state", VersionState.values)
def test_buttons_are_exactly_the_steps_the_deeds_allow(state: str, db: None) -> None:
    cast = people.cast()
    version = make.again(version_in(state, cast))
    names = steps_on(Version)
    offered = {
        (offer.step.name, who): "done"
        for who, by in cast.items()
        for offer in workflow.steps_for(by, version)
        if offer.objection is None
    }

    allowed = {c: o for c, o in expected(names, state).items() if o == "done"}
    allowed.pop(("remind_authors", "system"), None)  # it is due in two weeks
    assert offered == allowed


def test_a_step_without_a_policy_is_no_step() -> None:
    with pytest.raises(TypeError, match="policy"):
        workflow.Step(model=Version, name="x", label="X", kind="x")  # type: ignore[call-arg]


def test_a_superuser_gets_nothing_from_being_one(db: None) -> None:
    version = make.reviewed()
    superuser = make.user(is_superuser=True, is_staff=True)
    rows = {
        Version: version,
        Assignment: version.assignments.order_by("pk")[0],
        Article: version.article,
    }

    permitted = [
        step.name
        for step in workflow.STEPS
        if step.permits(superuser, rows[step.model])
    ]

    assert (permitted, policies.is_approver(superuser, version)) == ([], False)
