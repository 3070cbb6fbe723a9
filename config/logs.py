"""One line a record, for people or for machines; never the values of variables."""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

CHATTY = (
    *("celery.app.trace", "celery.beat", "celery.worker.strategy"),
    "weasyprint.progress",
)
QUERY = re.compile(r"\?.*(?= HTTP/)|\?.*", re.DOTALL)
"""What follows a path: somebody may have searched for an illness of their own."""

STRANGERS = "django.security.DisallowedHost"  # they knock all day


class Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


class WithoutQueries(logging.Filter):
    """The address that was asked for, and not what was asked."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(map(without_query, record.args))
        return True


def without_query(said: object) -> object:
    return QUERY.sub("", said) if isinstance(said, str) else said


def configuration(form: str, level: str) -> dict[str, Any]:
    """Return LOGGING: everything to standard error, in one of two forms."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": Json},
            "line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
        },
        "filters": {"without_queries": {"()": WithoutQueries}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": form},
        },
        "root": {"handlers": ["stderr"], "level": level.upper()},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.server": {
                "handlers": [],
                "level": "INFO",
                "propagate": True,
                "filters": ["without_queries"],
            },
        }
        | {STRANGERS: {"level": "CRITICAL"}}
        | {name: {"level": "WARNING"} for name in CHATTY},
    }
