"""
A question and what was found for it, in a number of statements that does not grow.

Nothing is kept of a question: neither who asked nor what.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

from django.db import connection
from django.db.models import F

from articles.models import SearchEntry, Topic
from articles.search import marks, mending, plan, postgresql, question, sqlite
from articles.search.plan import MOST_RANKED, Plan, Weighed, Where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from articles.search.marks import Marked
    from articles.search.mending import Mended
    from articles.search.question import Group, Question


class Engine(Protocol):
    """
    What a database is asked; see `sqlite` and `postgresql`.

    `AMONG` stands behind a column and takes keys as JSON: a list of a thousand
    placeholders would be read longer than it is looked up.
    """

    AMONG: str

    def counts(self, groups: Sequence[Group]) -> list[int]: ...

    def ranked(self, plan: Plan, where: Where) -> list[tuple[int, int]]: ...

    def marked(self, plan: Plan, entries: Sequence[int]) -> dict[int, Marked]: ...


ENGINES: dict[str, Engine] = {"sqlite": sqlite, "postgresql": postgresql}
SHOWN = ("path", "audience", "standing", "reviewed_on", "headline")
NOTHING = Plan((), ())
_TOPICS = """
    SELECT t.id, t.name, t.slug, count(*) AS published
    FROM articles_topic t JOIN articles_article_topics a ON a.topic_id = t.id
    WHERE a.article_id {among}
    GROUP BY t.id, t.name, t.slug ORDER BY published DESC, t.name LIMIT %s
"""


class Hit(NamedTuple):
    """
    The `entry` knows the `number` of its version as well.

    A text that nobody approved has no `passage`.
    """

    entry: SearchEntry
    question: SafeString
    passage: SafeString


@dataclass(frozen=True, slots=True)
class Found:
    """
    The entries that fit, one of each article, the best first.

    `mended` are words that no text has, with those that were looked for instead;
    `missing` are those that nothing is near to. `articles` holds what each entry is of.
    """

    plan: Plan = NOTHING
    entries: list[int] = field(default_factory=list)
    articles: list[int] = field(default_factory=list)
    mended: tuple[Mended, ...] = ()
    missing: tuple[str, ...] = ()
    left_out: int = 0
    is_cut: bool = False

    @property
    def was_asked(self) -> bool:
        """Whether there was a word to look for."""
        return bool(self.plan.groups or self.missing)

    @property
    def is_known(self) -> bool:
        """Whether some text has a word that was looked for, be it one left out."""
        return bool(self.plan.groups)


def find(text: str, where: Where) -> Found:
    """What fits a question: two statements, and three more where a word is unknown."""
    asked = question.read(text)
    if not asked.parts:
        return Found(left_out=asked.left_out)
    known, unknown = _weighed(asked)
    mended, missing = mending.mend(unknown, asked.last, engine().counts)
    planned = plan.of([*known, *(row.instead for row in mended)])
    ranked = engine().ranked(planned, where) if planned.groups else []
    entries = _one_of_each(ranked)
    return Found(
        planned,
        list(entries.values()),
        list(entries),
        tuple(mended),
        tuple(missing),
        asked.left_out,
        is_cut=len(ranked) == MOST_RANKED,
    )


def shown(found: Found, entries: Sequence[int]) -> list[Hit]:
    """Some of the entries that were found, with what was looked for marked."""
    marked = engine().marked(found.plan, entries)
    rows = SearchEntry.objects.filter(pk__in=entries).only(*SHOWN)
    by_key = {row.pk: row for row in rows.annotate(number=F("version__number"))}
    return [
        _hit(by_key[pk], marked[pk])
        for pk in entries
        if pk in by_key and pk in marked  # it may have been taken down just now
    ]


def topics(found: Found, count: int) -> list[Topic]:
    """The topics that most of the articles have, by name, with how many have each."""
    sql = _TOPICS.format(among=engine().AMONG)
    rows = Topic.objects.raw(sql, [json.dumps(found.articles), count])
    return sorted(rows, key=lambda topic: topic.name.casefold())


def engine() -> Engine:
    return ENGINES[connection.vendor]


def _weighed(asked: Question) -> tuple[list[Weighed], list[Group]]:
    """The groups that some entry has, and those that none has."""
    groups = asked.groups
    counts = dict(zip(groups, engine().counts(groups), strict=True))
    known: list[Weighed] = []
    unknown: list[Group] = []
    for part in asked.parts:
        wanted = (part.group,) if counts[part.group] or not part.alone else part.alone
        known += [Weighed(group, counts[group]) for group in wanted if counts[group]]
        unknown += [group for group in wanted if not counts[group]]
    return list(dict.fromkeys(known)), list(dict.fromkeys(unknown))


def _hit(entry: SearchEntry, marked: Marked) -> Hit:
    """What nobody approved is read on its own page, below its caution, and quoted nowhere."""
    quoted = marks.passage(marked.body) if entry.reviewed_on else ""
    return Hit(entry, marks.safe(marked.question), marks.safe(quoted))


def _one_of_each(ranked: Sequence[tuple[int, int]]) -> dict[int, int]:
    """By article, in their order, the entry that fits best."""
    best: dict[int, int] = {}
    for entry, article in ranked:
        best.setdefault(article, entry)
    return best
