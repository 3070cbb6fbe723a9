"""
The whole suite on SQLite and on PostgreSQL: `python -m tests.run [pytest arguments]`.

Both run at the same time, so that no core waits for the other's last test. What is
said on PostgreSQL is shown when SQLite is done. Ends with pytest's own summary, and
with 1 if either run failed.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

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


def begin(
    arguments: list[str], workers: int, output: IO[bytes] | None = None, **told: str
) -> subprocess.Popen[bytes]:
    """Begin to run pytest in a process of its own."""
    options = ["--numprocesses", str(workers), "--dist", "worksteal"]
    command = [sys.executable, "-m", "pytest", *options, *arguments]
    return subprocess.Popen(
        command, env=environment() | told, stdout=output, stderr=output
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
        codes = both(arguments, Path(folder), address)
    return 1 if any(codes) else 0


def both(arguments: list[str], folder: Path, address: str) -> tuple[int, int]:
    """Run the suite on both; tests wait for browsers and clocks, so beyond the cores."""
    cores = os.cpu_count() or 1
    made = str(migrated.file_in(folder))
    with (folder / "said").open("w+b") as said:
        say("On SQLite, and meanwhile on PostgreSQL")
        on_sqlite = begin(arguments, cores + 1, MIGRATED=made)
        on_postgresql = begin(
            arguments, cores, said, MIGRATED=migrated.NAME, DATABASE_URL=address
        )
        codes = on_sqlite.wait(), on_postgresql.wait()
        say("On PostgreSQL")
        said.seek(0)
        say(said.read().decode(errors="replace"))
    return codes


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
