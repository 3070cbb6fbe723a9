"""Several authors: invited, joined, declined, taken back, arranged."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from articles.models import Authorship
from articles.vocabulary import Contribution
from editorial import people, policies, queries, roles, rules
from editorial.actions import authoring, authors, desk, inviting
from editorial.actions.authors import Place
from editorial.errors import MovedOn, Refused
from tests import make, traces

if TYPE_CHECKING:
    from articles.models import Version
    from editorial.models import User


@pytest.fixture
def ada(db: None) -> User:
    return make.author(name="Ada Ames", email="ada@example.org")


@pytest.fixture
def bea(db: None) -> User:
    return make.author(name="Bea Booth", email="bea@example.org")


@pytest.fixture
def draft(ada: User) -> Version:
    return make.draft(by=ada)


def invited(draft: Version, ada: User, bea: User) -> Authorship:
    return authors.invite_author(draft.article_id, by=ada, email=bea.email)


def test_an_invited_person_is_told_and_reads_but_does_not_write(
    draft: Version, ada: User, bea: User
) -> None:
    with traces.one_event():
        row = authors.invite_author(draft.article_id, by=ada, email=" BEA@example.org")

    assert (row.user_id, row.position, row.joined_at) == (bea.pk, 2, None)
    assert row.invited_by_id == ada.pk
    assert traces.said()["facts"] == {"author": bea.pk}
    assert traces.step()[0] == "author_invited"
    assert traces.told() == {bea.pk: "You are invited to write"}
    assert traces.last().notifications.get().path == (
        f"/desk/articles/{draft.article_id}/authors/"
    )
    assert list(queries.visible_versions(bea)) == [draft]
    with traces.nothing_left(PermissionDenied):
        authoring.edit(draft.pk, by=bea, text=make.text(), seen=None)
    with traces.nothing_left(PermissionDenied):
        authoring.submit(draft.pk, by=bea)


def test_who_joined_writes_and_stands_in_the_byline(
    draft: Version, ada: User, bea: User
) -> None:
    invited(draft, ada, bea)

    with traces.one_event():
        row = authors.join(draft.article_id, by=bea)

    assert row.joined_at is not None
    assert traces.step()[0] == "author_joined"
    assert traces.told() == {ada.pk: "Somebody joined as an author"}
    authoring.edit(draft.pk, by=bea, text=make.text(), seen=None)
    byline = authoring.submit(draft.pk, by=bea).byline
    assert [line["name"] for line in byline] == ["Ada Ames", "Bea Booth"]


def test_who_joins_twice_is_told_that_they_have_joined(
    draft: Version, ada: User, bea: User
) -> None:
    invited(draft, ada, bea)
    authors.join(draft.article_id, by=bea)
    authors.arrange_authors(
        draft.article_id,
        by=ada,
        places=[Place(row.pk) for row in draft.article.authorships.all()],
    )

    with traces.nothing_left(MovedOn) as caught:
        authors.join(draft.article_id, by=bea)

    assert caught.value.mine  # type: ignore[attr-defined]
    for who in (ada, make.author()):
        with traces.nothing_left(PermissionDenied):
            authors.join(draft.article_id, by=who)
    bea.is_active = False
    with traces.nothing_left(PermissionDenied):
        authors.join(draft.article_id, by=bea)


def test_who_has_not_answered_is_not_in_the_byline(
    draft: Version, ada: User, bea: User
) -> None:
    invited(draft, ada, bea)

    byline = authoring.submit(draft.pk, by=ada).byline

    assert [line["name"] for line in byline] == ["Ada Ames"]


def test_whoever_is_only_invited_counts_where_duties_are_kept_apart(
    draft: Version, ada: User, bea: User
) -> None:
    invited(draft, ada, bea)
    bea.groups.add(*make.Group.objects.filter(name__in=roles.DESK))
    both = make.fresh(bea)

    assert policies.wrote(both, draft, draft.article_id)
    assert not policies.is_author(both, draft)
    assert not policies.is_editor(both, draft)
    assert not policies.is_approver(both, draft)


def test_nobody_is_invited_again_and_again_within_a_day(
    draft: Version, ada: User, bea: User
) -> None:
    start = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
    with time_machine.travel(start, tick=False) as clock:
        for _ in range(authors.ASKED_A_DAY):
            row = invited(draft, ada, bea)
            authors.uninvite_author(draft.article_id, by=ada, authorship_id=row.pk)

        with traces.nothing_left(Refused, match="was invited to this article 3 times"):
            invited(draft, ada, bea)

        invited(draft, ada, make.author())
        invited(make.draft(by=ada), ada, bea)
        clock.shift(dt.timedelta(days=1))
        assert invited(draft, ada, bea).joined_at is None


def test_an_invited_person_reads_no_version_but_the_draft(ada: User, bea: User) -> None:
    version = make.submitted(by=ada)
    desk.return_for_changes(version.pk, by=make.editor(), reason="Mend it")
    draft = authoring.revise(version.pk, by=ada)
    invited(draft, ada, bea)

    assert list(queries.visible_versions(bea)) == [draft]
    assert list(queries.author_desk(bea)) == [draft]
    authors.join(draft.article_id, by=bea)
    assert set(queries.visible_versions(bea)) == {version, draft}


def test_a_declined_invitation_leaves_the_record_alone(
    draft: Version, ada: User, bea: User
) -> None:
    invited(draft, ada, bea)

    with traces.one_event():
        authors.decline_to_write(draft.article_id, by=bea)

    assert [row.user_id for row in draft.article.authorships.all()] == [ada.pk]
    assert traces.said()["facts"] == {"author": bea.pk}
    assert traces.told() == {ada.pk: "Somebody declined to write"}
    assert not queries.visible_versions(bea).exists()


def test_an_invitation_is_taken_back(draft: Version, ada: User, bea: User) -> None:
    row = invited(draft, ada, bea)

    with traces.one_event():
        authors.uninvite_author(draft.article_id, by=ada, authorship_id=row.pk)

    assert [row.user_id for row in draft.article.authorships.all()] == [ada.pk]
    assert traces.step()[0] == "author_uninvited"
    assert traces.told() == {bea.pk: "An invitation to write was taken back"}
    assert traces.last().notifications.get().path == "/desk/"


def test_who_joined_meanwhile_is_not_sent_away(
    draft: Version, ada: User, bea: User
) -> None:
    row = invited(draft, ada, bea)
    authors.join(draft.article_id, by=bea)

    with traces.nothing_left(Refused, "gone, or accepted meanwhile"):
        authors.uninvite_author(draft.article_id, by=ada, authorship_id=row.pk)


def test_an_invitation_elsewhere_is_not_taken_back_from_here(
    draft: Version, ada: User, bea: User
) -> None:
    other = make.draft(by=ada)
    row = invited(other, ada, bea)

    with traces.nothing_left(Refused, "gone, or accepted meanwhile"):
        authors.uninvite_author(draft.article_id, by=ada, authorship_id=row.pk)


def test_authors_are_arranged_with_what_they_did(
    draft: Version, ada: User, bea: User
) -> None:
    second = invited(draft, ada, bea)
    authors.join(draft.article_id, by=bea)
    first = draft.article.authorships.get(user=ada)
    did = (Contribution.SOFTWARE, Contribution.METHODOLOGY)

    with traces.one_event():
        authors.arrange_authors(
            draft.article_id, by=ada, places=[Place(second.pk, did), Place(first.pk)]
        )

    assert traces.said()["facts"] == {
        "authors": [
            {"author": bea.pk, "contributions": sorted(did)},
            {"author": ada.pk, "contributions": []},
        ]
    }
    assert traces.told() == {bea.pk: "The authors were arranged"}
    byline = authoring.submit(draft.pk, by=ada).byline
    assert [(line["name"], line["contributions"]) for line in byline] == [
        ("Bea Booth", sorted(did)),
        ("Ada Ames", []),
    ]


@pytest.mark.parametrize("wrong", ["missing", "twice", "stranger"])
def test_an_order_names_each_author_once(
    wrong: str, draft: Version, ada: User, bea: User
) -> None:
    second = invited(draft, ada, bea).pk
    first = draft.article.authorships.get(user=ada).pk
    stranger = make.draft().article.authorships.get().pk
    order = {
        "missing": [first],
        "twice": [first, second, second],
        "stranger": [first, stranger],
    }[wrong]

    with traces.nothing_left(Refused, "has changed"):
        authors.arrange_authors(
            draft.article_id, by=ada, places=[Place(pk) for pk in order]
        )


def test_a_contribution_comes_from_the_list(draft: Version, ada: User) -> None:
    place = Place(draft.article.authorships.get().pk, ("cheering",))

    with traces.nothing_left(Refused, "Choose contributions from the list"):
        authors.arrange_authors(draft.article_id, by=ada, places=[place])


def unfit(who: str, version: Version) -> str:
    """An address that cannot be invited, for one reason each."""
    asked = version.assignments.order_by("pk")
    if who in ("reviewer", "former reviewer"):
        person = asked[0].reviewer
    elif who == "editor in charge":
        person = version.article.editor or make.editor()
    elif who == "no author":
        return make.reviewer().email
    elif who == "inactive":
        return make.author(is_active=False).email
    elif who == "importer":
        return people.IMPORTER
    else:
        return "nobody@example.org"
    person.groups.add(make.Group.objects.get(name=roles.AUTHOR))
    return person.email


@pytest.mark.parametrize(
    "who",
    [
        *("reviewer", "former reviewer", "editor in charge", "no author"),
        *("inactive", "importer", "unknown", "somebody else"),
    ],
)
def test_once_reviewers_were_asked_everybody_is_refused_in_the_same_words(
    who: str, ada: User
) -> None:
    version = make.under_review(by=ada)
    email = make.author().email if who == "somebody else" else unfit(who, version)
    if who == "former reviewer":
        one = version.assignments.order_by("pk")[0]
        inviting.unassign(one.pk, by=make.editor(), reason="Enough")
    desk.return_for_changes(version.pk, by=make.editor(), reason="Mend it")

    with traces.nothing_left(Refused, "Reviewers have been asked about this article"):
        authors.invite_author(version.article_id, by=ada, email=email)


@pytest.mark.parametrize("who", ["no author", "inactive", "importer", "unknown"])
def test_who_cannot_write_is_refused_in_one_sentence(
    who: str, ada: User, draft: Version
) -> None:
    email = unfit(who, draft)

    with traces.nothing_left(Refused) as caught:
        authors.invite_author(draft.article_id, by=ada, email=email)

    assert str(caught.value) == authors.UNKNOWN.format(email=email)


def test_whoever_lost_the_role_reads_on_no_invitation(
    draft: Version, ada: User, bea: User
) -> None:
    invited(draft, ada, bea)
    bea.groups.clear()

    assert not queries.visible_versions(make.fresh(bea)).exists()


@pytest.mark.parametrize("state", ["is an author", "has been invited"])
def test_nobody_is_invited_twice(
    state: str, draft: Version, ada: User, bea: User
) -> None:
    invited(draft, ada, bea)
    who = ada if state == "is an author" else bea

    with traces.nothing_left(Refused, f"{who} {state} already"):
        authors.invite_author(draft.article_id, by=ada, email=who.email)


def test_there_is_a_most_to_the_authors(draft: Version, ada: User, bea: User) -> None:
    for number in range(2, rules.MOST_AUTHORS + 1):
        Authorship.objects.create(
            article=draft.article, user=make.author(), position=number
        )

    with traces.nothing_left(Refused, "at most 30 authors"):
        authors.invite_author(draft.article_id, by=ada, email=bea.email)


@pytest.mark.parametrize("deed", ["invite", "join", "arrange"])
def test_nothing_changes_while_a_version_is_with_the_desk(
    deed: str, draft: Version, ada: User, bea: User
) -> None:
    invited(draft, ada, bea)
    authoring.submit(draft.pk, by=ada)
    pk = draft.article_id
    places = [Place(one.pk) for one in draft.article.authorships.all()]
    deeds = {
        "invite": lambda: authors.invite_author(
            pk, by=ada, email=make.author(email="c@example.org").email
        ),
        "join": lambda: authors.join(pk, by=bea),
        "arrange": lambda: authors.arrange_authors(pk, by=ada, places=places),
    }

    with traces.nothing_left(Refused, "A version is with the desk"):
        deeds[deed]()


@pytest.mark.parametrize("deed", ["decline", "take back", "the desk takes it back"])
def test_an_invitation_in_the_way_of_a_review_ends_at_any_time(
    deed: str, draft: Version, ada: User, bea: User
) -> None:
    row = invited(draft, ada, bea)
    authoring.submit(draft.pk, by=ada)
    pk = draft.article_id
    deeds = {
        "decline": lambda: authors.decline_to_write(pk, by=bea),
        "take back": lambda: authors.uninvite_author(pk, by=ada, authorship_id=row.pk),
        "the desk takes it back": lambda: authors.uninvite_author(
            pk, by=make.editor(), authorship_id=row.pk
        ),
    }

    deeds[deed]()

    assert [one.user for one in draft.article.authorships.all()] == [ada]


def test_a_form_drawn_before_somebody_joined_is_stale(
    draft: Version, ada: User, bea: User
) -> None:
    seen = make.article(draft).revision
    invited(draft, ada, bea)

    with traces.nothing_left(MovedOn, "Author invited meanwhile"):
        authors.invite_author(
            draft.article_id, by=ada, email="c@example.org", seen=seen
        )


def test_each_change_is_in_the_history_with_who_made_it(
    draft: Version, ada: User, bea: User
) -> None:
    row = invited(draft, ada, bea)
    pk = row.pk
    authors.decline_to_write(draft.article_id, by=bea)

    kept = Authorship.history.filter(id=pk).order_by("history_id")
    assert list(kept.values_list("history_type", "history_user")) == [
        ("+", ada.pk),
        ("-", bea.pk),
    ]
