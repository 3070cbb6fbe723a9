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
