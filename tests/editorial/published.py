"""Articles with a past that the public has seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from editorial.actions import authoring, publishing
from tests import make

if TYPE_CHECKING:
    from articles.models import Version

BEFORE = "Offer the treatment that the trial tested."
AFTER = "Do not offer the treatment that the trial tested."


def revised(first: Version, **fields: Any) -> Version:
    """The next version, public; one sentence says the opposite unless told otherwise."""
    author = make.fresh(first.article.authorships.get().user)
    draft = authoring.revise(first.pk, by=author)
    cited = first.citations.select_related("work").order_by("position")
    written: dict[str, Any] = {
        "question": first.question,
        "headline": first.headline,
        "renditions": {"clinician": make.BODY.replace(BEFORE, AFTER)},
        "references": tuple(make.Reference(c.key, c.work.csl) for c in cited),
        "change_summary": "The advice is the opposite now.",
    }
    text = make.text(**written | fields)
    authoring.edit(draft.pk, by=author, text=text, seen=None)
    second = make.send(authoring.submit(draft.pk, by=author))
    make.report_all(second)
    make.approve(make.again(second))
    publishing.publish(first.article_id, by=make.chief())
    return make.again(second)
