"""Names that mean the same, from either side."""

import pytest

from articles.search import synonyms


@pytest.mark.parametrize(
    ("asked", "name", "other"),
    [
        ("heart attack in women", "heart attack", "myocardial infarction"),
        ("myocardial infarctions", "myocardial infarctions", "heart attack"),
        ("tylenol overdose", "tylenol", "paracetamol"),
        ("paracetamol", "paracetamol", "tylenol"),
        ("hyperglycemia", "hyperglycemia", "high blood sugar"),
        ("shortness of breath", "shortness of breath", "dyspnoea"),
        ("mini stroke", "mini stroke", "transient ischaemic attack"),
    ],
)
def test_the_longest_name_is_known_by_its_other_names(
    asked: str, name: str, other: str
) -> None:
    found = synonyms.longest(asked.split())

    assert " ".join(found) == name
    assert tuple(other.split()) in synonyms.others(found)


@pytest.mark.parametrize("asked", ["heart", "attack heart", "down", "of"])
def test_a_part_of_a_name_is_no_name(asked: str) -> None:
    assert synonyms.longest(asked.split()) == ()


def test_a_brand_does_not_find_another_brand_of_its_medicine() -> None:
    assert synonyms.others(("subutex",)) == (("buprenorphine",),)
    assert ("suboxone",) in synonyms.others(("buprenorphine",))


def test_nothing_is_another_name_for_itself() -> None:
    table = synonyms._table()  # noqa: SLF001

    assert len(table) > 300
    for name in table:
        others = synonyms.others(name)
        assert others == tuple(dict.fromkeys(others))
        assert name not in {synonyms._key(other) for other in others}  # noqa: SLF001


def test_every_row_of_the_table_has_two_names_of_plain_words() -> None:
    for row in synonyms._rows():  # noqa: SLF001
        assert len(row) > 1
        assert all(word.isascii() and word.isalnum() for name in row for word in name)
        assert all(word == word.lower() for name in row for word in name)
