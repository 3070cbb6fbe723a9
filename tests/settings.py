"""The project's own settings, with a folder and queues that are thrown away."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="imprimatur-tests-"))
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
CELERY_BROKER_URL = "memory://"
LOGGING_CONFIG = None
