"""What the house says of itself, to everybody."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.glossary import TermText
from editorial import people, policy_texts
from editorial.actions import defining
from editorial.models import BoardMember, Policy
from tests import make
from tests.editorial.actions.test_defining import TEXT, approved
from tests.editorial.views.visitors import found, text

if TYPE_CHECKING:
    from django.test import Client


def test_the_policy_in_force_is_shown_with_its_number(client: Client, db: None) -> None:
    page = text(client.get("/editorial-policy/"))

    assert "Number 1, in force from" in page
    assert "Conflicts of interest" in page


def test_earlier_policies_stay_at_their_numbers(client: Client, db: None) -> None:
    policy_texts.issue(
        Policy.Kind.EDITORIAL, title="Policy", body="<p>New</p>", by=people.system()
    )

    newest = client.get("/editorial-policy/")
    first = client.get("/editorial-policy/1/")

    assert "Number 2, in force from" in text(newest)
    assert "A newer policy is in force" in text(first)
    assert client.get("/editorial-policy/3/").status_code == 404
    assert client.get(f"/editorial-policy/{2**70}/").status_code == 404


def test_the_board_names_who_may_be_named_and_counts_the_rest(
    client: Client, db: None
) -> None:
    make.reviewer(name="Shown Member", affiliation="Hospital")
    make.reviewer(name="Hidden Member", named=False)
    gone = make.reviewer(name="Former Member")
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    BoardMember.objects.filter(user=gone).update(until=yesterday)

    page = client.get("/medical-advisory-board/")

    assert [e.text_content() for e in found(page, "//li/h2")] == ["Shown Member, MD"]
    assert "1 further member asked not to be named" in text(page)
    assert "Hidden" not in text(page)
    assert "Former" not in text(page)


def test_the_board_says_what_its_members_declared_last(
    client: Client, db: None, django_assert_num_queries: Any
) -> None:
    paid, free = make.reviewer(name="Ann"), make.reviewer(name="Bea")
    make.declaration(paid, travel=["Nobody now"])
    make.declaration(paid, shares=["Acme"])
    new = make.user(name="Cleo")
    BoardMember.objects.create(
        user=new, specialties=["cardiology"], since=timezone.localdate()
    )
    today = f"{timezone.localdate():%-d %b %Y}"

    with django_assert_num_queries(3):
        page = client.get("/medical-advisory-board/")

    said = [e.text_content() for e in found(page, "//li/p[last()]")]
    assert said == [
        f"Interests declared on {today}: Stock or options: Acme.",
        f"Interests declared on {today}: none.",
        "Interests not declared yet",
    ]
    assert free.declarations.count() == 1


def test_what_a_hidden_member_declared_is_hidden_with_them(
    client: Client, db: None
) -> None:
    make.declaration(make.reviewer(named=False), shares=["Acme"])

    assert "Acme" not in text(client.get("/medical-advisory-board/"))


def test_an_empty_board_says_what_would_fill_it(client: Client, db: None) -> None:
    page = text(client.get("/medical-advisory-board/"))

    assert "Members appear here from their first day." in page


@pytest.mark.parametrize("path", ["/editorial-policy/", "/medical-advisory-board/"])
def test_who_has_what_the_house_says_is_not_sent_it_again(
    path: str, client: Client, db: None
) -> None:
    first = client.get(path)
    known = {"If-None-Match": first["ETag"]}

    again = client.get(path, headers=known)
    make.reviewer(name="New Member")
    policy_texts.issue(
        Policy.Kind.EDITORIAL, title="Policy", body="<p>New</p>", by=people.system()
    )
    changed = client.get(path, headers=known)

    assert (again.status_code, changed.status_code) == (304, 200)


def test_the_glossary_lists_what_is_approved_and_by_whom(
    client: Client, db: None
) -> None:
    script = "<script>alert(1)</script>"
    approved(TermText("clot", f"Thick blood {script}.", (f"a{script}a",)))
    approved(by=make.chief(name="Bea Chief", credentials="PhD"))
    defining.propose(by=make.author(), text=TermText("stroke", "Not yet."))

    page = client.get("/glossary/")

    assert [e.text_content() for e in found(page, "//main//h2")] == [
        *("anticoagulant", "clot")
    ]
    assert "Approved by Bea Chief, PhD, chief editor, on" in text(page)
    assert len(found(page, "//*[@data-trust]")) == 2
    assert found(page, "//li[@id='anticoagulant']//a/@href") == [TEXT.source]
    assert script in text(page)
    assert script not in page.content.decode()
    assert "Not yet." not in text(page)
    assert page["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_an_empty_glossary_says_what_would_fill_it(client: Client, db: None) -> None:
    assert "What one person proposed" in text(client.get("/glossary/"))


def test_the_glossary_asks_as_often_however_long_it_is(
    client: Client, db: None
) -> None:
    counts = []
    for number in range(2):
        for n in range(3):
            approved(TermText(f"term {number}{n}", "x"))
        with CaptureQueriesContext(connection) as asked:
            client.get("/glossary/")
        counts.append(len(asked))

    assert counts[0] == counts[1]
