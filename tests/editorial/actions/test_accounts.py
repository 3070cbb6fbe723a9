"""Every change of an account is in a chain of its own."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from editorial import ledger, mails, people, proposals, roles
from editorial.actions import accounts
from editorial.models import Event, User
from tests import make, traces

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django import DjangoAssertNumQueries


def test_a_change_is_recorded_with_how_the_account_stands_now(db: None) -> None:
    admin = make.user(roles.ADMINISTRATOR)
    person = make.user(roles.EDITOR, roles.AUTHOR, name="Ada", credentials="MD")

    with traces.one_event():
        accounts.record_change(person, by=admin, what="Made an editor")

    event = traces.last()
    assert (event.chain.name, event.actor_id, event.kind) == (
        "accounts",
        admin.pk,
        "account_changed",
    )
    assert traces.said()["reason"] == "Made an editor"
    assert traces.said()["facts"] == {
        "account": person.pk,
        "name": "Ada, MD",
        "active": True,
        "staff": False,
        "superuser": False,
        "roles": ["author", "editor"],
    }


def test_changes_are_numbered_one_after_the_other(db: None) -> None:
    admin, person = make.user(roles.ADMINISTRATOR), make.user()
    before = Event.objects.filter(chain__name="accounts").count()

    for what in ("Deactivated", "Activated"):
        accounts.record_change(person, by=admin, what=what)

    events = Event.objects.filter(chain__name="accounts").order_by("seq")
    assert [e.seq for e in events] == list(range(1, before + 3))
    first, second = list(events)[-2:]
    assert second.prev == first.hash


def test_whoever_runs_the_machine_appoints_alone_and_all_hear_of_it(
    db: None, mailoutbox: list[object]
) -> None:
    chief, user = make.chief(), make.user(name="Ada", email="ada@example.org")
    superuser = make.user(is_superuser=True)

    with traces.one_event():
        call_command("appoint", "ADA@example.org", "administrator", stdout=StringIO())

    after = make.fresh(user)
    assert after.roles == {roles.ADMINISTRATOR}
    assert after.is_staff
    assert traces.last().actor_id == people.system().pk
    assert traces.said()["reason"] == "Appointed administrator on the machine"
    told = dict.fromkeys((chief.pk, user.pk, superuser.pk), "Made administrator")
    assert traces.told() == told
    assert (mails.deliver(), len(mailoutbox)) == (3, 3)


def test_who_oversees_nothing_now_gets_no_mail_about_roles(
    db: None, mailoutbox: list[object]
) -> None:
    chief, user = make.chief(), make.author()
    accounts.appoint(user, roles.EDITOR, by=people.system())
    chief.groups.clear()

    assert (mails.deliver(), mailoutbox) == (0, [])


def test_what_was_said_of_an_account_last_is_read_by_one_query(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    user, other = make.user(), make.user()
    for person in (user, user, other):
        accounts.record_change(person, by=people.system(), what="Renamed")

    with django_assert_num_queries(1):
        said = proposals.last_said(user)

    assert said["account"] == user.pk
    assert proposals.last_said(make.user()) == {}


def meanwhile(
    monkeypatch: pytest.MonkeyPatch, name: str, deed: Callable[[], object]
) -> None:
    """Let the deed be done by who has the lock just before somebody else gets it."""
    lock = getattr(ledger, name)

    def late(chain: str) -> object:
        monkeypatch.setattr(ledger, name, lock)
        deed()
        return lock(chain)

    monkeypatch.setattr(ledger, name, late)


def test_what_another_took_back_meanwhile_does_not_come_back(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (make.user(roles.ADMINISTRATOR, is_staff=True) for _ in range(2))
    user = make.author()
    accounts.record_change(user, by=one, what="Proposed", proposes=[roles.EDITOR])

    def drop() -> None:
        accounts.record_change(user, by=other, what="Dropped", keeps=False)

    meanwhile(monkeypatch, "lock_named", drop)
    accounts.record_change(user, by=one, what="Renamed")

    assert proposals.waiting(user) == []


def test_two_proposals_at_once_both_stand(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (make.user(roles.ADMINISTRATOR, is_staff=True) for _ in range(2))
    user = make.author()

    def propose(by: User, role: str) -> None:
        accounts.record_change(user, by=by, what="Proposed", proposes=[role])

    meanwhile(monkeypatch, "lock_named", lambda: propose(one, roles.EDITOR))
    propose(other, roles.CHIEF_EDITOR)

    assert proposals.standing(proposals.last_said(user)) == {
        roles.EDITOR: one.pk,
        roles.CHIEF_EDITOR: other.pk,
    }


@pytest.mark.parametrize("deed", ["record_change", "enroll"])
def test_an_account_is_recorded_as_it_is_and_not_as_it_was_read(
    deed: str, db: None
) -> None:
    chief = make.chief()
    chief.is_active = False
    chief.save()
    early = make.fresh(chief)
    early.is_active = True

    getattr(accounts, deed)(early, by=people.system(), what="Renamed")

    assert traces.said()["facts"]["active"] is False
    assert traces.problems() == []


@pytest.mark.parametrize("email", ["nobody@example.org", people.IMPORTER])
def test_nobody_s_account_is_appointed(email: str, db: None) -> None:
    make.author(email="gone@example.org", is_active=False)

    for address in (email, "gone@example.org"):
        with traces.nothing_left(CommandError, "No active account has the address"):
            call_command("appoint", address, "editor")
