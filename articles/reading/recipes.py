"""Commands a stranger can paste to check a text and its signatures without us."""

from __future__ import annotations

import base64
import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.reading.facts import SignatureFact

_DER_PREFIX = "302a300506032b6570032100"  # an Ed25519 public key follows (RFC 8410)

_OPENSSL = """\
printf %s {signed} > signed.json
echo {value} | base64 -d > signature.bin
cat > key.pem <<'END'
-----BEGIN PUBLIC KEY-----
{key}
-----END PUBLIC KEY-----
END
openssl pkeyutl -verify -pubin -inkey key.pem \\
  -rawin -in signed.json -sigfile signature.bin"""

_PYTHON = """\
python3 - <<'END'
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

signatures = [  # signed bytes, signature, public key
{rows}
]
for signed, value, key in signatures:
    public_key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
    public_key.verify(bytes.fromhex(value), signed.encode())
    print("genuine:", signed)
END"""


def hash_of(address: str) -> str:
    return f"curl -s {shlex.quote(address)} | sha256sum"


def with_openssl(signature: SignatureFact) -> str:
    """Prints `Signature Verified Successfully`."""
    return _OPENSSL.format(
        signed=shlex.quote(signature.payload),
        value=_base64(signature.value),
        key=_base64(_DER_PREFIX + signature.public_key),
    )


def with_python(signatures: Sequence[SignatureFact]) -> str:
    """Prints one line for each signature, or fails at the first that is not genuine."""
    rows = "\n".join(
        f"    ({s.payload!r}, {s.value!r}, {s.public_key!r})," for s in signatures
    )
    return _PYTHON.format(rows=rows)


def _base64(digits: str) -> str:
    return base64.b64encode(bytes.fromhex(digits)).decode()
