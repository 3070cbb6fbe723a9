"""PostgreSQL's engine: two generated columns with an index each, the title and all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from articles.search.marks import CLOSE, OPEN, Marked
from articles.search.plan import MOST_COUNTED, MOST_RANKED
from articles.search.statements import rows, within

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from articles.search.plan import Plan, Where
    from articles.search.question import Group, Term

AMONG = "IN (SELECT value::bigint FROM json_array_elements_text(%s::json))"
_ASKED = "to_tsquery('articles_search', %s)"
_COUNTS = f"""
    SELECT (SELECT count(*) FROM (SELECT 1 FROM articles_searchentry e
        WHERE e.words @@ asked.query LIMIT {MOST_COUNTED + 1}) found)
    FROM (SELECT to_tsquery('articles_search', text) AS query, place
        FROM unnest(%s::text[]) WITH ORDINALITY given(text, place)) asked
    ORDER BY asked.place
"""
_EACH = """
    SELECT sum(weight * ts_rank('{weights}', {column}, query, {bounds})
        * (numnode(query) + 1) / 2)
    FROM unnest(asked.queries, asked.weights) given(query, weight)
"""
"""
What each group is worth, more the fewer have it.

A rank is divided by the number of terms in its group, which is taken back: whatever has
many names is not worth less.
"""

_TITLE = _EACH.format(weights="{{0.1, 0.2, 0.6, 1}}", column="e.title", bounds=0)
_BODY = _EACH.format(weights="{{1, 1, 1, 1}}", column="held.words", bounds=1)
_RANKED = f"""
    WITH size AS (
        SELECT greatest(c.reltuples, (SELECT max(n) + 1 FROM unnest(%s::int[]) m(n)))
            AS entries
        FROM pg_class c WHERE c.oid = 'articles_searchentry'::regclass
    ), asked AS MATERIALIZED (
        SELECT array_agg(to_tsquery('articles_search', text)) AS queries,
            array_agg(ln(1 + (size.entries - n + 0.5) / (n + 0.5))) AS weights
        FROM size, unnest(%s::text[], %s::int[]) given(text, n)
    )
    SELECT e.id, e.article_id FROM articles_searchentry e, asked{{held}}
    WHERE e.{{column}} @@ {_ASKED}{{{{}}}}
    ORDER BY e.standing <> 'published', {{worth}} DESC, e.id
    LIMIT {MOST_RANKED}
"""
_HELD = ", LATERAL (SELECT e.words || ''::tsvector AS words OFFSET 0) held"
"""The words of an entry, unpacked once and not for each group anew."""

_IN_TITLES = _RANKED.format(column="title", held="", worth=f"({_TITLE})")
_IN_ALL = _RANKED.format(
    column="words", held=_HELD, worth=f"({_TITLE}) + 10 * ({_BODY})"
)
_MARKS = f'HighlightAll=true, StartSel="{OPEN}", StopSel="{CLOSE}"'
_LESS = "\x04"
"""Stands for the sign that would make a tag, which is left out of a headline."""

_MARKED = f"""
    SELECT e.id,
        ts_headline('articles_search', translate(e.question, '<', %s), query, %s),
        ts_headline('articles_search', translate(e.body, '<', %s), query, %s)
    FROM articles_searchentry e, (SELECT {_ASKED} AS query) asked
    WHERE e.id = ANY(%s)
"""


def counts(groups: Sequence[Group]) -> list[int]:
    """How many entries have each group, counted a little further than is of use."""
    return [count for (count,) in rows(_COUNTS, [[_any([g]) for g in groups]])]


def ranked(plan: Plan, where: Where) -> list[tuple[int, int]]:
    """Entries and their articles: what is approved first, then what fits best."""
    sql, values = within(_IN_ALL if plan.telling else _IN_TITLES, where)
    held = [weighed.count for weighed in plan.groups]
    each = [_any([weighed.group]) for weighed in plan.groups]
    asked = _any(weighed.group for weighed in plan.telling or plan.groups)
    given: list[Any] = [held, each, held, asked]
    return rows(sql, [*given, *values])


def marked(plan: Plan, entries: Sequence[int]) -> dict[int, Marked]:
    """The titles and texts of entries, with what was looked for marked."""
    every = _any(weighed.group for weighed in plan.groups)
    given = [_LESS, _MARKS, _LESS, _MARKS, every, list(entries)]
    return {
        pk: Marked(*(text.replace(_LESS, "<") for text in texts))
        for pk, *texts in rows(_MARKED, given)
    }


def _any(groups: Iterable[Group]) -> str:
    terms = (_written(term) for group in groups for term in group.terms)
    return " | ".join(dict.fromkeys(terms))


def _written(term: Term) -> str:
    *before, last = (f"'{word}'" for word in term.words)
    end = f"{last}:*" if term.is_begun else last
    return f"({' <-> '.join((*before, end))})"
