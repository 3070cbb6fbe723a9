"""A signature binds a person, a meaning and a time to the bytes of one version."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.conf import settings as house

from reviews import signing
from reviews.models import Signature
from tests import make

OTHER_KEY = "11" * 32


def approval() -> Signature:
    version = make.approved()
    return Signature.objects.select_related("version").get(
        version=version, meaning="approval"
    )


def test_a_signature_verifies_for_its_own_version(db: None) -> None:
    assert signing.is_valid(approval())


def test_a_signature_verifies_after_it_was_stored_and_read(db: None) -> None:
    signature = approval()

    assert all(signing.is_valid(row) for row in signature.version.signatures.all())


def test_anybody_can_check_it_with_the_key_alone(db: None) -> None:
    signature = approval()
    said = signing.statement_bytes(signature)

    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(signature.public_key))
    key.verify(bytes.fromhex(signature.value), said)  # raises if it is not so

    assert json.loads(said) == {
        "form": "imprimatur-signature/1",
        "article": signature.version.article_id,
        "version": 1,
        "sha256": signature.version.sha256,
        "signer": signature.signer_id,
        "printed_name": signature.printed_name,
        "role": "chief editor",
        "meaning": "approval",
        "statement": "I approve the text with this hash for publication.",
        "policy": "editorial/1",
        "signed_at": signature.signed_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
    }


CHANGES: dict[str, Any] = {
    "signer_id": 1,
    "printed_name": "Somebody Else, MD",
    "role": "reviewer",
    "meaning": "review",
    "number": 2,
    "statement": "I read it.",
    "sha256": "b" * 64,
    "policy": "editorial/2",
    "signed_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
    "public_key": "ab" * 32,
    "value": "cd" * 64,
}


def test_the_table_of_changes_has_every_column() -> None:
    columns = {field.attname for field in Signature._meta.concrete_fields}

    assert columns - {"id", "version_id"} == CHANGES.keys()


@pytest.mark.parametrize("column", CHANGES)
def test_a_signature_with_anything_changed_does_not_verify(
    column: str, db: None
) -> None:
    signature = approval()

    setattr(signature, column, CHANGES[column])

    assert not signing.is_valid(signature)


@pytest.mark.parametrize("value", ["", "zz" * 64, "é" * 128, "00"])
@pytest.mark.parametrize("column", ["public_key", "value"])
def test_what_is_no_key_or_no_signature_does_not_verify(
    column: str, value: str, db: None
) -> None:
    signature = approval()

    setattr(signature, column, value)

    assert not signing.is_valid(signature)


def test_a_signature_moved_to_another_version_does_not_verify(db: None) -> None:
    signature = approval()

    signature.version = make.approved()

    assert not signing.is_valid(signature)


def test_a_signature_moved_to_the_same_text_of_another_article_does_not_verify(
    db: None,
) -> None:
    text = make.text()
    by = make.author()
    one, other = (
        make.approve(
            reviewed_version(make.authoring.open_article(by=by, text=text).version.pk)
        )
        for _ in range(2)
    )
    assert one.sha256 == other.sha256

    signature = one.signatures.get(meaning="approval")
    signature.version = other

    assert not signing.is_valid(signature)


def reviewed_version(pk: int) -> Any:
    draft = make.Version.objects.get(pk=pk)
    by = draft.article.authorships.get().user
    version = make.send(make.authoring.submit(pk, by=make.fresh(by)))
    make.report_all(version)
    return make.again(version)


def test_a_signature_by_a_key_we_do_not_trust_does_not_verify(
    db: None, settings: Any
) -> None:
    ours = house.SIGNING_KEY
    settings.SIGNING_KEY = OTHER_KEY
    signature = approval()
    assert signing.is_valid(signature)

    settings.SIGNING_KEY = ours

    assert not signing.is_valid(signature)


def test_a_signature_by_a_retired_key_still_verifies(db: None, settings: Any) -> None:
    signature = approval()
    settings.SIGNING_KEY = OTHER_KEY
    assert not signing.is_valid(signature)

    settings.SIGNING_KEYS_RETIRED = (signature.public_key,)

    assert signing.is_valid(signature)


def test_the_public_key_is_that_of_the_private_key(settings: Any) -> None:
    settings.SIGNING_KEY = OTHER_KEY
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(OTHER_KEY))

    assert signing.public_key() == private.public_key().public_bytes_raw().hex()
    assert signing.trusted_keys() == {
        signing.public_key(),
        *house.SIGNING_KEYS_RETIRED,
    }


def test_a_moment_is_printed_in_utc_to_the_microsecond() -> None:
    zone = dt.timezone(dt.timedelta(hours=2))
    at = dt.datetime(2026, 11, 1, 1, 2, 3, 4, tzinfo=zone)

    assert signing.moment(at) == "2026-10-31T23:02:03.000004Z"
