"""
Documents printed as PDF, by WeasyPrint.

Whoever imports this waits most of a second and takes its memory for good: workers do,
once there is something to print, and nobody else.
"""

from __future__ import annotations

from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

VARIANT = "pdf/ua-1"
"""PDF that says what its parts are, for whoever does not see them (ISO 14289-1)."""

BROUGHT_ALONG = ("data",)
"""What may be fetched while a document is printed: what it has in itself."""


def pdf(document: str, *, style: str, base: str) -> bytes:
    """
    The same bytes for the same document, on the same machine.

    `base` is its own address: links without a host lead there.
    """
    fetcher = URLFetcher(allowed_protocols=BROUGHT_ALONG)
    made = HTML(string=document, base_url=base, url_fetcher=fetcher)
    sheets = [CSS(string=style, base_url=base, url_fetcher=fetcher)]
    found: bytes = made.write_pdf(stylesheets=sheets, pdf_variant=VARIANT)
    return found
