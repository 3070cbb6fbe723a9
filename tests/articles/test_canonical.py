import hashlib
import json
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.canonical import (
    MAX_DEPTH,
    MAX_INTEGER,
    NotCanonicalError,
    canonical_json,
    sha256_hex,
)
from articles.vocabulary import Audience

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
INTEGERS = st.integers(-MAX_INTEGER, MAX_INTEGER)
SCALARS = st.none() | st.booleans() | INTEGERS | TEXT
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            TEXT.map(lambda key: normalize("NFC", key)), inner, max_size=4
        )
    ),
    max_leaves=12,
)


def in_form_c(value: Any) -> Any:
    if isinstance(value, str):
        return normalize("NFC", value)
    if isinstance(value, list):
        return [in_form_c(item) for item in value]
    if isinstance(value, dict):
        return {normalize("NFC", key): in_form_c(item) for key, item in value.items()}
    return value


def nested(depth: int) -> Any:
    value: Any = None
    for _ in range(depth):
        value = [value]
    return value


def test_one_value_has_exactly_these_bytes() -> None:
    value = {"b": [1, True, None, -7], "a": "é “x”\n\t\x01/", "\U0001f600": {}, "ￜ": []}

    assert canonical_json(value) == (
        '{"a":"é “x”\\n\\t\\u0001/","b":[1,true,null,-7],"ￜ":[],"😀":{}}'.encode()
    )


def test_the_order_of_keys_is_that_of_code_points_not_of_utf_16() -> None:
    assert canonical_json({"\U0001f600": 1, "\uffdc": 2}) == (
        '{"\uffdc":2,"\U0001f600":1}'.encode()
    )


def test_an_accent_typed_in_two_ways_gives_the_same_bytes() -> None:
    assert canonical_json({"e\u0301": "e\u0301"}) == canonical_json({"é": "é"})


def test_true_and_one_differ() -> None:
    assert canonical_json([True, 1, False, 0]) == b"[true,1,false,0]"


def test_a_choice_is_written_as_its_value() -> None:
    assert canonical_json([Audience.PATIENT]) == b'["patient"]'


@given(VALUES)
def test_a_stranger_recomputes_the_bytes_with_the_standard_library(value: Any) -> None:
    expected = json.dumps(
        in_form_c(value), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )

    assert canonical_json(value) == expected.encode()


@given(VALUES)
def test_reading_and_writing_again_changes_nothing(value: Any) -> None:
    once = canonical_json(value)

    assert canonical_json(json.loads(once)) == once


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (1.0, "A float stands at the value."),
        ({"a": [0, float("nan")]}, "A float stands at item 1 of “a” of the value."),
        ((1, 2), "A tuple stands at the value."),
        (b"x", "A bytes stands at the value."),
        ({"a": {1}}, "A set stands at “a” of the value."),
        ({1: "a"}, "A key of the value is not a string: 1."),
        ({"é": 1, "e\u0301": 2}, "the value has the key “é” twice."),
        ("x\ud800", "Half a surrogate pair stands in the value."),
        ({"\udfff": 1}, "Half a surrogate pair stands in a key of the value."),
        (MAX_INTEGER + 1, "An integer beyond 2**53 - 1 stands at the value."),
        (
            [-MAX_INTEGER - 1],
            "An integer beyond 2**53 - 1 stands at item 0 of the value.",
        ),
        (nested(MAX_DEPTH + 1), f"Nested deeper than {MAX_DEPTH} levels."),
    ],
)
def test_what_has_no_single_spelling_is_refused(value: Any, reason: str) -> None:
    with pytest.raises(NotCanonicalError) as refused:
        canonical_json(value)

    assert str(refused.value) == reason


def test_the_deepest_value_and_the_largest_integers_pass() -> None:
    assert canonical_json(nested(MAX_DEPTH)) == b"[" * 50 + b"null" + b"]" * 50
    assert canonical_json([MAX_INTEGER, -MAX_INTEGER]) == (
        b"[9007199254740991,-9007199254740991]"
    )


def test_the_hash_is_sha_256_in_hexadecimal() -> None:
    assert sha256_hex(b"abc") == hashlib.sha256(b"abc").hexdigest()
    assert sha256_hex(b"") == (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
