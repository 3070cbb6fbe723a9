from typing import Any

import pytest

from articles.works import keys

LEE: dict[str, Any] = {
    "title": "T",
    "author": [{"family": "Lee"}],
    "issued": {"date-parts": [[2018]]},
}


@pytest.mark.parametrize(
    ("given", "item", "key"),
    [
        ("lee_2018:a", LEE, "lee_2018:a"),
        ("http://zotero.org/users/1/items/A", LEE, "lee2018"),
        ("12", LEE, "lee2018"),
        ("", {"title": "Über alles"}, "uberalles"),
        ("", {"title": "中文"}, "reference"),
        ("", {"author": [{"literal": "WHO Group"}]}, "whogroup"),
        ("", {"editor": [{"family": "Kim"}], "title": "T"}, "kim"),
    ],
)
def test_a_work_is_called_by_its_file_or_by_author_and_year(
    given: str, item: dict[str, Any], key: str
) -> None:
    assert keys.suggested(given, item) == key


def test_a_key_that_is_taken_gets_a_number() -> None:
    assert keys.free("lee2018", {"lee2018", "lee2018-2"}) == "lee2018-3"
    assert keys.free("lee2018", set()) == "lee2018"
    assert len(keys.free("a" * 80, {"a" * 80})) <= 80
