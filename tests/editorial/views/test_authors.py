"""The page of an article's authors: who opens it, and what its forms do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Authorship
from editorial import roles
from editorial.actions import authoring, authors
from editorial.models import Event
from tests import make, traces
from tests.editorial.views.visitors import complaints, found, notices, text

if TYPE_CHECKING:
    from articles.models import Version
    from editorial.models import User
    from tests.editorial.views.conftest import Visit


@pytest.fixture
def ada(db: None) -> User:
    return make.author(name="Ada Ames")


@pytest.fixture
def bea(db: None) -> User:
    return make.author(name="Bea Booth", email="bea@example.org")


@pytest.fixture
def draft(ada: User) -> Version:
    return make.draft(by=ada)


def address(draft: Version, step: str = "") -> str:
    return f"/desk/articles/{draft.article_id}/authors/{step}"


def test_an_author_invites_and_the_invited_joins(
    visit: Visit, draft: Version, ada: User, bea: User
) -> None:
    page, invite = address(draft), address(draft, "invite_author/")

    answer = visit(ada).send(page, invite, email="bea@example.org")

    assert answer.headers["Location"] == page
    assert "Bea Booth" in text(visit(ada).get(page))
    answer = visit(bea).send(page, address(draft, "join/"))
    assert answer.headers["Location"] == page
    assert traces.step()[0] == "author_joined"


def test_whoever_joins_in_two_tabs_reads_that_they_have_joined(
    visit: Visit, draft: Version, ada: User, bea: User
) -> None:
    authors.invite_author(draft.article_id, by=ada, email=bea.email)
    visitor, page = visit(bea), address(draft)
    seen = found(visitor.get(page), "//input[@name='seen']")[0].get("value")
    visitor.post(address(draft, "join/"), seen=seen)
    visitor.get(page)
    events = Event.objects.count()

    answer = visitor.post(address(draft, "join/"), seen=seen)

    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    assert notices(visitor.get(page)) == [
        "You have joined already; you are an author of this article."
    ]
    assert Event.objects.count() == events
    assert visit(ada).post(address(draft, "join/"), seen=seen).status_code == 403


def test_whoever_declines_is_led_to_their_desk(
    visit: Visit, draft: Version, ada: User, bea: User
) -> None:
    authors.invite_author(draft.article_id, by=ada, email=bea.email)
    visitor = visit(bea)

    answer = visitor.send(address(draft), address(draft, "decline_to_write/"))

    assert answer.headers["Location"] == "/desk/"
    assert visitor.get(address(draft)).status_code == 404
    assert notices(visitor.get("/desk/")) == ["Declined. The authors have been told."]


def test_an_invitation_to_write_stands_first_on_the_desk(
    visit: Visit, ada: User
) -> None:
    guest = make.author()
    article = make.draft(by=ada).article
    make.draft(by=guest)
    authors.invite_author(article.pk, by=ada, email=guest.email)

    buttons = found(visit(guest).get("/desk/"), '//td[@class="act"]/a/@href')

    assert buttons[0] == f"/desk/articles/{article.pk}/authors/"


def test_each_invitation_goes_back_by_its_own_button(
    visit: Visit, draft: Version, ada: User, bea: User
) -> None:
    authors.invite_author(draft.article_id, by=ada, email=bea.email)
    other = make.author(email="other@example.org")
    kept = authors.invite_author(draft.article_id, by=ada, email=other.email)
    uninvite = address(draft, "uninvite_author/")

    page = visit(ada).get(address(draft))
    assert len(found(page, f'//form[@action="{uninvite}"]')) == 2
    visit(ada).send(address(draft), uninvite)  # the first of them

    left = Authorship.objects.filter(article=draft.article, joined_at=None)
    assert list(left) == [kept]


def test_order_and_contributions_are_saved_from_plain_fields(
    visit: Visit, draft: Version, ada: User, bea: User
) -> None:
    second = authors.invite_author(draft.article_id, by=ada, email=bea.email)
    first = draft.article.authorships.get(user=ada)
    typed = {
        f"place_{first.pk}": "2",
        f"place_{second.pk}": "1",
        f"did_{first.pk}": ["methodology", "software"],
    }

    visit(ada).send(address(draft), address(draft, "arrange_authors/"), **typed)

    ordered = draft.article.authorships.order_by("position")
    assert [(row.user_id, row.contributions) for row in ordered] == [
        (bea.pk, []),
        (ada.pk, ["methodology", "software"]),
    ]


@pytest.mark.parametrize("place", ["", "0", "31", "x", "٣٣"])
def test_a_place_that_is_none_comes_back_with_what_was_chosen(
    place: str, visit: Visit, draft: Version, ada: User
) -> None:
    pk = draft.article.authorships.get().pk
    typed = {f"place_{pk}": place, f"did_{pk}": ["software"]}

    answer = visit(ada).send(
        address(draft), address(draft, "arrange_authors/"), **typed
    )

    assert answer.status_code == 422
    assert complaints(answer) == ["Give each author a place, from 1."]
    chosen = found(answer, "//input[@type='checkbox'][@checked]")
    assert [box.get("value") for box in chosen] == ["software"]


def test_an_address_that_is_nobodys_comes_back_with_a_sentence(
    visit: Visit, draft: Version, ada: User
) -> None:
    email = "nobody@example.org"

    answer = visit(ada).send(
        address(draft), address(draft, "invite_author/"), email=email
    )

    assert answer.status_code == 422
    assert complaints(answer) == [authors.UNKNOWN.format(email=email)]
    assert found(answer, f'//input[@value="{email}"]') != []


def test_who_opens_the_page(visit: Visit, draft: Version, ada: User, bea: User) -> None:
    authors.invite_author(draft.article_id, by=ada, email=bea.email)
    people = {
        "author": ada,
        "invited": bea,
        "editor": make.editor(),
        "auditor": make.user(roles.AUDITOR),
        "another author": make.author(),
        "reviewer": make.reviewer(),
    }

    answers = {
        who: visit(user).get(address(draft)).status_code for who, user in people.items()
    }

    assert answers == {
        "author": 200,
        "invited": 200,
        "editor": 200,
        "auditor": 200,
        "another author": 404,
        "reviewer": 404,
    }


def test_who_may_do_nothing_finds_no_form(
    visit: Visit, draft: Version, ada: User
) -> None:
    page = visit(make.editor()).get(address(draft))

    inner = '//main//form[contains(@action, "/authors/")]'
    assert found(page, inner) == []
    assert len(found(visit(ada).get(address(draft)), inner)) == 2


def test_while_the_desk_has_it_the_page_says_so_and_offers_nothing(
    visit: Visit, draft: Version, ada: User
) -> None:
    authoring.submit(draft.pk, by=ada)

    page = visit(ada).get(address(draft))

    [notice] = found(page, '//p[@class="notice"]')
    assert notice.text_content() == (
        "A version is with the desk; the authors can change once it is back."
    )
    assert found(page, '//main//form[contains(@action, "/authors/")]') == []


def test_an_invited_editor_is_as_blind_as_a_reviewer(visit: Visit, ada: User) -> None:
    version = make.under_review(by=ada)
    make.report_all(version, remarks="Mind the dose in the elderly.")
    make.desk.return_for_changes(version.pk, by=make.editor(), reason="Mend it")
    both = make.user(roles.AUTHOR, roles.EDITOR)
    version.article.authorships.create(user=both, joined_at=None, position=2)

    page = text(visit(both).get(f"/desk/versions/{version.pk}/"))

    reviewer = version.assignments.order_by("pk")[0].reviewer
    assert [w for w in ("elderly", "Mend it", reviewer.name) if w in page] == []


def test_the_version_page_leads_to_the_authors(
    visit: Visit, draft: Version, ada: User
) -> None:
    page = visit(ada).get(f"/desk/versions/{draft.pk}/")

    assert len(found(page, f'//a[@href="{address(draft)}"]')) == 1


def test_the_page_asks_as_often_for_three_authors_as_for_one(
    visit: Visit, draft: Version, ada: User
) -> None:
    counts = []
    for _ in range(3):
        authors.invite_author(draft.article_id, by=ada, email=make.author().email)
        visitor = visit(ada)
        visitor.get(address(draft))
        with CaptureQueriesContext(connection) as asked:
            visitor.get(address(draft))
        counts.append(len(asked))

    assert counts[0] == counts[2]
