"""
Reading the thing of a deed: one query for the row, its article and what will be asked.

The answers about the person who acts travel on the row, so that a policy asks the
database only about somebody else.
"""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.auth.models import Group
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from articles.machine import StatefulModel
from articles.models import Article, Authorship, Version
from articles.prepared import Prepared
from editorial import roles
from editorial.models import Event, User
from reviews import declarations, items
from reviews.models import Assignment, Disclosure, Report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet
    from django.db.models.expressions import BaseExpression

Thing = TypeVar("Thing", bound=StatefulModel)

TO_ARTICLE: dict[type[StatefulModel], str] = {
    Article: "",
    Version: "article__",
    Assignment: "version__article__",
}

ARTICLE_OF: dict[type[StatefulModel], attrgetter[Article]] = {
    Version: attrgetter("article"),
    Assignment: attrgetter("version.article"),
}

RELATED: dict[type[StatefulModel], tuple[str, ...]] = {Assignment: ("reviewer",)}


def thing(model: type[Thing], pk: int, *, by: User) -> Thing:
    """
    The row with its article and chain; call it with the lock held.

    Raises the model's DoesNotExist.
    """
    found: list[Thing] = THINGS[model](pk, by.pk)
    if not found:
        message = f"There is no {model.__name__.lower()} {pk}."
        raise model.DoesNotExist(message)
    row = found[0]
    if model in ARTICLE_OF:
        ARTICLE_OF[model](row).__dict__["editor_gone"] = row.__dict__["editor_gone"]
    return row


def _things(model: type[Thing], pk: int, asker: int) -> QuerySet[Any]:
    up = TO_ARTICLE[model]
    last = Event.objects.filter(
        chain=OuterRef(f"{up}chain"), seq=OuterRef(f"{up}chain__head_seq") - 1
    )
    related = [f"{up}chain", f"{up}editor", *RELATED.get(model, ())]
    rows: QuerySet[Any] = model._default_manager.select_related(*related)  # noqa: SLF001
    rows = rows.annotate(prev_hash=Subquery(last.values("hash")))
    if model is Version:
        blocking = items.blocking().filter(version=OuterRef("pk"))
        rows = rows.annotate(is_blocked=Exists(blocking))
    if model is Assignment:
        disclosed = Disclosure.objects.filter(assignment=OuterRef("pk"))
        rows = rows.annotate(
            is_conflicted=Exists(disclosed), reported_before=_reported_before()
        )
    return asked_about(rows, asker).filter(pk=pk)


def _reported_before() -> BaseExpression:
    """How many reports this reviewer has signed under this very version."""
    signed = Report.objects.filter(
        assignment__version=OuterRef("version"),
        assignment__reviewer=OuterRef("reviewer"),
        late=False,
    ).order_by()
    counted = signed.values("assignment__version").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def asked_about(rows: QuerySet[Thing], by: User | int) -> QuerySet[Thing]:
    """The rows, each with the answers to what the policies ask about `by`."""
    asker = by if isinstance(by, int) else by.pk
    listed = Authorship.objects.filter(
        article=OuterRef(f"{TO_ARTICLE[rows.model]}pk"), user=asker
    )
    answers: dict[str, BaseExpression] = {
        "asked_about": Value(asker),
        "asker_is_listed": Exists(listed),
        "asker_joined": Exists(listed.filter(joined_at__isnull=False)),
        "editor_gone": editor_gone(TO_ARTICLE[rows.model]),
    }
    if rows.model in (Article, Version):
        article = OuterRef(f"{TO_ARTICLE[rows.model]}pk")
        asked = Assignment.objects.filter(reviewer=asker, version__article=article)
        answers["asker_was_asked"] = Exists(asked)
    latest = declarations.of(asker)
    answers["asker_declared"] = Subquery(latest.values("answers")[:1])
    answers["asker_declared_at"] = Subquery(latest.values("made_at")[:1])
    answered_rows: QuerySet[Thing] = rows.annotate(**answers)
    return answered_rows


def editor_gone(up: str) -> Subquery:
    """The key of the editor in charge, if they left the house or the desk."""
    on_the_desk = Group.objects.filter(user=OuterRef("pk"), name__in=roles.DESK)
    found = User.objects.filter(pk=OuterRef(f"{up}editor"))
    return Subquery(found.filter(~Q(Exists(on_the_desk), is_active=True)).values("pk"))


def editor_is_here(article: Article) -> bool:
    """
    Whether somebody is in charge who works here.

    Whoever was put in charge since the row was read does: that was asked of them.
    """
    known = article.__dict__
    if "editor_gone" in known:
        return article.editor_id not in (None, known["editor_gone"])
    return article.editor is not None and roles.works_here(article.editor)


ANSWERS = (
    *("asked_about", "asker_is_listed", "asker_joined", "asker_was_asked"),
    *("asker_declared", "asker_declared_at", "editor_gone"),
)
"""What `asked_about` leaves on a row, as far as it is true of the whole article."""


def lend(assignment: Assignment, version: Version, *, was_asked: bool) -> None:
    """Tell the version what is known about somebody from one of its assignments."""
    _tell(version, assignment.__dict__ | {"asker_was_asked": was_asked})


def lend_up(version: Version) -> Article:
    """Tell the article of a version what is known of whoever asked for it."""
    _tell(version.article, version.__dict__)
    return version.article


def _tell(row: StatefulModel, known: Mapping[str, Any]) -> None:
    row.__dict__.update({name: known[name] for name in ANSWERS if name in known})


def was_asked(user: User, article_id: int) -> bool:
    """Whether the person was ever asked to review the article; asks the database."""
    asked = Assignment.objects.filter(version__article=article_id, reviewer=user)
    return asked.exists()


def authors(article: Article) -> list[Authorship]:
    """The authors in order, the invited among them; read once for an article."""
    known = article.__dict__
    if "authors" not in known:
        listed = article.authorships.select_related("user")
        known["authors"] = list(listed.order_by("position", "pk"))
    found: list[Authorship] = known["authors"]
    return found


def joined(article: Article) -> list[Authorship]:
    """The authors who agreed to be authors, in order."""
    return [row for row in authors(article) if row.joined_at]


def answered(row: StatefulModel, question: str, user: User) -> bool | None:
    """What `thing` learned about `user`, or None if it was not asked about them."""
    known = row.__dict__
    return known.get(question) if known.get("asked_about") == user.pk else None


THINGS: dict[type[StatefulModel], Prepared[Any]] = {
    model: Prepared(partial(_things, model), count=2) for model in TO_ARTICLE
}
