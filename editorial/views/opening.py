"""
A version as a page opens it: with the others of its article, in one query.

Beside each stands whether this person may read it, and has seen it; with the one that
is opened come the short lists that hang on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Exists, Max, OuterRef, Q, Subquery, When
from django.http import Http404

from articles.listed import Listed, Row, hang, listed, made
from articles.models import FindingAnswer, RegulatoryFact, Topic, Version
from articles.prepared import keep
from articles.states import VersionState
from editorial import ledger, linting, queries, rows
from editorial.actions import looking
from editorial.models import Publication, User
from reviews.models import Alternate, Assignment, Comment, Recommendation

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from articles.models import Article

TOPIC = ("id", "name", "slug")
ANSWER = ("id", "finding", "code", "reason", "answered_at", "answered_by")
ADVICE = ("id", "advice", "reason", "letter", "made_at", "editor")
PERSON = ("id", "name", "credentials")
ALTERNATE = ("id", "reviewer", "rank")
FACT = (
    *("id", "name", "phrases", "statement", "jurisdiction"),
    *("valid_from", "valid_to", "source"),
)


@dataclass(frozen=True, slots=True)
class Opened:
    """
    A version, and the others of its article that this person may read, newest first.

    `public` are those that anybody may read; of the one that is `live`, and the one
    `looked` at last, the key.
    """

    version: Version
    may_read: bool
    readable: dict[int, Version]
    public: dict[int, Version]
    looked: int | None
    live: int | None


def readable(user: User, pk: int) -> Opened:
    """The version, for whoever may read it; others get 404."""
    found = opened(user, pk)
    if found is None or not found.may_read:
        raise Http404
    return found


def opened(user: User, pk: int) -> Opened | None:
    """The version, whether or not this person may read it."""
    found = {version.pk: version for version in _around(user, pk)}
    if pk not in found:
        return None
    version = found[pk]
    for other in found.values():
        other.article = version.article
    _hang(version)
    own = {k: v for k, v in found.items() if v.__dict__["is_readable"]}
    public = {k: v for k, v in found.items() if hasattr(v, "publication")}
    live = (k for k, v in public.items() if v.publication.ended_at is None)
    looked = (k for k, v in own.items() if v.__dict__["was_seen"])
    if _reads_all(user, version):
        _tell(version.article, list(found.values()))
    return Opened(version, pk in own, own, public, next(looked, None), next(live, None))


def _reads_all(user: User, version: Version) -> bool:
    """Whether no version of the article is kept from this person."""
    known = version.__dict__
    on_it = bool(known["asker_was_asked"])
    sees = queries.sees_everything(user) and not on_it
    return sees or bool(known["asker_joined"])


def _around(user: User, pk: int) -> QuerySet[Version]:
    everything = Version.objects.select_related("article__editor", "publication")
    own, found = queries.reads(user), rows.asked_about(everything, user)
    shown = Exists(Publication.objects.filter(version=OuterRef("pk")))
    asked = Assignment.objects.filter(version__article=OuterRef("article"))
    article = Version.objects.filter(pk=pk).values("article")
    return (
        found.filter(own | shown | Q(pk=pk), article__in=article)
        .annotate(
            is_readable=own,
            was_seen=looking.seen_by(user),
            was_judged=Exists(asked),
            settled=ledger.settled(),
            **_lists(pk),
        )
        .order_by("-number")
    )


def _lists(pk: int) -> dict[str, Case]:
    """What hangs on the version that is opened; nothing of the others is read."""
    of_it = {"version": OuterRef("pk")}
    topics = Topic.objects.filter(articles=OuterRef("article"))
    told = {
        "topics_told": listed(topics, *TOPIC),
        "answers_told": _with_names(FindingAnswer.objects.filter(**of_it), ANSWER),
        "advice_told": _with_names(Recommendation.objects.filter(**of_it), ADVICE),
        "alternates_told": listed(Alternate.objects.filter(**of_it), *ALTERNATE),
        "facts_told": listed(RegulatoryFact.objects.all(), *FACT),
        "last_number": _last_number(),
    }
    return {name: Case(When(pk=pk, then=lines)) for name, lines in told.items()}


def _last_number() -> Subquery:
    """The highest that any letter of the article gave."""
    said = Comment.objects.filter(version__article=OuterRef("article")).order_by()
    by_article = said.values("version__article").annotate(last=Max("number"))
    return Subquery(by_article.values("last"))


def _with_names(found: QuerySet[Any], columns: tuple[str, ...]) -> Listed:
    """The last column names a person, whose name follows it."""
    who = columns[-1]
    return listed(found, *columns, *(f"{who}__{name}" for name in PERSON[1:]))


def _hang(version: Version) -> None:
    known = version.__dict__
    hang(version.article, "topics", TOPIC, known["topics_told"])
    hang(version, "alternates", ALTERNATE, known["alternates_told"])
    answers = _named(FindingAnswer, ANSWER, known["answers_told"])
    keep(version, "finding_answers", answers, back="version")
    known["advised"] = _named(Recommendation, ADVICE, known["advice_told"])[::-1]
    facts = made(RegulatoryFact, FACT, known["facts_told"])
    known["facts"] = linting.dated(sorted(facts, key=lambda fact: fact.name))
    rows.lend_up(version)


def _named(
    model: type[Row], columns: tuple[str, ...], lines: list[list[Any]] | None
) -> list[Row]:
    """The lines of `_with_names` as rows that know the person."""
    size, who = len(columns), columns[-1]
    found = made(model, columns, [line[:size] for line in lines or ()])
    people = made(User, PERSON, [line[size - 1 :] for line in lines or ()])
    known = {person.pk: person for person in people}
    for row in found:
        setattr(row, who, known[getattr(row, f"{who}_id")])
    return found


def _tell(article: Article, versions: list[Version]) -> None:
    """Tell it what the rules ask, of one who has read all of its versions."""
    approved = (v for v in versions if v.state == VersionState.APPROVED)
    article.__dict__.update(
        states=[(v.number, str(v.state)) for v in versions],
        approved=next(approved, None),
        was_judged=versions[0].__dict__["was_judged"],
    )
