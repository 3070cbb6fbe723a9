"""What an invitation tells before the text is open, and the forms around it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.utils import timezone

from articles.models import Article
from articles.vocabulary import Blinding, Tier
from editorial.actions import desk, entities, timing
from editorial.models import Event
from editorial.views import invitations
from reviews import interests
from reviews.models import Alternate, Assignment, Declaration, Disclosure
from tests import make
from tests.editorial.views.visitors import complaints, found, notices, parsed, text

if TYPE_CHECKING:
    from tests.editorial.views.conftest import Visit


@pytest.fixture
def asked(db: None) -> Assignment:
    version = make.under_review(tier=Tier.C, editor=make.editor(name="Edith Ward"))
    return version.assignments.select_related("reviewer", "version").get()


def facts(page: Any) -> dict[str, str]:
    def said(element: Any) -> str:
        return " ".join(element.text_content().split())

    terms = found(page, '//dl[@class="facts"]/dt')
    return {said(term): said(term.getnext()) for term in terms}


def test_it_tells_what_is_asked_of_whom_until_when(
    visit: Visit, asked: Assignment
) -> None:
    page = visit(asked.reviewer).get(asked.get_absolute_url())

    told = facts(page)
    due = timezone.now() + dt.timedelta(days=14)
    assert asked.version.question in text(page)
    assert told["Asked by"].startswith("Edith Ward, MD")
    assert told["Answer by"].startswith(f"{asked.respond_by:%-d %B %Y}")
    assert told["Review by"].startswith(f"{due:%-d %B %Y}")
    assert told["Length"] == "21 words, 2 sources; allow about 15 minutes"
    assert told["Blinding"].startswith("Single")


def test_a_reviewer_alone_reads_that_the_public_may_read_their_name(
    visit: Visit, asked: Assignment
) -> None:
    mine = visit(asked.reviewer).get(asked.get_absolute_url())
    editors = visit(asked.version.article.editor).get(asked.get_absolute_url())

    assert "public" in facts(mine)["Your name"]
    assert "Your name" not in facts(editors)


def test_it_names_the_authors_and_the_works_that_an_interest_could_be_about(
    visit: Visit, asked: Assignment
) -> None:
    page = visit(asked.reviewer).get(asked.get_absolute_url())

    works = found(page, '//details[summary="The works it cites"]//li')
    cited = asked.version.citations.select_related("work").order_by("position")
    assert facts(page)["Authors"] == asked.version.byline[0]["name"]
    assert [item.text_content() for item in works] == [str(one.work) for one in cited]


def test_a_double_blind_invitation_names_no_author(visit: Visit) -> None:
    version = make.blinded(make.submitted(), Blinding.DOUBLE)
    row = make.send(version, tier="C").assignments.select_related("reviewer").get()

    page = visit(row.reviewer).get(row.get_absolute_url())

    assert facts(page)["Authors"] == "Not named to you"
    assert version.byline[0]["name"] not in text(page)


@pytest.mark.parametrize(
    ("words", "sources", "minutes"), [(0, 0, 10), (1, 0, 15), (1000, 10, 30)]
)
def test_the_minutes_are_those_of_two_readings_and_the_sources(
    words: int, sources: int, minutes: int
) -> None:
    assert invitations.expected_minutes(words, sources) == minutes


def test_looking_at_it_decides_nothing(visit: Visit, asked: Assignment) -> None:
    visitor, page = visit(asked.reviewer), asked.get_absolute_url()

    for _ in range(2):
        visitor.get(page)
        visitor.get(f"{page}accept/")
        visitor.get(f"{page}decline/")

    assert Assignment.objects.get().state == "invited"


def test_one_answer_is_left_to_who_declared_this_year(
    visit: Visit, asked: Assignment
) -> None:
    make.declaration(asked.reviewer, shares=["Brown"])
    visitor, page = visit(asked.reviewer), asked.get_absolute_url()
    assert "as in your declaration: Stock or options: Brown." in text(visitor.get(page))

    visitor.send(page, f"{page}accept/", has_support="none")

    disclosure = Disclosure.objects.get()
    assert disclosure.statement == "Stock or options: Brown."
    assert Assignment.objects.get().state == "accepted"


def test_who_declared_nothing_this_year_does_it_here(visit: Visit) -> None:
    with time_machine.travel(timezone.now() - dt.timedelta(days=400)):
        reviewer = make.reviewer()
    asked = make.under_review(tier=Tier.C, reviewers=[reviewer]).assignments.get()
    visitor, page = visit(reviewer), asked.get_absolute_url()
    nothing = {f"has_{line.code}": "none" for line in interests.LINES}

    unticked = visitor.send(page, f"{page}accept/", **nothing)
    visitor.send(page, f"{page}accept/", **nothing, declare="on")

    assert complaints(unticked) == [
        "You have no declaration of the last twelve months; tick that this is one."
    ]
    assert Assignment.objects.get().state == "accepted"
    assert Declaration.objects.filter(person=reviewer).count() == 2


def test_who_names_what_it_is_about_is_told_to_decline(
    visit: Visit, asked: Assignment
) -> None:
    Article.objects.update(entities="Acme")
    visitor, page = visit(asked.reviewer), asked.get_absolute_url()

    answer = visitor.send(
        page, f"{page}accept/", has_support="some", who_support="Acme Ltd"
    )

    assert answer.status_code == 422
    [said] = complaints(answer)
    assert said == (
        "This text is about Acme Ltd, in which you have an interest. You cannot review "
        "it; please decline. The editor has been told."
    )
    assert not found(answer, '//form[@id="accept"]')
    visitor.send(page, f"{page}decline/", reason="Shares", suggested="B. Coli")
    assert Assignment.objects.get().state == "declined"
    assert "B. Coli" in text(visit(make.editor()).get(page))


def test_a_reviewer_asks_for_time_and_the_editor_grants_it(
    visit: Visit, asked: Assignment
) -> None:
    make.accepted(asked)
    reviewer, page = visit(asked.reviewer), asked.get_absolute_url()
    until = timezone.localdate() + dt.timedelta(days=30)

    reviewer.send(page, f"{page}ask_more_time/", until=str(until), reason="Ill")
    editor = visit(make.editor())
    told = text(editor.get(page))
    editor.send(page, f"{page}extend/")

    due = Assignment.objects.get().due_at
    assert f"They ask for {until:%-d %B %Y}." in told
    assert due is not None
    assert due.date() == until


def test_a_request_for_time_waits_on_the_desk_until_the_date_is_moved(
    visit: Visit, asked: Assignment
) -> None:
    make.accepted(asked)
    page = asked.get_absolute_url()
    until = timezone.localdate() + dt.timedelta(days=30)
    visit(asked.reviewer).send(
        page, f"{page}ask_more_time/", until=str(until), reason="Ill"
    )
    editor = visit(make.editor())

    desk = editor.get("/desk/")
    [way] = found(desk, '//td[@class="act"]/a')
    answered = editor.get(way.get("href"))
    editor.send(page, f"{page}extend/")

    who = asked.reviewer.printed_name
    assert f"{who} asks for more time, until {until:%-d %B}" in text(desk)
    assert way.get("href") == f"{page}?step=extend#extend"
    assert found(answered, '//details[@id="extend"][@open]')
    assert "asks for more time, until" not in text(editor.get("/desk/"))


def test_a_week_more_is_proposed_and_the_bar_tells_that_it_was_asked_for(
    visit: Visit, asked: Assignment
) -> None:
    make.accepted(asked)
    visitor, page = visit(asked.reviewer), asked.get_absolute_url()
    due = Assignment.objects.get().due_at
    assert due is not None
    week_on = due.date() + dt.timedelta(days=7)

    before = text(visitor.get(page))
    visitor.send(page, f"{page}ask_more_time/", reason="Ill")

    [bar] = found(visitor.get(page), '//div[@class="bar"]')
    said = f"More time asked for, until {week_on:%-d %B %Y}"
    assert "More time asked for" not in before
    assert said in " ".join(bar.text_content().split())


def test_no_day_is_proposed_that_would_be_refused(
    visit: Visit, asked: Assignment
) -> None:
    make.accepted(asked)
    far = timezone.localdate() + dt.timedelta(days=88)
    timing.extend(asked.pk, by=make.editor(), until=far)
    visitor, page = visit(asked.reviewer), asked.get_absolute_url()

    answer = visitor.send(page, f"{page}ask_more_time/", reason="Ill")

    until = Assignment.objects.get().asked_until
    assert (answer.status_code, until and until.date()) == (302, timing.last_day())


def test_alternates_are_named_when_a_text_is_sent(visit: Visit) -> None:
    version, one, two = make.submitted(), make.reviewer(), make.reviewer()
    page = version.get_absolute_url()

    visit(make.editor()).send(
        page,
        f"{page}send_to_review/",
        tier="C",
        reviewers=[str(one.pk)],
        alternates=[str(one.pk), str(two.pk)],
        entities="Acme\nFoo",
    )

    assert list(Alternate.objects.values_list("reviewer", flat=True)) == [two.pk]
    assert make.article(version).entities == "Acme\nFoo"
    assert [a.reviewer for a in version.assignments.all()] == [one]


def test_names_that_came_after_the_form_was_drawn_stay(visit: Visit) -> None:
    version, editor = make.submitted(), make.editor()
    entities.name_entities(version.article_id, by=editor, entities="Acme AG\nBrown")
    page = version.get_absolute_url()
    action, visitor = f"{page}send_to_review/", visit(editor)
    [form] = [f for f in parsed(visitor.get(page)).forms if f.action == action]
    sent = {key: value for key, value in form.form_values() if key != "reviewers"}
    entities.name_entities(
        version.article_id, by=make.editor(), entities="Acme AG\nBrown\nFoo"
    )

    typed = {"tier": "C", "entities": "Brown\nBar", "reason": "Not about Acme"}
    visitor.post(action, **sent | typed, reviewers=[str(make.reviewer().pk)])

    assert make.again(version).state == "under_review"
    assert make.article(version).entities == "Brown\nBar\nFoo"


def test_alternates_are_named_later(visit: Visit, asked: Assignment) -> None:
    one, page = make.reviewer(), asked.version.get_absolute_url()

    editor = visit(make.editor())
    editor.send(page, f"{page}name_alternates/", alternates=[str(one.pk)])

    assert list(Alternate.objects.values_list("reviewer", flat=True)) == [one.pk]
    assert Event.objects.latest("pk").kind == "alternates_named"
    assert "Noted." in notices(editor.get(page))[0]


def test_all_of_the_round_before_are_chosen_for_the_next(visit: Visit) -> None:
    author, two = make.author(), [make.reviewer(), make.reviewer(specialties=[])]
    editor = make.editor()
    first = make.under_review(by=author, tier="C", reviewers=two, editor=editor)
    make.report_all(first)
    desk.return_for_changes(first.pk, by=make.fresh(editor), reason="Mend it.")
    others = [make.reviewer() for _ in range(3)]
    second = make.resubmitted(make.again(first), by=author)

    page = visit(editor).get(second.get_absolute_url())

    ticked = found(
        page, '//*[@id="send_to_review"]//input[@name="reviewers"][@checked]'
    )
    chosen = {int(box.get("value")) for box in ticked}
    assert {person.pk for person in two} < chosen
    assert len(chosen - {person.pk for person in two}) < len(others)


def test_as_many_as_fill_the_quorum_are_chosen_already(visit: Visit) -> None:
    version = make.submitted()
    for number in range(7):
        make.reviewer(name=f"Reviewer {number}")
    tied = make.reviewer(name="Tied Person")
    make.declaration(tied, shares=[version.question])

    page = visit(make.editor()).get(version.get_absolute_url())

    box = '//*[@id="send_to_review"]//input[@name="reviewers"]'
    assert len(found(page, box)) == 7
    assert len(found(page, f"{box}[@checked]")) == 5
    assert "3 more asked in tier C (96 %)" in text(page)
    assert f"Tied Person, MD declared an interest in {version.question}." in text(page)
