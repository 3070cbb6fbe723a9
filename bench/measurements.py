"""The measurements of one database; the last line of output is JSON."""

from __future__ import annotations

import io
import json
import logging
import os
import resource
import statistics
import sys
import time
from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

# Django is made ready above, before anything of it is read.
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.management import call_command
from django.db import connection, reset_queries, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Version
from articles.states import VersionState
from articles.vocabulary import Tier
from config import memory
from editorial import ledger, people, verification
from editorial.actions import authoring, deciding, publishing, reviewing
from editorial.actions.importing import importer
from editorial.models import Event, User
from tests import make, traces

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = 40
COMMITS = 100
DUE = 1_000
WAITING = 10_000

Report = dict[str, str]


@contextmanager
def timed() -> Iterator[list[float]]:
    """Fill the list with the seconds that the block took."""
    taken: list[float] = []
    start = time.perf_counter()
    yield taken
    taken.append(time.perf_counter() - start)


@contextmanager
def counted() -> Iterator[list[str]]:
    """Fill the list with the statements of the block."""
    statements: list[str] = []
    reset_queries()  # a full log counts nothing
    with CaptureQueriesContext(connection) as captured:
        yield statements
    statements += [query["sql"] for query in captured]


def say(text: str) -> None:
    sys.stderr.write(f"  {connection.vendor}: {text}\n")
    sys.stderr.flush()


def whole_path(report: Report) -> None:
    """Submit, send to review, two acceptances, two reports, approve, publish."""
    author, editor, chief = make.author(), make.editor(), make.chief()
    reviewers = [make.reviewer(), make.reviewer()]
    system = people.system()
    version, cast = make.draft(by=author), arrived(author, editor, chief, *reviewers)
    with counted() as queries:
        walk(version, *cast, system=system)
    seconds, worked = [], []
    for _ in range(ROUNDS):
        version = make.draft(by=author)
        cast = arrived(author, editor, chief, *reviewers)
        start = time.process_time()
        with timed() as taken:
            walk(version, *cast, system=system)
        worked.append(time.process_time() - start)
        seconds += taken
    # Less the bench's own two: the assignments, and the claims that a reviewer checks.
    own = len([sql for sql in queries if not _is_frame(sql)]) - 2
    report["eight deeds: queries beside 8 BEGIN and 8 COMMIT"] = str(own)
    report["eight deeds: median"] = f"{statistics.median(seconds) * 1000:.1f} ms"
    own_work = statistics.median(worked) * 1000
    report["eight deeds: this program's own work"] = f"{own_work:.1f} ms"
    fastest, slowest = min(seconds), max(seconds)
    report["eight deeds: fastest to slowest"] = (
        f"{fastest * 1000:.1f} to {slowest * 1000:.1f} ms"
    )


def _is_frame(sql: str) -> bool:
    return sql.startswith(("BEGIN", "COMMIT"))


def arrived(*people: User) -> list[User]:
    """The people as a request has them: their roles are read already."""
    fresh = [make.fresh(person) for person in people]
    for person in fresh:
        _ = person.roles
    return fresh


def walk(version: Version, *cast: User, system: User) -> None:
    author, editor, chief, first, second = cast
    authoring.submit(version.pk, by=author)
    sent = make.send(version, reviewers=[first, second], editor=editor)
    assignments = dict(sent.assignments.values_list("reviewer", "pk"))
    checks = make.checks(sent)
    for person in (first, second):
        reviewing.accept(assignments[person.pk], by=person, answers=make.answers())
        reviewing.report(
            assignments[person.pk],
            by=person,
            findings=make.findings(checks=checks if person == first else ()),
            proven=make.proven(person),
        )
    deciding.approve(
        version.pk, by=chief, sha256=sent.sha256, proven=make.proven(chief)
    )
    publishing.publish(version.article_id, by=system)


def one_commit(report: Report) -> None:
    """What keeping anything costs on this disk: a deed takes no less than one."""
    person = User.objects.filter(pk=make.author().pk)
    seconds = []
    for _ in range(COMMITS):
        with timed() as taken:
            person.update(last_login=timezone.now())
        seconds += taken
    report["one commit of one row: median"] = (
        f"{statistics.median(seconds) * 1e3:.1f} ms"
    )


def one_password(report: Report) -> None:
    """What signing adds: the check of the password, outside the transaction."""
    hasher = Argon2PasswordHasher()
    encoded = hasher.encode(make.PASSWORD, hasher.salt())
    with timed() as taken:
        hasher.verify(make.PASSWORD, encoded)
    report["checking one password (Argon2)"] = f"{taken[0] * 1000:.0f} ms"


def ledger_row(report: Report) -> None:
    """Bytes of an event and of a history row, and the time to write each."""
    payloads = Event.objects.values_list("payload", flat=True)
    sizes = [len(payload) for payload in payloads]
    report["ledger event: mean payload"] = f"{statistics.mean(sizes):.0f} bytes"
    version = make.draft()
    history = Version.history.model
    fields = [f.attname for f in history._meta.concrete_fields]
    rows = [sum(len(str(getattr(r, f))) for f in fields) for r in history.objects.all()]
    report["history row of a version: mean"] = f"{statistics.mean(rows):.0f} bytes"
    deed = ledger.Deed(Event.Kind.CREATED, people.system())
    with transaction.atomic():
        link = ledger.lock_named("bench")
        with timed() as taken:
            for _ in range(100):
                ledger.record(link, ledger.Subject(), deed)
        transaction.set_rollback(True)
    report["ledger event: time"] = f"{taken[0] * 10:.2f} ms"
    with transaction.atomic():
        with timed() as taken:
            for _ in range(100):
                history_row(version)
        transaction.set_rollback(True)
    report["history row: time"] = f"{taken[0] * 10:.2f} ms"


def history_row(version: Version) -> None:
    Version.history.bulk_history_create([version])


def lines(count: int, prefix: str) -> Iterator[tuple[int, bytes]]:
    """Synthetic lines of the import format, each of a typical length."""
    sentence = "A sentence about a condition that nobody has. "
    for number in range(1, count + 1):
        row = {
            "external_id": f"{prefix}:{number}",
            "question": f"What is {prefix} condition number {number}?",
            "topics": [f"Topic {number % 20}"],
            "body": f'<h2>Part</h2><p>{sentence * 20}<cite data-ref="s"></cite></p>',
            "references": [
                {"id": "s", "type": "webpage", "title": f"Page {number % 500}"}
            ],
        }
        yield number, json.dumps(row).encode()


def load(count: int, prefix: str) -> None:
    done = importer(
        author=None, submit=True, refuse=lambda _: None, progress=lambda _: None
    ).run(lines(count, prefix))
    if done.created != count:
        message = f"{done} instead of {count} created"
        raise RuntimeError(message)


def publish_due(report: Report) -> None:
    """A thousand approved articles come due at once."""
    load(DUE, "due")
    editor, chief, reviewer = make.editor(), make.chief(), make.reviewer()
    waiting = Version.objects.filter(
        article__external_id__startswith="due:", state=VersionState.SUBMITTED
    )
    for version in waiting.select_related("article"):
        sent = make.send(version, tier=Tier.C, reviewers=[reviewer], editor=editor)
        make.reported(sent.assignments.select_related("reviewer").get())
        make.approve(sent, by=chief)
    say(f"{DUE} approved")
    worked = time.process_time()
    with timed() as taken:
        published, failed = publishing.publish_due()
    if (published, failed) != (DUE, 0):
        message = f"{published} published, {failed} failed"
        raise RuntimeError(message)
    worked = (time.process_time() - worked) / DUE
    report["publish_due, 1,000 due"] = f"{DUE / taken[0]:.0f} a second"
    report["publish_due: this program's own work"] = f"{worked * 1000:.1f} ms each"


def desk(report: Report) -> None:
    """The desk with ten thousand versions waiting for one editor."""
    load(WAITING, "waiting")
    client = signed_in(make.editor())
    page(report, client, "/desk/", "/desk/, 10,000 waiting")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(report: Report, client: Client, path: str, name: str) -> None:
    """Queries and median time of a page, as the view and its templates take them."""
    client.get(path)
    with counted() as queries:
        answer = client.get(path)
    if answer.status_code != HTTPStatus.OK:
        message = f"{path} answered {answer.status_code}"
        raise RuntimeError(message)
    seconds = []
    for _ in range(15):
        with timed() as taken:
            client.get(path)
        seconds += taken
    report[f"{name}: queries"] = str(len(queries))
    report[f"{name}: median"] = f"{statistics.median(seconds) * 1000:.1f} ms"


def corpus(report: Report, path: str) -> None:
    """The whole corpus imported and submitted, again, and the lists after it."""
    for run in ("import --submit", "the same again"):
        out = io.StringIO()
        with timed() as taken:
            try:
                call_command(
                    "import_articles",
                    path,
                    submit=True,
                    stdout=out,
                    stderr=io.StringIO(),
                )
            except SystemExit:
                say("some lines were refused")
        count = sum(int(word) for word in out.getvalue().split() if word.isdigit())
        report[f"{run}: {count:,} lines"] = f"{count / taken[0]:.0f} a second"
        say(f"{run}: {out.getvalue().strip()}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    report["peak memory so far"] = f"{peak} MB"
    client = signed_in(make.editor())
    page(report, client, "/desk/", "/desk/ after the import")
    page(report, Client(), "/articles/", "/articles/ after the import")


def verify(report: Report) -> None:
    traces.put_declarations_on_record()
    with timed() as taken:
        broken = next(verification.problems(), None)
    if broken:
        message = f"The record is broken: {broken}"
        raise RuntimeError(message)
    rate = Event.objects.count() / taken[0]
    report["verify_ledger"] = f"{taken[0]:.1f} s, {rate:,.0f} events/s"


def main(path: str) -> None:
    logging.disable(logging.WARNING)
    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    memory.settle()  # as the servers do
    report: Report = {}
    measures: list[Any] = [one_commit, whole_path, one_password, ledger_row]
    measures += [publish_due, desk]
    for measured in measures:
        measured(report)
        say(f"{measured.__name__} done")
    if path:
        corpus(report, path)
    verify(report)
    report["articles in the end"] = f"{Article.objects.count():,}"
    sys.stdout.write(json.dumps(report) + "\n")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
