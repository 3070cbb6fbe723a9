"""A house with one article in it, and around it everybody who must not know others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from articles.models import Authorship
from articles.vocabulary import Blinding
from editorial import roles
from editorial.actions import authoring, deciding, desk, reviewing
from tests import make

if TYPE_CHECKING:
    from articles.models import Version
    from editorial.models import User

ONE, TWO = "one who reported", "two who reported"
WAITING, INVITED, DECLINED = "waiting reviewer", "invited reviewer", "declined reviewer"
BOTH = "editor who reviews it"
BOTH_INVITED = "editor who is only invited"
NEWCOMER = "newcomer"
REVIEWERS = (ONE, TWO, WAITING, INVITED, DECLINED, BOTH, BOTH_INVITED)
AUTHORS = ("author", "co-author", "editor who wrote it")
DESK = ("editor", "chief", "auditor")
OUTSIDERS = ("outside author", "outside reviewer")
KEPT_OUT = (INVITED, DECLINED, BOTH_INVITED)
"""Who was asked and has not said yes, with a statement of interests."""

SURNAMES = (
    "Quillfeather Brackenthorpe Zephyrine Obermoor Vantongeren Ythanpeck Dwillingham "
    "Farquardson Mirthlebury Ansteybrook Coppenrath Haverstrom Lindqvarnsson Pettigrove "
    "Wexcombery Ashgrovenor"
)
GROUPS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(REVIEWERS, (roles.REVIEWER,)),
    BOTH: (roles.REVIEWER, roles.EDITOR),
    BOTH_INVITED: (roles.REVIEWER, roles.EDITOR),
    NEWCOMER: (roles.REVIEWER,),
    "author": (roles.AUTHOR,),
    "co-author": (roles.AUTHOR,),
    "editor who wrote it": (roles.AUTHOR, roles.EDITOR),
    "editor": (roles.EDITOR,),
    "chief": (roles.CHIEF_EDITOR,),
    "auditor": (roles.AUDITOR,),
    "outside author": (roles.AUTHOR,),
    "outside reviewer": (roles.REVIEWER,),
}

Secret = tuple[str, str]
"""What it is, and whose."""

NAME, MAIL, PLACE = "name", "mail", "affiliation"
WORDS, COMMENT, VOTE, NOTE = "remarks", "comment", "vote", "private note"
REASON, ADVICE = "reason to decline", "advice"
TEXT = ("text", "the article")

VOTES = {ONE: ("changes", "Changes needed"), TWO: ("minor", "minor changes")}


@dataclass(slots=True)
class House:
    """The people by their part, their secrets, and the versions of the article."""

    blinding: str
    people: dict[str, User] = field(default_factory=dict)
    secrets: dict[Secret, str] = field(default_factory=dict)
    versions: list[Version] = field(default_factory=list)

    def fresh(self, who: str) -> User:
        return make.fresh(self.people[who])


def first_round(blinding: str) -> House:
    """Two reports are in, one is awaited, one invitation is open, one was declined."""
    house = House(blinding)
    _move_in(house)
    sent = make.blinded(_written(house), blinding)
    asked = [house.people[name] for name in REVIEWERS]
    version = make.send(sent, reviewers=asked, editor=house.people["editor"])
    house.versions.append(version)
    for name in (ONE, TWO):
        _report(house, version, name)
    for name in (WAITING, BOTH):
        make.accepted(version.assignments.get(reviewer=house.people[name]))
    declined = version.assignments.get(reviewer=house.people[DECLINED])
    reason = house.secrets[REASON, DECLINED] = "Quibblewort season keeps me away."
    reviewing.decline(declined.pk, by=house.fresh(DECLINED), reason=reason)
    advice = house.secrets[ADVICE, "editor"] = "Hold the zwieback until it is mended."
    deciding.recommend(
        version.pk, by=house.fresh("editor"), advice="return", reason=advice
    )
    return house


def second_round(blinding: str) -> House:
    """Returned and revised: two reviewers of the first round, and one who is new."""
    house = first_round(blinding)
    first = house.versions[0]
    desk.return_for_changes(first.pk, by=house.fresh("editor"), reason="Mend it.")
    version = make.resubmitted(first, by=house.fresh("author"))
    again = [house.people[name] for name in (ONE, NEWCOMER, BOTH)]
    version = make.send(version, reviewers=again, editor=house.fresh("editor"))
    house.versions.append(version)
    for name in (ONE, NEWCOMER, BOTH):
        make.accepted(version.assignments.get(reviewer=house.people[name]))
    return house


ROUNDS = {"first round": first_round, "second round": second_round}


def _move_in(house: House) -> None:
    for (part, groups), name in zip(GROUPS.items(), SURNAMES.split(), strict=True):
        place = f"Institute of {name.lower()}ology"
        email = f"{name.lower()}.post@example.org"
        given = {"name": f"Pat {name}", "email": email, "affiliation": place}
        is_reviewer = roles.REVIEWER in groups
        person = make.reviewer(**given) if is_reviewer else make.user(*groups, **given)
        if part in (BOTH, BOTH_INVITED):
            person.groups.add(*make.editor().groups.all())
        house.people[part] = person
        house.secrets |= {(NAME, part): name, (MAIL, part): email}
        house.secrets[PLACE, part] = place


def _written(house: House) -> Version:
    house.secrets[TEXT] = "Beware of the hobbledehoy"
    body = f"{make.BODY}<p>{house.secrets[TEXT]}.</p>"
    draft = make.draft(by=house.people["author"], renditions={"clinician": body})
    for position, name in enumerate(AUTHORS[1:], start=2):
        Authorship.objects.create(
            article=draft.article, user=house.people[name], position=position
        )
    return authoring.submit(draft.pk, by=house.fresh("author"))


def _report(house: House, version: Version, name: str) -> None:
    vote, label = VOTES[name]
    told = {
        WORDS: f"Remarkable flummery, says {'first' if name == ONE else 'second'}.",
        COMMENT: f"Balderdash of the {'first' if name == ONE else 'second'} sort.",
        NOTE: f"Whispered gobbledygook, {'first' if name == ONE else 'second'}.",
        VOTE: label,
    }
    house.secrets |= {(what, name): said for what, said in told.items()}
    make.reported(
        version.assignments.get(reviewer=house.people[name]),
        vote=vote,
        remarks=told[WORDS],
        note_to_editor=told[NOTE],
        comments=(make.blocking(told[COMMENT]),),
    )


def allowed(house: House, stage: str, who: str) -> set[Secret]:
    """What somebody in this part may come to see; all the rest they must not."""
    known = set(house.secrets)
    own = {secret for secret in known if secret[1] == who}
    if who in DESK:
        return known
    if who in OUTSIDERS:
        return own
    writers = {s for s in known if s[1] in AUTHORS and s[0] in (NAME, PLACE, MAIL)}
    judged = {s for s in known if s[1] in (ONE, TWO) and s[0] in (WORDS, COMMENT)}
    names = {s for s in known if s[1] in REVIEWERS and s[0] == NAME}
    named = names if house.blinding == Blinding.OPEN else set()
    editors = {(NAME, name) for name in ("editor", "chief")}
    own |= set() if who in KEPT_OUT else {TEXT}
    if who in AUTHORS:
        released = judged | named if stage == "second round" else set()
        return own | writers | editors | released
    blind = house.blinding == Blinding.DOUBLE
    seen = set() if blind else {s for s in writers if s[0] != MAIL}
    if who in (ONE, TWO):
        seen |= judged | named | {s for s in known if s[0] == VOTE}
    return own | editors | seen
