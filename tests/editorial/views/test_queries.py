"""Every page about a text takes twelve queries at most, however much hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import RegulatoryFact, Version
from editorial import linting, roles
from editorial.actions import (
    answering,
    authoring,
    deciding,
    desk,
    inviting,
    publishing,
)
from editorial.reports import Check
from tests import make

if TYPE_CHECKING:
    from editorial.models import User
    from reviews.models import Assignment
    from tests.editorial.views.conftest import Visit

MOST = 12


class Story(NamedTuple):
    """An article with two rounds behind what is public, and one of everything on it."""

    public: Version
    returned: Version
    open: Version
    draft: Version
    people: dict[str, User]
    assignments: dict[str, Assignment]


def told(count: int) -> Story:
    """With so many topics, dated facts, remarks, checks and answers at every turn."""
    author, chief = make.author(affiliation="Brown University"), make.chief()
    board = [make.reviewer(affiliation="Elsewhere") for _ in range(count + 2)]
    _facts(count)
    topics = tuple(f"Topic {n}" for n in range(count))
    first = make.draft(by=author, topics=topics, renditions=_ungraded(count))
    public = _published(_answered(first, author), author)
    second = _answered(authoring.revise(public.pk, by=author), author)
    second = make.send(authoring.submit(second.pk, by=author), reviewers=board)
    make.report_all(second, **_said(count))
    desk.return_for_changes(second.pk, by=chief, reason="Mend it.")
    third = make.resubmitted(make.again(second), by=author)
    third = make.send(third, reviewers=board)
    rows = list(third.assignments.select_related("reviewer").order_by("pk"))
    for row in rows[2:]:
        make.reported(row, **_said(count))
    make.accepted(rows[1])
    _handled(third, count)
    people = {"author": author, "chief": chief, "auditor": make.user(roles.AUDITOR)}
    people |= {"editor": make.editor()}
    seats = {"invited": rows[0], "accepted": rows[1], "reported": rows[2]}
    people |= {seat: row.reviewer for seat, row in seats.items()}
    draft = make.draft(by=author, topics=topics)
    return Story(public, second, third, draft, people, seats)


def _facts(count: int) -> None:
    for n in range(count):
        said = {"statement": "It ended.", "phrases": "Offer", "jurisdiction": "EU"}
        source = "https://example.org/rule"
        RegulatoryFact.objects.create(
            name=f"Rule {n} of {count}", source=source, **said
        )


def _ungraded(count: int) -> dict[str, str]:
    """A text of which one thing must be answered, or with more, three."""
    often = '<p>Offer it early.<cite data-ref="trial"></cite></p>' * 3
    graded = make.BODY + often
    bare = graded.replace(" (strong recommendation)", "")
    return {"clinician": graded if count == 1 else bare}


def _published(draft: Version, author: User) -> Version:
    version = make.send(authoring.submit(draft.pk, by=author))
    make.report_all(version)
    make.approve(make.again(version))
    publishing.publish(version.article_id, by=make.chief())
    return make.again(version)


def _answered(draft: Version, author: User) -> Version:
    for found in linting.of(make.again(draft)):
        if found.finding.is_answerable:
            answering.answer_finding(
                draft.pk, by=author, finding_id=found.finding.id, reason="As it is."
            )
    return make.answered(draft, by=author)


def _said(count: int) -> dict[str, object]:
    claim = Check("trial", "Offer it.", "partly")
    remarks = tuple(make.blocking(f"Wrong dose {n}.") for n in range(count))
    return {"comments": remarks, "checks": (claim,), "remarks": "Mend it."}


def _handled(version: Version, count: int) -> None:
    for _ in range(count):
        advice = {"advice": "return", "reason": "It needs work.", "letter": "Mend it."}
        deciding.recommend(version.pk, by=make.editor(), **advice)
    others = [make.reviewer().pk for _ in range(count)]
    inviting.name_alternates(version.pk, by=make.editor(), alternates=others)


def pages(story: Story) -> list[tuple[str, str]]:
    """Who opens which page."""
    texts = (story.public, story.returned, story.open, story.draft)
    desks = ("author", "editor", "chief", "auditor")
    found = [(seat, f"/desk/versions/{v.pk}/") for seat in desks for v in texts]
    found += [(seat, f"/desk/versions/{story.open.pk}/") for seat in story.assignments]
    changes = f"/desk/versions/{story.open.pk}/changes/"
    found += [(seat, changes) for seat in (*desks, "accepted", "reported")]
    found += [(seat, f"{changes}?from=live") for seat in (*desks, "accepted")]
    weighed = (story.public, story.returned, story.open)
    deciders = ("editor", "chief", "auditor")
    for seat in deciders:
        found += [(seat, f"/desk/versions/{v.pk}/decide/") for v in weighed]
    for seat, row in story.assignments.items():
        found += [(one, f"/desk/assignments/{row.pk}/") for one in (seat, *deciders)]
    return found


def asked(visit: Visit, story: Story) -> list[tuple[str, str, int, int]]:
    taken = []
    for seat, path in pages(story):
        visitor = visit(make.fresh(story.people[seat]))
        with CaptureQueriesContext(connection) as queries:
            status = visitor.get(path).status_code
        taken.append((seat, path.strip("0123456789"), status, len(queries)))
    return taken


@pytest.fixture
def stories(db: None) -> list[Story]:
    return [told(1), told(3)]


def test_no_page_about_a_text_takes_more_than_twelve_queries(
    visit: Visit, stories: list[Story]
) -> None:
    few, many = (asked(visit, story) for story in stories)

    assert [v.finding_answers.count() for v in map(returned, stories)] == [1, 3]
    assert [(*row[:1], *row[2:]) for row in few] == [
        (*row[:1], *row[2:]) for row in many
    ]
    assert [row for row in many if row[3] > MOST] == []
    assert {row[2] for row in many} == {200, 404}
    assert sum(row[2] == 200 for row in many) == len(many) - REFUSED


def returned(story: Story) -> Version:
    return story.returned


REFUSED = 1
"""Who has not yet accepted reads no text."""
