"""A record that was kept before accounts and alternates were part of it."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection

from editorial import database, people, proposals, roles
from editorial.actions import accounts
from editorial.models import Event, User
from reviews.models import Alternate
from tests import make, traces

migration = import_module("editorial.migrations.0010_on_record_from_now_on")


def migrate() -> None:
    for step in (
        migration.name_accounts,
        migration.record_powers,
        migration.record_alternates,
    ):
        step(apps, None)


@pytest.fixture
def proposed(db: None) -> User:
    """Somebody to whom a role was to be given in a house of that time."""
    proposer = make.user(roles.ADMINISTRATOR, is_staff=True)
    user, version = make.author(), make.under_review()
    accounts.record_change(user, by=proposer, what="Asked", proposes=[roles.EDITOR])
    auditor, stands_by = make.author(name="Ada", credentials=""), make.reviewer()
    assert traces.problems() == []
    auditor.groups.add(Group.objects.get(name=roles.AUDITOR))
    Alternate.objects.create(
        version=version, reviewer=stands_by, rank=1, named_by=make.editor()
    )
    traces.put_declarations_on_record()
    database.drop(connection)
    Event.objects.update(account=None)
    return user


def test_an_older_record_holds_and_its_proposals_stand(proposed: User) -> None:
    broken = {found.why for found in traces.problems()}
    migrate()

    assert broken == {
        "its columns disagree with what it says: account",
        "its row is not what its last event left",
        "the record does not say who let it in",
    }
    assert traces.problems() == []
    assert list(proposals.standing(proposals.last_said(proposed))) == [roles.EDITOR]


def test_nobody_hears_again_of_what_was_given_before(proposed: User) -> None:
    auditor = User.objects.get(name="Ada")
    migrate()
    told = traces.counts()["editorial.Notification"]

    accounts.record_change(auditor, by=people.system(), what="Renamed")

    assert traces.said()["facts"]["roles"] == [roles.AUDITOR, roles.AUTHOR]
    assert traces.counts()["editorial.Notification"] == told


def test_a_record_that_holds_is_left_as_it_is(db: None) -> None:
    make.under_review()
    assert traces.problems() == []
    before = traces.everything()

    migrate()

    assert traces.everything() == before
