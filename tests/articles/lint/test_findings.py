"""What a page may rely on: the order, the place, and the name of a finding."""

from dataclasses import replace

import pytest

from articles.lint import RULES, Weight, lint
from tests.articles.lint.drafts import BOTH, body, cited, patient, perfect, third, work
from tests.articles.lint.example_page import DRAFT
from tests.articles.lint.passages import FIRES, HARD


def only(draft, code):
    (finding,) = [finding for finding in lint(draft) if finding.code == code]
    return finding


def test_what_weighs_most_comes_first_and_then_the_order_of_the_text():
    draft = perfect(
        question="Milk",
        authors=(),
        headline="Always milk",
        bodies={
            "clinician": f"<p>Never. The FDA says always.{BOTH}</p><h2>End</h2>",
            "patient": "<p>Always.</p>",
        },
    )

    found = [(f.weight, f.code, f.place.part, f.place.excerpt) for f in lint(draft)]

    assert found == [
        (Weight.BLOCKS, "SECTION_EMPTY", "clinician", "End"),
        (Weight.BLOCKS, "AUTHOR_MISSING", "article", ""),
        (Weight.ANSWER, "QUESTION_FORM", "question", ""),
        (Weight.ANSWER, "ABSOLUTE_TERM", "headline", "Always"),
        (Weight.ANSWER, "ABSOLUTE_TERM", "clinician", "Never"),
        (Weight.ANSWER, "ABSOLUTE_TERM", "clinician", "always"),
        (Weight.ANSWER, "ABSOLUTE_TERM", "patient", "Always"),
        (Weight.INFORMATION, "JURISDICTION_IMPLICIT", "clinician", "FDA"),
    ]


def test_the_same_draft_gives_the_same_findings():
    assert lint(DRAFT) == lint(replace(DRAFT))


def test_a_place_can_be_found_by_its_words_and_those_around_it():
    html = f"<p>Milk is\u00a0warm,\n and one should <em>never</em> boil it.{BOTH}</p>"

    place = only(body(html), "ABSOLUTE_TERM").place

    assert (place.part, place.reference) == ("clinician", "")
    assert (place.prefix, place.excerpt, place.suffix) == (
        "Milk is warm, and one should ",
        "never",
        " boil it.",
    )


def test_a_finding_keeps_its_id_while_the_text_changes_elsewhere():
    before = only(body("<p>Milk is warm. Never boil it.</p>"), "ABSOLUTE_TERM")

    after = only(
        body("<h2>New</h2><p>Tea is hot. Never boil it. Cold.</p>", authors=("B",)),
        "ABSOLUTE_TERM",
    )

    assert (before.id, len(before.id)) == (after.id, 16)


def test_a_finding_has_a_new_id_when_its_own_sentence_changes():
    before = only(body("<p>Never boil it.</p>"), "ABSOLUTE_TERM")
    after = only(body("<p>Never heat it.</p>"), "ABSOLUTE_TERM")

    assert before.id != after.id


def test_the_same_sentence_twice_gives_two_ids():
    twice = lint(body("<p>Never boil it. Never boil it.</p>"))

    assert len({finding.id for finding in twice}) == len(twice) == 2


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_finding_says_what_it_is_and_how_to_mend_it(rule):
    draft, _ = FIRES[rule.code][0]

    found = [finding for finding in lint(draft) if finding.code == rule.code]

    assert found
    for finding in found:
        assert finding.message[0] == finding.message[0].upper()
        assert finding.message.endswith(".")
        assert finding.remedy.endswith(".")
        assert finding.weight in Weight


@pytest.mark.parametrize(
    ("dose", "remedy"),
    [
        ("2.50 mg", None),
        ("2.0 mg", "Write “2 mg”, not “2.0 mg”."),
        (".25 mg", "Write “0.25 mg”, not “.25 mg”."),
    ],
)
def test_a_dose_is_mended_as_it_stands_there(dose, remedy):
    found = lint(body(f"<p>Warfarin {dose} was used.{BOTH}</p>"))

    codes = {"DOSE_TRAILING_ZERO", "DOSE_NAKED_DECIMAL"}
    assert [f.remedy for f in found if f.code in codes] == [remedy] * bool(remedy)


def test_what_must_be_answered_can_be_and_integrity_cannot():
    answerable = {rule.code for rule in RULES if rule.yields_to_a_reason}

    assert answerable == {
        *("CLAIM_UNCITED", "EMERGENCY_MISSING", "NUM_MISMATCH_RENDITION"),
        *("PHI_SUSPECT", "READABILITY_HIGH", "REF_FUTURE", "REF_SUPERSEDED"),
        "REGFACT_EXPIRED",
    }
    for finding in lint(DRAFT):
        expected = finding.weight is Weight.ANSWER or finding.code in answerable
        blocks_or_asks = finding.weight is not Weight.INFORMATION
        assert finding.is_answerable is (expected and blocks_or_asks)


@pytest.mark.parametrize(
    ("audience", "weight"),
    [
        ("clinician", Weight.INFORMATION),
        ("nurse", Weight.ANSWER),
        ("student", Weight.ANSWER),
        ("patient", Weight.BLOCKS),
        ("caregiver", Weight.BLOCKS),
    ],
)
def test_a_hard_text_weighs_by_its_audience(audience, weight):
    draft = perfect(audience=audience, bodies={audience: f"<p>{HARD * 5}{BOTH}</p>"})

    assert only(draft, "READABILITY_HIGH").weight is weight


def test_a_rule_that_finds_too_much_stops_at_a_hundred():
    found = lint(body(f"<p>{'Never. ' * 500}</p>"))

    assert [finding.code for finding in found] == ["ABSOLUTE_TERM"] * 100


def test_an_empty_draft_says_what_comes_first():
    draft = replace(perfect(), question="", key_answer="", bodies={}, references=())

    assert [(f.code, f.message) for f in lint(draft)] == [
        ("KEY_ANSWER_MISSING", "There is no key answer."),
        ("QUESTION_FORM", "There is no question."),
    ]


def test_the_missing_warning_is_named():
    warning = '<aside class="safety"><p>Hot milk burns.</p></aside>'

    message = only(
        perfect(
            bodies={"clinician": f"{warning}<p>A.{BOTH}</p>", "patient": "<p>B.</p>"}
        ),
        "SAFETY_BLOCK_MISSING",
    ).message

    assert message == (
        "The text for clinicians warns of more than this one: “Hot milk burns.”. "
        "Safety call-outs there: 1, here: 0."
    )


def test_a_lay_text_that_is_the_main_one_is_compared_with_nothing():
    draft = perfect(
        audience="patient", bodies={"patient": f"<p>Drink 200 mL.{BOTH}</p>"}
    )

    assert lint(draft) == []
    assert [f.code for f in lint(patient("<p>Drink 200 mL.</p>"))] == [
        "CLAIM_UNCITED",
        "NUM_MISMATCH_RENDITION",
    ]


def test_a_replaced_work_blocks_where_nothing_else_is_cited():
    old = work(custom={"integrity": {"update_in": ["Later."]}})
    alone = perfect(
        key_answer='Yes.<cite data-ref="third"></cite>',
        bodies={"clinician": '<p>So.<cite data-ref="third"></cite></p>'},
        references=(old,),
    )

    weights = [only(draft, "REF_SUPERSEDED").weight for draft in (alone, cited(old))]

    assert weights == [Weight.BLOCKS, Weight.ANSWER]


@pytest.mark.parametrize(
    "custom",
    [None, [], "x", {"integrity": "x"}, {"integrity": {"update_in": "x"}}, {"integrity": {"update_in": [[]], "concern_in": {"a": 1}}}],
)  # fmt: skip
def test_no_shape_of_a_record_breaks_the_rules_about_notices(custom):
    assert isinstance(lint(third(custom=custom)), list)
