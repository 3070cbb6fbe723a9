"""
One value, one sequence of bytes: the form that hashes and signatures stand on.

Canonical JSON is JSON in UTF-8 with the keys of every object sorted by code point,
no space between tokens, strings and keys in Unicode normalisation form C, and no
escape that JSON does not demand. It holds objects, lists, strings, `true`, `false`,
`null` and the integers that every reader of JSON holds exactly; fractions have no
single spelling and are refused.

With every string already in form C, any Python recomputes the bytes by

    json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()

and a hash over them is SHA-256, in lower-case hexadecimal digits.
"""

import hashlib
import json
import re
from typing import Any
from unicodedata import is_normalized, normalize

MAX_DEPTH = 50
MAX_INTEGER = 2**53 - 1

_SURROGATE = re.compile("[\ud800-\udfff]")

_encode = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
).encode


class NotCanonicalError(ValueError):
    """The value has no canonical form; the message says where and why."""


def canonical_json(value: object) -> bytes:
    """Raise NotCanonicalError for a value that has no canonical form."""
    return _encode(_normal(value, "the value", MAX_DEPTH)).encode()


def sha256_hex(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _normal(value: object, where: str, depth: int) -> Any:
    if isinstance(value, str):
        return _text(value, where)
    if isinstance(value, int):
        return _integer(value, where)
    if value is None:
        return None
    if not depth:
        raise NotCanonicalError(f"Nested deeper than {MAX_DEPTH} levels.")
    if isinstance(value, dict):
        return _object(value, where, depth)
    if isinstance(value, list):
        return [
            _normal(item, f"item {index} of {where}", depth - 1)
            for index, item in enumerate(value)
        ]
    raise NotCanonicalError(f"A {type(value).__name__} stands at {where}.")


def _object(value: dict[Any, Any], where: str, depth: int) -> dict[str, Any]:
    normal: dict[str, Any] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise NotCanonicalError(f"A key of {where} is not a string: {key!r}.")
        name = _text(key, f"a key of {where}")
        if name in normal:
            raise NotCanonicalError(f"{where} has the key “{name}” twice.")
        normal[name] = _normal(item, f"“{name}” of {where}", depth - 1)
    return normal


def _integer(value: int, where: str) -> int:
    if abs(value) > MAX_INTEGER:
        raise NotCanonicalError(f"An integer beyond 2**53 - 1 stands at {where}.")
    return value


def _text(value: str, where: str) -> str:
    if value.isascii():
        return value
    if _SURROGATE.search(value):
        raise NotCanonicalError(f"Half a surrogate pair stands in {where}.")
    return value if is_normalized("NFC", value) else normalize("NFC", value)
