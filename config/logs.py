"""One line a record, for people or for machines; never the values of variables."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

CHATTY = ("celery.app.trace", "celery.beat", "celery.worker.strategy")
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


def configuration(form: str, level: str) -> dict[str, Any]:
    """Return LOGGING: everything to standard error, in one of two forms."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": Json},
            "line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
        },
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": form},
        },
        "root": {"handlers": ["stderr"], "level": level.upper()},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        }
        | {STRANGERS: {"level": "CRITICAL"}}
        | {name: {"level": "WARNING"} for name in CHATTY},
    }
