"""
`python -m bench.house COUNT`: the demonstration library, and stored pages up to a count.

The site is exported before those are added, which no record speaks of. They are copies of one page at addresses of their own: what a look-up has to find
its row among.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from articles.models import Page

BATCH = 500
PREPARED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("migrate", {"verbosity": 0}),
    ("createcachetable", {}),
    ("collectstatic", {"verbosity": 0, "interactive": False}),
    ("demo", {}),
)


def fill(count: int) -> None:
    found = Page.objects.filter(path__regex=r"^/articles/[^/]+/$").earliest("pk")
    for start in range(Page.objects.count(), count, BATCH):
        copies = range(start, min(start + BATCH, count))
        Page.objects.bulk_create(_copy(found, f"/articles/copy-{n}/") for n in copies)
    if connection.vendor == "postgresql":  # as its own housekeeper does in time
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE articles_page")


def _copy(page: Page, path: str) -> Page:
    fields = {f.attname: getattr(page, f.attname) for f in Page._meta.concrete_fields}
    return Page(**fields | {"id": None, "path": path})


if __name__ == "__main__":
    for command, options in PREPARED:
        call_command(command, **options)
    call_command("export_site", str(settings.VAR_DIR / "site"))
    fill(int(sys.argv[1]))
