"""Whose interests stand in the way: of a deed, of an office, of a vote."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from articles.models import Article, Authorship, Version
from editorial import matching, reports, roles, rows
from reviews import declarations, interests, panel
from reviews.models import Assignment, Declaration, Disclosure
from reviews.states import AssignmentState

if TYPE_CHECKING:
    from editorial.models import User
    from reviews.coverage import Coverage
    from reviews.interests import Answers

Thing = Article | Version | Assignment

UNDECLARED = (
    "Declare your interests first, on the page “My interests”; a declaration holds for "
    "twelve months."
)


def who_acts_has_declared(thing: Thing) -> str | None:
    """Nobody takes part without a declaration of interests of the last year."""
    known = thing.__dict__
    if "asked_about" not in known:
        return None  # a deed reads the row with it; see `rows.thing`
    made_at = known["asker_declared_at"]
    if made_at is None or not interests.is_current(made_at, timezone.localdate()):
        return UNDECLARED
    return None


def who_acts_has_no_interest(thing: Thing) -> str | None:
    """Whoever handles or approves a text has none in what it is about."""
    if found := touched_by(thing, thing.__dict__.get("asker_declared")):
        return (
            f"This text is about {' and '.join(found)}, in which you declared an "
            "interest; another editor must take this step."
        )
    return None


def who_acts_may_hand_it_over(article: Article) -> str | None:
    """Who is in charge gives a text away, whatever they have to do with it."""
    in_charge, asked_about = article.editor_id, article.__dict__.get("asked_about")
    if in_charge is not None and in_charge == asked_about:
        return None
    return who_acts_has_declared(article) or who_acts_has_no_interest(article)


def touched_by(thing: Thing, *answers: Answers | None) -> list[str]:
    """The names among the answers that the text is about; an article's is its newest."""
    if not any(name for given in answers for name in interests.named(given)):
        return []
    version = _text_of(thing)
    return matching.found(version, *answers) if version else []


def _text_of(thing: Thing) -> Version | None:
    match thing:
        case Assignment():
            return thing.version
        case Version():
            return thing
    return thing.versions.order_by("-number").first()


def no_interest_stands_against_it(assignment: Assignment) -> str | None:
    """Whoever named, at accepting, what the text is about can only decline."""
    known = assignment.__dict__.get("is_conflicted")
    if known is None:
        declared = Disclosure.objects.filter(assignment=assignment)
        known = declared.exists()
    if known:
        return "You declared an interest in what this text is about; please decline."
    return None


def cannot_take_charge(article: Article, person: User | None) -> str | None:
    """Why a person cannot be the editor in charge of an article."""
    if person is None or not roles.works_here(person):
        return "Choose somebody who works on the desk."
    if person.pk == article.editor_id:
        return f"{person} is in charge already."
    return tie(article, person)


def tie(article: Article, person: User) -> str | None:
    """What keeps somebody of the desk from handling an article."""
    if Authorship.objects.filter(article=article, user=person).exists():
        return f"{person} wrote this article and cannot handle it."
    if rows.was_asked(person, article.pk):
        return f"{person} was asked to review this article and cannot handle it."
    made = _declaration(person)
    if made is None or not interests.is_current(made.made_at, timezone.localdate()):
        return f"{person} has declared no interests in the last twelve months."
    if found := touched_by(article, made.answers):
        return f"{person} declared an interest in {' and '.join(found)}."
    return None


def _declaration(person: User) -> Declaration | None:
    """What they declared last; read once for a person."""
    known: dict[str, Any] = person.__dict__
    if "declaration" not in known:
        known["declaration"] = declarations.of(person).first()
    found: Declaration | None = known["declaration"]
    return found


def in_favour(version: Version) -> list[Assignment]:
    """The reports for the version that an approval can rest on."""
    return [a for a in panel.in_favour(version) if not interest_of(a)]


def discounted(version: Version) -> int:
    """How many votes in favour an interest takes out."""
    return len(panel.in_favour(version)) - len(in_favour(version))


def covered(version: Version) -> Coverage:
    """How many claims those reviewers have checked who have no interest in them."""
    known = version.__dict__
    if "covered" not in known:
        reported = [a for a in panel.of(version) if a.state == AssignmentState.REPORTED]
        sound = [a for a in reported if not interest_of(a)]
        counted = _weighed(version, sound)
        if len(sound) < len(reported):
            told = _weighed(version, reported).checked
            counted = replace(counted, discounted=told - counted.checked)
        known["covered"] = counted
    found: Coverage = known["covered"]
    return found


def _weighed(version: Version, reported: list[Assignment]) -> Coverage:
    checks = (check for a in reported for check in a.citation_checks.all())
    return reports.weigh(version, checks)


def interest_of(asked: Assignment) -> list[str]:
    """
    What the text is about in which a reviewer of its panel has an interest.

    Held against what they said at accepting and against what they declared last, so
    that what comes to light after the report counts as well. Found once for a row.
    """
    known = asked.__dict__
    if "touching" not in known:
        disclosed = getattr(asked, "disclosure", None)
        said = disclosed.answers if disclosed else None
        known["touching"] = touched_by(asked, said, known.get("declared"))
    found: list[str] = known["touching"]
    return found
