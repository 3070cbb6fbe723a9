"""The arrows of versions and articles, and what their rows hold true."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from articles.models import Article, Authorship, Citation, Rendition, Topic, Version
from articles.states import Standing, VersionState
from tests import make

HASH = "a" * 64

VERSION_ARROWS: dict[str, dict[str, str]] = {
    "submit": {"draft": "submitted"},
    "recall": {"submitted": "draft"},
    "send_to_review": {"submitted": "under_review"},
    "return_for_changes": {"submitted": "returned", "under_review": "returned"},
    "reject": {"submitted": "rejected", "under_review": "rejected"},
    "approve": {"under_review": "approved"},
    "supersede": {"approved": "superseded"},
    "withdraw": {
        "draft": "withdrawn",
        "submitted": "withdrawn",
        "under_review": "withdrawn",
    },
}
VERSION_FACTS: dict[str, dict[str, Any]] = {
    "submit": {"form": "form/1", "sha256": HASH, "byline": []},
    "return_for_changes": {"reason": "The dose is wrong."},
    "reject": {"reason": "It cannot be mended."},
    "approve": {
        "publish_at": dt.datetime(2026, 11, 1, tzinfo=dt.UTC),
        "review_due_on": dt.date(2027, 11, 1),
    },
}
ARTICLE_ARROWS: dict[str, dict[str, str]] = {
    "show_preview": {"unpublished": "preview"},
    "end_preview": {"preview": "unpublished"},
    "publish": {
        "unpublished": "published",
        "preview": "published",
        "published": "published",
        "archived": "published",
    },
    "express_concern": {"published": "concern"},
    "lift_concern": {"concern": "published"},
    "hold": {"published": "held", "concern": "held"},
    "release": {"held": "published"},
    "release_to_concern": {"held": "concern"},
    "retract": dict.fromkeys(["published", "concern", "held", "archived"], "retracted"),
    "reinstate": {"retracted": "published"},
    "remove": dict.fromkeys(
        ["published", "concern", "held", "retracted", "archived"], "removed"
    ),
    "archive": {"published": "archived"},
}


def transitions(model: Any, field: str) -> set[str]:
    found = model._meta.get_field(field).get_all_transitions(model)
    return {move.name for move in found}


def moved(row: Any, name: str, facts: dict[str, Any]) -> str | None:
    """Where the transition took the row, or None if it was not allowed."""
    try:
        getattr(row, name)(**facts)
    except TransitionNotAllowed:
        return None
    return str(getattr(row, row.state_field))


def test_the_table_of_arrows_has_every_transition() -> None:
    assert transitions(Version, "state") == VERSION_ARROWS.keys()
    assert transitions(Article, "standing") == ARTICLE_ARROWS.keys()


@pytest.mark.parametrize("source", VersionState)
@pytest.mark.parametrize("name", VERSION_ARROWS)
def test_a_version_moves_only_along_the_drawn_arrows(
    name: str, source: VersionState
) -> None:
    version = Version(state=source, sha256="" if name == "submit" else HASH)

    target = moved(version, name, VERSION_FACTS.get(name, {}))

    assert target == VERSION_ARROWS[name].get(source)
    assert version.state == (target or source)


@pytest.mark.parametrize("source", Standing)
@pytest.mark.parametrize("name", ARTICLE_ARROWS)
def test_an_article_moves_only_along_the_drawn_arrows(
    name: str, source: Standing
) -> None:
    article = Article(standing=source)

    target = moved(article, name, {})

    assert target == ARTICLE_ARROWS[name].get(source)
    assert article.standing == (target or source)


@pytest.mark.parametrize(
    ("name", "source", "sha256"),
    [
        ("submit", "draft", HASH),
        ("send_to_review", "submitted", ""),
        ("approve", "under_review", ""),
    ],
)
def test_a_move_needs_the_hash_to_be_there_or_not(
    name: str, source: str, sha256: str
) -> None:
    version = Version(state=source, sha256=sha256)

    assert moved(version, name, VERSION_FACTS.get(name, {})) is None


def test_each_move_notes_its_own_facts() -> None:
    version = Version()
    before = timezone.now()

    version.submit(form="form/1", sha256=HASH, byline=[{"name": "A"}])
    assert (version.canonical_form, version.sha256) == ("form/1", HASH)
    assert version.byline == [{"name": "A"}]
    assert version.submitted_at
    assert version.submitted_at >= before

    version.send_to_review()
    assert version.review_started_at
    assert version.review_started_at >= version.submitted_at

    version.return_for_changes(reason="The dose is wrong.")
    assert version.decision_reason == "The dose is wrong."
    assert version.decided_at
    assert version.decided_at >= version.review_started_at


def test_a_recall_leaves_nothing_of_the_submission() -> None:
    version = Version()
    version.submit(form="form/1", sha256=HASH, byline=[{"name": "A"}])
    version.submitted_by_id = 1

    version.recall()

    assert (version.canonical_form, version.sha256, version.byline) == ("", "", [])
    assert (version.submitted_at, version.submitted_by_id) == (None, None)


def test_an_approval_notes_when_it_is_published() -> None:
    version = Version(state=VersionState.UNDER_REVIEW, sha256=HASH)
    at = dt.datetime(2026, 12, 1, 8, tzinfo=dt.UTC)

    version.approve(publish_at=at, review_due_on=at.date())

    assert (version.publish_at, version.decision_reason) == (at, "")
    assert version.decided_at is not None


def article() -> Article:
    return Article.objects.create(slug=f"article-{Article.objects.count()}")


def broken(**fields: Any) -> str:
    """The refusal of a version row by its name."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Version.objects.create(**{"question": "Why?", "number": 1} | fields)
    return str(caught.value)


def test_versions_of_an_article_are_numbered(db: None) -> None:
    found = article()
    Version.objects.create(article=found, number=1, question="Why?")

    said = {"sqlite": "articles_version keeps its rows", "postgresql": "_are_numbered"}
    assert said[connection.vendor] in broken(article=found, number=1)


def test_a_state_nobody_knows_is_refused(db: None) -> None:
    assert broken(article=article(), state="blessed")


def test_a_question_longer_than_its_column_is_refused_on_both_databases(
    db: None,
) -> None:
    with pytest.raises(Exception, match=r"bounded|too long"), transaction.atomic():
        Version.objects.create(article=article(), number=1, question="?" * 301)


def test_one_author_is_listed_once(db: None) -> None:
    found, person = article(), make.author()
    Authorship.objects.create(article=found, user=person)

    with pytest.raises(IntegrityError), transaction.atomic():
        Authorship.objects.create(article=found, user=person)


def test_one_rendition_for_each_audience(db: None) -> None:
    version = make.draft()

    with pytest.raises(IntegrityError), transaction.atomic():
        Rendition.objects.create(version=version, audience="clinician", body="<p>x</p>")


def test_a_key_names_one_work_of_a_version(db: None) -> None:
    version = make.draft()
    citation = version.citations.get(key="trial")

    with pytest.raises(IntegrityError), transaction.atomic():
        Citation.objects.create(
            version=version, work=citation.work, key="trial", position=3
        )


def test_one_external_id_for_one_article(db: None) -> None:
    Article.objects.create(slug="one", external_id="x:1")
    Article.objects.create(slug="two", external_id=None)
    Article.objects.create(slug="three", external_id=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.create(slug="four", external_id="x:1")


def test_rows_say_what_they_are(db: None) -> None:
    version = make.draft(question="Does aspirin help?")
    article = version.article
    citation = version.citations.get(key="trial")

    assert str(version) == "Does aspirin help? (version 1)"
    assert str(article) == "does-aspirin-help"
    assert str(article.authorships.get()) == f"{article.pk}.1"
    assert str(citation) == f"{version.pk}:trial"
    assert str(citation.work) == citation.work.csl["title"]
    assert str(version.renditions.get()) == f"{version.pk} for clinician"
    assert str(Topic(name="Cardiology")) == "Cardiology"


def test_rows_have_addresses(db: None) -> None:
    version = make.draft(question="Does aspirin help?")

    assert version.get_absolute_url() == f"/desk/versions/{version.pk}/"
    assert version.article.get_absolute_url() == "/articles/does-aspirin-help/"
    assert Topic(slug="cardiology").get_absolute_url() == "/topics/cardiology/"
