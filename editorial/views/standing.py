"""Where an article stands with the public, and who may change that from here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.reading import status
from editorial import noticing, queries, workflow
from editorial.actions import publishing
from editorial.views import scripts, stepping
from editorial.views.staff import StaffRequest, staff
from editorial.views.stepping import Redrawn, Room

if TYPE_CHECKING:
    from django.http import HttpResponse

    from editorial.models import User

TAKEN_HERE = frozenset(step.name for step in workflow.STANDING)
ELSEWHERE = tuple(
    step for step in workflow.of_model(Article) if step not in workflow.STANDING
)


@staff
@require_safe
def standing(request: StaffRequest, pk: int) -> HttpResponse:
    """For the desk, and for the board, which may stop an article at any hour."""
    article = _found(request.user, pk=pk)
    return _draw(request, article, stepping.kept(request, article))


@staff
@require_safe
def of_slug(request: StaffRequest, slug: str) -> HttpResponse:
    """Lead there from the public page, which names the article by its address."""
    return redirect("desk-standing", _found(request.user, slug=slug).pk)


def _found(user: User, **named: Any) -> Article:
    return get_object_or_404(queries.articles_to_stop(user), **named)


def _draw(
    request: StaffRequest, article: Article, redrawn: Redrawn | None = None
) -> HttpResponse:
    context = page(request.user, article, redrawn)
    context["opened"] = request.GET.get("step", "")
    context["scripts"] = scripts.for_forms(request)
    code = 422 if redrawn and request.method == "POST" else 200
    return render(request, "desk/standing.html", context, status=code)


def page(
    user: User, article: Article, redrawn: Redrawn | None = None
) -> dict[str, Any]:
    """Everything the page of a standing shows."""
    version = publishing.shown(article)
    offered = stepping.offers(user, article, redrawn, but=ELSEWHERE)
    by_step = {offer.door.step: offer for offer in offered}
    proposal = noticing.proposal(article)
    issued = article.notices.filter(issued_at__isnull=False).order_by("-number")
    settling = (workflow.CONFIRM, workflow.TAKE_BACK)
    return {
        "article": article,
        "version": version,
        "notice": status.notice(article.standing),
        "proposal": proposal,
        "signed": proposal and proposal.signatures.order_by("pk"),
        "may_read": queries.visible_versions(user).filter(pk=version.pk).exists(),
        "hold": by_step.get(workflow.HOLD),
        "settling": [by_step[step] for step in settling if step in by_step],
        "steps": [
            offer
            for step, offer in by_step.items()
            if step not in (*settling, workflow.HOLD)
        ],
        "issued": [_with_article(row, article) for row in issued],
        "redrawn": redrawn,
        "signer": user.printed_name,
    }


def _with_article(row: Any, article: Article) -> Any:
    row.article = article
    return row


def _page(_request: StaffRequest, article: Article) -> str:
    return reverse("desk-standing", args=[article.pk])


ROOM = Room(Article, queries.articles_to_stop, _page, _draw)
