"""Bringing references into a draft: what is read, what is asked, what is stored."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from articles.models import Citation, Work
from articles.vocabulary import WorkSource
from articles.works import reading
from articles.works.readers.wanted import Wanted
from editorial.actions import authoring
from editorial.actions.authoring import Reference
from editorial.forms import carrying
from tests import make
from tests.editorial.views.brought import (
    NBIB,
    a_draft,
    add,
    file,
    in_the_library,
    keys,
    sent,
)
from tests.editorial.views.visitors import complaints, found, notices, text

if TYPE_CHECKING:
    from tests.editorial.views.brought import Recorded
    from tests.editorial.views.conftest import Visit
    from tests.editorial.views.visitors import Visitor

LIKE = make.item(
    title="Cracked pots and the people that mend them",
    issued={"date-parts": [[2019]]},
    DOI="",
)


def test_a_file_is_read_looked_at_and_added(visit: Visit) -> None:
    author, version, page = a_draft()
    before = make.again(version)
    visitor = visit(author)

    review = visitor.post(f"{page}read/", file=file(NBIB))

    assert review.status_code == 200
    assert make.again(version).revision == before.revision
    response = visitor.post(f"{page}add/", **sent(review))
    assert response["Location"] == page
    assert notices(visitor.get(page)) == ["2 references added."]
    assert keys(version) == ["trial", "review", "carberry2019", "margin2020"]
    kinds = Work.objects.filter(pmid__startswith="3100").order_by("pmid")
    assert [work.kind for work in kinds] == ["rct", "systematic_review"]


def test_nothing_else_of_the_draft_changes(visit: Visit) -> None:
    author, version, page = a_draft(change_summary="", evidence_searched_on=None)
    before = {r.audience: r.body for r in version.renditions.all()}
    columns = ("question", "headline", "key_answer", "audience", "origin")

    add(visit(author), page, NBIB)

    after = make.again(version)
    assert {r.audience: r.body for r in after.renditions.all()} == before
    assert [getattr(after, name) for name in columns] == [
        getattr(version, name) for name in columns
    ]
    assert [t.name for t in after.article.topics.all()] == ["Cardiology"]


def test_what_is_not_ticked_stays_out(visit: Visit) -> None:
    author, version, page = a_draft()
    visitor = visit(author)
    review = visitor.post(f"{page}read/", text=NBIB)
    given = sent(review)

    del given["row-0"]
    visitor.post(f"{page}add/", **given)

    assert keys(version) == ["trial", "review", "margin2020"]


def test_nothing_ticked_is_said_and_changes_nothing(visit: Visit) -> None:
    author, version, page = a_draft()
    visitor = visit(author)
    given = sent(visitor.post(f"{page}read/", text=NBIB))

    visitor.post(f"{page}add/", seen=given["seen"], carried=given["carried"])

    assert notices(visitor.get(page)) == ["Nothing was added: no reference was ticked."]
    assert make.again(version).revision == version.revision


def test_what_the_draft_cites_already_is_told_and_not_offered(visit: Visit) -> None:
    author, _, page = a_draft()
    visitor = visit(author)
    add(visitor, page, NBIB)

    review = visitor.post(f"{page}read/", text=NBIB)

    assert "It is in this draft already, as reference 3." in text(review)
    assert found(review, '//input[@type="checkbox"]') == []
    assert found(review, '//button[text()="Add to the draft"]') == []
    assert "all that could be read is in this draft already." in text(review)


def test_a_work_of_the_library_is_shared(visit: Visit) -> None:
    in_the_library(make.item(title="As the library spells it", PMID="31000002"))
    author, version, page = a_draft()
    visitor = visit(author)

    review = visitor.post(f"{page}read/", text=NBIB)
    visitor.post(f"{page}add/", **sent(review))

    assert "the library has it, and its entry is used" in text(review)
    work = Work.objects.get(pmid="31000002")
    assert work.csl["title"] == "As the library spells it"
    assert work.citations.filter(version=version).exists()


def test_a_likely_twin_is_asked_about(visit: Visit) -> None:
    in_the_library(LIKE)
    author, version, page = a_draft()
    visitor = visit(author)

    review = visitor.post(f"{page}read/", text=NBIB)
    response = visitor.post(f"{page}add/", **sent(review))

    assert response.status_code == 422
    assert complaints(response) == ["Say for record 1 whether it is the same work."]
    assert keys(version) == ["trial", "review"]


@pytest.mark.parametrize("said", ["same", "add", "none"])
def test_the_answer_about_a_likely_twin_decides(visit: Visit, said: str) -> None:
    in_the_library(LIKE)
    twin = Work.objects.get(csl__title=LIKE["title"])
    author, version, page = a_draft()
    visitor = visit(author)
    choice = f"work-{twin.pk}" if said == "same" else said

    add(visitor, page, NBIB, **{"row-0": choice})

    added = {
        "same": ["carberry2019", "margin2020"],
        "add": ["carberry2019", "margin2020"],
        "none": ["margin2020"],
    }
    assert keys(version) == ["trial", "review", *added[said]]
    assert twin.citations.filter(version=version).exists() == (said == "same")


def test_another_work_than_those_asked_about_is_refused(visit: Visit) -> None:
    in_the_library(LIKE, make.item(title="Quite another"))
    other = Work.objects.get(csl__title="Quite another")
    author, version, page = a_draft()

    response = add(visit(author), page, NBIB, **{"row-0": f"work-{other.pk}"})

    assert response.status_code == 422
    assert keys(version) == ["trial", "review"]


def test_a_record_given_twice_is_offered_once(visit: Visit) -> None:
    author, version, page = a_draft()
    visitor = visit(author)

    review = visitor.post(f"{page}read/", text=f"{NBIB}\n{NBIB}")
    visitor.post(f"{page}add/", **sent(review))

    assert "It is the same as record 1." in text(review)
    assert keys(version) == ["trial", "review", "carberry2019", "margin2020"]


def test_what_was_refused_is_told_with_its_place(visit: Visit) -> None:
    author, _, page = a_draft()
    given = json.dumps([make.item(id="good"), {"id": "bad", "type": "book"}])

    review = visit(author).post(f"{page}read/", text=given)

    refused = found(review, '//div[@class="caution"]//li')
    assert [" ".join(line.text_content().split()) for line in refused] == [
        "Record 2: The reference has no title."
    ]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Choose a file, or paste references."),
        (
            {"text": NBIB, "file": file(NBIB)},
            "Give a file or pasted references, not both.",
        ),
        (
            {"file": file(b"x" * (reading.MAX_BYTES + 1))},
            "The file is larger than 2 MB.",
        ),
        ({"file": file(b"")}, "There is no reference in it"),
        ({"file": file(b"\x89PNG\r\n\x1a\n\0\0")}, "There is no reference in it"),
        ({"text": "Nothing to cite here."}, "There is no reference in it"),
    ],
)
def test_what_cannot_be_read_is_said(
    visit: Visit, given: dict[str, Any], sentence: str
) -> None:
    author, version, page = a_draft()

    response = visit(author).post(f"{page}read/", **given)

    assert response.status_code == 422
    assert complaints(response)[-1].startswith(sentence)
    assert make.again(version).revision == version.revision


def test_what_cannot_be_read_is_said_at_its_field(visit: Visit) -> None:
    author, _, page = a_draft()

    response = visit(author).post(f"{page}read/", text="Nothing to cite here.")

    [wrong] = found(response, '//div[@class="field wrong"]')
    assert wrong.xpath(".//textarea/@name") == ["text"]
    [summary] = found(response, '//div[@class="errors"]')
    assert (summary.get("tabindex"), summary.get("autofocus")) == ("-1", "")


@pytest.mark.parametrize(
    "carried",
    [
        *("", "[", "[]", "null", '"x"', "[" * 50_000, '{"found": 7}'),
        '{"found": [{"key": "a b", "item": {"type": "script", "title": ""}}, 3, null]}',
        '{"found": [], "wanted": [{"kind": "x", "value": []}]}',
    ],
)
def test_a_forged_review_adds_nothing(visit: Visit, carried: str) -> None:
    author, version, page = a_draft()

    response = visit(author).post(
        f"{page}add/", seen=version.revision, carried=carried, **{"row-0": "on"}
    )

    assert response.status_code in {302, 422}
    assert keys(version) == ["trial", "review"]


def test_a_forged_item_is_cleaned(visit: Visit) -> None:
    author, version, page = a_draft()
    item = make.item(title="<script>x</script> A title", evil="1", URL="javascript:1")
    forged = json.dumps({"found": [{"key": "<b>", "item": item, "record": "x"}]})

    visit(author).post(
        f"{page}add/", seen=version.revision, carried=forged, **{"row-0": "on"}
    )

    row = Citation.objects.get(version=version, position=3)
    assert row.key == "carberry2024"
    assert set(row.work.csl) == {*make.item()}


def test_a_draft_that_moved_on_is_shown_again(visit: Visit) -> None:
    author, version, page = a_draft()
    visitor = visit(author)
    given = sent(visitor.post(f"{page}read/", text=NBIB))
    authoring.edit(version.pk, by=author, text=make.text(), seen=None)

    response = visitor.post(f"{page}add/", **given)
    again = visitor.post(f"{page}add/", **sent(response))

    assert response.status_code == 409
    assert "Saved meanwhile" in complaints(response)[0]
    assert again.status_code == 302
    assert keys(version)[-2:] == ["carberry2019", "margin2020"]


def test_a_draft_holds_no_more_than_five_hundred(visit: Visit) -> None:
    author, version, page = a_draft()
    items = [make.item(id=f"k{n}") for n in range(501)]
    visitor = visit(author)

    review = visitor.post(f"{page}read/", text=json.dumps(items))
    response = visitor.post(f"{page}add/", **sent(review))

    assert "1 more were read and are not offered here" in text(review)
    assert complaints(response) == [
        "A draft holds at most 500 references; leave some out."
    ]
    assert keys(version) == ["trial", "review"]


@pytest.mark.parametrize("count", [1, 3])
def test_reading_takes_the_same_number_of_queries(
    visit: Visit, django_assert_num_queries: Any, count: int
) -> None:
    author, _, page = a_draft()
    visitor = visit(author)
    items = json.dumps([make.item(id=f"k{n}") for n in range(count)])

    with django_assert_num_queries(8):
        visitor.post(f"{page}read/", text=items)


def test_a_named_work_of_the_library_needs_no_looking_up(visit: Visit) -> None:
    in_the_library(make.item(DOI="10.5555/Here", title="Found here"))
    author, version, page = a_draft()
    visitor = visit(author)

    review = visitor.post(f"{page}read/", text="10.5555/here\n10.5555/elsewhere")
    visitor.post(f"{page}add/", **sent(review))

    assert "switched off in this house" in text(review)
    assert found(review, '//button[contains(text(), "Look")]') == []
    work = Work.objects.get(csl__title="Found here")
    assert work.citations.filter(version=version).exists()
    assert notices(visitor.get(page)) == [
        "1 reference added.",
        "Left out, because the library does not have them: DOI 10.5555/elsewhere.",
    ]


def test_a_work_is_looked_up_when_asked(visit: Visit, afar: Recorded) -> None:
    author, version, page = a_draft()
    visitor = visit(author)
    given = "10.5555/known 10.5555/down 10.5555/unknown"

    review = visitor.post(f"{page}read/", text=given)
    assert afar.asked == []
    answered = visitor.post(f"{page}look-up/", **sent(review))
    visitor.post(f"{page}add/", **sent(answered))

    assert afar.asked == given.split()
    told = found(answered, '//div[@class="caution"]//li')
    assert [line.text_content() for line in told] == [
        "DOI 10.5555/down: Crossref did not answer in time.",
        "Nobody knows DOI 10.5555/unknown.",
    ]
    work = Work.objects.get(csl__title="From afar")
    assert work.citations.filter(version=version).exists()


def looked_up(visitor: Visitor, page: str, given: str) -> Any:
    review = visitor.post(f"{page}read/", text=given)
    return visitor.post(f"{page}look-up/", **sent(review))


def test_what_was_looked_up_is_vouched_for(visit: Visit, afar: Recorded) -> None:
    author, _, page = a_draft()

    looked_up(visit(author), page, "10.5555/known")

    work = Work.objects.get(csl__title="From afar")
    assert work.source == WorkSource.LOOKED_UP


def test_what_was_looked_up_replaces_what_the_author_typed(
    visit: Visit, afar: Recorded
) -> None:
    typed = make.item(DOI="10.5555/known", title="As I remember it")
    author, version, page = a_draft(references=(Reference("trial", typed),))

    looked_up(visit(author), page, "10.5555/known")

    assert str(version.citations.get().work) == "From afar"


def test_what_others_cite_stays_and_is_told(visit: Visit, afar: Recorded) -> None:
    in_the_library(make.item(DOI="10.5555/known", title="As they remember it"))
    author, _, page = a_draft()

    answered = looked_up(visit(author), page, "10.5555/known")

    [told] = found(answered, '//div[@class="caution"]//li')
    assert told.text_content() == (
        "The library has another record of “As they remember it”, which other texts "
        "cite; an editor can correct it on the page of the work."
    )
    assert Work.objects.get(doi="10.5555/known").source == WorkSource.TYPED


def test_a_person_looks_up_so_many_works_and_no_more(
    visit: Visit, afar: Recorded, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"look_up": "2/h/user"}
    author, _, page = a_draft()
    given = "10.5555/known 10.5555/one 10.5555/two 10.5555/three"

    answered = looked_up(visit(author), page, given)
    told = found(answered, '//div[@class="caution"]//li')
    other, _, elsewhere = a_draft()
    looked_up(visit(other), elsewhere, "10.5555/four")

    assert afar.asked == ["10.5555/known", "10.5555/one", "10.5555/four"]
    assert told[-1].text_content() == (
        "You have looked up many works in a short time; go on in an hour."
    )


def test_looking_up_forgets_no_answer(visit: Visit, afar: Recorded) -> None:
    author, _, page = a_draft()
    visitor = visit(author)
    found_here = reading.read(NBIB).items
    wanted = [Wanted("doi", "10.5555/known", 1)]
    carried = carrying.packed(found_here, wanted)

    answered = visitor.post(
        f"{page}look-up/", seen="0", carried=carried, **{"row-1": "on"}
    )

    ticked = found(answered, '//input[@type="checkbox"][@checked]/@name')
    assert ticked == ["row-1", "row-2"]


def test_ten_are_looked_up_at_once(visit: Visit, afar: Recorded) -> None:
    author, _, page = a_draft()
    visitor = visit(author)
    given = "\n".join(f"10.5555/n{n}" for n in range(12))

    review = visitor.post(f"{page}read/", text=given)
    visitor.post(f"{page}look-up/", **sent(review))

    assert afar.asked == [f"10.5555/n{n}" for n in range(10)]


def test_nothing_leaves_the_house_unless_it_is_allowed(
    visit: Visit, afar: Recorded, settings: Any
) -> None:
    settings.WORK_LOOKUP = False
    author, _, page = a_draft()
    visitor = visit(author)

    review = visitor.post(f"{page}read/", text="10.5555/known")
    answered = visitor.post(f"{page}look-up/", **sent(review))

    assert afar.asked == []
    assert "Looking works up is switched off in this house." in text(answered)
