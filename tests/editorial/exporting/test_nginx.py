"""What nginx itself makes of the exported site, and what it writes down of readers."""

from __future__ import annotations

import gzip
import os
import shutil
import socket
import subprocess
import threading
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from django.test import override_settings

from articles.reading import press, views
from editorial import printouts
from editorial.exporting import export
from editorial.exporting.addresses import file_of
from tests import make, processes, traces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

pytestmark = [pytest.mark.django_db, pytest.mark.only("sqlite")]

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
REMEDY = "no nginx here; apt-get install nginx-light."
CONFIGURATION = """
{user}
worker_processes 1;
daemon off;
pid {folder}/pid;
error_log {folder}/errors;
events {{ worker_connections 64; }}
http {{
  types {{ text/html html; text/css css; text/plain txt; }}
  access_log {folder}/asked;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; include {site}/.nginx.conf; }}
  server {{ listen 127.0.0.1:{lonely}; include {folder}/lonely.conf; }}
}}
"""
HASHED = "house.0123456789ab.css"


class Answer(NamedTuple):
    status: int
    body: bytes
    said: HTTPResponse

    def __getitem__(self, header: str) -> str | None:  # type: ignore[override]
        return self.said.getheader(header)


class Program(BaseHTTPRequestHandler):
    """Says what it was asked, where the house would answer."""

    def answer(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        told = f"{self.command} {self.path} {self.rfile.read(length).decode()}"
        self.send_response(200)
        self.end_headers()
        self.wfile.write(told.encode())

    do_GET = do_POST = answer  # noqa: N815  the library looks for these names

    def log_message(self, *_said: object) -> None:
        """Nothing: what readers search for is in it."""


class Site(NamedTuple):
    """An exported site under nginx; `lonely` is the port where its program is away."""

    folder: Path
    port: int
    lonely: int
    article: str

    def ask(
        self, path: str, method: str = "GET", body: str | None = None, **headers: str
    ) -> Answer:
        return ask(self.port, path, method, body, **headers)

    def ask_alone(self, path: str) -> Answer:
        return ask(self.lonely, path)

    def file(self, address: str) -> bytes:
        return (self.folder / "site" / file_of(address)).read_bytes()


def ask(
    port: int, path: str, method: str = "GET", body: str | None = None, **headers: str
) -> Answer:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body, given)
        said = connection.getresponse()
        return Answer(said.status, said.read(), said)
    finally:
        connection.close()


def written_down(folder: Path) -> str:
    """All that nginx wrote in any of its logs."""
    return "".join((folder / name).read_text() for name in ("asked", "errors", "said"))


@contextmanager
def nginx(folder: Path, program: str, ports: tuple[int, int]) -> Iterator[None]:
    """Send the exported site, on the second port as if the program were away."""
    assert NGINX
    site = folder / "site"
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # and never listens
        away = f"127.0.0.1:{nobody.getsockname()[1]}"
        told = (site / ".nginx.conf").read_text().replace(program, away)
        (folder / "lonely.conf").write_text(told)
        user = "user root;" if os.geteuid() == 0 else ""  # the folder is our own
        given = dict(zip(("port", "lonely"), ports, strict=True))
        configuration = CONFIGURATION.format(
            folder=folder, site=site, user=user, **given
        )
        (folder / "conf").write_text(configuration)
        with (folder / "said").open("wb") as said:
            process = subprocess.Popen(
                [NGINX, "-c", str(folder / "conf")], stderr=said, process_group=0
            )
        try:
            processes.wait_until(
                lambda: listens(ports[1]) or process.poll() is not None
            )
            assert process.poll() is None, written_down(folder)
            yield
        finally:
            processes.end(process)


def listens(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def library(folder: Path, program: str) -> str:
    """Export two articles with PDFs, a list of two pages and a file; give one's address."""
    static = folder / "static"
    static.mkdir()
    (static / HASHED).write_text("p { margin: 0 }")
    with (
        pytest.MonkeyPatch.context() as patch,
        override_settings(STATIC_ROOT=static, PDF=True),
    ):
        patch.setattr(views, "PER_PAGE", 1)
        patch.setattr(press, "pdf", lambda _text, **how: how["base"].encode())
        article = make.published().article
        make.published()
        printouts.make_due()
        export(folder / "site", program=program)
    return article.get_absolute_url()


@pytest.fixture(scope="module")
def site(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """One for all tests here; each only asks it."""
    if not NGINX:
        pytest.skip(REMEDY)
    folder = tmp_path_factory.mktemp("nginx")
    with ThreadingHTTPServer(("127.0.0.1", 0), Program) as program:
        thread = threading.Thread(target=program.serve_forever)
        thread.start()
        try:
            at = f"127.0.0.1:{program.server_port}"
            with django_db_blocker.unblock(), traces.undone():
                article = library(folder, f"http://{at}")
            ports = free(), free()
            with nginx(folder, at, ports):
                yield Site(folder, *ports, article)
        finally:
            program.shutdown()
            thread.join()


def test_a_page_is_its_file_with_what_the_house_says_beside_it(site: Site) -> None:
    answer = site.ask(site.article)

    assert (answer.status, answer.body) == (200, site.file(site.article))
    slug = site.article.split("/")[2]
    assert answer["Surrogate-Key"] == f"article-{slug}"
    assert "default-src" in str(answer["Content-Security-Policy"])
    assert (answer["Vary"], answer["Content-Encoding"]) == ("Accept-Encoding", None)


def test_a_page_is_packed_for_whoever_wants_it_so(site: Site) -> None:
    answer = site.ask(site.article, Accept_Encoding="gzip")

    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.body) == site.file(site.article)


def test_what_a_reader_has_is_not_sent_again(site: Site) -> None:
    first = site.ask(site.article)

    again = site.ask(site.article, If_None_Match=str(first["ETag"]))

    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize(
    ("end", "kind"),
    [
        (".pdf", "application/pdf"),
        (".json", "application/json"),
        (".xml", "application/xml; charset=utf-8"),
        (".csl.json", "application/vnd.citationstyles.csl+json; charset=utf-8"),
    ],
)
def test_a_file_of_an_article_says_what_it_is(site: Site, end: str, kind: str) -> None:
    address = f"{site.article.rstrip('/')}{end}"

    answer = site.ask(address)

    assert (answer.status, answer.body) == (200, site.file(address))
    assert (answer["Content-Type"], answer["X-Robots-Tag"]) == (kind, "noindex")


@pytest.mark.parametrize("number", [1, 2])
def test_a_list_is_sent_by_its_page(site: Site, number: int) -> None:
    address = f"/articles/?page={number}"

    assert site.ask(address).body == site.file(address)


def test_what_never_changes_is_kept_for_ever(site: Site) -> None:
    answer = site.ask(f"/static/{HASHED}")

    assert (answer.status, answer["Content-Type"]) == (200, "text/css")
    assert "immutable" in str(answer["Cache-Control"])


@pytest.mark.parametrize(
    "address",
    [
        "/search/?q=chest+pain",
        "/ask/?q=chest+pain",
        "/nowhere/",
        "/articles/?page=99",
        "/articles/never-written/",
        "/.nginx.conf",
        "/articles/.exported",
        "/desk/",
        "/503.html",
    ],
)
def test_what_is_no_file_is_asked_of_the_program(site: Site, address: str) -> None:
    answer = site.ask(address)

    assert (answer.status, answer.body) == (200, f"GET {address} ".encode())


def test_what_is_handed_in_reaches_the_program(site: Site) -> None:
    address = f"{site.article}report-error/"

    answer = site.ask(address, "POST", "what=a+wrong+dose")

    assert answer.body == f"POST {address} what=a+wrong+dose".encode()


def test_while_the_program_is_away_readers_are_told_and_pages_stand(
    site: Site,
) -> None:
    answer = site.ask_alone("/search/?q=chest+pain")

    assert (answer.status, answer.body) == (503, site.file("/503.html"))
    said = (answer["Retry-After"], answer["Cache-Control"])
    assert said == ("60", "private, no-store")
    assert site.ask_alone(site.article).body == site.file(site.article)


@pytest.mark.parametrize("asked", ["/search/?q=chest+pain", "/ask/?q=chest+pain"])
def test_no_log_holds_what_readers_search_for(site: Site, asked: str) -> None:
    site.ask(asked)
    site.ask_alone(asked)
    site.ask(site.article)
    site.ask_alone(site.article)

    lines = written_down(site.folder).splitlines()

    assert len([line for line in lines if f"GET {site.article} HTTP" in line]) > 1
    assert [line for line in lines if "chest" in line] == []
