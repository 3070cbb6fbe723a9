"""Every page of every role, in every state: axe has nothing to say, nothing overflows."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from articles.models import Article, RegulatoryFact, Term, Version, Work
from editorial import urls
from editorial.actions import authoring, desk
from editorial.models import Question, ReaderReport
from reviews.models import Assignment
from tests import make
from tests.journeys import axe, doing, house
from tests.journeys.seats import Seat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page as Tab

    from editorial.models import User
    from tests.journeys.browsing import Browsing

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
]

SEATS = (("author", "administrator"), ("reviewer", "chief", "auditor"), ("editor",))
SEEN_BY_EVERYBODY = {
    *("board", "glossary", "editorial-policy", "editorial-policy-number"),
    *("rendition", *urls.STORED.values(), *urls.FILES.values(), "article.pdf"),
    *("oai", *(name for name, _ in urls.API.values())),
    *("article-between", "article-day", "article-on-day"),
    *("article-report-error", "article-error-heard"),
    *("ask", "ask-send", "ask-sent", "ask-confirm"),
}
NO_PAGES = {
    # steps, which answer with the page they were taken on
    *("desk-article-step", "desk-version-step", "desk-assignment-step"),
    *("desk-decide-step", "desk-authors-step"),
    *("desk-answer", "desk-response", "desk-finding-answer", "desk-finding-open"),
    *("desk-named", "desk-away", "desk-back", "desk-looked", "desk-effect-settle"),
    *("desk-filter-save", "desk-filter-delete", "notifications-read"),
    *("desk-reader-report-empty", "desk-question-empty"),
    *("desk-question-draft", "desk-question-separate"),
    *("desk-term-approve", "desk-term-end", "desk-standing-of"),
    "notification-open",
    *("desk-references-read", "desk-references-look-up", "desk-references-add"),
    *("desk-references-remove", "desk-references-type"),
    *("desk-article-word-look-up", "desk-article-word-put"),
    *("desk-version-word-look-up", "desk-version-word-put"),
    # what journeys of their own look at
    *("desk-version-preview", "desk-bulk"),
    # what scripts ask for
    *("desk-token", "desk-works", "desk-findings", "desk-article-new-save"),
    *("desk-version-save", "desk-assignment-save", "desk-assignment-look"),
    # files
    *("desk-export", "desk-figures-table", "desk-references-file"),
}
"""Addresses at which nobody reads a page that is not looked at elsewhere."""


def an_authors(person: User) -> Iterator[str]:
    yield from ("/desk/", "/desk/articles/new/", "/desk/articles/new/word/")
    yield from ("/desk/interests/", "/desk/notices/")
    for version in one_in_each_state():
        yield version.get_absolute_url()
    for version in Version.objects.filter(state="draft"):
        here = version.get_absolute_url()
        yield from (f"{here}edit/", f"{here}edit/?plain", f"{here}history/")
        yield from (f"{here}history/0/", f"{here}references/", f"{here}word/")
        yield f"/desk/articles/{version.article_id}/authors/"
    again = Version.objects.filter(state="draft", number__gt=1)[0]
    yield f"{again.get_absolute_url()}answers/"
    yield f"{again.get_absolute_url()}changes/"
    yield f"/desk/works/{again.citations.all()[0].work_id}/"


def a_reviewers(person: User) -> Iterator[str]:
    yield from ("/desk/", "/desk/notices/", "/desk/interests/")
    found = Assignment.objects.filter(reviewer=person)
    for assignment in {a.state: a for a in found.order_by("pk")}.values():
        yield assignment.get_absolute_url()
    read = found.filter(state__in=("accepted", "reported"))
    yield f"{read.order_by('-pk')[0].version.get_absolute_url()}changes/"


def an_editors(person: User) -> Iterator[str]:
    yield from ("/desk/", "/desk/?bucket=to_decide", "/desk/?state=superseded&mine=1")
    yield from ("/desk/own/", "/desk/figures/?period=all", "/desk/interests/")
    yield from ("/desk/effects/", "/desk/notices/", "/desk/mail/")
    fact = RegulatoryFact.objects.all()[0]
    yield from ("/desk/facts/", "/desk/facts/new/", f"/desk/facts/{fact.pk}/")
    yield from ("/desk/glossary/", "/desk/glossary/new/")
    yield from (f"/desk/glossary/{term.pk}/" for term in Term.objects.living()[:2])
    work = f"/desk/works/{Work.objects.all()[0].pk}/"
    yield from (work, f"{work}correct/")
    for version in one_in_each_state():
        yield version.get_absolute_url()
    for version in Version.objects.filter(state__in=("under_review", "returned")):
        yield f"{version.get_absolute_url()}decide/"
    replaced = Version.objects.filter(state="approved", number=2)[0]
    yield f"{replaced.get_absolute_url()}changes/"
    yield from (r.get_absolute_url() for r in ReaderReport.objects.order_by("pk"))
    yield from (q.get_absolute_url() for q in Question.objects.filter(group=None))
    own = Article.objects.filter(editor=person)[0]
    article = f"/desk/articles/{own.pk}/"
    yield from (f"{article}editor/", f"{article}authors/")
    for state in ("invited", "accepted", "reported"):
        found = Assignment.objects.filter(state=state).order_by("-pk")
        yield found[0].get_absolute_url()


def a_chiefs(person: User) -> Iterator[str]:
    yield "/desk/"
    for version in Version.objects.filter(state__in=("under_review", "approved")):
        yield version.get_absolute_url()
    yield f"{Version.objects.filter(state='under_review')[0].get_absolute_url()}decide/"

    public = Article.objects.filter(standing="published").order_by("pk")[0]
    yield f"/desk/articles/{public.pk}/standing/"


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


@pytest.mark.parametrize("seats", SEATS)
def test_what_staff_work_with(browsers: Browsing, seats: tuple[str, ...]) -> None:
    staff = house.staffed()
    found = []
    for seat in seats:
        person = getattr(staff, seat)
        found += wrong_with(browsers.seat(person).tab, OWN[seat](person))

    assert found == []


def test_no_page_of_staff_is_left_out() -> None:
    staff = house.staffed()
    looked_at = {
        resolve(urlsplit(path).path).url_name
        for seat, own in OWN.items()
        for path in own(getattr(staff, seat))
    }
    ours = {getattr(pattern, "name", None) for pattern in urls.urlpatterns} - {None}

    assert looked_at & NO_PAGES == set()
    assert ours - looked_at == NO_PAGES | SEEN_BY_EVERYBODY


def wrong_with(tab: Tab, paths: Iterator[str]) -> list[str]:
    found = []
    for turn, path in enumerate(paths):
        answer = tab.goto(path)
        if answer is None or answer.status >= 400:
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
    reviewer.tab.get_by_text("Before you can sign:").wait_for()
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
