"""Write the whole public site as files that nginx serves alone."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from editorial import exporting

if TYPE_CHECKING:
    from argparse import ArgumentParser

ADDRESS = re.compile(
    r"https?://[-.\w]+(?::\d{1,5})?|http://\[[0-9a-fA-F:]+\](?::\d{1,5})?"
)


def address(text: str) -> str:
    if not ADDRESS.fullmatch(text):
        raise ArgumentTypeError("an address is like http://127.0.0.1:8000")
    return text


class Command(BaseCommand):
    help = (
        "Bring the public site into a folder: what is the same is not touched, what is "
        "gone is removed. Exit 1 when a page is damaged; the others are there."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--anew",
            action="store_true",
            help="read also the pages that were not built since they were exported",
        )
        parser.add_argument(
            "--program",
            type=address,
            default=f"http://127.0.0.1:{settings.PORT}",
            metavar="ADDRESS",
            help="where nginx asks what is no file: searches, reports, the desk "
            "(default: %(default)s)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if settings.DEBUG:
            raise CommandError("With DEBUG on, pages tell too much to be exported.")
        try:
            done = exporting.export(
                options["folder"], anew=options["anew"], program=options["program"]
            )
        except (exporting.NotOursError, exporting.NotReadyError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{done.written} files written, {done.kept} as they were, "
            f"{done.removed} removed."
        )
        if done.waiting:
            self.stdout.write(f"PDFs that are not made yet: {done.waiting}.")
        for path in done.damaged:
            self.stderr.write(path)
        if done.damaged:
            message = "Damaged and not exported: the pages above."
            raise CommandError(message, returncode=1)
