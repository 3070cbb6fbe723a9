"""Checkpoints: what they say, how they are linked and signed, and the file beside."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from articles.canonical import canonical_json, sha256_hex
from editorial import checkpoints
from editorial.models import Chain, Checkpoint, Event
from reviews import signing
from tests import make, traces

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(settings: Any, tmp_path: Path) -> Path:
    settings.CHECKPOINT_FILE = str(tmp_path / "checkpoints.jsonl")
    return tmp_path / "checkpoints.jsonl"


def heads() -> dict[str, list[Any]]:
    return {
        event.chain.name: [event.seq, event.hash]
        for event in Event.objects.select_related("chain").order_by("chain", "seq")
    }


def test_the_first_checkpoint_names_the_head_of_every_chain(
    db: None, file: Path
) -> None:
    make.submitted()
    make.draft()

    checkpoint = checkpoints.take()

    assert checkpoint
    said = json.loads(checkpoint.payload)
    assert said == {
        "form": "imprimatur-checkpoint/1",
        "number": 1,
        "at": signing.moment(checkpoint.at),
        "prev": "0" * 64,
        "heads": heads(),
    }
    assert checkpoint.payload.encode() == canonical_json(said)
    assert checkpoint.hash == sha256_hex(checkpoint.payload.encode())


def test_a_checkpoint_is_signed_by_the_house(db: None, file: Path) -> None:
    make.draft()
    checkpoint = checkpoints.take()

    assert checkpoint
    message = checkpoint.payload.encode()
    given = {"value": checkpoint.value, "key": checkpoint.public_key}
    assert signing.verifies(message, **given)
    assert not signing.verifies(message + b" ", **given)


def test_the_next_names_only_what_moved_and_the_one_before(
    db: None, file: Path
) -> None:
    make.draft()
    first = checkpoints.take()
    moved = make.submitted()
    second = checkpoints.take()

    assert first
    assert second
    said = json.loads(second.payload)
    name = f"article:{moved.article_id}"
    assert (said["number"], said["prev"]) == (2, first.hash)
    assert said["heads"] == {name: heads()[name]}
    assert said["heads"][name][0] == 2


def test_nothing_moved_is_no_checkpoint(db: None, file: Path) -> None:
    make.draft()
    checkpoints.take()

    assert checkpoints.take() is None
    assert Checkpoint.objects.count() == 1


def test_every_checkpoint_is_a_line_of_the_file(db: None, file: Path) -> None:
    taken = []
    for _ in range(3):
        make.draft()
        taken.append(checkpoints.take())

    kept = checkpoints.read_anchors(file)

    assert kept == [
        {
            "number": c.number,
            "hash": c.hash,
            "public_key": c.public_key,
            "value": c.value,
        }
        for c in taken
        if c
    ]
    assert len(kept) == 3
    assert traces.problems(file) == []


def test_a_chain_remembers_how_far_it_was_seen(db: None, file: Path) -> None:
    version = make.submitted()
    checkpoints.take()
    chain = Chain.objects.get(article=version.article_id)

    assert (chain.head_seq, chain.checkpointed_seq) == (2, 2)


def test_a_taker_who_comes_second_takes_nothing(
    db: None, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.draft()
    late = list(checkpoints._moved())  # noqa: SLF001  what the slower one had read
    checkpoints.take()
    monkeypatch.setattr(checkpoints, "_moved", lambda: late)
    compose = checkpoints._compose  # noqa: SLF001

    def numbered(moved: Any) -> Checkpoint:
        found = compose(moved)
        found.number = 1
        return found

    monkeypatch.setattr(checkpoints, "_compose", numbered)

    assert checkpoints.take() is None
    assert Checkpoint.objects.count() == len(file.read_text().splitlines()) == 1


@pytest.mark.parametrize("line", ["", "[]", '{"number": 1}', "\x00", '{"hash": "a'])
def test_a_line_that_is_no_checkpoint_is_none(line: str, tmp_path: Path) -> None:
    path = tmp_path / "kept"
    path.write_text(f'{line}\n{{"number": 2, "hash": "b"}}\n')

    assert checkpoints.read_anchors(path) == [
        *([None] if line else []),
        {"number": 2, "hash": "b"},
    ]
