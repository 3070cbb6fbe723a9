"""
The glossary: one proposes what a term means, and a second person approves it.

A wording is approved as it is or not at all; who would change it proposes another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from articles import glossary as terms
from articles.canonical import sha256_hex
from articles.models import Term
from editorial import glossary, ledger, policies, roles
from editorial.errors import MovedOn, Refused
from editorial.ledger import Deed
from editorial.models import Event

if TYPE_CHECKING:
    from articles.glossary import TermText
    from editorial.models import User


def propose(*, by: User, text: TermText, instead_of: int | None = None) -> Term:
    """
    Propose a new term, or other words `instead_of` the newest wording of one.

    A proposal that waits makes room for it; a public wording stays until it is approved.
    Raises PermissionDenied, MovedOn when there is a newer wording than the one meant,
    and Refused when it cannot be a term.
    """
    if not policies.may_propose_terms(by):
        raise PermissionDenied
    text = text.tidied()
    with transaction.atomic(durable=True):
        link = ledger.lock_named(
            glossary.CHAIN
        )  # what is asked next holds until the end
        former = _newest(instead_of, text, by=by)
        if objection := terms.objection(text) or _objection(text, former):
            raise Refused(objection)
        replaced = [former] if former and former.is_proposed else []
        for row in replaced:
            _end(row)
        made = Term.objects.create(
            slug=text.slug,
            name=text.name,
            spellings="\n".join(text.spellings),
            definition=text.definition,
            source=text.source,
            proposed_by=by,
        )
        before = _state(former) if former else ""
        deed = Deed(Event.Kind.TERM_PROPOSED, by, "", before, "proposed")
        glossary.record(link, deed, made, *replaced)
    return made


def approve_term(term_id: int, *, by: User) -> Term:
    """
    Let readers see a wording, in place of the one they saw until now.

    Raises PermissionDenied for whoever may not, its proposer among them, and MovedOn
    when it waits no more.
    """
    if not policies.may_judge_terms(by):
        raise PermissionDenied
    with transaction.atomic(durable=True):
        link = ledger.lock_named(glossary.CHAIN)
        row = _locked(term_id)
        if not row.is_proposed:
            raise _moved_on(row, by=by, kind=Event.Kind.TERM_APPROVED)
        if row.proposed_by_id == by.pk:
            raise PermissionDenied
        former = Term.objects.approved().filter(slug=row.slug).first()
        if former:
            _end(former)
        role = roles.CHIEF_EDITOR if policies.is_chief(by) else glossary.BOARD
        glossary.sign(row, by=by, role=role, at=timezone.now())
        row.save()
        deed = Deed(Event.Kind.TERM_APPROVED, by, "", "proposed", "approved")
        deed.noted.facts["spellings"] = _spellings(row, former)
        deed.noted.facts["sha256"] = sha256_hex(row.approval.encode())
        glossary.record(link, deed, *filter(None, (row, former)))
    return row


def end_term(term_id: int, *, by: User, reason: str) -> Term:
    """
    Take a wording out: a public one, or a proposal that is not wanted.

    The desk may, and of a proposal whoever made it. Raises PermissionDenied, Refused
    without a reason, and MovedOn when it is out already.
    """
    with transaction.atomic(durable=True):
        link = ledger.lock_named(glossary.CHAIN)
        row = _locked(term_id)
        if not policies.may_end_term(by, row):
            raise PermissionDenied
        if row.ended_at:
            raise _moved_on(row, by=by, kind=Event.Kind.TERM_ENDED)
        if not reason.strip():
            message = "Give a reason; it goes into the record."
            raise Refused(message)
        before = _state(row)
        _end(row)
        deed = Deed(Event.Kind.TERM_ENDED, by, reason, before, "ended")
        if row.approved_at:
            deed.noted.facts["spellings"] = _spellings(row)
        glossary.record(link, deed, row)
    return row


def _newest(instead_of: int | None, text: TermText, *, by: User) -> Term | None:
    """The wording that is to be replaced; there must be none of a new term."""
    if instead_of is None:
        return None
    row = _locked(instead_of)
    newer = Term.objects.living().filter(slug=row.slug, pk__gt=row.pk)
    if row.ended_at or newer.exists():
        mine = newer.filter(proposed_by=by).order_by("-pk").first()
        is_mine = mine is not None and mine.text == text
        raise _moved_on(row, by=by, kind=Event.Kind.TERM_PROPOSED, mine=is_mine)
    return row


def _locked(term_id: int) -> Term:
    return Term.objects.select_for_update().get(pk=term_id)


def _objection(text: TermText, former: Term | None) -> str | None:
    """What stands in the way of it beside other terms, or among them."""
    if former and former.slug != text.slug:
        return "Under another name it is another term: propose that, and take this one out."
    if former and former.text == text:
        return "That is what it says already."
    others = [
        row
        for row in Term.objects.living()
        if former is None or row.slug != former.slug
    ]
    if any(row.slug == text.slug for row in others):
        return f"There is a term of the name “{text.name}” already."
    if len({row.slug for row in others}) >= terms.MOST_TERMS:
        return f"There are {terms.MOST_TERMS} terms already; take one of them out."
    for row in others:
        if spelling := terms.shared(text, row.text):
            return f"“{spelling}” belongs to the term “{row.name}” already."
    return None


def _end(row: Term) -> None:
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])


def _state(row: Term) -> str:
    return "proposed" if row.is_proposed else "approved"


def _spellings(*rows: Term | None) -> list[str]:
    """By which words a text is known that says other than before, or no more."""
    found = (row.text.all_spellings for row in rows if row)
    return list(
        dict.fromkeys(spelling for spellings in found for spelling in spellings)
    )


def _moved_on(row: Term, *, by: User, kind: str, mine: bool | None = None) -> MovedOn:
    """The refusal that names who did the last thing about the term, and when."""
    last = (
        Event.objects.filter(chain__name=glossary.CHAIN)
        .filter(payload__contains=f'"{ledger.row_name(row)}"')
        .select_related("actor")
        .order_by("-seq")
        .first()
    )
    if last is None:
        return MovedOn("Changed meanwhile", who="Somebody", when=None)
    is_same = (last.kind, last.actor_id) == (kind, by.pk)
    what = f"{last.get_kind_display()} meanwhile"
    own = is_same if mine is None else mine
    return MovedOn(what, who=str(last.actor), when=last.at, mine=own)
