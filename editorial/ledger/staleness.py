"""The refusals of who comes too late: if they do, who was first, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce

from articles.models import Article, Version
from articles.states import VersionState
from editorial import blinding, policies
from editorial.errors import MovedOn
from editorial.ledger.chains import Subject
from editorial.models import Event

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from articles.machine import StatefulModel
    from editorial.models import User
    from editorial.workflow import Step


A_SETTLING = 100_000
"""What a settled comment moves a stamp by: further than any deeds on the thing."""


def stamp(step: Step[Any], thing: StatefulModel) -> int:
    """What a form of the step says back as seen: the revision of what it rests on."""
    if not step.rests_on_settling or not isinstance(thing, Version):
        return thing.revision
    return thing.revision + A_SETTLING * _settled(thing)


def _settled(version: Version) -> int:
    """How many comments reviewers settled; in the first version there are none to settle."""
    if version.number == 1:
        return 0
    known = version.__dict__
    if "settled" not in known:  # the forms of a page ask it of one reading
        known["settled"] = _settlings(version=version).count()
    found: int = known["settled"]
    return found


def settled() -> Coalesce:
    """The same number beside each version of a query, as `settled`."""
    found = _settlings(version=OuterRef("pk")).order_by().values("version")
    return Coalesce(Subquery(found.annotate(n=Count("pk")).values("n")), 0)


def _settlings(**of: Any) -> QuerySet[Event]:
    kind = Event.Kind.COMMENT_RESOLVED
    return Event.objects.filter(kind=kind, assignment__isnull=False, **of)


def is_stale(step: Step[Any], thing: StatefulModel, seen: int | None) -> bool:
    """Whether the thing changed, in what the step rests on, since it was seen so."""
    if seen is None or step.is_beside_a_draft(thing):
        return False
    now = stamp(step, thing)
    return seen != now and not _stands(step, thing, now - seen)


def _stands(step: Step[Any], thing: StatefulModel, deeds: int) -> bool:
    """Whether the last `deeds` on it changed nothing that the step rests on."""
    if isinstance(thing, Article) or deeds < 0:
        return False
    own = _events_of(thing)
    if isinstance(thing, Version):
        own = own.filter(assignment=None)
    last = own.order_by("-pk").values_list("kind", flat=True)[:deeds]
    return len(last) == deeds and step.unmoved_by.issuperset(last)


def moved_on(step: Step[Any], thing: StatefulModel, *, by: User) -> MovedOn:
    """The refusal that names who changed the thing last, and when."""
    last = _last_event(thing)
    if isinstance(thing, Version) and _was_saved_since(thing, last):
        return draft_moved_on(thing.pk)
    if last is None:
        return MovedOn("Changed meanwhile", who="Somebody", when=None)
    if _is_secret(last, thing, by):
        return MovedOn("Changed meanwhile", who="those who judge it", when=None)
    return MovedOn(
        f"{last.get_kind_display()} meanwhile",
        who=_who(last.actor, thing, by),
        when=last.at,
        mine=_did_it(by, step, thing),
    )


def _is_secret(event: Event, thing: StatefulModel, by: User) -> bool:
    """Whether they would not find it in the timeline of the thing either."""
    if event.actor_id == by.pk:
        return False
    article = Subject.of(thing).article
    if article is not None and policies.wrote(by, thing, article.pk):
        return not blinding.shows(blinding.Seat.AUTHOR, by, event)
    version = event.version or _newest(article)
    if version is None:
        return True
    return not blinding.shows(blinding.seat_of(by, version), by, event)


def _newest(article: Article | None) -> Version | None:
    found = Version.objects.filter(article=article).select_related("article")
    return found.order_by("-number").first()


def _who(person: User, thing: StatefulModel, by: User) -> str:
    """The name, unless `by` was asked to judge, double blind, what that person wrote."""
    article = Subject.of(thing).article
    if article is None or not blinding.hides_authors(by, article):
        return str(person)
    wrote = article.authorships.filter(user=person).exists()
    return blinding.AN_AUTHOR if wrote else str(person)


def _did_it(by: User, step: Step[Any], thing: StatefulModel) -> bool:
    """Whether the last person to change the thing was `by`, by this very step."""
    if step.transition is None:
        return False  # asking another person, or closing another comment, is no repeat
    people = _events_of(thing).filter(actor__is_machine=False)
    last = people.order_by("-pk").first()
    return last is not None and (last.kind, last.actor_id) == (step.kind, by.pk)


def _was_saved_since(version: Version, event: Event | None) -> bool:
    """Whether a draft was written in after its last event; an edit is none."""
    if version.state != VersionState.DRAFT or event is None:
        return False
    return bool(version.history.filter(history_date__gt=event.at).exists())


def _last_event(thing: StatefulModel) -> Event | None:
    return _events_of(thing).select_related("actor").order_by("-pk").first()


def _events_of(thing: StatefulModel) -> QuerySet[Event]:
    subject = Subject.of(thing)
    name, row = next(
        (name, row)
        for name in ("assignment", "version", "article")
        if (row := getattr(subject, name))
    )
    return Event.objects.filter(**{name: row})


def draft_moved_on(version_id: int) -> MovedOn:
    """The refusal that names who saved the draft last or moved it, and when."""
    saves = Version.history.filter(id=version_id)
    state = Version.objects.values_list("state", flat=True).get(pk=version_id)
    if state == VersionState.DRAFT:
        # A letter to the reviewers is kept as well, and makes no new revision.
        last = saves.order_by("-revision", "history_id")
        return saved_meanwhile(last, "Saved meanwhile")
    drafts = saves.filter(state=VersionState.DRAFT).aggregate(last=Max("history_id"))
    moved = saves.filter(state=state, history_id__gt=drafts["last"] or 0)
    what = f"{VersionState(state).label} meanwhile"
    return saved_meanwhile(moved.order_by("history_id"), what)


def saved_meanwhile(
    saves: QuerySet[Any], what: str, *, mine: bool = False, nobody: str = "The system"
) -> MovedOn:
    """The refusal that names who made the first of these saves of a history."""
    row = saves.select_related("history_user").first()
    who = str(row.history_user) if row and row.history_user else nobody
    return MovedOn(what, who=who, when=row.history_date if row else None, mine=mine)
