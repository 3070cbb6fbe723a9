"""The search page of one database; the last line of output is JSON."""

from __future__ import annotations

import json
import lzma
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
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import content, slugs
from articles.models import Article, SearchEntry, Topic, Version
from articles.reading import learning
from articles.reading.searching import QUESTION_LENGTH
from articles.search import finding, words
from articles.search.plan import Where
from articles.states import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

ARTICLES = 20_000
WORDS = 600
BATCH = 500
ROUNDS = 21
QUESTIONS = (
    *("asthma", "heart attack", "tylenol", "cancer", "symptoms", "treatment"),
    "what are the symptoms of breast cancer",
    "high blood pressure treatment in pregnancy",
    "what should I do if naltrexone does not help against alcohol dependence",
    "is diabetes inherited",
    *("hipertention", "newmonia in childern", "diabet", "xyzzyplugh"),
    "a b c d e f g h blood heart pain child test gene disease risk",
)
FILTERED = "cancer&audience=clinician&since=2020-01-01&standing=any"


def say(text: str) -> None:
    sys.stderr.write(f"  {connection.vendor}: {text}\n")
    sys.stderr.flush()


def texts(corpus: str) -> Iterator[tuple[str, list[str], str]]:
    """Questions, topics and texts of usual length, over and over."""
    opened = lzma.open if corpus.endswith(".xz") else open
    with opened(Path(corpus), "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    bodies = [content.plain_text(row["body"]) for row in rows]
    for n in range(ARTICLES):
        said, at = "", n
        while len(said.split()) < WORDS:
            said, at = f"{said}\n{bodies[at % len(rows)]}", at + 1
        row = rows[n % len(rows)]
        yield row["question"], row.get("topics", []), said


def fill(corpus: str) -> None:
    topics: dict[str, Topic] = {}
    batch: list[tuple[str, list[str], str]] = []
    for text in texts(corpus):
        batch.append(text)
        if len(batch) == BATCH:
            _write(batch, topics)
            batch = []
    if connection.vendor == "postgresql":  # as its own housekeeper does in time
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


@transaction.atomic
def _write(batch: list[tuple[str, list[str], str]], topics: dict[str, Topic]) -> None:
    first = Article.objects.count()
    articles = [Article(slug=f"article-{first + n}") for n in range(len(batch))]
    Article.objects.bulk_create(articles)
    versions = [
        Version(article=article, number=1, question=question)
        for article, (question, _topics, _said) in zip(articles, batch, strict=True)
    ]
    Version.objects.bulk_create(versions)
    entries = []
    for version, (_question, names, said) in zip(versions, batch, strict=True):
        for name in names:
            if name not in topics:
                topics[name] = slugs.topic(name)
        version.article.topics.set([topics[name] for name in names])
        entries.append(_entry(version, names, said))
    SearchEntry.objects.bulk_create(entries)
    learning.learn_new(len(entries))


def _entry(version: Version, topics: list[str], said: str) -> SearchEntry:
    about = " ".join([*topics, words.spellings(version.question)])
    return SearchEntry(
        article=version.article,
        version=version,
        audience="clinician",
        path=f"/articles/{version.article.slug}/",
        standing=Standing.PUBLISHED,
        reviewed_on=timezone.localdate(),
        question=version.question,
        about=about,
        body=said,
        spelt=words.spellings(said),
    )


def took(client: Client, asked: str) -> list[float]:
    path = f"/search/?q={asked[:QUESTION_LENGTH]}"
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        answer = client.get(path)
        rounds.append((time.perf_counter() - start) * 1000)
        if answer.status_code != HTTPStatus.OK:
            raise RuntimeError(f"{path} answered {answer.status_code}")
    return rounds[1:]


def main(corpus: str) -> dict[str, Any]:
    call_command("migrate", verbosity=0)
    start = time.perf_counter()
    fill(corpus)
    say(f"{ARTICLES} articles in {time.perf_counter() - start:.0f} s")
    client, report = Client(headers={"host": "localhost"}), {}
    for question in (*QUESTIONS, FILTERED):
        rounds = took(client, question)
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/search/?q={question}")
        found = len(finding.find(question.partition("&")[0], Where()).articles)
        late = statistics.quantiles(rounds, n=20, method="inclusive")[-1]
        report[question] = (statistics.median(rounds), late, found, len(asked))
    return report


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1])) + "\n")
