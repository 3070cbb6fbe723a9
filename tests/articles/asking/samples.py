"""Approved texts to be asked, without the deeds that approve them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from articles.asking import kept, meaning
from articles.asking.kept import Quotable
from articles.models import Passage, SearchEntry
from tests.articles.search.samples import rendered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def answered(question: str, *passages: str, **fields: Any) -> SearchEntry:
    """An article that is found, and from which these passages are quoted."""
    return in_renditions(question, {"clinician": passages}, **fields)[0]


def in_renditions(
    question: str, bodies: Mapping[str, Sequence[str]], **fields: Any
) -> list[SearchEntry]:
    said = {audience: " ".join(passages) for audience, passages in bodies.items()}
    entries = rendered(question, said, **fields)
    SearchEntry.objects.filter(article=entries[0].article_id).update(learned=False)
    kept.keep(
        {row.pk: quotable(row.question, *bodies[row.audience]) for row in entries}
    )
    return entries


def quotable(question: str, *passages: str) -> Quotable:
    title = meaning.vector(question)
    means = [meaning.unit(title + meaning.vector(said)) for said in passages]
    rows = [
        Passage(
            html=f'<p>{said}<cite data-ref="trial"></cite></p>',
            sources=[[1, "trial", "Randomised trial", "Carberry J. <em>Cracks</em>."]],
            vector=meaning.packed(vector),
        )
        for said, vector in zip(passages, means, strict=True)
    ]
    about = meaning.unit(sum(means, start=title))
    return Quotable(meaning.packed(title, about), rows)
