"""What was found in a text, with the reasons authors gave, by weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.lint import Weight
from editorial import linting, queries, rules
from editorial.actions import answering
from editorial.actions.authoring import may_edit
from editorial.forms.answers import BACK, FindingForm
from editorial.views import placing, seeing
from editorial.views.seeing import Seat
from editorial.views.staff import StaffRequest, staff

if TYPE_CHECKING:
    from django.http import HttpResponse

    from articles.lint import Finding
    from articles.models import Version
    from editorial.linting import Found
    from editorial.models import User

LABELS = {
    Weight.BLOCKS: "Blocks the submission",
    Weight.ANSWER: "Must be answered",
    Weight.INFORMATION: "For your information",
}


@dataclass(frozen=True, slots=True)
class FindingSeen:
    """`form` is there for whoever may answer it now, `by` for those who may know."""

    pk: str
    code: str
    message: str
    remedy: str
    place: placing.Placed
    is_open: bool
    reason: str
    by: str
    form: FindingForm | None
    address: str
    take_back: str


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one weight; `open` counts those that still need something."""

    weight: str
    label: str
    findings: list[FindingSeen]

    @property
    def open(self) -> int:
        return sum(finding.is_open for finding in self.findings)


@staff
@require_safe
def findings(request: StaffRequest, pk: int) -> HttpResponse:
    """The findings on the stored text, as the fragment that stands beside it."""
    version = get_object_or_404(queries.visible_versions(request.user), pk=pk)
    asked = request.GET.get("on", "")
    page = asked if asked in BACK else "version"
    context = {"version": version} | panel(request.user, version, page=page)
    return render(request, "desk/_findings.html", context)


def panel(
    user: User, version: Version, *, page: str, sent: FindingForm | None = None
) -> dict[str, Any]:
    """
    What `desk/_findings.html` needs beside the version; `page` is the one around it.

    `sent` is a form of one finding that comes back, named after the finding. Whoever
    writes the text is told as well what else bars its submission.
    """
    seat = seeing.seat_of(user, version)
    writes = may_edit(user, version)
    may_answer = page in BACK and writes
    lacking = rules.lacking(version) if writes else []
    seen = [
        (f.finding.weight, _seen(version, f, seat, page, sent, may_answer=may_answer))
        for f in linting.of(version)
    ]
    groups = [
        Group(weight.name.lower(), label, [s for w, s in seen if w is weight])
        for weight, label in LABELS.items()
    ]
    return {
        "finding_groups": [group for group in groups if group.findings],
        "lacking": lacking,
        "is_ready": writes and not lacking and not any(g.open for g in groups),
        "findings_page": page,
    }


def address(version: Version, finding: str, step: str) -> str:
    return reverse(f"desk-finding-{step}", args=[version.pk, finding])


def _seen(
    version: Version,
    found: Found,
    seat: Seat,
    page: str,
    sent: FindingForm | None,
    *,
    may_answer: bool,
) -> FindingSeen:
    finding, answer = found.finding, found.answer
    can = may_answer and finding.is_answerable
    back = sent if sent and sent.name == f"finding-{finding.id}" else None
    return FindingSeen(
        pk=finding.id,
        code=finding.code,
        message=finding.message,
        remedy=finding.remedy,
        place=_place(version, finding, page),
        is_open=found.is_open,
        reason=answer.reason if answer else "",
        by=str(answer.answered_by) if answer and seat is not Seat.REVIEWER else "",
        form=(back or _form(found, page)) if can else None,
        address=address(version, finding.id, "answer"),
        take_back=address(version, finding.id, "open") if can and answer else "",
    )


def _place(version: Version, finding: Finding, page: str) -> placing.Placed:
    place = finding.place
    return placing.placed(
        version,
        page,
        place.part,
        excerpt=place.excerpt,
        prefix=place.prefix,
        suffix=place.suffix,
        reference=place.reference,
    )


def _form(found: Found, page: str) -> FindingForm:
    answer = found.answer
    return FindingForm(
        name=f"finding-{found.finding.id}",
        initial={
            "seen": answering.stamp(answer),
            "back": page,
            "reason": answer.reason if answer else "",
        },
    )
