"""Who wrote, and what was objected and answered, stays as the desk saw it."""

from __future__ import annotations

from articles.models import Authorship
from editorial.database.guard import (
    Guard,
    changed,
    irreplaceable,
    table_of,
    undeletable,
)
from editorial.database.versions import VERSION
from reviews.models import Assignment, Comment, Signature

AUTHORSHIP, COMMENT = table_of(Authorship), table_of(Comment)
STAND_FAST = "the authors of a submitted article cannot change"
STAYS = "an author who joined stays one"

ANSWER = ("answer", "answer_text", "answered_by_id", "answered_at")
FIXED = (
    *("version_id", "author_id", "kind", "text", "passage", "created_at"),
    *("part", "prefix", "suffix", "start", "replacement", "criterion", "required"),
)


def guards() -> list[Guard]:
    return [
        *_authorships(),
        *irreplaceable(Authorship, STAYS),
        *_comments(),
        *undeletable(Comment),
    ]


def _authorships() -> list[Guard]:
    return [
        Guard(
            "authorship_insert",
            AUTHORSHIP,
            "INSERT",
            f"{_is_with_the_desk('NEW')} OR {_has_another_part()}",
            STAND_FAST,
        ),
        Guard(
            "authorship_update",
            AUTHORSHIP,
            "UPDATE",
            f"{_is_with_the_desk('OLD')} OR {changed('article_id', 'user_id')} OR "
            "OLD.joined_at IS NOT NULL AND NEW.joined_at IS NULL",
            STAND_FAST,
        ),
        Guard(
            "authorship_delete",
            AUTHORSHIP,
            "DELETE",
            "OLD.joined_at IS NOT NULL",
            STAYS,
        ),
    ]


def _comments() -> list[Guard]:
    left_the_draft = (
        f"EXISTS (SELECT 1 FROM {VERSION} v WHERE v.id = OLD.version_id "
        "AND v.state <> 'draft')"
    )
    return [
        Guard(
            "comment_fixed",
            COMMENT,
            "UPDATE",
            f"OLD.resolved_at IS NOT NULL OR {changed(*FIXED)} OR "
            f"OLD.number IS NOT NULL AND ({changed('number')})",
            "a comment can only be resolved",
        ),
        Guard(
            "comment_closed",
            COMMENT,
            "UPDATE",
            "OLD.resolved_at IS NULL AND NEW.resolved_at IS NOT NULL AND "
            f"EXISTS (SELECT 1 FROM {VERSION} v JOIN {AUTHORSHIP} a "
            "ON a.article_id = v.article_id "
            "WHERE v.id = OLD.version_id AND a.user_id = NEW.resolved_by_id)",
            "an author does not close comments on their own text",
        ),
        Guard(
            "comment_answer",
            COMMENT,
            "UPDATE",
            f"{left_the_draft} AND ({changed(*ANSWER)})",
            "a comment is answered while its version is a draft",
        ),
    ]


def _is_with_the_desk(row: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {VERSION} v WHERE v.article_id = {row}.article_id "
        "AND v.state IN ('submitted', 'under_review'))"
    )


def _has_another_part() -> str:
    """Whether they were asked to review the article, or signed it."""
    return (
        f"EXISTS (SELECT 1 FROM {VERSION} v JOIN {table_of(Assignment)} r "
        "ON r.version_id = v.id "
        "WHERE v.article_id = NEW.article_id AND r.reviewer_id = NEW.user_id) OR "
        f"EXISTS (SELECT 1 FROM {VERSION} v JOIN {table_of(Signature)} s "
        "ON s.version_id = v.id "
        "WHERE v.article_id = NEW.article_id AND s.signer_id = NEW.user_id)"
    )
