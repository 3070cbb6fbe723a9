"""Versions for those who write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from editorial import ledger, policies, queries
from editorial.actions.authoring import may_edit

if TYPE_CHECKING:
    from articles.models import Version
    from editorial.views.staff import StaffRequest


def version(request: StaffRequest, pk: int) -> Version:
    """A version for one of its authors; strangers get 404, other readers 403."""
    found = get_object_or_404(queries.visible_versions(request.user), pk=pk)
    if not policies.is_author(request.user, found):
        raise PermissionDenied
    return found


def draft(request: StaffRequest, pk: int) -> Version:
    """The same, as long as it is a draft; else 409."""
    found = version(request, pk)
    if not may_edit(request.user, found):
        raise ledger.draft_moved_on(pk)
    return found
