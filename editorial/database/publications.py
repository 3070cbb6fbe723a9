"""What the public sees: a text with a live approval, and nothing else."""

from __future__ import annotations

from articles.models import Article, Authorship
from editorial.database.guard import Guard, changed, table_of, undeletable
from editorial.database.versions import VERSION
from editorial.models import Publication
from reviews.models import Signature

ARTICLE, PUBLICATION = table_of(Article), table_of(Publication)
FIXED = ("article_id", "version_id", "approval_id", "sha256", "published_at")

LIVE = (
    f"SELECT 1 FROM {table_of(Signature)} s JOIN {VERSION} v ON v.id = s.version_id "
    "WHERE s.id = NEW.approval_id AND s.meaning = 'approval' "
    "AND v.id = NEW.version_id AND v.article_id = NEW.article_id "
    "AND v.state = 'approved' AND s.sha256 = v.sha256 AND NEW.sha256 = v.sha256 "
    f"AND NOT EXISTS (SELECT 1 FROM {table_of(Authorship)} a "
    "WHERE a.article_id = v.article_id AND a.user_id = s.signer_id) "
    f"AND NOT EXISTS (SELECT 1 FROM {VERSION} n "
    "WHERE n.article_id = v.article_id AND n.number > v.number)"
)
"""The approval of the newest version, by somebody who did not write it."""


def guards() -> list[Guard]:
    return [
        *_publications(),
        *undeletable(Publication),
        *_articles(),
        *undeletable(Article),
    ]


def _publications() -> list[Guard]:
    return [
        Guard(
            "publication_live",
            PUBLICATION,
            "INSERT",
            f"NOT EXISTS ({LIVE})",
            "only the newest version is published, with a live approval",
        ),
        Guard(
            "publication_fixed",
            PUBLICATION,
            "UPDATE",
            f"OLD.ended_at IS NOT NULL OR {changed(*FIXED)}",
            "a publication can only end",
        ),
    ]


def _articles() -> list[Guard]:
    return [
        Guard(
            "article_published",
            ARTICLE,
            "UPDATE",
            "NEW.standing NOT IN ('unpublished', 'preview') AND NOT EXISTS (SELECT 1 FROM "
            f"{PUBLICATION} p WHERE p.article_id = NEW.id AND p.ended_at IS NULL)",
            "an article is published by a publication",
        ),
        Guard(
            "article_born",
            ARTICLE,
            "INSERT",
            "NEW.standing <> 'unpublished'",
            "an article begins unpublished",
        ),
    ]
