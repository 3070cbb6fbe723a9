"""What reviewers do: accept, decline, step back, report and sign."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from articles.models import Article, Authorship, Version
from articles.vocabulary import Tier
from editorial import proof, reports
from editorial.actions import reviewing
from editorial.errors import MovedOn, Refused
from editorial.models import Event, User
from editorial.reports import Check
from reviews import checklist, interests, signing
from reviews.models import Assignment, Declaration, Report
from tests import make, tampering, traces

TRAVELLED = "Support for meetings or travel: A firm."


def invited(**fields: Any) -> Assignment:
    version = make.under_review(**fields)
    return version.assignments.select_related("reviewer").order_by("pk")[0]


def accepted(**fields: Any) -> Assignment:
    return make.accepted(invited(**fields))


def report(asked: Assignment, by: User | None = None, **fields: Any) -> Report:
    by = by or make.fresh(asked.reviewer)
    return reviewing.report(
        asked.pk, by=by, findings=make.findings(**fields), proven=make.proven(by)
    )


def now(asked: Assignment) -> Assignment:
    return Assignment.objects.select_related("version__article").get(pk=asked.pk)


@pytest.mark.parametrize(("tier", "days"), [("A", 10), ("B", 14), ("C", 14)])
def test_an_acceptance_starts_the_time_of_the_tier(
    tier: str, days: int, db: None
) -> None:
    asked = invited(tier=tier)

    with traces.one_event():
        reviewing.accept(asked.pk, by=asked.reviewer, answers=make.answers())

    found = now(asked)
    assert found.accepted_at
    assert found.due_at
    assert round((found.due_at - found.accepted_at) / dt.timedelta(days=1)) == days
    assert traces.step() == ("accepted", "invited", "accepted", "")
    assert traces.told() == {found.version.article.editor_id: "A reviewer accepted"}


@pytest.mark.parametrize(
    ("has", "kept"),
    [
        ({}, ""),
        ({"shares": [" The maker "]}, "Stock or options: The maker."),
        (
            {"grants": ["A fund", "A firm"], "travel": ["A firm"]},
            f"Grants or contracts: A fund, A firm. {TRAVELLED}",
        ),
    ],
)
def test_an_acceptance_declares_conflicts_of_interest(
    has: dict[str, list[str]], kept: str, db: None
) -> None:
    asked = invited()

    reviewing.accept(asked.pk, by=asked.reviewer, answers=make.answers(**has))

    disclosure = now(asked).disclosure
    assert (disclosure.has_conflict, disclosure.statement) == (bool(has), kept)
    assert disclosure.answers == interests.clean(make.answers(**has))


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (None, "Answer “Stock or options”; “none” is an answer."),
        ({"has": None, "who": []}, "Answer “Stock or options”; “none” is an answer."),
        ({"has": True, "who": [" "]}, "Say with whom: “Stock or options”."),
        ({"has": True, "who": ["x" * 201]}, "Keep each name within 200 characters"),
        ({"has": True, "who": ["x"] * 21}, "Name at most 20: “Stock or options”."),
    ],
)
def test_nothing_is_accepted_while_a_line_is_blank(
    line: Any, sentence: str, db: None
) -> None:
    asked, answers = invited(), make.answers()
    del answers["shares"]
    given = answers if line is None else answers | {"shares": line}

    with traces.nothing_left(Refused, sentence):
        reviewing.accept(asked.pk, by=asked.reviewer, answers=given)


def test_nothing_is_accepted_without_a_declaration_of_the_last_year(db: None) -> None:
    with time_machine.travel(timezone.now() - dt.timedelta(days=367)):
        reviewer = make.reviewer()
    asked = make.under_review(tier=Tier.C, reviewers=[reviewer]).assignments.get()

    with traces.nothing_left(Refused, "Declare your interests first"):
        reviewing.accept(asked.pk, by=make.fresh(reviewer), answers=make.answers())


def test_accepting_can_be_the_declaration_as_well(db: None) -> None:
    with time_machine.travel(timezone.now() - dt.timedelta(days=367)):
        reviewer = make.reviewer()
    asked = make.under_review(tier=Tier.C, reviewers=[reviewer]).assignments.get()
    answers = make.answers(support=["A fund"], travel=["A firm"])

    reviewing.accept(asked.pk, by=make.fresh(reviewer), answers=answers, declare=True)

    made = Declaration.objects.filter(person=reviewer).latest("made_at")
    assert now(asked).state == "accepted"
    assert made.answers == interests.clean(answers, interests.GENERAL)
    kinds = Event.objects.order_by("-pk").values_list("kind", "chain__name")
    assert list(kinds[:2]) == [
        ("accepted", f"article:{asked.version.article_id}"),
        ("declared", "accounts"),
    ]


@pytest.mark.parametrize("where", ["entities", "text"])
def test_who_has_an_interest_in_the_matter_cannot_accept(where: str, db: None) -> None:
    by = make.author()
    headline = "What the pill of Acme does" if where == "text" else "What it does"
    version = make.submitted(by=by, headline=headline)
    if where == "entities":
        Article.objects.update(entities="Something else\nACME Pharma Ltd.")
    asked = make.send(version, tier=Tier.C).assignments.get()
    reviewer = asked.reviewer
    answers = make.answers(consulting=["Acme, Inc."])

    with pytest.raises(Refused) as caught:
        reviewing.accept(asked.pk, by=make.fresh(reviewer), answers=answers)

    assert str(caught.value) == (
        "This text is about Acme, Inc., in which you have an interest. You cannot "
        "review it; please decline. The editor has been told."
    )
    assert now(asked).state == "invited"
    assert now(asked).disclosure.statement == (
        "Consulting fees: Acme, Inc. The text is about Acme, Inc."
    )
    assert traces.step() == ("declared", "invited", "invited", "")
    assert traces.told() == {
        make.article(version).editor_id: "A reviewer declared a conflict of interest"
    }


def test_who_named_an_interest_in_the_matter_cannot_take_it_back(db: None) -> None:
    asked = invited()
    Article.objects.update(entities="Acme")
    by = make.fresh(asked.reviewer)
    with pytest.raises(Refused):
        reviewing.accept(asked.pk, by=by, answers=make.answers(shares=["Acme"]))

    with traces.nothing_left(Refused, "You declared an interest"):
        reviewing.accept(asked.pk, by=by, answers=make.answers())
    reviewing.decline(asked.pk, by=by, reason="Shares", suggested=" B. Coli, Brown ")

    assert (now(asked).state, now(asked).suggested) == ("declined", "B. Coli, Brown")


def test_a_general_declaration_counts_at_accepting_too(db: None) -> None:
    asked = invited()
    make.declaration(asked.reviewer, shares=["Acme"])
    Article.objects.update(entities="Acme")

    with pytest.raises(Refused, match="This text is about Acme"):
        reviewing.accept(
            asked.pk, by=make.fresh(asked.reviewer), answers=make.answers()
        )


@pytest.mark.parametrize("who", ["another reviewer", "editor", "chief"])
def test_only_who_was_asked_answers(who: str, db: None) -> None:
    asked = invited()
    makers = {
        "another reviewer": make.reviewer,
        "editor": make.editor,
        "chief": make.chief,
    }

    with traces.nothing_left(PermissionDenied):
        reviewing.accept(asked.pk, by=makers[who](), answers=make.answers())


def test_a_reviewer_who_became_an_author_accepts_nothing(db: None) -> None:
    asked = invited()
    article = make.article(asked.version)
    with tampering.unguarded():
        Authorship.objects.create(article=article, user=asked.reviewer, position=2)

    with traces.nothing_left(PermissionDenied):
        reviewing.accept(asked.pk, by=asked.reviewer, answers=make.answers())


def test_a_reviewer_who_lost_the_role_accepts_nothing(db: None) -> None:
    asked = invited()
    asked.reviewer.groups.clear()

    with traces.nothing_left(PermissionDenied):
        reviewing.accept(
            asked.pk, by=make.fresh(asked.reviewer), answers=make.answers()
        )


def test_an_invitation_is_accepted_once(db: None) -> None:
    asked = invited()
    reviewing.accept(asked.pk, by=asked.reviewer, answers=make.answers())

    with traces.nothing_left(MovedOn, "Invitation accepted meanwhile") as caught:
        reviewing.accept(asked.pk, by=asked.reviewer, answers=make.answers())

    assert isinstance(caught.value, MovedOn)
    assert caught.value.mine


def test_a_stale_answer_is_refused(db: None) -> None:
    asked = invited()
    seen = asked.revision
    reviewing.accept(asked.pk, by=asked.reviewer, answers=make.answers(), seen=seen)

    with traces.nothing_left(MovedOn):
        reviewing.recuse(asked.pk, by=asked.reviewer, reason="A friend", seen=seen)


def test_declining_needs_a_reason_and_tells_the_editor(db: None) -> None:
    asked = invited()

    with traces.nothing_left(Refused, "“Decline” needs a reason"):
        reviewing.decline(asked.pk, by=asked.reviewer, reason="")
    with traces.one_event():
        reviewing.decline(asked.pk, by=asked.reviewer, reason="No time")

    found = now(asked)
    assert (found.state, found.reason) == ("declined", "No time")
    assert traces.step() == ("declined", "invited", "declined", "No time")
    assert traces.told() == {found.version.article.editor_id: "A reviewer declined"}


def test_stepping_back_needs_a_reason_and_tells_the_editor(db: None) -> None:
    asked = accepted()

    with traces.nothing_left(Refused, "“Recuse myself” needs a reason"):
        reviewing.recuse(asked.pk, by=asked.reviewer, reason=" ")
    with traces.one_event():
        reviewing.recuse(asked.pk, by=asked.reviewer, reason="A friend")

    found = now(asked)
    assert (found.state, found.reason) == ("recused", "A friend")
    assert traces.step() == ("recused", "accepted", "recused", "A friend")
    assert traces.told() == {found.version.article.editor_id: "A reviewer stepped back"}


def test_a_report_is_signed_under_the_hash_of_what_was_read(db: None) -> None:
    asked = accepted()
    before = now(asked).version

    with traces.one_event():
        filed = report(
            asked, vote="minor", remarks=" Well done ", note_to_editor="Not for them"
        )

    found = now(asked)
    signature = before.signatures.get()
    assert found.state == "reported"
    assert (filed.vote, filed.remarks, filed.note_to_editor, filed.sha256) == (
        "minor",
        "Well done",
        "Not for them",
        before.sha256,
    )
    assert (signature.signer_id, signature.meaning, signature.role) == (
        asked.reviewer_id,
        "review",
        "reviewer",
    )
    assert signature.sha256 == before.sha256
    assert signing.is_valid(signature)
    assert traces.step() == ("reported", "accepted", "reported", "")
    assert traces.said()["facts"] == {
        "vote": "minor",
        "signature": signature.value,
    }
    assert traces.told() == {found.version.article.editor_id: "A review was signed"}


def test_a_report_makes_decisions_drawn_before_it_stale(db: None) -> None:
    asked = accepted()
    before = now(asked).version.revision

    report(asked)

    assert now(asked).version.revision == before + 1


def test_comments_of_a_report_are_kept_with_their_passages(db: None) -> None:
    asked = accepted()
    remarks = (
        make.Remark("blocking", " The dose is wrong. ", " ten times "),
        make.Remark("suggestion", "Shorter?"),
        make.Remark("question", "  "),
    )

    report(asked, vote="changes", comments=remarks)

    kept = asked.version.comments.order_by("pk")
    assert [(c.kind, c.text, c.passage, c.author_id) for c in kept] == [
        ("blocking", "The dose is wrong.", "ten times", asked.reviewer_id),
        ("suggestion", "Shorter?", "", asked.reviewer_id),
    ]


def test_a_comment_is_kept_with_its_place_in_the_text(db: None) -> None:
    asked = accepted()
    text = "What to do Offer the treatment that the trial tested. Watch for bleeding"

    report(
        asked,
        checklist=YES | {"doses": "no"},
        comments=(
            make.Remark("question", "Which?", "the  treatment", criterion="doses"),
            make.Remark(
                "suggestion", "", "Stop it", "clinician", replacement="Halve it"
            ),
        ),
    )

    first, second = asked.version.comments.order_by("pk")
    assert (first.part, first.start, first.passage, first.criterion) == (
        *("clinician", text.index("the treatment"), "the treatment", "doses"),
    )
    assert (first.prefix, first.suffix[:13]) == ("What to do Offer ", " that the tri")
    assert (second.text, second.replacement) == (
        *("Put “Halve it” there instead.", "Halve it"),
    )


def test_nobody_waits_while_comments_are_put_at_their_places(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, depths = accepted(), []
    anchored = reports.anchored

    def noting(*given: Any) -> Any:
        depths.append(len(connection.atomic_blocks))
        return anchored(*given)

    monkeypatch.setattr(reports, "anchored", noting)
    report(asked, comments=(make.blocking(),))

    assert depths == [len(connection.atomic_blocks)]


def test_a_report_on_a_text_that_is_another_by_now_is_refused(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = accepted()
    other = make.submitted()
    monkeypatch.setattr(reviewing, "_read", lambda *_: make.again(other))

    with traces.nothing_left(MovedOn):
        report(asked)


def test_what_a_work_says_of_a_claim_is_kept_with_the_report(db: None) -> None:
    asked = accepted()
    checks = (Check("trial", "Offer it.", "partly", "p. 412", "In adults alone."),)

    report(asked, checks=checks)

    [kept] = asked.citation_checks.all()
    assert (
        Check(kept.key, kept.claim, kept.verdict, kept.locator, kept.note) == checks[0]
    )


def test_the_same_report_sent_again_is_the_one_that_was_signed(db: None) -> None:
    asked = accepted()
    said: dict[str, Any] = {
        "vote": "minor",
        "comments": (make.blocking(), make.Remark("question", " ")),
        "checks": (Check("trial", "Offer it.", "partly"),),
    }
    seen = now(asked).revision
    by = make.fresh(asked.reviewer)
    signed = report(asked, by, **said)

    again = reviewing.report(
        asked.pk,
        by=by,
        findings=make.findings(**said),
        proven=make.proven(by),
        seen=seen,
    )

    assert again.pk == signed.pk
    assert asked.version.comments.count() == 1
    for other in ({"checks": ()}, {"comments": ()}, {"remarks": "More"}):
        with traces.nothing_left(MovedOn, "Review signed meanwhile"):
            report(asked, by, **said | other)


YES = {item.code: "yes" for item in checklist.ITEMS}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"checklist": {}}, "Answer every line of the checklist; still open:"),
        ({"checklist": YES | {"doses": ""}}, "Doses, units and populations are right."),
        (
            {"checklist": YES | {"doses": "no"}, "remarks": "Ten times too much."},
            "“Doses, units and populations are right” is answered “No”: comment on",
        ),
        (
            {
                "checklist": YES | {"doses": "no"},
                "comments": (
                    make.Remark("question", "Why?", "Elsewhere", criterion="doses"),
                ),
            },
            "“Doses, units and populations are right” is answered “No”: comment on",
        ),
        ({"vote": ""}, "Choose your vote."),
        ({"vote": "perhaps"}, "Choose your vote."),
        ({"vote": "changes"}, "Say what must change"),
        ({"vote": "reject", "remarks": " "}, "Say what must change"),
        ({"remarks": "x" * 20_001}, "Keep remarks within 20,000 characters."),
        ({"note_to_editor": "x" * 20_001}, "Keep remarks within 20,000 characters."),
        (
            {"comments": (make.Remark("question", "x" * 20_001),)},
            "Keep remarks within 20,000 characters.",
        ),
        (
            {"comments": (make.Remark("question", "Why?", "x" * 20_001),)},
            "Keep remarks within 20,000 characters.",
        ),
        (
            {"comments": (make.Remark("praise", "Lovely"),)},
            "A comment is a question, a suggestion or blocking.",
        ),
        (
            {"comments": (make.Remark("question", "Why?", replacement="This"),)},
            "Only a suggestion puts other words in place of a passage.",
        ),
        (
            {"comments": (make.Remark("question", "Why?", criterion="taste"),)},
            "A comment names a line that the checklist does not have.",
        ),
        (
            {"comments": (make.Remark("question", "Why?"),) * 301},
            "Keep to 300 comments.",
        ),
        (
            {"checks": (Check("trial", "Offer it.", "perhaps"),)},
            "Say of each work whether it supports the claim.",
        ),
        (
            {"checks": (Check("trial", "Offer it.", "supports", "p" * 201),)},
            "Keep each place in a work within 200 characters.",
        ),
        (
            {
                "checks": tuple(
                    Check("trial", words, "supports", note="x" * 10_001)
                    for words in ("Offer it.", "Watch for bleeding.")
                )
            },
            "Keep all notes on claims within 20,000 characters together.",
        ),
        (
            {"checks": (Check("trial", "Offer it.", "supports"),) * 2},
            "A claim is checked twice against the same work.",
        ),
        (
            {"checks": (Check("review", "Offer it.", "supports"),)},
            "A claim that was checked does not stand in this text.",
        ),
    ],
)
def test_an_unfinished_report_is_refused(
    fields: dict[str, Any], sentence: str, db: None
) -> None:
    asked = accepted()
    by = make.fresh(asked.reviewer)

    with traces.nothing_left(Refused) as caught:
        report(asked, by, **fields)

    assert sentence in str(caught.value)


def test_the_checklist_keeps_its_own_lines_alone(db: None) -> None:
    asked = accepted()

    filed = report(asked, checklist=YES | {"smuggled": "x" * 100_000})

    assert Report.objects.get(pk=filed.pk).checklist == YES


@pytest.mark.parametrize("age", [-1, 301, 100_000])
def test_a_report_needs_a_fresh_proof(age: int, db: None) -> None:
    asked = accepted()
    by = make.fresh(asked.reviewer)
    stale = proof.Proof(by.pk, timezone.now() - dt.timedelta(seconds=age))

    with traces.nothing_left(Refused, "Type your password again to sign"):
        reviewing.report(asked.pk, by=by, findings=make.findings(), proven=stale)


def test_a_report_needs_the_reviewers_own_proof(db: None) -> None:
    asked = accepted()
    by = make.fresh(asked.reviewer)
    other = make.proven(make.chief())

    with traces.nothing_left(Refused, "Type your password again to sign"):
        reviewing.report(asked.pk, by=by, findings=make.findings(), proven=other)


def test_nobody_reports_before_accepting(db: None) -> None:
    asked = invited()
    by = make.fresh(asked.reviewer)

    with traces.nothing_left(MovedOn):
        report(asked, by)


def test_nobody_reports_twice(db: None) -> None:
    asked = accepted()
    by = make.fresh(asked.reviewer)
    report(asked, by)

    with traces.nothing_left(MovedOn, "Review signed meanwhile"):
        report(asked, by, vote="reject", remarks="I changed my mind")


def test_a_report_from_a_form_drawn_before_a_change_is_refused(db: None) -> None:
    asked = accepted()
    by = make.fresh(asked.reviewer)

    with traces.nothing_left(MovedOn):
        reviewing.report(
            asked.pk,
            by=by,
            findings=make.findings(),
            proven=make.proven(by),
            seen=now(asked).revision - 1,
        )


def test_a_password_proves_a_person(db: None) -> None:
    person = make.user()

    found = proof.by_password(person, make.PASSWORD)
    proof.require(found, person)

    assert found.user_id == person.pk
    with pytest.raises(Refused, match="The password is not right; nothing was signed"):
        proof.by_password(person, "guessed")


def test_signing_one_report_leaves_the_other_reviews_open(db: None) -> None:
    asked = accepted()
    report(asked)

    version = Version.objects.get(pk=asked.version_id)
    assert [a.state for a in version.assignments.order_by("pk")] == [
        "reported",
        "invited",
    ]
