"""A letter that sends a version back, and what it asks for by number."""

from __future__ import annotations

import pytest

from articles.models import Version
from editorial import ledger, letters, rehearsal
from editorial.actions import answering, authoring, deciding, desk
from editorial.errors import Refused
from editorial.letters import Request
from editorial.models import Event, User
from reviews import items
from reviews.models import Comment
from reviews.states import Advice
from tests import make, traces
from tests.editorial.database.writes import accepted, dropped, updates

DOSE = make.Remark("blocking", "The dose is wrong.", "Watch for bleeding")
WHO = make.Remark("question", "In whom?", "Offer the treatment")


def reviewed(author: User, **fields: object) -> Version:
    version = make.under_review(by=author)
    first, second = version.assignments.select_related("reviewer").order_by("pk")
    make.reported(first, vote="changes", comments=(DOSE,), remarks="Too long.")
    make.reported(second, comments=(WHO,), remarks="Well done.\n\nName the trial.")
    return make.again(version)


def asked(version: Version) -> list[tuple[int | None, str, str, bool]]:
    rows = Comment.objects.filter(version=version).order_by("number", "pk")
    return list(rows.values_list("number", "kind", "text", "required"))


def give_back(version: Version, *requests: Request, by: User | None = None) -> Version:
    return desk.return_for_changes(
        version.pk, by=by or make.editor(), reason="See below.", requests=requests
    )


def test_all_that_is_asked_is_numbered_as_it_is_read(db: None) -> None:
    author = make.author()
    version = reviewed(author)

    with traces.one_event():
        give_back(
            version,
            Request("Shorten it."),
            Request(" \u200b"),
            Request("Add a table.", required=False),
        )

    assert asked(version) == [
        (1, "question", "In whom?", True),
        (2, "blocking", "The dose is wrong.", True),
        (3, "request", "Shorten it.", True),
        (4, "request", "Add a table.", False),
    ]
    made = Comment.objects.filter(version=version, kind="request").order_by("pk")
    assert traces.said()["facts"]["requests"] == [row.pk for row in made]
    assert traces.step() == ("returned", "under_review", "returned", "See below.")
    assert traces.problems() == []


def test_each_is_an_item_of_the_next_draft_under_its_number(db: None) -> None:
    author = make.author()
    version = reviewed(author)
    give_back(version, Request("Shorten it."), Request("Add a table.", required=False))

    draft = authoring.revise(version.pk, by=author)

    assert asked(draft) == asked(version)
    assert [item.number for item in items.of(draft)] == [1, 2, 3, 4]


def test_what_is_required_holds_a_submission_up_and_the_rest_does_not(
    db: None,
) -> None:
    author = make.author()
    version = make.under_review(by=author)
    give_back(version, Request("Shorten it."), Request("Add a table.", required=False))
    draft = authoring.revise(version.pk, by=author)
    must = items.of(draft).get(required=True)

    with traces.nothing_left(Refused, "1 comment or request still waits"):
        authoring.submit(draft.pk, by=author)
    answering.answer_comment(draft.pk, by=author, comment_id=must.pk, answer="done")

    assert authoring.submit(draft.pk, by=author).state == "submitted"


def test_a_number_that_was_given_stays(db: None) -> None:
    version = make.under_review()
    give_back(version, Request("Shorten it."))
    request = Comment.objects.get(version=version)

    assert accepted(updates(request, "number", 9)) == []
    assert dropped(updates(request, "number", 9)) != []


def test_a_letter_without_requests_is_one_itself(db: None) -> None:
    author = make.author()
    version = make.under_review(by=author)
    give_back(version)

    draft = authoring.revise(version.pk, by=author)

    assert asked(draft) == [(None, "request", "See below.", True)]


def test_the_numbers_go_on_in_the_next_round(db: None) -> None:
    author = make.author()
    first = make.under_review(by=author)
    give_back(first, Request("One."), Request("Two."))
    second = make.resubmitted(first, by=author)
    make.send(second)

    give_back(second, Request("Three."))

    numbers = [(number, text) for number, _, text, _ in asked(second)]
    assert numbers == [(1, "One."), (2, "Two."), (3, "Three.")]
    assert traces.problems() == []


@pytest.mark.parametrize(
    ("requests", "sentence"),
    [
        ([Request("x")] * 51, "Ask for at most 50 things"),
        ([Request("x" * 5_001)], "Keep each request within 5,000 characters"),
    ],
)
def test_requests_that_are_too_many_or_too_long(
    requests: list[Request], sentence: str, db: None
) -> None:
    version, editor = make.under_review(), make.editor()

    with traces.nothing_left(Refused, sentence):
        give_back(version, *requests, by=editor)


def test_requests_are_proposed_from_what_reviewers_remarked(db: None) -> None:
    version = reviewed(make.author())

    found = letters.proposed(version)

    assert sorted((r.text, r.required) for r in found) == [
        ("Name the trial.", False),
        ("Too long.", True),
        ("Well done.", False),
    ]


def test_the_letter_begins_with_what_an_editor_drafted(db: None) -> None:
    version = reviewed(make.author())
    before = letters.opening(version, Advice.RETURN)

    deciding.recommend(
        version.pk, by=make.editor(), advice="return", reason="x", letter="Dear authors"
    )

    assert before == letters.OPENING
    after = letters.opening(make.again(version), Advice.RETURN)
    assert after == "Dear authors"
    assert letters.opening(version, Advice.REJECT) == ""


def test_a_rehearsal_writes_everything_and_keeps_nothing(db: None) -> None:
    version, editor = reviewed(make.author()), make.editor()
    seen: list[tuple[str, str]] = []
    before = traces.everything()

    def look(event: Event) -> None:
        seen.append((event.kind, make.again(version).state))

    with rehearsal.rehearsing(look):
        give_back(version, Request("Shorten it."), by=editor)

    assert seen == [("returned", "returned")]
    assert traces.everything() == before


def test_a_rehearsal_is_refused_as_the_step_is(db: None) -> None:
    version, editor = make.under_review(), make.editor()
    seen: list[Event] = []

    with traces.nothing_left(Refused), rehearsal.rehearsing(seen.append):
        desk.return_for_changes(version.pk, by=editor, reason=" ")

    assert seen == []
    assert desk.return_for_changes(version.pk, by=editor, reason="So").pk == version.pk
    assert ledger.state_of(make.again(version)) == "returned"
