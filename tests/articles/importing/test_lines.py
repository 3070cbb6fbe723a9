import gzip
import io
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from articles.importing import Refusal, UnreadableError, lines, open_lines, read

LINES = b'{"a":1}\n\n  \r\n{"b":2}\r\n{"c":3}'
NUMBERED = [(1, b'{"a":1}\n'), (4, b'{"b":2}\r\n'), (5, b'{"c":3}')]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress])
def test_lines_are_numbered_as_an_editor_numbers_them(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "articles"
    path.write_bytes(pack(LINES))

    assert list(open_lines(path)) == NUMBERED


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress])
def test_a_dash_is_standard_input(
    monkeypatch: pytest.MonkeyPatch, pack: Callable[[bytes], bytes]
) -> None:
    stream = io.TextIOWrapper(io.BufferedReader(io.BytesIO(pack(LINES))))
    monkeypatch.setattr("sys.stdin", stream)

    assert list(open_lines("-")) == NUMBERED
    assert not stream.closed


def test_an_empty_file_has_no_lines(tmp_path: Path) -> None:
    path = tmp_path / "articles"
    path.write_bytes(b"")

    assert list(open_lines(path)) == []


@pytest.mark.parametrize("end", [b"\n", b""])
def test_a_line_too_long_is_cut_short_and_the_next_one_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: bytes
) -> None:
    monkeypatch.setattr(lines, "MAX_LINE", 10)
    path = tmp_path / "articles"
    path.write_bytes(b"0123456789\n" + b"x" * 200_000 + b"\nshort\nxxxxxxxxxxx" + end)

    numbered = list(open_lines(path))

    assert numbered == [
        (1, b"0123456789\n"),
        (2, b"xxxxxxxxxxxx"),
        (3, b"short\n"),
        (4, b"xxxxxxxxxxx" + end),
    ]


def test_a_line_cut_short_is_refused_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "articles"
    path.write_bytes(b'{"question": "' + b"x" * 5_000_000 + b'"}\n{}\n')

    assert [read(line, number=number) for number, line in open_lines(path)] == [
        Refusal(1, "The line is longer than 5,000,000 bytes."),
        Refusal(2, "“external_id” is missing."),
    ]


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_a_file_broken_in_the_middle_says_where(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "articles"
    path.write_bytes(pack(LINES)[:-4])
    numbered: list[tuple[int, bytes]] = []

    with pytest.raises(UnreadableError, match=r"^The file cannot be read after line"):
        numbered.extend(open_lines(path))


def test_a_file_that_is_not_there_is_an_ordinary_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        next(open_lines(tmp_path / "nothing"))
