"""What a version keeps: its text, its hash, its way along the drawn arrows."""

from __future__ import annotations

from articles.models import Version
from articles.states import VersionState
from editorial.database.guard import Guard, changed, table_of, undeletable
from reviews.models import Signature

VERSION = table_of(Version)

CONTENT = (
    *("article_id", "number", "question", "headline", "key_answer", "audience"),
    *("origin", "origin_tool", "origin_on", "evidence_searched_on"),
    *("change_summary", "response", "created_at"),
)
SEAL = (
    *("sha256", "canonical_form", "byline", "responsibility"),
    *("submitted_by_id", "submitted_at"),
)

ARROWS = {
    VersionState.DRAFT: ("submitted", "withdrawn"),
    VersionState.SUBMITTED: (
        *("draft", "under_review", "returned", "rejected", "withdrawn"),
    ),
    VersionState.UNDER_REVIEW: ("approved", "returned", "rejected", "withdrawn"),
    VersionState.APPROVED: ("superseded",),
}


def guards() -> list[Guard]:
    return [*_text(), *_moves(), *undeletable(Version)]


def _text() -> list[Guard]:
    # JSON columns of PostgreSQL have an order, so both databases can compare them.
    recalled = "OLD.state = 'submitted' AND NEW.state = 'draft'"
    return [
        Guard(
            "version_text",
            VERSION,
            "UPDATE",
            f"OLD.state <> 'draft' AND ({changed(*CONTENT)})",
            "a submitted version cannot change",
        ),
        Guard(
            "version_seal",
            VERSION,
            "UPDATE",
            f"OLD.state <> 'draft' AND NOT ({recalled}) AND ({changed(*SEAL)})",
            "the hash of a submitted version cannot change",
        ),
        Guard(
            "version_decided",
            VERSION,
            "UPDATE",
            "OLD.state IN ('approved', 'superseded') AND "
            f"({changed('decided_at', 'decision_reason', 'publish_at', 'review_due_on')})",
            "what was decided cannot change",
        ),
    ]


def _moves() -> list[Guard]:
    signature = table_of(Signature)
    return [
        Guard(
            "version_state",
            VERSION,
            "UPDATE",
            _off_the_arrows(),
            "a version moves only along the drawn arrows",
        ),
        Guard(
            "version_approved",
            VERSION,
            "UPDATE",
            "OLD.state <> 'approved' AND NEW.state = 'approved' AND NOT EXISTS ("
            f"SELECT 1 FROM {signature} s WHERE s.version_id = NEW.id "
            "AND s.meaning = 'approval' AND s.sha256 = NEW.sha256)",
            "approval needs a signature under the same hash",
        ),
        Guard(
            "version_born",
            VERSION,
            "INSERT",
            "NEW.state <> 'draft'",
            "a version begins as a draft",
        ),
    ]


def _off_the_arrows() -> str:
    drawn = " OR ".join(
        f"(OLD.state = '{source}' AND NEW.state IN ({_quoted(targets)}))"
        for source, targets in ARROWS.items()
    )
    return f"OLD.state <> NEW.state AND NOT ({drawn})"


def _quoted(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)
