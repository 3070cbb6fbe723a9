"""Works that an import or a look-up brought into the library."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from articles.models import Work
from editorial import roles
from editorial.actions import library
from editorial.errors import Refused
from tests import make, traces


def test_a_work_is_taken_in_once_with_where_it_came_from(db: None) -> None:
    by, reference = make.author(), make.Reference("trial", make.item())

    [work] = library.take_in(by=by, references=[reference], source="From PubMed")
    [again] = library.take_in(by=by, references=[reference], source="From a file")

    assert again == work
    [kept] = Work.history.filter(id=work.pk)
    assert (kept.history_change_reason, kept.history_user_id) == ("From PubMed", by.pk)


@pytest.mark.parametrize("role", [roles.REVIEWER, roles.ADMINISTRATOR, roles.AUDITOR])
def test_authors_and_the_desk_take_works_in(role: str, db: None) -> None:
    reference = make.Reference("trial", make.item())

    with traces.nothing_left(PermissionDenied):
        library.take_in(by=make.user(role), references=[reference], source="A file")
    assert library.take_in(by=make.editor(), references=[reference], source="A file")


def test_one_that_cannot_be_read_takes_the_others_with_it(db: None) -> None:
    references = [make.Reference("good", make.item()), make.Reference("bad", {})]

    with traces.nothing_left(Refused, "Reference “bad”"):
        library.take_in(by=make.author(), references=references, source="A file")
