"""Who is told which name, in each blinding and from each seat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from articles.models import Authorship
from editorial import blinding, ledger, roles, workflow
from editorial.actions import authoring, desk
from editorial.blinding import Seat
from tests import make

if TYPE_CHECKING:
    from articles.models import Version
    from editorial.models import User

pytestmark = pytest.mark.django_db

AUTHOR, REVIEWER, OTHER, EDITOR = "the author", "the reviewer", "another", "the editor"
NAMES = (AUTHOR, REVIEWER, OTHER, EDITOR)


class Table:
    """Everybody around a version in review."""

    def __init__(self, mode: str) -> None:
        self.people = {
            AUTHOR: make.author(name="Ada Author"),
            REVIEWER: make.reviewer(name="Rita Reviewer"),
            OTHER: make.reviewer(name="Otto Other"),
            EDITOR: make.editor(name="Edna Editor"),
            "an auditor": make.user(roles.AUDITOR),
        }
        sent = make.blinded(make.submitted(by=self.people[AUTHOR]), mode)
        asked = [self.people[REVIEWER], self.people[OTHER]]
        self.version = make.send(sent, reviewers=asked, editor=self.people[EDITOR])

    def decided(self) -> None:
        reason = "Mend it."
        desk.return_for_changes(self.version.pk, by=self.people[EDITOR], reason=reason)

    def known_to(self, who: str) -> dict[str, bool]:
        """Of whom this person is told the name."""
        sight = blinding.sight(self.people[who], make.again(self.version))
        return {
            name: sight.name(self.people[name]) == self.people[name].printed_name
            for name in NAMES
            if name != who
        }


@pytest.mark.parametrize(
    ("mode", "author", "other", "author_knows"),
    [
        ("open", True, True, (False, True)),
        ("single", True, False, (False, False)),
        ("double", False, False, (False, False)),
    ],
)
def test_names_are_told_as_the_blinding_allows(
    mode: str,
    author: bool,  # noqa: FBT001  a table
    other: bool,  # noqa: FBT001
    author_knows: tuple[bool, bool],
) -> None:
    table = Table(mode)
    knows = {REVIEWER: {AUTHOR: author, OTHER: other, EDITOR: True}}
    before, after = author_knows

    assert table.known_to(REVIEWER) == knows[REVIEWER]
    assert table.known_to(AUTHOR) == {REVIEWER: before, OTHER: before, EDITOR: True}
    table.decided()
    assert table.known_to(REVIEWER) == knows[REVIEWER]
    assert table.known_to(AUTHOR) == {REVIEWER: after, OTHER: after, EDITOR: True}


@pytest.mark.parametrize("mode", ["open", "single", "double"])
@pytest.mark.parametrize("who", [EDITOR, "an auditor"])
def test_the_desk_knows_all(mode: str, who: str) -> None:
    assert set(Table(mode).known_to(who).values()) == {True}


def test_a_pseudonym_is_one_persons_for_everybody() -> None:
    table = Table("double")
    other = table.people[OTHER]
    letter = table.version.assignments.get(reviewer=other).pseudonym

    told = {
        blinding.sight(table.people[who], make.again(table.version)).name(other)
        for who in (AUTHOR, REVIEWER)
    }

    assert told == {f"Reviewer {letter}"}


def test_an_editor_who_reviews_is_as_blind_as_a_reviewer() -> None:
    both = make.reviewer()
    both.groups.add(*make.editor().groups.all())
    sent = make.blinded(make.submitted(), "double")
    version = make.send(sent, reviewers=[both])

    sight = blinding.sight(make.fresh(both), make.again(version))

    assert (sight.seat, sight.knows_authors) == (Seat.REVIEWER, False)
    assert blinding.hides_authors(both, make.article(version))


def test_somebody_who_is_invited_to_write_knows_who_writes() -> None:
    author, invited = make.author(), make.author()
    draft = make.draft(by=author)
    fields = {"invited_by": author, "joined_at": None, "position": 2}
    Authorship.objects.create(article=draft.article, user=invited, **fields)
    version = make.blinded(authoring.submit(draft.pk, by=author), "double")

    sight = blinding.sight(invited, make.again(version))

    assert sight.name(author) == author.printed_name


def submitted_meanwhile(mode: str) -> tuple[Version, User]:
    """What a reviewer of the first round finds an author has done since."""
    author, reviewer = make.author(), make.reviewer()
    reviewer.groups.add(*make.editor().groups.all())
    version = make.send(
        make.blinded(make.submitted(by=author), mode), reviewers=[reviewer]
    )
    desk.return_for_changes(version.pk, by=make.editor(), reason="Mend it.")
    return make.resubmitted(version, by=author), make.fresh(reviewer)


@pytest.mark.parametrize(("mode", "is_named"), [("single", True), ("double", False)])
def test_a_refusal_names_no_author_who_must_not_be_known(
    mode: str,
    is_named: bool,  # noqa: FBT001  a table
) -> None:
    version, by = submitted_meanwhile(mode)

    refusal = ledger.moved_on(workflow.SHOW_PREVIEW, version.article, by=by)

    assert (refusal.who == str(version.submitted_by)) == is_named
    assert (refusal.who == blinding.AN_AUTHOR) != is_named
