"""What the public sees of an article, told on the pages of its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.states import WITH_THE_DESK, Standing
from editorial.models import Publication

if TYPE_CHECKING:
    from articles.models import Version


def live(version: Version) -> Publication | None:
    """The publication of the version of the same article that is public now."""
    found = Publication.objects.filter(article=version.article_id, ended_at=None)
    return found.select_related("version").only("version__number").first()


def now(version: Version, public: Publication | None) -> str:
    """What the public sees now, on whichever version's page it is said; or empty."""
    if public is not None:
        is_this = public.version_id == version.pk
        which = "this version" if is_this else f"version {public.version.number}"
        return f"Public now: {which}"
    if version.article.standing != Standing.PREVIEW:
        return ""
    which = "this text as a preview" if version.state in WITH_THE_DESK else "a preview"
    return f"Public now: {which}, not approved"
