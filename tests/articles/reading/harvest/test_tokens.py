"""Tokens say the whole of what was asked, and strangers' tokens say nothing."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.reading.harvest import tokens
from articles.reading.harvest.asking import Selection, WrongError
from articles.reading.harvest.tokens import Place


def made(told: Any) -> str:
    return (
        base64.urlsafe_b64encode(json.dumps(told, separators=(",", ":")).encode())
        .decode()
        .rstrip("=")
    )


def test_a_token_says_where_to_go_on() -> None:
    place = Place(Selection("jats", "2026-01-01", "2026-02-01", "status"), 7, 50)

    assert tokens.read(tokens.write(place)) == place


@pytest.mark.parametrize(
    "told",
    [
        [],
        {},
        "x",
        ["oai_dc", "", "", "", 1],
        ["marc", "", "", "", 1, 1],
        ["oai_dc", "soon", "", "", 1, 1],
        ["oai_dc", "", "", 3, 1, 1],
        ["oai_dc", "", "", "", -1, 1],
        ["oai_dc", "", "", "", True, 1],
        ["oai_dc", "", "", "", 2**60, 1],
        ["oai_dc", "", "", "", 1.5, 1],
    ],
)
def test_what_is_none_of_ours_is_refused(told: Any) -> None:
    with pytest.raises(WrongError) as wrong:
        tokens.read(made(told))

    assert wrong.value.code == "badResumptionToken"
    assert tokens.read(made(["oai_dc", "", "", "", 1, 1])).after == 1


@pytest.mark.parametrize("depth", [100, 2_900, 50_000])
def test_brackets_in_brackets_are_none_of_ours(depth: int) -> None:
    token = base64.urlsafe_b64encode(b"[" * depth).decode().rstrip("=")

    with pytest.raises(WrongError) as wrong:
        tokens.read(token)

    assert wrong.value.code == "badResumptionToken"


@given(st.text())
def test_any_words_are_refused_in_words(token: str) -> None:
    with pytest.raises(WrongError):
        tokens.read(token)
