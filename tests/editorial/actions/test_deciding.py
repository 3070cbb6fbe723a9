"""What an approval needs, what it leaves, and everything it is refused for."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from articles.models import Article, Version, Work
from articles.vocabulary import Tier
from editorial import database, ledger, proof, reports, roles
from editorial.actions import authoring, deciding, desk, inviting, publishing
from editorial.errors import MovedOn, Refused
from editorial.models import Event, Outbox, Publication, User
from reviews import signing
from reviews.models import Assignment, Signature
from tests import make, traces


def approve(version: Version, by: User, **fields: Any) -> Version:
    given: dict[str, Any] = {"sha256": version.sha256, "proven": make.proven(by)}
    return deciding.approve(version.pk, by=by, **given | fields)


def author_of(version: Version) -> User:
    return make.fresh(version.article.authorships.order_by("pk")[0].user)


def test_an_approval_is_signed_recorded_and_owed_to_the_public(db: None) -> None:
    version, chief = make.reviewed(), make.chief()
    before = timezone.now()

    with traces.one_event():
        approve(version, chief)

    now = make.again(version)
    signature = now.signatures.get(meaning="approval")
    owed = Outbox.objects.get(topic="publish")
    asked = sorted(version.assignments.values_list("reviewer", flat=True))
    assert (now.state, now.sha256) == ("approved", version.sha256)
    assert now.publish_at
    assert now.publish_at >= before
    assert (signature.signer_id, signature.role, signature.sha256) == (
        chief.pk,
        "chief editor",
        version.sha256,
    )
    assert signature.policy == "editorial/1"
    assert signing.is_valid(signature)
    assert traces.step() == ("approved", "under_review", "approved", "")
    assert traces.said()["facts"] == {
        "signature": signature.value,
        "policy": "editorial/1",
        "publish_at": signing.moment(now.publish_at),
        "tier": "B",
        "specialty": "cardiology",
        "counted": asked,
        "from_specialty": asked,
        "review_due_on": now.review_due_on.isoformat(),
    }
    assert traces.said()["version"]["sha256"] == version.sha256
    assert traces.told() == {author_of(version).pk: "Your article was approved"}
    assert (owed.dedupe_key, owed.status, owed.available_at) == (
        f"publish:{version.pk}",
        "pending",
        now.publish_at,
    )
    assert not Publication.objects.exists()


def test_an_approval_lets_the_unfinished_reviews_go(db: None) -> None:
    extra = [make.reviewer() for _ in range(3)]
    version = make.under_review(reviewers=extra)
    first, second, third = version.assignments.order_by("pk")
    make.reported(first)
    make.reported(second)

    approve(make.again(version), make.chief())

    assert Assignment.objects.get(pk=third.pk).state == "withdrawn"
    assert traces.told() == {
        author_of(version).pk: "Your article was approved",
        third.reviewer_id: "Your review is no longer needed",
    }


def test_an_approval_can_be_for_later(db: None) -> None:
    version = make.reviewed()
    later = timezone.now() + dt.timedelta(days=3)

    approve(version, make.chief(), publish_at=later)

    assert make.again(version).publish_at == later
    assert Outbox.objects.get(topic="publish").available_at == later


def test_an_approval_is_never_for_the_past(db: None) -> None:
    version, now = make.reviewed(), timezone.now()

    approve(version, make.chief(), publish_at=now - dt.timedelta(days=3))

    publish_at = make.again(version).publish_at
    assert publish_at
    assert publish_at >= now


@pytest.mark.parametrize(
    ("tier", "needed", "said"),
    [(Tier.A, 3, "3 reviews"), (Tier.B, 2, "2 reviews"), (Tier.C, 1, "1 review")],
)
def test_each_tier_needs_its_quorum(
    tier: str, needed: int, said: str, db: None
) -> None:
    people = [make.reviewer() for _ in range(needed)]
    version = make.under_review(tier=tier, reviewers=people)
    asked = list(version.assignments.select_related("reviewer").order_by("pk"))
    chief = make.chief()

    for received, assignment in enumerate(asked):
        sentence = f"Tier {tier} needs {said} in favour; {received} received."
        with traces.nothing_left(Refused) as caught:
            approve(make.again(version), chief)
        assert str(caught.value) == sentence
        make.reported(assignment)

    assert approve(make.again(version), chief).state == "approved"


def test_a_tier_raised_late_raises_the_quorum(db: None) -> None:
    version = make.reviewed(tier=Tier.B)
    desk.change_tier(version.article_id, by=make.editor(), tier=Tier.A, reason="Dose")

    with traces.nothing_left(Refused, "Tier A needs 3 reviews in favour; 2 received"):
        approve(make.again(version), make.chief())


@pytest.mark.parametrize(
    ("tier", "refused"), [(Tier.A, True), (Tier.B, True), (Tier.C, False)]
)
def test_one_of_them_is_from_the_specialty_for_a_and_b(
    tier: str,
    refused: bool,  # noqa: FBT001  a table of them
    db: None,
) -> None:
    others = [make.reviewer(specialties=["neurology"]) for _ in range(3)]
    version = make.under_review(tier=tier, reviewers=others)
    make.report_all(version)
    sentence = "One of the reviewers in favour must be from cardiology."

    if refused:
        with traces.nothing_left(Refused) as caught:
            approve(make.again(version), make.chief())
        assert str(caught.value) == sentence
    else:
        approve(make.again(version), make.chief())


def test_the_one_from_the_specialty_must_be_in_favour(db: None) -> None:
    people = [
        make.reviewer(),
        *(make.reviewer(specialties=["neurology"]) for _ in range(2)),
    ]
    version = make.under_review(tier=Tier.B, reviewers=people)
    first, *rest = version.assignments.select_related("reviewer").order_by("pk")
    make.reported(first, vote="changes", remarks="The dose is wrong")
    for assignment in rest:
        make.reported(assignment)

    with traces.nothing_left(Refused, "must be from cardiology"):
        approve(make.again(version), make.chief())


def test_the_specialty_is_the_one_that_the_article_has_now(db: None) -> None:
    version, editor = make.reviewed(tier=Tier.B), make.editor()
    given = {"tier": Tier.B, "reason": "It is about a tumour"}
    desk.change_tier(version.article_id, by=editor, specialty="oncology", **given)

    with traces.nothing_left(Refused, "must be from oncology"):
        approve(make.again(version), make.chief())

    member = version.assignments.order_by("pk")[0].reviewer.board_member
    member.specialties = ["cardiology", "oncology"]
    member.save()
    assert approve(make.again(version), make.chief()).state == "approved"
    assert traces.said()["facts"]["from_specialty"] == [member.user_id]


def test_the_report_of_whoever_handles_the_version_does_not_count(db: None) -> None:
    version, editor = make.reviewed(tier=Tier.B), make.editor()
    asked = version.assignments.select_related("reviewer").order_by("pk")[0]
    Article.objects.filter(pk=version.article_id).update(editor=asked.reviewer)

    with traces.nothing_left(Refused, "needs 2 reviews in favour; 1 received"):
        approve(make.again(version), make.chief())

    Article.objects.filter(pk=version.article_id).update(editor=editor)
    assert approve(make.again(version), make.chief()).state == "approved"


@pytest.mark.parametrize("vote", ["changes", "reject"])
def test_only_votes_in_favour_count(vote: str, db: None) -> None:
    version = make.under_review(tier=Tier.B)
    first, second = version.assignments.select_related("reviewer").order_by("pk")
    make.reported(first, vote=vote, remarks="The dose is wrong")
    make.reported(second, vote="minor", remarks="A comma")

    with traces.nothing_left(Refused, "needs 2 reviews in favour; 1 received"):
        approve(make.again(version), make.chief())


def test_a_blocking_comment_blocks_until_it_is_resolved(db: None) -> None:
    version = make.under_review(tier=Tier.C)
    first = version.assignments.select_related("reviewer").get()
    make.reported(first, comments=(make.blocking(), make.Remark("question", "Why?")))

    with traces.nothing_left(Refused, "1 blocking comment still open"):
        approve(make.again(version), make.chief())
    comment = version.comments.get(kind="blocking")
    desk.resolve(version.pk, by=make.editor(), comment_id=comment.pk, reason="Right")

    assert approve(make.again(version), make.chief()).state == "approved"


def test_a_comment_carried_over_still_blocks(db: None) -> None:
    by = make.author()
    version = make.under_review(by=by, tier=Tier.C)
    first = version.assignments.select_related("reviewer").get()
    make.reported(first, comments=(make.blocking(), make.blocking("And this")))
    desk.return_for_changes(version.pk, by=make.editor(), reason="Mend it")
    again = make.send(make.resubmitted(version, by=by), tier=Tier.C)
    make.report_all(again)

    with traces.nothing_left(Refused, "2 blocking comments still open"):
        approve(make.again(again), make.chief())


def test_a_retracted_work_stops_an_approval(db: None) -> None:
    version = make.reviewed()
    work = Work.objects.get(citations__key="review")
    Work.objects.filter(pk=work.pk).update(retracted_on=timezone.now())

    with traces.nothing_left(Refused, f"A cited work has been retracted: “{work}”"):
        approve(version, make.chief())


def test_an_approval_needs_an_editor_responsible(db: None) -> None:
    version = make.reviewed()
    Article.objects.filter(pk=version.article_id).update(editor=None)

    with traces.nothing_left(Refused, "No editor is responsible for the article"):
        approve(version, make.chief())


def test_an_approval_needs_a_tier(db: None) -> None:
    version = make.reviewed()
    Article.objects.filter(pk=version.article_id).update(tier="")

    with traces.nothing_left(Refused, "The risk tier is not set"):
        approve(version, make.chief())


@pytest.mark.parametrize("shown", ["", "a" * 64])
def test_what_was_not_shown_is_not_signed(shown: str, db: None) -> None:
    version = make.reviewed()

    with traces.nothing_left(Refused, "The hash you were shown is not this version's"):
        approve(version, make.chief(), sha256=shown)


def test_a_text_that_was_tampered_with_is_not_signed(db: None) -> None:
    version = make.reviewed()
    database.drop(connection)
    Version.objects.filter(pk=version.pk).update(key_answer="Never.")

    with traces.nothing_left(Refused, "no longer has the hash it was submitted under"):
        approve(version, make.chief())


@pytest.mark.parametrize("age", [-1, 301])
def test_an_approval_needs_a_fresh_proof(age: int, db: None) -> None:
    version, chief = make.reviewed(), make.chief()
    stale = proof.Proof(chief.pk, timezone.now() - dt.timedelta(seconds=age))

    with traces.nothing_left(Refused, "Type your password again to sign"):
        approve(version, chief, proven=stale)


def test_an_approval_needs_the_approvers_own_proof(db: None) -> None:
    version, other = make.reviewed(), make.chief()

    with traces.nothing_left(Refused, "Type your password again to sign"):
        approve(version, make.chief(), proven=make.proven(other))


def test_an_approval_drawn_before_a_report_is_stale(db: None) -> None:
    version = make.under_review(tier=Tier.C, reviewers=[make.reviewer() for _ in "ab"])
    first, second = version.assignments.select_related("reviewer").order_by("pk")
    make.reported(first)
    seen = make.again(version).revision
    make.reported(second, vote="reject", remarks="It is dangerous")

    with traces.nothing_left(MovedOn):
        approve(version, make.chief(), seen=seen)


def test_two_chief_editors_at_once_one_approves(db: None) -> None:
    version, first, second = make.reviewed(), make.chief(), make.chief()
    seen = version.revision
    approve(version, first, seen=seen)

    with traces.nothing_left(MovedOn) as caught:
        approve(version, second, seen=seen)

    assert isinstance(caught.value, MovedOn)
    assert (caught.value.what, caught.value.who, caught.value.mine) == (
        "Approved meanwhile",
        first.printed_name,
        False,
    )


def test_a_second_click_is_told_that_it_was_theirs(db: None) -> None:
    version, chief = make.reviewed(), make.chief()
    approve(version, chief, seen=version.revision)

    with traces.nothing_left(MovedOn) as caught:
        approve(version, chief, seen=version.revision)

    assert isinstance(caught.value, MovedOn)
    assert caught.value.mine


def test_an_editor_does_not_approve(db: None) -> None:
    version = make.reviewed()

    with traces.nothing_left(PermissionDenied):
        approve(version, make.user(roles.EDITOR, is_superuser=True))


def test_a_chief_editor_does_not_approve_what_they_wrote(db: None) -> None:
    chief = make.user(roles.AUTHOR, roles.CHIEF_EDITOR, is_superuser=True)
    version = make.reviewed(by=chief)

    with traces.nothing_left(PermissionDenied):
        approve(version, chief)


@pytest.mark.parametrize("ended", [False, True])
def test_a_chief_editor_does_not_approve_what_they_were_asked_to_review(
    ended: bool,  # noqa: FBT001  a table of them
    db: None,
) -> None:
    chief = make.reviewer()
    chief.groups.add(make.Group.objects.get(name=roles.CHIEF_EDITOR))
    people = [make.reviewer(), make.reviewer(), make.fresh(chief)]
    version = make.under_review(reviewers=people)
    *others, own = version.assignments.select_related("reviewer").order_by("pk")
    for assignment in others:
        make.reported(assignment)
    if ended:
        inviting.unassign(own.pk, by=make.editor(), reason="A mistake")

    with traces.nothing_left(PermissionDenied):
        approve(make.again(version), make.fresh(chief))


def test_a_second_approval_supersedes_the_first(db: None) -> None:
    by = make.author()
    first = make.published(by=by, tier=Tier.C)
    draft = authoring.revise(first.pk, by=by)
    second = make.send(authoring.submit(draft.pk, by=by), tier=Tier.C)
    make.report_all(second)

    with traces.one_event():
        approve(make.again(second), make.chief())

    assert make.again(first).state == "superseded"
    assert traces.said()["facts"]["supersedes"] == 1
    assert f"version:{first.pk}" in traces.said()["rows"]
    assert traces.said()["rows"][f"version:{first.pk}"] == ledger.row_digest(
        make.again(first)
    )
    assert make.article(first).standing == "published"
    assert Publication.objects.get(ended_at=None).version_id == first.pk


def test_the_second_approval_is_published_in_place_of_the_first(db: None) -> None:
    by = make.author()
    first = make.published(by=by, tier=Tier.C)
    draft = authoring.revise(first.pk, by=by)
    second = make.send(authoring.submit(draft.pk, by=by), tier=Tier.C)
    make.report_all(second)
    approve(make.again(second), make.chief())

    assert publishing.publish_due() == (1, 0)

    current = Publication.objects.get(ended_at=None)
    earlier = Publication.objects.exclude(ended_at=None).get()
    assert (current.version_id, earlier.version_id) == (second.pk, first.pk)


def test_every_signature_of_an_approval_is_in_its_events(db: None) -> None:
    version = make.approved()

    signed = [traces.said(e)["facts"].get("signature") for e in events(version)]

    assert [value for value in signed if value] == list(
        Signature.objects.order_by("pk").values_list("value", flat=True)
    )


def events(version: Version) -> Any:
    return Event.objects.filter(article=version.article_id).order_by("seq")


def checked(version: Version, names: set[tuple[str, str]], verdict: str) -> None:
    """Everybody reports; the first has looked up the claims of these names."""
    found = tuple(
        replace(check, verdict=verdict)
        for check in make.checks(version)
        if (check.key, check.claim) in names
    )
    one, *others = version.assignments.select_related("reviewer").order_by("pk")
    make.reported(one, checks=found)
    for other in others:
        make.reported(other, checks=())


CLAIMS = [
    ("trial", "Offer it."),
    ("trial", "Offer the treatment that the trial tested."),
    ("review", "Watch for bleeding (strong recommendation)."),
    ("trial", "Stop it before surgery."),
]
NOT_ENOUGH = "claims are checked against the works they cite, and"


@pytest.mark.parametrize(
    ("tier", "enough", "too_few"),
    [
        (Tier.A, CLAIMS, CLAIMS[1:]),
        (Tier.B, [CLAIMS[0], CLAIMS[1], CLAIMS[3]], CLAIMS[:3]),
        (Tier.C, CLAIMS, CLAIMS[:3]),
    ],
)
def test_an_approval_needs_the_claims_checked_that_its_tier_asks_for(
    tier: str,
    enough: list[tuple[str, str]],
    too_few: list[tuple[str, str]],
    db: None,
) -> None:
    short, whole = make.under_review(tier=tier), make.under_review(tier=tier)
    assert [claim.name for claim in reports.claims(make.again(short))] == CLAIMS
    checked(short, set(too_few), "supports")
    checked(whole, set(enough), "partly")

    with traces.nothing_left(
        Refused, rf"^3 of 4 {NOT_ENOUGH} 1 more must be, beginning with “.*Tier {tier}"
    ):
        make.approve(make.again(short))

    assert make.approve(make.again(whole)).state == "approved"


def test_a_work_that_could_not_be_opened_is_not_checked(db: None) -> None:
    version = make.under_review(tier=Tier.C)
    checked(version, set(CLAIMS), "not_accessible")

    with traces.nothing_left(Refused, f"0 of 4 {NOT_ENOUGH} 4 more must be"):
        make.approve(make.again(version))


def test_to_approve_is_not_advised_before_the_claims_are_checked(db: None) -> None:
    version = make.under_review(tier=Tier.C)
    checked(version, set(), "supports")

    with traces.nothing_left(Refused, f"0 of 4 {NOT_ENOUGH}"):
        deciding.recommend(
            version.pk, by=make.editor(), advice="approve", reason="Sound."
        )
