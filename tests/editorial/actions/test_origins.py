"""Where a text came from is not told otherwise later."""

from __future__ import annotations

import datetime as dt

import pytest

from editorial.actions import authoring, desk
from editorial.errors import Refused
from tests import make, traces

ORIGINS = ["human", "imported", "machine_assisted", "machine_generated"]


@pytest.mark.parametrize("before", ORIGINS)
@pytest.mark.parametrize("after", ORIGINS)
def test_an_origin_only_moves_away_from_people(
    before: str, after: str, db: None
) -> None:
    by = make.author()
    tool = {"origin_tool": "A model", "origin_on": dt.date(2026, 11, 2)}
    version = make.draft(by=by, origin=before, **tool)
    text = make.text(origin=after, **tool)

    if ORIGINS.index(after) < ORIGINS.index(before):
        with traces.nothing_left(Refused, "This text is on record as"):
            authoring.edit(version.pk, by=by, text=text, seen=None)
    else:
        authoring.edit(version.pk, by=by, text=text, seen=None)
        assert make.again(version).origin == after


def test_the_next_draft_has_the_origin_of_the_text_before(db: None) -> None:
    by = make.author()
    version = make.submitted(by=by, **make.by_machine())
    desk.return_for_changes(version.pk, by=make.editor(), reason="Mend it")
    draft = authoring.revise(version.pk, by=by)

    with traces.nothing_left(Refused, "people with machine assistance”; it cannot"):
        authoring.edit(draft.pk, by=by, text=make.text(), seen=None)
