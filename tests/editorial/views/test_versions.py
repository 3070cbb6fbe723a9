"""The version page: who sees what, and which steps it offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Authorship
from editorial import roles
from editorial.actions import authoring, desk, inviting, publishing, replying, reviewing
from editorial.actions.authors import invite_author
from editorial.views import seeing
from editorial.views.seeing import Seat
from reviews.models import Comment
from tests import make
from tests.editorial.views.visitors import found, parsed, step_names, text

if TYPE_CHECKING:
    from articles.models import Version
    from editorial.models import User
    from tests.editorial.views.conftest import Visit

REVIEWER = "Canary Reviewerson"
REMARKS = "Mind the dose in the elderly."
NOTE = "Between us: reject it."
COMMENT = "The dose is wrong."


@pytest.fixture
def author(db: None) -> User:
    return make.author(name="Lena Okafor")


@pytest.fixture
def version(author: User) -> Version:
    """A version under review with one report, by somebody whom nobody may name."""
    reviewer = make.reviewer(name=REVIEWER)
    version = make.under_review(
        by=author, reviewers=[reviewer, make.reviewer()], editor=make.editor()
    )
    make.reported(
        version.assignments.get(reviewer=reviewer),
        vote="changes",
        remarks=REMARKS,
        note_to_editor=NOTE,
        comments=(make.blocking(COMMENT),),
    )
    return make.again(version)


def returned(version: Version) -> None:
    desk.return_for_changes(version.pk, by=make.editor(), reason="See the comment.")


def shown(visit: Visit, user: User, version: Version) -> str:
    return text(visit(user).get(f"/desk/versions/{version.pk}/"))


SECRETS = (REVIEWER, REMARKS, NOTE, COMMENT, "Changes needed")


def test_the_desk_sees_everything(visit: Visit, version: Version) -> None:
    page = shown(visit, make.editor(), version)

    assert [secret for secret in SECRETS if secret not in page] == []


def test_who_is_in_charge_is_told_and_leads_to_the_hand_over(
    visit: Visit, version: Version
) -> None:
    found_by = {"in charge": version.article.editor, "another": make.editor()}
    told = f"Editor in charge: {version.article.editor}"

    pages = {
        who: visit(make.fresh(user)).get(version.get_absolute_url())
        for who, user in found_by.items()
    }

    assert all(told in text(page) for page in pages.values())
    address = f"/desk/articles/{version.article_id}/editor/"
    leads = {who: bool(found(p, f'//a[@href="{address}"]')) for who, p in pages.items()}
    assert leads == {"in charge": True, "another": False}


def test_the_desk_is_led_to_the_record_of_each_work(
    visit: Visit, version: Version, author: User
) -> None:
    links = '//a[starts-with(@href, "/desk/works/")]'
    cited = {f"{c.key}": f"/desk/works/{c.work_id}/" for c in version.citations.all()}

    page = visit(make.editor()).get(version.get_absolute_url())

    led = {a.text_content().split()[1]: a.get("href") for a in found(page, links)}
    assert led == cited
    assert found(visit(author).get(version.get_absolute_url()), links) == []


def test_an_author_is_not_told_who_is_in_charge(visit: Visit, version: Version) -> None:
    writer = make.fresh(version.article.authorships.get().user)

    page = visit(writer).get(version.get_absolute_url())

    assert "Editor in charge" not in text(page)


def test_an_author_sees_nothing_of_a_review_before_the_decision(
    visit: Visit, author: User, version: Version
) -> None:
    page = shown(visit, author, version)

    assert [secret for secret in SECRETS if secret in page] == []
    assert "Review signed" not in page


def test_an_author_sees_remarks_and_comments_after_the_decision_without_names(
    visit: Visit, author: User, version: Version
) -> None:
    returned(version)

    page = shown(visit, author, version)

    assert [secret for secret in SECRETS if secret in page] == [REMARKS, COMMENT]
    assert "See the comment." in page


def test_an_author_does_not_learn_during_review_what_a_reviewer_settled(
    visit: Visit,
) -> None:
    author, one = make.author(), make.reviewer()
    first = make.under_review(by=author, tier="C", reviewers=[one])
    make.reported(first.assignments.get(), comments=(make.blocking(),))
    returned(first)
    second = make.resubmitted(make.again(first), by=author)
    asked = make.send(second, tier="C", reviewers=[one]).assignments.get()
    again = make.accepted(asked)
    item = Comment.objects.get(version=second, kind="blocking")
    replying.settle(again.pk, by=make.fresh(one), comment_id=item.pk)

    page = parsed(visit(author).get(f"/desk/versions/{second.pk}/"))
    desks = parsed(visit(make.editor()).get(f"/desk/versions/{second.pk}/"))

    said = '//section[@aria-labelledby="comments"]/div/header/span[2]/text()'
    assert page.xpath('//section[@aria-labelledby="comments"]/div')
    assert page.xpath(said) == []
    assert "closed" in desks.xpath(said)


SAID = [
    ("It begins badly.", "What to do"),
    ("Alpha: too long.", ""),
    ("Say how often.", "Watch for bleeding"),
    ("Beta: too short.", ""),
]
"""As the text is read; those about no passage come last, as their hashes fall."""


@pytest.mark.parametrize("turn", [1, -1])
def test_an_author_reads_comments_in_an_order_that_names_nobody(
    visit: Visit, author: User, turn: int
) -> None:
    version = make.under_review(by=author)
    asked = version.assignments.select_related("reviewer").order_by("pk")
    parts = [SAID[:2][::turn], SAID[2:][::turn]]
    for assignment, part in zip(asked, parts[::turn], strict=True):
        remarks = tuple(make.Remark("question", *said) for said in part)
        make.reported(assignment, comments=remarks)
    returned(version)
    draft = authoring.revise(version.pk, by=author)

    page = parsed(visit(author).get(f"/desk/versions/{version.pk}/"))

    notes = page.xpath('//section[@aria-labelledby="comments"]/div')
    words = [note.xpath("string(.//p[1])") for note in notes]
    assert words == [
        "It begins badly.",
        "Say how often.",
        "Alpha: too long.",
        "Beta: too short.",
    ]
    assert {note.get("id") for note in notes} == {None}
    carried = draft.comments.order_by("pk").values_list("text", flat=True)
    assert list(carried) == [
        "It begins badly.",
        "Say how often.",
        "Alpha: too long.",
        "Beta: too short.",
        "See the comment.",
    ]


def test_whom_a_decliner_suggests_is_told_to_the_desk_alone(visit: Visit) -> None:
    author, other = make.author(), make.reviewer()
    version = make.under_review(by=author, reviewers=[make.reviewer(), other])
    declining = version.assignments.select_related("reviewer").order_by("pk")[0]
    by, colleague = make.fresh(declining.reviewer), "Dr B. Coli, Brown"
    reviewing.decline(declining.pk, by=by, reason="Away", suggested=colleague)
    make.reported(version.assignments.get(reviewer=other))

    page = visit(make.editor()).get(version.get_absolute_url())
    [declined] = found(page, '//ol[@class="timeline"]/li[contains(., "Away")]')
    assert f"Suggests instead: {colleague}" in declined.text_content()
    [hint] = found(page, '//*[@id="invite"]//p[contains(., "declined and suggests")]')
    assert f"{by.printed_name} declined and suggests: {colleague}." in text_of(hint)
    own = version.assignments.get(reviewer=other).get_absolute_url()
    for person in (author, make.fresh(other)):
        assert colleague not in shown(visit, person, version)
        assert colleague not in text(visit(person).get(own))


def test_an_author_who_is_an_editor_sees_no_more_than_an_author(
    visit: Visit, author: User, version: Version
) -> None:
    for group in (roles.EDITOR, roles.CHIEF_EDITOR, roles.AUDITOR):
        author.groups.add(*author.groups.model.objects.filter(name=group))

    page = shown(visit, author, version)

    assert [secret for secret in SECRETS if secret in page] == []


def test_a_reviewer_sees_no_review_but_their_own(
    visit: Visit, version: Version
) -> None:
    other = version.assignments.exclude(reviewer__name=REVIEWER).get()
    make.accepted(other)

    page = shown(visit, other.reviewer, version)

    assert [secret for secret in SECRETS if secret in page] == []


def test_an_editor_who_reviews_the_version_is_as_blind_as_a_reviewer(
    visit: Visit, version: Version
) -> None:
    both = make.reviewer()
    inviting.invite(version.pk, by=make.editor(), reviewers=[both.pk])
    both.groups.add(both.groups.model.objects.get(name=roles.EDITOR))

    page = shown(visit, both, version)

    assert [secret for secret in SECRETS if secret in page] == []


def test_a_reviewer_who_has_not_accepted_does_not_read_the_text(
    visit: Visit, version: Version
) -> None:
    other = version.assignments.exclude(reviewer__name=REVIEWER).get().reviewer

    assert visit(other).get(f"/desk/versions/{version.pk}/").status_code == 404


def test_an_auditor_looks_and_touches_nothing(visit: Visit, version: Version) -> None:
    visitor = visit(make.user(roles.AUDITOR))

    page = visitor.get(f"/desk/versions/{version.pk}/")

    assert REVIEWER in text(page)
    assert step_names(page) == []


@pytest.mark.parametrize("role", [roles.AUTHOR, roles.REVIEWER, roles.ADMINISTRATOR])
def test_strangers_find_nothing(visit: Visit, version: Version, role: str) -> None:
    page = visit(make.user(role)).get(f"/desk/versions/{version.pk}/")

    assert page.status_code == 404


@pytest.mark.parametrize("pk", ["0", "999999", str(2**70)])
def test_a_number_without_a_version_is_not_there(visit: Visit, pk: str) -> None:
    assert visit(make.chief()).get(f"/desk/versions/{pk}/").status_code == 404


def test_the_page_offers_the_steps_that_would_succeed_or_wait(
    visit: Visit, author: User, version: Version
) -> None:
    address = f"/desk/versions/{version.pk}/"

    offered = {
        "author": step_names(visit(author).get(address)),
        "editor": step_names(visit(make.editor()).get(address)),
        "chief": step_names(visit(make.chief()).get(address)),
    }

    both = {"invite", "return_for_changes", "show_preview"}
    both |= {"change_tier", "change_blinding"}
    both |= {"name_alternates", "name_entities"}
    assert offered["author"] == ["withdraw"]
    assert set(offered["editor"]) == {*both, "recommend"}
    assert set(offered["chief"]) - {"recommend"} == {
        *(*both, "reject", "approve", "publish")
    }


def test_what_can_be_submitted_is_offered_before_more_writing(visit: Visit) -> None:
    author = make.author()
    ready, bare = make.draft(by=author), make.draft(by=author, references=())

    shown = [visit(author).get(v.get_absolute_url()) for v in (ready, bare)]

    first = [found(page, '//div[@class="steps"]/*[1]')[0] for page in shown]
    assert [element.tag for element in first] == ["form", "p"]
    writing = '//a[text()="Go on writing"]'
    looks = [found(page, writing)[0].get("class") for page in shown]
    assert looks == ["button quiet", "button"]
    assert "Nothing left to mend. You can submit." in text(shown[0])


def test_a_step_that_waits_says_for_what_and_has_no_button(
    visit: Visit, version: Version
) -> None:
    page = visit(make.chief()).get(f"/desk/versions/{version.pk}/")

    [notice] = found(page, '//*[@id="approve"]//p[@class="notice"]')
    assert notice.text_content() == "Tier B needs 2 reviews in favour; 0 received."
    assert found(page, '//*[@id="approve"]//button') == []


def test_the_text_stands_there_as_readers_see_it(visit: Visit) -> None:
    version = make.submitted(
        renditions={"clinician": make.BODY, "patient": make.PATIENT_BODY}
    )

    page = visit(make.editor()).get(f"/desk/versions/{version.pk}/")

    [article] = found(page, "//article")
    assert article.get("data-sha256") == version.sha256
    assert [e.get("data-ref") for e in found(page, "//li[@data-ref]")] == [
        "trial",
        "review",
    ]
    assert [
        e.text_content() for e in found(page, "//article//p[@class='label'][@id]")
    ] == [
        "Written for clinicians",
        "Written for patients",
    ]


def test_the_sign_box_shows_what_is_signed(visit: Visit) -> None:
    version = make.reviewed()
    chief = make.chief()

    page = visit(chief).get(f"/desk/versions/{version.pk}/")

    [box] = found(page, '//*[@id="approve"]//dl')
    said = " ".join(box.text_content().split())
    names = [a.reviewer.printed_name for a in version.assignments.order_by("pk")]
    assert version.sha256 in said
    assert f"You sign as{chief.printed_name}" in said
    assert [name for name in names if f"{name}: Approve" not in said] == []


def test_candidates_show_their_load_and_whether_the_specialty_matches(
    visit: Visit,
) -> None:
    busy = make.reviewer(name="Busy One")
    make.under_review(reviewers=[busy], tier="C")
    version = make.under_review(reviewers=[make.reviewer()], tier="C")

    page = visit(make.editor()).get(f"/desk/versions/{version.pk}/")

    [label] = found(page, '//*[@id="invite"]//label[contains(., "Busy One")]')
    assert " ".join(label.text_content().split()) == (
        "Busy One, MD Cardiology, matches · works on Cardiology · 1 of 5 open reviews"
    )


@pytest.mark.parametrize("seat", ["author", "editor"])
def test_the_page_asks_as_often_for_three_reviews_as_for_one(
    visit: Visit, seat: str
) -> None:
    counts = []
    make.reviewer()  # somebody could be asked in either case
    for reviews in (1, 3):
        author = make.author()
        version = make.under_review(
            by=author, tier="C", reviewers=[make.reviewer() for _ in range(reviews)]
        )
        make.report_all(version, comments=(make.blocking(),), remarks="x")
        visitor = visit(author if seat == "author" else make.chief())
        with CaptureQueriesContext(connection) as asked:
            visitor.get(f"/desk/versions/{version.pk}/")
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 12


def test_the_most_blinded_seat_wins() -> None:
    assert [seat.sees_all for seat in Seat] == [False, False, True, True]


def text_of(element: Any) -> str:
    return " ".join(element.text_content().split())


def about(response: object) -> str:
    """The line over the text, without its links."""
    parts = found(response, '//div[@class="about"]/span')
    return " / ".join(part.text_content() for part in parts)


def test_each_version_says_which_one_is_public(visit: Visit) -> None:
    author = make.author()
    first = make.submitted(by=author)
    desk.return_for_changes(first.pk, by=make.editor(), reason="Mend it.")
    second = make.resubmitted(make.again(first), by=author)
    visitor = visit(make.editor())

    before = [about(visitor.get(v.get_absolute_url())) for v in (first, second)]
    make.send(second, tier="C")
    make.report_all(second)
    make.approve(make.again(second))
    publishing.publish(second.article_id, by=make.chief())
    after = [about(visitor.get(v.get_absolute_url())) for v in (first, second)]

    assert before == ["Version 1 / Returned for changes", "Version 2 / Submitted"]
    assert after == [
        "Version 1 · Tier C · Cardiology / Returned for changes / Public now: version 2",
        "Version 2 · Tier C · Cardiology / Approved / Public now: this version",
    ]


def test_a_preview_is_said_to_be_public_of_the_text_that_is_shown(
    visit: Visit,
) -> None:
    version = make.under_review(tier="C")
    publishing.show_preview(version.article_id, by=make.editor(), reason="Asked for")

    page = visit(make.editor()).get(version.get_absolute_url())

    assert about(page).endswith("Public now: this text as a preview, not approved")


def test_a_panel_that_cannot_make_the_quorum_is_said_to_be_one(visit: Visit) -> None:
    strangers = [make.reviewer(specialties=[]) for _ in range(2)]
    version = make.under_review(tier="B", reviewers=strangers)
    said = "Nobody asked is from cardiology, and one review in favour must be."

    editor = text(visit(make.editor()).get(version.get_absolute_url()))
    author = version.article.authorships.get().user

    assert said in editor
    assert said not in text(visit(author).get(version.get_absolute_url()))


def test_an_address_can_unfold_one_of_the_steps(visit: Visit) -> None:
    version = make.submitted()
    page = version.get_absolute_url()
    visitor = visit(make.editor())

    asked = visitor.get(f"{page}?step=send_to_review")

    folds = '//div[@class="steps"]//details[@open]/@id'
    assert found(visitor.get(page), folds) == []
    assert found(asked, folds) == ["send_to_review"]


def test_whoever_judges_a_text_sees_its_public_address(visit: Visit) -> None:
    version = make.submitted(question="Does treatment help?")

    page = shown(visit, make.editor(), version)

    assert "Public address /articles/does-treatment-help/" in page


def test_an_author_reads_the_words_that_a_suggestion_would_put_there(
    visit: Visit,
) -> None:
    version = make.under_review(tier="C")
    said = make.Remark("suggestion", "Too vague.", "Offer", replacement="Give 5 mg")
    make.report_all(version, comments=(said,))
    desk.return_for_changes(version.pk, by=make.editor(), reason="Mend it.")
    author = version.article.authorships.get().user

    page = text(visit(author).get(version.get_absolute_url()))

    assert "Too vague." in page
    assert "Give 5 mg" in page


def test_a_suggestion_that_says_nothing_else_is_shown_once(visit: Visit) -> None:
    version = make.under_review(tier="C")
    said = make.Remark("suggestion", "", "Offer", replacement="Give 5 mg")
    make.report_all(version, comments=(said,))
    own = version.assignments.select_related("reviewer").get()

    signed = visit(own.reviewer).get(own.get_absolute_url())
    seen = visit(make.editor()).get(version.get_absolute_url())

    for page in (signed, seen):
        [comments] = found(page, '//section[@aria-labelledby="comments"]')
        assert text_of(comments).count("Give 5 mg") == 1
        assert "there instead" not in text(page)


@pytest.mark.parametrize(
    ("blinding", "is_named"), [("open", True), ("single", False), ("double", False)]
)
def test_remarks_stand_under_the_name_that_authors_may_know(
    blinding: str,
    is_named: bool,  # noqa: FBT001  a table
    visit: Visit,
    author: User,
) -> None:
    judge = make.reviewer(name=REVIEWER)
    sent = make.blinded(make.submitted(by=author), blinding)
    version = make.send(sent, tier="C", reviewers=[judge])
    make.reported(version.assignments.get(), vote="changes", remarks=REMARKS)
    letter = version.assignments.get().pseudonym
    returned(make.again(version))

    [told] = seeing.remarks_for_author(seeing.Seat.AUTHOR, author, make.again(version))

    assert told.text == REMARKS
    assert told.who == (judge.printed_name if is_named else f"Reviewer {letter}")
    assert told.who in shown(visit, author, version)


def test_an_editor_who_reviews_a_text_shows_no_preview_and_lands_on_the_desk(
    visit: Visit,
) -> None:
    person, author = make.reviewer(roles.EDITOR), make.author()
    draft = make.draft(by=author)
    invite_author(draft.article_id, by=author, email=make.author().email)
    submitted = authoring.submit(draft.pk, by=author)
    version = make.send(submitted, tier="C", reviewers=[person])
    row = Authorship.objects.get(article=version.article_id, joined_at=None)
    room, seen = f"/desk/articles/{version.article_id}", make.article(version).revision
    visitor = visit(person)

    shown = visitor.post(f"{room}/show_preview/", seen=seen, reason="Asked for")
    taken = visitor.post(f"{room}/uninvite_author/", seen=seen, authorship=row.pk)

    assert (shown.status_code, make.article(version).standing) == (403, "unpublished")
    assert (taken.status_code, taken["Location"]) == (302, "/desk/")
    assert not Authorship.objects.filter(pk=row.pk).exists()
