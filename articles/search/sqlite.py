"""SQLite's engine: FTS5 over the columns of the entries, which triggers keep in step."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from articles.search.marks import CLOSE, OPEN, Marked
from articles.search.plan import MOST_COUNTED, MOST_RANKED
from articles.search.statements import rows, within

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from articles.search.plan import Plan, Where
    from articles.search.question import Group, Term

AMONG = "IN (SELECT value FROM json_each(%s))"
TEXT = "articles_searchtext"
TITLE = "{question headline about}"

_COUNTS = f"""
    SELECT (SELECT count(*) FROM
        (SELECT 1 FROM {TEXT} WHERE {TEXT} MATCH asked.value LIMIT {MOST_COUNTED + 1}))
    FROM json_each(%s) asked ORDER BY asked.key
"""
_RANKED = f"""
    SELECT e.id, e.article_id
    FROM {TEXT} CROSS JOIN articles_searchentry e ON e.id = {TEXT}.rowid
    WHERE {TEXT} MATCH %s{{}}
    ORDER BY e.standing <> 'published', bm25({TEXT}, 10, 5, 8, 1, 1), e.id
    LIMIT {MOST_RANKED}
"""
_MARKED = f"""
    SELECT rowid, highlight({TEXT}, 0, %s, %s), highlight({TEXT}, 3, %s, %s)
    FROM {TEXT}
    WHERE {TEXT} MATCH %s AND rowid IN (SELECT value FROM json_each(%s))
"""


def counts(groups: Sequence[Group]) -> list[int]:
    """How many entries have each group, counted a little further than is of use."""
    asked = json.dumps([_any([group]) for group in groups])
    return [count for (count,) in rows(_COUNTS, [asked])]


def ranked(plan: Plan, where: Where) -> list[tuple[int, int]]:
    """Entries and their articles: what is approved first, then what fits best."""
    sql, values = within(_RANKED, where)
    return rows(sql, [_match(plan), *values])


def marked(plan: Plan, entries: Sequence[int]) -> dict[int, Marked]:
    """The titles and texts of entries, with what was looked for marked."""
    match = _any(weighed.group for weighed in plan.groups)
    around = [OPEN, CLOSE, OPEN, CLOSE]
    found = rows(_MARKED, [*around, match, json.dumps(list(entries))])
    return {pk: Marked(*texts) for pk, *texts in found}


def _match(plan: Plan) -> str:
    every = _any(weighed.group for weighed in plan.groups)
    if not plan.telling:
        return f"{TITLE} : ({every})"
    if len(plan.telling) == len(plan.groups):
        return every
    return f"({_any(weighed.group for weighed in plan.telling)}) AND ({every})"


def _any(groups: Iterable[Group]) -> str:
    terms = (_written(term) for group in groups for term in group.terms)
    return " OR ".join(dict.fromkeys(terms))


def _written(term: Term) -> str:
    return f'"{" ".join(term.words)}"{"*" if term.is_begun else ""}'
