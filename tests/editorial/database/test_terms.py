"""The glossary: what the database refuses of it."""

from __future__ import annotations

from articles.models import Term
from editorial import glossary
from editorial.actions import defining
from tests import make
from tests.editorial.actions.test_defining import OTHER, approved, proposed
from tests.editorial.database.writes import accepted, deletes, dropped, inserts, updates


def test_the_words_of_a_term_never_change(db: None) -> None:
    row, writes = approved(), {}
    for column in ("slug", "name", "spellings", "definition", "source"):
        writes |= updates(row, column)
    for column in ("proposed_by_id", "proposed_at", "approved_by_id", "approved_at"):
        writes |= updates(row, column)
    for column in ("approval", "public_key", "value"):
        writes |= updates(row, column)

    assert accepted(writes | deletes(row)) == []
    assert len(dropped(writes)) > len(writes) * 0.8  # the rest breaks a constraint


def test_what_was_taken_out_stays_out(db: None) -> None:
    row = approved()
    second = defining.propose(by=make.editor(), text=OTHER, instead_of=row.pk)
    defining.approve_term(second.pk, by=make.chief())

    assert accepted(updates(Term.objects.get(pk=row.pk), "ended_at")) == []


def test_a_term_is_proposed_before_it_is_approved(db: None) -> None:
    row, chief = proposed(), make.chief()

    def born_approved() -> Term:
        made = Term(
            slug="clot", name="clot", definition="x", proposed_by=row.proposed_by
        )
        glossary.sign(made, by=chief, role="chief editor", at=row.proposed_at)
        return made

    writes = inserts(born_approved, "approved from the first")
    assert accepted(writes) == []
    assert dropped(writes) == list(writes)


def test_nobody_approves_their_own_and_nobody_without_a_signature(db: None) -> None:
    row = proposed()

    assert accepted(updates(row, "approved_at", row.proposed_at)) == []
    assert accepted(updates(row, "approved_by_id", row.proposed_by_id)) == []
    assert accepted(updates(row, "approved_by_id", make.chief().pk)) != []
