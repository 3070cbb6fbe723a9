"""Where things lie on the disk."""

import hashlib
import os
from pathlib import Path

from config import env

BASE = Path(__file__).resolve().parent.parent
LONGEST_SOCKET = 100  # the kernel takes 107 bytes


def var() -> Path:
    """Return the folder for everything the program writes by itself."""
    return Path(env.string("VAR_DIR", str(BASE / "var"))).absolute()


def broker_socket(folder: Path) -> Path:
    """Return the embedded broker's socket: under var, where its path is not too long."""
    path = folder / "run" / "broker.sock"
    if len(os.fsencode(path)) <= LONGEST_SOCKET:
        return path
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path("/tmp", f"imprimatur-{os.getuid()}-{digest}", "broker.sock")  # noqa: S108 - the supervisor makes it 0700 and checks the owner
