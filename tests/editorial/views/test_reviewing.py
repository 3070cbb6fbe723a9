"""A review that is saved while it is typed: kept, shown again, never overwritten."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from editorial import reports, roles
from editorial.actions import desk, inviting, jotting, reviewing
from editorial.forms import checks
from editorial.models import Event
from reviews import checklist
from reviews.models import Assignment, Report, ReviewDraft
from tests import make
from tests.editorial.views.test_assignments import address, review
from tests.editorial.views.visitors import complaints, found, notices, parsed, text

if TYPE_CHECKING:
    from tests.editorial.views.conftest import Visit

JSON = {"Accept": "application/json"}


@pytest.fixture
def accepted(db: None) -> Assignment:
    asked = make.under_review(tier="C").assignments.get()
    make.accepted(asked)
    return Assignment.objects.select_related("version", "reviewer").get(pk=asked.pk)


def save(visitor: Any, asked: Assignment, **sent: Any) -> Any:
    path = f"{address(asked)}save/"
    return visitor.client.post(path, {"saves": 0} | sent, headers=JSON)


def kept() -> list[tuple[int, dict[str, str]]]:
    return list(ReviewDraft.objects.values_list("saves", "content"))


def test_what_is_typed_is_saved_without_the_password(
    visit: Visit, accepted: Assignment
) -> None:
    events = Event.objects.count()
    typed = {"remarks": "Nearly\r\nthere\0.", "comment-7-text": "Which dose?"}

    answer = save(
        *(visit(accepted.reviewer), accepted),
        **typed,
        password=make.PASSWORD,
        smuggled="x",
        vote="",
    )

    assert json.loads(answer.content).keys() == {"saves", "saved_at"}
    assert kept() == [
        (1, {"remarks": "Nearly\nthere."} | {"comment-7-text": "Which dose?"})
    ]
    assert Event.objects.count() == events
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_page_opens_with_what_was_saved(visit: Visit, accepted: Assignment) -> None:
    visitor = visit(accepted.reviewer)
    typed = {
        "check_doses": "na",
        "vote": "minor",
        "note_to_editor": "Between us.",
        "comment-9-kind": "blocking",
        "comment-9-text": "Ten times too much.",
        "cite-1-verdict": "partly",
        "cite-1-locator": "p. 412",
    }
    save(visitor, accepted, **typed)

    form = next(f for f in parsed(visitor.get(address(accepted))).forms if f.get("id"))

    assert {name: form.fields[name].lstrip("\n") for name in typed} == typed
    assert form.fields["saves"] == "1"
    assert "comment-10-text" in form.fields
    assert "comment-11-text" not in form.fields


def test_the_page_leads_to_the_first_claim_that_is_not_answered(
    visit: Visit, accepted: Assignment
) -> None:
    visitor, link = visit(accepted.reviewer), "//a[@data-next-claim]/@href"
    claims = len(found(visitor.get(address(accepted)), "//fieldset[@data-check]"))
    every = {f"cite-{n}-verdict": "supports" for n in range(1, claims + 1)}

    led = [found(visitor.get(address(accepted)), link)]
    save(visitor, accepted, **{"cite-1-verdict": "partly"})
    led.append(found(visitor.get(address(accepted)), link))
    save(visitor, accepted, saves=1, **every)
    led.append(found(visitor.get(address(accepted)), link))

    assert led == [["#report-cite-1-verdict"], ["#report-cite-2-verdict"], []]


def test_a_save_from_another_window_overwrites_nothing(
    visit: Visit, accepted: Assignment
) -> None:
    visitor = visit(accepted.reviewer)
    save(visitor, accepted, remarks="First")

    answer = save(visitor, accepted, remarks="Second")

    assert answer.status_code == 409
    told = json.loads(answer.content)
    assert (told["what"], told["who"]) == ("Saved", "you")
    assert [content for _, content in kept()] == [{"remarks": "First"}]


def test_a_window_goes_on_when_an_answer_was_lost(
    visit: Visit, accepted: Assignment
) -> None:
    visitor = visit(accepted.reviewer)
    save(visitor, accepted, remarks="First", attempt="one")

    again = save(visitor, accepted, remarks="First", attempt="one")
    more = save(visitor, accepted, remarks="Second", attempt="one")
    other = save(visitor, accepted, remarks="Third", attempt="two")

    statuses = [again.status_code, more.status_code, other.status_code]
    assert statuses == [200, 200, 409]
    assert kept() == [(2, {"remarks": "Second", "attempt": "one"})]


def test_without_scripts_a_button_saves(visit: Visit, accepted: Assignment) -> None:
    visitor = visit(accepted.reviewer)

    answer = visitor.post(f"{address(accepted)}save/", saves=0, remarks="Go on later")

    page = visitor.get(address(accepted))
    assert (answer.status_code, answer["Location"]) == (302, address(accepted))
    assert notices(page) == ["Saved. Nobody else reads it before you sign."]
    assert "Go on later" in text(page)
    [button] = found(page, "//button[@data-save-plainly]")
    assert button.get("formaction") == f"{address(accepted)}save/"


def test_a_session_that_died_loses_nothing(accepted: Assignment) -> None:
    client = Client()
    client.force_login(accepted.reviewer)
    client.get(address(accepted))
    client.cookies.pop("sessionid")
    path = f"{address(accepted)}save/"

    asked = client.post(path, {"saves": 0, "remarks": "x"}, headers=JSON)
    sent = client.post(path, {"saves": 0, "remarks": "Typed meanwhile"})
    client.force_login(accepted.reviewer)
    page = client.get(address(accepted))

    assert asked.status_code == 401
    assert json.loads(asked.content).keys() == {"sign_in"}
    assert sent.status_code == 302
    assert "Typed meanwhile" in text(page)
    assert found(page, "//form[@data-unsaved]")


@pytest.mark.parametrize(
    ("role", "status"),
    [(roles.EDITOR, 403), (roles.AUDITOR, 403), (roles.REVIEWER, 404)],
)
def test_nobody_writes_in_the_review_of_another(
    visit: Visit, accepted: Assignment, role: str, status: int
) -> None:
    answer = save(visit(make.user(role)), accepted, remarks="Mine")

    assert answer.status_code == status
    assert kept() == []


def test_nobody_else_reads_what_is_not_signed(
    visit: Visit, accepted: Assignment
) -> None:
    save(visit(accepted.reviewer), accepted, remarks="For me alone")

    people = (make.editor(), make.chief(), make.user(roles.AUDITOR), make.reviewer())
    pages = (address(accepted), accepted.version.get_absolute_url())
    for person in people:
        said = [visit(person).get(page).content.decode() for page in pages]
        assert "For me alone" not in "".join(said)


def test_a_reviewer_whose_review_is_taken_away_reads_what_they_wrote(
    visit: Visit, accepted: Assignment
) -> None:
    visitor = visit(accepted.reviewer)
    save(visitor, accepted, remarks="Much work", vote="minor")
    inviting.unassign(accepted.pk, by=make.editor(), reason="Enough")

    page = text(visitor.get(address(accepted)))
    late = save(visitor, accepted, saves=1, remarks="More")

    assert "Remarks for the author Much work" in page
    assert "My vote Approve with minor changes" in page
    assert late.status_code == 409
    assert "Much work" not in text(visit(make.editor()).get(address(accepted)))


def test_who_steps_back_is_shown_what_they_wrote_and_nothing_else(
    visit: Visit, accepted: Assignment
) -> None:
    visitor = visit(accepted.reviewer)
    sent = {f"comment-{row}-kind": "question" for row in range(1, 6)}
    save(visitor, accepted, **sent | {"comment-2-text": "How long?"})
    reviewing.recuse(accepted.pk, by=make.fresh(accepted.reviewer), reason="Ill")

    page = visitor.get(address(accepted))

    terms = found(page, '//section[@aria-labelledby="left-behind"]//dt')
    said = [(t.text_content(), t.getnext().text_content().strip()) for t in terms]
    assert said == [
        ("Comment 2: Kind", "Question"),
        ("Comment 2: What you say of it", "How long?"),
    ]
    [declared] = found(page, '//p[@class="notice"][starts-with(., "Declared")]')
    assert declared.text_content().endswith(": no interest that could touch this text.")


def test_a_refusal_leaves_the_draft_and_the_signature_takes_it_in(
    visit: Visit, accepted: Assignment
) -> None:
    visitor = visit(accepted.reviewer)
    save(visitor, accepted, remarks="Careful words")

    refused = visitor.post(f"{address(accepted)}report/", **review(accepted, vote=""))

    assert refused.status_code == 422
    assert kept() == [(1, {"remarks": "Careful words"})]
    assert not Report.objects.exists()


def test_a_window_goes_on_saving_after_a_refused_signature(
    visit: Visit, accepted: Assignment
) -> None:
    visitor = visit(accepted.reviewer)
    save(visitor, accepted, remarks="First", attempt="one")

    sent = review(accepted, vote="", remarks="Second", saves=0, attempt="one")
    refused = visitor.post(f"{address(accepted)}report/", **sent)
    [form] = [f for f in parsed(refused).forms if f.get("id")]
    names = ("saves", "attempt", "remarks")
    typed = {name: form.fields[name].strip() for name in names}
    answer = save(visitor, accepted, **typed)

    assert (refused.status_code, answer.status_code) == (422, 200)
    assert kept() == [(2, {"remarks": "Second", "attempt": "one"})]


def test_a_second_window_is_not_taken_for_the_first(
    visit: Visit, accepted: Assignment
) -> None:
    visitor = visit(accepted.reviewer)
    save(visitor, accepted, remarks="First", attempt="one")

    page = parsed(visitor.get(address(accepted)))

    [form] = [f for f in page.forms if f.get("id")]
    assert (form.fields["saves"], form.fields["attempt"]) == ("1", None)


def test_nothing_is_signed_from_a_window_that_is_behind_and_both_texts_are_shown(
    visit: Visit, accepted: Assignment
) -> None:
    visitor, page = visit(accepted.reviewer), address(accepted)
    save(visitor, accepted, remarks="Second tab", attempt="two")
    save(visitor, accepted, saves=1, remarks="First tab", attempt="one")
    sent = review(accepted, saves=1, remarks="Second tab", attempt="two")

    looked = visitor.client.post(f"{page}look/", sent, headers=JSON)
    refused = visitor.post(f"{page}report/", **sent)
    shown = text(refused)
    [form] = [f for f in parsed(refused).forms if f.get("action") == f"{page}save/"]
    chosen = visitor.post(f"{page}save/", **dict(form.form_values()))
    signed = visitor.send(page, f"{page}report/", password=make.PASSWORD)

    assert (looked.status_code, refused.status_code) == (409, 409)
    assert json.loads(looked.content)["what"] == "Saved"
    assert "From this window: Second tab" in shown
    assert "From the other window: First tab" in shown
    assert make.PASSWORD not in refused.content.decode()
    assert (chosen.status_code, signed.status_code) == (302, 302)
    assert Report.objects.get().remarks == "Second tab"


def test_the_same_window_signs_after_its_own_saves(
    visit: Visit, accepted: Assignment
) -> None:
    visitor = visit(accepted.reviewer)
    save(visitor, accepted, remarks="First", attempt="one")
    save(visitor, accepted, saves=1, remarks="Second", attempt="one")

    sent = review(accepted, saves=1, remarks="Third", attempt="one")
    signed = visitor.post(f"{address(accepted)}report/", **sent)

    assert signed.status_code == 302
    assert Report.objects.get().remarks == "Third"


def test_words_kept_from_a_dead_session_pass_over_no_other_window(
    accepted: Assignment,
) -> None:
    client, page = Client(), address(accepted)
    client.force_login(accepted.reviewer)
    client.get(page)
    client.cookies.pop("sessionid")
    client.post(f"{page}save/", {"saves": 0, "remarks": "Typed meanwhile"})
    content = {"remarks": "Another window"}
    jotting.jot(accepted.pk, by=accepted.reviewer, content=content, seen=0)

    client.force_login(accepted.reviewer)
    [form] = [f for f in parsed(client.get(page)).forms if f.get("id")]
    answer = client.post(f"{page}save/", dict(form.form_values()))

    assert answer.status_code == 409
    assert kept() == [(1, {"remarks": "Another window"})]


def test_a_second_look_says_all_that_is_missing_and_keeps_nothing(
    visit: Visit, accepted: Assignment
) -> None:
    visitor = visit(accepted.reviewer)
    typed = {"check_harms": "no", "check_doses": "", "comment-1-passage": "Offer it."}
    sent = review(accepted, vote="", **typed)
    whole = review(accepted, password="")

    asked = [
        visitor.client.post(f"{address(accepted)}look/", words, headers=JSON)
        for words in (sent, whole)
    ]

    doses, harms = checklist.ITEMS[2].text, checklist.ITEMS[3].text
    assert [json.loads(answer.content) for answer in asked] == [
        {
            "missing": [
                ["report-vote", "Choose your vote."],
                ["report-check_doses", f"Answer “{doses}”."],
                [
                    "report-check_harms",
                    f"“{harms}” is answered “No”: {checklist.WHERE}",
                ],
                [
                    *("report-comment-1-text", "Say what you found in this passage."),
                ],
            ],
            "passed_over": "",
        },
        {"missing": [], "passed_over": ""},
    ]
    assert kept() == []
    assert not Report.objects.exists()


def test_a_vote_over_an_objection_of_ones_own_is_said_before_it_is_signed(
    visit: Visit, accepted: Assignment
) -> None:
    visitor = visit(accepted.reviewer)
    blocking = {
        "comment-1-kind": "blocking",
        "comment-1-text": "To whom?",
        "comment-1-passage": "Offer it.",
        "comment-1-criterion": "harms",
    }
    sent = review(accepted, check_harms="no", **blocking)
    said = (
        "You vote “Approve” over 1 blocking comment of your own and "
        "your “No” to “Harms are stated”."
    )

    looked = visitor.client.post(f"{address(accepted)}look/", sent, headers=JSON)
    save(visitor, accepted, **sent)
    page = visitor.get(address(accepted))

    assert json.loads(looked.content) == {"missing": [], "passed_over": said}
    assert [e.text_content() for e in found(page, "//p[@data-passed-over]")] == [said]
    assert not found(page, "//p[@data-passed-over][@hidden]")


def test_a_vote_over_what_one_asked_in_an_earlier_round_is_said_too(
    visit: Visit,
) -> None:
    author = make.author()
    first = make.under_review(by=author, tier="C")
    asked = first.assignments.get()
    make.reported(asked, vote="changes", comments=(make.blocking(),))
    desk.return_for_changes(first.pk, by=make.editor(), reason="See the comment.")
    second = make.resubmitted(first, by=author)
    again = make.send(second, tier="C", reviewers=[asked.reviewer]).assignments.get()
    visitor, page = visit(asked.reviewer), address(make.accepted(again))

    looked = [
        visitor.client.post(f"{page}look/", review(again, vote=vote), headers=JSON)
        for vote in ("approve", "changes")
    ]

    over = (
        "You vote “Approve” over 1 blocking comment that you signed before, still open."
    )
    assert [json.loads(answer.content)["passed_over"] for answer in looked] == [
        f"{over} {reports.TO_SETTLE}",
        "",
    ]


def test_the_page_says_how_many_claims_are_checked_and_how_many_are_asked_for(
    visit: Visit, accepted: Assignment
) -> None:
    visitor, said = visit(accepted.reviewer), []
    words = "//p[@data-asked]"
    said += found(visitor.get(address(accepted)), words)
    typed = {"cite-1-verdict": "does_not", "cite-2-verdict": "not_accessible"}
    save(visitor, accepted, **typed)
    said += found(visitor.get(address(accepted)), words)

    assert [e.text_content() for e in said] == [
        "0 of 4 checked; tier C asks for 4.",
        "1 of 4 checked; tier C asks for 4.",
    ]


def test_a_line_is_not_asked_for_again_while_its_comment_is_begun(
    visit: Visit, accepted: Assignment
) -> None:
    begun = {"comment-1-passage": "Offer it.", "comment-1-criterion": "harms"}
    sent = review(accepted, check_harms="no", **begun)

    answer = visit(accepted.reviewer).post(f"{address(accepted)}report/", **sent)

    assert complaints(answer) == ["Say what you found in this passage."]


def test_a_review_has_an_end(visit: Visit, accepted: Assignment) -> None:
    long = {f"comment-{n}-text": "x" * 20_000 for n in range(1, 53)}

    answer = save(visit(accepted.reviewer), accepted, **long)

    assert answer.status_code == 422
    assert json.loads(answer.content)["errors"] == [
        "This is more than a review can hold; shorten it."
    ]
    assert jotting.LARGEST == 1_000_000


@pytest.mark.parametrize("count", [1, 3])
def test_the_review_takes_the_same_number_of_queries(
    visit: Visit, accepted: Assignment, django_assert_num_queries: Any, count: int
) -> None:
    visitor = visit(accepted.reviewer)
    typed = {f"comment-{n}-text": "Why?" for n in range(count)}
    save(visitor, accepted, **typed)

    with django_assert_num_queries(9):
        assert visitor.get(address(accepted)).status_code == 200


def long_text() -> str:
    keys = ("review", "trial", "review")
    sentences = (
        f'Offer it on day {n}.<cite data-ref="{keys[n % 3]}"></cite>' for n in range(7)
    )
    return f"<p>{' '.join(sentences)}</p>"


@pytest.fixture
def long_review(db: None, monkeypatch: pytest.MonkeyPatch) -> Assignment:
    """A review of eleven claims, three of which a page shows."""
    monkeypatch.setattr(checks, "MOST_SHOWN", 3)
    body = make.BODY + long_text()
    version = make.under_review(tier="C", renditions={"clinician": body})
    asked = version.assignments.get()
    make.accepted(asked)
    return Assignment.objects.select_related("version", "reviewer").get(pk=asked.pk)


def test_claims_are_answered_page_by_page_and_signed_together(
    visit: Visit, long_review: Assignment
) -> None:
    visitor, page = visit(long_review.reviewer), address(long_review)
    first = visitor.get(page)
    claims = found(first, "//@data-claims")

    visitor.post(
        f"{page}save/", **{"saves": 0, "claims": "2", "cite-1-verdict": "supports"}
    )
    second = visitor.get(f"{page}?claims=2")
    names = [e.get("id") for e in found(second, "//fieldset[@data-check]")]
    answers = {"cite-4-verdict": "partly", "cite-5-verdict": ""}
    sent = review(long_review, saves=1, **answers)
    visitor.post(f"{page}report/", **sent)

    assert claims == ["11"]
    assert "This text has 11 claims, more than one page shows." in text(first)
    assert names == [f"report-cite-{n}-verdict" for n in (4, 5, 6)]
    assert found(second, "//@data-elsewhere") == ["1"]
    signed = long_review.citation_checks.order_by("pk")
    assert [row.verdict for row in signed] == ["partly", "supports"]


def test_saving_leads_to_the_page_of_claims_that_was_asked_for(
    visit: Visit, long_review: Assignment
) -> None:
    visitor, page = visit(long_review.reviewer), address(long_review)

    answers = [
        visitor.post(f"{page}save/", saves=number, claims=asked, remarks=f"{number}")
        for number, asked in enumerate(["2", "//evil.example"])
    ]

    assert [answer["Location"] for answer in answers] == [
        f"{page}?claims=2#citations",
        page,
    ]


@pytest.fixture
def second(db: None) -> Assignment:
    """Accepted by who said of each claim of the version before where the work says it."""
    author, one = make.author(), make.reviewer()
    first = make.under_review(by=author, tier="C", reviewers=[one])
    said = [replace(check, locator="p. 4") for check in make.checks(first)]
    said[0] = replace(said[0], verdict="partly", note="Of adults.")
    make.reported(first.assignments.get(), checks=tuple(said))
    desk.return_for_changes(first.pk, by=make.editor(), reason="Mend it.")
    text = make.resubmitted(make.again(first), by=author)
    sent = make.send(text, tier="C", reviewers=[one])
    return make.accepted(sent.assignments.get())


FORMER = "As in my review of version 1: "


def formers(page: Any) -> list[str]:
    """What each claim offers that was said before, where it is not said again."""
    offers = found(page, "//fieldset[@data-check]//button[not(@hidden)]")
    return [" ".join(button.text_content().split()) for button in offers]


def test_claims_are_answered_as_in_the_round_before_by_one_press_each(
    visit: Visit, second: Assignment
) -> None:
    visitor, save_to = visit(second.reviewer), f"{address(second)}save/"
    page = visitor.get(address(second))
    offered_first = formers(page)

    answer = visitor.post(save_to, saves=0, as_before="1", remarks="So far.")
    after = visitor.get(address(second))

    others = [f"{FORMER}supports, p. 4"] * (len(offered_first) - 1)
    assert len(others) > 1
    assert offered_first == [f"{FORMER}partly, p. 4", *others]
    assert answer.url == f"{address(second)}#citations"
    former = {"verdict": "partly", "locator": "p. 4", "note": "Of adults."}
    claim = {f"cite-1-{name}": text for name, text in former.items()}
    assert kept() == [(1, {"remarks": "So far."} | claim)]
    assert formers(after) == others
    assert "1 of" in text(after)
    assert "checked, 1 as in your review of version 1" in text(after)


def test_one_press_answers_all_that_nobody_answered_yet(
    visit: Visit, second: Assignment
) -> None:
    visitor, save_to = visit(second.reviewer), f"{address(second)}save/"
    count = len(formers(visitor.get(address(second))))

    own = {"cite-2-verdict": "does_not"}
    visitor.post(save_to, saves=0, as_before="all", **own)
    after = visitor.get(address(second))

    content = kept()[0][1]
    verdicts = {n: content[f"cite-{n}-verdict"] for n in range(1, count + 1)}
    assert verdicts == dict.fromkeys(verdicts, "supports") | {
        1: "partly",
        2: "does_not",
    }
    assert "cite-2-locator" not in content
    assert f"{count} of {count} checked, {count - 1} as in your review" in text(after)
    assert found(after, "//*[@data-all-before]") == []


@pytest.mark.parametrize("pressed", ["1", "all"])
def test_what_is_typed_of_a_claim_stays_when_it_is_answered_as_before(
    pressed: str, visit: Visit, second: Assignment
) -> None:
    visitor, save_to = visit(second.reviewer), f"{address(second)}save/"

    own = {"cite-1-note": "Of children, this time."}
    visitor.post(save_to, saves=0, as_before=pressed, **own)

    content = kept()[0][1]
    said = [content[f"cite-1-{name}"] for name in ("verdict", "locator", "note")]
    assert said == ["partly", "p. 4", "Of children, this time."]


@pytest.mark.parametrize("said", ["", "0", "99", "-1", "1e3", "²", "any"])
def test_what_is_no_claim_answers_none(
    visit: Visit, second: Assignment, said: str
) -> None:
    visit(second.reviewer).post(
        f"{address(second)}save/", saves=0, as_before=said, remarks="So far."
    )

    assert kept() == [(1, {"remarks": "So far."})]


def test_a_first_round_offers_nothing(visit: Visit, accepted: Assignment) -> None:
    visitor = visit(accepted.reviewer)

    visitor.post(
        f"{address(accepted)}save/", saves=0, as_before="all", remarks="So far."
    )

    assert formers(visitor.get(address(accepted))) == []
    assert kept() == [(1, {"remarks": "So far."})]


def test_the_desk_says_how_much_of_a_review_repeats_the_round_before(
    visit: Visit, second: Assignment
) -> None:
    visitor = visit(second.reviewer)
    count = len(formers(visitor.get(address(second))))
    visitor.post(f"{address(second)}save/", saves=0, as_before="all")
    typed = {k: v for k, v in review(second).items() if not k.startswith("cite-")}
    visitor.send(address(second), f"{address(second)}report/", **typed)

    weighed = visit(make.chief()).get(f"/desk/versions/{second.version_id}/decide/")

    assert f"{count} of the answers repeat what the same reviewer" in text(weighed)


WRONG_DOSE = {
    "check_doses": "no",
    "comment-2-kind": "blocking",
    "comment-2-passage": "Offer the treatment",
    "comment-2-text": "Ten times too much.",
    "comment-3-text": "On the whole it is good.",
}


def offered(visitor: Any, asked: Assignment) -> list[tuple[str, str]]:
    """The buttons beside the lines that fail: which line, and what each says."""
    buttons = found(
        visitor.get(address(asked)), '//li[@data-line]//button[@name="shows"]'
    )
    return [
        (b.xpath("ancestor::li/@data-line")[0], " ".join(b.text_content().split()))
        for b in buttons
    ]


def test_what_was_said_already_can_show_where_a_line_fails(
    visit: Visit, accepted: Assignment
) -> None:
    visitor = visit(accepted.reviewer)
    save(visitor, accepted, check_doses="yes", **{"comment-2-passage": "Offer the"})
    before = offered(visitor, accepted)
    save(visitor, accepted, saves=1, **WRONG_DOSE)
    beside = offered(visitor, accepted)

    press = {**WRONG_DOSE, "saves": 2, "shows": "comment-2 check_doses"}
    answer = visitor.post(f"{address(accepted)}save/", **press)

    assert (before, beside) == (
        [],
        [("check_doses", "It is comment 2 “Offer the treatment”")],
    )
    assert answer.url == f"{address(accepted)}#checklist"
    assert kept()[0][1] == WRONG_DOSE | {"comment-2-criterion": "doses"}
    assert offered(visitor, accepted) == []


@pytest.mark.parametrize(
    "said",
    [
        "",
        "comment-2",
        "comment-3 check_doses",
        "comment-9 check_doses",
        "comment-2 vote",
    ],
)
def test_only_a_comment_on_a_passage_can_name_a_line(
    visit: Visit, accepted: Assignment, said: str
) -> None:
    visitor = visit(accepted.reviewer)

    visitor.post(f"{address(accepted)}save/", **WRONG_DOSE, saves=0, shows=said)

    assert kept() == [(1, WRONG_DOSE)]
