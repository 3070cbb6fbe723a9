"""A form that was drawn before the last sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests import make
from tests.editorial.views.visitors import found, text

if TYPE_CHECKING:
    from editorial.models import User

WORDS = "<p>Offer honey & ask again.</p>"


@pytest.fixture
def author(db: None) -> User:
    return make.author()


def sent(author: User, path: str, fields: dict[str, str], **headers: str) -> Any:
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    return client.post(path, fields, headers=headers)


def test_an_old_form_gives_the_words_back_and_shows_the_way_in(author: User) -> None:
    page = f"/desk/versions/{make.draft(by=author).pk}/edit/"
    fields = {"question": "Does it help?", "body_patient": WORDS, "seen": "3"}

    answer = sent(author, page, fields)

    assert answer.status_code == 403
    assert answer["Cache-Control"] == "private, no-store"
    assert [e.text for e in found(answer, "//h3")] == ["Question", "Body patient"]
    assert [e.text for e in found(answer, "//pre")] == ["Does it help?", WORDS]
    links = [e.get("href") for e in found(answer, '//p[@class="buttons"]/a')]
    assert links == [page, f"/accounts/login/?next={page}"]


def test_what_a_review_said_is_named_as_its_page_names_it(author: User) -> None:
    fields = {
        "comment-2-passage": "Offer the treatment",
        "comment-2-prefix": "Words before it",
        "comment-2-text": "To whom?",
        "cite-3-note": "Another dose",
        "note_to_editor": "Between us",
        "password": "two words",
    }

    answer = sent(author, "/desk/assignments/7/report/", fields)

    assert [e.text for e in found(answer, "//h3")] == [
        "Comment 2: Passage, as it stands in the text",
        "Comment 2: What you say of it",
        "Citation 3: Note",
        "Private note to the editor",
    ]
    assert "A review is saved while it is typed" in text(answer)
    assert "stored nowhere" not in text(answer)


def test_a_late_review_shows_nothing_that_nobody_wrote(author: User) -> None:
    fields = {"comment-1-prefix": "Words before it", "comment-1-text": "To whom?"}

    answer = sent(author, "/desk/assignments/7/report_late/", fields)

    assert [e.text for e in found(answer, "//h3")] == ["Comment 1: What you say of it"]


def test_a_letter_is_named_as_its_form_names_it_and_is_stored_nowhere(
    author: User,
) -> None:
    fields = {"reason": "Say to whom."}
    pages = ("preview/return_for_changes/", "return_for_changes/")

    answers = [sent(author, f"/desk/versions/7/{page}", fields) for page in pages]

    for answer in answers:
        assert [e.text for e in found(answer, "//h3")] == ["Letter to the authors"]
        assert "It is stored nowhere" in text(answer)


def test_the_ways_on_stand_above_the_words(author: User) -> None:
    answer = sent(author, "/desk/articles/new/", {"question": "Does it help?"})

    order = found(answer, '//main//p[@class="buttons"] | //main//section')
    assert [e.tag for e in order] == ["p", "section"]


def test_no_secret_is_shown_again(author: User) -> None:
    fields = {"login": "a@example.org", "password": "two words", "token": "a b"}

    answer = sent(author, "/accounts/login/", fields)

    assert answer.status_code == 403
    assert found(answer, "//pre") == []
    assert "two words" not in text(answer)


def test_another_site_puts_no_words_on_our_page(author: User) -> None:
    fields = {"question": "Call this number now"}

    ours = sent(author, "/desk/articles/new/", fields, origin="http://testserver")
    theirs = sent(author, "/desk/articles/new/", fields, origin="http://else.where")

    assert "Call this number now" in text(ours)
    assert theirs.status_code == 403
    assert "Call this number now" not in text(theirs)
