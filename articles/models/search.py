"""What readers look through: the words of public texts, and how those are spelled."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from articles.models.articles import Article
from articles.models.versions import HEADLINE_LENGTH, QUESTION_LENGTH, Version
from articles.states import Standing
from articles.vocabulary import Audience

WORD_LENGTH = 24


class SearchEntry(models.Model):
    """
    A public text as search knows it, one for each rendition; written with its pages.

    `about` holds more words for what it is about, `spelt` other spellings of the
    words in its body. `reviewed_on` is the day of the approval, where there is one.
    The database keeps its full-text index in step with these rows by itself. How their
    words are spelled is learned afterwards, and with it what an approved text is about:
    only a text that may be quoted has a `vector`.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="search_entries")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience)
    path = models.CharField(max_length=200)
    standing = models.CharField(max_length=20, choices=Standing)
    reviewed_on = models.DateField(null=True, blank=True)
    question = models.CharField(max_length=QUESTION_LENGTH)
    headline = models.CharField(max_length=HEADLINE_LENGTH, default="", blank=True)
    about = models.TextField(default="", blank=True)
    body = models.TextField(default="", blank=True)
    spelt = models.TextField(default="", blank=True)
    learned = models.BooleanField(default=False)
    vector = models.BinaryField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_search_entry_per_rendition", fields=["article", "audience"]
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                name="entries_to_learn", fields=["id"], condition=Q(learned=False)
            ),
            models.Index(
                name="entries_to_quote",
                fields=["id"],
                condition=Q(vector__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.path


class WordKey(models.Model):
    """
    A word of a public text under something that it has in common with its misspellings.

    Words stay when the last text that had them goes; whoever offers one asks first
    whether a text has it.
    """

    class Kind(models.TextChoices):
        WORD = "w", "The word itself"
        LETTERS = "l", "Its letters, or all but one of them"
        SOUND = "s", "How it sounds, or nearly so"

    kind = models.CharField(max_length=1, choices=Kind)
    key = models.CharField(max_length=WORD_LENGTH)
    word = models.CharField(max_length=WORD_LENGTH)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="a_word_has_a_key_once", fields=["kind", "key", "word"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key} {self.word}"
