import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing import ArticleDraft, Reference, Refusal, read
from articles.vocabulary import Audience, Origin, RefType

CITED = '<p>Offer it.<cite data-ref="lee"></cite></p>'
LEE = {"id": "lee", "type": "book", "title": "T"}
WHO = {"id": "who", "type": "webpage", "title": "W", "URL": "https://who.int/"}


def row(**changes: Any) -> dict[str, Any]:
    whole = {
        "external_id": "x:1",
        "question": "What is next?",
        "body": CITED,
        "references": [LEE],
        **changes,
    }
    return {name: value for name, value in whole.items() if value is not ...}


def taken(**changes: Any) -> ArticleDraft:
    draft = read(json.dumps(row(**changes)).encode(), number=1)
    assert isinstance(draft, ArticleDraft)
    return draft


def reason(**changes: Any) -> str:
    refusal = read(json.dumps(row(**changes)).encode(), number=7)
    assert isinstance(refusal, Refusal)
    assert refusal.number == 7
    return refusal.reason


def test_a_line_with_the_least_has_the_defaults() -> None:
    draft = taken(body="<p>x</p>", references=...)

    assert draft == ArticleDraft(
        external_id="x:1",
        question="What is next?",
        headline="",
        key_answer="",
        topics=(),
        concepts=(),
        audience=Audience.CLINICIAN,
        renditions={"clinician": "<p>x</p>"},
        references=(),
        origin=Origin.IMPORTED,
        author=None,
        fingerprint=draft.fingerprint,
    )


def test_a_line_with_everything_is_taken_whole() -> None:
    draft = taken(
        headline=" Two\n lines ",
        key_answer='Yes<cite data-ref="who"></cite>',
        topics=["Opioids", "Opioids", "Pain"],
        concepts=["mesh:D009271", "umls:C0027360", "icd10:F11.20", "atc:N07BB04"],
        audience="nurse",
        renditions={"patient": "<p>e\u0301</p>", "caregiver": "<b>y</b>"},
        references=[LEE, WHO],
        ai_assisted=True,
        author="ada@example.org",
    )

    assert draft == ArticleDraft(
        external_id="x:1",
        question="What is next?",
        headline="Two lines",
        key_answer='Yes<cite data-ref="who"></cite>',
        topics=("Opioids", "Pain"),
        concepts=("mesh:D009271", "umls:C0027360", "icd10:F11.20", "atc:N07BB04"),
        audience=Audience.NURSE,
        renditions={
            "nurse": CITED,
            "caregiver": "<strong>y</strong>",
            "patient": "<p>é</p>",
        },
        references=(
            Reference(
                "who",
                {"type": "webpage", "title": "W", "URL": "https://who.int/"},
                RefType.WEB,
            ),
            Reference("lee", {"type": "book", "title": "T"}, RefType.TEXTBOOK),
        ),
        origin=Origin.MACHINE_ASSISTED,
        author="ada@example.org",
        fingerprint=draft.fingerprint,
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"external_id": ...}, "“external_id” is missing."),
        ({"question": ...}, "“question” is missing."),
        ({"body": ...}, "“body” is missing."),
        ({"titel": "x"}, "“titel” is not a key of the import format."),
        ({"external_id": 1}, "“external_id” is not a string."),
        ({"external_id": ""}, "“external_id” is not 1 to 200 characters long."),
        ({"external_id": "x" * 201}, "“external_id” is not 1 to 200 characters long."),
        ({"external_id": "a\u202eb"}, "“external_id”: The invisible character U+202E RIGHT-TO-LEFT OVERRIDE was removed."),
        ({"question": "What"}, "“question” is not 5 to 300 characters long."),
        ({"question": "  What  "}, "“question” is not 5 to 300 characters long."),
        ({"question": "x" * 301}, "“question” is not 5 to 300 characters long."),
        ({"question": None}, "“question” is not a string."),
        ({"headline": "x" * 301}, "“headline” is not 0 to 300 characters long."),
        ({"key_answer": "<p>x</p>"}, "“key_answer” leaves the allowed vocabulary: <p> is not allowed here; its text was kept."),
        ({"topics": "Opioids"}, "“topics” is not a list."),
        ({"topics": [1]}, "“topics” holds something that is not a string."),
        ({"topics": [" "]}, "A topic is not 1 to 200 characters long."),
        ({"topics": ["x"] * 1001}, "“topics” holds more than 1,000 items."),
        ({"concepts": ["D009271"]}, "“D009271” is not a concept as scheme:code."),
        ({"concepts": ["mesh:X1"]}, "“mesh:X1” is not a concept as scheme:code."),
        ({"concepts": ["umls:0027360"]}, "“umls:0027360” is not a concept as scheme:code."),
        ({"concepts": [["a"]]}, "“['a']” is not a concept as scheme:code."),
        ({"audience": "doctor"}, "“doctor” is not an audience."),
        ({"audience": None}, "“audience” is not a string."),
        ({"body": "<p> &nbsp;</p>"}, "“body” has no text."),
        ({"body": "<div>x</div><script>y</script>"}, "“body” leaves the allowed vocabulary: <div> is not allowed here; its text was kept. <script> was removed with its content."),
        ({"body": "<p>" + "x" * 400_000}, "The text is longer than 400,000 bytes."),
        ({"body": "<blockquote>" * 51 + "x"}, "The text is nested deeper than 50 levels."),
        ({"renditions": []}, "“renditions” is not an object."),
        ({"renditions": {"clinician": "x"}}, "The text for “clinician” stands in “body” and in “renditions”."),
        ({"renditions": {"doctor": "x"}}, "“doctor” is not an audience."),
        ({"renditions": {"patient": 1}}, "The text for “patient” is not a string."),
        ({"renditions": {"patient": "<u>x</u>"}}, "“patient” leaves the allowed vocabulary: <u> is not allowed here; its text was kept."),
        ({"references": ...}, "“lee” is cited and is not among the references."),
        ({"references": {}}, "“references” is not a list."),
        ({"references": [LEE, WHO]}, "The reference “who” is cited nowhere."),
        ({"references": [LEE, LEE]}, "Two references have the id “lee”."),
        ({"references": ["lee"]}, "“None” cannot be the id of a reference."),
        ({"references": [LEE | {"id": "a b"}]}, "“a b” cannot be the id of a reference."),
        ({"references": [LEE | {"id": True}]}, "“True” cannot be the id of a reference."),
        ({"references": [LEE | {"title": ""}]}, "Reference “lee”: The reference has no title."),
        ({"references": [LEE | {"score": 1}]}, "Reference “lee”: “score” is not a name of CSL-JSON; it was left out."),
        ({"renditions": {"patient": '<cite data-ref="z"></cite>x'}}, "“z” is cited and is not among the references."),
        ({"ai_assisted": 1}, "“ai_assisted” is not true or false."),
        ({"ai_assisted": 0.5}, "“ai_assisted” is not true or false."),
        ({"author": "ada"}, "“ada” is not an e-mail address."),
        ({"author": "a b@example.org"}, "“a b@example.org” is not an e-mail address."),
        ({"topics": [[[]] * 3]}, "“topics” holds something that is not a string."),
        ({"external_id": "\ud800"}, "Half a surrogate pair stands in “external_id” of the value."),
    ],
)  # fmt: skip
def test_a_line_is_refused_for_a_reason(changes: dict[str, Any], expected: str) -> None:
    assert reason(**changes) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"", "The line is not JSON: Expecting value at 0."),
        (b"{", "The line is not JSON: Expecting property name enclosed in double quotes at 1."),
        (b"[]", "The line is not a JSON object."),
        (b"{}", "“external_id” is missing."),
        (b'{"a":"\xff"}', "The line is not UTF-8 at byte 6."),
        (b'{"body":"x","body":"y"}', "“body” stands twice in one object."),
        (b'{"a":NaN}', "NaN is not JSON."),
        (b'{"a":-Infinity}', "-Infinity is not JSON."),
        (b'{"a":' + b"9" * 5000 + b"}", "The line cannot be read: Exceeds the limit (4300 digits) for integer string conversion: value has 5000 digits; use sys.set_int_max_str_digits() to increase the limit"),
        (b'{"a":' + b"[" * 100_000, "The line is nested too deeply."),
        (b'{"topics":' + b"[" * 60 + b"]" * 60 + b"}", "“external_id” is missing."),
    ],
)  # fmt: skip
def test_what_is_not_an_object_of_json_is_refused(line: bytes, expected: str) -> None:
    assert read(line, number=1) == Refusal(1, expected)


def test_nesting_beyond_reason_is_refused() -> None:
    deep: Any = 1
    for _ in range(60):
        deep = [deep]

    assert reason(topics=deep) == "Nested deeper than 50 levels."


def test_a_refusal_names_its_line_and_stays_short() -> None:
    refusal = read(json.dumps({"x" * 5_000: 1}).encode(), number=12)

    assert str(refusal) == f"line 12: “{'x' * 599}…"


def test_a_byte_order_mark_is_no_reason() -> None:
    assert isinstance(
        read(b"\xef\xbb\xbf" + json.dumps(row()).encode(), number=1), ArticleDraft
    )


def test_the_same_content_has_the_same_fingerprint() -> None:
    spaced = json.dumps(dict(reversed(row().items())), indent=1).replace("\n", " ")

    same = read(spaced.encode(), number=9)

    assert isinstance(same, ArticleDraft)
    assert same.fingerprint == taken().fingerprint


@pytest.mark.parametrize(
    "changes",
    [
        {"external_id": "x:2"},
        {"question": "What is next then?"},
        {"body": CITED + "<p>x</p>"},
        {"topics": ["Pain"]},
        {"author": "ada@example.org"},
        {"ai_assisted": True},
        {"references": [LEE | {"volume": 1.5}]},
    ],
)
def test_other_content_has_another_fingerprint(changes: dict[str, Any]) -> None:
    assert taken(**changes).fingerprint != taken().fingerprint


def test_a_number_may_be_the_id_of_a_reference() -> None:
    draft = taken(body='x<cite data-ref="1"></cite>', references=[LEE | {"id": 1}])

    assert [reference.key for reference in draft.references] == ["1"]


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_no_bytes_make_it_fail(line: bytes) -> None:
    assert isinstance(read(line, number=1), Refusal)
