"""The deeds of those who write: authors asked and arranged, answers, dated facts, terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.glossary import TermText
from articles.models import Article, Authorship, Version
from articles.vocabulary import Contribution
from editorial import linting
from editorial.actions import (
    answering,
    authoring,
    authors,
    defining,
    desk,
    minding,
)
from reviews import items
from tests import make

if TYPE_CHECKING:
    from collections.abc import Callable

    from editorial.models import User

    Deed = Callable[[], object]

REASON = "It is a quotation."
CARELESS = "<p>It never fails.</p>"


def begun(by: User) -> Article:
    return make.article(make.draft(by=by))


def asked(by: User, guest: User) -> Article:
    article = begun(by)
    authors.invite_author(article.pk, by=make.fresh(by), email=guest.email)
    return Article.objects.get(pk=article.pk)


def invite_author() -> Deed:
    author, guest = make.author(), make.author()
    article = begun(author)
    return lambda: authors.invite_author(
        article.pk, by=make.fresh(author), email=guest.email, seen=article.revision
    )


def join() -> Deed:
    guest = make.author()
    article = asked(make.author(), guest)
    return lambda: authors.join(article.pk, by=make.fresh(guest), seen=article.revision)


def decline_to_write() -> Deed:
    guest = make.author()
    article = asked(make.author(), guest)
    return lambda: authors.decline_to_write(
        article.pk, by=make.fresh(guest), seen=article.revision
    )


def uninvite_author() -> Deed:
    author, guest = make.author(), make.author()
    article = asked(author, guest)
    row = article.authorships.get(user=guest)
    return lambda: authors.uninvite_author(
        article.pk,
        by=make.fresh(author),
        authorship_id=row.pk,
        seen=article.revision,
    )


def arrange_authors() -> Deed:
    author, guest = make.author(), make.author()
    article = asked(author, guest)
    authors.join(article.pk, by=make.fresh(guest))
    listed = Authorship.objects.filter(article=article).order_by("-position")
    did = (Contribution.CONCEPTUALIZATION.value,)
    places = [authors.Place(row.pk, did) for row in listed]
    seen = Article.objects.get(pk=article.pk).revision
    return lambda: authors.arrange_authors(
        article.pk, by=make.fresh(author), places=places, seen=seen
    )


def returned(author: User) -> Version:
    """A next draft with one item to answer."""
    editor = make.editor()
    version = make.under_review(by=author, editor=editor)
    first = version.assignments.select_related("reviewer").order_by("pk")[0]
    make.reported(first, comments=(make.blocking(),))
    desk.return_for_changes(version.pk, by=make.fresh(editor), reason=REASON)
    return authoring.revise(version.pk, by=make.fresh(author))


def answer_comment() -> Deed:
    author = make.author()
    draft = returned(author)
    item = items.of(draft)[0]
    return lambda: answering.answer_comment(
        draft.pk,
        by=make.fresh(author),
        comment_id=item.pk,
        answer="done",
        seen=answering.stamp(None),
    )


def respond() -> Deed:
    author = make.author()
    draft = returned(author)
    seen = answering.letter_stamp(draft)
    return lambda: answering.respond(
        draft.pk, by=make.fresh(author), text="Thank you.", seen=seen
    )


def answer_finding() -> Deed:
    author = make.author()
    draft = make.draft(by=author, renditions={"clinician": CARELESS})
    found = next(
        found for found in linting.of(draft) if found.finding.code == "ABSOLUTE_TERM"
    )
    return lambda: answering.answer_finding(
        draft.pk,
        by=make.fresh(author),
        finding_id=found.finding.id,
        reason=REASON,
        seen=answering.stamp(None),
    )


def record_fact() -> Deed:
    editor = make.editor()
    text = minding.FactText(
        name="A rule of a fictional land",
        statement="Pots needed a licence until 2020.",
        phrases="licence for pots",
        jurisdiction="Fictionland",
        source="https://example.org/pots",
    )
    return lambda: minding.record_fact(by=make.fresh(editor), text=text, seen=0)


def propose_term() -> Deed:
    author = make.author()
    text = TermText("pot", "A vessel of a fictional land.")
    return lambda: defining.propose(by=make.fresh(author), text=text)


def approve_term() -> Deed:
    text = TermText("jug", "Another vessel of a fictional land.")
    row = defining.propose(by=make.author(), text=text)
    chief = make.chief()
    return lambda: defining.approve_term(row.pk, by=make.fresh(chief))


BY_WRITERS: dict[str, Callable[[], Deed]] = {
    "invite_author": invite_author,
    "join": join,
    "decline_to_write": decline_to_write,
    "uninvite_author": uninvite_author,
    "arrange_authors": arrange_authors,
    "answer_comment": answer_comment,
    "answer_finding": answer_finding,
    "respond": respond,
    "record_fact": record_fact,
    "propose_term": propose_term,
    "approve_term": approve_term,
}
WITHOUT_EVENT = {"answer_comment", "answer_finding", "respond"}
"""What the history keeps, and no event."""
