"""Whether a member of the board is named to the public: they choose, and may again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from articles.models import Page
from editorial import ledger, pace
from editorial.actions.accounts import CHAIN
from editorial.errors import Refused
from editorial.ledger import Deed, Noted, Subject
from editorial.models import BoardMember, Event
from reviews.models import Signature
from reviews.states import Meaning

if TYPE_CHECKING:
    from editorial.models import User

CHOSE = {True: "Chose to be named", False: "Chose not to be named"}


def choose(*, by: User, named: bool) -> None:
    """
    Say whether one's name is printed, under past and future texts and on the roster.

    What is refused is so before anybody waits for it, and again if it is so by then.
    """
    _choosing(by, named=named)
    with transaction.atomic(durable=True):
        print_again(by)
        link = ledger.lock_named(CHAIN)
        member = _choosing(by, named=named)
        member.named = named
        ledger.attribute(member, by=by, reason=CHOSE[named])
        member.save(update_fields=["named"])
        noted = Noted(facts={"person": by.pk, "named": named})
        deed = Deed(Event.Kind.NAMING_CHOSEN, by, CHOSE[named], noted=noted)
        ledger.record(link, Subject(), deed)


def _choosing(by: User, *, named: bool) -> BoardMember:
    """Their seat on the board, if they may choose so now; raises Refused."""
    on_board = BoardMember.objects.filter(user=by, user__is_active=True)
    member = on_board.first()
    if member is None:
        message = "Only who is on the board is named, or not, as a reviewer."
        raise Refused(message)
    if member.named == named:
        message = "That is how it is already."
        raise Refused(message)
    pace.keep_own(Event.Kind.NAMING_CHOSEN, by=by)
    return member


def print_again(reviewer: User) -> None:
    """
    Have the pages of every text they reviewed built anew, by the scheduler.

    Asked for before the choice is kept, and in its transaction: whoever builds one of
    them has read the choice from before and is waited for, or waits and reads this one.
    """
    signed = Signature.objects.filter(signer=reviewer, meaning=Meaning.REVIEW)
    texts = list(signed.values_list("version__article", flat=True).distinct())
    ledger.hold_articles(texts)
    Page.objects.filter(article__in=texts).update(edition="")
