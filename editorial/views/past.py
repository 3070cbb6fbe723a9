"""
A draft's own history: what was saved when, and the way back to it.

How a text was written is for its authors alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from editorial import drafts_history
from editorial.actions import authoring
from editorial.errors import Refused
from editorial.forms.drafts import NEVER, DraftForm
from editorial.forms.written import BODY, text_then, written, written_then
from editorial.views import conflicts, own, posted
from editorial.views.paging import sliced
from editorial.views.staff import StaffRequest, staff

if TYPE_CHECKING:
    from django.http import HttpResponse

    from articles.models import Version
    from editorial.drafts_history import Moment, Saved

BEGUN = "The draft was begun"


@staff
@require_safe
def history(request: StaffRequest, pk: int) -> HttpResponse:
    """What was saved, when, and by whom; newest first."""
    version = own.version(request, pk)
    page = sliced(request, drafts_history.Sittings(version))
    listed = [(state, _what(state, version)) for state in page.rows]
    context = {"version": version, "slice": page, "listed": listed}
    return render(request, "desk/draft_history.html", context)


def _what(state: Saved, version: Version) -> list[str]:
    """What was changed, in the words of the form."""
    if state.is_first:
        return [BEGUN]
    fields = DraftForm(number=version.number).fields
    texts = [BODY + audience for audience in state.audiences]
    cited = [drafts_history.REFERENCES] if state.cites else []
    names = [*state.columns, *texts, *cited]
    return [conflicts.label(name, fields.get(name)) for name in names]


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def moment(request: StaffRequest, pk: int, revision: int) -> HttpResponse:
    """One saved state beside the draft as it is; posted, the draft goes back to it."""
    version = own.version(request, pk)
    then = drafts_history.moment(version, revision)
    if then is None:
        raise Http404
    if request.method == "POST":
        return _go_back(request, version, then)
    return _show(request, version, then)


def _show(
    request: StaffRequest, version: Version, then: Moment, refusal: str = ""
) -> HttpResponse:
    context = {
        "version": version,
        "then": then,
        "fields": conflicts.between(version, written_then(then), written(version)),
        "may_edit": authoring.may_edit(request.user, version),
        "refusal": refusal,
    }
    status = 422 if refusal else 200
    return render(request, "desk/draft_moment.html", context, status=status)


def _go_back(request: StaffRequest, version: Version, then: Moment) -> HttpResponse:
    topics = tuple(topic.name for topic in version.article.topics.all())
    text = text_then(then, topics)
    try:
        authoring.edit(
            version.pk,
            by=request.user,
            text=text,
            seen=_seen(request),
            goes_back=True,
        )
    except Refused as error:
        return _show(request, version, then, refusal=str(error))
    messages.success(request, "This is the earlier text. The later one is kept too.")
    return redirect("desk-version-edit", version.pk)


def _seen(request: StaffRequest) -> int:
    seen = posted.key(request.POST.get("seen", ""))
    return NEVER if seen is None else seen
