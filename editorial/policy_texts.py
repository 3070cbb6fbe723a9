"""The policies in force: which number, and the disclaimers by audience."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from django.utils import timezone

from articles.vocabulary import PROFESSIONAL, Audience
from editorial import ledger
from editorial.ledger import Deed, Noted, Subject
from editorial.models import Event, Policy, User

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


def in_force() -> dict[str, Policy]:
    """The newest policy of each kind that is in force now."""
    found = Policy.objects.filter(in_force_from__lte=timezone.now())
    return {policy.kind: policy for policy in found.order_by("kind", "number")}


def editorial_in_force() -> str:
    """The name of the editorial policy in force, for example `editorial/1`."""
    newest = (
        Policy.objects.filter(
            kind=Policy.Kind.EDITORIAL, in_force_from__lte=timezone.now()
        )
        .order_by("-number")
        .first()
    )
    return str(newest) if newest else ""


def disclaimers(policies: dict[str, Policy]) -> dict[str, str]:
    """The disclaimer of each audience."""
    return {
        str(audience): policies[kind].body if kind in policies else ""
        for audience in Audience
        for kind in [
            Policy.Kind.PROFESSIONAL if audience in PROFESSIONAL else Policy.Kind.LAY
        ]
    }
