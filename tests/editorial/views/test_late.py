"""The page of a review that a decision overtook."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import time_machine
from django.utils import timezone

from editorial.actions import desk
from reviews import checklist
from reviews.models import Report
from tests import make
from tests.editorial.views.visitors import found, text

if TYPE_CHECKING:
    from reviews.models import Assignment
    from tests.editorial.views.conftest import Visit


def overtaken() -> Assignment:
    version = make.under_review()
    late = make.accepted(version.assignments.order_by("pk")[0])
    desk.return_for_changes(version.pk, by=make.editor(), reason="Mend it")
    return late


def test_it_can_still_be_handed_in_and_is_not_signed(visit: Visit) -> None:
    late = overtaken()
    reviewer = visit(make.fresh(late.reviewer))
    page = reviewer.get(late.get_absolute_url())

    seen = found(page, '//input[@name="seen"]')[0].get("value")
    lines = {f"check_{line.code}": "yes" for line in checklist.ITEMS}
    done = reviewer.post(
        f"{late.get_absolute_url()}report_late/",
        **lines,
        seen=seen,
        vote="approve",
        remarks="Well done.",
    )

    assert found(page, '//form[@id="report-form"]//input[@type="password"]') == []
    assert "It is kept as late and counts for nothing" in text(page)
    assert done.status_code == 302
    assert Report.objects.get().late
    after = reviewer.get(late.get_absolute_url())
    assert "Your review came late." in text(after)
    assert found(after, '//form[@id="report-form"]') == []


def test_after_thirty_days_the_text_is_closed(visit: Visit) -> None:
    late = overtaken()

    with time_machine.travel(timezone.now() + dt.timedelta(days=31)):
        page = visit(make.fresh(late.reviewer)).get(late.get_absolute_url())

    assert found(page, '//form[@id="report-form"]') == []
    assert "Offer the treatment" not in text(page)
