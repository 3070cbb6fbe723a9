"""Taking an article, and handing it to another editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from editorial import queries, workflow
from editorial.actions import handling
from editorial.errors import MovedOn, Refused
from editorial.forms.handing import EditorForm
from editorial.views import homes, posted
from editorial.views.staff import StaffRequest, moved_on, staff

if TYPE_CHECKING:
    from django.http import HttpResponse

    from articles.models import Article


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def editor(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask who is to be in charge, and put them there."""
    if not queries.sees_everything(request.user):
        raise Http404
    article = get_object_or_404(queries.visible_articles(request.user), pk=pk)
    if not workflow.CHANGE_EDITOR.permits(request.user, article):
        raise PermissionDenied
    if request.method != "POST":
        form = EditorForm(initial={"seen": article.revision})
        return _drawn(request, article, form)
    form = EditorForm(request.POST)
    form.fields["seen"].required = True
    if not form.is_valid():
        return _drawn(request, article, form)
    return _put(request, article, form)


def _put(request: StaffRequest, article: Article, form: EditorForm) -> HttpResponse:
    said = form.cleaned_data
    if article.editor_id == said["editor"]:
        messages.info(request, "That was done already.")
        return redirect("desk")
    try:
        handling.change_editor(article.pk, by=request.user, **said)
    except Refused as error:
        return _drawn(request, article, form, str(error))
    except MovedOn as error:
        return moved_on(request, error, back=homes.desk())
    taken = said["editor"] == request.user.pk
    done = "It is yours now." if taken else "Handed over. The new editor has been told."
    messages.success(request, done)
    return redirect("desk")


def _drawn(
    request: StaffRequest, article: Article, form: EditorForm, refusal: str = ""
) -> HttpResponse:
    context = {
        "article": article,
        "version": article.versions.order_by("-number").first(),
        "form": form,
        "refusal": refusal,
        "complaints": posted.complaints(form),
    }
    return render(request, "desk/editor.html", context)
