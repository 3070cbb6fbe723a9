from typing import Any

import pytest

from articles.works.notation.names import canonical, read_name, write_name


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Lee, Joshua D", {"family": "Lee", "given": "Joshua D"}),
        ("Nunes, E. V., Jr.", {"family": "Nunes", "given": "E. V.", "suffix": "Jr."}),
        ("Nunes, Edward V Jr", {"family": "Nunes", "given": "Edward V", "suffix": "Jr"}),
        ("Nunes Jr., Edward V", {"family": "Nunes", "given": "Edward V", "suffix": "Jr."}),
        ("Nunes, Jr., Edward V", {"family": "Nunes", "given": "Edward V", "suffix": "Jr."}),
        ("Nunes, IV, Jr", {"family": "Nunes", "given": "IV", "suffix": "Jr"}),
        ("van Rooyen, Susan", {"non-dropping-particle": "van", "family": "Rooyen", "given": "Susan"}),
        ("Lee JD", {"family": "Lee", "given": "JD"}),
        ("Plato,,", {"family": "Plato"}),
        ("WHO Group", {"literal": "WHO Group"}),
        ("Diabetes UK", {"literal": "Diabetes UK"}),
        ("UNICEF", {"literal": "UNICEF"}),
        ("Health, Education and Welfare,", {"literal": "Health, Education and Welfare"}),
        (" , ", None),
        (" , B", {"literal": "B"}),
    ],
)  # fmt: skip
def test_a_name_is_read_as_it_was_meant(
    text: str, person: dict[str, Any] | None
) -> None:
    assert read_name(text) == person
    assert not person or read_name(write_name(person)) == person


def test_particles_are_told_from_names_whoever_wrote_them() -> None:
    van_rooyen = {"non-dropping-particle": "van", "family": "Rooyen", "given": "S"}

    assert canonical({"family": "van Rooyen", "given": "S"}) == van_rooyen
    assert canonical(van_rooyen) == van_rooyen
    assert canonical({"literal": "van Rooyen Group"}) == {"literal": "van Rooyen Group"}
