"""Asking the library of one database; the last line of output is JSON."""

from __future__ import annotations

import json
import lzma
import math
import os
import statistics
import sys
import time
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

# Django is made ready above, before anything of it is read.
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from articles import content
from articles.asking import answering, kept, meaning
from articles.freezing import Making
from articles.models import Article, Passage, SearchEntry, Version
from articles.reading import indexed, quotable
from articles.reading.text import Reference, Text, TopicName
from articles.search import index, statements, words
from articles.states import Standing
from articles.vocabulary import Origin, RefType
from bench.asked import Asked, Corpus, Row, sets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Way = Callable[[str], list[int]]

ARTICLES = 20_000
WORDS = 600
BATCH = 250
BEST = 10
TIMED = 25
JUDGED = 100
"""Of each set, how many are timed, and how many are asked once more without articles."""


def say(text: str) -> None:
    sys.stderr.write(f"  {connection.vendor}: {text}\n")
    sys.stderr.flush()


def rows(corpus: str) -> list[Row]:
    """The lines that an import takes: of those with one id the first."""
    opened = lzma.open if corpus.endswith(".xz") else open
    with opened(Path(corpus), "rt", encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    return list({row["external_id"]: row for row in reversed(found)}.values())[::-1]


def padding(found: list[Row]) -> Iterator[Row]:
    """More articles, of usual length: the texts of some lines under one another."""
    for n in range(len(found), ARTICLES):
        body, at = "", n
        while len(body.split()) < WORDS:
            body, at = body + found[at % len(found)]["body"], at + 1
        yield found[n % len(found)] | {"body": body}


def text_of(row: Row, slug: str) -> Text:
    return Text(
        slug=slug,
        number=1,
        sha256="",
        question=row["question"],
        headline="",
        key_answer="",
        audience=row["audience"],
        bodies={row["audience"]: content.clean(row["body"]).html},
        references=tuple(
            Reference(item["id"], RefType.NARRATIVE_REVIEW, item)
            for item in row["references"]
        ),
        byline=(),
        origin=Making(Origin.HUMAN),
        evidence_searched_on=None,
        change_summary="",
        topics=tuple(TopicName(name, "topic") for name in row.get("topics", ())),
        submitted_at=None,
        review_started_at=None,
    )


def fill(found: Sequence[Row]) -> list[int]:
    """Articles that may be found and quoted, by no other road than published ones."""
    keys = []
    for start in range(0, len(found), BATCH):
        keys += _write(found[start : start + BATCH])
    if connection.vendor == "postgresql":  # as its own housekeeper does in time
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return keys


@transaction.atomic
def _write(batch: Sequence[Row]) -> list[int]:
    first, now = Article.objects.count(), timezone.now()
    articles = [Article(slug=f"article-{first + n}") for n in range(len(batch))]
    Article.objects.bulk_create(articles)
    versions = [
        Version(article=article, number=1, question=row["question"])
        for article, row in zip(articles, batch, strict=True)
    ]
    Version.objects.bulk_create(versions)
    texts = [
        text_of(row, version.article.slug)
        for version, row in zip(versions, batch, strict=True)
    ]
    entries = [
        entry
        for version, text in zip(versions, texts, strict=True)
        for entry in indexed.entries(version, text, now)
    ]
    for entry in entries:
        entry.standing = Standing.PUBLISHED
    SearchEntry.objects.bulk_create(entries)
    _learn(entries, texts)
    return [article.pk for article in articles]


def _learn(entries: Sequence[SearchEntry], texts: Sequence[Text]) -> None:
    """As `learning` does, from texts that no version holds: each has one rendition."""
    index.learn(index.words_of(entries))
    read = zip(entries, texts, strict=True)
    kept.keep({row.pk: quotable.rendition(text, text.audience) for row, text in read})


def by_plain_words(question: str) -> list[int]:
    """What whoever sets up full-text search first would write: any word, by its rank."""
    asked = list(dict.fromkeys(words.words(question)))
    sql, sign, mark = PLAIN[connection.vendor]
    found = statements.rows(sql, [sign.join(mark.format(word) for word in asked)])
    return [article for (article,) in found]


def by_both(question: str) -> list[int]:
    return answering.ranked(question, meaning.vector(question)).articles


def by_meaning(question: str) -> list[int]:
    return answering.by_meaning(meaning.vector(question))


PLAIN = {
    "sqlite": (
        (
            "SELECT e.article_id FROM articles_searchtext "
            "JOIN articles_searchentry e ON e.id = articles_searchtext.rowid "
            "WHERE articles_searchtext MATCH %s ORDER BY bm25(articles_searchtext) LIMIT 100"
        ),
        " OR ",
        '"{}"',
    ),
    "postgresql": (
        (
            "SELECT article_id FROM articles_searchentry e, "
            "to_tsquery('articles_search', %s) asked WHERE words @@ asked "
            "ORDER BY ts_rank(words, asked) DESC LIMIT 100"
        ),
        " | ",
        "'{}'",
    ),
}
WAYS: dict[str, Way] = {
    "plain words": by_plain_words,
    "full text": answering.by_words,
    "meaning": by_meaning,
    "both": by_both,
}


def quality(asked: Asked, order: list[int]) -> float:
    """nDCG@10: gains of 3 and 1, discounted by the logarithm of the place."""
    found = _gain([asked.answers.get(place, 0) for place in order[:BEST]])
    return found / _gain(sorted(asked.answers.values(), reverse=True)[:BEST])


def _gain(grades: Sequence[int]) -> float:
    return math.fsum((2.0**g - 1) / math.log2(n + 2) for n, g in enumerate(grades))


def judged(asked: Sequence[Asked], way: Way, places: dict[int, int]) -> float:
    def order(question: str) -> list[int]:
        return [places[article] for article in way(question)]

    return statistics.mean(quality(one, order(one.question)) for one in asked)


def took(ask: Callable[[str], Any], questions: Sequence[str]) -> tuple[float, float]:
    """Milliseconds: median and 95th percentile, once all is in memory."""
    ask(questions[0])
    rounds = []
    for question in questions:
        start = time.perf_counter()
        ask(question)
        rounds.append((time.perf_counter() - start) * 1000)
    late = statistics.quantiles(rounds, n=20, method="inclusive")[-1]
    return statistics.median(rounds), late


def answered(asked: Sequence[Asked], places: dict[int, int]) -> tuple[float, float]:
    """
    The shares of the questions that get an answer.

    First of those whose articles are there, if what is quoted is of one of them; then
    of all of them once every article about their topic has been taken out.
    """
    keys = {place: article for article, place in places.items()}
    known = [
        any(places[p.entry.article_id] in one.answers for p in quoted(one))
        for one in asked
    ]
    unknown = [
        bool(without(one, [keys[place] for place in one.answers])) for one in asked
    ]
    return statistics.mean(known), statistics.mean(unknown)


def quoted(asked: Asked) -> list[Passage]:
    return answering.answer(asked.question).passages


def without(asked: Asked, articles: Sequence[int]) -> list[Passage]:
    """What is quoted where these articles are not; they are back afterwards."""
    with transaction.atomic():
        for article in articles:
            index.take_out(article)
        found = quoted(asked)
        transaction.set_rollback(True)
    return found


def page(client: Client) -> Callable[[str], Any]:
    def ask(question: str) -> None:
        answer = client.get("/ask/", {"q": question})
        if answer.status_code != HTTPStatus.OK:
            raise RuntimeError(f"{question!r} got {answer.status_code}")

    return ask


def main(corpus: str) -> dict[str, Any]:
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    start = time.perf_counter()
    found = rows(corpus)
    keys = fill(found)
    say(f"{len(keys)} articles in {time.perf_counter() - start:.0f} s")
    places = {key: place for place, key in enumerate(keys)}
    questions = sets(Corpus(found))
    report: dict[str, Any] = {"quality": {}, "asked": {}, "answered": {}, "time": {}}
    for name, asked in questions.items():
        report["asked"][name] = len(asked)
        report["quality"][name] = {
            way: judged(asked, ask, places) for way, ask in WAYS.items()
        }
        report["answered"][name] = answered(asked[:JUDGED], places)
    say(f"{sum(report['asked'].values())} questions judged")
    fill(list(padding(found)))
    say(f"{Article.objects.count()} articles")
    settings.ACCOUNT_RATE_LIMITS.pop("ask", None)  # all of them come from one address
    timed = [one.question for asked in questions.values() for one in asked[:TIMED]]
    client = Client(headers={"host": "localhost"})
    for way, ask in (WAYS | {"the page /ask/": page(client)}).items():
        report["time"][way] = took(ask, timed)
    return report


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1])) + "\n")
