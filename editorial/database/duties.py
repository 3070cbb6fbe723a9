"""Duties kept apart: nobody reviews, signs or approves what they should not."""

from __future__ import annotations

from articles.models import Article, Authorship
from editorial.database.guard import Guard, changed, table_of, undeletable
from editorial.database.versions import VERSION
from reviews.models import Assignment, Report, Signature

ASSIGNMENT, SIGNATURE = table_of(Assignment), table_of(Signature)


def guards() -> list[Guard]:
    return [
        *_assignments(),
        *undeletable(Assignment),
        *_reports(),
        *_signatures(),
    ]


def _reports() -> list[Guard]:
    awaited = (
        f"EXISTS (SELECT 1 FROM {ASSIGNMENT} r JOIN {VERSION} v ON v.id = r.version_id "
        "WHERE r.id = NEW.assignment_id AND v.state = 'under_review' "
        "AND r.state IN ('invited', 'accepted', 'reported'))"
    )
    return [
        Guard(
            "report_late",
            table_of(Report),
            "INSERT",
            f"NEW.late = {awaited}",
            "a report is late exactly when nobody awaits it any longer",
        ),
    ]


def _assignments() -> list[Guard]:
    return [
        Guard(
            "assignment_author",
            ASSIGNMENT,
            "INSERT",
            _wrote("reviewer_id"),
            "an author does not review their own text",
        ),
        Guard(
            "assignment_editor",
            ASSIGNMENT,
            "INSERT",
            f"EXISTS (SELECT 1 FROM {VERSION} v JOIN {table_of(Article)} a "
            "ON a.id = v.article_id WHERE v.id = NEW.version_id "
            "AND (NEW.reviewer_id IN (a.editor_id, NEW.invited_by_id) "
            f"OR EXISTS (SELECT 1 FROM {table_of(Article.history.model)} h "
            "WHERE h.id = a.id AND h.editor_id = NEW.reviewer_id)))",
            "an editor does not review what they handle",
        ),
        Guard(
            "assignment_fixed",
            ASSIGNMENT,
            "UPDATE",
            changed("version_id", "reviewer_id", "reopens_id"),
            "an assignment keeps its version and its reviewer",
        ),
        Guard(
            "assignment_again",
            ASSIGNMENT,
            "INSERT",
            "NEW.reopens_id IS NOT NULL AND NOT EXISTS ("
            f"SELECT 1 FROM {ASSIGNMENT} e WHERE e.id = NEW.reopens_id "
            "AND e.version_id = NEW.version_id AND e.reviewer_id = NEW.reviewer_id "
            "AND e.state = 'reopened')",
            "only a reviewer who has reported is asked again",
        ),
    ]


def _signatures() -> list[Guard]:
    reviewed = (
        f"EXISTS (SELECT 1 FROM {ASSIGNMENT} r JOIN {VERSION} o ON o.id = r.version_id "
        f"JOIN {VERSION} v ON v.article_id = o.article_id "
        "WHERE v.id = NEW.version_id AND r.reviewer_id = NEW.signer_id)"
    )
    return [
        Guard(
            "signature_author",
            SIGNATURE,
            "INSERT",
            _wrote("signer_id"),
            "an author does not sign for their own text",
        ),
        Guard(
            "signature_reviewer",
            SIGNATURE,
            "INSERT",
            f"NEW.meaning = 'approval' AND {reviewed}",
            "who reviewed an article does not approve it",
        ),
        Guard(
            "signature_hash",
            SIGNATURE,
            "INSERT",
            f"NOT EXISTS (SELECT 1 FROM {VERSION} v WHERE v.id = NEW.version_id "
            "AND v.sha256 = NEW.sha256 AND v.state = 'under_review')",
            "a signature is under the hash of a version under review",
        ),
    ]


def _wrote(who: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {VERSION} v JOIN {table_of(Authorship)} a "
        "ON a.article_id = v.article_id "
        f"WHERE v.id = NEW.version_id AND a.user_id = NEW.{who})"
    )
