"""What an entry must have: what few have, unless everybody has everything."""

from articles.search import plan, question
from articles.search.plan import MOST_COUNTED, Weighed


def weighed(**counts: int) -> list[Weighed]:
    return [Weighed(question.group(word), count) for word, count in counts.items()]


def said(rows: tuple[Weighed, ...]) -> list[str]:
    return [row.group.said for row in rows]


def test_entries_are_found_by_what_few_have_and_ranked_by_all() -> None:
    made = plan.of(weighed(treatment=MOST_COUNTED + 1, asthma=40, children=900))

    assert said(made.groups) == ["asthma", "children", "treatment"]
    assert said(made.telling) == ["asthma", "children"]


def test_no_more_are_ranked_than_can_be_in_time() -> None:
    made = plan.of(weighed(one=600, two=600))

    assert said(made.telling) == ["one"]


def test_where_all_is_common_nothing_tells() -> None:
    assert plan.of(weighed(symptoms=MOST_COUNTED + 1)).telling == ()
