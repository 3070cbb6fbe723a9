from typing import Any

import pytest

from articles.works.csl import clean_item
from articles.works.custom import is_sound, ours

WRONG = [
    ("kind", ["rct"]),
    ("conflicts", {"a": "b"}),
    ("retracted_in", ["x"]),
    ("mesh", [{"a": "b"}]),
    ("trials", 5),
    ("publication_types", "Review"),
    ("integrity", "abc"),
    ("integrity", {"retraction_in": 5}),
    ("integrity", {"retraction_in": [{"a": "b"}]}),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_field_of_ours_in_another_shape_is_left_out_and_told(
    name: str, value: Any
) -> None:
    given = {"type": "book", "title": "T", "custom": {name: value, "arms": 2}}

    assert clean_item(given) == (
        {"type": "book", "title": "T", "custom": {"arms": 2}},
        (f"The custom field “{name}” was left out: it is not usable.",),
    )


def test_nothing_is_left_of_a_custom_part_that_is_all_wrong() -> None:
    given = {"type": "book", "title": "T", "custom": {"trials": 5}}

    assert clean_item(given).item == {"type": "book", "title": "T"}


def test_ours_are_the_known_fields_in_their_shapes() -> None:
    sound = {
        "kind": "rct",
        "retracted_in": "Lancet. 2010",
        "mesh": ["Humans"],
        "integrity": {"retraction_in": ["Lancet. 2010"]},
    }

    assert ours(sound | {"raw": {"U1": ["mine"]}, "trials": 5}) == sound
    assert ours({"integrity": {"my_own": ["a note"]}}) == {}


def test_what_is_not_ours_has_any_shape() -> None:
    assert is_sound("raw", {"U1": 5})
