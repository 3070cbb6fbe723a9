"""Processes that do something at the same moment, and what each of them was told."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.db import connection

from editorial.errors import MovedOn, Refused
from tests.editorial.faults.killing import PATIENCE, forked

Deed = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Told:
    """How a deed ended: `done`, or what it raised; and whom MovedOn named."""

    how: str = "done"
    who: str = ""
    mine: bool = False


def race(*deeds: Deed) -> list[Told]:
    """Do each deed in a process of its own, all at once; tell how they ended."""
    line = multiprocessing.get_context("fork").Barrier(len(deeds))

    def runner(deed: Deed) -> Callable[[], str]:
        def run() -> str:
            connection.ensure_connection()
            line.wait(PATIENCE)
            return json.dumps(asdict(_told(deed)))

        return run

    with forked(*(runner(deed) for deed in deeds)) as children:
        for child in children:
            assert child.end() == 0
        return [Told(**json.loads(child.said)) for child in children]


def _told(deed: Deed) -> Told:
    try:
        deed()
    except MovedOn as error:
        return Told("moved on", error.who, error.mine)
    except Refused as error:
        return Told(f"refused: {error}")
    except Exception as error:  # noqa: BLE001  anything else is a broken promise
        return Told(f"{type(error).__name__}: {error}")
    return Told()
