"""The whole public site as files that nginx serves alone."""

from __future__ import annotations

from editorial.exporting.folder import NotOursError
from editorial.exporting.site import Done, NotReadyError, export

__all__ = ["Done", "NotOursError", "NotReadyError", "export"]
