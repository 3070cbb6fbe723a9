"""Load the demonstration library; a second run changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from editorial.demonstration import loader


class Command(BaseCommand):
    help = "Load the demonstration library: fictional people, real cited works."

    def handle(self, *_args: Any, **_options: Any) -> None:
        password = loader.load(Path(settings.VAR_DIR) / "demo-password")
        if password is None:
            self.stdout.write("The demonstration library is loaded already.")
            return
        self.stdout.write("The demonstration library is loaded. Sign in as:")
        for person in loader.accounts():
            self.stdout.write(f"  {person['email']:24} {', '.join(person['roles'])}")
        self.stdout.write(f"The password of all of them: {password}")
