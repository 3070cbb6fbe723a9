"""
One byte, anywhere, and the row is named.

With the guards down, each column of each kept row is changed by raw SQL, one at a time.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from articles import freezing
from articles.canonical import canonical_json, sha256_hex
from articles.models import Article, Citation, Page, Rendition, Version
from articles.states import VersionState
from editorial import (
    checkpoints,
    database,
    linting,
    policy_texts,
    roles,
    verification,
)
from editorial.actions import (
    accounts,
    authoring,
    authors,
    deciding,
    desk,
    inviting,
    publishing,
    replying,
)
from editorial.models import Chain, Checkpoint, Event, Policy, User
from editorial.reports import Check
from editorial.verification import Broken
from reviews import signing
from reviews.models import Alternate, CitationCheck, Declaration, Reply, Signature
from tests import make, tampering, traces

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.db.models import Model

CONSTRAINT = "a constraint stands in the way"
CONSTRAINED = {
    *("state", "meaning", "has_conflict", "audience", "kind", "assignment_id"),
    *("version_id", "article_id", "approval_id", "ended_at", "reviewer_id"),
    *("resolved_at", "answer", "comment_id"),
}
"""Columns that a constraint holds too, for some rows."""
CLAIM = "Offer the treatment that the trial tested."
BOTH = {"clinician": make.BODY, "patient": make.PATIENT_BODY}


class Record:
    """A library with something of everything, and the guards down."""

    def __init__(self) -> None:
        by = make.author()
        self.first = make.published(by=by, renditions=BOTH)
        draft = authoring.revise(self.first.pk, by=by)
        text = make.text(renditions=BOTH)
        authoring.edit(draft.pk, by=by, text=text, seen=None)
        checkpoints.take()
        self.second = make.send(authoring.submit(draft.pk, by=by))
        self.reviews()
        self.second = make.again(self.second)
        self.waiting = make.again(make.submitted(renditions=BOTH))
        self.previewed = make.again(make.under_review(tier="C"))
        publishing.show_preview(
            self.previewed.article_id, by=make.editor(), reason="Asked for"
        )
        self.over = make.again(make.under_review())
        desk.reject(self.over.pk, by=make.chief(), reason="No")
        self.given_up = make.draft()
        authoring.withdraw(
            self.given_up.pk, by=author_of(self.given_up), reason="Overtaken"
        )
        make.draft()  # somewhere for rows to be moved to
        checkpoints.take()
        assert found() == []
        database.drop(connection)
        Chain.objects.create(name="spare")  # somewhere for events to be moved to

    def reviews(self) -> None:
        one, two = self.second.assignments.select_related("reviewer").order_by("pk")
        make.reviewing.accept(
            one.pk, by=one.reviewer, answers=make.answers(shares=["The maker"])
        )
        by = make.fresh(one.reviewer)
        make.reviewing.report(
            one.pk,
            by=by,
            findings=make.findings(
                remarks="Good",
                comments=(make.blocking(),),
                checks=(Check("trial", CLAIM, "supports", "Table 2", "As said"),),
            ),
            proven=make.proven(by),
        )
        comment = self.second.comments.get()
        replying.reply(one.pk, by=by, comment_id=comment.pk, text="In adults.")
        for _ in range(2):  # whoever stood by first stands by no longer
            inviting.name_alternates(
                self.second.pk, by=make.editor(), alternates=[make.reviewer().pk]
            )
        make.accepted(two)
        deciding.recommend(
            self.second.pk, by=make.editor(), advice="return", reason="Mend it."
        )


def author_of(version: Version) -> User:
    return make.fresh(version.article.authorships.order_by("pk")[0].user)


@pytest.fixture
def anchors(settings: Any, tmp_path: Path) -> Path:
    settings.CHECKPOINT_FILE = tmp_path / "checkpoints"
    return tmp_path / "checkpoints"


@pytest.fixture
def record(db: None, anchors: Path) -> Record:
    return Record()


def found(anchors: Path | None = None) -> list[Broken]:
    return traces.problems(anchors)


def first_after(row: Model, column: str) -> str:
    """The first row that verification names after the column is changed."""
    with traces.undone():
        try:
            with transaction.atomic():
                tampering.by_sql(row, column, tampering.flipped(row, column))
        except IntegrityError:
            return CONSTRAINT
        with closing(verification.problems()) as broken_rows:
            broken = next(broken_rows, None)
    return broken.row if broken else "nothing"


def all_named(row: Model, name: str, *, but: tuple[str, ...] = ()) -> None:
    names = tampering.columns(type(row), but=but)
    seen = {column: first_after(row, column) for column in names}
    constrained = {column for column in names if seen[column] == CONSTRAINT}

    assert constrained <= CONSTRAINED
    assert seen == {c: CONSTRAINT if c in constrained else name for c in names}


def test_every_column_of_a_version(record: Record) -> None:
    for name in ("first", "second", "waiting", "previewed", "over", "given_up"):
        version = make.again(getattr(record, name))
        all_named(version, f"version {version.pk}")


def test_every_column_of_what_a_version_is_made_of(record: Record) -> None:
    # The cited work is behind the copy that was approved, and may be mended.
    but = ("version_id", "work_id")
    for version in (record.first, record.second, record.waiting):
        rows = [*version.renditions.all(), *version.citations.all()]
        assert len(rows) == 4
        for row in rows:
            all_named(row, f"version {version.pk}", but=but)


@pytest.mark.parametrize("part", ["renditions", "citations"])
def test_what_moves_to_another_version_is_missed(part: str, record: Record) -> None:
    row = getattr(record.waiting, part).order_by("pk")[0]
    elsewhere = Version.objects.create(
        article=record.given_up.article, number=9, question="Why?"
    )

    tampering.by_sql(row, "version_id", elsewhere.pk)

    assert f"version {record.waiting.pk}" in [broken.row for broken in found()]


@pytest.mark.parametrize("position", [2, 4, 40])
def test_the_place_of_a_reference(position: int, record: Record) -> None:
    row = record.waiting.citations.get(position=1)

    tampering.by_sql(row, "position", position)

    assert [broken.row for broken in found()] == [f"version {record.waiting.pk}"]


def test_no_version_is_moved_to_another_state(record: Record) -> None:
    named = {}
    for name in ("first", "second", "waiting", "over", "given_up"):
        version = make.again(getattr(record, name))
        for state in set(VersionState.values) - {version.state}:
            with traces.undone():
                try:
                    with transaction.atomic():
                        tampering.by_sql(version, "state", state)
                except IntegrityError:
                    continue
                named[version.pk, state] = next(iter(found()), None)

    assert len(named) > 20
    assert {key: b and b.row for key, b in named.items()} == {
        key: f"version {key[0]}" for key in named
    }


def test_a_draft_that_is_called_submitted_is_found(record: Record) -> None:
    draft = make.draft()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_version SET state = 'submitted', sha256 = %s WHERE id = %s",
            ["a" * 64, draft.pk],
        )

    assert found()[0].row == f"version {draft.pk}"


def test_a_draft_may_be_written_in(record: Record) -> None:
    draft = make.draft()
    authoring.edit(draft.pk, by=author_of(draft), text=make.text(), seen=None)
    authoring.recall(record.waiting.pk, by=author_of(record.waiting))

    assert found() == []


def rows_of(model: type[Model]) -> list[Model]:
    return list(traces.rows(model).order_by("pk"))


def test_every_column_of_what_only_events_change(record: Record) -> None:
    for model in (Signature, *verification.RECORDED):
        for row in rows_of(model)[:6]:
            all_named(row, f"{model._meta.model_name} {row.pk}")


@pytest.mark.parametrize("model", [Declaration, Alternate, Reply, CitationCheck])
def test_a_row_that_no_deed_made_is_found(model: type[Model], record: Record) -> None:
    row: Any = traces.rows(model).order_by("-pk")[0]
    row.pk += 1
    row._state.adding = True  # noqa: SLF001  Django's way to copy a row
    changed = {Alternate: ("reviewer_id", make.user().pk), CitationCheck: ("key", "x")}
    if model in changed:
        setattr(row, *changed[model])

    row.save(force_insert=True)

    assert [broken.row for broken in verification.problems()] == [
        f"{model._meta.model_name} {row.pk}"
    ]


def test_every_column_of_an_event(record: Record) -> None:
    events = Event.objects.select_related("chain").order_by("pk")
    assert {*events.values_list("kind", flat=True)} > {"approved", "published"}

    for event in [*events[:4], *events.filter(kind__in=["approved", "published"])]:
        for column in tampering.columns(Event):
            with traces.undone():
                tampering.by_sql(event, column, tampering.flipped(event, column))
                now = Event.objects.select_related("chain").get(pk=event.pk)
                expected = f"event {now.chain.name}:{now.seq}"
                assert (column, found()[0].row) == (column, expected)


def test_every_byte_of_what_an_event_says(record: Record) -> None:
    event = Event.objects.select_related("chain").get(kind="approved")
    name = f"event {event.chain.name}:{event.seq}"

    for at in range(0, len(event.payload), 37):
        swapped = "b" if event.payload[at] != "b" else "a"
        payload = event.payload[:at] + swapped + event.payload[at + 1 :]
        with traces.undone():
            tampering.by_sql(event, "payload", payload)
            assert (at, found()[0].row) == (at, name)


def test_every_column_of_a_checkpoint(record: Record) -> None:
    for row in rows_of(Checkpoint):
        for column in tampering.columns(Checkpoint):
            with traces.undone():
                tampering.by_sql(row, column, tampering.flipped(row, column))
                now = Checkpoint.objects.get(pk=row.pk)
                expected = f"checkpoint {now.number}"
                assert (column, found()[0].row) == (column, expected)


def test_the_body_of_every_stored_page(record: Record) -> None:
    pages = rows_of(Page)
    assert len(pages) > 6

    for page in pages:
        assert isinstance(page, Page)
        for column in ("body", "sha256", "article_id"):
            assert (page.path, column, first_after(page, column)) == (
                page.path,
                column,
                f"page {page.path}",
            )


def test_every_byte_of_a_stored_page(record: Record) -> None:
    page = Page.objects.get(path=record.first.article.get_absolute_url())
    body = bytes(page.body)

    for at in range(0, len(body), max(1, len(body) // 40)):
        flipped = body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]
        with traces.undone():
            tampering.by_sql(page, "body", flipped)
            assert (at, found()[0].row) == (at, f"page {page.path}")


def test_a_page_whose_hash_was_repaired(record: Record) -> None:
    page = Page.objects.order_by("pk")[0]
    body = bytes(page.body) + b"<!-- -->"
    tampering.by_sql(page, "body", body)
    tampering.by_sql(page, "sha256", sha256_hex(body))

    assert found()[0].row == f"page {page.path}"


def test_a_page_that_nobody_built_or_that_is_gone(record: Record) -> None:
    page = Page.objects.order_by("pk")[0]
    path = page.path
    tampering.by_sql(page, "path", "/articles/forged/")

    assert [broken.row for broken in found()] == [
        "page /articles/forged/",
        f"page {path}",
    ]


def test_a_text_whose_hash_was_repaired(record: Record) -> None:
    rendition = record.first.renditions.order_by("pk")[0]
    tampering.by_sql(rendition, "body", "<p>Never.</p>")
    version = make.again(record.first)
    tampering.by_sql(version, "sha256", freezing.sha256_of(version))

    assert found()[0].row == f"version {version.pk}"


def test_a_text_that_cannot_even_be_read(record: Record) -> None:
    tampering.by_sql(make.again(record.waiting), "byline", {"no": "list"})

    assert found()[0].row == f"version {record.waiting.pk}"


def test_what_is_gone_is_missed(record: Record) -> None:
    for model in (Version, Signature, *verification.RECORDED):
        row = traces.rows(model).order_by("-pk")[0]
        name = (
            f"signature {row.value[:16]}…"
            if isinstance(row, Signature)
            else f"{model._meta.model_name} {row.pk}"
        )
        with traces.undone():
            forget(row)
            assert name in [broken.row for broken in found()]


def forget(row: Model) -> None:
    """Delete a row without looking at who points to it."""
    with connection.constraint_checks_disabled():
        tampering.sql_deleted(row)


def test_a_chain_with_a_hole(record: Record) -> None:
    chain = Chain.objects.get(article=record.first.article)
    with traces.undone():
        forget(Event.objects.get(chain=chain, seq=3))
        first = found()[0]

    assert (first.row, first.why) == (
        f"event {chain.name}:4",
        "follows a gap; number 3 is missing",
    )


def test_two_events_swapped(record: Record) -> None:
    chain = Chain.objects.get(article=record.first.article)
    second, third = Event.objects.filter(chain=chain, seq__in=[2, 3]).order_by("seq")
    tampering.by_sql(second, "seq", 1000)
    tampering.by_sql(third, "seq", 2)
    tampering.by_sql(Event.objects.get(pk=second.pk), "seq", 3)

    assert found()[0].row == f"event {chain.name}:2"


def test_a_forged_event_at_the_end(record: Record) -> None:
    chain = Chain.objects.get(article=record.first.article)
    last = Event.objects.filter(chain=chain).order_by("-seq")[0]
    last.pk, last.seq = None, last.seq + 1
    last.save(force_insert=True)

    assert found()[0].row == f"event {chain.name}:{last.seq}"


def tail_cut() -> str:
    """Cut the last event off the youngest chain and mend what tells of it."""
    event = Event.objects.filter(kind="withdrawn").select_related("chain").get()
    earlier = Event.objects.get(chain=event.chain, seq=event.seq - 1)
    forget(event)
    tampering.by_sql(event.chain, "head_seq", earlier.seq)
    return event.chain.name


def test_a_tail_cut_off_is_seen_by_the_checkpoint(record: Record) -> None:
    with traces.undone():
        name = tail_cut()
        rows = [broken.row for broken in found()]

    assert f"chain {name}" in rows


def test_a_tail_cut_off_with_its_checkpoints_is_seen_by_the_anchors(
    record: Record, anchors: Path
) -> None:
    events = Event.objects.filter(article=record.waiting.article)
    last = events.order_by("-seq")[0]
    newest = Checkpoint.objects.order_by("-number")[0]
    with traces.undone():
        forget(last)
        tampering.by_sql(last.chain, "head_seq", last.seq - 1)
        forget(newest)
        restored(record)
        within, beside = found(), found(anchors)

    assert within == []
    assert [str(broken) for broken in beside] == [
        f"checkpoint {newest.number}: the kept copy says otherwise"
    ]


def restored(record: Record) -> None:
    """Undo on the row what its last event did, as a careful forger would."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_version SET state = 'draft', sha256 = '', byline = '[]', "
            "canonical_form = '', submitted_at = NULL, submitted_by_id = NULL "
            "WHERE id = %s",
            [record.waiting.pk],
        )


def test_a_record_written_anew_is_seen_by_the_anchors(
    record: Record, anchors: Path, settings: Any
) -> None:
    newest = Checkpoint.objects.order_by("-number")[0]
    said = json.loads(newest.payload) | {"at": "2020-01-01T00:00:00.000000Z"}
    payload = canonical_json(said)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE editorial_checkpoint SET payload = %s, hash = %s, value = %s, "
            "at = '2020-01-01 00:00:00+00:00' WHERE number = %s",
            [
                payload.decode(),
                sha256_hex(payload),
                signing.sign_bytes(payload),
                newest.number,
            ],
        )

    assert found() == []
    assert [broken.row for broken in found(anchors)] == [f"checkpoint {newest.number}"]


def test_a_line_of_the_kept_file_that_cannot_be_read_is_named(
    record: Record, anchors: Path
) -> None:
    with anchors.open("ab") as file:
        file.write(b'{"number": 3, "ha')

    assert [broken.row for broken in found(anchors)] == ["anchor 3"]


def test_a_published_article_with_nothing_published(record: Record) -> None:
    tampering.by_sql(make.article(record.over), "standing", "published")

    assert f"article {record.over.article_id}" in [broken.row for broken in found()]


def test_a_whole_record_has_no_problems(
    db: None, anchors: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make.published()
    checkpoints.take()

    assert found(anchors) == []
    call_command("verify_ledger", anchors=anchors)

    count = Event.objects.count()
    assert capsys.readouterr().out == f"The record holds: {count} events verified.\n"


def test_what_decides_how_a_page_is_sent_is_on_record(record: Record) -> None:
    page = Page.objects.filter(article=record.first.article).order_by("pk")[0]
    name = f"page {page.path}"

    seen = {
        column: first_after(page, column)
        for column in ("content_type", "indexable", "version_id")
    }

    assert set(seen.values()) == {name}


def test_a_frozen_version_keeps_its_works_and_its_answers(db: None) -> None:
    ungraded = {"clinician": make.BODY.replace(" (strong recommendation)", "")}
    by = make.author()
    draft = make.draft(by=by, renditions=ungraded)
    for finding in linting.of(make.again(draft)):
        if finding.is_open:
            make.answering.answer_finding(
                draft.pk, by=by, finding_id=finding.finding.id, reason="Nobody does."
            )
    version = authoring.submit(draft.pk, by=by)
    make.draft()  # another work
    answer = version.finding_answers.order_by("pk")[0]
    assert found() == []
    database.drop(connection)

    for row, column in [
        (version.citations.order_by("pk")[0], "work_id"),
        (answer, "reason"),
        (answer, "code"),
    ]:
        assert first_after(row, column) == f"version {version.pk}"


def test_every_column_of_a_comment(record: Record) -> None:
    comment = record.second.comments.order_by("pk")[0]
    assert comment.kind == "blocking"

    but = ("version_id", "carried_from_id")
    all_named(comment, f"comment {comment.pk}", but=but)
    with traces.undone():
        tampering.sql_deleted(comment)
        assert [broken.row for broken in found()] == [f"comment {comment.pk}"]


def test_a_comment_may_be_answered_in_a_draft_and_not_later(db: None) -> None:
    by = make.author()
    first = make.under_review(by=by, tier="C")
    make.report_all(first, comments=(make.blocking(),))
    desk.return_for_changes(first.pk, by=make.editor(), reason="Mend it")
    second = make.answered(authoring.revise(first.pk, by=by), by=by)
    assert found() == []
    second = authoring.submit(second.pk, by=by)
    authoring.recall(second.pk, by=by)
    make.answered(second, by=by)
    assert found() == []
    authoring.withdraw(second.pk, by=by, reason="No")
    assert found() == []
    database.drop(connection)

    comment = second.comments.order_by("pk")[0]
    assert first_after(comment, "answer_text") == f"comment {comment.pk}"


def test_who_wrote_is_on_record(record: Record) -> None:
    (listed,) = record.first.article.authorships.all()

    assert first_after(listed, "user_id") == f"authorship {listed.pk}"
    assert first_after(listed, "joined_at") == f"authorship {listed.pk}"
    with traces.undone():
        tampering.sql_deleted(listed)
        assert f"authorship {listed.pk}" in [broken.row for broken in found()]


def test_an_invitation_to_write_leaves_no_row_and_no_complaint(db: None) -> None:
    by, one, two = make.author(), make.author(), make.author()
    article = make.draft(by=by).article
    for person in (one, two):
        authors.invite_author(article.pk, by=by, email=person.email)
    authors.decline_to_write(article.pk, by=one)
    authors.join(article.pk, by=two)
    authors.invite_author(article.pk, by=by, email=one.email)
    row = article.authorships.get(user=one)
    authors.uninvite_author(article.pk, by=by, authorship_id=row.pk)

    assert found() == []


@pytest.mark.parametrize("column", ["is_superuser", "is_staff", "is_active", "groups"])
def test_what_an_account_may_do_is_on_record(column: str, db: None) -> None:
    person = make.author()
    accounts.record_change(person, by=make.chief(), what="Made an author")
    assert found() == []

    if column == "groups":
        person.groups.add(*make.editor().groups.all())
    else:
        tampering.by_sql(person, column, not getattr(person, column))

    assert [b.row for b in found()] == [f"account {person.pk}"]


@pytest.mark.parametrize("power", ["groups", "is_superuser", "is_staff"])
def test_whoever_decides_and_was_let_in_by_nobody_is_found(
    power: str, db: None
) -> None:
    person = make.author()
    if power == "groups":
        person.groups.add(Group.objects.get(name=roles.CHIEF_EDITOR))
    else:
        tampering.by_sql(person, power, True)  # noqa: FBT003  the value of a column

    said = [Broken(f"account {person.pk}", "the record does not say who let it decide")]
    assert found() == said


def test_a_superuser_made_on_the_machine_is_on_record(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", make.PASSWORD)
    who = {"email": "first@example.org", "name": "First"}

    call_command("createsuperuser", interactive=False, verbosity=0, **who)

    assert User.objects.get(email=who["email"]).is_superuser
    assert traces.said()["reason"] == "Made a superuser on the machine"
    assert found() == []


def test_an_approval_without_its_quorum_is_found(db: None) -> None:
    version = make.approved(tier="B")
    name = f"version {version.pk}"
    asked = list(version.assignments.values_list("reviewer", flat=True).order_by("pk"))
    facts = {"tier": "B", "specialty": "cardiology"}
    witness = verification.Witness()

    def said(**more: Any) -> list[str]:
        witness.approved = {version.pk: facts | more}
        return [f"{b.row}: {b.why}" for b in verification.quorums(witness)]

    assert said(from_specialty=asked[:1]) == []
    assert said() == []  # approved before approvals named the specialists
    lacks = f"{name}: it was approved in tier B with no review in favour"
    assert said(from_specialty=[]) == [f"{lacks} from its specialty"]
    witness.handled = {version.pk: {asked[0]}}
    short = f"{name}: it was approved in tier B with 1 reviews in favour"
    assert said(from_specialty=asked[:1]) == [short]


def test_an_empty_house_has_no_problems(db: None) -> None:
    assert found() == []


def test_a_new_policy_is_in_the_record(db: None) -> None:
    policy_texts.issue(
        Policy.Kind.LAY, title="Second", body="<p>Ask.</p>", by=make.chief()
    )

    assert found() == []


def ruin(model: type[Model]) -> str:
    """Change one byte of a row and give the name the command must print."""
    row: Any = traces.rows(model).order_by("pk")[0]
    database.drop(connection)
    names: dict[type[Model], tuple[str, Callable[[], str]]] = {
        Version: ("headline", lambda: f"version {row.pk}"),
        Signature: ("value", lambda: f"signature {row.pk}"),
        Event: ("payload", lambda: f"event {row.chain.name}:{row.seq}"),
        Page: ("body", lambda: f"page {row.path}"),
    }
    column, name = names[model]
    tampering.by_sql(row, column, tampering.flipped(row, column))
    return name()


@pytest.mark.parametrize("model", [Version, Signature, Event, Page])
def test_the_command_exits_with_1_and_names_the_row(
    model: type[Model], db: None
) -> None:
    make.published()
    traces.put_declarations_on_record()
    name = ruin(model)

    with pytest.raises(CommandError, match=f"^Broken: {name}: ") as caught:
        call_command("verify_ledger")

    assert caught.value.returncode == 1


def test_the_command_names_every_row_when_asked(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    make.published()
    names = [ruin(Event), ruin(Version), ruin(Page)]

    with pytest.raises(CommandError) as caught:
        call_command("verify_ledger", all=True)

    said = f"{caught.value}\n{capsys.readouterr().err}"
    assert [name for name in names if name not in said] == []


def test_the_program_exits_with_1_and_names_the_row(
    child_environment: dict[str, str],
) -> None:
    make.published()
    traces.put_declarations_on_record()
    command = [sys.executable, "manage.py", "verify_ledger"]

    whole = subprocess.run(
        command, env=child_environment, capture_output=True, text=True, check=False
    )
    name = ruin(Signature)
    broken = subprocess.run(
        command, env=child_environment, capture_output=True, text=True, check=False
    )

    assert (whole.returncode, broken.returncode) == (0, 1)
    assert whole.stdout.startswith("The record holds: ")
    assert f"Broken: {name}: " in broken.stderr


def test_every_kept_table_is_verified_or_named_here() -> None:
    verified = {
        *(Version, Rendition, Citation, Signature, Event, Checkpoint, Page, Chain),
        *verification.RECORDED,
    }
    not_kept = {
        *("Topic", "Authorship", "Work", "Comment", "Opening"),
        *("Outbox", "Notification", "FindingAnswer"),
        *("Absence", "LastLook", "ReviewDraft", "SavedFilter"),
    }

    kept = {m for m in traces.models() if not m.__name__.startswith("Historical")}

    assert {m.__name__ for m in kept - verified} == not_kept
    assert Article in kept
