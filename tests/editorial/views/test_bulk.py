"""One deed on several rows: tried, done, refused one by one, never done twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from editorial import roles
from editorial.actions import handling
from editorial.models import Event
from tests import make
from tests.editorial.views.visitors import found, notices, text

if TYPE_CHECKING:
    from articles.models import Version
    from reviews.models import Assignment
    from tests.editorial.views.conftest import Visit

pytestmark = pytest.mark.django_db

BULK = "/desk/bulk/"


def named(version: Version, assignment: Assignment | None = None) -> str:
    article = make.article(version)
    parts = [article.pk, article.revision]
    parts += [assignment.pk, assignment.revision] if assignment else [0, 0]
    return ".".join(str(part) for part in parts)


def listed(response: Any, section: str) -> list[str]:
    items = found(response, f'//section[@aria-labelledby="{section}"]//li')
    return [" ".join(item.text_content().split()) for item in items]


def test_a_dry_run_says_what_would_happen_and_does_nothing(visit: Visit) -> None:
    editor = make.editor()
    author = make.user(roles.AUTHOR, roles.EDITOR)
    free, own = make.submitted(), make.submitted(by=author)
    count = Event.objects.count()

    page = visit(editor).post(
        BULK, deed="assign", editor=author.pk, chosen=[named(free), named(own)]
    )

    assert listed(page, "good") == [free.question]
    refusal = f"{author} wrote this article and cannot handle it."
    assert listed(page, "refused") == [f"{own.question}: {refusal}"]
    assert Event.objects.count() == count


def test_what_can_be_done_is_done_and_the_rest_says_why(visit: Visit) -> None:
    editor, other = make.editor(), make.editor()
    free, stale = make.submitted(), make.submitted()
    chosen = [named(free), named(stale)]
    handling.change_editor(stale.article_id, by=editor, editor=editor.pk)

    page = visit(editor).post(
        BULK, deed="assign", editor=other.pk, chosen=chosen, confirmed="yes"
    )

    assert listed(page, "good") == [free.question]
    assert [line.partition(", by")[0] for line in listed(page, "refused")] == [
        f"{stale.question}: It moved on: Editor changed meanwhile"
    ]
    assert make.article(free).editor == other
    assert make.article(stale).editor == editor


def test_the_same_form_sent_twice_does_nothing_twice(visit: Visit) -> None:
    editor = make.editor()
    version = make.submitted()
    sent = {"deed": "assign", "editor": editor.pk, "confirmed": "yes"}
    sent |= {"chosen": named(version)}
    visitor = visit(editor)

    visitor.post(BULK, **sent)
    again = visitor.post(BULK, **sent)

    assert listed(again, "good") == []
    assert Event.objects.filter(kind="editor_changed").count() == 1


def test_reviewers_are_reminded_together_but_none_too_often(visit: Visit) -> None:
    editor = make.editor()
    version = make.under_review(editor=editor)
    first, second = version.assignments.select_related("reviewer").order_by("pk")
    handling.nudge(first.pk, by=editor)
    rows = version.assignments.order_by("pk")
    sent = {"deed": "remind", "chosen": [named(version, row) for row in rows]}
    visitor = visit(editor)

    tried = visitor.post(BULK, **sent)
    done = visitor.post(BULK, **sent, confirmed="yes")
    again = visitor.post(BULK, **sent, confirmed="yes")

    label = f"{second.reviewer.printed_name}: {version.question}"
    assert (listed(tried, "good"), listed(done, "good")) == ([label], [label])
    assert "Reminded on" in listed(tried, "refused")[0]
    assert listed(again, "good") == []
    assert Event.objects.filter(kind="reminded").count() == 2


def test_a_row_without_a_review_has_nobody_to_remind(visit: Visit) -> None:
    version = make.submitted()

    page = visit(make.editor()).post(BULK, deed="remind", chosen=named(version))

    wanted = f"{version.question}: No review is asked for in this row."
    assert listed(page, "refused") == [wanted]


@pytest.mark.parametrize("confirmed", [{}, {"confirmed": "yes"}])
def test_a_review_that_nobody_knows_is_refused_and_the_rest_is_done(
    visit: Visit, confirmed: dict[str, str]
) -> None:
    version = make.under_review(tier="C", editor=make.editor())
    asked = version.assignments.get()
    chosen = [f"{version.article_id}.0.999999.0", named(version, asked)]

    page = visit(make.editor()).post(BULK, deed="remind", chosen=chosen, **confirmed)

    assert page.status_code == 200
    assert [line.partition(":")[0] for line in listed(page, "good")] == [
        str(asked.reviewer)
    ]
    (refused,) = listed(page, "refused")
    assert refused == f"{version.question}: It is not on your desk."
    reminded = Event.objects.filter(kind=Event.Kind.REMINDED)
    assert reminded.count() == len(confirmed)


def test_rows_of_ones_own_text_are_not_named_to_their_author(visit: Visit) -> None:
    both = make.user(roles.AUTHOR, roles.EDITOR)
    version = make.under_review(by=both, tier="C")
    row = version.assignments.select_related("reviewer").get()

    page = visit(both).post(BULK, deed="remind", chosen=named(version, row))

    assert row.reviewer.name not in text(page)
    assert listed(page, "good") == []


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose at least one row, and what to do with it."),
        ({"deed": "assign"}, "Choose at least one row, and what to do with it."),
        ({"deed": "sell", "chosen": "1.1.0.0"}, "Choose at least one row"),
        ({"deed": "assign", "chosen": "1.1.0"}, "Choose at least one row"),
        (
            {"deed": "assign", "chosen": [f"{n}.0.0.0" for n in range(201)]},
            "At most 200 rows at once; choose fewer.",
        ),
    ],
)
def test_what_makes_no_sense_is_told(
    visit: Visit, sent: dict[str, Any], said: str
) -> None:
    visitor = visit(make.editor())

    assert visitor.post(BULK, **sent)["Location"] == "/desk/"
    assert notices(visitor.get("/desk/"))[0].startswith(said)


def test_only_the_desk_acts_and_only_it_and_auditors_know_the_address(
    visit: Visit,
) -> None:
    answers = {
        name: visit(make.user(name)).post(BULK, deed="assign").status_code
        for name in (roles.AUTHOR, roles.REVIEWER, roles.AUDITOR, roles.EDITOR)
    }

    assert answers == {"author": 404, "reviewer": 404, "auditor": 403, "editor": 302}
