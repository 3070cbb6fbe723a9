import json
import logging
import sys

import pytest

from config.logs import Json, WithoutQueries, configuration


def test_a_record_is_one_line_of_json() -> None:
    record = logging.LogRecord(
        "a.b", logging.INFO, "", 1, "%s\nthere", ("hello",), None
    )
    record.created = 0.5

    assert json.loads(Json().format(record)) == {
        "at": "1970-01-01T00:00:00.500000+00:00",
        "level": "info",
        "logger": "a.b",
        "message": "hello\nthere",
    }
    assert "\n" not in Json().format(record)


def test_a_traceback_shows_no_values() -> None:
    shown = json.loads(Json().format(failure_with("patient 17")))["traceback"]

    assert shown.endswith("ZeroDivisionError: division by zero")
    assert "patient" not in shown


def failure_with(local: str) -> logging.LogRecord:
    raised = None
    try:
        _ = len(local) / 0
    except ZeroDivisionError:
        raised = sys.exc_info()
    return logging.LogRecord("a", logging.ERROR, "", 1, "m", (), raised)


@pytest.mark.parametrize(
    "asked",
    ["GET /search/?q=my+overdose HTTP/1.1", "GET /search/?q=my overdose HTTP/1.1"],
)
def test_the_server_of_developers_tells_no_question(asked: str) -> None:
    made = logging.LogRecord(
        "django.server",
        logging.INFO,
        "",
        1,
        '"%s" %s %s',
        (asked, "200", "5120"),
        None,
    )

    assert WithoutQueries().filter(made)
    assert made.getMessage() == '"GET /search/ HTTP/1.1" 200 5120'
    named = configuration("line", "info")["loggers"]["django.server"]["filters"]
    assert named == ["without_queries"]
