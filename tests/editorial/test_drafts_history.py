"""A draft as it was, row by row, at each of its revisions."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from editorial import drafts_history
from editorial.actions import authoring
from editorial.actions.authoring import Reference
from tests import make

if TYPE_CHECKING:
    from collections.abc import Iterator

    from articles.models import Version

pytestmark = pytest.mark.django_db


def test_every_revision_has_the_rows_it_had() -> None:
    author = make.author(name="Josiah Carberry", credentials="")
    first, second = make.item(title="First"), make.item(title="Second")
    version = make.draft(
        by=author,
        question="First?",
        key_answer="One.",
        renditions={"clinician": "<p>One.</p>", "patient": "<p>For you.</p>"},
        references=(Reference("a", first),),
    )
    text = make.text(
        question="Second?",
        key_answer="Two.",
        renditions={"clinician": "<p>Two.</p>"},
        references=(Reference("b", second), Reference("a", first)),
    )
    later = authoring.edit(version.pk, by=author, text=text, seen=None).version

    then = drafts_history.moment(version, version.revision)
    now = drafts_history.moment(version, later.revision)

    assert then is not None
    assert now is not None
    assert (then.who, then.columns["question"]) == ("Josiah Carberry", "First?")
    assert then.bodies == {"clinician": "<p>One.</p>", "patient": "<p>For you.</p>"}
    assert [key for key, _ in then.cited] == ["a"]
    assert now.columns["question"] == "Second?"
    assert now.bodies == {"clinician": "<p>Two.</p>"}
    assert [(key, item["title"]) for key, item in now.cited] == [
        ("b", "Second"),
        ("a", "First"),
    ]


START = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


def save(version: Version, body: str, *, seconds: int) -> int:
    """Save a text so many seconds after the start, by the clock of the house."""
    text = make.text(renditions={"clinician": f"<p>{body}</p>"})
    with time_machine.travel(START + dt.timedelta(seconds=seconds)):
        by = version.article.authorships.get().user
        return authoring.edit(version.pk, by=by, text=text, seen=None).version.revision


def test_a_clock_that_was_set_back_mixes_no_texts() -> None:
    with time_machine.travel(START):
        version = make.draft(renditions={"clinician": "<p>0</p>"})
    seconds = [60, 30, 59, 61, 20, 90]

    revisions = [
        version.revision,
        *(save(version, str(s), seconds=s) for s in seconds),
    ]

    then = [drafts_history.moment(version, revision) for revision in revisions]
    assert [moment and moment.bodies["clinician"] for moment in then] == [
        f"<p>{s}</p>" for s in [0, *seconds]
    ]


def test_a_page_of_the_past_reads_no_more_than_it_shows(
    django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = make.draft(renditions={"clinician": "<p>0</p>"})
    for number in range(1, 6):
        save(version, str(number), seconds=number * 600)
    read: list[int] = []
    newest_first = drafts_history._newest_first  # noqa: SLF001

    def counted(version: Version) -> Iterator[Any]:
        for row in newest_first(version):
            read.append(row[0])
            yield row

    monkeypatch.setattr(drafts_history, "_newest_first", counted)

    with django_assert_num_queries(5):
        shown = drafts_history.Sittings(version)[1:3]

    assert [(s.first, s.revision) for s in shown] == [(r, r) for r in (4, 3)]
    assert {(s.columns, s.audiences, s.cites) for s in shown} == {
        (("question",), ("clinician",), True)
    }
    assert len(read) == 5


def test_a_revision_that_never_was_is_none() -> None:
    version = make.draft()

    assert drafts_history.moment(version, version.revision + 1) is None


def test_another_draft_s_rows_are_not_mixed_in() -> None:
    version = make.draft(renditions={"clinician": "<p>Mine.</p>"})
    make.draft(renditions={"clinician": "<p>Another's.</p>"})

    then = drafts_history.moment(version, version.revision)

    assert then is not None
    assert then.bodies == {"clinician": "<p>Mine.</p>"}


def test_what_somebody_goes_back_from_stays_in_the_list() -> None:
    author = make.author()
    version = make.draft(by=author, key_answer="First.", renditions={})
    later = make.text(key_answer="Later.", renditions={})
    first = make.text(key_answer="First.", renditions={})
    authoring.edit(version.pk, by=author, text=later, seen=None)

    now = authoring.edit(version.pk, by=author, text=first, seen=None, goes_back=True)

    listed = drafts_history.Sittings(now.version)[0:10]
    moments = [drafts_history.moment(now.version, state.revision) for state in listed]
    assert [m and m.columns["key_answer"] for m in moments] == ["First.", "Later."]
