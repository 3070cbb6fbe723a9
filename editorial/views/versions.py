"""The version page: the text, what happened to it, and the steps open to me."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.models import Article, Version
from articles.states import READABLE, Standing, VersionState
from editorial import impartiality, panels, policies, queries, workflow
from editorial.actions.authoring import may_edit
from editorial.views import (
    changes,
    exports,
    findings,
    opening,
    posted,
    printing,
    public_now,
    scripts,
    seeing,
    standing,
    stepping,
    weighing,
)
from editorial.views.staff import StaffRequest, staff
from editorial.views.stepping import Redrawn, Room
from reviews.states import CommentKind
from reviews.tiers import QUORUM

if TYPE_CHECKING:
    from django.http import HttpResponse

    from editorial.models import User
    from editorial.views.opening import Opened
    from editorial.views.seeing import CommentSeen, Seat
    from editorial.views.stepping import Offered
    from reviews.coverage import Coverage

STANDS = (*READABLE, Standing.REMOVED)
ABOUT_ONE = (workflow.RESOLVE, workflow.REOPEN)
"""Steps about one comment or one report, each of which has its own form."""


@staff
@require_safe
def version(request: StaffRequest, pk: int) -> HttpResponse:
    found = opening.readable(request.user, pk)
    kept = stepping.kept(request, found.version)
    context = page(request.user, found, kept)
    context["opened"] = request.GET.get("step", "")
    return _drawn(request, context)


@staff
def version_step(request: StaffRequest, pk: int, step: str) -> HttpResponse:
    return stepping.take(VERSIONS, request, pk, step)


@staff
def article_step(request: StaffRequest, pk: int, step: str) -> HttpResponse:
    room = standing.ROOM if step in standing.TAKEN_HERE else ARTICLES
    return stepping.take(room, request, pk, step)


def page(user: User, found: Opened, redrawn: Redrawn | None = None) -> dict[str, Any]:
    """Everything the version page shows to somebody in this seat, and nothing else."""
    version = found.version
    seat = seeing.seat_of(user, version)
    said = seeing.comments(seat, user, version)
    if seat.sees_all:
        _count_blocking(version, said)
    offered = stepping.offers(user, version, redrawn)
    resolving = [o for o in offered if o.door.step is workflow.RESOLVE]
    steps = [o for o in offered if o.door.step not in ABOUT_ONE]
    shown = printing.printed(version, user)
    live = found.public.get(found.live) if found.live else None
    return {
        "version": version,
        "article": version.article,
        "seat": seat.value,
        "steps": steps + _article_steps(user, version, redrawn),
        "redrawn": redrawn,
        "may_edit": may_edit(user, version),
        "authors_page": _authors_page(user, version, seat),
        **_in_charge(user, version, seat),
        "comments": [(comment, _resolving(resolving, comment)) for comment in said],
        "reviews": seeing.reviews(seat, version),
        "coverage": _coverage(version, seat),
        "remarks": seeing.remarks_for_author(seat, user, version, said),
        "decision": seeing.decision(seat, version),
        "numbered": seeing.numbered(said),
        "response": seeing.response(seat, version),
        "exports": exports.EXPORTS,
        "events": seeing.events(seat, user, version),
        "standing_page": _standing_page(user, version),
        "others": [other for pk, other in found.readable.items() if pk != version.pk],
        "signing": signing(user, seat, found),
        "decides": seat.sees_all and version.sha256 != "",
        "published": version.pk in found.public,
        "public_now": public_now.now(version, live),
        "dead_end": _dead_end(version, seat),
        "quorum": QUORUM.get(version.article.tier) if seat.sees_all else None,
        **changes.links(changes.beginnings(found)),
        **findings.panel(user, version, page="version"),
        **shown,
        "records": printing.records(version, shown["text"]) if seat.sees_all else [],
    }


def _count_blocking(version: Version, said: list[CommentSeen]) -> None:
    """Of every comment there is, so that the rules need not count them again."""
    blocking = [c for c in said if c.kind == CommentKind.BLOCKING and not c.resolved_at]
    version.__dict__["blocking"] = len(blocking)


def _coverage(version: Version, seat: Seat) -> Coverage | None:
    """How far the citations are checked, for who may know that anybody reviews."""
    asked = seat.sees_all and version.state == VersionState.UNDER_REVIEW
    return impartiality.covered(version) if asked else None


def _dead_end(version: Version, seat: Seat) -> str:
    is_asked = seat.sees_all and version.state == VersionState.UNDER_REVIEW
    return panels.dead_end(version) if is_asked else ""


def _authors_page(user: User, version: Version, seat: Seat) -> str:
    is_listed = policies.wrote(user, version, version.article_id)
    if not is_listed and not seat.sees_all:
        return ""
    return reverse("desk-authors", args=[version.article_id])


def _standing_page(user: User, version: Version) -> str:
    """Where its notices are made, for those who see everything and did not write it."""
    article = version.article
    wrote = policies.wrote(user, version, article.pk)
    if wrote or not queries.sees_everything(user) or article.standing not in STANDS:
        return ""
    return reverse("desk-standing", args=[article.pk])


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
    thing = about if isinstance(about, Article) else version.article
    return stepping.offers(
        user, thing, redrawn, but=(*workflow.AUTHORS, *workflow.STANDING)
    )


def _resolving(resolving: list[Offered], comment: CommentSeen) -> Offered | None:
    """The form that closes a comment, where somebody may."""
    if not resolving or comment.resolved_at:
        return None
    return _closing(resolving[0], comment)


def _closing(offered: Offered, comment: CommentSeen) -> Offered:
    sent = offered.form.data.get("comment", "") if offered.is_redrawn else ""
    if sent == str(comment.pk):
        return offered
    form = offered.door.form(
        name=f"resolve-{comment.pk}",
        initial={"seen": offered.form.initial["seen"], "comment": comment.pk},
    )
    return stepping.Offered(offered.door, form, offered.address, offered.objection)


def signing(user: User, seat: Seat, found: Opened) -> dict[str, Any] | None:
    """What an approval would sign: the name, the meaning, and on whose votes."""
    if not seat.sees_all:
        return None
    return {
        "printed_name": user.printed_name,
        "votes": [one for one in weighing.judged(found.version) if one.vote],
        "live": _live(found.version, found.live),
        "before": changes.beginnings(found).before,
    }


def _live(version: Version, live: int | None) -> str:
    """Where the differences from what is public now are shown, if anything is."""
    if live in (None, version.pk):
        return ""
    return reverse("desk-changes", args=[version.pk]) + "?from=live"


def _drawn(
    request: StaffRequest, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    context["scripts"] = scripts.for_forms(request)
    return render(request, "desk/version.html", context, status=status)


def _redraw(request: StaffRequest, version: Version, redrawn: Redrawn) -> HttpResponse:
    context = page(request.user, opening.readable(request.user, version.pk), redrawn)
    return _drawn(request, context, status=422)


def _redraw_article(
    request: StaffRequest, article: Article, redrawn: Redrawn
) -> HttpResponse:
    shown = _shown(request, article)
    if shown is None:
        raise Http404
    return _redraw(request, shown, redrawn)


def _shown(request: StaffRequest, article: Article) -> Version | None:
    """The version whose page an article's step was taken on, else the newest."""
    found = queries.visible_versions(request.user).filter(article=article.pk)
    asked = posted.key(request.POST.get("on", ""))
    named = found.filter(pk=asked).first() if asked else None
    return named or found.order_by("-number").first()


def _article_page(request: StaffRequest, article: Article) -> str:
    """Who takes a step on a text that they may not read lands on the desk."""
    shown = _shown(request, article)
    return shown.get_absolute_url() if shown else reverse("desk")


def _version_page(_request: StaffRequest, version: Version) -> str:
    return version.get_absolute_url()


VERSIONS = Room(Version, queries.visible_versions, _version_page, _redraw)
ARTICLES = Room(Article, queries.visible_articles, _article_page, _redraw_article)
