"""
One byte, anywhere, and the row is named.

With the guards down, each column of each kept row is changed by raw SQL, one at a time.
"""

from __future__ import annotations

import json
import shutil
from copy import deepcopy
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import override_settings

from articles import freezing
from articles.asking import cutting
from articles.canonical import canonical_json, sha256_hex
from articles.glossary import TermText
from articles.models import Page, Passage, SearchEntry, Version
from articles.reading import learning, quotable, text
from articles.states import VersionState
from editorial import checkpoints, database, people, verification
from editorial.actions import (
    authoring,
    deciding,
    defining,
    desk,
    inviting,
    publishing,
    replying,
)
from editorial.models import Chain, Checkpoint, Event, User
from editorial.reports import Check
from editorial.verification import Broken
from reviews import signing
from reviews.models import Alternate, CitationCheck, Declaration, Reply, Signature
from tests import make, tampering, traces
from tests.editorial.actions.test_defining import OTHER, approved, proposed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from django.db.models import Model
    from pytest_django import DjangoDbBlocker

    from articles.reading.text import Text

CONSTRAINED = {
    *("state", "meaning", "has_conflict", "audience", "kind", "assignment_id"),
    *("version_id", "article_id", "approval_id", "ended_at", "reviewer_id"),
    *("resolved_at", "answer", "comment_id", "end", "notice_id"),
}
"""Columns that a constraint holds too, for some rows."""
CLAIM = "Offer the treatment that the trial tested."
BOTH = {"clinician": make.BODY, "patient": make.PATIENT_BODY}


class Record:
    """A library with something of everything, and the guards down."""

    anchors: Path

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
        self.terms()
        make.held(make.published())
        make.draft()  # somewhere for rows to be moved to
        checkpoints.take()
        assert found() == []
        database.drop(connection)
        Chain.objects.create(name="spare")  # somewhere for events to be moved to

    def terms(self) -> None:
        """One that readers see, in other words than at first, and one that waits."""
        first = approved()
        second = defining.propose(by=make.author(), text=OTHER, instead_of=first.pk)
        defining.approve_term(second.pk, by=make.reviewer())
        proposed(TermText("clot", "Thick blood."))

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


@pytest.fixture(scope="module")
def built(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Record]:
    """One record for all tests here; each is rolled back to it, and it after the last."""
    kept = tmp_path_factory.mktemp("record") / "checkpoints"
    with django_db_blocker.unblock(), traces.undone():
        with override_settings(CHECKPOINT_FILE=kept):
            record = Record()
        record.anchors = kept
        yield record


@pytest.fixture
def record(built: Record, db: None) -> Record:
    return deepcopy(built)


@pytest.fixture
def anchors(record: Record, settings: Any, tmp_path: Path) -> Path:
    """A copy of the file that the record's checkpoints are kept in."""
    settings.CHECKPOINT_FILE = tmp_path / "checkpoints"
    shutil.copyfile(record.anchors, settings.CHECKPOINT_FILE)
    return tmp_path / "checkpoints"


def found(anchors: Path | None = None) -> list[Broken]:
    return traces.problems(anchors)


def author_of(version: Version) -> User:
    return make.fresh(version.article.authorships.order_by("pk")[0].user)


def all_named(row: Model, name: str, *, but: tuple[str, ...] = ()) -> None:
    names = tampering.columns(type(row), but=but)
    seen = {column: tampering.first_after(row, column) for column in names}
    constrained = {column for column in names if seen[column] == tampering.CONSTRAINT}

    assert constrained <= CONSTRAINED
    assert seen == {
        c: tampering.CONSTRAINT if c in constrained else name for c in names
    }


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
    approved = Event.objects.select_related("chain").filter(kind="approved")
    event = approved.get(version=record.first)
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
            assert (page.path, column, tampering.first_after(page, column)) == (
                page.path,
                column,
                f"page {page.path}",
            )


def test_every_column_of_a_search_entry(record: Record) -> None:
    entries = rows_of(SearchEntry)
    assert len(entries) == 4  # two audiences of a text, one of a preview and a hold

    for entry in entries:
        kept = ("learned", "article_id", "vector")
        all_named(entry, f"search entry {entry.pk}", but=kept)


def test_every_word_of_a_passage_that_may_be_quoted(record: Record) -> None:
    learning.learn_new()
    assert found() == []
    passages = rows_of(Passage)
    assert len(passages) > 1

    for passage in passages:
        assert isinstance(passage, Passage)
        name = f"search entry {passage.entry_id}"
        for column in ("heading", "anchor", "html", "sources"):
            assert (column, tampering.first_after(passage, column)) == (column, name)


def test_a_text_that_can_no_longer_be_quoted_is_named_and_the_others_asked(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    learning.learn_new()
    one, two = SearchEntry.objects.filter(article=record.first.article).order_by("pk")
    quotes = quotable.quotes

    def some(text: Text, audience: str) -> list[quotable.Quote]:
        if audience == one.audience:
            raise ValueError(audience)
        return quotes(text, audience)

    monkeypatch.setattr(quotable, "quotes", some)
    tampering.by_sql(two, "body", "Other words")

    assert {str(broken) for broken in found()} == {
        f"search entry {one.pk}: what may be quoted of it cannot be made",
        f"search entry {two.pk}: it does not say what its text says",
    }


def beside(monkeypatch: pytest.MonkeyPatch, deed: Callable[[], Any]) -> None:
    """Have it done once the verification has read the entries of a text."""

    def text_of(version: Version) -> Text:
        deed()
        return text.text_of(version)

    module = import_module("editorial.verification.entries")
    monkeypatch.setattr(module, "text_of", text_of)


def test_what_is_learned_beside_the_verification_breaks_nothing(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside(monkeypatch, learning.learn_new)

    assert found() == []
    assert Passage.objects.exists()


def test_what_was_built_anew_beside_the_verification_breaks_nothing(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    learning.learn_new()
    article = record.first.article_id
    beside(monkeypatch, lambda: publishing.rebuild(article, by=people.system()))

    assert found() == []


def test_a_text_that_no_search_finds(record: Record) -> None:
    first, *_ = rows_of(SearchEntry)
    assert isinstance(first, SearchEntry)

    tampering.sql_deleted(first)

    assert found() == [
        Broken(f"article {first.article_id}", "no search finds its text for clinicians")
    ]


def test_a_search_entry_of_a_text_that_is_not_public(record: Record) -> None:
    first, *_ = rows_of(SearchEntry)
    tampering.by_sql(first, "article_id", record.over.article_id)

    assert found()[0] == Broken(
        f"search entry {first.pk}", "it is of an article that is not public"
    )


@pytest.fixture
def earlier(record: Record) -> SearchEntry:
    """An entry of an article whose pages are of an earlier edition, and learned."""
    learning.learn_new()
    Page.objects.filter(article=record.first.article).update(edition="0" * 64)
    assert found() == []
    return SearchEntry.objects.filter(article=record.first.article)[0]


def test_entries_that_are_about_to_be_made_anew_are_counted_and_not_asked(
    earlier: SearchEntry,
) -> None:
    tampering.by_sql(earlier, "body", "Of an earlier edition")

    assert (found(), verification.waiting()) == ([], 1)


@pytest.mark.parametrize("said", ["<p>Offer nothing.</p>", "<ul><li>No</li></ul>"])
def test_words_that_no_edition_can_have_quoted(earlier: SearchEntry, said: str) -> None:
    passage = earlier.passages.order_by("pk")[0]
    tampering.by_sql(passage, "html", passage.html + said)

    assert found() == [
        Broken(f"search entry {earlier.pk}", "what is quoted of it is not what it says")
    ]


def test_however_a_text_was_cut_its_words_are_known(
    earlier: SearchEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cutting, "ENOUGH", 3)
    entries = SearchEntry.objects.filter(article=earlier.article_id)
    before = Passage.objects.filter(entry__in=entries).count()
    Passage.objects.filter(entry__in=entries).delete()
    entries.update(learned=False)
    learning.learn_new()

    assert Passage.objects.filter(entry__in=entries).count() > before
    assert found() == []


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


def test_what_decides_how_a_page_is_sent_is_on_record(record: Record) -> None:
    page = Page.objects.filter(article=record.first.article).order_by("pk")[0]
    name = f"page {page.path}"

    seen = {
        column: tampering.first_after(page, column)
        for column in ("content_type", "indexable", "version_id")
    }

    assert set(seen.values()) == {name}


def test_every_column_of_a_comment(record: Record) -> None:
    comment = record.second.comments.order_by("pk")[0]
    assert comment.kind == "blocking"

    but = ("version_id", "carried_from_id")
    all_named(comment, f"comment {comment.pk}", but=but)
    with traces.undone():
        tampering.sql_deleted(comment)
        assert [broken.row for broken in found()] == [f"comment {comment.pk}"]


def test_who_wrote_is_on_record(record: Record) -> None:
    (listed,) = record.first.article.authorships.all()

    assert tampering.first_after(listed, "user_id") == f"authorship {listed.pk}"
    assert tampering.first_after(listed, "joined_at") == f"authorship {listed.pk}"
    with traces.undone():
        tampering.sql_deleted(listed)
        assert f"authorship {listed.pk}" in [broken.row for broken in found()]
