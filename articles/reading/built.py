"""What is stored: bytes at an address, and what is said of them."""

from __future__ import annotations

from dataclasses import dataclass

HTML = "text/html; charset=utf-8"
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """`is_printed` says that there is to be a PDF of it."""

    path: str
    content_type: str
    body: bytes
    indexable: bool
    version_number: int
    is_printed: bool = False
