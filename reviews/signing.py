"""
Signatures that bind a person and a meaning to the exact bytes of a version.

Ed25519 (RFC 8032) over canonical JSON, so that anybody who holds the public key
can check a signature with standard tools and without us.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from articles.canonical import canonical_json
from articles.prepared import Prepared
from reviews.models import Disclosure, Report, Signature
from reviews.states import AssignmentState, Meaning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from articles.models import Version

FORM = "imprimatur-signature/1"


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, as printed under the signature."""

    pk: int
    printed_name: str
    role: str


def private_key() -> Ed25519PrivateKey:
    return _key_of(settings.SIGNING_KEY)


@cache
def _key_of(digits: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(digits))


def public_key() -> str:
    """The house's public key, as 64 hexadecimal digits."""
    return private_key().public_key().public_bytes_raw().hex()


def trusted_keys() -> set[str]:
    """The keys whose signatures count: today's and those retired in the settings."""
    return {public_key(), *settings.SIGNING_KEYS_RETIRED}


def sign_bytes(message: bytes) -> str:
    """128 hexadecimal digits: the house's signature over `message`."""
    return private_key().sign(message).hex()


def verifies(message: bytes, *, value: str, key: str) -> bool:
    """Whether `value` is `key`'s signature over `message`, for a key we trust."""
    if key not in trusted_keys():
        return False
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        public.verify(bytes.fromhex(value), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def moment(at: dt.datetime) -> str:
    """An instant in UTC to the microsecond, as the records print it."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def statement_bytes(signature: Signature) -> bytes:
    """
    The canonical JSON that the signature is made over.

    The `number` is part of it from the second report of a reviewer on, so that every
    first signature says what it said before there were any others.
    """
    again = {"number": signature.number} if signature.number != 1 else {}
    return canonical_json(
        again
        | {
            "form": FORM,
            "article": signature.version.article_id,
            "version": signature.version.number,
            "sha256": signature.sha256,
            "signer": signature.signer_id,
            "printed_name": signature.printed_name,
            "role": signature.role,
            "meaning": signature.meaning,
            "statement": signature.statement,
            "policy": signature.policy,
            "signed_at": moment(signature.signed_at),
        }
    )


def sign(
    version: Version,
    *,
    signer: Signer,
    meaning: str,
    statement: str,
    policy: str,
    number: int = 1,
) -> Signature:
    """
    Store and return a signature under the version's frozen hash.

    `number` counts a person's signatures of one meaning under one version.
    """
    signature = Signature(
        version=version,
        signer_id=signer.pk,
        printed_name=signer.printed_name,
        role=signer.role,
        meaning=meaning,
        number=number,
        statement=statement,
        sha256=version.sha256,
        policy=policy,
        signed_at=timezone.now(),
        public_key=public_key(),
    )
    signature.value = sign_bytes(statement_bytes(signature))
    signature.save(force_insert=True)
    return signature


def valid_signatures(version: Version) -> list[Signature]:
    """
    The version's signatures that verify and stand; read once for a version.

    Under a report that its reviewer was asked to take up again the signature stands no
    more. They come oldest first; `conflict` is what the signer declared as a reviewer, or None; `vote` how they
    voted on this very hash.
    """
    if "signed" not in version.__dict__:
        read_signatures([version])
    signed: list[Signature] = version.__dict__["signed"]
    return signed


def read_signatures(versions: Sequence[Version]) -> None:
    """Read and check the signatures of many versions in one query."""
    by_pk = {version.pk: version for version in versions}
    for version in versions:
        version.__dict__["signed"] = []
    rows = list(ON_ONE(*by_pk) if len(by_pk) == 1 else _on(*by_pk))
    newest = {_place(row): row.number for row in sorted(rows, key=_by_number)}
    for row in rows:
        row.version = by_pk[row.version_id]
        if row.number == newest[_place(row)] and _stands(row) and is_valid(row):
            row.version.__dict__["signed"].append(row)


def _place(signature: Signature) -> tuple[int, int, str]:
    return signature.version_id, signature.signer_id, signature.meaning


def _by_number(signature: Signature) -> int:
    return signature.number


def _stands(signature: Signature) -> bool:
    """Whether the report that was signed is one that counts."""
    is_a_review = signature.meaning == Meaning.REVIEW
    return not is_a_review or signature.__dict__["vote"] is not None


def _on(*versions: int) -> QuerySet[Signature]:
    declared = Disclosure.objects.filter(
        assignment__version=OuterRef("version"),
        assignment__reviewer=OuterRef("signer"),
        assignment__state=AssignmentState.REPORTED,
        has_conflict=True,
    )
    voted = Report.objects.filter(
        assignment__version=OuterRef("version"),
        assignment__reviewer=OuterRef("signer"),
        assignment__state=AssignmentState.REPORTED,
        sha256=OuterRef("sha256"),
    )
    rows = Signature.objects.filter(version__in=versions).annotate(
        conflict=Subquery(declared.values("statement")[:1]),
        vote=Subquery(voted.values("vote")[:1]),
    )
    people = rows.select_related("signer__board_member")
    return people.order_by("signed_at", "pk")


ON_ONE = Prepared(_on, count=1)


def is_valid(signature: Signature) -> bool:
    """Whether the signature verifies and is under its own version's hash."""
    if signature.sha256 != signature.version.sha256:
        return False
    message = statement_bytes(signature)
    return verifies(message, value=signature.value, key=signature.public_key)
