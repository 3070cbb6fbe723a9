"""What editors keep for the lint: dated rules of law and agencies."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from articles import characters, phrases
from articles.models import RegulatoryFact
from editorial import facts, ledger, roles
from editorial.errors import MovedOn, Refused

if TYPE_CHECKING:
    import datetime as dt

    from editorial.models import User


@dataclass(frozen=True, slots=True)
class FactText:
    """A fact as an editor writes it; `phrases` stand one to a line."""

    name: str
    statement: str
    phrases: str
    jurisdiction: str
    source: str
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


def record_fact(
    *, by: User, text: FactText, fact_id: int | None = None, seen: int | None = None
) -> RegulatoryFact:
    """
    Write down a fact, or change one; `seen` is the `edition` a form was drawn from.

    Raises PermissionDenied off the desk, MovedOn when it was changed meanwhile, and
    Refused when it cannot be looked for.
    """
    if not roles.on_the_desk(by) or not by.is_active:
        raise PermissionDenied
    with transaction.atomic(durable=True):
        link = ledger.lock_named(facts.CHAIN)  # what is asked next holds until the end
        row = _locked(fact_id)
        if seen is not None and seen != edition(row):
            raise _moved_on(row, text, by=by)
        if objection := _objection(row, text):
            raise Refused(objection)
        return facts.record(link, row, asdict(text), by=by)


def edition(row: RegulatoryFact) -> int:
    """What tells one wording of a fact from the next; 0 while there is none."""
    newest = RegulatoryFact.history.filter(id=row.pk).order_by("-history_id")
    return int(newest.values_list("history_id", flat=True).first() or 0)


def _locked(fact_id: int | None) -> RegulatoryFact:
    if fact_id is None:
        return RegulatoryFact()
    return RegulatoryFact.objects.select_for_update().get(pk=fact_id)


def _objection(row: RegulatoryFact, text: FactText) -> str | None:
    others = RegulatoryFact.objects.exclude(pk=row.pk)
    backwards = text.valid_from and text.valid_to and text.valid_to < text.valid_from
    if others.count() >= phrases.MOST_FACTS:
        return f"There are {phrases.MOST_FACTS} facts already; change one of them."
    if others.filter(name=text.name).exists():
        return f"There is a fact of the name “{text.name}” already."
    if text.phrases != characters.visible(text.phrases):
        return "A phrase holds a character that nobody sees."
    if backwards:
        return "It ends before it begins."
    return phrases.objection(text.phrases)


def _moved_on(row: RegulatoryFact, text: FactText, *, by: User) -> MovedOn:
    saves = RegulatoryFact.history.filter(id=row.pk).order_by("-history_id")
    writer = saves.values_list("history_user", flat=True).first()
    same = all(getattr(row, name) == value for name, value in asdict(text).items())
    return ledger.saved_meanwhile(
        saves, "Changed meanwhile", mine=same and writer == by.pk, nobody="Somebody"
    )
