"""The layer below Django: the same answers, faster, and never an old or a damaged page."""

from __future__ import annotations

import datetime as dt
import gzip
import http.client
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from articles.models import Page
from config import front, places
from config.front import Front
from editorial import people, serving
from editorial.actions import publishing
from editorial.models import Event
from tests import make, processes, tampering

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_django import DjangoAssertNumQueries

    from articles.models import Version

ELSEWHERE = b"answered by Django"
OF_BYTES = ("Content-Type", "Content-Length")


@dataclass
class Got:
    status: str
    headers: dict[str, str]
    body: bytes


def behind(_environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    start_response("200 OK", [])
    return [ELSEWHERE]


@pytest.fixture
def served() -> Front:
    return Front(behind)


def ask(served: Front, path: str, method: str = "GET", **environ: str) -> Got:
    said: list[Any] = []
    given = {"HTTP_HOST": "localhost", **environ}
    request = RequestFactory().generic(method, path, **given)
    parts = served(
        request.environ, lambda status, headers: said.extend((status, headers))
    )
    assert len({name for name, _ in said[1]}) == len(said[1])
    return Got(said[0], dict(said[1]), b"".join(parts))


def address(version: Version, tail: str = "") -> str:
    return version.article.get_absolute_url() + tail


def published(**fields: Any) -> Version:
    """Public, and built so long ago that its date can be said."""
    version = make.published(**fields)
    Page.objects.update(built_at=timezone.now() - dt.timedelta(hours=1))
    return version


def built_again(version: Version) -> None:
    publishing.rebuild(version.article_id, by=people.system())


def stored(version: Version, tail: str = "") -> bytes:
    return bytes(Page.objects.get(path=address(version, tail)).body)


@pytest.mark.parametrize("asked", [{}, {"If-None-Match": "*"}, {"If-Match": '"other"'}])
def test_it_answers_as_django_does(
    served: Front, db: None, asked: dict[str, str]
) -> None:
    path = address(published())
    given = {f"HTTP_{n.upper().replace('-', '_')}": v for n, v in asked.items()}

    there = Client().get(path, headers=asked)
    here = ask(served, path, **given)

    assert (int(here.status[:3]), here.body) == (there.status_code, there.content)
    expected = dict(there.items())
    if not there.content:  # Django says a length and a type of nothing
        expected = {n: v for n, v in expected.items() if n not in OF_BYTES}
        here.headers.pop("Content-Length", None)
    assert here.headers == expected


def test_it_says_what_keeps_readers_safe_and_sets_no_cookie(
    served: Front, db: None
) -> None:
    headers = ask(served, address(published())).headers

    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "default-src 'none'" in headers["Content-Security-Policy"].split("; ")
    assert "Set-Cookie" not in headers


def test_head_has_the_headers_and_no_body(served: Front, db: None) -> None:
    path = address(published())

    head, get = ask(served, path, "HEAD"), ask(served, path)

    assert (head.status, head.headers, head.body) == (get.status, get.headers, b"")
    assert int(head.headers["Content-Length"]) == len(get.body)


def test_who_takes_gzip_gets_it(served: Front, db: None) -> None:
    version = published()

    got = ask(served, address(version), HTTP_ACCEPT_ENCODING="gzip")

    assert gzip.decompress(got.body) == stored(version)
    assert got.headers["Content-Encoding"] == "gzip"


def test_the_second_request_is_one_look_up(
    served: Front,
    db: None,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    path = address(published())
    first, asked = ask(served, path), []
    look_up = serving.ASK[connection.vendor]
    monkeypatch.setitem(
        serving.ASK,
        connection.vendor,
        lambda *given: asked.append(given[1]) or look_up(*given),
    )

    with django_assert_num_queries(0):
        second = ask(served, path)

    assert (first, second.status) == (second, "200 OK")
    assert asked == [path]


@pytest.mark.parametrize(
    ("path", "method", "environ"),
    [
        ("{}", "POST", {}),
        ("{}", "PUT", {}),
        ("{}", "OPTIONS", {}),
        ("{}", "GET", {"HTTP_HOST": "forged.example"}),
        ("{}", "GET", {"HTTP_HOST": "localhost:80:80"}),
        ("{}", "GET", {"HTTP_HOST": ""}),
        ("{}", "GET", {"wsgi.url_scheme": "https"}),
        ("{}for/nurse/", "GET", {}),
        ("{}nothing/", "GET", {}),
        ("{}%00/", "GET", {}),
        ("{}ä/", "GET", {}),
        ("/articles/nothing/", "GET", {}),
        ("/articles/", "GET", {}),
        ("/desk/", "GET", {}),
        ("/", "GET", {}),
    ],
)
def test_everything_else_goes_on_to_django(
    served: Front, db: None, path: str, method: str, environ: dict[str, str]
) -> None:
    version = published()
    ask(served, address(version))  # in memory already

    got = ask(served, path.format(address(version)), method, **environ)

    assert got.body == ELSEWHERE


def test_what_is_asked_for_behind_a_question_mark_changes_nothing(
    served: Front, db: None
) -> None:
    path = address(published())

    assert ask(served, f"{path}?from=mail") == ask(served, path)


def test_behind_a_proxy_only_what_came_by_https_is_answered_here(
    db: None, settings: Any
) -> None:
    settings.SECURE = settings.BEHIND_PROXY = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_HSTS_SECONDS = 60
    served, path = Front(behind), address(published())

    by = {
        said: ask(served, path, HTTP_X_FORWARDED_PROTO=said)
        for said in ("https", "http")
    }

    assert by["https"].headers["Strict-Transport-Security"].startswith("max-age=60")
    assert by["http"].body == ELSEWHERE


def test_a_page_built_again_is_seen_by_the_next_request(
    served: Front, db: None
) -> None:
    version = published(topics=("Heart",))
    before = ask(served, address(version))

    with tampering.unguarded():
        type(version.article).objects.filter(pk=version.article_id).update(tier="A")
    version.article.topics.update(name="Kidney")
    built_again(version)
    after = ask(served, address(version), HTTP_IF_NONE_MATCH=before.headers["ETag"])

    assert b"Heart" in before.body
    assert (after.status, b"Kidney" in after.body) == ("200 OK", True)
    assert after.body == stored(version)


def test_a_page_taken_down_is_gone_with_the_next_request(
    served: Front, db: None
) -> None:
    version, editor = make.under_review(), make.editor()
    publishing.show_preview(version.article_id, by=editor, reason="Asked for")
    shown = ask(served, address(version))

    publishing.end_preview(version.article_id, by=make.fresh(editor))

    assert b"data-caution" in shown.body
    assert ask(served, address(version)).body == ELSEWHERE
    assert len(served.shelf) == 0


def test_a_damaged_page_is_never_sent_and_the_desk_hears_of_it_once(
    served: Front, db: None
) -> None:
    version = published()
    page = Page.objects.get(path=address(version))
    tampering.by_update(page, "body", b"<p>forged")

    answers = [ask(served, address(version)) for _ in range(3)]

    assert [answer.status for answer in answers] == ["503 Service Unavailable"] * 3
    assert b"forged" not in answers[0].body
    assert b"What is stored here is not what was built" in answers[0].body
    assert answers[0].headers["Cache-Control"] == "private, no-store"
    assert answers[0].headers["X-Frame-Options"] == "DENY"
    assert Event.objects.filter(kind="page_withheld").count() == 1


def test_a_page_damaged_after_it_was_read_is_still_what_was_built(
    served: Front, db: None
) -> None:
    version = published()
    before = ask(served, address(version))
    page = Page.objects.get(path=address(version))

    tampering.by_update(page, "body", b"<p>forged")
    kept = ask(served, address(version))
    tampering.by_update(page, "sha256", "0" * 64)
    found = ask(served, address(version))

    assert kept == before
    assert found.status == "503 Service Unavailable"


def test_a_page_that_was_mended_is_sent_again(served: Front, db: None) -> None:
    version = published()
    page = Page.objects.get(path=address(version))
    tampering.by_update(page, "body", b"<p>forged")
    ask(served, address(version))

    built_again(version)

    assert ask(served, address(version)).body == stored(version)


def test_a_desk_that_cannot_be_told_is_no_reason_not_to_answer(
    served: Front, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Page.objects.get(path=address(published()))
    tampering.by_update(page, "body", b"<p>forged")
    monkeypatch.setattr(front.withholding, "report", lambda _: 1 / 0)

    assert ask(served, page.path).status == "503 Service Unavailable"


def test_memory_is_bounded(db: None, settings: Any) -> None:
    settings.PAGE_MEMORY = 120_000
    served, version = Front(behind), published()
    paths = Page.objects.filter(article=version.article_id).values_list(
        "path", flat=True
    )

    for _ in range(2):
        for path in paths:
            assert ask(served, path).body == bytes(Page.objects.get(path=path).body)

    assert 0 < served.shelf.taken <= 120_000


@pytest.fixture
def no_database(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Any]:
    """A way to lose the database, and to have it again, for this thread."""
    given = dict(connection.settings_dict)

    @contextmanager
    def away() -> Iterator[None]:
        connection.close()
        nowhere = "/nowhere/at/all"
        lost = {"NAME": nowhere} if connection.vendor == "sqlite" else {"HOST": nowhere}
        connection.settings_dict.update(lost)
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict.update(given)

    yield away
    connection.settings_dict.update(given)


def test_without_a_database_a_reader_is_told_so(
    served: Front, no_database: Any
) -> None:
    version = published()
    before = ask(served, address(version))

    with no_database():
        answers = [ask(served, address(version)) for _ in range(2)]
    after = ask(served, address(version))

    assert [answer.status for answer in answers] == ["503 Service Unavailable"] * 2
    assert b"The library does not answer at the moment" in answers[0].body
    assert answers[0].headers["Retry-After"] == "60"
    assert answers[0].headers["Cache-Control"] == "private, no-store"
    assert (after.status, after.body) == ("200 OK", before.body)


def test_a_connection_that_was_lost_is_made_again(
    served: Front, transactional_db: None
) -> None:
    version = published()
    before = ask(served, address(version))

    connection.ensure_connection()
    assert connection.connection
    connection.connection.close()
    after = ask(served, address(version))

    assert (after.status, after.body) == ("200 OK", before.body)


@pytest.mark.only("postgresql")
def test_a_connection_that_the_server_ended_is_made_again(
    served: Front, transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = published()
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", None)
    connection.close()
    ask(served, address(version))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [own] = cursor.fetchone() or [0]

    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [own])
    after = ask(served, address(version))
    connection.close()

    assert (after.status, after.body) == ("200 OK", stored(version))


@pytest.mark.parametrize(("age", "stays"), [(0, False), (60, True), (None, True)])
def test_a_connection_is_given_back_when_its_time_is_over(
    served: Front,
    transactional_db: None,
    monkeypatch: pytest.MonkeyPatch,
    age: int | None,
    *,
    stays: bool,
) -> None:
    path = address(published())
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", age)
    connection.close()

    ask(served, path)

    assert (connection.connection is not None) == stays
    connection.close()


@contextmanager
def server(given: dict[str, str], **settings: str) -> Iterator[int]:
    """The real one: two processes of four threads."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        number = listening.fileno()
        told = given | {"WEB_SOCKET": f"fd://{number}", "WEB_PROCESSES": "2"} | settings
        command = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py"]
        process = subprocess.Popen(
            [*command, "config.wsgi"],
            cwd=places.BASE,
            env=told,
            pass_fds=[number],
            stdout=subprocess.DEVNULL,
            process_group=0,
        )
        port = listening.getsockname()[1]
        try:
            processes.wait_until(lambda: fetched(port, "/healthz")[0] == 200, 60)
            yield port
        finally:
            processes.end(process)


def fetched(port: int, path: str) -> tuple[int, bytes]:
    try:
        with closing(
            http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        ) as asked:
            asked.request("GET", path, headers={"Host": "localhost"})
            answer = asked.getresponse()
            return answer.status, answer.read()
    except OSError:
        return 0, b""


def test_many_processes_and_threads_never_send_what_was_replaced(
    child_environment: dict[str, str], transactional_db: None
) -> None:
    version = published(topics=("Round 0",))
    path = address(version)
    with server(child_environment) as port, ThreadPoolExecutor(8) as readers:
        for turn in range(1, 6):
            list(
                readers.map(lambda _: fetched(port, path), range(32))
            )  # in all memories
            version.article.topics.update(name=f"Round {turn}")
            built_again(version)

            found = set(readers.map(lambda _: fetched(port, path), range(32)))

            assert found == {(200, stored(version))}
            assert f"Round {turn}".encode() in stored(version)
        Page.objects.filter(path=path).delete()
        assert {fetched(port, path)[0] for _ in range(16)} == {404}
