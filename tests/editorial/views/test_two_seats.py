"""Somebody of the desk who is asked to review an article reads it as its reviewer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from editorial import roles
from editorial.actions import desk
from editorial.models import Event
from tests import make
from tests.editorial.views.visitors import text

if TYPE_CHECKING:
    from articles.models import Version
    from editorial.models import User
    from tests.editorial.views.conftest import Visit

ELSEWHERE = ("", "decide/", "changes/", "findings/", "references.ris")
WORDS = "Offer the treatment that the trial tested"


def seated_twice(group: str) -> User:
    """A member of the board who works in the house as well."""
    both = make.reviewer()
    both.groups.add(*make.user(group).groups.all())
    return make.fresh(both)


def second_round(both: User) -> tuple[Version, Version]:
    """They are asked about the second version alone; the first had a reviewer."""
    author, editor = make.author(), make.editor()
    first = make.under_review(
        by=author, tier="C", editor=editor, reviewers=[make.reviewer(name="Rita Zzyzx")]
    )
    make.report_all(first, remarks="Remarkable flummery.")
    desk.return_for_changes(first.pk, by=editor, reason="Mend it.")
    second = make.resubmitted(make.again(first), by=author)
    return first, make.send(second, tier="C", editor=editor, reviewers=[both])


@pytest.mark.parametrize("group", [roles.EDITOR, roles.CHIEF_EDITOR, roles.AUDITOR])
@pytest.mark.parametrize("has_accepted", [False, True])
def test_a_reviewer_reads_no_earlier_round_from_the_desk(
    has_accepted: bool,  # noqa: FBT001  a table
    group: str,
    visit: Visit,
) -> None:
    both = seated_twice(group)
    first, second = second_round(both)
    if has_accepted:
        make.accepted(second.assignments.get())

    pages = [visit(both).get(f"/desk/versions/{first.pk}/{end}") for end in ELSEWHERE]
    changes = visit(both).get(f"/desk/versions/{second.pk}/changes/")

    assert {page.status_code for page in pages} == {404}
    assert "flummery" not in changes.content.decode()
    assert "Zzyzx" not in changes.content.decode()


@pytest.mark.parametrize("group", [roles.EDITOR, roles.CHIEF_EDITOR, roles.AUDITOR])
def test_who_is_only_invited_reads_no_text(group: str, visit: Visit) -> None:
    both = seated_twice(group)
    both.is_superuser = True
    both.save()
    version = make.under_review(tier="C", reviewers=[both])
    asked = version.assignments.get()

    codes = {
        tuple(
            visit(who).get(f"/desk/versions/{version.pk}/{end}").status_code
            for end in ELSEWHERE
        )
        for who in (both, make.user(group))
    }

    assert codes == {(404,) * len(ELSEWHERE), (200,) * len(ELSEWHERE)}
    assert WORDS not in text(visit(both).get(f"/desk/assignments/{asked.pk}/"))
    make.accepted(asked)
    assert WORDS in text(visit(both).get(f"/desk/assignments/{asked.pk}/"))
    assert WORDS in text(visit(both).get(f"/desk/versions/{version.pk}/"))


def test_who_reviewed_one_version_decides_no_other(visit: Visit) -> None:
    chief = seated_twice(roles.CHIEF_EDITOR)
    author, editor = make.author(), make.editor()
    first = make.under_review(by=author, tier="C", editor=editor, reviewers=[chief])
    make.report_all(first)
    desk.return_for_changes(first.pk, by=editor, reason="Mend it.")
    second = make.resubmitted(make.again(first), by=author)
    make.send(second, tier="C", editor=editor)
    make.report_all(second)
    count = Event.objects.count()

    answer = visit(chief).post(
        f"/desk/versions/{second.pk}/return_for_changes/", reason="So", seen=0
    )

    assert answer.status_code == 404
    assert Event.objects.count() == count


@pytest.mark.parametrize("group", [roles.EDITOR, roles.CHIEF_EDITOR])
def test_their_own_assignment_is_the_only_one_they_see(
    group: str, visit: Visit
) -> None:
    both = seated_twice(group)
    first, second = second_round(both)
    others, own = first.assignments.get(), second.assignments.get()

    codes = [
        visit(both).get(f"/desk/assignments/{pk}/").status_code
        for pk in (others.pk, own.pk)
    ]

    assert codes == [404, 200]
