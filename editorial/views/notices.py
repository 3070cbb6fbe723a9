"""A person's notices, and the effects that wait for a hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from editorial import queries, roles
from editorial.actions import effects as deeds
from editorial.errors import MovedOn, Refused
from editorial.models import Outbox
from editorial.views import posted
from editorial.views.paging import sliced
from editorial.views.staff import StaffRequest, moved_on, staff

if TYPE_CHECKING:
    from django.http import HttpResponse


@staff
@require_safe
def notices(request: StaffRequest) -> HttpResponse:
    context = {"notices": sliced(request, queries.inbox(request.user))}
    return render(request, "desk/notices.html", context)


@staff
@require_POST
def notices_read(request: StaffRequest) -> HttpResponse:
    """Mark one notice as read, or all of them."""
    unread = queries.inbox(request.user).filter(read_at=None)
    if asked := request.POST.get("notice", ""):
        unread = unread.filter(pk=posted.key(asked) or 0)
    unread.update(read_at=timezone.now())
    return redirect("notifications")


@staff
@require_POST
def notice_open(request: StaffRequest, pk: int) -> HttpResponse:
    """Go to the page of a notice, which is read with that."""
    own = get_object_or_404(queries.inbox(request.user), pk=pk)
    queries.inbox(request.user).filter(pk=pk, read_at=None).update(
        read_at=timezone.now()
    )
    return redirect(own.path)


@staff
@require_safe
def effects(request: StaffRequest) -> HttpResponse:
    """Mail and publications that nobody knows of, or that were given up."""
    if not queries.sees_everything(request.user):
        raise Http404
    context = {
        "effects": sliced(request, queries.held_effects(request.user)),
        "may_settle": roles.on_the_desk(request.user),
    }
    return render(request, "desk/effects.html", context)


@staff
@require_POST
def settle(request: StaffRequest, pk: int) -> HttpResponse:
    """Say that it was delivered after all, or have it done again."""
    if not queries.sees_everything(request.user):
        raise Http404
    answer = request.POST.get("delivered")
    if answer not in ("yes", "no"):
        messages.error(request, "Say whether it was delivered.")
        return redirect("desk-effects")
    if not roles.on_the_desk(request.user):
        raise PermissionDenied
    try:
        deeds.settle(pk, by=request.user, delivered=answer == "yes")
    except Outbox.DoesNotExist:
        raise Http404 from None
    except Refused as error:
        messages.error(request, str(error))
        return redirect("desk-effects")
    except MovedOn as error:
        return moved_on(request, error, back="/desk/effects/")
    messages.success(request, "Settled; the record says so.")
    return redirect("desk-effects")
