import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from articles.works.lookup import (
    Client,
    Crossref,
    NotLookedUp,
    PubMed,
    Recorded,
    client,
)
from articles.works.lookup.fetching import MAX_ANSWER

ANSWERS = Path(__file__).parent.parent / "answers"
CARBERRY = (ANSWERS / "doi" / "10.5555%2Fcarberry.2020.json").read_bytes()
MATTICK = (ANSWERS / "pmid" / "24500948.nbib").read_bytes()
ITEM = {
    "type": "article-journal",
    "title": "Naltrexone & <i>E. coli</i>: A cohort",
    "author": [
        {
            "family": "Carberry",
            "given": "Josiah",
            "ORCID": "https://orcid.org/0000-0002-1825-0097",
        },
        {"literal": "Cracked Pot Group"},
    ],
    "container-title": "Journal of Psychoceramics",
    "container-title-short": "J Psychoceram",
    "publisher": "Example Press",
    "volume": "4",
    "issue": "2",
    "page": "309-318",
    "issued": {"date-parts": [[2020, 3, 1]]},
    "ISSN": "0140-6736, 1474-547X",
    "DOI": "10.5555/carberry.2020",
    "language": "en",
    "abstract": "Cracked pots, p < 0.05.",
    "status": "retracted",
}
REVIEW = {
    "type": "article-journal",
    "title": (
        "Buprenorphine maintenance versus placebo or methadone maintenance for opioid "
        "dependence"
    ),
    "author": [{"family": "Mattick", "given": "Richard P"}],
    "container-title": "The Cochrane database of systematic reviews",
    "container-title-short": "Cochrane Database Syst Rev",
    "issued": {"date-parts": [[2014, 2, 6]]},
    "page": "CD002207",
    "language": "en",
    "DOI": "10.1002/14651858.CD002207.pub4",
    "PMID": "24500948",
    "custom": {
        "kind": "systematic_review",
        "publication_types": ["Journal Article", "Systematic Review"],
    },
}


class Host:
    """A host on this machine that says what a test puts into `says`."""

    def __init__(self) -> None:
        self.says: dict[str, Any] = {"status": 200, "body": b"", "headers": {}}
        self.asked: list[tuple[str, str | None]] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        serve = self.server.serve_forever
        self.thread = threading.Thread(target=serve, args=(0.02,))
        self.thread.start()

    def close(self) -> None:
        """Answer nobody from now on; what still serves is waited for."""
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        host = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version: ClassVar[str] = "HTTP/1.0"

            def do_GET(self) -> None:
                host.asked.append((self.path, self.headers["User-Agent"]))
                time.sleep(host.says.get("wait", 0))  # a slow host, as told
                self.send_response(host.says["status"])
                for name, value in host.says["headers"].items():
                    self.send_header(name, value)
                self.end_headers()
                body = host.says.get(self.path.partition("?")[0], host.says["body"])
                for part in host.says.get("drips", [body]):
                    self.wfile.write(part)
                    time.sleep(host.says.get("between", 0))  # one that drips

            def log_message(self, *_: object) -> None:
                pass

        return Handler


@pytest.fixture
def host() -> Iterator[Host]:
    host = Host()
    yield host
    host.close()


def test_crossref_is_asked_politely_and_its_record_becomes_an_item(host: Host) -> None:
    host.says["body"] = CARBERRY

    item = Crossref("desk@example.org", base=host.base).look_up("doi:10.5555/a(b)/c#d")

    assert item == ITEM
    assert host.asked == [
        (
            "/works/10.5555%2Fa%28b%29%2Fc%23d",
            "imprimatur/0.1 (mailto:desk@example.org)",
        )
    ]


def test_pubmed_is_asked_for_its_own_format(host: Host) -> None:
    host.says["body"] = MATTICK

    item = PubMed("desk@example.org", base=host.base).look_up("PMID: 24500948")

    assert item == REVIEW
    assert host.asked == [
        (
            (
                "/entrez/eutils/efetch.fcgi?db=pubmed&id=24500948&rettype=medline"
                "&retmode=text&tool=imprimatur&email=desk%40example.org"
            ),
            "imprimatur/0.1 (mailto:desk@example.org)",
        )
    ]


CONVERTER = "/tools/idconv/api/v1/articles/"


def test_an_article_of_the_archive_is_asked_for_by_its_pmid(host: Host) -> None:
    host.says |= {CONVERTER: b'{"records": [{"pmid": 24500948}]}', "body": MATTICK}

    item = PubMed("", base=host.base, archive=host.base).look_up("PMC3531190")

    assert item == REVIEW
    assert [path.partition("&")[0] for path, _ in host.asked] == [
        f"{CONVERTER}?ids=PMC3531190",
        "/entrez/eutils/efetch.fcgi?db=pubmed",
    ]


@pytest.mark.parametrize("record", [b"{}", b'{"pmid": null}', b'{"pmid": "x"}'])
def test_an_article_without_a_pmid_is_known_to_nobody(
    host: Host, record: bytes
) -> None:
    host.says["body"] = b'{"records": [' + record + b"]}"

    assert PubMed("", archive=host.base).look_up("PMC12") is None


@pytest.mark.parametrize("body", [b"<html>", b"{}", b'{"records": []}', b"[1]"])
def test_an_archive_that_says_something_else_is_a_sentence(
    host: Host, body: bytes
) -> None:
    host.says["body"] = body

    with pytest.raises(NotLookedUp, match="The archive of PubMed answers with"):
        PubMed("", archive=host.base).look_up("PMC12")


def test_a_contact_cannot_add_a_line_to_the_request(host: Host) -> None:
    host.says["status"] = 404

    assert Crossref("a@b\r\nX-Evil: 1", base=host.base).look_up("10.5555/x") is None
    assert host.asked[0][1] == "imprimatur/0.1 (mailto:a@bX-Evil: 1)"


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_not_there_is_no_error(host: Host, status: int) -> None:
    host.says["status"] = status

    assert Crossref("", base=host.base).look_up("10.5555/x") is None


@pytest.mark.parametrize(
    ("says", "why"),
    [
        ({"status": 429}, "127.0.0.1 asks us to wait; try again in a minute."),
        ({"status": 503}, "127.0.0.1 answers with error 503."),
        ({"body": b"<html>"}, "Crossref answers with something that is no record."),
        ({"body": b'{"message": {"type": "book"}}'}, "Crossref's record is no use. The reference has no title."),
        ({"body": b"x" * (MAX_ANSWER + 1)}, "127.0.0.1 sends more than a record can be."),
        ({"wait": 0.6}, "127.0.0.1 did not answer in time."),
        ({"drips": [CARBERRY[:1]] * 30, "between": 0.05}, "127.0.0.1 did not answer in time."),
    ],
)  # fmt: skip
def test_every_failure_is_a_sentence(
    host: Host, says: dict[str, Any], why: str
) -> None:
    host.says |= says

    with pytest.raises(NotLookedUp) as caught:
        Crossref("", base=host.base, timeout=0.3).look_up("10.5555/x")

    assert str(caught.value) == why


@pytest.mark.parametrize(
    "elsewhere",
    [
        "http://localhost:{port}/works/x",
        "http://169.254.169.254/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
        "//10.0.0.1/x",
    ],
)
def test_a_way_to_another_host_is_not_taken(host: Host, elsewhere: str) -> None:
    host.says["status"] = 302
    host.says["headers"] = {"Location": elsewhere.format(port=host.server.server_port)}

    with pytest.raises(NotLookedUp):
        Crossref("", base=host.base).look_up("10.5555/x")

    assert len(host.asked) == 1


def test_nobody_there_is_a_sentence_too(host: Host) -> None:
    host.close()

    with pytest.raises(NotLookedUp, match=r"^127\.0\.0\.1 cannot be reached\.$"):
        PubMed("", base=host.base).look_up("12")


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("10.5555/Carberry.2020", ITEM),
        ("24500948", REVIEW),
        ("10.5555/unknown", None),
        ("12", None),
        ("99999999", None),
    ],
)
def test_recorded_answers_are_read_as_live_ones(
    identifier: str, expected: dict[str, Any] | None
) -> None:
    assert Recorded(ANSWERS).look_up(identifier) == expected


@pytest.mark.parametrize(
    ("asked", "identifier", "why"),
    [
        (Recorded(ANSWERS), "10.5555/down", "The host of this record cannot be reached."),
        (Recorded(ANSWERS), "10.5555/odd", "Crossref answers with something that is no record."),
        (Recorded(ANSWERS), "PMC12", "“PMC12” is neither a DOI nor a PMID."),
        (client(enabled=False), "12", "Looking works up is switched off here; paste or drop the record itself."),
        (client(enabled=True), "x12", "“x12” is neither a DOI nor a PMID."),
        (Crossref(""), "12", "“12” is no DOI."),
        (PubMed(""), "x", "“x” is no PMID."),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_asked_is_refused(
    asked: Client, identifier: str, why: str
) -> None:
    with pytest.raises(NotLookedUp) as caught:
        asked.look_up(identifier)

    assert str(caught.value) == why
