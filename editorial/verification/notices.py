"""Notices: signed as they stand, by as many as they need, and the standing they give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q

from articles.models import Article, Notice, NoticeSignature
from articles.states import READABLE, Standing
from editorial.actions.standing import BY_ONE
from editorial.verification.witness import BATCH, Broken
from reviews import notices as signed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from editorial.verification.witness import Witness

NOTICED = {*READABLE, Standing.REMOVED} - {Standing.PUBLISHED}
"""The standings that only a notice gives."""


def notices(witness: Witness) -> Iterator[Broken]:
    signers: dict[int, set[int]] = {}
    rows = NoticeSignature.objects.select_related("notice__version").order_by("pk")
    for row in rows.iterator(chunk_size=BATCH):
        if not signed.is_valid(row):
            yield Broken(f"noticesignature {row.pk}", "it does not verify")
        elif row.value not in witness.notice_signatures:
            yield Broken(f"noticesignature {row.pk}", "no event speaks of it")
        else:
            signers.setdefault(row.notice_id, set()).add(row.signer_id)
    issued = Notice.objects.filter(issued_at__isnull=False).order_by("pk")
    for pk, kind in issued.values_list("pk", "kind"):
        needed = 1 if kind in BY_ONE else 2
        if len(signers.get(pk, ())) < needed:
            yield Broken(f"notice {pk}", "too few people signed it")
    in_force = Q(notices__issued_at__isnull=False, notices__ended_at=None)
    so = Article.objects.filter(in_force, standing=F("notices__after"))
    bare = Article.objects.filter(standing__in=NOTICED).exclude(pk__in=so.values("pk"))
    for pk in bare.order_by("pk").values_list("pk", flat=True):
        yield Broken(f"article {pk}", "no notice in force says why it stands so")
