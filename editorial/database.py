"""
What the database itself refuses, on SQLite and PostgreSQL alike.

Each guard is one trigger that raises when its condition holds, whoever wrote the row
and by whatever road: the ORM, a bulk call, raw SQL. SQLite drops the triggers of a
table it rebuilds and fails on those that mention it, so all are dropped before a
migration and made anew after it; nothing starts while one is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.checks import Warning as Caution
from django.db import connections
from django.db.models import UniqueConstraint

from articles.models import (
    Article,
    Authorship,
    Citation,
    FindingAnswer,
    RegulatoryFact,
    Rendition,
    Version,
)
from articles.states import VersionState
from editorial.models import Chain, Checkpoint, Event, Policy, Publication
from reviews.models import Assignment, Comment, Disclosure, Report, Signature

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import Model

PREFIX = "guard_"


@dataclass(frozen=True, slots=True)
class Guard:
    """
    A trigger: `verb` on `table` is refused with `message` when `condition` holds.

    The condition is SQL that both databases read, over NEW and OLD; `only` names the
    one database that needs the guard.
    """

    name: str
    table: str
    verb: str
    condition: str
    message: str
    only: str = ""


def _table(model: type[Model]) -> str:
    return model._meta.db_table


def _changed(*columns: str) -> str:
    return " OR ".join(f"OLD.{c} IS DISTINCT FROM NEW.{c}" for c in columns)


def _append_only(model: type[Model]) -> list[Guard]:
    table = _table(model)
    message = f"{table} only grows"
    return [
        Guard(f"{table}_update", table, "UPDATE", "1 = 1", message),
        *_undeletable(model, message),
    ]


def _undeletable(model: type[Model], message: str = "") -> list[Guard]:
    table = _table(model)
    message = message or f"{table} keeps its rows"
    delete = Guard(f"{table}_delete", table, "DELETE", "1 = 1", message)
    return [delete, *_irreplaceable(model, message)]


def _irreplaceable(model: type[Model], message: str) -> list[Guard]:
    """No row goes by TRUNCATE, or by SQLite's REPLACE, which no DELETE trigger sees."""
    table = _table(model)
    taken = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} o WHERE {same})" for same in _clashes(model)
    )
    return [
        Guard(f"{table}_truncate", table, "TRUNCATE", "1 = 1", message, "postgresql"),
        Guard(f"{table}_replace", table, "INSERT", taken, message, "sqlite"),
    ]


def _clashes(model: type[Model]) -> Iterator[str]:
    """When a row `o` stands in the way of NEW: its key or anything else unique."""
    for field in model._meta.concrete_fields:
        if field.unique:
            yield _same(field.column)
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            fields = [model._meta.get_field(name) for name in constraint.fields]
            same = _same(*(getattr(field, "column", None) for field in fields))
            only = WHERE_UNIQUE[constraint.name] if constraint.condition else None
            yield f"{same} AND {only}" if only else same


def _same(*columns: str | None) -> str:
    return " AND ".join(f"o.{column} = NEW.{column}" for column in columns)


WHERE_UNIQUE = {
    "a_reviewer_is_asked_once_per_version": (
        "o.state IN ('invited', 'accepted', 'reported')"
    ),
    "a_version_is_approved_by_one_signature": (
        "o.meaning = 'approval' AND NEW.meaning = 'approval'"
    ),
    "one_current_publication_per_article": "o.ended_at IS NULL",
    "one_open_version_per_article": (
        "o.state IN ('draft', 'submitted', 'under_review')"
    ),
    "one_approved_version_per_article": "NEW.state = 'approved'",
}
"""The conditions of our partial unique constraints, as NEW rows meet them."""


VERSION, ARTICLE = _table(Version), _table(Article)
AUTHORSHIP = _table(Authorship)

CONTENT = (
    *("article_id", "number", "question", "headline", "key_answer", "audience"),
    *("origin", "origin_tool", "origin_on", "evidence_searched_on"),
    *("change_summary", "response", "created_at"),
)
SEAL = (
    *("sha256", "canonical_form", "byline", "responsibility"),
    *("submitted_by_id", "submitted_at"),
)

ARROWS = {
    VersionState.DRAFT: ("submitted", "withdrawn"),
    VersionState.SUBMITTED: (
        *("draft", "under_review", "returned", "rejected", "withdrawn"),
    ),
    VersionState.UNDER_REVIEW: ("approved", "returned", "rejected", "withdrawn"),
    VersionState.APPROVED: ("superseded",),
}


def _off_the_arrows() -> str:
    drawn = " OR ".join(
        f"(OLD.state = '{source}' AND NEW.state IN ({_quoted(targets)}))"
        for source, targets in ARROWS.items()
    )
    return f"OLD.state <> NEW.state AND NOT ({drawn})"


def _quoted(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _version_guards() -> list[Guard]:
    recalled = "OLD.state = 'submitted' AND NEW.state = 'draft'"
    # JSON columns of PostgreSQL have an order, so both databases can compare them.
    return [
        Guard(
            "version_text",
            VERSION,
            "UPDATE",
            f"OLD.state <> 'draft' AND ({_changed(*CONTENT)})",
            "a submitted version cannot change",
        ),
        Guard(
            "version_seal",
            VERSION,
            "UPDATE",
            f"OLD.state <> 'draft' AND NOT ({recalled}) AND ({_changed(*SEAL)})",
            "the hash of a submitted version cannot change",
        ),
        Guard(
            "version_state",
            VERSION,
            "UPDATE",
            _off_the_arrows(),
            "a version moves only along the drawn arrows",
        ),
        Guard(
            "version_approved",
            VERSION,
            "UPDATE",
            "OLD.state <> 'approved' AND NEW.state = 'approved' AND NOT EXISTS ("
            f"SELECT 1 FROM {_table(Signature)} s WHERE s.version_id = NEW.id "
            "AND s.meaning = 'approval' AND s.sha256 = NEW.sha256)",
            "approval needs a signature under the same hash",
        ),
        Guard(
            "version_decided",
            VERSION,
            "UPDATE",
            "OLD.state IN ('approved', 'superseded') AND "
            f"({_changed('decided_at', 'decision_reason', 'publish_at', 'review_due_on')})",
            "what was decided cannot change",
        ),
        Guard(
            "version_born",
            VERSION,
            "INSERT",
            "NEW.state <> 'draft'",
            "a version begins as a draft",
        ),
        *_undeletable(Version),
    ]


def _part_guards(model: type[Model]) -> list[Guard]:
    table = _table(model)

    def frozen(row: str) -> str:
        return (
            f"EXISTS (SELECT 1 FROM {VERSION} v "
            f"WHERE v.id = {row}.version_id AND v.state <> 'draft')"
        )

    conditions = {
        "INSERT": frozen("NEW"),
        "UPDATE": f"{frozen('OLD')} OR {frozen('NEW')}",
        "DELETE": frozen("OLD"),
    }
    message = "a submitted version cannot change"
    return [
        *(
            Guard(f"{table}_{verb.lower()}", table, verb, condition, message)
            for verb, condition in conditions.items()
        ),
        *_irreplaceable(model, message),
    ]


def _people_guards() -> list[Guard]:
    wrote = (
        f"EXISTS (SELECT 1 FROM {VERSION} v JOIN {AUTHORSHIP} a "
        "ON a.article_id = v.article_id "
        "WHERE v.id = NEW.version_id AND a.user_id = NEW.{who})"
    )
    reviewed = (
        f"EXISTS (SELECT 1 FROM {_table(Assignment)} r "
        "WHERE r.version_id = NEW.version_id AND r.reviewer_id = NEW.signer_id)"
    )
    signature = _table(Signature)
    return [
        Guard(
            "assignment_author",
            _table(Assignment),
            "INSERT",
            wrote.format(who="reviewer_id"),
            "an author does not review their own text",
        ),
        Guard(
            "assignment_fixed",
            _table(Assignment),
            "UPDATE",
            _changed("version_id", "reviewer_id"),
            "an assignment keeps its version and its reviewer",
        ),
        *_undeletable(Assignment),
        Guard(
            "signature_author",
            signature,
            "INSERT",
            wrote.format(who="signer_id"),
            "an author does not sign for their own text",
        ),
        Guard(
            "signature_reviewer",
            signature,
            "INSERT",
            f"NEW.meaning = 'approval' AND {reviewed}",
            "who reviewed a version does not approve it",
        ),
        Guard(
            "signature_hash",
            signature,
            "INSERT",
            f"NOT EXISTS (SELECT 1 FROM {VERSION} v WHERE v.id = NEW.version_id "
            "AND v.sha256 = NEW.sha256 AND v.state = 'under_review')",
            "a signature is under the hash of a version under review",
        ),
    ]


def _publication_guards() -> list[Guard]:
    publication = _table(Publication)
    live = (
        f"SELECT 1 FROM {_table(Signature)} s JOIN {VERSION} v ON v.id = s.version_id "
        "WHERE s.id = NEW.approval_id AND s.meaning = 'approval' "
        "AND v.id = NEW.version_id AND v.article_id = NEW.article_id "
        "AND v.state = 'approved' AND s.sha256 = v.sha256 AND NEW.sha256 = v.sha256 "
        f"AND NOT EXISTS (SELECT 1 FROM {AUTHORSHIP} a "
        "WHERE a.article_id = v.article_id AND a.user_id = s.signer_id) "
        f"AND NOT EXISTS (SELECT 1 FROM {VERSION} n "
        "WHERE n.article_id = v.article_id AND n.number > v.number)"
    )
    fixed = ("article_id", "version_id", "approval_id", "sha256", "published_at")
    return [
        Guard(
            "publication_live",
            publication,
            "INSERT",
            f"NOT EXISTS ({live})",
            "only the newest version is published, with a live approval",
        ),
        Guard(
            "publication_fixed",
            publication,
            "UPDATE",
            f"OLD.ended_at IS NOT NULL OR {_changed(*fixed)}",
            "a publication can only end",
        ),
        *_undeletable(Publication),
        Guard(
            "article_published",
            ARTICLE,
            "UPDATE",
            "NEW.standing = 'published' AND NOT EXISTS (SELECT 1 FROM "
            f"{publication} p WHERE p.article_id = NEW.id AND p.ended_at IS NULL)",
            "an article is published by a publication",
        ),
        Guard(
            "article_born",
            ARTICLE,
            "INSERT",
            "NEW.standing <> 'unpublished'",
            "an article begins unpublished",
        ),
        *_undeletable(Article),
    ]


def _evidence_guards() -> list[Guard]:
    """Who wrote, and what was objected and answered, stays as the desk saw it."""
    is_with_the_desk = (
        f"EXISTS (SELECT 1 FROM {VERSION} v WHERE v.article_id = OLD.article_id "
        "AND v.state IN ('submitted', 'under_review'))"
    )
    has_another_part = (
        f"EXISTS (SELECT 1 FROM {VERSION} v JOIN {_table(Assignment)} r "
        "ON r.version_id = v.id "
        "WHERE v.article_id = NEW.article_id AND r.reviewer_id = NEW.user_id) OR "
        f"EXISTS (SELECT 1 FROM {VERSION} v JOIN {_table(Signature)} s "
        "ON s.version_id = v.id "
        "WHERE v.article_id = NEW.article_id AND s.signer_id = NEW.user_id)"
    )
    left_the_draft = (
        f"EXISTS (SELECT 1 FROM {VERSION} v WHERE v.id = OLD.version_id "
        "AND v.state <> 'draft')"
    )
    answer = ("answer", "answer_text", "answered_by_id", "answered_at")
    fixed = ("version_id", "author_id", "kind", "text", "passage", "created_at")
    return [
        Guard(
            "authorship_insert",
            AUTHORSHIP,
            "INSERT",
            f"{is_with_the_desk.replace('OLD.', 'NEW.')} OR {has_another_part}",
            "the authors of a submitted article cannot change",
        ),
        Guard(
            "authorship_update",
            AUTHORSHIP,
            "UPDATE",
            f"{is_with_the_desk} OR {_changed('article_id', 'user_id')} OR "
            "OLD.joined_at IS NOT NULL AND NEW.joined_at IS NULL",
            "the authors of a submitted article cannot change",
        ),
        Guard(
            "authorship_delete",
            AUTHORSHIP,
            "DELETE",
            "OLD.joined_at IS NOT NULL",
            "an author who joined stays one",
        ),
        *_irreplaceable(Authorship, "an author who joined stays one"),
        Guard(
            "comment_fixed",
            _table(Comment),
            "UPDATE",
            f"OLD.resolved_at IS NOT NULL OR {_changed(*fixed)}",
            "a comment can only be resolved",
        ),
        Guard(
            "comment_answer",
            _table(Comment),
            "UPDATE",
            f"{left_the_draft} AND ({_changed(*answer)})",
            "a comment is answered while its version is a draft",
        ),
        *_undeletable(Comment),
    ]


def _chain_guards() -> list[Guard]:
    chain = _table(Chain)
    return [
        Guard(
            "chain_grows",
            chain,
            "UPDATE",
            f"NEW.head_seq < OLD.head_seq OR {_changed('name', 'article_id')}",
            "a chain only grows",
        ),
        *_undeletable(Chain),
    ]


def guards() -> list[Guard]:
    """Every guard the database must hold."""
    histories = [
        model
        for model in apps.get_models()
        if model.__name__.startswith("Historical") and hasattr(model, "history_id")
    ]
    only_grow: list[type[Model]] = [
        *histories,
        Event,
        Checkpoint,
        Signature,
        Report,
        Disclosure,
        Policy,
    ]
    return [
        *(guard for model in only_grow for guard in _append_only(model)),
        *_version_guards(),
        *_part_guards(Rendition),
        *_part_guards(Citation),
        *_part_guards(FindingAnswer),
        *_people_guards(),
        *_publication_guards(),
        *_chain_guards(),
        *_evidence_guards(),
        *_undeletable(RegulatoryFact),
    ]


def install(connection: BaseDatabaseWrapper) -> None:
    """Make every guard exist as it is written here."""
    drop(connection)
    with connection.cursor() as cursor:
        for guard in _wanted(connection.vendor):
            for statement in _statements(guard, connection.vendor):
                cursor.execute(statement)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Remove every guard, as migrations and nothing else need."""
    with connection.cursor() as cursor:
        for name, table in _present(connection).items():
            if connection.vendor == "postgresql":
                cursor.execute(f'DROP FUNCTION IF EXISTS "{name}"() CASCADE')
            else:
                del table
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of guards that the database lacks, or holds in other words."""
    held = _definitions(connection)
    wanted = {PREFIX + g.name: g for g in _wanted(connection.vendor)}
    return sorted(
        name
        for name, guard in wanted.items()
        if held.get(name) != _definition(guard, connection.vendor)
    )


def _definitions(connection: BaseDatabaseWrapper) -> dict[str, str]:
    queries = {
        "sqlite": "SELECT name, sql FROM sqlite_master "
        "WHERE type = 'trigger' AND name LIKE %s",
        "postgresql": "SELECT t.tgname, p.prosrc FROM pg_trigger t "
        "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND t.tgname LIKE %s "
        "AND c.relnamespace = current_schema()::regnamespace",
    }
    with connection.cursor() as cursor:
        cursor.execute(queries[connection.vendor], [PREFIX + "%"])
        return dict(cursor.fetchall())


def _definition(guard: Guard, vendor: str) -> str:
    """The guard as the database keeps it."""
    first = _statements(guard, vendor)[0]
    return first if vendor == "sqlite" else first.split("$$")[1]


def _wanted(vendor: str) -> list[Guard]:
    return [guard for guard in guards() if guard.only in ("", vendor)]


def check(**kwargs: Any) -> list[Caution]:
    """
    A system check: no guard is missing.

    A caution, because `migrate` runs it first and is what brings the guards back;
    every server refuses to start by `require`.
    """
    return [
        Caution(
            f"The database lacks the guard {name}.",
            hint="Run manage.py migrate; it makes every guard anew.",
            id="editorial.E010",
        )
        for alias in kwargs.get("databases") or ()
        for name in missing(connections[alias])
    ]


def require() -> None:
    """Raise RuntimeError unless the database holds every guard; called at start."""
    if absent := missing(connections["default"]):
        message = (
            f"The database lacks {len(absent)} guards ({absent[0]} …); "
            "run manage.py migrate."
        )
        raise RuntimeError(message)


def _present(connection: BaseDatabaseWrapper) -> dict[str, str]:
    queries = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master "
        "WHERE type = 'trigger' AND name LIKE %s",
        "postgresql": "SELECT t.tgname, c.relname FROM pg_trigger t "
        "JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND t.tgname LIKE %s "
        "AND c.relnamespace = current_schema()::regnamespace",
    }
    with connection.cursor() as cursor:
        cursor.execute(queries[connection.vendor], [PREFIX + "%"])
        return dict(cursor.fetchall())


def _statements(guard: Guard, vendor: str) -> list[str]:
    name = PREFIX + guard.name
    if vendor == "sqlite":
        trigger = (
            f'CREATE TRIGGER "{name}" BEFORE {guard.verb} ON "{guard.table}" '
            f"WHEN {guard.condition} "
            f"BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
        )
        return [trigger]
    row = {"DELETE": "OLD", "TRUNCATE": "NULL"}.get(guard.verb, "NEW")
    each = "STATEMENT" if guard.verb == "TRUNCATE" else "ROW"
    function = (
        f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
        f"IF {guard.condition} THEN RAISE EXCEPTION '{guard.message}' "
        f"USING ERRCODE = '23514'; END IF; RETURN {row}; END $$"
    )
    trigger = (
        f'CREATE TRIGGER "{name}" BEFORE {guard.verb} ON "{guard.table}" '
        f'FOR EACH {each} EXECUTE FUNCTION "{name}"()'
    )
    return [function, trigger]
