from typing import Any

import pytest

from articles.works.writing import Format, write
from tests.articles.works.test_custom import WRONG

STORED: list[dict[str, Any]] = [
    *({"custom": {name: value}} for name, value in WRONG),
    {"author": [{"family": True}]},
    {"author": [{"literal": True}]},
    {"author": [{"family": "Carberry", "given": True}]},
    {"author": [{"family": "Carberry", "suffix": True}]},
    {"author": [{"family": "Carberry", "dropping-particle": True}]},
]


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("fields", STORED)
def test_what_was_stored_in_a_wrong_shape_is_written_without_it(
    fields: dict[str, Any], form: Format
) -> None:
    sound = {"type": "article-journal", "title": "A trial"}

    assert write(form, [("a", sound | fields)]) == write(form, [("a", sound)])
