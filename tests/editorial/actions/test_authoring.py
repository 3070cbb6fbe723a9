"""What authors do: what is recorded, who is told, and what is refused."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from articles import freezing
from articles.models import Article, Authorship, Opening, Page, Version, Work
from editorial import roles, workflow
from editorial.actions import authoring, citing, desk, publishing
from editorial.errors import MovedOn, Refused
from editorial.models import Event, User
from tests import make, traces


def by_of(version: Version) -> User:
    return make.fresh(version.article.authorships.order_by("position", "pk")[0].user)


def test_an_article_opens_with_its_first_draft(db: None) -> None:
    by = make.author()

    edited = authoring.open_article(
        by=by, text=make.text(question="Does  aspirin\nhelp?"), external_id="x:1"
    )

    version = make.again(edited.version)
    article = version.article
    assert edited.dropped == ()
    assert (article.slug, article.external_id, article.standing) == (
        "does-aspirin-help",
        "x:1",
        "unpublished",
    )
    assert (version.number, version.state, version.sha256) == (1, "draft", "")
    assert version.question == "Does aspirin help?"
    assert [a.user_id for a in article.authorships.all()] == [by.pk]
    assert [t.name for t in article.topics.all()] == ["Cardiology"]
    assert traces.step() == ("created", "", "draft", "")
    assert traces.told() == {}


def test_only_an_author_opens_an_article(db: None) -> None:
    outsider = make.user(roles.CHIEF_EDITOR, roles.ADMINISTRATOR, is_superuser=True)

    with traces.nothing_left(PermissionDenied):
        authoring.open_article(by=outsider, text=make.text())


def test_a_former_author_opens_nothing(db: None) -> None:
    former = make.author(is_active=False)

    with traces.nothing_left(PermissionDenied):
        authoring.open_article(by=former, text=make.text())


def test_equal_questions_get_their_own_addresses(db: None) -> None:
    one, other = (make.draft(question="Why?") for _ in range(2))

    assert (one.article.slug, other.article.slug) == ("why", "why-2")


def test_what_cleaning_drops_is_told(db: None) -> None:
    edited = authoring.open_article(
        by=make.author(),
        text=make.text(renditions={"clinician": "<p>Hello<script>x()</script></p>"}),
    )

    assert edited.version.renditions.get().body == "<p>Hello</p>"
    assert len(edited.dropped) == 1
    assert edited.dropped[0].startswith("In the text for clinicians: ")


def test_a_work_is_stored_once_for_all_who_cite_it(db: None) -> None:
    item = make.item()
    for _ in range(2):
        make.draft(references=(make.Reference("trial", item),))

    assert Work.objects.count() == 1


@pytest.mark.parametrize(
    ("references", "sentence"),
    [
        (
            (
                make.Reference("trial", {"type": "webpage", "title": "One"}),
                make.Reference("trial", {"type": "webpage", "title": "Two"}),
            ),
            "Two references have the same key; give each its own.",
        ),
        ((make.Reference("trial", {}),), "Reference “trial”: "),
    ],
)
def test_references_that_cannot_be_stored_are_refused(
    references: tuple[make.Reference, ...], sentence: str, db: None
) -> None:
    by = make.author()

    with traces.nothing_left(Refused) as caught:
        authoring.open_article(by=by, text=make.text(references=references))

    assert str(caught.value).startswith(sentence)


def test_a_draft_is_written_over_without_an_event(db: None) -> None:
    version = make.draft()
    events = Event.objects.count()
    text = make.text(
        question="And now?",
        renditions={"clinician": "<p>New</p>", "patient": "<p>Plain</p>"},
        references=(make.Reference("other", make.item()),),
        topics=("Neurology", "Surgery"),
    )

    authoring.edit(version.pk, by=by_of(version), text=text, seen=version.revision)

    now = make.again(version)
    assert (now.question, now.number, now.state) == ("And now?", 1, "draft")
    assert {r.audience: r.body for r in now.renditions.all()} == {
        "clinician": "<p>New</p>",
        "patient": "<p>Plain</p>",
    }
    assert [c.key for c in now.citations.all()] == ["other"]
    assert sorted(t.name for t in now.article.topics.all()) == ["Neurology", "Surgery"]
    assert Event.objects.count() == events


def test_an_edit_is_in_the_history_with_who_did_it(db: None) -> None:
    version = make.draft()
    by = by_of(version)

    authoring.edit(version.pk, by=by, text=make.text(question="And now?"), seen=None)

    newest: Any = Version.history.filter(id=version.pk).latest("history_id")
    assert (newest.question, newest.history_user_id) == ("And now?", by.pk)


def test_a_rendition_that_is_left_out_is_gone(db: None) -> None:
    both = {"clinician": make.BODY, "patient": make.PATIENT_BODY}
    version = make.draft(renditions=both)

    authoring.edit(version.pk, by=by_of(version), text=make.text(), seen=None)

    assert [r.audience for r in version.renditions.all()] == ["clinician"]


def test_a_stale_edit_is_refused_naming_who_was_first(db: None) -> None:
    version = make.draft()
    by, other = by_of(version), make.author()
    Authorship.objects.create(article=version.article, user=other, position=2)
    seen = version.revision
    authoring.edit(version.pk, by=other, text=make.text(), seen=seen)

    with traces.nothing_left(MovedOn, "Saved meanwhile") as caught:
        authoring.edit(version.pk, by=by, text=make.text(), seen=seen)

    assert isinstance(caught.value, MovedOn)
    assert (caught.value.who, caught.value.mine) == (other.printed_name, False)


def test_saving_the_same_text_twice_is_no_error(db: None) -> None:
    version, text = (
        make.draft(),
        make.text(renditions={"nurse": make.BODY, "clinician": ""}),
    )
    by, seen = by_of(version), version.revision
    authoring.edit(version.pk, by=by, text=text, seen=seen)

    with traces.nothing_left(MovedOn, "Saved meanwhile") as same:
        authoring.edit(version.pk, by=by, text=text, seen=seen)
    other = dataclasses.replace(text, renditions={"nurse": make.PATIENT_BODY})
    with traces.nothing_left(MovedOn, "Saved meanwhile") as another:
        authoring.edit(version.pk, by=by, text=other, seen=seen)

    assert isinstance(same.value, MovedOn)
    assert isinstance(another.value, MovedOn)
    assert (same.value.mine, another.value.mine) == (True, False)


def test_a_submitted_text_is_edited_by_nobody(db: None) -> None:
    version = make.submitted()

    with traces.nothing_left(MovedOn, "Submitted meanwhile"):
        authoring.edit(version.pk, by=by_of(version), text=make.text(), seen=None)


@pytest.mark.parametrize(
    "groups", [(roles.AUTHOR,), (roles.CHIEF_EDITOR,), (roles.ADMINISTRATOR,)]
)
def test_a_draft_is_edited_by_its_authors_alone(
    groups: tuple[str, ...], db: None
) -> None:
    version = make.draft()
    stranger = make.user(*groups, is_superuser=True)

    with traces.nothing_left(PermissionDenied):
        authoring.edit(version.pk, by=stranger, text=make.text(), seen=None)


def test_a_deactivated_author_edits_nothing(db: None) -> None:
    by = make.author()
    version = make.draft(by=by)
    by.is_active = False

    with traces.nothing_left(PermissionDenied):
        authoring.edit(version.pk, by=by, text=make.text(), seen=None)


def test_submission_freezes_the_text_under_its_hash(db: None) -> None:
    by = make.author(name="Ada Ames", credentials="MD", affiliation="A hospital")
    editors = {make.editor().pk, make.chief().pk}
    draft = make.draft(by=by)

    with traces.one_event():
        authoring.submit(draft.pk, by=by, seen=draft.revision)

    version = make.again(draft)
    assert version.state == "submitted"
    assert version.sha256 == freezing.sha256_of(version)
    assert version.byline == [
        {
            "name": "Ada Ames",
            "credentials": "MD",
            "affiliation": "A hospital",
            "contributions": [],
        }
    ]
    assert version.submitted_by_id == by.pk
    assert traces.step() == ("submitted", "draft", "submitted", "")
    assert traces.said()["version"] == {
        "id": version.pk,
        "number": 1,
        "sha256": version.sha256,
    }
    assert traces.told() == dict.fromkeys(editors, "A version was submitted")


def test_the_byline_is_as_printed_on_the_day_of_submission(db: None) -> None:
    by, second = make.author(name="Ada"), make.author(name="Bea")
    draft = make.draft(by=by)
    Authorship.objects.create(article=draft.article, user=second, position=2)
    version = authoring.submit(draft.pk, by=by)
    second.name = "Bea Married"
    second.save()

    assert [line["name"] for line in make.again(version).byline] == ["Ada", "Bea"]
    assert freezing.sha256_of(make.again(version)) == version.sha256


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"question": " "},
            "The title is empty; it should be the question that the text answers.",
        ),
        (
            {"renditions": {"clinician": "<p> </p>"}},
            "The text is empty; write the body before submitting it.",
        ),
        (
            {"renditions": {"patient": make.PATIENT_BODY}},
            "The text is empty; write the body before submitting it.",
        ),
        (
            {"references": ()},
            "There is no reference; an article needs at least one.",
        ),
        (
            {"references": (make.Reference("trial", {"type": "book", "title": "T"}),)},
            "The text cites by a key that no reference has, shown as [?]: “review”.",
        ),
        (
            {
                "renditions": {"clinician": "<p>Yes.</p>"},
                "references": (
                    make.Reference("trial", make.item()),
                    make.Reference("ants", make.item(title="Ants in the ear.")),
                    make.Reference("bees", make.item(title="All about bees")),
                ),
            },
            "These references are never cited: “All about bees”, “Ants in the ear”.",
        ),
    ],
)
def test_a_text_that_lacks_something_is_not_submitted(
    fields: dict[str, Any], sentence: str, db: None
) -> None:
    by = make.author()
    draft = make.draft(by=by, **fields)

    with traces.nothing_left(Refused) as caught:
        authoring.submit(draft.pk, by=by)

    assert str(caught.value) == sentence


def test_a_stale_submission_is_refused(db: None) -> None:
    by = make.author()
    draft = make.draft(by=by)
    authoring.edit(draft.pk, by=by, text=make.text(), seen=draft.revision)

    with traces.nothing_left(MovedOn):
        authoring.submit(draft.pk, by=by, seen=draft.revision)


def test_a_submission_asked_for_twice_happens_once(db: None) -> None:
    by = make.author()
    draft = make.draft(by=by)
    authoring.submit(draft.pk, by=by, seen=draft.revision)

    with traces.nothing_left(MovedOn) as caught:
        authoring.submit(draft.pk, by=by, seen=draft.revision)

    assert isinstance(caught.value, MovedOn)
    assert (caught.value.what, caught.value.mine) == ("Submitted meanwhile", True)
    assert caught.value.who == by.printed_name
    assert caught.value.when is not None


def test_a_recalled_version_is_a_draft_again(db: None) -> None:
    editor = make.editor()
    by = make.author()
    version = make.submitted(by=by)

    with traces.one_event():
        authoring.recall(version.pk, by=by)

    now = make.again(version)
    assert (now.state, now.sha256, now.byline) == ("draft", "", [])
    assert (now.canonical_form, now.submitted_at, now.submitted_by) == ("", None, None)
    assert traces.step() == ("recalled", "submitted", "draft", "")
    assert traces.told() == {editor.pk: "The author recalled a version"}
    authoring.edit(version.pk, by=by, text=make.text(), seen=now.revision)
    authoring.submit(version.pk, by=by)


def test_nothing_is_recalled_once_it_is_under_review(db: None) -> None:
    version = make.under_review()

    with traces.nothing_left(MovedOn, "Sent to review meanwhile"):
        authoring.recall(version.pk, by=by_of(version))


def test_a_withdrawal_lets_the_reviewers_go(db: None) -> None:
    editor = make.editor()
    version = make.under_review(editor=editor)
    first, second = version.assignments.order_by("pk")
    make.accepted(first)

    with traces.one_event():
        authoring.withdraw(version.pk, by=by_of(version), reason="Overtaken")

    assert traces.step() == ("withdrawn", "under_review", "withdrawn", "Overtaken")
    assert traces.told() == {
        editor.pk: "The author withdrew a version",
        first.reviewer_id: "Your review is no longer needed",
        second.reviewer_id: "Your review is no longer needed",
    }
    assert [a.state for a in version.assignments.order_by("pk")] == ["withdrawn"] * 2


def test_a_withdrawal_leaves_signed_reviews_as_they_are(db: None) -> None:
    version = make.reviewed()

    authoring.withdraw(version.pk, by=by_of(version), reason="Overtaken")

    assert {a.state for a in version.assignments.all()} == {"reported"}


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_withdrawal_needs_a_reason(reason: str, db: None) -> None:
    version = make.submitted()

    with traces.nothing_left(Refused, "“Withdraw” needs a reason"):
        authoring.withdraw(version.pk, by=by_of(version), reason=reason)


def returned(**fields: Any) -> Version:
    version = make.under_review(**fields)
    first = version.assignments.select_related("reviewer").order_by("pk")[0]
    remarks = (make.blocking(), make.Remark("question", "Which dose?"))
    make.reported(first, vote="changes", comments=remarks)
    desk.return_for_changes(
        version.pk, by=User.objects.get(pk=version.article.editor_id), reason="Mend it"
    )
    return make.again(version)


def test_the_next_draft_has_the_content_of_the_one_before(db: None) -> None:
    both = {"clinician": make.BODY, "patient": make.PATIENT_BODY}
    version = returned(
        renditions=both,
        **make.by_machine(),
        evidence_searched_on=dt.date(2026, 10, 1),
    )
    by = by_of(version)
    before = Version.objects.values().get(pk=version.pk)

    with traces.one_event():
        draft = authoring.revise(version.pk, by=by)

    draft = make.again(draft)
    copied = (
        *("question", "headline", "key_answer", "audience", "origin"),
        *("origin_tool", "origin_on", "evidence_searched_on"),
    )
    assert (draft.number, draft.state, draft.sha256) == (2, "draft", "")
    assert [getattr(draft, n) for n in copied] == [getattr(version, n) for n in copied]
    assert {r.audience: r.body for r in draft.renditions.all()} == {
        r.audience: r.body for r in version.renditions.all()
    }
    assert list(draft.citations.values_list("key", "work", "position")) == list(
        version.citations.values_list("key", "work", "position")
    )
    assert traces.step() == ("revised", "returned", "returned", "")
    assert traces.said()["facts"] == {"next": {"id": draft.pk, "number": 2}}
    assert traces.told() == {
        version.article.editor_id: "The author opened the next draft"
    }
    changed = Version.objects.values().get(pk=version.pk)
    assert {n for n in before if before[n] != changed[n]} == {"revision"}


def items_of(draft: Version) -> list[tuple[str, str]]:
    return list(draft.comments.order_by("pk").values_list("kind", "text"))


def second_under_review(first: Version, by: User) -> Version:
    """The next version, with a blocking comment of its own."""
    second = make.send(make.resubmitted(first, by=by))
    asked = second.assignments.select_related("reviewer").order_by("pk")[0]
    make.reported(asked, comments=(make.blocking("It harms."),))
    return make.again(second)


def test_a_returned_version_is_not_taken_up_past_a_rejected_one(db: None) -> None:
    first = returned()
    by = by_of(first)
    second = second_under_review(first, by)
    desk.reject(second.pk, by=make.chief(), reason="Never")

    with traces.nothing_left(Refused, "Version 2 was rejected; its text ends there."):
        authoring.revise(first.pk, by=by)


def test_what_is_public_is_revised_past_a_rejected_version(db: None) -> None:
    first = make.published()
    by = by_of(first)
    second = second_under_review(first, by)
    desk.reject(second.pk, by=make.chief(), reason="Never")

    third = authoring.revise(first.pk, by=by)

    assert (third.number, items_of(third)) == (3, [("blocking", "It harms.")])


def test_a_public_version_is_revised_while_it_stays_public(db: None) -> None:
    version = make.published()

    draft = authoring.revise(version.pk, by=by_of(version))

    assert (draft.number, make.again(version).state) == (2, "approved")
    assert make.article(version).standing == "published"
    assert Page.objects.filter(article=version.article).exists()


def test_an_approved_version_is_not_revised_before_it_is_public(db: None) -> None:
    version = make.approved()

    with traces.nothing_left(Refused, "not public yet; publish it first"):
        authoring.revise(version.pk, by=by_of(version))


@pytest.mark.parametrize("end", ["submit", None])
def test_nothing_is_revised_past_a_later_version(end: str | None, db: None) -> None:
    version = returned()
    by = by_of(version)
    draft = authoring.revise(version.pk, by=by)
    if end:
        authoring.submit(make.answered(draft, by=by).pk, by=make.fresh(by))

    with traces.nothing_left(Refused, "Version 2 is already there"):
        authoring.revise(version.pk, by=by)


def test_a_withdrawn_draft_is_out_of_the_way(db: None) -> None:
    version = returned()
    by = by_of(version)
    draft = authoring.revise(version.pk, by=by)
    authoring.withdraw(draft.pk, by=by, reason="Another way")

    assert authoring.revise(version.pk, by=by).number == 3


def test_the_revised_text_is_submitted_under_another_hash(db: None) -> None:
    version = returned()
    by = by_of(version)
    draft = authoring.revise(version.pk, by=by)
    text = make.text(change_summary="The dose was mended.")
    authoring.edit(draft.pk, by=by, text=text, seen=draft.revision)
    make.answered(draft, by=by)

    submitted = authoring.submit(draft.pk, by=by)

    assert submitted.sha256 != version.sha256
    assert make.again(submitted).change_summary == "The dose was mended."
    assert traces.told() == {version.article.editor_id: "A version was submitted"}


@pytest.mark.parametrize("deed", ["recall", "withdraw"])
def test_a_preview_goes_with_the_text_it_showed(deed: str, db: None) -> None:
    by = make.author()
    version = make.submitted(by=by)
    editor = make.editor()
    desk.change_tier(version.article_id, by=editor, tier="C", reason="Background")
    publishing.show_preview(version.article_id, by=editor, reason="Asked for")
    assert Page.objects.exists()

    if deed == "recall":
        authoring.recall(version.pk, by=by)
    else:
        authoring.withdraw(version.pk, by=by, reason="Overtaken")

    assert make.article(version).standing == "unpublished"
    assert not Page.objects.exists()
    assert traces.said()["facts"] == {"pages": {}}


def test_a_version_that_is_not_there_is_not_found(db: None) -> None:
    with pytest.raises(Version.DoesNotExist):
        authoring.submit(404, by=make.author())
    assert workflow.SUBMIT.model is Version


def test_who_may_edit_is_an_author_of_a_draft(db: None) -> None:
    version = make.draft()
    by = by_of(version)

    assert authoring.may_edit(by, version)
    assert not authoring.may_edit(make.author(), version)
    assert not authoring.may_edit(by, make.again(authoring.submit(version.pk, by=by)))


def test_no_article_is_without_a_chain(db: None) -> None:
    make.draft()
    make.draft()

    assert Article.objects.filter(chain=None).count() == 0


def test_whoever_submits_a_machines_text_stands_behind_it_by_name(db: None) -> None:
    by = make.author(name="Ada Ames", credentials="MD")
    draft = make.draft(by=by, **make.by_machine())

    version = authoring.submit(draft.pk, by=by, takes_responsibility=True)

    sentence = (
        "Ada Ames, MD has checked every claim against its source and takes "
        "responsibility for this text."
    )
    assert make.again(version).responsibility == sentence
    assert set(traces.said()["facts"]) == {"responsibility", "parts"}
    assert traces.said()["facts"]["responsibility"] == sentence
    authoring.recall(version.pk, by=by)
    assert make.again(version).responsibility == ""


def test_a_machines_text_is_not_submitted_without_a_person_behind_it(
    db: None,
) -> None:
    by = make.author()
    draft = make.draft(by=by, **make.by_machine())

    with traces.nothing_left(Refused, "whoever submits it says that they have checked"):
        authoring.submit(draft.pk, by=by)


@pytest.mark.parametrize("who", ["superuser", "invited", "stranger"])
def test_nobody_but_an_author_takes_responsibility(who: str, db: None) -> None:
    by, other = make.author(), make.author(is_superuser=who == "superuser")
    draft = make.draft(by=by, **make.by_machine())
    if who == "invited":
        Authorship.objects.create(article=draft.article, user=other, joined_at=None)

    with traces.nothing_left(PermissionDenied):
        authoring.submit(draft.pk, by=other, takes_responsibility=True)


@pytest.mark.parametrize("missing", [{"origin_tool": " "}, {"origin_on": None}])
def test_a_machines_text_names_the_tool_and_the_day(
    missing: dict[str, Any], db: None
) -> None:
    by = make.author()
    draft = make.draft(by=by, **make.by_machine(**missing))

    with traces.nothing_left(Refused, "name the tool and the day it was used"):
        authoring.submit(draft.pk, by=by, takes_responsibility=True)


def test_a_text_that_people_wrote_is_submitted_without_a_word_more(db: None) -> None:
    version = make.submitted()

    assert make.again(version).responsibility == ""
    assert set(traces.said()["facts"]) == {"parts"}


def test_an_author_is_told_that_the_library_names_a_work_otherwise(db: None) -> None:
    known = make.item(title="Ants in the ear")
    make.draft(references=(make.Reference("trial", known), make.references()[1]))
    other = make.Reference("trial", known | {"title": "Bees in the ear"})

    told = authoring.open_article(
        by=make.author(), text=make.text(references=(other, make.references()[1]))
    )

    assert told.dropped == (
        "The reference “trial” is in the library already, as “Ants in the ear”.",
    )


def test_the_library_keeps_no_private_note_and_the_author_is_told(db: None) -> None:
    given = make.item(note="I doubt it", custom={"kind": "rct", "raw": {"U1": ["x"]}})
    text = make.text(references=(make.Reference("trial", given), make.references()[1]))

    edited = authoring.open_article(by=make.author(), text=text)

    work = edited.version.citations.get(key="trial").work
    kept = {name: given[name] for name in given if name != "note"}
    assert work.csl == kept | {"custom": {"kind": "rct"}}
    assert edited.dropped == (
        "In the reference “trial”: The library keeps none of this: note, raw.",
    )


def test_who_comes_second_with_one_page_gets_what_the_first_opened(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, text, page = make.author(), make.text(), uuid4()
    first = authoring.open_article(by=by, text=text, opening=page).version
    found = Opening.objects.filter
    too_early = [Opening.objects.none()]
    monkeypatch.setattr(
        Opening.objects,
        "filter",
        lambda **fields: too_early.pop() if too_early else found(**fields),
    )

    second = authoring.open_article(by=by, text=text, opening=page).version

    assert (second.pk, Article.objects.count()) == (first.pk, 1)


def test_topics_of_a_public_article_stay_and_the_author_is_told(db: None) -> None:
    by = make.author()
    public = make.published(by=by)
    version = authoring.revise(public.pk, by=by)
    text = dataclasses.replace(citing.stored(version), topics=("Surgery",))

    edited = authoring.edit(version.pk, by=by, text=text, seen=version.revision)

    assert edited.dropped == (
        "The topics stay as they are while readers see the article.",
    )
    assert edited.version.revision == version.revision
    assert [t.name for t in make.article(version).topics.all()] == ["Cardiology"]
