"""A draft as it was, row by row, at each of its revisions."""

from __future__ import annotations

import pytest

from editorial import drafts_history
from editorial.actions import authoring
from editorial.actions.authoring import Reference
from tests import make

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


def test_a_revision_that_never_was_is_none() -> None:
    version = make.draft()

    assert drafts_history.moment(version, version.revision + 1) is None


def test_another_draft_s_rows_are_not_mixed_in() -> None:
    version = make.draft(renditions={"clinician": "<p>Mine.</p>"})
    make.draft(renditions={"clinician": "<p>Another's.</p>"})

    then = drafts_history.moment(version, version.revision)

    assert then is not None
    assert then.bodies == {"clinician": "<p>Mine.</p>"}
