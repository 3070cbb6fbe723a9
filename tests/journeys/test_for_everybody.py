"""Every page of every role, in every state: axe has nothing to say, nothing overflows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from articles.models import Article, Page, Version, Work
from editorial.actions import authoring, desk
from reviews.models import Assignment
from tests import make
from tests.journeys import axe, doing, house
from tests.journeys.seats import Seat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page as Tab

    from editorial.models import User
    from tests.journeys.browsing import Browsing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OTHERS = ("chief", "auditor", "administrator")


def public_pages() -> Iterator[str]:
    twice = Article.objects.get(versions__state="superseded")
    preview = Article.objects.filter(standing="preview").order_by("pk")[0]
    topic = twice.topics.first()
    assert topic
    yield from ("/", "/articles/", topic.get_absolute_url(), "/nothing/")
    stored = Page.objects.filter(article__in=(twice, preview))
    html = stored.filter(content_type__startswith="text/html").exclude(
        path__endswith="/for/clinician/"  # the same bytes as the article
    )
    yield from html.order_by("path").values_list("path", flat=True)
    yield from ("/editorial-policy/", "/editorial-policy/1/")
    yield from ("/medical-advisory-board/", "/accounts/login/")
    yield from ("/accounts/password/reset/", "/accounts/password/reset/done/")
    yield "/accounts/password/reset/key/1-spent/"


def an_authors(person: User) -> Iterator[str]:
    yield from ("/desk/", "/desk/articles/new/", "/desk/articles/new/word/")
    for version in one_in_each_state():
        yield version.get_absolute_url()
    for version in Version.objects.filter(state="draft"):
        here = version.get_absolute_url()
        yield from (f"{here}edit/", f"{here}edit/?plain", f"{here}history/")
        yield from (f"{here}history/0/", f"{here}references/", f"{here}word/")
        yield f"/desk/articles/{version.article_id}/authors/"
    again = Version.objects.filter(state="draft", number__gt=1)[0]
    yield f"{again.get_absolute_url()}answers/"
    yield f"/desk/works/{again.citations.all()[0].work_id}/"


def a_reviewers(person: User) -> Iterator[str]:
    yield from ("/desk/", "/desk/notices/", "/desk/interests/")
    found = Assignment.objects.filter(reviewer=person)
    for assignment in {a.state: a for a in found.order_by("pk")}.values():
        yield assignment.get_absolute_url()


def an_editors(person: User) -> Iterator[str]:
    yield from ("/desk/", "/desk/?bucket=to_decide", "/desk/?state=superseded&mine=1")
    yield from ("/desk/own/", "/desk/figures/?period=all")
    yield from ("/desk/effects/", "/desk/notices/")
    yield from ("/desk/facts/", "/desk/facts/new/")
    yield f"/desk/works/{Work.objects.all()[0].pk}/"
    for version in one_in_each_state():
        yield version.get_absolute_url()
    for state in ("invited", "accepted", "reported"):
        found = Assignment.objects.filter(state=state).order_by("-pk")
        yield found[0].get_absolute_url()


def a_chiefs(person: User) -> Iterator[str]:
    yield "/desk/"
    for version in Version.objects.filter(state__in=("under_review", "approved")):
        yield version.get_absolute_url()


def an_auditors(person: User) -> Iterator[str]:
    yield from ("/desk/", "/desk/effects/")
    yield Version.objects.filter(state="under_review")[0].get_absolute_url()


def an_administrators(person: User) -> Iterator[str]:
    yield from ("/desk/", "/accounts/password/change/", "/accounts/logout/")
    yield from ("/accounts/reauthenticate/", "/accounts/2fa/")
    yield from ("/admin/", "/admin/editorial/user/", "/admin/editorial/user/add/")


OWN: dict[str, Callable[[User], Iterator[str]]] = {
    "author": an_authors,
    "reviewer": a_reviewers,
    "editor": an_editors,
    "chief": a_chiefs,
    "auditor": an_auditors,
    "administrator": an_administrators,
}


def one_in_each_state() -> list[Version]:
    found = Version.objects.select_related("article").order_by("pk")
    return list({version.state: version for version in found}.values())


@pytest.mark.usefixtures("library")
def test_what_everybody_may_read(browsers: Browsing) -> None:
    assert wrong_with(browsers.open(), public_pages()) == []


@pytest.mark.parametrize("seats", [("author", "reviewer"), ("editor",), OTHERS])
def test_what_staff_work_with(browsers: Browsing, seats: tuple[str, ...]) -> None:
    staff = house.staffed()
    found = []
    for seat in seats:
        person = getattr(staff, seat)
        found += wrong_with(browsers.seat(person).tab, OWN[seat](person))

    assert found == []


def wrong_with(tab: Tab, paths: Iterator[str]) -> list[str]:
    found = []
    for turn, path in enumerate(paths):
        answer = tab.goto(path)
        if answer is None or (answer.status >= 400 and path != "/nothing/"):
            found.append(f"{path} is not there")
        found += axe.violations(tab, turn)
    return found


def test_what_went_wrong(browsers: Browsing) -> None:
    author, editor, chief = make.author(), make.editor(), make.chief()
    found = []
    for turn, deed in enumerate(
        (
            lambda: an_empty_draft(browsers.seat(author)),
            lambda: a_draft_saved_elsewhere(browsers.seat(author)),
            lambda: a_late_decision(browsers.seat(editor)),
            lambda: an_empty_review(browsers),
            lambda: a_wrong_password(browsers.seat(chief)),
            lambda: a_stranger(Seat(browsers.open(), make.User(email="x@example.org"))),
        )
    ):
        found += axe.violations(deed(), turn)

    assert found == []


def an_empty_draft(author: Seat) -> Tab:
    author.tab.goto("/desk/articles/new/?plain")
    author.fill("References as CSL-JSON", "[")
    assert author.press("Save") == 422
    return author.tab


def a_draft_saved_elsewhere(author: Seat) -> Tab:
    version = make.draft(by=author.user)
    author.tab.goto(f"/desk/versions/{version.pk}/edit/")
    authoring.edit(version.pk, by=author.user, text=make.text(), seen=None)
    assert author.press("Save") == 409
    return author.tab


def a_late_decision(editor: Seat) -> Tab:
    version = make.under_review()
    editor.tab.goto(version.get_absolute_url())
    editor.unfold("Return for changes").get_by_label("Letter to the authors").fill(
        "Mend it."
    )
    desk.return_for_changes(version.pk, by=make.editor(), reason="Mend it first.")
    assert editor.press("Return for changes") == 409
    return editor.tab


def an_empty_review(browsers: Browsing) -> Tab:
    assignment = make.accepted(make.under_review(tier="C").assignments.get())
    reviewer = browsers.seat(make.fresh(assignment.reviewer))
    reviewer.tab.goto(assignment.get_absolute_url())
    doing.look_twice(reviewer)
    assert reviewer.press("Sign and submit") == 422
    return reviewer.tab


def a_wrong_password(chief: Seat) -> Tab:
    chief.tab.goto(make.reviewed().get_absolute_url())
    chief.unfold("Approve and sign")
    chief.fill("Your password", "not the one")
    assert chief.press("Approve and sign") == 422
    return chief.tab


def a_stranger(nobody: Seat) -> Tab:
    nobody.sign_in()
    assert nobody.heading == "Sign in"
    return nobody.tab
