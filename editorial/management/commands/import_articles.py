"""Import articles from JSON Lines; see the format in the module `articles.importing`."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from articles import importing
from editorial import roles
from editorial.actions.importing import Refusal, importer
from editorial.models import User

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Import JSON Lines (plain, .gz, .xz or -); known lines change nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the file, or - for standard input")
        parser.add_argument("--author", help="e-mail of the author of what names none")
        parser.add_argument(
            "--submit", action="store_true", help="submit every imported version"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        progress = Progress(shown=sys.stderr.isatty())
        work = importer(
            author=self._author(options["author"]),
            submit=options["submit"],
            refuse=self._refuse,
            progress=progress.add,
        )
        try:
            tally = work.run(importing.open_lines(options["file"]))
        except (importing.UnreadableError, OSError) as error:
            raise CommandError(str(error)) from error
        finally:
            progress.end()
        self.stdout.write(str(tally))
        if tally.refused:
            sys.exit(1)

    def _refuse(self, refusal: Refusal) -> None:
        self.stderr.write(f"line {refusal.number}: {refusal.reason}")

    def _author(self, email: str | None) -> User | None:
        if email is None:
            return None
        author = User.objects.filter(
            email__iexact=email, is_active=True, groups__name=roles.AUTHOR
        )
        if (found := author.first()) is None:
            message = f"No author has the address {email}."
            raise CommandError(message)
        return found


class Progress:
    """A line on the terminal that counts articles, and how many a second."""

    def __init__(self, *, shown: bool) -> None:
        self.shown = shown
        self.count = 0
        self.start = time.monotonic()

    def add(self, count: int) -> None:
        self.count += count
        if self.shown:
            rate = self.count / max(time.monotonic() - self.start, 0.001)
            sys.stderr.write(f"\r{self.count:>8,} lines, {rate:,.0f} a second")
            sys.stderr.flush()

    def end(self) -> None:
        if self.shown and self.count:
            sys.stderr.write("\n")
