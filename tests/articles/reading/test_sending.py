"""What a reader is sent for a stored page, by what their browser asked for."""

from __future__ import annotations

import datetime as dt
import gzip
from typing import Any

import pytest
from django.utils.http import http_date

from articles.canonical import sha256_hex
from articles.models import Article, Page
from articles.reading import sending

BODY = b"<!doctype html>" + b"<p>A sentence.</p>" * 50
SHA = sha256_hex(BODY)
BUILT = dt.datetime(2026, 3, 1, 12, 0, 0, 700_000, tzinfo=dt.UTC)
PLAIN, PACKED, OTHER = f'"{SHA}"', f'"{SHA}-gzip"', '"other"'
ON_THE_DAY = "Sun, 01 Mar 2026 12:00:00 GMT"
EARLIER, LATER = "Sun, 01 Mar 2026 11:59:59 GMT", "Sun, 01 Mar 2026 12:00:01 GMT"


def page(**fields: Any) -> Page:
    given = {
        "path": "/articles/a/",
        "article": Article(slug="a"),
        "content_type": "text/html; charset=utf-8",
        "body": BODY,
        "gzipped": sending.compressed(BODY),
        "sha256": SHA,
        "built_at": BUILT,
    }
    return Page(**given | fields)


def sent(asked: dict[str, str] | None = None, **fields: Any) -> sending.Answer:
    return sending.answer(sending.sendable(page(**fields)), asked or {})


def test_a_page_is_sent_as_it_is_with_all_that_is_said_of_it() -> None:
    answer = sent()

    assert (answer.status, answer.body) == (200, BODY)
    assert dict(answer.headers) == {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(BODY)),
        "ETag": PLAIN,
        "Last-Modified": ON_THE_DAY,
        "Cache-Control": "public, max-age=0, must-revalidate",
        "Vary": "Accept-Encoding",
        "Surrogate-Key": "article-a",
    }


def test_who_takes_gzip_gets_it_under_a_tag_of_its_own() -> None:
    plain, packed = sent(), sent({"HTTP_ACCEPT_ENCODING": "gzip, deflate, br"})

    assert gzip.decompress(packed.body) == BODY
    assert len(packed.body) < len(BODY)
    assert dict(packed.headers) == dict(plain.headers) | {
        "Content-Encoding": "gzip",
        "Content-Length": str(len(packed.body)),
        "ETag": PACKED,
    }


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("deflate, gzip;q=0.5", True),
        ("br;q=1.0, gzip ; q=0.8, *;q=0.1", True),
        ("*", True),
        ("gzip;q=0", False),
        ("gzip;q=0.0, *", False),
        ("identity, *;q=0", False),
        ("*;q=0, gzip", True),
        ("", False),
        ("br", False),
        ("xgzip", False),
        ("gzip;q=high", False),
        (";;,=,q", False),
    ],
)
def test_gzip_goes_to_who_takes_it(accepted: str, *, takes: bool) -> None:
    assert sending.takes_gzip(accepted) == takes


def test_a_page_without_a_compressed_form_is_sent_as_it_is() -> None:
    answer = sent({"HTTP_ACCEPT_ENCODING": "gzip"}, gzipped=b"")

    assert (answer.body, dict(answer.headers)["Vary"]) == (BODY, "Accept-Encoding")


def test_a_page_that_may_not_be_indexed_says_so() -> None:
    assert dict(sent(indexable=False).headers)["X-Robots-Tag"] == "noindex"


def test_what_is_said_of_all_answers_is_said_with_and_without_bytes() -> None:
    found = sending.sendable(page(), [("X-Frame-Options", "DENY")])

    answers = [
        sending.answer(found, asked) for asked in ({}, {"HTTP_IF_NONE_MATCH": "*"})
    ]

    assert [dict(a.headers)["X-Frame-Options"] for a in answers] == ["DENY", "DENY"]


GZIP = {"HTTP_ACCEPT_ENCODING": "gzip"}
CONDITIONS: list[tuple[dict[str, str], int]] = [
    ({"HTTP_IF_NONE_MATCH": PLAIN}, 304),
    ({"HTTP_IF_NONE_MATCH": f"W/{PLAIN}"}, 304),
    ({"HTTP_IF_NONE_MATCH": f"{OTHER}, {PLAIN}"}, 304),
    ({"HTTP_IF_NONE_MATCH": "*"}, 304),
    ({"HTTP_IF_NONE_MATCH": OTHER}, 200),
    ({"HTTP_IF_NONE_MATCH": "nonsense"}, 200),
    ({"HTTP_IF_NONE_MATCH": PACKED}, 200),
    ({"HTTP_IF_NONE_MATCH": PACKED} | GZIP, 304),
    ({"HTTP_IF_NONE_MATCH": PLAIN} | GZIP, 200),
    ({"HTTP_IF_MODIFIED_SINCE": ON_THE_DAY}, 304),
    ({"HTTP_IF_MODIFIED_SINCE": LATER}, 304),
    ({"HTTP_IF_MODIFIED_SINCE": EARLIER}, 200),
    ({"HTTP_IF_MODIFIED_SINCE": "the other day"}, 200),
    ({"HTTP_IF_NONE_MATCH": OTHER, "HTTP_IF_MODIFIED_SINCE": LATER}, 200),
    ({"HTTP_IF_MATCH": PLAIN}, 200),
    ({"HTTP_IF_MATCH": "*"}, 200),
    ({"HTTP_IF_MATCH": OTHER}, 412),
    ({"HTTP_IF_MATCH": f"W/{PLAIN}"}, 412),
    ({"HTTP_IF_MATCH": PLAIN, "HTTP_IF_NONE_MATCH": PLAIN}, 304),
    ({"HTTP_IF_UNMODIFIED_SINCE": ON_THE_DAY}, 200),
    ({"HTTP_IF_UNMODIFIED_SINCE": EARLIER}, 412),
]


@pytest.mark.parametrize(("asked", "status"), CONDITIONS)
def test_what_is_sent_follows_the_conditions(
    asked: dict[str, str], status: int
) -> None:
    answer = sent(asked)

    assert answer.status == status
    assert bool(answer.body) == (status == 200)


def test_who_has_the_page_is_told_what_it_needs_to_keep_it() -> None:
    answer = sent({"HTTP_IF_NONE_MATCH": PLAIN}, indexable=False)

    assert dict(answer.headers) == {
        "ETag": PLAIN,
        "Last-Modified": ON_THE_DAY,
        "Cache-Control": "public, max-age=0, must-revalidate",
        "Vary": "Accept-Encoding",
        "Surrogate-Key": "article-a",
    }


@pytest.mark.parametrize("age", [-5.0, 0.0, 0.3])
def test_a_date_is_not_said_while_the_page_may_change_within_its_second(
    age: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = BUILT.timestamp() + age
    monkeypatch.setattr(
        sending.time, "time", lambda: min(now, int(BUILT.timestamp()) + 0.99)
    )

    fresh = sent()
    dated = sent({"HTTP_IF_MODIFIED_SINCE": http_date(now + 60)})
    tagged = sent({"HTTP_IF_NONE_MATCH": PLAIN})

    assert (fresh.status, dated.status, tagged.status) == (200, 200, 304)
    assert not {"Last-Modified"} & (dict(fresh.headers) | dict(tagged.headers)).keys()


def test_a_page_is_whole_when_both_forms_are_what_was_built() -> None:
    assert sending.is_whole(page())
    assert sending.is_whole(page(gzipped=b""))


@pytest.mark.parametrize(
    "damage",
    [
        {"body": BODY + b" "},
        {"body": b""},
        {"sha256": "0" * 64},
        {"gzipped": sending.compressed(BODY + b" ")},
        {"gzipped": sending.compressed(BODY)[:-4]},
        {"gzipped": sending.compressed(BODY) + b"more"},
        {"gzipped": sending.compressed(BODY) * 2},
        {"gzipped": b"not packed at all"},
        {"gzipped": gzip.compress(b"0" * 50_000_000, 1)},
    ],
)
def test_a_page_with_one_other_byte_is_not_whole(damage: dict[str, Any]) -> None:
    assert not sending.is_whole(page(**damage))


def test_every_flipped_byte_of_the_compressed_form_is_seen_or_changes_nothing() -> None:
    packed = sending.compressed(BODY)

    for at in range(len(packed)):
        forged = packed[:at] + bytes([packed[at] ^ 1]) + packed[at + 1 :]
        if sending.is_whole(page(gzipped=forged)):
            assert gzip.decompress(forged) == BODY
