"""The version page: the text, what happened to it, and the steps open to me."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.models import Article, Version
from articles.states import VersionState
from editorial import policies, queries, reports, rows, workflow
from editorial.actions.authoring import may_edit
from editorial.models import Publication
from editorial.views import (
    changes,
    exports,
    findings,
    posted,
    printing,
    seeing,
    stepping,
    weighing,
)
from editorial.views.staff import StaffRequest, staff
from editorial.views.stepping import Redrawn, Room
from reviews.tiers import QUORUM

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from editorial.models import User
    from editorial.views.seeing import CommentSeen, Seat
    from editorial.views.stepping import Offered
    from reviews.coverage import Coverage

ABOUT_ONE = (workflow.RESOLVE, workflow.REOPEN)
"""Steps about one comment or one report, each of which has its own form."""


@staff
@require_safe
def version(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.visible_versions(request.user), pk=pk)
    kept = stepping.kept(request, found)
    context = page(request.user, found, kept)
    return render(request, "desk/version.html", context)


@staff
def version_step(request: StaffRequest, pk: int, step: str) -> HttpResponse:
    return stepping.take(VERSIONS, request, pk, step)


@staff
def article_step(request: StaffRequest, pk: int, step: str) -> HttpResponse:
    return stepping.take(ARTICLES, request, pk, step)


def page(
    user: User, version: Version, redrawn: Redrawn | None = None
) -> dict[str, Any]:
    """Everything the version page shows to somebody in this seat, and nothing else."""
    seat = seeing.seat_of(user, version)
    offered = stepping.offers(user, version, redrawn)
    resolving = [o for o in offered if o.door.step is workflow.RESOLVE]
    steps = [o for o in offered if o.door.step not in ABOUT_ONE]
    comments = _comments(user, version, seat, resolving)
    shown = printing.printed(version, user)
    return {
        "version": version,
        "article": version.article,
        "seat": seat.value,
        "steps": steps + _article_steps(user, version, redrawn),
        "redrawn": redrawn,
        "may_edit": may_edit(user, version),
        "authors_page": _authors_page(user, version, seat),
        **_in_charge(user, version, seat),
        "is_draft": version.state == VersionState.DRAFT,
        "comments": comments,
        "reviews": seeing.reviews(seat, version),
        "coverage": _coverage(version, seat),
        "remarks": seeing.remarks_for_author(seat, user, version),
        "decision": seeing.decision(seat, version),
        "numbered": seeing.numbered([comment for comment, _ in comments]),
        "response": seeing.response(seat, version),
        "exports": exports.EXPORTS,
        "events": seeing.events(seat, user, version),
        "others": _others(user, version),
        "signing": signing(user, version, seat),
        "decides": seat.sees_all and version.sha256 != "",
        "published": Publication.objects.filter(version=version).exists(),
        "quorum": QUORUM.get(version.article.tier) if seat.sees_all else None,
        **changes.links(user, version),
        **findings.panel(user, version, page="version"),
        **shown,
        "records": printing.records(version, shown["text"]) if seat.sees_all else [],
    }


def _coverage(version: Version, seat: Seat) -> Coverage | None:
    """How far the citations are checked, for who may know that anybody reviews."""
    asked = seat.sees_all and version.state == VersionState.UNDER_REVIEW
    return reports.covered(version) if asked else None


def _authors_page(user: User, version: Version, seat: Seat) -> str:
    is_listed = policies.wrote(user, version, version.article_id)
    if not is_listed and not seat.sees_all:
        return ""
    return reverse("desk-authors", args=[version.article_id])


def _in_charge(user: User, version: Version, seat: Seat) -> dict[str, str]:
    """Who is in charge, for those who watch over everything, and where to change it."""
    if not seat.sees_all:
        return {"editor": "", "editor_page": ""}
    article = version.article
    may_change = workflow.CHANGE_EDITOR.permits(user, article)
    page = reverse("desk-editor", args=[article.pk]) if may_change else ""
    editor = article.editor.printed_name if article.editor else ""
    return {"editor": editor, "editor_page": page}


def _article_steps(
    user: User, version: Version, redrawn: Redrawn | None
) -> list[Offered]:
    about = redrawn.thing if redrawn else None
    thing = about if isinstance(about, Article) else rows.lend_up(version)
    found = stepping.offers(user, thing, redrawn)
    return [offered for offered in found if not offered.door.is_about_authors]


def _comments(
    user: User,
    version: Version,
    seat: Seat,
    resolving: list[Offered],
) -> list[tuple[CommentSeen, Offered | None]]:
    """Each comment, with the form that closes it where somebody may."""
    found = seeing.comments(seat, user, version)
    if not resolving:
        return [(comment, None) for comment in found]
    return [
        (comment, None if comment.resolved_at else _closing(resolving[0], comment))
        for comment in found
    ]


def _closing(offered: Offered, comment: CommentSeen) -> Offered:
    sent = offered.form.data.get("comment", "") if offered.is_redrawn else ""
    if sent == str(comment.pk):
        return offered
    form = offered.door.form(
        name=f"resolve-{comment.pk}",
        initial={"seen": offered.form.initial["seen"], "comment": comment.pk},
    )
    return stepping.Offered(offered.door, form, offered.address, offered.objection)


def _others(user: User, version: Version) -> list[Version]:
    """The article's other versions that this person may open, newest first."""
    visible = queries.visible_versions(user).filter(article=version.article_id)
    return list(visible.exclude(pk=version.pk).order_by("-number"))


def signing(user: User, version: Version, seat: Seat) -> dict[str, Any] | None:
    """What an approval would sign: the name, the meaning, and on whose votes."""
    if not seat.sees_all:
        return None
    return {
        "printed_name": user.printed_name,
        "votes": [one for one in weighing.judged(version) if one.vote],
        "live": _live(version),
    }


def _live(version: Version) -> str:
    """Where the differences from what is public now are shown, if anything is."""
    known = version.__dict__.get("differs_from_live")
    differs = known if known is not None else publications(version).exists()
    if not differs:
        return ""
    return reverse("desk-changes", args=[version.pk]) + "?from=live"


def publications(version: Version | None = None) -> QuerySet[Publication]:
    """What of the same article is public now and is another version."""
    live = Publication.objects.filter(ended_at=None)
    if version is None:
        same = live.filter(article=OuterRef("article"))
        return same.exclude(version=OuterRef("pk"))
    return live.filter(article=version.article_id).exclude(version=version)


def _redraw(request: StaffRequest, version: Version, redrawn: Redrawn) -> HttpResponse:
    context = page(request.user, version, redrawn)
    return render(request, "desk/version.html", context, status=422)


def _redraw_article(
    request: StaffRequest, article: Article, redrawn: Redrawn
) -> HttpResponse:
    return _redraw(request, _shown(request, article), redrawn)


def _shown(request: StaffRequest, article: Article) -> Version:
    """The version whose page an article's step was taken on, else the newest."""
    found = queries.visible_versions(request.user).filter(article=article.pk)
    asked = posted.key(request.POST.get("on", ""))
    named = found.filter(pk=asked).first() if asked else None
    shown = named or found.order_by("-number").first()
    if shown is None:
        raise Http404
    return shown


def _article_page(request: StaffRequest, article: Article) -> str:
    return _shown(request, article).get_absolute_url()


def _version_page(_request: StaffRequest, version: Version) -> str:
    return version.get_absolute_url()


VERSIONS = Room(Version, queries.visible_versions, _version_page, _redraw)
ARTICLES = Room(Article, queries.visible_articles, _article_page, _redraw_article)
