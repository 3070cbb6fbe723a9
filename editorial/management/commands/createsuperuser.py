"""`createsuperuser`, as Django has it; whom it makes is put on record."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.management.commands import createsuperuser

from editorial import people
from editorial.actions import accounts
from editorial.models import User


class Command(createsuperuser.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        """
        Ask and make first, record afterwards: nobody waits for what is being typed.

        Whom a process made that was killed in between, `verify_ledger` reports until
        `appoint` records them.
        """
        before = set(_superusers())
        super().handle(*args, **options)
        for pk in set(_superusers()) - before:
            user = User.objects.get(pk=pk)
            what = "Made a superuser on the machine"
            accounts.enroll(user, by=people.system(), what=what)


def _superusers() -> list[int]:
    found = User.objects.filter(is_superuser=True)
    return list(found.values_list("pk", flat=True))
