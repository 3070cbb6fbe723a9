"""What the public sees of an article, told on the pages of its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.states import WITH_THE_DESK, Standing

if TYPE_CHECKING:
    from articles.models import Version


def now(version: Version, live: Version | None) -> str:
    """What the public sees now, on whichever version's page it is said; or empty."""
    if live is not None:
        is_this = live.pk == version.pk
        which = "this version" if is_this else f"version {live.number}"
        return f"Public now: {which}"
    if version.article.standing != Standing.PREVIEW:
        return ""
    which = "this text as a preview" if version.state in WITH_THE_DESK else "a preview"
    return f"Public now: {which}, not approved"
