"""What somebody has seen is noted because they said so, or signed."""

from __future__ import annotations

import pytest

from articles.models import Version
from editorial.actions import desk, looking
from editorial.models import Event
from reviews.models import LastLook
from tests import make


@pytest.fixture
def versions(db: None) -> tuple[Version, Version]:
    """A version that was returned, and the one after it."""
    author = make.author()
    first = make.under_review(by=author)
    desk.return_for_changes(first.pk, by=make.editor(), reason="Mend it.")
    return first, make.resubmitted(first, by=author)


def test_the_version_looked_at_last_is_kept(versions: tuple[Version, Version]) -> None:
    editor, events = make.editor(), Event.objects.count()

    for version in versions:
        looking.look(version, by=editor)

    look = LastLook.objects.get(person=editor)
    assert (look.article_id, look.version_id) == (
        versions[0].article_id,
        versions[1].pk,
    )
    assert Event.objects.count() == events


def test_an_older_version_takes_no_look_back(
    versions: tuple[Version, Version],
) -> None:
    editor = make.editor()

    for version in reversed(versions):
        looking.look(version, by=editor)

    assert LastLook.objects.get(person=editor).version_id == versions[1].pk


def test_a_signed_review_is_a_look(db: None) -> None:
    version = make.reviewed()
    reviewer = version.assignments.all()[0].reviewer
    versions = Version.objects.filter(pk=version.pk)

    seen = [
        versions.annotate(seen=looking.seen_by(person)).get().seen
        for person in (reviewer, make.editor())
    ]

    assert seen == [True, False]
