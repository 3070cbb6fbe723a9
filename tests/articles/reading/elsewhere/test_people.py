"""Names in the parts that citations ask for."""

from typing import Any

import pytest

from articles.reading.elsewhere import people


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        ("Josiah Carberry", {"given": "Josiah", "family": "Carberry"}),
        ("Ada B. Quill, MD", {"given": "Ada B.", "family": "Quill"}),
        (
            "Ludwig van Beethoven",
            {"given": "Ludwig", "non-dropping-particle": "van", "family": "Beethoven"},
        ),
        (
            "Josiah Carberry Jr",
            {"given": "Josiah", "family": "Carberry", "suffix": "Jr"},
        ),
        ("Plato", {"family": "Plato"}),
    ],
)
def test_a_name_is_taken_apart(printed: str, parts: dict[str, Any]) -> None:
    assert people.cited(printed) == parts
