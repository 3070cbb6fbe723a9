"""What stands for a reference where two texts of a draft are compared."""

from __future__ import annotations

import json
from typing import Any

from articles.works.ama import ama
from editorial.views import reference_names
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

    assert reference_names.names(text) == {
        "a": "Ants",
        "b": "Bees",
        "c": "Society of Bees 2024",
        "d": "Dogs",
    }


def test_no_two_works_have_one_name() -> None:
    same = {"author": [{"family": "Lee"}], "title": "Ants"}
    text = listed(a=same, b=same, c={"author": [], "title": "Bees"})

    assert reference_names.names(text) == {
        "a": "Ants (1)",
        "b": "Ants (2)",
        "c": "Bees",
    }


def test_references_are_compared_as_readers_see_them() -> None:
    ants = make.item(id="a", title="Ants")

    shown = reference_names.shown(
        "references", json.dumps([ants, {"title": "<i>"}, {}]), {}
    )

    assert shown == (f"<p>{ama(ants)}</p><p>&lt;i&gt;</p><p>a work without a title</p>")


def test_a_name_is_no_markup() -> None:
    marked = '<p>Give.<cite data-ref="a b"></cite></p>'

    shown = reference_names.shown("body", marked, {"a": "<i>Ants</i>"})

    assert shown == "<p>Give. [&lt;i&gt;Ants&lt;/i&gt;; ?]</p>"
