"""Secrets that are made once, on the first start, and kept in a file."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path


def kept(path: Path, make: Callable[[], str] = lambda: secrets.token_hex(32)) -> str:
    """
    Return what the file holds; where there is none, make it first.

    Of several processes that start at once, one writes and all read the same.
    """
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        create(path, make())
    return path.read_text().strip()


def create(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(f"{content}\n")
            file.flush()
            os.fsync(file.fileno())
        link(draft, path)
    finally:
        draft.unlink()


def link(draft: Path, path: Path) -> None:
    """Give the finished file its name, unless another process was faster."""
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return
