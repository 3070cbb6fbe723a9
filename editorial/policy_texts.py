"""The policies in force: which number, and the disclaimers by audience."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from articles.vocabulary import PROFESSIONAL, Audience
from editorial import ledger
from editorial.ledger import Deed, Noted, Subject
from editorial.models import Event, Policy, User

if TYPE_CHECKING:
    from django.db.models import QuerySet

CHAIN = "policies"
TEXTS = Path(__file__).parent / "texts"
FIRST = {
    Policy.Kind.EDITORIAL: "Editorial policy",
    Policy.Kind.PROFESSIONAL: "For professionals",
    Policy.Kind.LAY: "For patients and caregivers",
}


def install(by: User) -> None:
    """Issue the first policy of each kind that has none."""
    present = set(Policy.objects.values_list("kind", flat=True))
    for kind, title in FIRST.items():
        if kind not in present:
            issue(kind, title=title, body=(TEXTS / f"{kind}.html").read_text(), by=by)


def issue(kind: str, *, title: str, body: str, by: User) -> Policy:
    """Put the next policy of a kind in force; the earlier ones stay as they are."""
    with transaction.atomic():
        link = ledger.lock_named(CHAIN)
        number = Policy.objects.filter(kind=kind).count() + 1
        policy = Policy.objects.create(
            kind=kind, number=number, title=title, body=body.strip()
        )
        noted = Noted(facts={"policy": str(policy)}, rows=[policy])
        ledger.record(link, Subject(), Deed(Event.Kind.POLICY_ISSUED, by, noted=noted))
    return policy


def in_force(*kinds: str) -> QuerySet[Policy]:
    """The newest of each of these kinds that came in force so far."""
    came = Policy.objects.filter(in_force_from__lte=timezone.now())
    newer = came.filter(kind=OuterRef("kind"), number__gt=OuterRef("number"))
    return came.filter(~Exists(newer), kind__in=kinds)


def editorial_in_force() -> str:
    """The name of the editorial policy in force, for example `editorial/1`."""
    found = in_force(Policy.Kind.EDITORIAL).first()
    return str(found) if found else ""


def disclaimers(texts: dict[str, str]) -> dict[str, str]:
    """The disclaimer of each audience, from the texts by kind of policy."""
    return {
        str(audience): texts.get(
            Policy.Kind.PROFESSIONAL if audience in PROFESSIONAL else Policy.Kind.LAY,
            "",
        )
        for audience in Audience
    }
