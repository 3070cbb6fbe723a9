"""Vectors: what is near in meaning is near, whatever the words."""

from __future__ import annotations

import socket
import sys

import numpy as np
import pytest

from articles.asking import meaning


def near(one: str, other: str) -> float:
    return float(meaning.vector(one) @ meaning.vector(other))


def test_what_means_nearly_the_same_is_nearer_than_what_shares_words() -> None:
    asked = "medicine for high blood pressure"

    same, other = (
        near(asked, "drugs against hypertension"),
        near(asked, "the blood of the high king"),
    )

    assert same > other + 0.2


def test_a_vector_has_length_one_and_that_of_nothing_none() -> None:
    lengths = [float(np.linalg.norm(meaning.vector(said))) for said in ("asthma", "")]

    assert lengths == pytest.approx([1, 0])


def test_a_vector_comes_back_from_the_database_as_it_was_but_for_its_last_digits() -> (
    None
):
    vector = meaning.vector("asthma")

    [back] = meaning.unpacked([meaning.packed(vector)])

    assert len(meaning.packed(vector)) == 2 * meaning.SIZE
    assert float(back @ vector) == pytest.approx(1, abs=1e-3)


def test_no_rows_are_no_vectors() -> None:
    assert meaning.unpacked([]).shape == (0, meaning.SIZE)


def test_only_the_beginning_of_an_endless_text_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(meaning, "MOST", 6)

    assert near("asthma and other things", "asthma") == pytest.approx(1)


def test_the_model_asks_nobody_and_its_own_module_is_not_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("It reached for the network.")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    meaning._model.cache_clear()  # noqa: SLF001  it is to be read again

    assert meaning.vector("asthma").any()
    assert "wordllama" not in sys.modules
