"""What authors do with references: what is stored, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from articles.models import Citation, Version
from editorial import shelving
from editorial.actions import citing
from editorial.actions.authoring import Reference
from editorial.errors import MovedOn, Refused
from editorial.forms.references import ReferencesField, as_json
from editorial.models import Event, User
from tests import make


@pytest.fixture
def by(db: None) -> User:
    return make.author()


def keys(version: Version) -> list[str]:
    rows = Citation.objects.filter(version=version).order_by("position")
    return list(rows.values_list("key", flat=True))


def body(version: Version) -> str:
    return str(version.renditions.get(audience=version.audience).body)


def deeds(version: Version, by: User, seen: int) -> dict[str, Any]:
    new = (Reference("new", make.item()),)
    more = {"by": by, "seen": seen}
    return {
        "cite": lambda: citing.cite(version.pk, references=new, **more),
        "remove": lambda: citing.remove(version.pk, key="spare", **more),
        "put": lambda: citing.put(
            version.pk, body="<p>x</p>", references=(), after=False, **more
        ),
    }


def a_draft(by: User) -> Version:
    references = (*make.references(), Reference("spare", make.item()))
    return make.draft(by=by, references=references)


def test_what_is_stored_is_stored_again_without_a_trace(by: User) -> None:
    version = a_draft(by)

    citing.cite(version.pk, by=by, references=(), seen=version.revision)

    assert make.again(version).revision == version.revision
    assert keys(version) == ["trial", "review", "spare"]


def test_references_are_added_without_an_event(by: User) -> None:
    version = a_draft(by)
    events = Event.objects.count()

    deeds(version, by, version.revision)["cite"]()

    after = make.again(version)
    change = after.history.first()
    assert keys(version) == ["trial", "review", "spare", "new"]
    assert (after.revision, change.history_user) == (version.revision + 1, by)
    assert Event.objects.count() == events


def test_a_document_goes_after_the_text_or_instead_of_it(by: User) -> None:
    version = a_draft(by)
    more = {"by": by, "body": "<p>More.</p>", "references": ()}

    edited = citing.put(version.pk, seen=version.revision, after=True, **more)
    assert body(version) == f"{make.BODY}<p>More.</p>"
    citing.put(version.pk, seen=edited.version.revision, after=False, **more)

    assert body(version) == "<p>More.</p>"
    was = version.renditions.get(audience=version.audience).history.last()
    assert was.body == make.BODY


@pytest.mark.parametrize("deed", ["cite", "remove", "put"])
def test_a_draft_that_moved_on_is_left_alone(by: User, deed: str) -> None:
    version = a_draft(by)

    with pytest.raises(MovedOn, match="Saved meanwhile"):
        deeds(version, by, version.revision + 1)[deed]()

    assert keys(version) == ["trial", "review", "spare"]
    assert body(version) == make.BODY


@pytest.mark.parametrize("deed", ["cite", "remove", "put"])
def test_nobody_but_an_author_changes_a_draft(by: User, deed: str) -> None:
    version = a_draft(by)

    for somebody in (make.author(), make.editor()):
        with pytest.raises(PermissionDenied):
            deeds(version, somebody, version.revision)[deed]()
    with pytest.raises(PermissionDenied):
        citing.classify(version.pk, by=make.author(), key="trial", kind="rct")

    assert keys(version) == ["trial", "review", "spare"]


def test_a_draft_holds_five_hundred_references(by: User) -> None:
    version = a_draft(by)
    many = tuple(Reference(f"k{n}", make.item()) for n in range(498))

    with pytest.raises(Refused, match="at most 500 references"):
        citing.cite(version.pk, by=by, references=many, seen=version.revision)

    assert keys(version) == ["trial", "review", "spare"]


def test_a_type_set_twice_is_one_change(by: User) -> None:
    version = a_draft(by)

    work = citing.classify(version.pk, by=by, key="trial", kind="rct")
    citing.classify(version.pk, by=by, key="trial", kind="rct")

    assert [row.kind for row in work.history.order_by("history_id")] == [
        "article",
        "rct",
    ]


def test_a_frozen_version_keeps_the_type_it_was_submitted_with(by: User) -> None:
    shared = make.item()
    frozen = make.submitted(
        references=(Reference("trial", shared), Reference("review", make.item()))
    )
    version = make.draft(
        by=by,
        references=(Reference("trial", shared), Reference("review", make.item())),
    )

    citing.classify(version.pk, by=by, key="trial", kind="rct")

    row = frozen.citations.select_related("work").get(key="trial")
    assert (row.kind, row.work.kind) == ("article", "rct")


def test_the_type_of_a_work_that_others_cite_is_an_editors(by: User) -> None:
    version = make.draft(by=by)
    make.draft(references=citing.stored(version).references)
    kind = version.citations.get(key="trial").work.kind

    with pytest.raises(Refused, match="Texts of others cite this work too"):
        citing.classify(version.pk, by=by, key="trial", kind="web")

    assert version.citations.get(key="trial").work.kind == kind


def test_the_type_of_a_work_that_is_frozen_elsewhere_can_be_set(by: User) -> None:
    version = make.draft(by=by)
    make.submitted(references=citing.stored(version).references)

    citing.classify(version.pk, by=by, key="trial", kind="web")

    assert version.citations.get(key="trial").work.kind == "web"


def test_no_more_is_added_than_the_form_of_a_draft_brings_back(by: User) -> None:
    version = make.draft(by=by)
    long = [make.item(abstract="x" * 19_000) for _ in range(105)]
    added = tuple(Reference(f"k{n}", item) for n, item in enumerate(long))

    citing.cite(version.pk, by=by, references=added[:100], seen=version.revision)
    with pytest.raises(Refused, match="too long together for one draft"):
        citing.cite(
            version.pk, by=by, references=added[100:], seen=make.again(version).revision
        )

    stored = citing.stored(make.again(version))
    form = ReferencesField(max_length=shelving.LARGEST)
    assert form.clean(as_json(stored.references)) == stored.references


def test_a_draft_that_holds_too_much_already_can_lose_some(
    by: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = a_draft(by)
    monkeypatch.setattr(shelving, "LARGEST", 10)

    citing.remove(version.pk, by=by, key="spare", seen=version.revision)

    assert keys(version) == ["trial", "review"]
