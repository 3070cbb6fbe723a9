"""Groups, built-in accounts and first policies: there after every migration, once."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import Group, Permission
from django.utils import timezone

from editorial import people, policy_texts, roles
from editorial.models import Event, Policy, User
from tests import make

INSTALLED = {
    "author": set(),
    "reviewer": set(),
    "editor": set(),
    "chief editor": set(),
    "auditor": set(),
    "administrator": {
        *("add_user", "change_user", "view_user", "view_group"),
        *("add_boardmember", "change_boardmember", "view_boardmember"),
    },
}


def permissions() -> dict[str, set[str]]:
    return {
        group.name: set(group.permissions.values_list("codename", flat=True))
        for group in Group.objects.all()
    }


def test_every_role_is_a_group_with_exactly_its_permissions(db: None) -> None:
    assert permissions() == INSTALLED


def test_installing_again_takes_away_what_was_added(db: None) -> None:
    editors = Group.objects.get(name=roles.EDITOR)
    editors.permissions.add(Permission.objects.get(codename="delete_user"))
    Group.objects.get(name=roles.AUDITOR).delete()

    roles.install()

    assert permissions() == INSTALLED


def test_no_role_may_write_in_the_record(db: None) -> None:
    kept = ("event", "signature", "version", "report", "publication", "checkpoint")
    given = {code for codes in permissions().values() for code in codes}

    assert [code for code in given if code.endswith(kept)] == []


def test_the_built_in_accounts_are_made_once_and_open_to_nobody(db: None) -> None:
    people.install()
    people.install()

    accounts = [people.system(), people.importer()]
    assert User.objects.filter(email__endswith=".invalid").count() == 2
    assert [account.has_usable_password() for account in accounts] == [False, False]
    assert [account.is_machine for account in accounts] == [True, False]
    assert [sorted(account.roles) for account in accounts] == [[], ["author"]]


def test_a_machine_has_no_role_whatever_its_groups(db: None) -> None:
    system = people.system()
    system.groups.set(Group.objects.all())

    assert make.fresh(system).roles == frozenset()


def test_the_first_policies_are_issued_once_and_recorded(db: None) -> None:
    policy_texts.install(people.system())

    assert sorted(str(policy) for policy in Policy.objects.all()) == [
        "editorial/1",
        "lay/1",
        "professional/1",
    ]
    assert Event.objects.filter(kind="policy_issued").count() == 3


def test_of_each_kind_the_newest_that_came_in_force_is(db: None) -> None:
    for kind, title in (("lay", "Second"), ("editorial", "Second"), ("lay", "Third")):
        policy_texts.issue(kind, title=title, body="<p>So.</p>", by=make.chief())
    tomorrow = timezone.now() + dt.timedelta(days=1)
    Policy.objects.create(kind="lay", number=4, title="Soon", in_force_from=tomorrow)

    found = policy_texts.in_force("lay", "professional")

    assert {str(policy) for policy in found} == {"lay/3", "professional/1"}


def test_a_new_policy_is_in_force_and_the_old_one_stays(db: None) -> None:
    before = Policy.objects.get(kind="editorial")

    policy_texts.issue("editorial", title="Second", body="<p>2</p>", by=make.chief())

    assert policy_texts.editorial_in_force() == "editorial/2"
    assert Policy.objects.get(pk=before.pk).body == before.body
