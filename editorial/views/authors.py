"""The page of an article's authors: who writes it, in which order, and who did what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.vocabulary import Contribution
from editorial import blinding, queries, workflow
from editorial.views import stepping
from editorial.views.staff import StaffRequest, staff
from editorial.views.stepping import Offered, Redrawn, Room

if TYPE_CHECKING:
    from django.http import HttpResponse

    from articles.models import Authorship
    from editorial.models import User


@dataclass(frozen=True, slots=True)
class AuthorSeen:
    """An author in the list; `uninvite` is there while the invitation can go back."""

    name: str
    affiliation: str
    has_joined: bool
    invited_by: str
    contributions: list[str]
    uninvite: Offered | None


@staff
@require_safe
def authors(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.visible_articles(request.user), pk=pk)
    if blinding.hides_authors(request.user, found):
        raise Http404
    return _draw(request, found, stepping.kept(request, found))


@staff
def authors_step(request: StaffRequest, pk: int, step: str) -> HttpResponse:
    found = get_object_or_404(queries.visible_articles(request.user), pk=pk)
    if blinding.hides_authors(request.user, found):
        raise Http404
    return stepping.take(AUTHORS, request, pk, step)


def page(
    user: User, article: Article, redrawn: Redrawn | None = None
) -> dict[str, Any]:
    """Everything the page shows: the authors and the steps open to this person."""
    offered = [
        offer
        for offer in stepping.offers(user, article, redrawn)
        if offer.door.is_about_authors
    ]
    by_name = {offer.name: offer for offer in offered}
    uninvite = by_name.pop(workflow.UNINVITE_AUTHOR.name, None)
    return {
        "article": article,
        "version": queries.visible_versions(user)
        .filter(article=article)
        .order_by("-number")
        .first(),
        "authors": [_seen(row, uninvite) for row in queries.authors(article)],
        "steps": by_name,
        "objection": next((o.objection for o in offered if o.objection), None),
        "redrawn": redrawn,
    }


def _seen(row: Authorship, uninvite: Offered | None) -> AuthorSeen:
    may_go = uninvite is not None and uninvite.objection is None
    return AuthorSeen(
        name=row.user.printed_name,
        affiliation=row.user.affiliation,
        has_joined=row.joined_at is not None,
        invited_by=row.invited_by.printed_name if row.invited_by else "",
        contributions=[str(Contribution(code).label) for code in row.contributions],
        uninvite=_taking_back(uninvite, row)
        if uninvite and may_go and row.joined_at is None
        else None,
    )


def _taking_back(offered: Offered, row: Authorship) -> Offered:
    sent = offered.form.data.get("authorship", "") if offered.is_redrawn else ""
    if sent == str(row.pk):
        return offered
    form = offered.door.form(
        name=f"{offered.name}-{row.pk}",
        initial={"seen": row.article.revision, "authorship": row.pk},
    )
    return Offered(offered.door, form, offered.address, offered.objection)


def _draw(
    request: StaffRequest, article: Article, redrawn: Redrawn | None
) -> HttpResponse:
    status = 200 if request.method in ("GET", "HEAD") else 422
    context = page(request.user, article, redrawn)
    return render(request, "desk/authors.html", context, status=status)


def _page(request: StaffRequest, article: Article) -> str:
    """Back to the list, or to the desk for whoever is no longer on it."""
    still = queries.visible_articles(request.user).filter(pk=article.pk)
    if still.exists():
        return reverse("desk-authors", args=[article.pk])
    return reverse("desk")


AUTHORS = Room(Article, queries.visible_articles, _page, _draw)
