"""
What a deed on the glossary changes on public pages, once it is done.

Nobody who approves a term waits for the pages that use it. The record of each page says
with which glossary it was built: the sweep looks which texts have the words that came or
went since, and has those built again and no others.
"""

from __future__ import annotations

import datetime as dt
import json
from functools import reduce
from html import escape
from itertools import islice
from operator import and_, or_
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from articles import content
from articles.models import Page, SearchEntry
from editorial import glossary, ledger, shopfront
from editorial.models import Chain, Event

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import QuerySet

SETTLED = dt.timedelta(minutes=10)
"""
How long every sweep looks again for the words of a deed.

Whoever was building a page when it happened had read the glossary from before; they
have long ended by then.
"""

MOST_DEEDS = 20
MOST_MARKED = 200
AT_ONCE = 100


def spread(most: int = MOST_MARKED) -> int:
    """
    Mark the pages that the newest deeds on the glossary make old, of so many articles.

    `publishing.rebuild_stale` builds them again. Returns how many articles were marked.
    """
    chains = Chain.objects.filter(name=glossary.CHAIN, spread_seq__lt=F("head_seq"))
    chain = chains.first()
    if chain is None:
        return 0
    deeds = list(_deeds_after(chain)[:MOST_DEEDS])
    reached = chain.head_seq if len(deeds) < MOST_DEEDS else deeds[-1].seq
    marked = 0
    for deed in deeds:
        marked += _mark(deed, most - marked)
        is_settled = deed.at <= timezone.now() - SETTLED
        if marked >= most or not is_settled:
            reached = min(reached, deed.seq - 1)
        if marked >= most:
            break
    Chain.objects.filter(pk=chain.pk).update(spread_seq=max(reached, chain.spread_seq))
    return marked


def _deeds_after(chain: Chain) -> QuerySet[Event]:
    """Those by which readers are told other words, since pages followed the last time."""
    changing = (Event.Kind.TERM_APPROVED, Event.Kind.TERM_ENDED)
    since = Event.objects.filter(chain=chain, seq__gt=chain.spread_seq)
    return since.filter(kind__in=changing).order_by("seq")


def _mark(deed: Event, most: int) -> int:
    found = islice(_made_old(deed), most)
    marked = 0
    while articles := list(islice(found, AT_ONCE)):
        with transaction.atomic(durable=True):
            ledger.hold_articles(articles)
            Page.objects.filter(article__in=articles).update(edition="")
        marked += len(articles)
    return marked


def _made_old(deed: Event) -> Iterator[int]:
    """The articles that use its words, and were built before it."""
    spellings = json.loads(deed.payload)["facts"].get("spellings", ())
    using = _using(spellings) if spellings else []
    for start in range(0, len(using), AT_ONCE):
        some = using[start : start + AT_ONCE]
        built = shopfront.last_built_of(some)
        yield from (pk for pk in some if pk in built and _seen(built[pk]) < deed.seq)


def _seen(built: Event) -> int:
    """With which glossary pages were built."""
    return int(json.loads(built.payload)["facts"].get("glossary", 0))


def _using(spellings: Sequence[str]) -> list[int]:
    """The articles with these words on a page that is not marked yet."""
    marked = Page.objects.filter(article=OuterRef("article"), edition="")
    entries = SearchEntry.objects.filter(
        reduce(or_, map(_may_have, spellings)), ~Exists(marked)
    )
    said = entries.order_by("article", "pk").values_list("article", "body")
    ready = content.Spellings([spellings])
    found = (pk for pk, body in said.iterator() if _has(body, ready))
    return list(dict.fromkeys(found))


def _may_have(spelling: str) -> Q:
    """What the database looks through all texts for; it finds some too many."""
    pieces = (Q(body__contains=piece) for piece in content.pieces(spelling))
    return reduce(and_, pieces, Q())


def _has(words: str, ready: content.Spellings) -> bool:
    met: list[int] = []
    content.explain(escape(words, quote=False), ready, met, most=1)
    return bool(met)
