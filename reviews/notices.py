"""What a notice says as bytes, and signatures under them; as in `reviews.signing`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from articles.canonical import canonical_json, sha256_hex
from articles.models import NoticeSignature
from reviews import signing

if TYPE_CHECKING:
    from articles.models import Notice
    from reviews.signing import Signer

FORM = "imprimatur-notice/1"
SIGNED = "imprimatur-notice-signature/1"


def canonical_bytes(notice: Notice) -> bytes:
    """The canonical JSON of everything that those who sign a notice stand for."""
    return canonical_json(
        {
            "form": FORM,
            "article": notice.article_id,
            "version": notice.version.number,
            "version_sha256": notice.version.sha256,
            "kind": str(notice.kind),
            "standing": str(notice.after),
            "reasons": list(notice.reasons),
            "words": notice.words,
            "stance": str(notice.stance),
            "issuer": str(notice.issuer),
            "proposed_at": signing.moment(notice.proposed_at),
        }
    )


def sha256_of(notice: Notice) -> str:
    return sha256_hex(canonical_bytes(notice))


def statement_bytes(signature: NoticeSignature) -> bytes:
    """The canonical JSON that the signature is made over."""
    return canonical_json(
        {
            "form": SIGNED,
            "notice": signature.sha256,
            "signer": signature.signer_id,
            "printed_name": signature.printed_name,
            "role": signature.role,
            "statement": signature.statement,
            "signed_at": signing.moment(signature.signed_at),
        }
    )


def sign(notice: Notice, *, signer: Signer, statement: str) -> NoticeSignature:
    """Store and return a signature under the hash of what the notice says."""
    signature = NoticeSignature(
        notice=notice,
        signer_id=signer.pk,
        printed_name=signer.printed_name,
        role=signer.role,
        statement=statement,
        sha256=notice.sha256,
        signed_at=timezone.now(),
        public_key=signing.public_key(),
    )
    signature.value = signing.sign_bytes(statement_bytes(signature))
    signature.save(force_insert=True)
    return signature


def is_valid(signature: NoticeSignature) -> bool:
    """Whether it verifies, and is under what its notice says today."""
    notice = signature.notice
    if not signature.sha256 == notice.sha256 == sha256_of(notice):
        return False
    message = statement_bytes(signature)
    return signing.verifies(message, value=signature.value, key=signature.public_key)
