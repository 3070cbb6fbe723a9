"""What is found, in which order, by whom: the same on either database."""

from __future__ import annotations

import datetime as dt

import pytest

from articles.models import SearchEntry, Topic
from articles.search import finding, index, plan
from articles.search.finding import Found
from articles.search.plan import Where
from articles.states import Standing
from tests.articles.search import samples
from tests.articles.search.samples import found, public, rendered

pytestmark = pytest.mark.django_db


def asked(text: str) -> Found:
    return finding.find(text, Where())


def mended(text: str) -> list[tuple[str, str]]:
    return [(row.said, row.instead.group.said) for row in asked(text).mended]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("bleeding", "Who bleeds?"),  # the same stem
        ("treatments for children", "A treatment for a child"),
        ("heart attack", "What follows myocardial infarction?"),
        ("myocardial infarctions", "What follows a heart attack?"),
        ("tylenol", "Is paracetamol safe?"),
        ("anemia", "What is anaemia?"),
        ("anaemia", "What is anemia?"),
        ("sjogren", "What is Sjögren syndrome?"),
        ("Sjögren's", "What is Sjogren syndrome?"),
        ("down syndrome", "What is Down syndrome?"),
        ("vitamin a", "What does vitamin A do?"),
        ("covid-19", "How long does COVID-19 last?"),
        ("fever chills", "What of fever/chills?"),
        ("SGLT2", "Do SGLT2-inhibitors help?"),
        ("β-blocker", "Is a β-blocker safe?"),
        ("0.5 mg", "Is 0.5 mg enough?"),
        ("naltrex", "What if naltrexone fails?"),  # the last word, not yet typed out
        ("hypertensi", "What is hypertension?"),  # longer than its stem
        ("hipertention", "What is hypertension?"),
        ("asma", "What is asthma?"),
    ],
)
def test_an_article_is_found_by_what_the_reader_means(question: str, said: str) -> None:
    wanted, _ = public(said), public("Why do feet smell?")

    assert found(question) == [wanted.article_id]


@pytest.mark.parametrize(
    "text",
    [
        *('"', "((((", "*", "%", "_", "\\", "'", "col:x", "a:*", "AND", "NEAR("),
        *("NOT x", "{question} : x", "-", "x & | ! <-> y", "<b>", "\x02", "%s"),
        *("{0}", "¿", "\N{RIGHT SINGLE QUOTATION MARK}"),
    ],
)
def test_no_character_means_anything_to_the_engine(text: str) -> None:
    public("Does aspirin help?")

    assert found(text) == []
    assert len(found(f"aspirin {text}")) == 1
    assert len(found(f"{text} aspirin")) == 1


@pytest.mark.parametrize(
    "letter",
    [
        *("a", "\N{HANGUL SYLLABLE GAG}", "\N{LATIN SMALL LIGATURE FFI}", "⑴", "½"),
        "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}",
        "\N{HALFWIDTH KATAKANA VOICED SOUND MARK}",
        *(
            "a\N{COMBINING ACUTE ACCENT}",
            "\N{LATIN SMALL LETTER N PRECEDED BY APOSTROPHE}",
        ),
        *("\N{MATHEMATICAL FRAKTUR SMALL A}", "\N{BENGALI LETTER RRA}", "_", "\ufffd"),
    ],
)
def test_no_letter_is_too_much_for_the_engine(letter: str) -> None:
    entry = public("Does aspirin help?")

    assert found(letter * 200) == []
    assert found(f"aspirin {letter} {letter * 150}") == [entry.article_id]


def test_a_word_in_the_title_counts_more_than_one_in_the_text() -> None:
    said = public("What helps the heart?", "Some take aspirin. " * 3)
    titled = public("Does aspirin help?", "It may.")

    assert found("aspirin") == [titled.article_id, said.article_id]


def test_what_fits_all_of_the_question_comes_first() -> None:
    half = public("Aspirin in adults", "Aspirin, and aspirin.")
    whole = public("Aspirin in pregnancy", "Ask first.")

    assert found("aspirin in pregnancy") == [whole.article_id, half.article_id]


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    common = [public(f"Treatment {n} of treatment") for n in range(5)]
    rare = public("Naltrexone and the rest")

    assert found("treatment naltrexone")[0] == rare.article_id
    assert len(found("treatment naltrexone")) == len(common) + 1


def test_words_that_everybody_has_are_looked_for_in_titles(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plan, "MOST_COUNTED", 2)
    titled = public("Pain", "Pain.")
    for _ in range(3):
        public("Another thing", "Pain.")

    assert found("pain") == [titled.article_id]


def test_only_approved_texts_are_found_unless_others_are_asked_for() -> None:
    pending = {"standing": Standing.PREVIEW, "reviewed_on": None}
    preview = public("Aspirin aspirin aspirin", "Aspirin", **pending)
    approved = public("Does aspirin help?", "It may.")

    everything = found("aspirin")
    assert found("aspirin", standing="published") == [approved.article_id]
    assert found("aspirin", standing="preview") == [preview.article_id]
    assert everything == [approved.article_id, preview.article_id]  # approved first


def test_an_article_is_found_once_by_the_text_that_fits_best() -> None:
    bodies = {"clinician": "Titrate the dose.", "patient": "Your tummy may ache."}
    clinician, patient = rendered("What of it?", bodies)

    assert asked("tummy").entries == [patient.pk]
    assert asked("titrate").entries == [clinician.pk]
    assert asked("tummy titrate").articles == [patient.article_id]


def test_the_search_is_narrowed_by_audience_topic_and_day() -> None:
    old = public("Aspirin old", reviewed_on=dt.date(2024, 1, 1), topics=("Heart",))
    bodies = {"clinician": "", "patient": ""}
    both = rendered("Aspirin new", bodies, topics=("Heart", "Stroke"))[0]
    topics = {topic.name: topic.pk for topic in Topic.objects.all()}

    assert found("aspirin", topic=topics["Stroke"]) == [both.article_id]
    assert len(found("aspirin", topic=topics["Heart"])) == 2
    assert found("aspirin", audience="patient") == [both.article_id]
    assert found("aspirin", audience="nurse") == []
    assert found("aspirin", since=dt.date(2026, 3, 31)) == [both.article_id]
    assert found("aspirin", since=dt.date(2026, 4, 1)) == []
    assert len(found("aspirin", since=dt.date(2024, 1, 1))) == 2
    assert found("aspirin", topic=topics["Heart"], audience="patient") == [
        both.article_id
    ]
    assert old.article_id in found("aspirin")


def test_a_name_that_nobody_writes_is_looked_for_word_by_word() -> None:
    wanted = public("Does a heart need an attack plan?")

    assert found("heart attack") == [wanted.article_id]


def test_a_mended_word_is_told() -> None:
    public("What is hypertension?")

    assert mended("hipertention in adults") == [("hipertention", "hypertension")]
    assert mended("hypertension") == []


def test_of_words_equally_near_the_one_is_taken_that_most_texts_have() -> None:
    public("A hare")
    for n in range(3):
        public(f"A hart {n}")

    assert mended("hars are fast") == [("hars", "hart")]


def test_a_word_whose_texts_are_gone_is_offered_to_nobody() -> None:
    entry = public("Secretword")
    index.take_out(entry.article_id)
    public("Another thing")

    assert (mended("secretwort"), asked("secretwor").mended) == ([], ())
    assert asked("secretwort").missing == ("secretwort",)


def test_a_word_that_is_near_nothing_is_told_and_the_rest_is_found() -> None:
    entry = public("Does aspirin help?")

    answer = asked("xyzzyplugh aspirin")

    assert (answer.articles, answer.missing) == ([entry.article_id], ("xyzzyplugh",))


def test_nothing_is_found_by_words_that_are_in_every_text() -> None:
    public("What is it?")

    assert asked("what is it") == Found()


def shown(text: str) -> list[tuple[str, str]]:
    answer = asked(text)
    return [(h.question, h.passage) for h in finding.shown(answer, answer.entries)]


def test_what_was_looked_for_is_marked_and_nothing_else_is_markup() -> None:
    public("Is <aspirin> safe & sound?", "Take aspirin <b>daily</b> after meals.")

    assert shown("aspirin") == [
        (
            "Is &lt;<mark>aspirin</mark>&gt; safe &amp; sound?",
            "Take <mark>aspirin</mark> &lt;b&gt;daily&lt;/b&gt; after meals.",
        )
    ]


def test_a_passage_is_the_part_that_was_looked_for() -> None:
    public("What of it?", f"{'Other words. ' * 80}Bleeding is rare.{' The end.' * 80}")

    [(_question, passage)] = shown("bleed")

    assert "<mark>Bleeding</mark>" in passage
    assert len(passage.split()) < 70


def test_a_text_that_was_just_taken_down_is_not_shown() -> None:
    entry = public("Does aspirin help?")
    answer = asked("aspirin")
    index.take_out(entry.article_id)

    assert finding.shown(answer, answer.entries) == []


def test_no_more_is_ranked_than_is_of_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MOST_RANKED", 2)
    for _ in range(2):
        public("Aspirin")

    assert asked("aspirin").is_cut


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("text", "queries"), [("aspirin", 2), ("asprin in asthma", 4), ("aspi", 5)]
)
def test_a_search_does_not_ask_more_as_the_house_grows(
    text: str, queries: int, count: int, django_assert_num_queries
) -> None:
    for n in range(count):
        samples.public(f"Aspirin for asthma {n}", "More of it.")

    with django_assert_num_queries(queries):
        answer = asked(text)
    with django_assert_num_queries(2):
        hits = finding.shown(answer, answer.entries)

    assert len(hits) == count == SearchEntry.objects.count()
