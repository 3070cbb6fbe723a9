"""A reviewer chooses to be named or not, and every public page keeps to it."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections

from articles.models import Page, Version
from editorial import roles, shopfront
from editorial.actions import naming, publishing
from editorial.errors import Refused
from editorial.models import BoardMember, User
from reviews.models import Signature
from tests import make, traces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from editorial.models import Outbox

pytestmark = pytest.mark.django_db
NAME = "Rosalind Inkblot"


def public(reviewer: User) -> Version:
    return make.published(tier="C", reviewers=[reviewer])


def naming_pages(reviewer: User) -> set[str]:
    """What is served to the public and names them, or proves that they signed."""
    signature = Signature.objects.get(signer=reviewer)
    marks = (NAME.encode(), signature.value.encode())
    return {
        page.path
        for page in Page.objects.all()
        if any(mark in bytes(page.body) for mark in marks)
    }


def test_who_asks_not_to_be_named_is_on_no_page_any_more() -> None:
    reviewer = make.reviewer(name=NAME)
    public(reviewer)
    before = naming_pages(reviewer)

    naming.choose(by=make.fresh(reviewer), named=False)
    publishing.rebuild_stale()

    assert len(before) > 1
    assert naming_pages(reviewer) == set()
    assert traces.problems() == []


def test_who_asks_to_be_named_again_is_where_they_were() -> None:
    reviewer = make.reviewer(name=NAME)
    public(reviewer)
    before = naming_pages(reviewer)

    for named in (False, True):
        naming.choose(by=make.fresh(reviewer), named=named)
        publishing.rebuild_stale()

    assert naming_pages(reviewer) == before


def test_the_choice_is_recorded_and_the_texts_of_others_are_left_alone() -> None:
    reviewer = make.reviewer()
    public(make.reviewer())

    with traces.one_event():
        naming.choose(by=reviewer, named=False)

    assert traces.step() == ("naming_chosen", "", "", "Chose not to be named")
    assert traces.said()["facts"] == {"person": reviewer.pk, "named": False}
    assert publishing.rebuild_stale() == 0


def test_the_same_choice_again_is_none() -> None:
    with traces.nothing_left(Refused, "That is how it is already."):
        naming.choose(by=make.reviewer(), named=True)


def test_no_text_is_held_for_a_choice_that_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    often, author = make.reviewer(), make.user(roles.AUTHOR)
    for named in (False, True, False, True):
        naming.choose(by=often, named=named)
    held: list[User] = []
    monkeypatch.setattr(naming, "print_again", held.append)

    for by, named in ((make.reviewer(), True), (often, False), (author, False)):
        with traces.nothing_left(Refused):
            naming.choose(by=by, named=named)

    assert held == []


def test_a_choice_is_refused_too_if_somebody_was_first_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reviewer = make.reviewer()

    def late(by: User) -> None:
        BoardMember.objects.filter(user=by).update(named=False)

    monkeypatch.setattr(naming, "print_again", late)

    with traces.nothing_left(Refused, "That is how it is already."):
        naming.choose(by=reviewer, named=False)


def test_who_is_not_on_the_board_has_no_name_to_hide() -> None:
    author = make.user(roles.AUTHOR)

    with traces.nothing_left(Refused, "Only who is on the board"):
        naming.choose(by=author, named=False)
    assert not BoardMember.objects.exists()


def test_who_was_shut_out_meanwhile_chooses_nothing() -> None:
    reviewer = make.reviewer(roles.CHIEF_EDITOR)
    early = make.fresh(reviewer)
    reviewer.is_active = False
    reviewer.save()

    with traces.nothing_left(Refused, "Only who is on the board"):
        naming.choose(by=early, named=False)


def test_a_choice_made_while_many_texts_are_published_holds_for_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reviewer = make.reviewer(name=NAME)
    make.approved(tier="C", reviewers=[reviewer])
    read = publishing.Ready.of

    def late(rows: Sequence[Outbox]) -> publishing.Ready:
        ready = read(rows)
        naming.choose(by=make.fresh(reviewer), named=False)
        return ready

    monkeypatch.setattr(publishing.Ready, "of", late)

    assert publishing.publish_due() == (1, 0)
    assert naming_pages(reviewer) == set()


@pytest.mark.only("postgresql")
@pytest.mark.django_db(transaction=True)
def test_a_choice_waits_for_the_publication_that_read_the_one_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reviewer = make.reviewer(name=NAME)
    version, chief = make.approved(tier="C", reviewers=[reviewer]), make.chief()
    show, shown = shopfront.show, threading.Event()

    def slowly(*args: Any, **kwargs: Any) -> dict[str, str]:
        pages = show(*args, **kwargs)
        shown.set()
        time.sleep(1)
        return pages

    def publish() -> None:
        publishing.publish(version.article_id, by=chief)
        connections.close_all()

    monkeypatch.setattr(shopfront, "show", slowly)
    publication = threading.Thread(target=publish)
    publication.start()
    assert shown.wait(10)
    naming.choose(by=make.fresh(reviewer), named=False)
    publication.join()

    assert naming_pages(reviewer) != set()
    assert publishing.rebuild_stale() == 1
    assert naming_pages(reviewer) == set()
