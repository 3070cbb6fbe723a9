"""`createsuperuser`, as Django has it; whom it makes is put on record."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.db import transaction

from editorial import people
from editorial.actions import accounts
from editorial.models import User


class Command(createsuperuser.Command):
    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        before = set(_superusers())
        super().handle(*args, **options)
        for pk in set(_superusers()) - before:
            user = User.objects.get(pk=pk)
            what = "Made a superuser on the machine"
            accounts.enroll(user, by=people.system(), what=what)


def _superusers() -> list[int]:
    found = User.objects.filter(is_superuser=True)
    return list(found.values_list("pk", flat=True))
