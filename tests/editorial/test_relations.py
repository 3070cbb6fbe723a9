"""Whether somebody on the board wrote a work that is cited: by their names."""

from __future__ import annotations

from typing import Any

import pytest

from editorial import relations


def cited(**person: str) -> relations.Name:
    [name] = relations._people_of({"author": [person]})  # noqa: SLF001  as it is read
    return name


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        ("Josiah Carberry", "Carberry", "Josiah"),
        ("Josiah S. Carberry", "Carberry", "J. S."),
        ("J. Carberry", "Carberry", "Josiah"),
        ("Josiah Carberry", "Carberry", "JS"),
        ("Ana García Márquez", "Garcia Marquez", "Ana"),
        ("Ludwig van Beethoven", "van Beethoven", "L"),
    ],
)
def test_a_person_is_known_by_surname_and_first_name(
    name: str, family: str, given: str
) -> None:
    assert relations.is_same(name, cited(family=family, given=given))


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        ("Josiah Carberry", "Carberry", "Jane"),
        ("Josiah Carberry", "Carberry", "K."),
        ("Josiah Carberry", "Berry", "Josiah"),
        ("Carberry", "Carberry", "Josiah"),
        ("Joan Carberry", "Carberry", "Josiah"),
    ],
)
def test_somebody_else_is_not(name: str, family: str, given: str) -> None:
    assert not relations.is_same(name, cited(family=family, given=given))


@pytest.mark.parametrize(
    "item", [{}, {"author": [{"literal": "A group"}]}, {"author": [{"family": "X"}]}]
)
def test_who_has_no_first_name_is_nobody(item: dict[str, Any]) -> None:
    assert list(relations._people_of(item)) == []  # noqa: SLF001


def test_the_particle_belongs_to_the_surname() -> None:
    name = cited(
        **{"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}
    )

    assert name.family == ("van", "gogh")
