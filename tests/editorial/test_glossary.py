"""The glossary as readers are told it: what the house signed, and nothing else."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.glossary import TermText
from articles.models import Term
from editorial import glossary, trust
from editorial.actions import defining
from editorial.models import BoardMember
from tests import make, tampering
from tests.editorial.actions.test_defining import OTHER, TEXT, approved, proposed


def told() -> list[str]:
    return [term.definition for term in trust.house().glossary.terms]


def test_a_house_without_terms_tells_none(db: None) -> None:
    assert (trust.house().glossary.terms, trust.house().glossary.number) == ((), 0)


def test_readers_are_told_what_is_approved_by_name(db: None) -> None:
    proposed(TermText("stroke", "x"))
    approved(TermText("clot", "Thick blood."))
    row = approved(by=make.chief(name="Bea", credentials="PhD"))

    [one, other] = trust.house().glossary.terms

    assert (one.name, other.name) == ("anticoagulant", "clot")
    assert (one.slug, one.spellings, one.source) == (
        row.slug,
        TEXT.spellings,
        TEXT.source,
    )
    assert (one.approver, one.role, one.approved_at) == (
        "Bea, PhD",
        "chief editor",
        row.approved_at,
    )
    assert trust.house().glossary.number == 5


def test_it_is_read_with_the_house_in_one_statement(db: None) -> None:
    approved()
    approved(TermText("clot", "Thick blood."))

    with CaptureQueriesContext(connection) as asked:
        assert len(trust.house().glossary.terms) == 2

    assert len(asked) == 1


def test_the_earlier_wording_stands_until_the_next_is_approved(db: None) -> None:
    row = approved()
    new = defining.propose(by=make.author(), text=OTHER, instead_of=row.pk)
    assert told() == [TEXT.definition]

    defining.approve_term(new.pk, by=make.chief())
    assert told() == [OTHER.definition]

    defining.end_term(new.pk, by=make.editor(), reason="Wrong.")
    assert told() == []


def test_words_that_nobody_approved_are_told_to_nobody(db: None) -> None:
    row = approved()
    with tampering.unguarded():
        Term.objects.filter(pk=row.pk).update(definition="Forged", name="Forged")
    assert told() == [TEXT.definition]

    with tampering.unguarded():
        forged = row.approval.replace("less", "more")
        Term.objects.filter(pk=row.pk).update(approval=forged)
    assert told() == []


@pytest.mark.parametrize(
    ("named", "printed"), [(True, "Rosalind, MD"), (False, glossary.UNNAMED)]
)
def test_a_member_of_the_board_is_named_as_they_chose(
    named: bool,  # noqa: FBT001  a parameter of a test
    printed: str,
    db: None,
) -> None:
    by = make.reviewer(name="Rosalind", named=True)
    approved(by=by)
    BoardMember.objects.filter(user=by).update(named=named)

    [term] = trust.house().glossary.terms

    assert (term.approver, term.role) == (printed, "board member")


def test_publishing_asks_no_more_for_many_terms(db: None) -> None:
    counts = []
    for number in range(2):
        version = make.approved()
        with CaptureQueriesContext(connection) as asked:
            make.publishing.publish(version.article_id, by=make.people.system())
        counts.append(len(asked))
        approved(TermText(f"bleeding {number}", "x", (f"surgery {number}",)))

    assert counts[0] == counts[1]
