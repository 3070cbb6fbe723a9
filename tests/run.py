"""
The whole suite on SQLite, then on PostgreSQL: `python -m tests.run [pytest arguments]`.

Ends with pytest's own summary, and with 1 if either run failed.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import migrated, postgres
from tests.chromium import REMEDY, chromium

OURS = (
    "DATABASE_URL",
    migrated.GIVEN,
    "REDIS_URL",
    "EMAIL_URL",
    "VAR_DIR",
    "SITE_URL",
    "PORT",
    "DEBUG",
    "PYTHONDONTWRITEBYTECODE",  # hundreds of programs would each compile all modules
)


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in OURS}


def suite(arguments: list[str], **told: str) -> bool:
    """Run pytest in a process of its own; tell whether it was content."""
    # One worker more than cores: tests wait for browsers, programs and clocks.
    workers = str((os.cpu_count() or 1) + 1)
    options = ["--numprocesses", workers, "--dist", "worksteal"]
    command = [sys.executable, "-m", "pytest", *options, *arguments]
    return (
        subprocess.run(command, env=environment() | told, check=False).returncode == 0
    )


def migrate(folder: Path, address: str) -> None:
    """Make a database of each kind once, for all workers to copy, both at a time."""
    given = environment()
    begun = (migrated.sqlite(folder, given), migrated.postgresql(address, given))
    codes = [process.wait() for process in begun]
    if any(codes):
        sys.exit("The migrations failed; look above for the reason.")


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    if not chromium():
        say(f"Browser tests will not run: {REMEDY}")
    with tempfile.TemporaryDirectory() as folder, postgres.cluster() as address:
        migrate(Path(folder), address)
        say("On SQLite")
        file = migrated.file_in(Path(folder))
        on_sqlite = suite(arguments, MIGRATED=str(file))
        say("On PostgreSQL")
        on_postgresql = suite(arguments, MIGRATED=migrated.NAME, DATABASE_URL=address)
    return 0 if on_sqlite and on_postgresql else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
