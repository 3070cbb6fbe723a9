"""The administrator looks after accounts, and can do nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client

from articles.models import Page
from editorial import ledger, proposals, roles
from editorial.actions import accounts, naming, publishing
from editorial.admin import MOVED_BY, TAKES_TWO
from editorial.models import BoardMember, Event, Notification, User
from tests import make, traces

if TYPE_CHECKING:
    from django.http import HttpResponse

ACCOUNTS = "/admin/editorial/user/"
BOARD = "/admin/editorial/boardmember/"


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
        "drawn": drawn(user),
    } | fields


def seat(member: BoardMember, **fields: Any) -> dict[str, Any]:
    """What the page of a member of the board sends, the load moved to three."""
    kept = {"specialties": member.specialties, "since": member.since}
    return kept | {"load_cap": 3} | fields


def drawn(user: User | None) -> int | str:
    """What the page of the account carries of its last change."""
    last = proposals.last_by_others(user) if user else None
    return last.pk if last else ""


def recorded() -> list[dict[str, Any]]:
    """What the ledger of accounts says, but of those who were there before."""
    found = Event.objects.filter(kind="account_changed").order_by("seq")
    said = [json.loads(event.payload) for event in found]
    return [one for one in said if one["reason"] != make.ENROLLED]


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
    for path in (ACCOUNTS, BOARD, "/admin/auth/group/"):
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


def groups(*names: str) -> list[int]:
    return list(Group.objects.filter(name__in=names).values_list("pk", flat=True))


def set_roles(by: User, user: User, *names: str, **fields: Any) -> HttpResponse:
    """What somebody who looks after accounts sends from an account's page."""
    client = Client()
    client.force_login(make.fresh(by))
    sent = account(user, groups=groups(*names)) | fields
    return client.post(f"{ACCOUNTS}{user.pk}/change/", sent)  # type: ignore[return-value]


@pytest.mark.parametrize("role", sorted(roles.DECIDING))
def test_a_role_that_decides_takes_two_administrators(
    role: str, administrator: User
) -> None:
    second = make.user(roles.ADMINISTRATOR, is_staff=True, name="Bea Booth")
    chief, user = make.chief(), make.author()
    wanted = (roles.AUTHOR, role)

    for _ in range(2):
        assert set_roles(administrator, user, *wanted).status_code == 302
        assert make.fresh(user).roles == {roles.AUTHOR}
        assert recorded()[-1]["facts"]["proposed"] == {role: administrator.pk}
    told = {second.pk, chief.pk}
    early = traces.events().filter(kind="account_changed").order_by("seq")
    assert traces.told(early[0]) == dict.fromkeys(told, f"Proposed as {role}")
    assert traces.told(early[1]) == {}
    set_roles(second, user, *wanted)

    assert make.fresh(user).roles == set(wanted)
    assert make.fresh(user).is_staff == (role == roles.ADMINISTRATOR)
    assert recorded()[-1]["actor"]["id"] == second.pk
    assert "proposed" not in recorded()[-1]["facts"]
    heard = traces.told()
    assert heard.pop(administrator.pk) == heard.pop(chief.pk) == f"Made {role}"
    assert heard.keys() <= {user.pk}
    assert traces.problems() == []


def test_a_second_account_of_ones_own_is_no_second_administrator(
    administrator: User,
) -> None:
    other, third = make.author(), make.author()
    set_roles(administrator, other, roles.ADMINISTRATOR)
    set_roles(administrator, third, roles.CHIEF_EDITOR)

    assert set_roles(other, third, roles.CHIEF_EDITOR).status_code == 302
    assert set_roles(other, other, roles.ADMINISTRATOR).status_code == 302
    assert make.fresh(other).roles | make.fresh(third).roles == set()
    assert len(recorded()) == 2


@pytest.mark.parametrize("left", ["the house", "the role"])
def test_the_word_of_somebody_who_is_no_administrator_now_does_not_count(
    left: str, administrator: User
) -> None:
    second, user = make.user(roles.ADMINISTRATOR, is_staff=True), make.author()
    set_roles(administrator, user, roles.EDITOR)
    if left == "the role":
        administrator.groups.clear()
    administrator.is_active = left != "the house"
    administrator.save()

    set_roles(second, user, roles.EDITOR)

    assert make.fresh(user).roles == set()


def test_a_proposal_is_taken_back_by_any_administrator(administrator: User) -> None:
    second, user = make.user(roles.ADMINISTRATOR, is_staff=True), make.author()
    set_roles(administrator, user, roles.EDITOR)

    set_roles(second, user, roles.AUTHOR, roles.EDITOR, drops="on")

    assert make.fresh(user).roles == {roles.AUTHOR}
    assert recorded()[-1]["facts"]["proposed"] == {roles.EDITOR: second.pk}
    set_roles(second, user, roles.AUTHOR, drops="on")
    assert "proposed" not in recorded()[-1]["facts"]


def test_who_moves_an_address_seconds_nothing_and_ends_what_was_proposed(
    administrator: User,
) -> None:
    """The link for the password goes to the new one."""
    superuser = make.user(is_superuser=True, is_staff=True)
    user = make.author(email="theirs@example.org")
    set_roles(administrator, user, roles.CHIEF_EDITOR, email=user.email)

    set_roles(superuser, user, roles.CHIEF_EDITOR, email="mine@example.org")

    assert make.fresh(user).email == "mine@example.org"
    assert make.fresh(user).roles == set()
    assert recorded()[-1]["facts"]["proposed"] == {roles.CHIEF_EDITOR: superuser.pk}


def test_a_page_drawn_before_the_last_change_changes_nothing(
    administrator: User,
) -> None:
    second, user = make.user(roles.ADMINISTRATOR, is_staff=True), make.author()
    set_roles(administrator, user, roles.AUTHOR, name="As it was")
    early = drawn(user)
    set_roles(second, user, roles.AUTHOR, is_active="", name="As it was")

    before = recorded()

    answer = set_roles(administrator, user, roles.AUTHOR, drawn=early)

    assert (answer.status_code, recorded()) == (200, before)
    assert f"{second} changed this account at" in answer.content.decode()
    assert not make.fresh(user).is_active


def test_a_page_is_held_against_what_changed_until_the_very_last(
    administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    second, user = make.user(roles.ADMINISTRATOR, is_staff=True), make.author()
    hold = ledger.hold_named

    def late(name: str) -> None:
        accounts.record_change(user, by=second, what="Changed first")
        hold(name)

    monkeypatch.setattr(ledger, "hold_named", late)
    answer = set_roles(administrator, user, roles.AUTHOR, is_active="")

    assert answer.status_code == 200
    assert f"{second} changed this account at" in answer.content.decode()
    assert make.fresh(user).is_active
    assert traces.problems() == []


def test_nobody_keeps_their_account_open_by_deeds_of_their_own(
    administrator: User,
) -> None:
    member = make.reviewer(roles.ADMINISTRATOR, is_staff=True)
    early = drawn(member)
    naming.choose(by=make.fresh(member), named=False)
    set_roles(member, member, name="Another Name", is_active="on")

    answer = set_roles(administrator, member, is_active="", drawn=early)

    assert answer.status_code == 302
    assert not make.fresh(member).is_active
    assert traces.problems() == []


def test_what_somebody_proposed_who_left_is_proposed_anew(administrator: User) -> None:
    second, third = (make.user(roles.ADMINISTRATOR, is_staff=True) for _ in range(2))
    user = make.author()
    set_roles(administrator, user, roles.EDITOR)
    administrator.groups.clear()

    set_roles(second, user, roles.EDITOR)
    assert recorded()[-1]["facts"]["proposed"] == {roles.EDITOR: second.pk}
    set_roles(third, user, roles.EDITOR)

    assert make.fresh(user).roles == {roles.EDITOR}


def test_a_change_of_something_else_leaves_a_proposal_and_closing_ends_it(
    administrator: User,
) -> None:
    second, user = make.user(roles.ADMINISTRATOR, is_staff=True), make.author()
    set_roles(administrator, user, roles.EDITOR)
    set_roles(second, user, roles.AUTHOR, name="New Name")
    assert recorded()[-1]["facts"]["proposed"] == {roles.EDITOR: administrator.pk}

    set_roles(second, user, roles.AUTHOR, is_active="")

    assert "proposed" not in recorded()[-1]["facts"]


def test_who_comes_back_gets_no_role_that_decides_from_one_alone(
    administrator: User,
) -> None:
    former = make.chief(is_active=False)
    set_roles(administrator, former, roles.CHIEF_EDITOR, is_active="")
    assert make.fresh(former).roles == {roles.CHIEF_EDITOR}

    set_roles(administrator, former, roles.CHIEF_EDITOR)

    after = make.fresh(former)
    assert after.is_active
    assert after.roles == set()
    assert recorded()[-1]["facts"]["proposed"] == {roles.CHIEF_EDITOR: administrator.pk}


def test_a_closed_account_is_given_no_role_that_decides(administrator: User) -> None:
    closed = make.author(is_active=False)

    answer = set_roles(administrator, closed, roles.EDITOR, is_active="")

    assert answer.status_code == 200
    assert "A closed account is given no role" in answer.content.decode()
    assert make.fresh(closed).roles == {roles.AUTHOR}
    assert recorded() == []


def test_roles_that_decide_nothing_and_taking_away_need_no_second(
    administrator: User,
) -> None:
    user = make.user(roles.EDITOR, roles.CHIEF_EDITOR)

    set_roles(administrator, user, roles.AUTHOR, roles.REVIEWER, roles.AUDITOR)

    wanted = {roles.AUTHOR, roles.REVIEWER, roles.AUDITOR}
    assert make.fresh(user).roles == wanted
    assert Notification.objects.count() == 0


def test_not_even_a_superuser_makes_one_or_takes_over_who_decides(db: None) -> None:
    superuser = make.user(is_superuser=True, is_staff=True)
    chief, author = make.chief(), make.author()

    set_roles(superuser, author, is_superuser="on", email="moved@example.org")
    set_roles(superuser, chief, roles.CHIEF_EDITOR, email="mine@example.org")

    after = make.fresh(author)
    assert (after.is_superuser, after.email) == (False, "moved@example.org")
    assert make.fresh(chief).email == chief.email


def test_the_page_of_an_account_says_what_waits_and_who_asked(
    client: Client, administrator: User
) -> None:
    user = make.author()
    set_roles(administrator, user, roles.EDITOR)

    page = client.get(f"{ACCOUNTS}{user.pk}/change/").content.decode()

    assert f"editor, by {administrator}" in page
    assert client.get(f"{ACCOUNTS}add/").status_code == 200


def test_the_page_of_an_account_says_what_it_does_not_let_one_do(
    client: Client, administrator: User
) -> None:
    editor = make.editor()

    page = client.get(f"{ACCOUNTS}{editor.pk}/change/").content.decode()

    assert [page.count(MOVED_BY), page.count(TAKES_TWO)] == [1, 1]


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
        f"{BOARD}add/",
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


def test_a_name_taken_off_the_board_goes_from_the_pages_too(
    client: Client, administrator: User
) -> None:
    user = make.reviewer(name="Rosalind Inkblot")
    make.published(tier="C", reviewers=[user])
    member = user.board_member

    client.post(f"{BOARD}{member.pk}/change/", seat(member, unnamed="on"))
    publishing.rebuild_stale()

    bodies = [bytes(body) for body in Page.objects.values_list("body", flat=True)]
    assert not BoardMember.objects.get(pk=member.pk).named
    assert [body for body in bodies if b"Inkblot" in body] == []


@pytest.mark.parametrize("named", [True, False])
def test_a_page_of_the_board_that_is_out_of_date_undoes_no_choice(
    client: Client, administrator: User, *, named: bool
) -> None:
    user = make.reviewer(named=not named)
    member = user.board_member
    naming.choose(by=make.fresh(user), named=named)
    early = {"named": "on"} if named is False else {}

    response = client.post(f"{BOARD}{member.pk}/change/", seat(member, **early))

    after = BoardMember.objects.get(pk=member.pk)
    assert (response.status_code, after.load_cap, after.named) == (302, 3, named)


def test_a_choice_made_while_the_board_is_changed_holds(
    client: Client, administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    member, hold = make.reviewer().board_member, ledger.hold_named

    def late(name: str) -> None:
        BoardMember.objects.update(named=False)
        hold(name)

    monkeypatch.setattr(ledger, "hold_named", late)
    client.post(f"{BOARD}{member.pk}/change/", seat(member))

    after = BoardMember.objects.get(pk=member.pk)
    assert (after.load_cap, after.named) == (3, False)


def test_nobody_is_named_by_an_administrator(
    client: Client, administrator: User
) -> None:
    member = make.reviewer(named=False).board_member

    page = client.get(f"{BOARD}{member.pk}/change/").content.decode()
    client.post(f"{BOARD}{member.pk}/change/", seat(member, named="on"))

    assert not BoardMember.objects.get(pk=member.pk).named
    assert [page.count(f'name="{name}"') for name in ("named", "unnamed")] == [0, 1]


def test_groups_can_only_be_looked_at(client: Client, administrator: User) -> None:
    group = Group.objects.get(name=roles.AUTHOR)
    page = f"/admin/auth/group/{group.pk}/change/"

    assert client.get(page).status_code == 200
    assert client.post(page, {"name": "chief editor 2"}).status_code == 403
