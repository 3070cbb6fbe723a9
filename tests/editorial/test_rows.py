"""What a row knows of whoever asked for it, and what it tells the rows beside it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Version
from editorial import desk_lists, impartiality, policies, queries, rows
from editorial.models import User
from reviews.models import Assignment, Declaration
from tests import make


@pytest.mark.parametrize("is_asked", [True, False])
def test_a_version_and_its_article_know_who_was_asked_to_review_it(
    db: None, *, is_asked: bool
) -> None:
    version = make.under_review()
    asked = version.assignments.select_related("reviewer").first()
    assert asked
    by = asked.reviewer if is_asked else make.editor()
    found = rows.thing(Version, version.pk, by=by)
    things = (found, rows.lend_up(found), rows.thing(Article, found.article_id, by=by))

    with CaptureQueriesContext(connection) as queries:
        known = [policies.was_asked(by, thing, found.article_id) for thing in things]

    assert (known, len(queries)) == ([is_asked] * 3, 0)
    assert rows.was_asked(by, found.article_id) == is_asked


@pytest.mark.parametrize("how", ["here", "left the house", "left the desk"])
def test_a_row_and_its_article_know_whether_their_editor_is_here(
    db: None, how: str
) -> None:
    in_charge, by = make.editor(), make.editor()
    version = make.under_review(editor=in_charge)
    asked = version.assignments.first()
    assert asked
    if how == "left the house":
        User.objects.filter(pk=in_charge.pk).update(is_active=False)
    elif how == "left the desk":
        in_charge.groups.clear()
    seen = queries.visible_versions(by).get(pk=version.pk)
    articles = [
        rows.thing(Article, version.article_id, by=by),
        rows.thing(Version, version.pk, by=by).article,
        rows.thing(Assignment, asked.pk, by=by).version.article,
        rows.lend_up(seen),
        rows.lend_up(desk_lists.versions([version.pk])[version.pk]),
    ]

    with CaptureQueriesContext(connection) as asking:
        known = [rows.editor_is_here(article) for article in articles]

    assert (known, len(asking)) == ([how == "here"] * 5, 0)
    assert rows.editor_is_here(make.article(version)) == (how == "here")


def test_whoever_was_put_in_charge_since_a_row_was_read_is_here(db: None) -> None:
    by, version = make.editor(), make.submitted()
    article = rows.thing(Article, version.article_id, by=by)
    assert not rows.editor_is_here(article)

    article.editor = by

    assert rows.editor_is_here(article)


@pytest.mark.parametrize("declared", [True, False])
def test_a_version_that_is_told_of_somebody_knows_what_they_declared(
    db: None, *, declared: bool
) -> None:
    asked = make.under_review().assignments.select_related("reviewer").first()
    assert asked
    by = asked.reviewer
    if not declared:
        by = make.user()
    assert Declaration.objects.filter(person=by).exists() == declared
    found = rows.thing(Assignment, asked.pk, by=by)

    rows.lend(found, found.version, was_asked=declared)

    objection = None if declared else impartiality.UNDECLARED
    assert impartiality.who_acts_has_declared(found.version) == objection
    told = rows.lend_up(found.version)
    assert impartiality.who_acts_has_declared(told) == objection
