"""Two texts of one draft: both are shown, and only what was chosen is stored."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from articles.models import Version
from editorial.actions import authoring
from editorial.actions.authoring import Reference
from tests import make
from tests.editorial.views.visitors import found, text

if TYPE_CHECKING:
    from editorial.models import User
    from tests.editorial.views.conftest import Visit
    from tests.editorial.views.visitors import Visitor

FIRST, SECOND = "<p>Give five now.</p>", "<p>Ask again in a week.</p>"
ITEM = make.item(id="lee2018")


def sent(**fields: Any) -> dict[str, Any]:
    return {
        "question": "Does it help?",
        "headline": "",
        "audience": "clinician",
        "origin": "human",
        "key_answer": "",
        "body": FIRST + SECOND,
        "references": json.dumps([ITEM]),
        "topics": "Cardiology",
    } | fields


def stored(author: User, version: Version, **fields: Any) -> Version:
    """Somebody saves another text from the same beginning."""
    plain = {k: v for k, v in ITEM.items() if k != "id"}
    given = {
        "question": "Does it help?",
        "headline": "",
        "key_answer": "",
        "renditions": {"clinician": FIRST + SECOND},
        "references": (Reference("lee2018", plain),),
    }
    authoring.edit(version.pk, by=author, text=make.text(**given | fields), seen=None)
    return make.again(version)


def begun(visit: Visit, author: User) -> tuple[Visitor, Version, str]:
    version = stored(author, make.draft(by=author))
    return visit(author), version, f"/desk/versions/{version.pk}/edit/"


def radios(response: Any, name: str) -> dict[str, bool]:
    inputs = found(response, f'//input[@name="take-{name}"]')
    return {str(i.get("value")): i.get("checked") is not None for i in inputs}


def body(version: Version) -> str:
    return str(make.again(version).renditions.get(audience="clinician").body)


def test_all_three_texts_are_shown_word_by_word(visit: Visit) -> None:
    author = make.author()
    visitor, version, page = begun(visit, author)
    theirs = "<p>Give six now.</p>" + SECOND
    stored(author, version, renditions={"clinician": theirs})

    response = visitor.post(
        page, **sent(body="<p>Give seven now.</p>" + SECOND, seen=version.revision)
    )

    said = found(response, '//section[@aria-labelledby="contested-body"]')[0]
    assert response.status_code == 409
    assert [e.text_content() for e in said.xpath(".//ins")] == ["six", "seven"]
    assert [e.text_content() for e in said.xpath(".//del")] == ["five", "five"]
    assert radios(response, "body") == {"mine": False, "theirs": False, "both": False}
    assert body(version) == theirs


def test_changes_in_different_blocks_are_offered_together(visit: Visit) -> None:
    author = make.author()
    visitor, version, page = begun(visit, author)
    theirs = "<p>Give six now.</p>" + SECOND
    stored(author, version, renditions={"clinician": theirs})
    mine = FIRST + "<p>Ask again in a month.</p>"

    conflict = visitor.post(page, **sent(body=mine, seen=version.revision))
    choices = radios(conflict, "body")
    response = visitor.post(page, **chosen(conflict))

    assert choices == {"mine": False, "theirs": False, "both": True}
    assert response.status_code == 302
    assert body(version) == "<p>Give six now.</p><p>Ask again in a month.</p>"


def chosen(conflict: Any, **takes: str) -> dict[str, Any]:
    """What the form of a conflict sends when it is filled in so."""
    form = found(conflict, '//form[.//input[@name="base"]]')[0]
    given = {key: value for key, value in form.form_values() if key}
    return given | {f"take-{name}": value for name, value in takes.items()}


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        ("mine", "<p>Give seven now.</p>"),
        ("theirs", "<p>Give six now.</p>"),
        ("both", "<p>Give six now.</p><p>Give seven now.</p>"),
    ],
)
def test_the_text_that_is_chosen_is_stored(
    visit: Visit, choice: str, kept: str
) -> None:
    author = make.author()
    visitor, version, page = begun(visit, author)
    stored(author, version, renditions={"clinician": "<p>Give six now.</p>" + SECOND})
    mine = "<p>Give seven now.</p>" + SECOND
    conflict = visitor.post(page, **sent(body=mine, seen=version.revision))

    response = visitor.post(page, **chosen(conflict, body=choice))

    assert response.status_code == 302
    assert body(version) == kept + SECOND


def test_two_key_answers_may_stand_one_after_the_other(visit: Visit) -> None:
    author = make.author()
    visitor, version, page = begun(visit, author)
    stored(author, version, key_answer="Give six.")
    mine = sent(key_answer="Give seven.", seen=version.revision)

    conflict = visitor.post(page, **mine)
    visitor.post(page, **chosen(conflict, key_answer="both"))

    assert make.again(version).key_answer == "Give six. Give seven."


def test_a_question_is_one_or_the_other(visit: Visit) -> None:
    author = make.author()
    visitor, version, page = begun(visit, author)
    stored(author, version, question="Theirs?")

    conflict = visitor.post(page, **sent(question="Mine?", seen=version.revision))
    again = visitor.post(page, **chosen(conflict, question="both"))

    assert radios(conflict, "question") == {"mine": False, "theirs": False}
    assert again.status_code == 409


def test_references_are_compared_by_what_people_know_them_by(visit: Visit) -> None:
    author = make.author()
    visitor, version, page = begun(visit, author)
    stored(author, version, references=(Reference("other", make.item(title="Ants")),))

    conflict = visitor.post(page, **sent(seen=version.revision))

    compared = found(conflict, '//section[@aria-labelledby="contested-references"]')[0]
    words = " ".join(compared.text_content().split())
    assert "Ants. Journal of Psychoceramics. 2024;12:101-109." in words
    assert [key for key in ("lee2018,", "other,") if key in words] == []


def test_markers_are_compared_by_author_and_year(visit: Visit) -> None:
    author = make.author()
    visitor, version, page = begun(visit, author)
    berg, lee = (
        make.item(id=key, author=[{"family": name}])
        for key, name in (("x1", "Berg"), ("lee2018", "Lee"))
    )
    mine = '<p>Give five now.<cite data-ref="lee2018 x1 gone"></cite></p>'

    conflict = visitor.post(
        page,
        **sent(
            body=mine + SECOND,
            references=json.dumps([lee, berg]),
            seen=version.revision - 1,
        ),
    )

    compared = found(conflict, '//section[@aria-labelledby="contested-body"]')[0]
    words = " ".join(compared.text_content().split())
    assert "[Lee 2024; Berg 2024; ?]" in words
    assert [key for key in ("lee2018", "x1") if key in words] == []


def test_without_a_choice_nothing_is_stored_and_both_are_shown_again(
    visit: Visit,
) -> None:
    author = make.author()
    visitor, version, page = begun(visit, author)
    theirs = "<p>Give six now.</p>" + SECOND
    stored(author, version, renditions={"clinician": theirs})
    mine = "<p>Give seven now.</p>" + SECOND
    conflict = visitor.post(page, **sent(body=mine, seen=version.revision))

    again = visitor.post(page, **chosen(conflict))

    assert again.status_code == 409
    assert "Choose for each part below" in text(again)
    assert radios(again, "body") == {"mine": False, "theirs": False, "both": False}
    assert body(version) == theirs


def test_a_choice_made_on_a_text_that_moved_again_is_asked_anew(visit: Visit) -> None:
    author = make.author()
    visitor, version, page = begun(visit, author)
    stored(author, version, renditions={"clinician": "<p>Give six now.</p>" + SECOND})
    mine = "<p>Give seven now.</p>" + SECOND
    conflict = visitor.post(page, **sent(body=mine, seen=version.revision))
    newest = "<p>Give eight now.</p>" + SECOND
    stored(author, version, renditions={"clinician": newest})

    again = visitor.post(page, **chosen(conflict, body="mine"))

    assert again.status_code == 409
    assert "eight" in text(again)
    assert body(version) == newest


def test_what_only_one_side_changed_is_proposed(visit: Visit) -> None:
    author = make.author()
    visitor, version, page = begun(visit, author)
    stored(author, version, headline="Theirs alone")

    conflict = visitor.post(page, **sent(question="Mine alone?", seen=version.revision))
    visitor.post(page, **chosen(conflict))

    saved = make.again(version)
    assert "Nothing changed here." in [
        p.text for p in found(conflict, '//p[@class="passage same"]')
    ]
    assert radios(conflict, "headline") == {"mine": False, "theirs": True}
    assert radios(conflict, "question") == {"mine": True, "theirs": False}
    assert (saved.question, saved.headline) == ("Mine alone?", "Theirs alone")


def test_references_of_both_sides_are_kept_together(visit: Visit) -> None:
    author = make.author()
    visitor, version, page = begun(visit, author)
    plain = {k: v for k, v in ITEM.items() if k != "id"}
    both = (Reference("lee2018", plain), Reference("theirs2020", make.item()))
    stored(author, version, references=both)
    mine = json.dumps([ITEM, make.item(id="mine2021")])

    conflict = visitor.post(page, **sent(references=mine, seen=version.revision))
    visitor.post(page, **chosen(conflict))

    keys = {c.key for c in make.again(version).citations.all()}
    assert radios(conflict, "references")["both"] is True
    assert keys == {"lee2018", "theirs2020", "mine2021"}


def test_where_nobody_knows_the_beginning_the_author_chooses(visit: Visit) -> None:
    author = make.author()
    visitor, _, page = begun(visit, author)

    response = visitor.post(page, **sent(question="Mine?", seen=9_999))

    assert response.status_code == 409
    assert radios(response, "question") == {"mine": False, "theirs": False}
    assert "Nobody kept it." in text(response)


def test_hostile_words_are_shown_as_words(visit: Visit) -> None:
    author = make.author()
    visitor, version, page = begun(visit, author)
    stored(author, version, headline="Theirs")
    hostile = "<p>&lt;script&gt;x()&lt;/script&gt;<script>x()</script></p>"

    response = visitor.post(
        page, **sent(body=hostile, headline="<b>x", seen=version.revision)
    )

    assert found(response, "//main//script") == []
    assert found(response, "//main//b[text()='x']") == []


@pytest.mark.parametrize(
    "odd",
    [
        {"issued": {"date-parts": 2020}},
        {"issued": {"date-parts": {"a": 1}}},
        {"title": "\ud800 half"},
    ],
)
def test_odd_references_are_shown_too(visit: Visit, odd: dict[str, Any]) -> None:
    author = make.author()
    visitor, version, page = begun(visit, author)
    stored(author, version, question="Theirs?")

    response = visitor.post(
        page, **sent(seen=version.revision, references=json.dumps([ITEM | odd]))
    )

    assert response.status_code == 409


def test_a_form_that_does_not_say_what_it_was_drawn_from_is_stale(visit: Visit) -> None:
    author = make.author()
    visitor, version, page = begun(visit, author)

    response = visitor.post(page, **sent(question="Mine?"))

    assert response.status_code == 409
    assert make.again(version).question == version.question
