"""Whoever reads the folder sees whole files, the same ones while nothing changed."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import pytest

from editorial.exporting.folder import MARK, NotOursError, claimed

if TYPE_CHECKING:
    from pathlib import Path

AT = 1_700_000_000_123_456_000


def files(root: Path) -> dict[str, bytes]:
    found = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def identity(path: Path) -> tuple[int, int]:
    return path.stat().st_ino, path.stat().st_mtime_ns


def test_a_file_comes_with_its_packed_form_and_its_time(tmp_path: Path) -> None:
    with claimed(tmp_path) as folder:
        folder.put("a/index.html", b"words", b"packed", at=AT)

    assert files(tmp_path) == {
        MARK: b"",
        "a/index.html": b"words",
        "a/index.html.gz": b"packed",
    }
    assert [
        (tmp_path / "a" / name).stat().st_mtime_ns
        for name in ("index.html", "index.html.gz")
    ] == [AT, AT]
    assert (folder.written, folder.kept) == (2, 0)


def test_the_same_bytes_are_not_written_again(tmp_path: Path) -> None:
    with claimed(tmp_path) as folder:
        folder.put("a", b"words")
    before = identity(tmp_path / "a")

    with claimed(tmp_path) as folder:
        folder.put("a", b"words")

    assert identity(tmp_path / "a") == before
    assert (folder.written, folder.kept) == (0, 1)


def test_other_bytes_of_the_same_length_are(tmp_path: Path) -> None:
    with claimed(tmp_path) as folder:
        folder.put("a", b"words")
        folder.put("a", b"sword")

    assert files(tmp_path)["a"] == b"sword"


def test_a_reader_has_all_of_the_old_or_all_of_the_new(tmp_path: Path) -> None:
    old, new = b"o" * 500_000, b"n" * 700_000
    seen, is_over = set(), threading.Event()

    def read() -> None:
        while not is_over.is_set():
            seen.add((tmp_path / "a").read_bytes())

    with claimed(tmp_path) as folder:
        folder.put("a", old)
        reader = threading.Thread(target=read)
        reader.start()
        for _ in range(20):
            folder.put("a", new)
            folder.put("a", old)
        is_over.set()
        reader.join()

    assert seen <= {old, new}
    assert old in seen


def test_who_reads_on_in_the_old_file_reads_it_to_its_end(tmp_path: Path) -> None:
    with claimed(tmp_path) as folder:
        folder.put("a", b"old words")
        with (tmp_path / "a").open("rb") as reading:
            start = reading.read(3)
            folder.put("a", b"new words")
            rest = reading.read()

    assert start + rest == b"old words"


def test_what_an_interrupted_export_left_beside_is_never_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with claimed(tmp_path) as folder:
        folder.put("a", b"old")

    def break_off(_number: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", break_off)
        with pytest.raises(KeyboardInterrupt), claimed(tmp_path) as folder:
            folder.put("a", b"half")
    in_between = files(tmp_path)
    with claimed(tmp_path) as folder:
        folder.put("a", b"new")
        folder.sweep()

    assert in_between["a"] == b"old"
    assert files(tmp_path) == {MARK: b"", "a": b"new"}


@pytest.mark.parametrize(
    ("at", "size", "packed", "is_known"),
    [
        (AT, 5, 6, True),
        (AT, 5, 0, True),
        (AT + 1000, 5, 6, False),
        (AT, 6, 6, False),
        (AT, 5, 7, False),
    ],
)
def test_time_and_sizes_tell_whether_a_file_is_as_it_was(
    tmp_path: Path,
    at: int,
    size: int,
    packed: int,
    is_known: bool,  # noqa: FBT001
) -> None:
    with claimed(tmp_path) as folder:
        folder.put("a", b"words", b"packed", at=AT)

    with claimed(tmp_path) as folder:
        assert folder.is_as_of(at, "a", size, packed) is is_known


def test_what_is_gone_is_removed_with_its_folders(tmp_path: Path) -> None:
    with claimed(tmp_path) as folder:
        folder.put("kept/a", b"1", b"2", at=AT)
        folder.put("gone/deep/a", b"1", b"2")

    with claimed(tmp_path) as folder:
        assert folder.is_as_of(AT, "kept/a", 1, 1)
        removed = folder.sweep()

    assert removed == 2
    assert set(files(tmp_path)) == {MARK, "kept/a", "kept/a.gz"}
    assert not (tmp_path / "gone").exists()


def test_a_copy_is_made_once(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"")
    root = tmp_path / "root"

    for _ in range(2):
        with claimed(root) as folder:
            folder.copy(source, "static/empty")
            folder.sweep()

    assert files(root) == {MARK: b"", "static/empty": b""}
    assert (folder.written, folder.kept) == (0, 1)


def test_files_of_somebody_else_are_not_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis").write_text("Years of work")

    with pytest.raises(NotOursError, match="has files that no export wrote"):
        claimed(tmp_path).__enter__()

    assert set(files(tmp_path)) == {"thesis"}


def test_two_do_not_write_into_one_folder(tmp_path: Path) -> None:
    with (
        claimed(tmp_path),
        pytest.raises(NotOursError, match="Another export writes into"),
    ):
        claimed(tmp_path).__enter__()
