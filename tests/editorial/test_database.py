"""
What the database itself refuses: each illegal write, by every road.

A write that is refused is then done with the guards dropped, so that no test passes
because the write could not have happened anyway.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.db.models.signals import post_migrate, pre_migrate  # noqa: TID251
from django.utils import timezone

from articles.models import (
    Article,
    Authorship,
    Citation,
    FindingAnswer,
    RegulatoryFact,
    Rendition,
    Version,
)
from articles.states import Standing, VersionState
from editorial import checkpoints, database
from editorial.actions import authoring, desk
from editorial.models import (
    Chain,
    Checkpoint,
    Event,
    Policy,
    Publication,
)
from reviews.models import Assignment, Comment, Disclosure, Report, Signature
from tests import make, tampering, traces

Write = Callable[[], object]
Named = dict[str, Write]


class House:
    """An article with a public version and the next one reviewed, and a draft."""

    def __init__(self) -> None:
        self.author = make.author()
        self.first = make.published(by=self.author)
        draft = authoring.revise(self.first.pk, by=self.author)
        authoring.edit(draft.pk, by=self.author, text=make.text(), seen=None)
        self.second = make.send(authoring.submit(draft.pk, by=self.author))
        make.report_all(self.second)
        self.second = make.again(self.second)
        self.first = make.again(self.first)
        self.draft = make.again(make.draft())
        self.chief = make.chief()
        checkpoints.take()

    def signature(self, **fields: Any) -> Signature:
        given: dict[str, Any] = {
            "version": self.second,
            "signer": self.chief,
            "printed_name": "A",
            "role": "chief editor",
            "meaning": "approval",
            "statement": "Yes",
            "sha256": self.second.sha256,
            "signed_at": timezone.now(),
            "public_key": "a" * 64,
            "value": "b" * 128,
        }
        return Signature(**given | fields)

    def assignment(self, **fields: Any) -> Assignment:
        given: dict[str, Any] = {
            "version": self.second,
            "reviewer": make.reviewer(),
            "invited_by": self.chief,
            "respond_by": timezone.now(),
        }
        return Assignment(**given | fields)

    def publication(self, **fields: Any) -> Publication:
        given: dict[str, Any] = {
            "article": self.first.article,
            "version": self.first,
            "approval": Signature.objects.get(version=self.first, meaning="approval"),
            "sha256": self.first.sha256,
        }
        return Publication(**given | fields)


@pytest.fixture
def house(db: None, settings: Any, tmp_path: Any) -> House:
    settings.CHECKPOINT_FILE = tmp_path / "checkpoints"
    return House()


def happens(write: Write) -> bool:
    """Whether the database lets the write happen; it is undone at once."""
    try:
        with traces.undone(), transaction.atomic():
            write()
    except IntegrityError:
        return False
    return True


def accepted(writes: Mapping[str, Write]) -> list[str]:
    """The writes that happen."""
    return [name for name, write in writes.items() if happens(write)]


def dropped(writes: Mapping[str, Write]) -> list[str]:
    """The writes that happen when the guards are down."""
    with traces.undone():
        database.drop(connection)
        return accepted(writes)


def updates(row: Model, column: str, value: Any = None) -> Named:
    """Every road to another value of a column."""
    given = tampering.flipped(row, column) if value is None else value
    return {
        f"{row._meta.label} {column}={given!r} {road.__name__}": partial(
            road, row, column, given
        )
        for road in tampering.UPDATES
    }


def inserts(row: Callable[[], Model], name: str) -> Named:
    return {
        f"{name} {road.__name__}": lambda road=road: road(row())  # type: ignore[misc]
        for road in tampering.INSERTS
    }


def deletes(row: Model) -> Named:
    return {
        f"{row._meta.label} {row.pk} {road.__name__}": partial(road, row)
        for road in tampering.DELETES
    }


TEXT = tampering.columns(
    Version,
    but=(
        *("state", "revision", "review_started_at", "decided_at"),
        *("decision_reason", "publish_at", "review_due_on"),
    ),
)


@pytest.mark.parametrize("name", ["first", "second"])
def test_no_column_of_a_submitted_text_changes(name: str, house: House) -> None:
    version = getattr(house, name)
    writes = {k: w for c in TEXT for k, w in updates(version, c).items()}

    assert accepted(writes) == []
    assert len(writes) == 4 * len(TEXT) == 4 * 19
    unique = (" article_id", " number")
    others = {n: w for n, w in writes.items() if not any(u in n for u in unique)}
    assert dropped(others) == list(others)


def test_the_same_columns_of_a_draft_change(house: House) -> None:
    names = [c for c in TEXT if c != "article_id"]  # another article has its own 1
    writes = {k: w for c in names for k, w in updates(house.draft, c).items()}

    assert accepted(writes) == list(writes)


ARROWS: set[tuple[str, str]] = {
    ("draft", "submitted"),
    ("draft", "withdrawn"),
    ("submitted", "draft"),
    ("submitted", "under_review"),
    ("submitted", "returned"),
    ("submitted", "rejected"),
    ("submitted", "withdrawn"),
    ("under_review", "approved"),
    ("under_review", "returned"),
    ("under_review", "rejected"),
    ("under_review", "withdrawn"),
    ("approved", "superseded"),
}


def test_the_database_draws_the_arrows_of_the_model() -> None:
    field: Any = Version._meta.get_field("state")
    moves = {(m.source, m.target) for m in field.get_all_transitions(Version)}
    drawn = {(str(s), str(t)) for s, ts in database.ARROWS.items() for t in ts}

    assert drawn == ARROWS == {(str(s), str(t)) for s, t in moves}


@pytest.mark.parametrize("source", VersionState.values)
def test_a_state_moves_only_along_the_arrows(source: str, db: None) -> None:
    version = make.again(make.approved(tier="C"))
    Signature.objects.get(version=version, meaning="approval")
    put(version, source)
    version = make.again(version)
    targets = [t for t in VersionState.values if t != source]
    writes = {t: partial(tampering.by_sql, version, "state", t) for t in targets}

    assert accepted(writes) == [t for t in targets if (source, t) in ARROWS]
    assert dropped(writes) == targets


def put(version: Version, state: str) -> None:
    """Put a version where the test wants it, with the guards aside."""
    database.drop(connection)
    Version.objects.filter(pk=version.pk).update(state=state)
    database.install(connection)


def test_no_state_moves_off_the_arrows_by_any_road(house: House) -> None:
    writes = updates(house.second, "state", "draft") | updates(
        house.first, "state", "returned"
    )

    assert accepted(writes) == []
    assert len(writes) == 8
    assert dropped(writes) == list(writes)


def test_nothing_is_approved_without_a_signature_under_its_hash(house: House) -> None:
    Publication.objects.filter(ended_at=None)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_version SET state = 'superseded' WHERE id = %s",
            [house.first.pk],
        )
    writes = updates(house.second, "state", "approved")

    assert accepted(writes) == []
    house.signature().save()
    assert accepted(writes) == list(writes)


def test_parts_of_a_submitted_text_are_neither_added_changed_nor_taken_away(
    house: House,
) -> None:
    rendition = house.second.renditions.get()
    citation = house.second.citations.order_by("pk")[0]
    for own in house.draft.citations.all():
        own.key = f"own-{own.key}"
        own.save()
    free = house.draft.citations.order_by("pk")[0]
    work = citation.work
    writes = {
        **deletes(rendition),
        **deletes(citation),
        **updates(free, "version_id", house.second.pk),
        **updates(citation, "version_id", house.draft.pk),
        **inserts(
            lambda: Rendition(version=house.second, audience="patient", body="<p>x"),
            "rendition",
        ),
        **inserts(
            lambda: Citation(version=house.second, work=work, key="x", position=9),
            "citation",
        ),
    }
    for row in (rendition, citation):
        for column in tampering.columns(type(row), but=("version_id",)):
            writes |= updates(row, column)

    assert accepted(writes) == []
    assert len(writes) == 48
    assert dropped(writes) == list(writes)


GROWING: list[type[Model]] = [Event, Checkpoint, Signature, Report, Disclosure, Policy]


def test_what_only_grows_is_neither_changed_nor_deleted(house: House) -> None:
    writes: Named = {}
    for model in GROWING:
        row = traces.rows(model).order_by("pk")[0]
        writes |= deletes(row)
        for column in tampering.columns(model):
            writes |= updates(row, column)

    assert accepted(writes) == []
    assert len(writes) == 4 * sum(len(tampering.columns(m)) for m in GROWING) + 18
    assert len(dropped(writes)) > len(writes) * 0.8  # the rest breaks a constraint


def histories() -> list[type[Model]]:
    return [m for m in apps.get_models() if m.__name__.startswith("Historical")]


def test_no_history_is_rewritten(house: House) -> None:
    writes: Named = {}
    for model in histories():
        row = traces.rows(model).order_by("pk").first() or imagined(model)
        writes |= updates(row, "history_change_reason", "Another")
        writes |= updates(row, "history_user_id", house.chief.pk)
        writes |= deletes(row)

    assert accepted(writes) == []
    assert len(writes) == 11 * len(histories())
    assert dropped(writes) == list(writes)


def imagined(model: type[Model]) -> Model:
    """A row as the history would leave it, where no deed has yet."""
    values = {f.attname: tampering.flipped(model(), f.attname) for f in plain(model)}
    row = model(**values)
    row.save()
    return row


def plain(model: type[Model]) -> list[Any]:
    return [f for f in model._meta.concrete_fields if not f.null and not f.primary_key]


def test_nothing_kept_is_deleted(house: House) -> None:
    kept: list[Model] = [
        house.first,
        house.draft,
        house.first.article,
        Publication.objects.get(),
        Chain.objects.get(article=house.first.article),
        Assignment.objects.order_by("pk")[0],
    ]
    writes = {k: w for row in kept for k, w in deletes(row).items()}

    assert accepted(writes) == []
    assert len(writes) == 18


def test_rows_are_born_where_every_life_begins(house: House) -> None:
    writes: Named = {}
    for state in VersionState.values:
        if state != VersionState.DRAFT:
            writes |= inserts(
                lambda state=state: Version(  # type: ignore[misc]
                    article=Article.objects.create(slug="x"),
                    number=9,
                    question="Why?",
                    state=state,
                    sha256="a" * 64,
                ),
                state,
            )
    for standing in Standing.values:
        if standing != Standing.UNPUBLISHED:
            writes |= inserts(
                lambda standing=standing: Article(  # type: ignore[misc]
                    slug="x", standing=standing
                ),
                standing,
            )

    assert accepted(writes) == []
    assert len(writes) == 42
    assert dropped(writes) == list(writes)


def test_duties_stay_separate(house: House) -> None:
    reviewer = house.second.assignments.order_by("pk")[0].reviewer
    writes = {
        **inserts(lambda: house.assignment(reviewer=house.author), "author reviews"),
        **inserts(
            lambda: house.assignment(reviewer=house.second.article.editor),
            "the editor in charge reviews",
        ),
        **inserts(lambda: house.assignment(reviewer=house.chief), "the asker reviews"),
        **inserts(lambda: house.signature(signer=house.author), "author approves"),
        **inserts(
            lambda: house.signature(signer=house.author, meaning="review"),
            "author signs a review",
        ),
        **inserts(lambda: house.signature(signer=reviewer), "reviewer approves"),
        **inserts(lambda: house.signature(sha256="c" * 64), "another hash"),
        **inserts(
            lambda: house.signature(sha256=house.first.sha256), "an earlier hash"
        ),
        **inserts(
            lambda: house.signature(
                version=house.first, sha256=house.first.sha256, meaning="review"
            ),
            "after the decision",
        ),
        **inserts(
            lambda: house.signature(version=house.draft, sha256=house.draft.sha256),
            "a draft",
        ),
    }

    assert accepted(writes) == []
    assert len(writes) == 30
    assert len(dropped(writes)) >= 24
    assert happens(lambda: house.signature().save())


def test_an_assignment_keeps_its_version_and_its_reviewer(house: House) -> None:
    asked = house.second.assignments.order_by("pk")[0]
    writes = updates(asked, "reviewer_id", house.author.pk) | updates(
        asked, "version_id", house.draft.pk
    )

    assert accepted(writes) == []
    assert len(writes) == 8
    assert dropped(writes) == list(writes)


def test_only_the_newest_version_is_published_on_a_live_approval(house: House) -> None:
    approval = Signature.objects.get(version=house.first, meaning="approval")
    review = Signature.objects.filter(version=house.second).order_by("pk")[0]
    own = house.signature()
    other = make.approved()
    live = Signature.objects.get(version=other, meaning="approval")
    own.save()
    end_current(house)
    writes = {
        **inserts(house.publication, "superseded by a newer version"),
        **inserts(
            lambda: house.publication(
                version=house.second, approval=own, sha256=house.second.sha256
            ),
            "not approved",
        ),
        **inserts(
            lambda: house.publication(
                version=house.second, approval=review, sha256=house.second.sha256
            ),
            "on a review",
        ),
        **inserts(
            lambda: house.publication(version=house.second, approval=approval),
            "on another's approval",
        ),
        **inserts(
            lambda: house.publication(
                version=other, approval=live, sha256=other.sha256
            ),
            "under another article",
        ),
        **inserts(
            lambda: house.publication(
                article=other.article, version=other, approval=live, sha256="d" * 64
            ),
            "another hash",
        ),
    }
    good = Publication(
        article=other.article, version=other, approval=live, sha256=other.sha256
    )

    assert accepted(writes) == []
    assert len(writes) == 18
    assert happens(good.save)


def end_current(house: House) -> None:
    Publication.objects.filter(article=house.first.article).update(
        ended_at=timezone.now()
    )


def test_an_article_has_one_current_publication(house: House) -> None:
    database.drop(connection)
    Version.objects.filter(pk=house.second.pk).update(number=77)
    writes = inserts(
        lambda: house.publication(
            version=house.second, approval=Signature.objects.order_by("pk")[0]
        ),
        "second",
    )

    assert accepted(writes) == []


def test_the_author_does_not_publish_on_their_own_approval(db: None) -> None:
    version = make.approved()
    approval = Signature.objects.get(version=version, meaning="approval")
    with tampering.unguarded():
        make.article(version).authorships.create(user=approval.signer, position=2)
    row = Publication(
        article=version.article,
        version=version,
        approval=approval,
        sha256=version.sha256,
    )

    assert not happens(row.save)


def test_a_publication_can_only_end(house: House) -> None:
    row = Publication.objects.get()
    fixed = tampering.columns(Publication, but=("ended_at",))
    values = {"article_id": house.draft.article_id, "version_id": house.second.pk}
    writes = {k: w for c in fixed for k, w in updates(row, c, values.get(c)).items()}

    assert accepted(writes) == []
    assert len(writes) == 20
    assert happens(partial(tampering.by_sql, row, "ended_at", timezone.now()))
    end_current(house)
    again = updates(Publication.objects.get(), "ended_at")
    assert accepted(again) == []


def test_an_article_counts_as_published_only_by_a_publication(house: House) -> None:
    writes = updates(house.draft.article, "standing", "published")

    assert accepted(writes) == []
    assert dropped(writes) == list(writes)


def test_an_article_has_one_open_review_and_one_approved_version(house: House) -> None:
    database.drop(connection)
    third = Version.objects.create(
        article=house.first.article,
        number=3,
        question="Why?",
        sha256="a" * 64,
        state="rejected",
    )
    submitted = updates(third, "state", "submitted")
    approved = updates(third, "state", "approved")

    assert accepted(submitted | approved) == []
    assert len(submitted | approved) == 8


def test_a_chain_only_grows(house: House) -> None:
    chain = Chain.objects.get(article=house.first.article)
    writes = {
        **updates(chain, "head_seq", chain.head_seq - 1),
        **updates(chain, "name", "article:999"),
        **updates(chain, "article_id", house.draft.article_id),
    }

    assert accepted(writes) == []
    assert len(writes) == 12
    assert happens(partial(tampering.by_sql, chain, "head_seq", chain.head_seq + 1))


def test_the_authors_of_a_text_with_the_desk_stand_fast(house: House) -> None:
    row = Authorship.objects.get(article=house.first.article)
    row.position = 7
    other = make.author()
    writes = {
        **updates(row, "position", 2),
        **updates(row, "contributions", ["software"]),
        **deletes(row),
        **inserts(
            lambda: Authorship(article=house.first.article, user=other), "late author"
        ),
    }

    assert accepted(writes) == []
    assert len(writes) == 14
    assert dropped(writes) == list(writes)


def test_an_author_of_a_draft_stays_who_they_are_and_stays(house: House) -> None:
    row = Authorship.objects.get(article=house.draft.article)
    writes = {
        **updates(row, "article_id", make.draft().article_id),
        **updates(row, "user_id", make.author().pk),
        **{
            f"unjoined {road.__name__}": partial(road, row, "joined_at", None)
            for road in tampering.UPDATES
        },
        **deletes(row),
    }

    assert accepted(writes) == []
    assert len(writes) == 15
    assert dropped(writes) == list(writes)


def test_nobody_who_judged_an_article_becomes_its_author(house: House) -> None:
    version = make.under_review(tier="B")
    asked, signed = version.assignments.select_related("reviewer").order_by("pk")
    make.reported(signed)
    desk.return_for_changes(version.pk, by=make.editor(), reason="Mend it")
    people = {"was asked": asked.reviewer, "signed": signed.reviewer}
    writes: Named = {}
    for name, person in people.items():
        for joined in (None, timezone.now()):
            writes |= inserts(
                lambda person=person, joined=joined: Authorship(  # type: ignore[misc]
                    article=version.article, user=person, joined_at=joined
                ),
                f"{name} {joined is None}",
            )

    assert accepted(writes) == []
    assert len(writes) == 12
    assert dropped(writes) == list(writes)
    assert happens(
        Authorship(article=version.article, user=make.author(), joined_at=None).save
    )


def test_what_was_answered_stays_as_the_desk_saw_it(house: House) -> None:
    comment = Comment(
        version=house.draft, author=house.chief, kind="request", text="Mend it"
    )
    comment.save()
    words = {"answer_text": "Mended", "answered_at": timezone.now(), "answer": "done"}
    writes = {k: w for c, v in words.items() for k, w in updates(comment, c, v).items()}
    assert accepted(writes) == list(writes)

    make.answered(house.draft, by=house.draft.article.authorships.get().user)
    authoring.submit(house.draft.pk, by=house.draft.article.authorships.get().user)
    other = {"answer_text": "No", "answered_at": timezone.now(), "answer": "not_done"}
    late = {k: w for c, v in other.items() for k, w in updates(comment, c, v).items()}

    assert accepted(late) == []
    assert len(late) == 12
    assert len(dropped(late)) == 8  # a thing not done has a reason, whatever the guards


def test_the_reasons_for_findings_are_frozen_with_their_text(house: House) -> None:
    by = house.draft.article.authorships.get().user
    answer = FindingAnswer(
        version=house.draft, finding="a" * 16, code="X", reason="So", answered_by=by
    )
    answer.save()
    free = {**updates(answer, "reason", "Because"), **deletes(answer)}
    assert accepted(free) == list(free)

    authoring.submit(house.draft.pk, by=by)
    writes = {
        **updates(answer, "reason", "Because"),
        **updates(answer, "version_id", make.draft().pk),
        **deletes(answer),
        **inserts(
            lambda: FindingAnswer(
                version=house.draft, finding="b", code="X", reason="", answered_by=by
            ),
            "late reason",
        ),
    }

    assert accepted(writes) == []
    assert len(writes) == 14
    assert dropped(writes) == list(writes)


def test_a_regulatory_fact_is_changed_and_never_lost(house: House) -> None:
    row = RegulatoryFact.objects.order_by("pk")[0]

    assert accepted(deletes(row)) == []
    assert dropped(deletes(row)) == list(deletes(row))
    assert accepted(updates(row, "statement", "Another")) != []


def test_an_invitation_to_write_is_arranged_accepted_or_gone(house: House) -> None:
    row = Authorship(article=house.draft.article, user=make.author(), joined_at=None)
    row.save()
    writes = {
        **updates(row, "position", 2),
        **updates(row, "contributions", ["software"]),
        **updates(row, "joined_at", timezone.now()),
        **deletes(row),
    }

    assert accepted(writes) == list(writes)


KEPT: list[type[Model]] = [
    *GROWING,
    Version,
    Article,
    Rendition,
    Citation,
    FindingAnswer,
    Publication,
    Chain,
    Assignment,
    Authorship,
    Comment,
    RegulatoryFact,
]


@pytest.mark.only("postgresql")
def test_no_table_is_emptied_at_one_stroke(house: House) -> None:
    tables = [model._meta.db_table for model in [*KEPT, *histories()]]
    writes = {table: partial(truncate, table) for table in tables}

    assert accepted(writes) == []
    assert dropped(writes) == tables


def truncate(table: str) -> None:
    connection.check_constraints()  # what is pending would be in the way
    with connection.cursor() as cursor:
        cursor.execute(f'TRUNCATE "{table}" CASCADE')


@pytest.mark.only("sqlite")
def test_no_row_is_replaced(house: House) -> None:
    rows: dict[type[Model], Any] = {
        model: traces.rows(model).order_by("pk")[0]
        for model in [*KEPT, *histories()]
        if traces.rows(model).exists()
    }
    for model, name in ((Rendition, "renditions"), (Citation, "citations")):
        rows[model] = getattr(house.second, name).order_by("pk")[0]
        rows[model].version = house.draft
    rows[Version] = house.second
    rows[Version].__dict__["state"] = "draft"
    rows[Article].__dict__["standing"] = "unpublished"
    writes = {m.__name__: partial(tampering.replaced, r) for m, r in rows.items()}

    assert accepted(writes) == []
    assert len(writes) > 17
    assert dropped(writes) == list(writes)


@pytest.mark.only("sqlite")
def test_no_row_is_replaced_by_another_of_the_same_name(house: House) -> None:
    event = Event.objects.order_by("pk")[0]
    event.pk = None
    signature = Signature.objects.filter(version=house.second).order_by("pk")[0]
    signature.pk = None
    signature.value = "c" * 128
    version = make.again(house.second)
    version.pk = None
    version.__dict__["state"] = "draft"
    rows = {"event": event, "signature": signature, "version": version}
    writes = {name: partial(tampering.replaced, row) for name, row in rows.items()}

    assert accepted(writes) == []


def test_every_guard_stands(db: None) -> None:
    assert database.missing(connection) == []
    assert database.check(databases=["default"]) == []
    database.require()


def test_a_missing_guard_is_named_and_nothing_starts(db: None) -> None:
    wanted = sorted(wanted_names())
    database.drop(connection)

    complaints = database.check(databases=["default"])

    assert database.missing(connection) == wanted
    assert [c.msg for c in complaints] == [
        f"The database lacks the guard {name}." for name in wanted
    ]
    with pytest.raises(RuntimeError, match=f"lacks {len(wanted)} guards"):
        database.require()


def wanted_names() -> list[str]:
    vendor = connection.vendor
    return [
        database.PREFIX + guard.name
        for guard in database.guards()
        if guard.only in ("", vendor)
    ]


@pytest.mark.parametrize("index", [0, 17, -1])
def test_one_missing_guard_is_enough(index: int, db: None) -> None:
    guard = [g for g in database.guards() if g.only in ("", connection.vendor)][index]
    name = database.PREFIX + guard.name
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f'DROP TRIGGER "{name}" ON "{guard.table}"')
        else:
            cursor.execute(f'DROP TRIGGER "{name}"')

    assert database.missing(connection) == [name]
    with pytest.raises(RuntimeError, match=name):
        database.require()


@pytest.mark.only("postgresql")
def test_a_guard_that_is_switched_off_counts_as_missing(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE editorial_event DISABLE TRIGGER ALL")

    assert [n for n in database.missing(connection) if "historical" not in n] == [
        "guard_editorial_event_delete",
        "guard_editorial_event_truncate",
        "guard_editorial_event_update",
    ]


def test_names_of_guards_are_short_enough_for_both_databases() -> None:
    names = [database.PREFIX + guard.name for guard in database.guards()]

    assert len(names) == len(set(names))
    assert max(map(len, names)) <= 63


def test_a_migration_takes_the_guards_down_and_puts_them_back(db: None) -> None:
    app = apps.get_app_config("editorial")
    told = {
        "app_config": app,
        "verbosity": 0,
        "interactive": False,
        "using": "default",
        "apps": apps,
        "plan": [],
    }

    pre_migrate.send(sender=app, **told)
    assert database.missing(connection) == sorted(wanted_names())
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE articles_version ADD COLUMN later integer")
    post_migrate.send(sender=app, **told)

    assert database.missing(connection) == []
    database.require()


def test_installing_twice_is_installing_once(db: None) -> None:
    database.install(connection)
    database.install(connection)

    assert database.missing(connection) == []


def test_the_check_runs_with_the_database_checks_alone(db: None) -> None:
    database.drop(connection)

    call_command("check", verbosity=0)
    assert database.check() == []
    assert database.check(databases=["default"]) != []


def test_how_many_illegal_writes_are_tried(house: House) -> None:
    guarded = {guard.table for guard in database.guards()}
    roads = list(itertools.chain(tampering.UPDATES, tampering.INSERTS))

    assert len(roads) + len(tampering.DELETES) == 10
    assert {model._meta.db_table for model in [*KEPT, *histories()]} == guarded
