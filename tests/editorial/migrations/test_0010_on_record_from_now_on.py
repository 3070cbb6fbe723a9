"""A record that was kept before accounts and alternates were part of it."""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from articles.models import Version
from editorial import database, digests, people, proposals, roles
from editorial.actions import accounts, authoring, interests, inviting
from editorial.models import Chain, Event, Notification, Outbox, User
from editorial.verification import Broken
from editorial.verification.rows import CHANGED
from reviews.models import Absence, Alternate
from tests import make, traces

if TYPE_CHECKING:
    from django.db.migrations.state import StateApps

migration = import_module("editorial.migrations.0010_on_record_from_now_on").Migration


@cache
def as_they_were() -> StateApps:
    """The models as the migration finds them, by what it says that it depends on."""
    loader = MigrationLoader(None)
    return loader.project_state(migration.dependencies).apps


def migrate() -> None:
    for operation in migration.operations:
        operation.code(as_they_were(), None)


def alternate(version: Version, reviewer: User) -> Alternate:
    """One of whom no event speaks."""
    return Alternate.objects.create(
        version=version, reviewer=reviewer, rank=1, named_by=make.editor()
    )


@pytest.fixture
def proposed(db: None) -> User:
    """Somebody to whom a role was to be given in a house of that time."""
    proposer = make.user(roles.ADMINISTRATOR, is_staff=True)
    user, version = make.author(), make.under_review()
    accounts.record_change(user, by=proposer, what="Asked", proposes=[roles.EDITOR])
    auditor, stands_by = make.author(name="Ada", credentials=""), make.reviewer()
    assert traces.problems() == []
    auditor.groups.add(Group.objects.get(name=roles.AUDITOR))
    alternate(version, stands_by)
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


def test_who_stood_by_before_is_let_go_in_an_article_older_than_any_account(
    db: None,
) -> None:
    version = make.send(make.submitted())
    stood_by = alternate(version, make.reviewer())
    chains = list(Chain.objects.order_by("pk").values_list("name", flat=True))
    assert chains[-2:] == [f"article:{version.article_id}", "accounts"]

    migrate()
    said = traces.said()
    inviting.name_alternates(version.pk, by=make.editor(), alternates=[])

    assert (said["chain"], said["article"]) == (chains[-2], version.article_id)
    assert list(said["rows"]) == [f"alternate:{stood_by.pk}"]
    assert traces.problems() == []


def test_days_away_of_before_are_held_to_from_now_on(db: None) -> None:
    person, today = make.reviewer(), timezone.localdate()
    away = Absence.objects.create(person=person, first_day=today, last_day=today)
    migrate()
    assert traces.problems() == []

    Absence.objects.update(last_day=today + dt.timedelta(days=1))
    assert traces.problems() == [Broken(f"absence {away.pk}", CHANGED)]

    interests.be_back(by=person, absence_id=away.pk)
    assert traces.problems() == []


@pytest.mark.parametrize(
    ("status", "ends", "waits"),
    [("pending", "moot", True), ("parked", "moot", True), ("done", "done", False)],
)
def test_mail_that_is_none_any_more_is_told_with_a_digest(
    db: None, status: str, ends: str, *, waits: bool
) -> None:
    author, _ = make.author(), make.editor()
    version = make.submitted(by=author)
    authoring.recall(version.pk, by=author)
    notice = Notification.objects.get(event__kind="recalled")
    Notification.objects.update(waits=False)
    Outbox.objects.create(
        dedupe_key="mail:recalled",
        topic=Outbox.Topic.MAIL,
        status=status,
        event=notice.event,
        recipient=notice.recipient,
    )

    migrate()

    mails = Outbox.objects.order_by("pk").values_list("event__kind", "status")
    assert list(mails) == [("submitted", "pending"), ("recalled", ends)]
    assert [found == notice for found in digests.WAITING.all()] == [True] * waits


def test_of_one_deed_what_waits_is_told_with_a_digest_and_the_rest_at_once(
    db: None,
) -> None:
    editor, chief = make.editor(), make.chief()
    version = make.under_review(tier="C", editor=editor)
    make.report_all(version)
    event = traces.last()
    Outbox.objects.all().delete()
    Notification.objects.update(waits=False)
    for notice in event.notifications.all():
        Outbox.objects.create(
            dedupe_key=f"mail:reported:{notice.recipient_id}",
            topic=Outbox.Topic.MAIL,
            event=event,
            recipient=notice.recipient,
        )

    migrate()

    mails = Outbox.objects.values_list("recipient", "status")
    assert dict(mails) == {editor.pk: "moot", chief.pk: "pending"}
    assert [notice.recipient for notice in digests.WAITING.all()] == [editor]


def test_a_record_that_holds_is_left_as_it_is(db: None) -> None:
    make.under_review()
    assert traces.problems() == []
    before = traces.everything()

    migrate()

    assert traces.everything() == before
