"""Public texts for the search, without the deeds that make texts public."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from articles.models import Article, SearchEntry, Topic, Version
from articles.reading import learning
from articles.search import finding, index, words
from articles.search.plan import Where
from articles.states import Standing

REVIEWED = dt.date(2026, 3, 31)

_count = itertools.count(1)


def public(question: str, body: str = "", **fields: Any) -> SearchEntry:
    """An article that is found by these words; the entry of its one text."""
    return rendered(question, {"clinician": body}, **fields)[0]


def rendered(
    question: str,
    bodies: dict[str, str],
    *,
    topics: tuple[str, ...] = (),
    **fields: Any,
) -> list[SearchEntry]:
    """An article with a text for each audience."""
    article = Article.objects.create(slug=f"article-{next(_count)}")
    version = Version.objects.create(article=article, number=1, question=question)
    for name in topics:
        topic, _ = Topic.objects.get_or_create(name=name, slug=name.lower())
        article.topics.add(topic)
    entries = [
        SearchEntry(
            article=article,
            version=version,
            audience=audience,
            path=f"/articles/{article.slug}/for/{audience}/",
            question=question,
            body=body,
            **{
                "standing": Standing.PUBLISHED,
                "reviewed_on": REVIEWED,
                "about": " ".join([*topics, words.spellings(question)]),
                "spelt": words.spellings(body),
            }
            | fields,
        )
        for audience, body in bodies.items()
    ]
    index.put(article.pk, entries)
    learning.learn_new()
    return entries


def found(text: str, **where: Any) -> list[int]:
    """The articles that a question finds, the best first."""
    return finding.find(text, Where(**where)).articles
