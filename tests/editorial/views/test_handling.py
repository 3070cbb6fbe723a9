"""Taking an article from the desk, and handing it over on its own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from editorial import roles
from tests import make
from tests.editorial.views.visitors import complaints, notices, text

if TYPE_CHECKING:
    from tests.editorial.views.conftest import Visit

pytestmark = pytest.mark.django_db


def test_an_editor_takes_an_article_with_one_button(visit: Visit) -> None:
    editor, version = make.editor(), make.submitted()
    visitor = visit(editor)

    action = f"/desk/articles/{version.article_id}/editor/"
    response = visitor.send("/desk/", action)

    assert response["Location"] == "/desk/"
    assert notices(visitor.get("/desk/")) == ["It is yours now."]
    assert make.article(version).editor == editor


def test_a_second_click_is_no_error(visit: Visit) -> None:
    editor, version = make.editor(), make.submitted()
    address = f"/desk/articles/{version.article_id}/editor/"
    sent = {"editor": editor.pk, "seen": version.article.revision}
    visitor = visit(editor)

    visitor.post(address, **sent)
    visitor.get("/desk/")
    visitor.post(address, **sent)

    assert notices(visitor.get("/desk/")) == ["That was done already."]


def test_an_article_is_handed_over_on_its_page(visit: Visit) -> None:
    editor, other = make.editor(), make.editor(name="Zora Vale", credentials="")
    version = make.under_review(editor=editor)
    address = f"/desk/articles/{version.article_id}/editor/"
    visitor = visit(editor)

    visitor.send(address, address, editor=str(other.pk))

    assert make.article(version).editor == other
    assert notices(visitor.get("/desk/")) == [
        "Handed over. The new editor has been told."
    ]


def test_who_cannot_have_it_is_told_of_on_the_page(visit: Visit) -> None:
    both = make.user(roles.AUTHOR, roles.EDITOR)
    version = make.submitted(by=both)
    address = f"/desk/articles/{version.article_id}/editor/"

    page = visit(make.editor()).send(address, address, editor=str(both.pk))

    assert complaints(page) == [f"{both} wrote this article and cannot handle it."]


def test_strangers_find_nothing_and_the_wrong_editor_is_denied(visit: Visit) -> None:
    version = make.under_review(editor=make.editor())
    address = f"/desk/articles/{version.article_id}/editor/"

    answers = {
        name: visit(make.user(name)).get(address).status_code
        for name in (roles.AUTHOR, roles.REVIEWER, roles.AUDITOR, roles.EDITOR)
    }

    assert answers == {"author": 404, "reviewer": 404, "auditor": 403, "editor": 403}
    assert "Put in charge" in text(visit(make.chief()).get(address))
