"""
`python -m bench desks`: every page of the desk in a small house and in a large one.

Both stand filled before anything is measured, and are asked in turns, so that whatever
else the machine does falls on both alike. `python -m bench desks FOLDER` keeps the
SQLite houses there for the next time; `--cpu` tells of the time that this program's
own processes worked, without waiting: for a machine on which others work as well, and
for SQLite, which works in them.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bench.measures import LARGE, SMALL
from tests import postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = 20
MOST_GROWTH = 0.5
MOST_QUERIES = 12


class Seen(NamedTuple):
    """A page as somebody opens it; `way` leads on to its second page."""

    who: str
    path: str
    way: str = "first"


PAGES = (
    Seen("editor", "/desk/"),
    Seen("editor", "/desk/", "second"),
    Seen("editor", "/desk/?mine=1"),
    *(
        Seen("editor", f"/desk/?bucket={code}")
        for code in (
            *("unassigned", "to_send", "revisions", "unanswered", "due"),
            *("overdue", "to_decide", "mail"),
        )
    ),
    Seen("editor", "/desk/?tier=A"),
    Seen("editor", "/desk/?specialty=cardiology"),
    Seen("editor", "/desk/?topic=topic-3"),
    Seen("editor", "/desk/?q=zinc"),
    Seen("editor", "/desk/?q=nowhere"),
    Seen("editor", "/desk/?author=author%201"),
    Seen("editor", "/desk/?state=approved"),
    Seen("editor", "/desk/?state=under_review&mine=1"),
    Seen("editor", "/desk/figures/"),
    Seen("editor", "/desk/figures/?period=all"),
    Seen("editor", "/desk/effects/"),
    Seen("editor", "/desk/notices/"),
    Seen("chief", "/desk/"),
    Seen("auditor", "/desk/"),
    Seen("reviewer", "/desk/"),
    Seen("author", "/desk/"),
)


@contextmanager
def folder_of(name: str, kept: str) -> Iterator[str]:
    if kept:
        folder = Path(kept) / name
        folder.mkdir(parents=True, exist_ok=True)
        yield str(folder)
        return
    with tempfile.TemporaryDirectory(prefix="imprimatur-bench-") as thrown_away:
        yield thrown_away


@contextmanager
def house(
    name: str, database_url: str = "", kept: str = ""
) -> Iterator[subprocess.Popen[str]]:
    """A process with a house of that measure, in a folder of its own."""
    with folder_of(name, kept) as folder:
        given = os.environ | {"VAR_DIR": folder, "EMAIL_URL": "memory://"}
        given.pop("DATABASE_URL", None)
        if database_url:
            given["DATABASE_URL"] = database_url
        command = [sys.executable, "-m", "bench.desk_pages", name]
        pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        with subprocess.Popen(command, env=given, **pipes) as process:
            told(process)
            yield process
            process.communicate()


def told(process: subprocess.Popen[str]) -> dict[str, float]:
    line = process.stdout.readline() if process.stdout else ""
    found: dict[str, float] = json.loads(line)
    return found


def ask(process: subprocess.Popen[str], page: Seen) -> dict[str, float]:
    if process.stdin:
        process.stdin.write(" ".join(page) + "\n")
        process.stdin.flush()
    return told(process)


def late(values: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def compare(small: Any, large: Any, page: Seen, time: str = "ms") -> tuple[str, bool]:
    taken: tuple[list[float], list[float]] = ([], [])
    queries: list[float] = [0, 0]
    rows: list[float] = [0, 0]
    for turn in range(ROUNDS + 1):
        for place, process in enumerate((small, large)):
            found = ask(process, page)
            queries[place], rows[place] = found["queries"], found["rows"]
            if turn:  # the first fills caches
                taken[place].append(found[time])
    middles = [statistics.median(values) for values in taken]
    ends = [late(values) for values in taken]
    growth = ends[1] / ends[0] - 1
    is_good = growth < MOST_GROWTH and max(queries) <= MOST_QUERIES
    same = "" if queries[0] == queries[1] else f" ({queries[0]:.0f})"
    drawn = "" if rows[0] == rows[1] else f"  {rows[0]:.0f} rows, then {rows[1]:.0f}"
    name = page.path + (" 2nd" if page.way == "second" else "")
    figures = "".join(f"{m:7.1f}{e:7.1f} " for m, e in zip(middles, ends, strict=True))
    line = (
        f"{page.who:9}{name:38}{figures}{middles[1] / middles[0] - 1:+6.0%}"
        f"{growth:+6.0%}{queries[1]:4.0f}{same}{drawn}{'' if is_good else '  TOO MUCH'}"
    )
    return line, is_good


def measure(
    name: str, addresses: tuple[str, str], kept: str = "", time: str = "ms"
) -> bool:
    sizes = "".join(f"{m.count:>14,} " for m in (SMALL, LARGE))
    heads = f"{name:47}{sizes}{'growth':>12}\n{'':47}"
    heads += f"{'p50':>7}{'p95':>7} " * 2 + f"{'p50':>6}{'p95':>6} queries\n"
    with ExitStack() as stack:
        large = stack.enter_context(house("large", addresses[1], kept))
        small = stack.enter_context(house("small", addresses[0], kept))
        sys.stdout.write(heads)
        verdicts = []
        for page in PAGES:
            line, is_good = compare(small, large, page, time)
            verdicts.append(is_good)
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
    return all(verdicts)


def main(*given: str) -> int:
    time = "cpu" if "--cpu" in given else "ms"
    kept = next((word for word in given if word != "--cpu"), "")
    is_good = measure("SQLite, milliseconds", ("", ""), kept, time)
    with (
        postgres.cluster(durable=True) as small,
        postgres.cluster(durable=True) as large,
    ):
        is_good &= measure("PostgreSQL, milliseconds", (small, large), time=time)
    return 0 if is_good else 1
