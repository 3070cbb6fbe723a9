"""What editors do: triage, ask, take back, return, reject, resolve."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.models import Authorship, Page, Version, Work
from articles.vocabulary import Tier
from editorial import proposing, roles
from editorial.actions import authoring, desk, inviting, publishing, reviewing
from editorial.errors import MovedOn, Refused
from editorial.models import User
from reviews.models import Assignment
from tests import make, traces

if TYPE_CHECKING:
    from collections.abc import Callable


def send(version: Version, by: User, **fields: Any) -> Version:
    given: dict[str, Any] = {
        "tier": Tier.C,
        "specialty": make.CARDIOLOGY,
        "reviewers": [],
    }
    return desk.send_to_review(version.pk, by=by, **given | fields)


def author_of(version: Version) -> User:
    return make.fresh(version.article.authorships.order_by("pk")[0].user)


def test_sending_to_review_sets_the_tier_and_asks_the_reviewers(db: None) -> None:
    version, editor = make.submitted(), make.editor()
    one = make.reviewer()
    two = make.reviewer(specialties=["neurology"])

    with traces.one_event():
        send(version, editor, tier=Tier.B, reviewers=[one.pk, two.pk])

    now = make.again(version)
    asked = list(version.assignments.order_by("pk"))
    assert now.state == "under_review"
    assert (now.article.tier, now.article.specialty, now.article.editor_id) == (
        "B",
        "cardiology",
        editor.pk,
    )
    assert [(a.reviewer_id, a.state, a.in_specialty) for a in asked] == [
        (one.pk, "invited", True),
        (two.pk, "invited", False),
    ]
    assert {a.invited_by_id for a in asked} == {editor.pk}
    assert traces.step() == ("sent_to_review", "submitted", "under_review", "")
    assert traces.said()["facts"] == {
        "tier": "B",
        "specialty": "cardiology",
        "reviewers": sorted([one.pk, two.pk]),
        "editor": editor.pk,
    }
    assert traces.told() == {
        one.pk: "You are invited to review",
        two.pk: "You are invited to review",
        author_of(version).pk: "Your article is under review",
    }


def test_an_invitation_is_answered_within_three_days(db: None) -> None:
    version = make.under_review()
    asked = version.assignments.order_by("pk")[0]

    assert (asked.respond_by - asked.invited_at).days in (2, 3)


def test_reviewers_asked_for_twice_are_asked_once(db: None) -> None:
    version, one = make.submitted(), make.reviewer()

    send(version, make.editor(), reviewers=[one.pk, one.pk])

    assert version.assignments.count() == 1


def refusals(version: Version, editor: User) -> dict[str, tuple[int, str]]:
    """Who cannot be asked, and the sentence that says why."""
    today = timezone.localdate()
    member = make.reviewer().board_member

    def serving(**fields: Any) -> User:
        person = make.reviewer()
        for name, value in fields.items():
            setattr(person.board_member, name, value)
        person.board_member.save()
        return person

    author = author_of(version)
    make.BoardMember.objects.create(user=author, since=member.since)
    make.BoardMember.objects.create(user=editor, since=member.since)
    busy = serving(load_cap=1)
    make.under_review(reviewers=[busy], tier=Tier.C)
    former = serving(until=today - dt.timedelta(days=1))
    coming = serving(since=today + dt.timedelta(days=1))
    full = serving(load_cap=0)
    gone = make.reviewer(is_active=False)
    members = "Only active members of the board can review."
    return {
        "nobody": (0, members),
        "no member": (make.user(roles.REVIEWER).pk, members),
        "deactivated": (gone.pk, members),
        "term over": (former.pk, f"{former} does not serve on the board today."),
        "term to come": (coming.pk, f"{coming} does not serve on the board today."),
        "author": (author.pk, f"{author} wrote this article and cannot review it."),
        "editor": (editor.pk, "An editor cannot review a version they handle."),
        "busy": (busy.pk, f"{busy} has 1 open reviews, the most they take."),
        "no load at all": (full.pk, f"{full} has 0 open reviews, the most they take."),
    }


@pytest.mark.parametrize(
    "who",
    [
        "nobody",
        "no member",
        "deactivated",
        "term over",
        "term to come",
        "author",
        "editor",
        "busy",
        "no load at all",
    ],
)
def test_who_cannot_review_is_not_asked(who: str, db: None) -> None:
    version, editor = make.submitted(), make.editor()
    cases = refusals(version, editor)
    pk, sentence = cases[who]

    with traces.nothing_left(Refused) as caught:
        send(version, make.fresh(editor), reviewers=[make.reviewer().pk, pk])

    assert str(caught.value) == sentence


def test_somebody_asked_already_is_not_asked_again(db: None) -> None:
    version = make.under_review(editor=make.editor())
    asked = version.assignments.select_related("reviewer").order_by("pk")[0]

    with traces.nothing_left(Refused, "has been asked already"):
        inviting.invite(version.pk, by=make.editor(), reviewers=[asked.reviewer_id])


HANDLED: dict[str, Callable[[Version, User], object]] = {
    "sent it": lambda version, by: make.send(version, editor=by),
    "invited": lambda version, by: inviting.invite(
        make.send(version).pk, by=by, reviewers=[make.reviewer().pk]
    ),
    "changed the tier": lambda version, by: desk.change_tier(
        make.send(version).article_id, by=by, tier=Tier.A, reason="Dose"
    ),
    "withdrew an invitation": lambda version, by: inviting.unassign(
        make.send(version).assignments.order_by("pk")[0].pk, by=by, reason="Away"
    ),
}


@pytest.mark.parametrize("deed", HANDLED)
def test_nobody_reviews_a_version_that_they_handled(deed: str, db: None) -> None:
    version, handler = make.submitted(), make.reviewer()
    handler.groups.add(*make.editor().groups.all())
    HANDLED[deed](version, make.fresh(handler))

    sentence = "An editor cannot review a version they handle."
    with traces.nothing_left(Refused, sentence):
        inviting.invite(version.pk, by=make.editor(), reviewers=[handler.pk])

    fit = proposing.board(make.again(version)).fit
    assert handler.pk not in [proposal.member.user_id for proposal in fit]


def test_somebody_who_declined_can_be_asked_again(db: None) -> None:
    version = make.under_review()
    asked = version.assignments.select_related("reviewer").order_by("pk")[0]
    reviewing.decline(asked.pk, by=asked.reviewer, reason="No time")

    inviting.invite(version.pk, by=make.editor(), reviewers=[asked.reviewer_id])

    states = version.assignments.filter(reviewer=asked.reviewer).order_by("pk")
    assert [a.state for a in states] == ["declined", "invited"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reviewers": []}, "Choose at least one reviewer."),
        ({"tier": ""}, "Choose risk tier A, B or C."),
        ({"tier": "D"}, "Choose risk tier A, B or C."),
        (
            {"specialty": "astrology"},
            "Choose the specialty that one of the reviewers must come from.",
        ),
        (
            {"specialty": "", "tier": Tier.B},
            "Choose the specialty that one of the reviewers must come from.",
        ),
    ],
)
def test_a_triage_that_lacks_something_is_refused(
    fields: dict[str, Any], sentence: str, db: None
) -> None:
    version, editor, one = make.submitted(), make.editor(), make.reviewer()

    with traces.nothing_left(Refused) as caught:
        send(version, editor, **{"reviewers": [one.pk]} | fields)

    assert str(caught.value) == sentence


def test_tier_c_needs_no_specialty(db: None) -> None:
    version, one = make.submitted(), make.reviewer()

    send(version, make.editor(), specialty="", reviewers=[one.pk])

    assert make.article(version).specialty == ""


def test_a_retracted_work_stops_the_review_before_it_begins(db: None) -> None:
    version, one = make.submitted(), make.reviewer()
    work = Work.objects.get(citations__key="trial")
    Work.objects.filter(pk=work.pk).update(retracted_on=timezone.now())

    with traces.nothing_left(Refused, f"A cited work has been retracted: “{work}”"):
        send(version, make.editor(), reviewers=[one.pk])


def test_an_editor_does_not_send_their_own_text_to_review(db: None) -> None:
    by, editor, one = make.author(), make.editor(), make.reviewer()
    version = make.draft(by=by)
    Authorship.objects.create(article=version.article, user=editor, position=2)
    authoring.submit(version.pk, by=by)

    with traces.nothing_left(PermissionDenied):
        send(version, editor, reviewers=[one.pk])


def test_a_tier_set_earlier_is_not_lowered_by_an_editor_at_triage(db: None) -> None:
    version, one = make.submitted(), make.reviewer()
    desk.change_tier(version.article_id, by=make.editor(), tier=Tier.A, reason="Dose")

    with traces.nothing_left(PermissionDenied):
        send(version, make.editor(), reviewers=[one.pk], reason="Not so risky")


def test_a_chief_editor_lowers_the_tier_at_triage_with_a_reason(db: None) -> None:
    version, one = make.submitted(), make.reviewer()
    desk.change_tier(version.article_id, by=make.editor(), tier=Tier.A, reason="Dose")

    with traces.nothing_left(Refused, "Lowering the risk tier needs a reason"):
        send(version, make.chief(), reviewers=[one.pk])
    send(version, make.chief(), reviewers=[one.pk], reason="Background only")

    assert make.article(version).tier == "C"
    assert traces.said()["reason"] == "Background only"


def test_two_editors_at_once_one_is_told_who_was_first(db: None) -> None:
    version, first, second = make.submitted(), make.editor(), make.editor()
    one, seen = make.reviewer(), make.again(version).revision
    send(version, first, reviewers=[one.pk], seen=seen)

    with traces.nothing_left(MovedOn) as caught:
        send(version, second, reviewers=[one.pk], seen=seen)

    assert isinstance(caught.value, MovedOn)
    assert (caught.value.what, caught.value.who, caught.value.mine) == (
        "Sent to review meanwhile",
        first.printed_name,
        False,
    )


def test_further_reviewers_are_invited(db: None) -> None:
    version, another = make.under_review(), make.reviewer()
    chief = make.chief()

    with traces.one_event():
        inviting.invite(version.pk, by=chief, reviewers=[another.pk])

    assert traces.step() == ("invited", "under_review", "under_review", "")
    assert traces.said()["facts"] == {"reviewers": [another.pk]}
    assert traces.told() == {another.pk: "You are invited to review"}
    assert version.assignments.count() == 3


@pytest.mark.parametrize("accepted", [False, True])
def test_a_review_is_taken_back(accepted: bool, db: None) -> None:  # noqa: FBT001
    version = make.under_review()
    asked = version.assignments.order_by("pk")[0]
    if accepted:
        make.accepted(asked)
    before = "accepted" if accepted else "invited"

    with traces.one_event():
        inviting.unassign(asked.pk, by=make.editor(), reason="Asked by mistake")

    now = Assignment.objects.get(pk=asked.pk)
    assert (now.state, now.reason) == ("withdrawn", "Asked by mistake")
    assert traces.step() == ("unassigned", before, "withdrawn", "Asked by mistake")
    assert traces.told() == {asked.reviewer_id: "Your review is no longer needed"}


def test_a_signed_review_is_not_taken_back(db: None) -> None:
    version = make.reviewed()
    asked = version.assignments.order_by("pk")[0]

    with traces.nothing_left(MovedOn, "Review signed meanwhile"):
        inviting.unassign(asked.pk, by=make.editor(), reason="Asked by mistake")


def test_a_review_expires_only_when_it_is_overdue(db: None) -> None:
    version = make.under_review()
    asked = make.accepted(version.assignments.order_by("pk")[0])

    with traces.nothing_left(Refused, "The review is not overdue"):
        inviting.expire(asked.pk, by=make.editor(), reason="Too late")


def test_an_invitation_that_was_never_answered_can_expire(db: None) -> None:
    version = make.under_review()
    asked = version.assignments.order_by("pk")[0]
    Assignment.objects.filter(pk=asked.pk).update(
        respond_by=timezone.now() - dt.timedelta(hours=1)
    )

    inviting.expire(asked.pk, by=make.editor(), reason="No answer")

    assert Assignment.objects.get(pk=asked.pk).state == "expired"


def test_an_overdue_review_expires_with_a_reason(db: None) -> None:
    version = make.under_review()
    asked = make.accepted(version.assignments.order_by("pk")[0])
    Assignment.objects.filter(pk=asked.pk).update(due_at=timezone.now())

    with traces.nothing_left(Refused, "needs a reason"):
        inviting.expire(asked.pk, by=make.editor(), reason=" ")
    inviting.expire(asked.pk, by=make.editor(), reason="Too late")

    assert traces.step() == ("expired", "accepted", "expired", "Too late")
    assert traces.told() == {
        asked.reviewer_id: "Your review has expired",
        make.article(version).editor_id: "A reviewer did not answer or report in time",
    }


def test_the_tier_is_raised_by_anyone_on_the_desk(db: None) -> None:
    version = make.under_review(tier=Tier.C)
    handling = version.article.editor_id

    with traces.one_event():
        desk.change_tier(
            version.article_id, by=make.editor(), tier=Tier.A, reason="A dose"
        )

    assert make.article(version).tier == "A"
    assert traces.step() == ("tier_changed", "unpublished", "unpublished", "A dose")
    assert traces.said()["facts"] == {"from": "C", "to": "A"}
    assert traces.said()["version"]["id"] == version.pk
    assert traces.told() == {handling: "The risk tier was changed"}


def test_the_tier_is_lowered_by_a_chief_editor_alone(db: None) -> None:
    version = make.under_review(tier=Tier.A)

    with traces.nothing_left(PermissionDenied):
        desk.change_tier(version.article_id, by=make.editor(), tier=Tier.B, reason="x")
    desk.change_tier(
        version.article_id, by=make.chief(), tier=Tier.B, reason="No dose in it"
    )

    assert make.article(version).tier == "B"


def test_a_chief_editor_does_not_lower_the_tier_of_their_own_text(db: None) -> None:
    chief = make.user(roles.AUTHOR, roles.CHIEF_EDITOR)
    version = make.under_review(by=chief, tier=Tier.A)

    with traces.nothing_left(PermissionDenied):
        desk.change_tier(version.article_id, by=chief, tier=Tier.B, reason="x")


@pytest.mark.parametrize("tier", [Tier.A, Tier.B])
def test_a_change_of_tier_needs_a_reason(tier: str, db: None) -> None:
    version = make.under_review(tier=Tier.B)

    with traces.nothing_left(Refused, "“Change the risk tier” needs a reason"):
        desk.change_tier(version.article_id, by=make.chief(), tier=tier, reason=" ")


@pytest.mark.parametrize("tier", ["", "D", "a"])
def test_a_tier_nobody_knows_is_refused(tier: str, db: None) -> None:
    version = make.under_review()

    with traces.nothing_left(Refused, "Choose risk tier A, B or C"):
        desk.change_tier(version.article_id, by=make.chief(), tier=tier, reason="x")


def test_a_stale_change_of_tier_is_refused(db: None) -> None:
    version = make.under_review(tier=Tier.C)
    seen = make.article(version).revision
    desk.change_tier(
        version.article_id, by=make.editor(), tier=Tier.B, reason="x", seen=seen
    )

    with traces.nothing_left(MovedOn, "Risk tier changed meanwhile"):
        desk.change_tier(
            version.article_id, by=make.editor(), tier=Tier.A, reason="x", seen=seen
        )


def test_a_return_tells_the_authors_and_lets_the_reviewers_go(db: None) -> None:
    version = make.under_review()
    first, second = version.assignments.order_by("pk")
    make.reported(first)
    author = author_of(version)

    with traces.one_event():
        desk.return_for_changes(version.pk, by=make.editor(), reason="Mend the dose")

    now = make.again(version)
    assert (now.state, now.decision_reason) == ("returned", "Mend the dose")
    assert now.decided_at is not None
    assert [a.state for a in version.assignments.order_by("pk")] == [
        "reported",
        "withdrawn",
    ]
    assert traces.step() == ("returned", "under_review", "returned", "Mend the dose")
    assert traces.told() == {
        author.pk: "Your article was returned for changes",
        second.reviewer_id: "Your review is no longer needed",
    }


def test_a_submission_is_returned_before_any_review(db: None) -> None:
    version = make.submitted()

    desk.return_for_changes(version.pk, by=make.editor(), reason="Too short")

    assert traces.step() == ("returned", "submitted", "returned", "Too short")


def test_a_rejection_is_the_chief_editors(db: None) -> None:
    version = make.under_review()

    with traces.nothing_left(PermissionDenied):
        desk.reject(version.pk, by=make.editor(), reason="No")
    desk.reject(version.pk, by=make.chief(), reason="It cannot be mended")

    assert traces.step() == (
        "rejected",
        "under_review",
        "rejected",
        "It cannot be mended",
    )
    assert traces.told() == {
        author_of(version).pk: "Your article was rejected",
    } | {
        a.reviewer_id: "Your review is no longer needed"
        for a in version.assignments.all()
    }


@pytest.mark.parametrize("deed", [desk.return_for_changes, desk.reject])
def test_a_decision_needs_a_reason(deed: Any, db: None) -> None:
    version = make.under_review()

    with traces.nothing_left(Refused, "needs a reason"):
        deed(version.pk, by=make.chief(), reason="\t")


@pytest.mark.parametrize("deed", [desk.return_for_changes, desk.reject])
def test_a_preview_goes_with_the_decision(deed: Any, db: None) -> None:
    version = make.under_review(tier=Tier.C)
    publishing.show_preview(version.article_id, by=make.editor(), reason="Asked for")
    assert Page.objects.exists()

    deed(version.pk, by=make.chief(), reason="No")

    assert make.article(version).standing == "unpublished"
    assert not Page.objects.exists()


def test_a_text_of_tier_a_is_not_sent_to_review_under_a_preview(db: None) -> None:
    version = make.submitted()
    desk.change_tier(version.article_id, by=make.editor(), tier=Tier.B, reason="x")
    publishing.show_preview(version.article_id, by=make.editor(), reason="Asked for")

    with traces.nothing_left(Refused, "End the preview first"):
        send(version, make.editor(), tier=Tier.A, reviewers=[make.reviewer().pk])


def test_a_tier_is_not_raised_to_a_under_a_preview(db: None) -> None:
    version = make.under_review(tier=Tier.C)
    publishing.show_preview(version.article_id, by=make.editor(), reason="Asked for")

    with traces.nothing_left(Refused, "End the preview first"):
        desk.change_tier(version.article_id, by=make.editor(), tier="A", reason="x")


def test_a_comment_is_resolved_with_a_reason(db: None) -> None:
    version, editor = make.under_review(), make.editor()
    first = version.assignments.order_by("pk")[0]
    make.reported(first, comments=(make.blocking(),))
    comment = version.comments.get()

    with traces.nothing_left(Refused, "needs a reason"):
        desk.resolve(version.pk, by=editor, comment_id=comment.pk, reason=" ")
    with traces.one_event():
        desk.resolve(version.pk, by=editor, comment_id=comment.pk, reason="It is right")

    comment = version.comments.get()
    assert (comment.resolved_by_id, comment.resolution) == (editor.pk, "It is right")
    assert comment.resolved_at is not None
    assert traces.step()[0] == "comment_resolved"
    assert traces.said()["facts"] == {"comment": comment.pk}
    assert traces.told() == {}


def test_a_comment_is_resolved_once_and_on_its_own_version(db: None) -> None:
    version, other, editor = make.under_review(), make.under_review(), make.editor()
    first = version.assignments.order_by("pk")[0]
    make.reported(first, comments=(make.blocking(),))
    comment = version.comments.get()

    with traces.nothing_left(Refused, "belongs to another version"):
        desk.resolve(other.pk, by=editor, comment_id=comment.pk, reason="x")
    desk.resolve(version.pk, by=editor, comment_id=comment.pk, reason="x")
    with traces.nothing_left(MovedOn, "Comment resolved") as caught:
        desk.resolve(version.pk, by=make.editor(), comment_id=comment.pk, reason="x")
    assert caught.value.who == str(editor)
    assert caught.value.when == version.comments.get().resolved_at


def test_authors_do_not_resolve_what_stands_against_their_text(db: None) -> None:
    version = make.under_review()
    make.reported(version.assignments.order_by("pk")[0], comments=(make.blocking(),))
    comment = version.comments.get()

    with traces.nothing_left(PermissionDenied):
        desk.resolve(
            version.pk, by=author_of(version), comment_id=comment.pk, reason="x"
        )


def test_authors_never_learn_who_reviews_them(db: None) -> None:
    by = make.author()
    one = make.reviewer(name="Rosalind Secret")
    two = make.reviewer(name="Rosalind Hidden", named=False)
    version = make.under_review(by=by, reviewers=[one, two])
    make.report_all(version)
    desk.return_for_changes(version.pk, by=make.editor(), reason="Mend it")
    make.resubmitted(version, by=make.fresh(by))

    words = [n.text for n in by.notifications.all()]

    assert len(words) == 2
    assert not [w for w in words if "Rosalind" in w]
