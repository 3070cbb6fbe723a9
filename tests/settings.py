"""The project's own settings, with a folder, mail and queue that are thrown away."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path


def remove(folder: str, maker: int) -> None:
    """Remove it, unless this is a fork of the process that made it."""
    if os.getpid() == maker:
        shutil.rmtree(folder, ignore_errors=True)


if "VAR_DIR" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="imprimatur-tests-")
    atexit.register(remove, os.environ["VAR_DIR"], os.getpid())
os.environ.setdefault("EMAIL_URL", "memory://")
os.environ.setdefault("PDF", "0")  # each takes its time; tests ask for them

from config.settings import *

for database in DATABASES.values():
    database["CONN_MAX_AGE"] = 0
    if database["ENGINE"].endswith("sqlite3"):
        # A file, so that other threads and processes see what a test wrote.
        name = Path(VAR_DIR, f"test-{os.getpid()}.sqlite3")
        database["TEST"] = {"NAME": str(name)}
        if "DURABLE" not in os.environ:
            # No test cuts the power; a killed process loses nothing either way.
            pragmas = database["OPTIONS"]["init_command"]
            pragmas = pragmas.replace("synchronous=FULL", "synchronous=OFF")
            database["OPTIONS"]["init_command"] = pragmas

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
WHITENOISE_AUTOREFRESH = True
if "REDIS_URL" not in os.environ:
    CELERY_BROKER_URL = "memory://"
if "TEST_LOGGING" not in os.environ:
    LOGGING_CONFIG = None  # records go to pytest alone
