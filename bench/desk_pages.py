"""One house of a size, filled and then asked for pages, a line of input for each."""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import time
from html import unescape
from http import HTTPStatus
from typing import TYPE_CHECKING

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

# Django is made ready above, before anything of it is read.
from django.conf import settings
from django.core.management import call_command
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Version
from bench import filling
from bench.measures import MEASURES, Measure
from config import memory

if TYPE_CHECKING:
    from editorial.models import User

NEXT = re.compile(r'href="(\?[^"]*)" rel="next"')


def clients(house: filling.House) -> dict[str, Client]:
    people: dict[str, User] = {
        "editor": house.editor,
        "chief": house.chief,
        "auditor": house.auditor,
        "reviewer": house.reviewers[1],
        "author": house.authors[1],
    }
    found = {}
    for name, person in people.items():
        found[name] = Client()
        found[name].force_login(person)
    return found


def answer(client: Client, path: str) -> dict[str, float]:
    """How long the page took, and how many questions it asked."""
    reset_queries()
    start, worked = time.perf_counter(), time.process_time()
    response = client.get(path)
    taken = time.perf_counter() - start
    worked = time.process_time() - worked
    if response.status_code != HTTPStatus.OK:
        message = f"{path} answered {response.status_code}"
        raise RuntimeError(message)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    rows = response.content.count(b"</tr>")
    spent = {"ms": taken * 1000, "cpu": worked * 1000}
    return spent | {"queries": len(asked), "rows": rows}


def second(client: Client, path: str) -> str:
    """The address of the page after this one; this one where there is none."""
    found = NEXT.search(client.get(path).content.decode())
    return path.partition("?")[0] + unescape(found[1]) if found else path


def main(name: str) -> None:
    logging.disable(logging.WARNING)
    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    seats = clients(_house(MEASURES[name]))
    memory.settle()  # as the servers do
    for seat in seats.values():
        answer(seat, "/desk/")  # every module is read before the measuring begins
    tell({"ready": 1})
    for line in sys.stdin:
        who, path, way = line.split()
        if way == "second":
            path = second(seats[who], path)
        tell(answer(seats[who], path))


def _house(measure: Measure) -> filling.House:
    """The one that stands here already, or a new one."""
    if Version.objects.exists():
        return filling.found(measure)
    return filling.fill(measure)


def tell(what: dict[str, float]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
