"""Verify the ledger, every approval and every public page against the bytes."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from editorial import verification
from editorial.models import Event

if TYPE_CHECKING:
    from argparse import ArgumentParser


NOT_ASKED = (
    "of what search and answers print of them, only the quoted words were checked."
)


class Command(BaseCommand):
    help = "Exit 0 when the whole record holds, or 1 naming the first broken row."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--anchors", type=Path, help="checkpoints kept outside the database"
        )
        parser.add_argument(
            "--all", action="store_true", help="name every broken row, not the first"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        with closing(verification.problems(options["anchors"])) as found:
            first = next(found, None)
            others = [str(broken) for broken in found] if options["all"] else []
        if waiting := verification.waiting():
            self.stdout.write(f"{_articles(waiting)} to be rebuilt: {NOT_ASKED}")
        if first is None:
            count = Event.objects.count()
            self.stdout.write(f"The record holds: {count} events verified.")
            return
        for line in others:
            self.stderr.write(line)
        message = f"Broken: {first}"
        raise CommandError(message, returncode=1)


def _articles(count: int) -> str:
    return "1 article waits" if count == 1 else f"{count} articles wait"
