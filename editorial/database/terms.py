"""The glossary: a wording never changes, is approved once, by another, and ends once."""

from __future__ import annotations

from articles.models import Term
from editorial.database.guard import Guard, changed, table_of, undeletable

TERM = table_of(Term)
WORDS = (
    *("slug", "name", "spellings", "definition", "source"),
    *("proposed_by_id", "proposed_at"),
)
APPROVAL = ("approved_by_id", "approved_at", "approval", "public_key", "value")


def guards() -> list[Guard]:
    return [
        Guard(
            "term_born",
            TERM,
            "INSERT",
            "NEW.approved_at IS NOT NULL OR NEW.approved_by_id IS NOT NULL "
            "OR NEW.approval <> '' OR NEW.ended_at IS NOT NULL",
            "a term is proposed before it is approved",
        ),
        Guard(
            "term_fixed",
            TERM,
            "UPDATE",
            f"OLD.ended_at IS NOT NULL OR {changed(*WORDS)} OR "
            f"OLD.approved_at IS NOT NULL AND ({changed(*APPROVAL)})",
            "the words of a term never change",
        ),
        Guard(
            "term_approved",
            TERM,
            "UPDATE",
            "NEW.approved_at IS NOT NULL AND (NEW.approved_by_id IS NULL "
            "OR NEW.approved_by_id = NEW.proposed_by_id OR NEW.value = '')",
            "a term is approved by somebody who did not propose it",
        ),
        *undeletable(Term),
    ]
