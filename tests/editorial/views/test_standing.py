"""The page of a standing: stop at once, propose, sign second, take back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from articles.models import Notice
from editorial import buckets, roles
from editorial.desk_lists import Wanted, survey
from tests import make
from tests.editorial.views.visitors import complaints, notices, parsed, text

if TYPE_CHECKING:
    from articles.models import Version
    from editorial.models import User
    from tests.editorial.views.conftest import Visit

pytestmark = pytest.mark.django_db

SAID: dict[str, Any] = {
    "words": "The dose is ten times that of the trial.",
    "reasons": ["data", "unsafe"],
    "stance": "agree",
    "issuer": "both",
    "password": make.PASSWORD,
}


def page_of(version: Version) -> str:
    return f"/desk/articles/{version.article_id}/standing/"


def to(version: Version, step: str) -> str:
    return f"/desk/articles/{version.article_id}/{step}/"


def offered(visit: Visit, by: User, version: Version) -> set[str]:
    forms = parsed(visit(by).get(page_of(version))).forms
    taken = f"/desk/articles/{version.article_id}/"
    found = [(form.get("action") or "") for form in forms]
    return {a.removeprefix(taken).strip("/") for a in found if a.startswith(taken)}


def test_a_board_member_who_was_never_asked_stops_an_article(visit: Visit) -> None:
    version, member = make.published(), visit(make.reviewer())
    public = Client().get(version.article.get_absolute_url())
    (link,) = parsed(public).xpath("//a[contains(@href, '/desk/standing/')]/@href")

    assert member.get(link)["Location"] == page_of(version)
    member.send(page_of(version), to(version, "hold"), reason="Ten times the dose")

    assert make.article(version).standing == "held"
    assert notices(member.get(page_of(version))) == ["On hold. Readers see it now."]


def test_a_hold_without_a_word_is_asked_for_one(visit: Visit) -> None:
    version, member = make.published(), visit(make.reviewer())

    page = member.send(page_of(version), to(version, "hold"), reason=" ")

    assert page.status_code == 422
    assert complaints(page) == ["Say what could harm somebody."]
    assert make.article(version).standing == "published"


def test_a_retraction_is_proposed_by_one_and_signed_by_another(visit: Visit) -> None:
    version = make.published()
    first, second = visit(make.editor()), visit(make.chief())

    first.send(page_of(version), to(version, "retract"), **SAID)
    assert "Waits for a second signature: retraction" in text(
        second.get(page_of(version))
    )
    second.send(page_of(version), to(version, "confirm"), password=make.PASSWORD)

    notice = Notice.objects.get()
    assert make.article(version).standing == "retracted"
    assert (notice.words, notice.reasons) == (SAID["words"], SAID["reasons"])
    assert (notice.stance, notice.issuer) == ("agree", "both")
    assert notices(second.get(page_of(version))) == [
        "Signed and issued. Readers see it now, and whoever it concerns was told."
    ]


def test_the_first_signer_waits_and_may_take_it_back(visit: Visit) -> None:
    version, by = make.published(), make.editor()
    visitor = visit(by)
    visitor.send(page_of(version), to(version, "retract"), **SAID)

    assert "confirm" not in offered(visit, by, version)
    visitor.send(page_of(version), to(version, "take_back"), reason="It was right")

    assert Notice.objects.get().end == "taken_back"
    assert make.article(version).standing == "published"


def test_a_wrong_password_signs_nothing(visit: Visit) -> None:
    version = make.published()
    make.proposed(version, "retract")

    typed = {"password": "not this one"}
    page = visit(make.chief()).send(page_of(version), to(version, "confirm"), **typed)

    assert page.status_code == 422
    assert "The password is not right; nothing was signed." in complaints(page)
    assert make.article(version).standing == "published"


def test_a_notice_that_says_too_little_comes_back_as_it_was_written(
    visit: Visit,
) -> None:
    version, by = make.published(), visit(make.editor())
    sent = {k: v for k, v in SAID.items() if k not in ("reasons", "stance")}

    page = by.send(page_of(version), to(version, "retract"), **sent)

    assert complaints(page) == [
        "Choose at least one reason.",
        "Say what the authors say of it.",
    ]
    assert SAID["words"] in text(page)


@pytest.mark.parametrize(
    ("standing", "steps"),
    [
        ("published", {"hold", "express_concern", "retract", "remove", "archive"}),
        ("concern", {"hold", "lift_concern", "retract", "remove"}),
        ("held", {"release", "release_to_concern", "retract", "remove"}),
        ("retracted", {"remove"}),
        ("archived", {"retract", "remove"}),
        ("removed", set()),
    ],
)
def test_a_form_stands_there_when_the_deed_would_be_allowed(
    standing: str, steps: set[str], visit: Visit
) -> None:
    version = make.published()
    make.STAND[standing](version)

    assert offered(visit, make.chief(), version) == steps


def test_what_waits_for_an_approval_says_so(visit: Visit) -> None:
    version = make.published()
    make.noticed(version, "retract")

    assert "a retracted text comes back approved anew" in text(
        visit(make.chief()).get(page_of(version))
    )


def test_who_may_look_and_who_finds_nothing(visit: Visit) -> None:
    author = make.user(roles.AUTHOR, roles.EDITOR)
    version = make.published(by=author)
    people = {
        "author": author,
        "another author": make.author(),
        "board": make.reviewer(),
        "reviewer off the board": make.user(roles.REVIEWER),
        "editor": make.editor(),
        "auditor": make.user(roles.AUDITOR),
        "administrator": make.user(roles.ADMINISTRATOR),
    }

    answers = {
        who: visit(by).get(page_of(version)).status_code for who, by in people.items()
    }

    assert answers == {
        "author": 404,
        "another author": 404,
        "board": 200,
        "reviewer off the board": 404,
        "editor": 200,
        "auditor": 200,
        "administrator": 404,
    }


def test_what_was_never_public_has_no_such_page(visit: Visit) -> None:
    version = make.approved()

    assert visit(make.chief()).get(page_of(version)).status_code == 404


def test_the_page_of_a_version_leads_here(visit: Visit) -> None:
    version = make.published()

    page = visit(make.editor()).get(version.get_absolute_url())

    links = parsed(page).xpath("//a[text()='Standing and notices']/@href")
    assert links == [page_of(version)]


def test_what_waits_stands_on_the_desk(visit: Visit) -> None:
    proposed, held = make.published(), make.published()
    make.proposed(proposed, "retract")
    make.held(held)
    chief = make.chief()

    found = survey(chief, Wanted(), size=50, after=None, before=None)

    assert [entry.bucket for entry in found.entries] == [
        buckets.TO_SIGN,
        buckets.ON_HOLD,
    ]
    page = visit(chief).get("/desk/")
    rows = parsed(page).xpath("//td[@class='act']/a/@href")
    assert rows == [page_of(proposed), page_of(held)]


def test_an_address_of_a_step_leads_to_the_page_of_the_standing(visit: Visit) -> None:
    version = make.published()

    answer = visit(make.chief()).get(to(version, "retract"))

    assert answer["Location"] == page_of(version)
