"""The preview of a letter: each recipient, and nothing done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from editorial import letters
from editorial.actions import desk
from reviews.models import Comment
from tests import make, traces
from tests.editorial.views.visitors import parsed

if TYPE_CHECKING:
    from tests.editorial.views.conftest import Visit

LETTER = "Please mend the dose."
REMARKS = "Too long by half."


def given() -> tuple[make.User, make.Version]:
    author = make.author(name="Josiah Carberry", credentials="")
    asked = [
        make.reviewer(name=name, credentials="")
        for name in ("Ada Quill", "Otto Paperfield", "Mia Margin")
    ]
    version = make.under_review(by=author, reviewers=asked)
    first, second, _ = version.assignments.select_related("reviewer").order_by("pk")
    said = make.Remark("blocking", "Ten times too much.", "Offer the treatment")
    make.reported(first, vote="changes", remarks=REMARKS, comments=(said,))
    make.accepted(second)
    return author, make.again(version)


def sent(version: make.Version, **fields: str) -> dict[str, str]:
    given = {"seen": str(version.revision), "reason": LETTER}
    return given | {"request-1-text": "Name the trial."} | fields


def test_it_shows_who_gets_what_and_does_nothing(visit: Visit, db: None) -> None:
    _, version = given()
    before = traces.everything()

    response = visit(make.editor()).post(
        f"/desk/versions/{version.pk}/preview/return_for_changes/", **sent(version)
    )

    page = parsed(response)
    people = {
        card.xpath("string(.//h2)"): " ".join(card.text_content().split())
        for card in page.xpath('//section[contains(@class, "card")]')
    }
    assert response.status_code == 200
    after = traces.everything()
    assert {k for k in after if after[k] != before.get(k)} <= {"editorial.User"}
    assert people.keys() == {
        *("Josiah Carberry", "Ada Quill"),
        *("Otto Paperfield", "Mia Margin"),
    }
    author = people["Josiah Carberry"]
    for words in (LETTER, REMARKS, "Ten times too much.", "Name the trial."):
        assert words in author
    assert "A mail: Your article was returned for changes" in author
    assert "A mail: Your review is no longer needed" in people["Otto Paperfield"]
    assert "Reads nothing more than before." in people["Otto Paperfield"]
    assert "No mail." in people["Ada Quill"]
    assert LETTER not in people["Ada Quill"]


def test_what_was_previewed_can_be_sent_from_there(visit: Visit, db: None) -> None:
    _, version = given()
    editor = make.editor()

    page = parsed(
        visit(editor).post(
            f"/desk/versions/{version.pk}/preview/return_for_changes/", **sent(version)
        )
    )
    [form] = [f for f in page.forms if "return_for_changes" in f.action]
    visit(editor).post(form.action, **{k: v or "" for k, v in form.fields.items()})

    now = make.again(version)
    assert (now.state, now.decision_reason) == ("returned", LETTER)
    assert list(
        Comment.objects.filter(version=version, kind="request").values_list(
            "text", "required"
        )
    ) == [("Name the trial.", True)]


def numbers(card: Any) -> list[tuple[str, str]]:
    """What a letter asks for: each number, and the words behind it."""
    return [
        (item.get("value"), item.xpath("string(./p[1])"))
        for item in card.xpath('.//ol[@class="requests"]/li')
    ]


def test_the_form_shows_where_the_open_comments_will_stand(
    visit: Visit, db: None
) -> None:
    author, version = given()
    visitor = visit(make.chief())
    preview = f"/desk/versions/{version.pk}/preview/return_for_changes/"

    form = parsed(visitor.get(f"/desk/versions/{version.pk}/decide/"))
    [step] = form.xpath('//*[@id="return_for_changes"]')
    heads = step.xpath('.//div[@class="note"]/header/span/text()')
    page = parsed(visitor.post(preview, **sent(version)))

    assert numbers(step) == [("1", "Ten times too much.")]
    assert [head.partition(".")[0] for head in heads] == ["2", "3", "4"]
    [card] = page.xpath(f'//section[contains(., "{author.name}")][@aria-labelledby]')
    told = [("1", "Ten times too much."), ("2", "Name the trial.")]
    assert numbers(card) == told


def test_what_was_closed_is_asked_for_no_more(visit: Visit, db: None) -> None:
    author, editor = make.author(), make.editor()
    first = make.under_review(by=author, editor=editor)
    asked = [letters.Request("Name the trial."), letters.Request("Be short.")]
    desk.return_for_changes(first.pk, by=editor, reason=LETTER, requests=asked)
    version = make.resubmitted(first, by=author)
    closed = Comment.objects.get(version=version, text="Name the trial.")
    by = make.fresh(editor)
    desk.resolve(version.pk, by=by, comment_id=closed.pk, reason="It is named.")

    form = parsed(visit(make.chief()).get(f"/desk/versions/{version.pk}/decide/"))
    desk.return_for_changes(version.pk, by=by, reason=LETTER)
    page = parsed(visit(author).get(version.get_absolute_url()))

    [step] = form.xpath('//*[@id="return_for_changes"]')
    [letter] = page.xpath('//section[@aria-labelledby="decision"]')
    left = [("2", "Be short.")]
    assert (numbers(step), numbers(letter)) == (left, left)


def test_a_remark_that_became_a_request_is_told_once(visit: Visit, db: None) -> None:
    author, version = given()
    other = version.assignments.select_related("reviewer").order_by("pk")[2]
    make.reported(other, remarks=f"{REMARKS}\n\nWell written.")
    asked = [letters.Request(REMARKS), letters.Request("Name the trial.")]
    by = make.editor()
    desk.return_for_changes(version.pk, by=by, reason=LETTER, requests=asked)

    page = parsed(visit(author).get(version.get_absolute_url()))

    [told] = page.xpath('//section[@aria-labelledby="remarks"]')
    assert [note.text_content() for note in told.xpath("./div/p")] == ["Well written."]
    [letter] = page.xpath('//section[@aria-labelledby="decision"]')
    asked_for = ["Ten times too much.", REMARKS, "Name the trial."]
    assert [words for _, words in numbers(letter)] == asked_for


def test_a_preview_of_nothing_says_what_is_missing(visit: Visit, db: None) -> None:
    _, version = given()

    response = visit(make.editor()).post(
        f"/desk/versions/{version.pk}/preview/return_for_changes/",
        **sent(version, reason=" "),
    )

    assert response.status_code == 422
    assert "Write to the authors why" in response.content.decode()


def test_a_rejection_can_be_previewed_by_who_may_reject(visit: Visit, db: None) -> None:
    author, version = given()
    address = f"/desk/versions/{version.pk}/preview/reject/"
    fields = {"seen": str(version.revision), "reason": "It ends here."}

    assert visit(make.chief()).post(address, **fields).status_code == 200
    assert visit(make.editor()).post(address, **fields).status_code == 403
    assert visit(author).post(address, **fields).status_code == 403
    assert visit(make.reviewer()).post(address, **fields).status_code == 404
    assert make.again(version).state == "under_review"


def test_only_letters_are_previewed_and_only_by_post(visit: Visit, db: None) -> None:
    _, version = given()
    chief = make.chief()
    address = f"/desk/versions/{version.pk}/preview"

    assert visit(chief).post(f"{address}/approve/").status_code == 404
    assert visit(chief).get(f"{address}/reject/").status_code == 405


def test_a_preview_drawn_too_late_says_who_was_first(visit: Visit, db: None) -> None:
    _, version = given()
    desk.return_for_changes(version.pk, by=make.editor(), reason="Mend it")

    response = visit(make.editor()).post(
        f"/desk/versions/{version.pk}/preview/return_for_changes/", **sent(version)
    )

    assert response.status_code == 409
    assert LETTER in response.content.decode()
