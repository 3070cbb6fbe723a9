"""How far the reviews of a version are, told in one line of a list."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from articles import freezing
from articles.models import Version
from articles.reading import words
from articles.states import VersionState
from articles.vocabulary import Specialty
from editorial import impartiality, rules
from reviews import interests, panel, tiers
from reviews.states import OPEN, STANDING, AssignmentState, Vote
from reviews.tiers import QUORUM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reviews.models import Assignment

SAID = {
    Vote.APPROVE: ("approves", "approve"),
    Vote.MINOR: ("approves with minor changes", "approve with minor changes"),
    Vote.CHANGES: ("asks for changes", "ask for changes"),
    Vote.REJECT: ("rejects it", "reject it"),
}


def read(versions: Iterable[Version]) -> None:
    """Read at once what `told` and `reviews_suffice` ask of those under review."""
    judged = [v for v in versions if v.state == VersionState.UNDER_REVIEW]
    panel.read(judged)
    _read_texts([v for v in judged if any(map(_names_somebody, panel.of(v)))])


def _names_somebody(asked: Assignment) -> bool:
    """Whether an interest is declared that the text has to be held against."""
    disclosed = getattr(asked, "disclosure", None)
    answers = (disclosed.answers if disclosed else None, asked.__dict__["declared"])
    return any(name for given in answers for name in interests.named(given))


def _read_texts(versions: list[Version]) -> None:
    """The texts, with the key answers that lists leave out."""
    if not versions:
        return
    freezing.read(*versions)
    found = Version.objects.filter(pk__in=[version.pk for version in versions])
    answers = dict(found.values_list("pk", "key_answer"))
    for version in versions:
        version.key_answer = answers[version.pk]


def reviews_suffice(version: Version) -> bool:
    """
    Whether the quorum is in and no comment blocks.

    What else an approval asks, such as that claims were checked, its own page says.
    """
    return not (rules.the_quorum_is_in(version) or rules.nothing_blocks(version))


def told(version: Version) -> str:
    """How many reviews are in, how they voted, and what keeps them from the quorum."""
    quorum = QUORUM.get(version.article.tier)
    needed = quorum.reviewers if quorum else 1
    votes = _votes(version)
    counted = words.reviews_in(votes.total(), needed)
    if not rules.the_quorum_is_in(version):
        counted = f"Quorum reached, {counted}"
    said = [f"{counted}: {_counted(votes)}" if votes else counted]
    return "; ".join([*said, *_missing(version)])


def _votes(version: Version) -> Counter[str]:
    return Counter(
        str(row.report.vote)
        for row in panel.of(version)
        if row.state == AssignmentState.REPORTED
    )


def _counted(votes: Counter[str]) -> str:
    return ", ".join(
        f"{votes[vote]} {one if votes[vote] == 1 else many}"
        for vote, (one, many) in SAID.items()
        if votes[vote]
    )


def _missing(version: Version) -> Iterator[str]:
    quorum, specialty = QUORUM.get(version.article.tier), version.article.specialty
    if quorum and quorum.in_specialty and specialty:
        standing = [row for row in panel.of(version) if row.state in STANDING]
        in_favour = impartiality.in_favour(version)
        name = Specialty(specialty).label.lower()
        if not _from_specialty(version, standing):
            yield f"nobody from {name}"
        elif in_favour and not _from_specialty(version, in_favour):
            yield f"none in favour from {name} yet"
    if blocking := version.__dict__.get("blocking"):
        yield f"{blocking} blocking comment{'s' if blocking > 1 else ''}"


def shortage(tier: str, can_come: int) -> str:
    """That the quorum fills no more unless somebody else is asked; or empty."""
    quorum = QUORUM.get(tier)
    if quorum is None or can_come >= quorum.reviewers:
        return ""
    come = f"at most {can_come}" if can_come else "none"
    return (
        f"Short of reviewers: tier {tier} needs {quorum.reviewers} in favour, and "
        f"{come} can still come."
    )


def short(version: Version) -> str:
    """
    The same of a version of a list.

    Whoever stands by comes in the place of somebody who goes, and adds nobody to those
    who can be in favour.
    """
    able, stands_by = _able(version), version.__dict__["stands_by"]
    to_replace = [row for row in panel.still_open(version) if row not in able]
    can_come = len(able) + min(stands_by, len(to_replace))
    return shortage(version.article.tier, can_come)


def deserted(version: Version) -> str:
    """The same where nobody is asked any longer and reports are missing; or empty."""
    quorum = QUORUM.get(version.article.tier)
    if panel.still_open(version) or quorum is None:
        return ""
    return short(version) if _votes(version).total() < quorum.reviewers else ""


def dead_end(version: Version) -> str:
    """Why those asked can no longer make up the quorum, whatever they say; or empty."""
    quorum, specialty = QUORUM.get(version.article.tier), version.article.specialty
    if quorum is None:
        return ""
    able = _able(version)
    if len(able) < quorum.reviewers:
        return (
            f"Tier {version.article.tier} needs {tiers.in_favour(quorum.reviewers)}, "
            f"and of those asked {len(able)} can still give one. Ask somebody else too."
        )
    if quorum.in_specialty and specialty and not _from_specialty(version, able):
        return (
            f"Nobody asked is from {Specialty(specialty).label.lower()}, and one review "
            "in favour must be. Ask somebody who is."
        )
    return ""


def _able(version: Version) -> list[Assignment]:
    """Whose review is in favour or still may be, and would count."""
    handled_by = panel.handlers(version)
    return [
        row
        for row in panel.of(version)
        if (row.state in OPEN or panel.is_in_favour(row, version))
        and row.reviewer_id not in handled_by
        and not impartiality.interest_of(row)
    ]


def _from_specialty(version: Version, rows: Iterable[Assignment]) -> bool:
    return any(panel.is_from(row, version.article.specialty) for row in rows)
