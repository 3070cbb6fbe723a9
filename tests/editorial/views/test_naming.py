"""What stands for a reference where two texts of a draft are compared."""

from __future__ import annotations

import json
from typing import Any

from editorial.views import naming
from tests import make


def listed(**items: dict[str, Any]) -> str:
    return json.dumps([make.item(id=key, **fields) for key, fields in items.items()])


def test_two_works_of_one_author_and_year_are_told_apart_by_their_titles() -> None:
    lee, berg = [{"family": "Lee"}], [{"literal": "Society of Bees"}]
    text = listed(
        a={"author": lee, "title": "Ants"},
        b={"author": lee, "title": "Bees"},
        c={"author": berg, "title": "Cats"},
        d={"author": [], "title": "Dogs"},
    )

    assert naming.names(text) == {
        "a": "Ants",
        "b": "Bees",
        "c": "Society of Bees 2024",
        "d": "Dogs",
    }


def test_a_name_is_no_markup() -> None:
    marked = '<p>Give.<cite data-ref="a b"></cite></p>'

    shown = naming.shown("body", marked, {"a": "<i>Ants</i>"})

    assert shown == "<p>Give. [&lt;i&gt;Ants&lt;/i&gt;; ?]</p>"
