"""
`python -m bench [CORPUS]`: every measurement, on both databases where they matter.

`python -m bench desks [FOLDER] [--cpu]` measures the desk in a small house and in a large one instead,
`python -m bench serving` how fast pages are sent, `python -m bench search CORPUS` the search page,
`python -m bench ask CORPUS` how well and how fast questions are answered.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

# Django is made ready above, before anything of it is read.
from bench import ask, changes, desks, lint, search, serving
from tests import postgres


def measure(corpus: str, database_url: str | None = None) -> dict[str, str]:
    """Run the measurements in a process and a folder of their own."""
    with tempfile.TemporaryDirectory(prefix="imprimatur-bench-") as folder:
        given = os.environ | {"VAR_DIR": folder, "EMAIL_URL": "memory://"}
        given |= {"DURABLE": "1"}  # what is timed waits for the disk, as in a house
        given.pop("DATABASE_URL", None)
        if database_url:
            given["DATABASE_URL"] = database_url
        command = [sys.executable, "-m", "bench.measurements", corpus]
        done = subprocess.run(command, env=given, check=True, stdout=subprocess.PIPE)
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return found


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["desks"]:
        return desks.main(*arguments[1:])
    if arguments[:1] == ["serving"]:
        return serving.main()
    if arguments[:1] == ["ask"]:
        return ask.main(*arguments[1:])
    if arguments[:1] == ["search"]:
        return search.main(*arguments[1:])
    corpus = arguments[0] if arguments else ""
    sqlite = measure(corpus)
    with postgres.cluster(durable=True) as address:
        postgresql = measure(corpus, address)
    linted = lint.measure() | changes.measure()
    width = max(len(name) for name in [*sqlite, *linted])
    lines = [f"{'':{width}}  {'SQLite':>24}  {'PostgreSQL':>24}"]
    lines += [
        f"{name:{width}}  {value:>24}  {postgresql.get(name, ''):>24}"
        for name, value in sqlite.items()
    ]
    lines += [f"{name:{width}}  {value:>24}" for name, value in linted.items()]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
