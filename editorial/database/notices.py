"""Notices: what was said and signed stays, and no standing moves without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.models import Article, Authorship, Notice, NoticeSignature
from articles.states import Standing
from editorial.database.guard import Guard, append_only, changed, table_of, undeletable

if TYPE_CHECKING:
    from collections.abc import Iterable

ARTICLE, NOTICE = table_of(Article), table_of(Notice)
SIGNATURE = table_of(NoticeSignature)

BY_ONE_HAND = "('hold', 'archiving')"
"""The kinds of notice that one person issues; all others need two."""

ARROWS: dict[Standing, tuple[Standing, ...]] = {
    Standing.PUBLISHED: (
        *(Standing.CONCERN, Standing.HELD, Standing.RETRACTED),
        *(Standing.REMOVED, Standing.ARCHIVED),
    ),
    Standing.CONCERN: (
        *(Standing.PUBLISHED, Standing.HELD),
        *(Standing.RETRACTED, Standing.REMOVED),
    ),
    Standing.HELD: (
        *(Standing.PUBLISHED, Standing.CONCERN),
        *(Standing.RETRACTED, Standing.REMOVED),
    ),
    Standing.RETRACTED: (Standing.PUBLISHED, Standing.REMOVED),
    Standing.ARCHIVED: (Standing.PUBLISHED, Standing.RETRACTED, Standing.REMOVED),
}
"""Where an article that was published goes, and what no notice leads to is not here."""

FIXED = (
    *("article_id", "version_id", "kind", "after", "reasons", "words"),
    *("stance", "issuer", "sha256", "proposed_by_id", "proposed_at"),
)
AT_ISSUE = ("issued_at", "number", "before", "answers_id")


def guards() -> list[Guard]:
    return [
        *_notices(),
        *undeletable(Notice),
        *_signatures(),
        *append_only(NoticeSignature),
        *_standings(),
    ]


def _notices() -> list[Guard]:
    issued = "OLD.issued_at IS NULL AND NEW.issued_at IS NOT NULL"
    return [
        Guard(
            "notice_born",
            NOTICE,
            "INSERT",
            f"NEW.issued_at IS NOT NULL AND NEW.kind NOT IN {BY_ONE_HAND}",
            "a notice begins as a proposal",
        ),
        Guard(
            "notice_fixed",
            NOTICE,
            "UPDATE",
            f"{changed(*FIXED)} OR OLD.ended_at IS NOT NULL OR "
            f"OLD.issued_at IS NOT NULL AND ({changed(*AT_ISSUE)})",
            "what a notice says cannot change",
        ),
        Guard(
            "notice_signed",
            NOTICE,
            "UPDATE",
            f"{issued} AND {_signers('NEW')} < 2",
            "a notice is issued by two people",
        ),
    ]


def _signatures() -> list[Guard]:
    wrote = (
        f"EXISTS (SELECT 1 FROM {NOTICE} n JOIN {table_of(Authorship)} a "
        "ON a.article_id = n.article_id "
        "WHERE n.id = NEW.notice_id AND a.user_id = NEW.signer_id)"
    )
    return [
        Guard(
            "notice_signature_author",
            SIGNATURE,
            "INSERT",
            wrote,
            "an author does not decide on their own text",
        ),
        Guard(
            "notice_signature_hash",
            SIGNATURE,
            "INSERT",
            f"NOT EXISTS (SELECT 1 FROM {NOTICE} n WHERE n.id = NEW.notice_id "
            "AND n.sha256 = NEW.sha256 AND n.ended_at IS NULL "
            f"AND (n.issued_at IS NULL OR n.kind IN {BY_ONE_HAND}))",
            "a signature is under what an open notice says",
        ),
    ]


def _standings() -> list[Guard]:
    noticed = _quoted(after for ways in ARROWS.values() for after in ways)
    left = _quoted(ARROWS.keys() - {Standing.PUBLISHED, Standing.ARCHIVED})
    drawn = " OR ".join(
        f"(OLD.standing = '{before}' AND NEW.standing IN ({_quoted(ways)}))"
        for before, ways in ARROWS.items()
    )
    in_force = (
        f"EXISTS (SELECT 1 FROM {NOTICE} n WHERE n.article_id = NEW.id "
        "AND n.issued_at IS NOT NULL AND n.ended_at IS NULL "
        "AND n.after = NEW.standing AND "
        f"{_signers('n')} >= CASE WHEN n.kind IN {BY_ONE_HAND} THEN 1 ELSE 2 END)"
    )
    into = f"NEW.standing IN ({noticed}) AND NEW.standing <> 'published'"
    return [
        Guard(
            "article_noticed",
            ARTICLE,
            "UPDATE",
            f"OLD.standing <> NEW.standing AND (({into}) OR OLD.standing IN ({left})) "
            f"AND NOT {in_force}",
            "a standing changes by a signed notice",
        ),
        Guard(
            "article_moves",
            ARTICLE,
            "UPDATE",
            f"OLD.standing <> NEW.standing AND (({into}) OR OLD.standing IN ({left}) "
            f"OR OLD.standing IN ('archived', 'removed')) AND NOT ({drawn})",
            "an article moves only along the drawn arrows",
        ),
    ]


def _signers(row: str) -> str:
    """How many people signed what the notice in a row says."""
    return (
        f"(SELECT COUNT(DISTINCT s.signer_id) FROM {SIGNATURE} s "
        f"WHERE s.notice_id = {row}.id AND s.sha256 = {row}.sha256)"
    )


def _quoted(standings: Iterable[Standing]) -> str:
    return ", ".join(sorted({f"'{standing}'" for standing in standings}))
