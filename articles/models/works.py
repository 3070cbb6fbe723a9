"""What is cited."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from articles.models.versions import Version
from articles.tracking import history
from articles.vocabulary import RefType, WorkSource
from articles.works import dates, identifiers, identity

FIRST_AUTHOR_LENGTH = 100


class Work(models.Model):
    """
    A cited source, as CSL-JSON, shared by every article that cites it.

    What `describe` says of the item is kept beside it, folded, to be looked for.
    """

    fingerprint = models.CharField(max_length=64, unique=True)
    csl = models.JSONField()
    kind = models.CharField(max_length=20, choices=RefType)
    source = models.CharField(
        max_length=10, choices=WorkSource, default=WorkSource.TYPED
    )
    doi = models.CharField(max_length=300, default="", blank=True, db_index=True)
    pmid = models.CharField(max_length=8, default="", blank=True, db_index=True)
    first_author = models.CharField(
        max_length=FIRST_AUTHOR_LENGTH, default="", editable=False
    )
    year = models.IntegerField(null=True, editable=False)
    words = models.TextField(default="", editable=False)
    retracted_on = models.DateField(null=True, blank=True)

    history = history(excluded_fields=["first_author", "year", "words"])

    class Meta:
        indexes: ClassVar = [models.Index(fields=["first_author", "year"])]

    def __str__(self) -> str:
        return str(self.csl.get("title", self.fingerprint))

    @property
    def named(self) -> str:
        """The title as it stands in a sentence, without a full stop of its own."""
        return str(self).rstrip(".")

    def describe(self, item: dict[str, Any]) -> None:
        """Take a clean item, with everything that follows from it."""
        self.csl = item
        self.fingerprint = identity.fingerprint(item)
        self.doi = identifiers.doi(item.get("DOI", "")) or ""
        self.pmid = item.get("PMID", "")
        self.first_author = identity.first_author(item)[:FIRST_AUTHOR_LENGTH]
        self.year = dates.year(item)
        self.words = identity.words(item)


class Citation(models.Model):
    """
    A work as one version cites it.

    `csl` and `kind` are copied from the work when the version freezes, so that
    mending a work later changes no approved text; until then they are empty.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="citations")
    work = models.ForeignKey(Work, models.PROTECT, related_name="citations")
    key = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=RefType, default="", blank=True)
    csl = models.JSONField(null=True, blank=True)

    history = history()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="a_key_names_one_work_per_version", fields=["version", "key"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}:{self.key}"
