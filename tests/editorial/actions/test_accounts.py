"""Every change of an account is in a chain of its own."""

from __future__ import annotations

from editorial import roles
from editorial.actions import accounts
from editorial.models import Event
from tests import make, traces


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
