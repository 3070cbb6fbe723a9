"""What the web server writes down of a request: never what was searched for."""

import logging

import pytest
from gunicorn.config import Config

from config import gunicorn


def test_the_access_log_has_no_place_for_what_was_asked() -> None:
    asked_for = {"q", "r", "f", "{"}  # query, request line, referrer, any header

    named = gunicorn.access_log_format.split("%(")[1:]
    assert {name.partition(")")[0][:1] for name in named}.isdisjoint(asked_for)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (
            "Invalid request from ip=192.0.2.1: Invalid HTTP Version: 'overdose HTTP/1.1'",
            "Invalid request: Invalid HTTP Version",
        ),
        (
            "Invalid request from ip=::1: Invalid HTTP request line: 'GET /?q=my:overdose'",
            "Invalid request: Invalid HTTP request line",
        ),
        (
            "Invalid request from ip=192.0.2.1: Request Line is too large (5000 > 4094)",
            "Invalid request: Request Line is too large (5000 > 4094)",
        ),
        ("Worker (pid:7) was sent SIGKILL!", "Worker (pid:7) was sent SIGKILL!"),
    ],
)
def test_nothing_is_quoted_of_a_request_that_could_not_be_read(
    said: str, kept: str, caplog: pytest.LogCaptureFixture
) -> None:
    logger = gunicorn.DiscreetLogger(Config())
    logger.error_log.propagate = True

    with caplog.at_level(logging.WARNING, logger="gunicorn.error"):
        logger.warning(said)

    assert [record.getMessage() for record in caplog.records] == [kept]


def test_a_request_that_broke_is_named_without_its_question(
    caplog: pytest.LogCaptureFixture,
) -> None:
    logger = gunicorn.DiscreetLogger(Config())
    logger.error_log.propagate = True

    with caplog.at_level(logging.ERROR, logger="gunicorn.error"):
        logger.exception("Error handling request %s", "/search/?q=my+overdose")  # noqa: LOG004  as it does

    assert [record.getMessage() for record in caplog.records] == [
        "Error handling request /search/"
    ]
