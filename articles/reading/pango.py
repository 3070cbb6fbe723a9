"""
Whether PDFs can be made on this machine, asked without loading what makes them.

WeasyPrint comes with the other packages; the libraries of the system that it stands on
may be missing, and then everything else works. Whether pages lead to PDFs is another
matter, the same on every machine of a house: `settings.PDF`.
"""

from __future__ import annotations

import ctypes
from functools import cache
from importlib.util import find_spec

from django.conf import settings

LIBRARIES = {
    "Pango": ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    "PangoFT2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    "HarfBuzz": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.dylib"),
}
"""What the makers call each library, and its file on Linux and on a Mac."""

REMEDY = "libpango-1.0-0, libpangoft2-1.0-0, libharfbuzz-subset0 and a font"
"""The packages of Debian that bring them."""


def is_possible() -> bool:
    """Whether PDFs are made on this machine."""
    return settings.PDF and not missing()


def said() -> str:
    """How it is about PDFs here, in a few words: `ready`, or what is in the way."""
    absent = [f"{', '.join(missing())} missing"] if missing() else []
    off = [] if settings.PDF else ["switched off"]
    return ", ".join(off + absent) or "ready"


@cache
def missing() -> tuple[str, ...]:
    """The names of what PDFs need and this machine does not have."""
    absent = tuple(name for name, files in LIBRARIES.items() if not _is_here(files))
    return absent if find_spec("weasyprint") else (*absent, "WeasyPrint")


def _is_here(files: tuple[str, ...]) -> bool:
    return any(map(_loads, files))


def _loads(file: str) -> bool:
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True
