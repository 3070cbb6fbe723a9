"""A draft's history: what was saved, what is different, and the way back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from articles.models import Version
from editorial import roles
from editorial.actions import authoring
from editorial.views import paging
from tests import make
from tests.editorial.views.visitors import found, notices, parsed, text

if TYPE_CHECKING:
    from editorial.models import User
    from tests.editorial.views.conftest import Visit

BEGAN = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


def save(version: Version, by: User, minute: float, **fields: Any) -> Version:
    """Save another text some minutes after the first."""
    same = {
        "question": "Does it help?",
        "references": (),
        "key_answer": "",
        "renditions": {"clinician": "<p>It does.</p>"},
    }
    with time_machine.travel(BEGAN + dt.timedelta(minutes=minute), tick=True):
        text = make.text(**same | fields)
        authoring.edit(version.pk, by=by, text=text, seen=None)
    return make.again(version)


def drafted(by: User) -> Version:
    with time_machine.travel(BEGAN, tick=True):
        return make.draft(by=by)


def written(by: User) -> Version:
    return save(drafted(by), by, 10)


def rows(response: Any) -> list[list[str]]:
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("td")]
        for row in parsed(response).xpath("//main//tbody/tr")
    ]


def test_what_one_person_saves_in_a_sitting_counts_once(visit: Visit) -> None:
    author = make.author(name="Josiah Carberry", credentials="")
    version = written(author)
    for minute in (20, 21, 23):
        save(version, author, minute, headline=f"Saved at {minute}")
    other = make.author(name="Olga Paperman", credentials="")
    make_author(version, other)
    save(version, other, 24, renditions={"clinician": "<p>It may.</p>"})

    response = visit(author).get(f"/desk/versions/{version.pk}/history/")

    assert [row[1:3] for row in rows(response)] == [
        ["Olga Paperman", "Headline, Text for clinicians"],
        ["Josiah Carberry", "Headline"],
        [
            "Josiah Carberry",
            "Question, Key answer, Text for clinicians, References",
        ],
        ["Josiah Carberry", "The draft was begun"],
    ]


def test_a_later_page_tells_nothing_of_the_pages_before(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PER_PAGE", 1)
    author = make.author()
    version = written(author)
    save(version, author, 20, headline="Second")
    third = {"clinician": "<p>Third.</p>"}
    save(version, author, 30, headline="Second", renditions=third)
    pages = [f"/desk/versions/{version.pk}/history/?page={n}" for n in (1, 2)]

    told = [rows(visit(author).get(page))[0][2] for page in pages]

    assert told == ["Text for clinicians", "Headline"]


def make_author(version: Version, person: User) -> None:
    version.article.authorships.create(user=person, position=2)


def test_an_earlier_text_is_shown_with_what_changed_since(visit: Visit) -> None:
    author = make.author()
    version = written(author)
    then = version.revision
    save(version, author, 20, renditions={"clinician": "<p>It may.</p>"})

    response = visit(author).get(f"/desk/versions/{version.pk}/history/{then}/")

    changed = found(response, '//section[@aria-labelledby="changed-body"]')[0]
    assert [e.text_content() for e in changed.xpath(".//del")] == ["does."]
    assert [e.text_content() for e in changed.xpath(".//ins")] == ["may."]


def test_going_back_brings_the_whole_text_and_loses_none(visit: Visit) -> None:
    author = make.author()
    version = drafted(author)
    before = version.revision
    bodies = {r.audience: r.body for r in version.renditions.all()}
    now = save(version, author, 10, topics=("Pharmacy",))
    page = f"/desk/versions/{version.pk}/history/{before}/"
    visitor = visit(author)

    response = visitor.send(page, page)

    back = make.again(version)
    assert response["Location"] == f"/desk/versions/{version.pk}/edit/"
    assert notices(visitor.get(response["Location"])) == [
        "This is the earlier text. The later one is kept too."
    ]
    assert back.question == version.question
    assert {r.audience: r.body for r in back.renditions.all()} == bodies
    assert {c.key for c in back.citations.all()} == {"trial", "review"}
    assert [t.name for t in back.article.topics.all()] == ["Pharmacy"]
    assert back.revision > now.revision
    later = visitor.get(f"/desk/versions/{version.pk}/history/{now.revision}/")
    assert later.status_code == 200


@pytest.mark.parametrize("says", [True, False])
def test_going_back_from_a_stale_page_is_refused(visit: Visit, says: bool) -> None:  # noqa: FBT001
    author = make.author()
    version = written(author)
    then = version.revision
    now = save(version, author, 20, headline="Newer")

    response = visit(author).post(
        f"/desk/versions/{version.pk}/history/{then}/",
        **({"seen": then} if says else {}),
    )

    assert response.status_code == 409
    assert make.again(version).revision == now.revision


def test_looking_changes_nothing(visit: Visit) -> None:
    author = make.author()
    version = written(author)
    visitor = visit(author)
    count = Version.history.count()

    visitor.get(f"/desk/versions/{version.pk}/history/")
    visitor.get(f"/desk/versions/{version.pk}/history/{version.revision}/")

    assert Version.history.count() == count


def test_a_state_that_never_was_is_not_there(visit: Visit) -> None:
    author = make.author()
    version = make.draft(by=author)

    response = visit(author).get(f"/desk/versions/{version.pk}/history/9999/")

    assert response.status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [(roles.EDITOR, 403), (roles.CHIEF_EDITOR, 403), (roles.AUTHOR, 404)],
)
def test_how_a_text_was_written_is_for_its_authors_alone(
    visit: Visit, role: str, status: int
) -> None:
    version = make.draft()
    visitor = visit(make.user(role))
    page = f"/desk/versions/{version.pk}/history/"

    assert visitor.get(page).status_code == status
    assert visitor.get(f"{page}{version.revision}/").status_code == status
    assert visitor.post(f"{page}{version.revision}/").status_code == status


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_often_was_saved(
    visit: Visit, django_assert_num_queries: Any, count: int
) -> None:
    author = make.author()
    version = written(author)
    for number in range(count):
        save(version, author, 20 + 10 * number, headline=f"Text {number}")
    visitor = visit(author)
    visitor.get(f"/desk/versions/{version.pk}/history/")

    with django_assert_num_queries(9):
        response = visitor.get(f"/desk/versions/{version.pk}/history/")

    assert len(rows(response)) == count + 2
    assert "the text as it is" in text(response)
