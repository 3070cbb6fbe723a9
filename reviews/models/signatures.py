"""Names under hashes."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.models import Version
from reviews.states import Meaning


class Signature(models.Model):
    """
    A person's name under a version's hash, with what it means.

    `value` is an Ed25519 signature over `reviews.signing.statement_bytes`, which
    names the version, its hash, the person, the meaning and the time; the row never
    changes, and under another version it no longer verifies. `number` counts the
    reports of a reviewer whom the editor asked again about the same version.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="signatures")
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="signatures"
    )
    printed_name = models.CharField(max_length=300)
    role = models.CharField(max_length=40)
    meaning = models.CharField(max_length=10, choices=Meaning)
    number = models.PositiveSmallIntegerField(default=1)
    statement = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    policy = models.CharField(max_length=40, default="", blank=True)
    signed_at = models.DateTimeField()
    public_key = models.CharField(max_length=64)
    value = models.CharField(max_length=128)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="a_person_signs_a_version_once_per_meaning",
                fields=["version", "signer", "meaning", "number"],
            ),
            models.UniqueConstraint(
                name="a_version_is_approved_by_one_signature",
                fields=["version"],
                condition=Q(meaning=Meaning.APPROVAL),
            ),
            models.CheckConstraint(
                name="a_signature_names_a_whole_hash", condition=Q(sha256__length=64)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_meaning_display()} by {self.printed_name}"
