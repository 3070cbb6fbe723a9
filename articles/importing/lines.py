"""The lines of a file that may be packed, and may be larger than memory."""

import gzip
import lzma
import sys
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, cast

MAX_LINE = 5_000_000
STANDARD_INPUT = "-"

_CHUNK = 65_536
_GZIP = b"\x1f\x8b"
_XZ = b"\xfd7zXZ\x00"


class UnreadableError(ValueError):
    """The file ends or breaks in the middle; the message says after which line."""


def open_lines(path: str | Path) -> Iterator[tuple[int, bytes]]:
    """
    Number and bytes of every line that is not blank; `-` is standard input.

    Packed by gzip or xz or not at all. Of a line longer than MAX_LINE only so much
    comes that `read` sees it is too long, and the rest of it never enters memory.
    """
    with ExitStack() as stack:
        stream = _unpacked(_opened(path, stack), stack)
        number = 0
        try:
            while line := _line(stream):
                number += 1
                if line.strip():
                    yield number, line
        except (EOFError, OSError, lzma.LZMAError, zlib.error) as broken:
            raise UnreadableError(
                f"The file cannot be read after line {number}: {broken}."
            ) from broken


def _opened(path: str | Path, stack: ExitStack) -> BufferedReader:
    if str(path) == STANDARD_INPUT:
        return cast("BufferedReader", sys.stdin.buffer)
    return stack.enter_context(Path(path).open("rb"))


def _unpacked(stream: BufferedReader, stack: ExitStack) -> BinaryIO:
    start = stream.peek(len(_XZ))
    if start.startswith(_GZIP):
        return cast("BinaryIO", stack.enter_context(gzip.open(stream)))
    if start.startswith(_XZ):
        return cast("BinaryIO", stack.enter_context(lzma.open(stream)))
    return cast("BinaryIO", stream)


def _line(stream: BinaryIO) -> bytes:
    line = stream.readline(MAX_LINE + 2)
    end = line
    while end and not end.endswith(b"\n"):
        end = stream.readline(_CHUNK)
    return line
