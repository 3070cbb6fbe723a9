"""What both engines ask alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from articles.search.plan import Where

_IN_TOPIC = (
    "EXISTS (SELECT 1 FROM articles_article_topics t "
    "WHERE t.article_id = e.article_id AND t.topic_id = %s)"
)


def rows(sql: str, given: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        found: list[Any] = cursor.fetchall()
    return found


def within(sql: str, where: Where) -> tuple[str, list[Any]]:
    """The statement with the conditions in its one gap, and their values."""
    conditions = list(_conditions(where))
    gap = "".join(f" AND {condition}" for condition, _ in conditions)
    return sql.format(gap), [value for _, value in conditions]


def _conditions(where: Where) -> Iterator[tuple[str, Any]]:
    if where.standing:
        yield "e.standing = %s", where.standing
    if where.audience:
        yield "e.audience = %s", where.audience
    if where.since:
        yield "e.reviewed_on >= %s", where.since.isoformat()
    if where.topic is not None:
        yield _IN_TOPIC, where.topic
