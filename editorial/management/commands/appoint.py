"""Give somebody a role, as whoever runs the machine may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from editorial import people, roles
from editorial.actions import accounts
from editorial.models import User

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = (
        "Give an account a role at once. In the administrator's pages a role that "
        "decides takes two administrators; here it takes whoever runs the machine."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("role", choices=sorted(roles.PERMISSIONS))

    def handle(self, *_args: Any, **options: Any) -> None:
        accounts_there = User.objects.filter(is_active=True, is_machine=False)
        user = accounts_there.filter(email__iexact=options["email"]).first()
        if user is None or user.email in people.BUILT_IN:
            message = f"No active account has the address {options['email']}."
            raise CommandError(message)
        accounts.appoint(user, options["role"], by=people.system())
        self.stdout.write(f"{user} is {options['role']} now.")
