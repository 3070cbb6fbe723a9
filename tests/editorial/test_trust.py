"""What a page may say: from signatures that verify and from the record, nothing else."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from articles.models import Article, Version
from articles.reading.facts import Person
from editorial import database, policy_texts, trust
from editorial.actions import authoring, publishing
from editorial.models import Chain, Event, Policy
from reviews import signing
from reviews.models import Signature
from reviews.tiers import QUORUM
from tests import make, tampering


def reviewed_by(*people: Any, **fields: Any) -> Version:
    return make.reviewed(reviewers=people, **fields)


def facts(version: Version) -> Any:
    return trust.of(make.again(version))


def test_an_unread_text_has_nobody_behind_it(db: None) -> None:
    said = facts(make.submitted())

    assert (said.approval, said.signatures, said.reviews_in) == (None, (), 0)
    assert (said.review_status, said.first_published_at) == ("submitted", None)
    assert said.reviews_needed == 1


@pytest.mark.parametrize("tier", QUORUM)
def test_reviews_are_counted_against_the_tier(tier: str, db: None) -> None:
    said = facts(make.reviewed(tier=tier))

    needed = QUORUM[tier].reviewers
    assert (said.reviews_in, said.reviews_needed) == (needed, needed)
    assert said.review_status == "under-review"
    assert said.approval is None


def test_an_approval_names_who_stands_behind_it(db: None) -> None:
    named = make.reviewer(name="Ada", credentials="MD", affiliation="A hospital")
    unnamed = make.reviewer(name="Rosalind Secret", named=False)
    chief = make.chief(name="Bea", credentials="PhD")
    version = make.approve(reviewed_by(named, unnamed), by=chief)

    said = facts(version)

    approval = said.approval
    assert approval.approver == Person("Bea, PhD")
    assert approval.reviewers == (
        Person("Ada, MD", affiliation="A hospital", specialties=("Cardiology",)),
    )
    assert approval.unnamed_reviewers == 1
    assert (approval.role, approval.policy) == ("chief editor", "editorial/1")
    assert approval.conflicts == ()
    assert "Secret" not in repr(said)


def test_a_reviewer_who_asks_not_to_be_named_leaves_no_signature_to_look_up(
    db: None,
) -> None:
    unnamed = make.reviewer(named=False)
    version = make.approve(reviewed_by(unnamed, make.reviewer()))
    signature = Signature.objects.get(signer=unnamed)

    (hidden,) = [
        s for s in facts(version).signatures if s.printed_name == trust.UNNAMED
    ]

    assert (hidden.value, hidden.payload, hidden.sha256) == ("", "", version.sha256)
    assert signature.value not in repr(facts(version))


def test_nobody_is_printed_under_a_text_that_they_were_against(db: None) -> None:
    names = ["Ada For", "Bea Minor", "Cleo Against", "Dora Never"]
    votes = ["approve", "minor", "changes", "reject"]
    people = [make.reviewer(name=name, credentials="") for name in names]
    version = make.under_review(reviewers=people)
    asked = version.assignments.select_related("reviewer").order_by("pk")
    for assignment, vote in zip(asked, votes, strict=True):
        make.reported(assignment, vote=vote, remarks="Read it")

    said = facts(make.approve(make.again(version), by=make.chief(name="Eve")))

    approval = said.approval
    assert [person.name for person in approval.reviewers] == ["Ada For", "Bea Minor"]
    assert (approval.unnamed_reviewers, approval.against) == (0, 2)
    assert [(s.meaning, s.printed_name) for s in said.signatures] == [
        ("Review, in favour", "Ada For"),
        ("Review, in favour", "Bea Minor"),
        ("Review, not in favour", trust.UNNAMED),
        ("Review, not in favour", trust.UNNAMED),
        ("Approval", "Eve, MD"),
    ]
    assert not {"Against", "Never"} & set(repr(said).split())


def test_who_has_an_interest_does_not_stand_behind_what_was_approved_without_them(
    db: None,
) -> None:
    names = ["Ada Known", "Bea Sound", "Cleo Tied"]
    people = [make.reviewer(name=name, credentials="") for name in names]
    version = reviewed_by(*people)
    Article.objects.filter(pk=version.article_id).update(entities="Acme")
    make.declaration(people[2], shares=["Acme"])

    said = facts(make.approve(make.again(version), by=make.chief(name="Eve")))

    approval = said.approval
    assert [person.name for person in approval.reviewers] == ["Ada Known", "Bea Sound"]
    told = (approval.unnamed_reviewers, approval.not_counted, approval.against)
    assert told == (0, 1, 0)
    assert [(s.meaning, s.printed_name) for s in said.signatures] == [
        ("Review, in favour", "Ada Known"),
        ("Review, in favour", "Bea Sound"),
        ("Review, in favour, not counted", trust.UNNAMED),
        ("Approval", "Eve, MD"),
    ]
    assert "Tied" not in repr(said)
    make.declaration(people[0], shares=["Acme"])
    assert facts(version).approval == approval


def test_before_the_decision_nobody_learns_who_signed_or_for_what(db: None) -> None:
    version = make.under_review(reviewers=[make.reviewer(), make.reviewer()])
    one, two = version.assignments.select_related("reviewer").order_by("pk")
    make.reported(one)
    make.reported(two, vote="reject", remarks="No")

    signed = facts(make.again(version)).signatures

    told = [(s.meaning, s.printed_name, s.value) for s in signed]
    assert told == [("Review", trust.UNNAMED, "")] * 2


def test_a_named_signature_can_be_checked_by_anybody(db: None) -> None:
    version = make.approve(reviewed_by(make.reviewer(), make.reviewer()))

    for fact in facts(version).signatures:
        message = fact.payload.encode()
        assert signing.verifies(message, value=fact.value, key=fact.public_key)


def test_a_conflict_of_interest_is_told(db: None) -> None:
    version = make.under_review(tier="C")
    asked = version.assignments.select_related("reviewer").get()
    make.reviewing.accept(
        asked.pk, by=asked.reviewer, answers=make.answers(shares=["The maker"])
    )
    by = make.fresh(asked.reviewer)
    make.reviewing.report(
        asked.pk,
        by=by,
        findings=make.findings(checks=make.checks(version)),
        proven=make.proven(by),
    )

    said = facts(make.approve(make.again(version)))

    assert said.approval.conflicts == ("Stock or options: The maker.",)


@pytest.mark.parametrize("meaning", ["review", "approval"])
def test_a_signature_that_does_not_verify_counts_for_nothing(
    meaning: str, db: None
) -> None:
    version = make.approved(tier="C")
    database.drop(connection)
    signature = Signature.objects.get(version=version, meaning=meaning)
    tampering.by_sql(signature, "printed_name", "Somebody Else")

    said = facts(version)

    assert said.reviews_in == (0 if meaning == "review" else 1)
    assert (said.approval is None) == (meaning == "approval")
    assert "Somebody Else" not in repr(said)


@pytest.mark.parametrize(("tier", "months"), [("A", 12), ("B", 24), ("C", 36)])
def test_an_approval_says_when_it_is_looked_at_again(
    tier: str, months: int, db: None
) -> None:
    approval = facts(make.approved(tier=tier)).approval

    due, signed = approval.next_review_due, approval.approved_at.date()
    assert (due.year - signed.year) * 12 + due.month - signed.month == months
    assert due.day <= signed.day


def test_the_record_names_who_decided_and_not_who_was_asked(db: None) -> None:
    people = [make.reviewer(name="Rosalind Secret", named=False), make.reviewer()]
    version = make.approve(reviewed_by(*people), by=make.chief(name="Bea"))

    told = [(e.label, e.who) for e in facts(version).events]

    assert [label for label, _ in told] == [
        "Draft opened",
        "Submitted",
        "Sent to review",
        "Invitation accepted",
        "Review signed",
        "Invitation accepted",
        "Review signed",
        "Approved",
    ]
    assert [who for label, who in told if label.startswith(("Inv", "Rev"))] == [""] * 4
    assert told[-1] == ("Approved", "Bea, MD")
    hashes = Event.objects.filter(article=version.article).order_by("seq")
    assert [e.hash for e in facts(version).events] == [e.hash for e in hashes]


def test_every_version_that_was_public_is_told_newest_first(db: None) -> None:
    by = make.author()
    first = make.published(by=by, tier="C")
    draft = authoring.revise(first.pk, by=by)
    text = make.text(change_summary="The dose was mended.")
    authoring.edit(draft.pk, by=by, text=text, seen=None)
    second = make.send(authoring.submit(draft.pk, by=by), tier="C")
    make.report_all(second)
    make.approve(make.again(second))
    publishing.publish(first.article_id, by=make.chief())

    history = facts(second).history

    assert [(v.number, v.sha256, v.ended_at is None) for v in history] == [
        (2, make.again(second).sha256, True),
        (1, first.sha256, False),
    ]
    assert history[0].change_summary == "The dose was mended."
    for told, version in zip(history, (second, first), strict=True):
        kept = version.signatures.order_by("signed_at", "pk")
        assert [(s.sha256, s.value) for s in told.signatures] == [
            (told.sha256, signature.value) for signature in kept
        ]
        assert len(told.signatures) == 2
    assert history[0].signatures == facts(second).signatures
    assert facts(second).first_published_at == history[1].published_at


def test_under_an_earlier_version_nobody_is_unmasked_either(db: None) -> None:
    by, unnamed = make.author(), make.reviewer(name="Rosalind Secret", named=False)
    first = make.published(by=by, reviewers=[unnamed], tier="C")
    second = make.send(make.resubmitted(first, by=by), tier="C")
    make.report_all(second)
    make.approve(make.again(second))
    publishing.publish(first.article_id, by=make.chief())

    _, kept = facts(second).history

    hidden, approval = kept.signatures
    assert (hidden.printed_name, hidden.value) == (trust.UNNAMED, "")
    assert (approval.meaning, approval.sha256) == ("Approval", first.sha256)
    assert "Secret" not in repr(kept)


def test_facts_cost_the_same_whatever_is_behind_them(
    db: None, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for number in (1, 3):
        version = make.again(reviewed_by(*(make.reviewer() for _ in range(number + 1))))
        with django_assert_max_num_queries(12) as captured:
            trust.of(version)
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_disclaimers_are_those_in_force(db: None) -> None:
    chief = make.chief()
    coming = Policy(
        kind=Policy.Kind.LAY,
        number=9,
        title="Later",
        body="<p>Later</p>",
        in_force_from=timezone.now() + dt.timedelta(days=1),
    )
    coming.save()
    policy_texts.issue(Policy.Kind.PROFESSIONAL, title="2", body=" <p>2</p> ", by=chief)

    said = facts(make.submitted()).disclaimer

    assert {said[a] for a in ("clinician", "nurse", "student")} == {"<p>2</p>"}
    assert said["patient"] == said["caregiver"] != "<p>Later</p>"


def test_a_house_is_a_demonstration_once_the_library_was_loaded(db: None) -> None:
    assert not trust.is_demonstration()
    Chain.objects.create(name=trust.DEMONSTRATION)
    assert trust.is_demonstration()
