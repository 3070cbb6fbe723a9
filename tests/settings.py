"""The project's own settings, with a folder, mail and queue that are thrown away."""

import os
import tempfile
from pathlib import Path

if "VAR_DIR" not in os.environ:
    # The process that made it removes it; it knows the folder by its own number.
    made = tempfile.mkdtemp(prefix="imprimatur-tests-", suffix=f"-{os.getpid()}")
    os.environ["VAR_DIR"] = made
os.environ.setdefault("EMAIL_URL", "memory://")

from config.settings import *

for database in DATABASES.values():
    database["CONN_MAX_AGE"] = 0
    if database["ENGINE"].endswith("sqlite3"):
        # A file, so that other threads and processes see what a test wrote.
        name = Path(VAR_DIR, f"test-{os.getpid()}.sqlite3")
        database["TEST"] = {"NAME": str(name)}

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
