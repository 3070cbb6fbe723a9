"""The deeds of notices: proposed, confirmed, at once, and ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from editorial.actions import authoring, standing
from tests import make

Deed = Callable[[], object]


def express_concern() -> Deed:
    """A proposal; the steps to every other notice of two signatures write the same."""
    version, editor = make.published(), make.editor()
    seen = make.article(version).revision
    return lambda: standing.express_concern(
        version.article_id,
        by=make.fresh(editor),
        said=make.said("express_concern"),
        proven=make.proven(editor),
        seen=seen,
    )


def confirm() -> Deed:
    """Of a reinstatement, by which a corrected version is published as well."""
    author, chief = make.author(), make.chief()
    first = make.published(by=author)
    make.noticed(first, "retract")
    draft = authoring.revise(first.pk, by=make.fresh(author))
    submitted = authoring.submit(draft.pk, by=make.fresh(author))
    second = make.send(submitted)
    make.report_all(second)
    make.approve(make.again(second))
    notice = make.proposed(first, "reinstate")
    seen = make.article(first).revision
    return lambda: standing.confirm(
        first.article_id,
        by=make.fresh(chief),
        sha256=notice.sha256,
        proven=make.proven(chief),
        seen=seen,
    )


def hold() -> Deed:
    """While the doubts that it puts an end to are public."""
    version, member = make.published(), make.reviewer()
    make.noticed(version, "express_concern")
    seen = make.article(version).revision
    return lambda: standing.hold(
        version.article_id,
        by=make.fresh(member),
        reason="Ten times the dose",
        seen=seen,
    )


def archive() -> Deed:
    version, chief = make.published(), make.chief()
    seen = make.article(version).revision
    return lambda: standing.archive(
        version.article_id,
        by=make.fresh(chief),
        said=make.said("archive"),
        proven=make.proven(chief),
        seen=seen,
    )


def take_back() -> Deed:
    version, editor = make.published(), make.editor()
    make.proposed(version, "retract", by=editor)
    seen = make.article(version).revision
    return lambda: standing.take_back(
        version.article_id, by=make.fresh(editor), reason="It was right.", seen=seen
    )


def let_expire() -> Deed:
    make.proposed(make.published(), "retract")
    return standing.expire_due


LATE = {"let_expire": standing.LIFETIME + dt.timedelta(days=1)}
"""How much later than their scene some of them are done."""

OF_NOTICES: dict[str, Callable[[], Deed]] = {
    "express_concern": express_concern,
    "confirm": confirm,
    "hold": hold,
    "archive": archive,
    "take_back": take_back,
}
