"""
The whole suite on SQLite, then on PostgreSQL: `python -m tests.run [pytest arguments]`.

Ends with pytest's own summary, and with 1 if either run failed.
"""

import os
import subprocess
import sys

from tests import postgres
from tests.chromium import REMEDY, chromium

OURS = (
    "DATABASE_URL",
    "REDIS_URL",
    "EMAIL_URL",
    "VAR_DIR",
    "SITE_URL",
    "PORT",
    "DEBUG",
)


def suite(arguments: list[str], database_url: str | None = None) -> bool:
    """Run pytest in a process of its own; tell whether it was content."""
    given = {name: value for name, value in os.environ.items() if name not in OURS}
    given |= {"DATABASE_URL": database_url} if database_url else {}
    # One worker more than cores: tests wait for browsers, programs and clocks.
    workers = str((os.cpu_count() or 1) + 1)
    options = ["--numprocesses", workers, "--dist", "worksteal"]
    command = [sys.executable, "-m", "pytest", *options, *arguments]
    return subprocess.run(command, env=given, check=False).returncode == 0


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    if not chromium():
        say(f"Browser tests will not run: {REMEDY}")
    say("On SQLite")
    on_sqlite = suite(arguments)
    say("On PostgreSQL")
    with postgres.cluster() as address:
        on_postgresql = suite(arguments, address)
    return 0 if on_sqlite and on_postgresql else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
