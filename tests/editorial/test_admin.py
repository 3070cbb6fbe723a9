"""The administrator looks after accounts, and can do nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group

from editorial import roles
from editorial.models import BoardMember, Event, User
from tests import make

if TYPE_CHECKING:
    from django.test import Client

ACCOUNTS = "/admin/editorial/user/"


@pytest.fixture
def administrator(client: Client, db: None) -> User:
    """Somebody who is signed in to look after accounts."""
    user = make.user(roles.ADMINISTRATOR, is_staff=True)
    client.force_login(user)
    return user


def account(user: User | None = None, **fields: Any) -> dict[str, Any]:
    return {
        "email": "new@example.org",
        "name": user.name if user else "New Person",
        "credentials": "MD",
        "affiliation": "",
        "is_active": "on",
        "groups": [Group.objects.get(name=roles.AUTHOR).pk],
    } | fields


def recorded() -> list[dict[str, Any]]:
    """What the ledger of accounts says."""
    found = Event.objects.filter(kind="account_changed").order_by("seq")
    return [json.loads(event.payload) for event in found]


def test_only_accounts_and_groups_are_registered() -> None:
    models = apps.get_models()
    registered = {model for model in models if admin.site.is_registered(model)}

    assert registered == {User, BoardMember, Group}


@pytest.mark.parametrize(
    "role", sorted(roles.PERMISSIONS.keys() - {roles.ADMINISTRATOR})
)
def test_nobody_else_enters(client: Client, db: None, role: str) -> None:
    client.force_login(make.user(role, is_staff=True))

    assert client.get(ACCOUNTS).status_code == 403


@pytest.mark.parametrize(
    "asked",
    [
        "password__startswith=argon2",
        "password__regex=^a",
        "email__startswith=a",
        "is_superuser__exact=1",
        "groups__user__password__startswith=argon2",
        "board__user__password__startswith=argon2",
        "logentry__user__password__startswith=argon2",
    ],
)
def test_no_address_spells_a_column(
    client: Client, administrator: User, asked: str
) -> None:
    for path in (ACCOUNTS, "/admin/editorial/boardmember/", "/admin/auth/group/"):
        assert client.get(f"{path}?{asked}").status_code == 400


def test_the_filters_of_the_list_still_narrow_it(
    client: Client, administrator: User
) -> None:
    make.author(name="Josiah Carberry")
    group = Group.objects.get(name=roles.AUTHOR).pk

    shown = {
        asked: "Josiah Carberry" in client.get(f"{ACCOUNTS}?{asked}").content.decode()
        for asked in (
            "is_active__exact=1",
            "is_active__exact=0",
            f"groups__id__exact={group}",
            "groups__isnull=True",
            "q=Josiah",
            "q=Nobody",
        )
    }

    assert [asked for asked in shown if shown[asked]] == [
        "is_active__exact=1",
        f"groups__id__exact={group}",
        "q=Josiah",
    ]


def test_an_account_is_opened_without_a_password_and_told_by_mail(
    client: Client,
    administrator: User,
    mailoutbox: list[Any],
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(f"{ACCOUNTS}add/", account())

    user = User.objects.get(email="new@example.org")
    [event] = recorded()
    assert response.status_code == 302
    assert (user.has_usable_password(), user.is_superuser) == (False, False)
    assert [mail.to for mail in mailoutbox] == [["new@example.org"]]
    assert event["actor"]["id"] == administrator.pk
    assert event["facts"]["roles"] == [roles.AUTHOR]
    assert event["reason"].startswith("Opened the user")


def test_a_change_is_recorded_with_what_changed(
    client: Client, administrator: User
) -> None:
    user = make.author()

    client.post(f"{ACCOUNTS}{user.pk}/change/", account(user, is_active=""))

    [event] = recorded()
    assert not User.objects.get(pk=user.pk).is_active
    assert event["facts"]["active"] is False
    assert "is_active" in event["reason"]


def test_an_address_is_not_moved_and_nobody_is_made_a_superuser(
    client: Client, administrator: User
) -> None:
    user = make.chief()

    client.post(
        f"{ACCOUNTS}{user.pk}/change/",
        account(user, email="mine@example.org", is_superuser="on"),
    )

    after = User.objects.get(pk=user.pk)
    assert (after.email, after.is_superuser) == (user.email, False)


def test_nobody_widens_their_own_rights(client: Client, administrator: User) -> None:
    chief = Group.objects.get(name=roles.CHIEF_EDITOR)

    client.post(
        f"{ACCOUNTS}{administrator.pk}/change/",
        account(administrator, groups=[chief.pk]),
    )

    assert make.fresh(administrator).roles == {roles.ADMINISTRATOR}


def test_a_superuser_s_account_is_not_an_administrator_s_to_change(
    client: Client, administrator: User
) -> None:
    user = make.user(is_superuser=True)

    response = client.post(f"{ACCOUNTS}{user.pk}/change/", account(user))

    assert response.status_code == 403


@pytest.mark.parametrize("path", ["delete/", "password/"])
def test_accounts_are_never_deleted_and_passwords_never_typed(
    client: Client, administrator: User, path: str
) -> None:
    user = make.author()

    response = client.post(f"{ACCOUNTS}{user.pk}/{path}", {"post": "yes"})

    assert response.status_code in (302, 403, 404)
    assert User.objects.filter(pk=user.pk).exists()
    assert make.fresh(user).check_password(make.PASSWORD)


def test_a_board_member_is_appointed_and_recorded(
    client: Client, administrator: User
) -> None:
    user = make.user(roles.REVIEWER)

    response = client.post(
        "/admin/editorial/boardmember/add/",
        {
            "user": user.pk,
            "specialties": ["cardiology"],
            "load_cap": 3,
            "named": "on",
            "since": "2026-01-01",
        },
    )

    [event] = recorded()
    assert response.status_code == 302
    assert BoardMember.objects.get(user=user).specialties == ["cardiology"]
    assert event["facts"]["account"] == user.pk


def test_groups_can_only_be_looked_at(client: Client, administrator: User) -> None:
    group = Group.objects.get(name=roles.AUTHOR)
    page = f"/admin/auth/group/{group.pk}/change/"

    assert client.get(page).status_code == 200
    assert client.post(page, {"name": "chief editor 2"}).status_code == 403
