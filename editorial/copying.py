"""The next draft of an article: a copy of a version, with what must be answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.models import Citation, FindingAnswer, Rendition, Version
from editorial import carryover, ledger

if TYPE_CHECKING:
    from collections.abc import Container

    from django.db.models import Model

    from editorial.models import User

COPIED = (
    *("question", "headline", "key_answer", "audience"),
    *("origin", "origin_tool", "origin_on", "evidence_searched_on"),
)


def next_draft(version: Version, still: Container[str], *, by: User) -> Version:
    """Open it, with all that is still open and the reasons for what is `still` found."""
    newest = version.article.versions.order_by("-number").values_list(
        "number", flat=True
    )
    draft = Version(
        article=version.article,
        number=newest[0] + 1,
        **{name: getattr(version, name) for name in COPIED},
    )
    _keep(draft, by=by, reason=f"Copied from version {version.number}")
    _copy_parts(version, draft, by=by)
    carryover.carry(version.article, draft, by=by)
    _carry_answers(version, draft, still, by=by)
    return draft


def _copy_parts(version: Version, draft: Version, *, by: User) -> None:
    for rendition in version.renditions.all():
        audience, body = rendition.audience, rendition.body
        _keep(Rendition(version=draft, audience=audience, body=body), by=by)
    for cited in version.citations.all():
        copied = Citation(
            version=draft,
            work_id=cited.work_id,
            key=cited.key,
            position=cited.position,
        )
        _keep(copied, by=by)


def _carry_answers(
    version: Version, draft: Version, still: Container[str], *, by: User
) -> None:
    """Reasons that were given for what is still found."""
    for answer in FindingAnswer.objects.filter(version=version):
        if answer.finding in still:
            answer.pk, answer.version = None, draft
            answer._state.adding = True  # noqa: SLF001  a copy is a new row
            _keep(answer, by=by)


def _keep(row: Model, *, by: User, reason: str = "") -> None:
    ledger.attribute(row, by=by, reason=reason)
    row.save()
