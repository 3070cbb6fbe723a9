"""Publish everything that is approved and due."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from editorial.actions import publishing


class Command(BaseCommand):
    help = "Publish what is approved and due; the scheduler runs the same code."

    def handle(self, *_args: Any, **_options: Any) -> None:
        published, failed = publishing.publish_due()
        self.stdout.write(f"{published} published, {failed} failed")
        if failed:
            message = "Some publications failed; they are tried again later."
            raise CommandError(message)
