"""What questions are answered from: passages of approved texts, by what they mean."""

from __future__ import annotations

from django.db import models

from articles.models.search import SearchEntry


class Passage(models.Model):
    """
    A passage of a public text, as it may be quoted, with what it rests on.

    `anchor` is where on the page its section begins. `sources` are the works that it
    cites, in their order: number, key, kind and the reference as safe HTML. The
    database itself deletes passages with their entry. Which of them are `retracted` is
    told of a passage that was proven, by their keys.
    """

    entry = models.ForeignKey(
        SearchEntry, models.DO_NOTHING, related_name="passages", db_constraint=False
    )
    heading = models.TextField(default="", blank=True)
    anchor = models.CharField(max_length=200, default="", blank=True)
    html = models.TextField()
    sources = models.JSONField(default=list, blank=True)
    vector = models.BinaryField()
    retracted: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.heading}"
