"""Who may: predicates over a person and a thing. Superusers get nothing here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.models import Article, Authorship, Notice, Version
from articles.states import Standing, VersionState
from editorial import noticing, people, roles, rows

if TYPE_CHECKING:
    from articles.machine import StatefulModel
    from articles.models import Term
    from editorial.models import User
    from reviews.models import Assignment

LIVE = (Standing.PUBLISHED, Standing.CONCERN)


def is_author(user: User, version: Version) -> bool:
    """One of its authors, who joined and still has the role."""
    return roles.AUTHOR in user.roles and joined(user, version, version.article_id)


def is_article_author(user: User, article: Article) -> bool:
    return roles.AUTHOR in user.roles and joined(user, article, article.pk)


def is_invited_author(user: User, article: Article) -> bool:
    """Somebody whom an author invited, and who has not answered."""
    return (
        roles.AUTHOR in user.roles
        and wrote(user, article, article.pk)
        and not joined(user, article, article.pk)
    )


def accepted_an_invitation(user: User, article: Article) -> bool:
    """Whether they are among its authors because they said yes."""
    asked = Authorship.objects.filter(article=article, user=user)
    return asked.filter(invited_by__isnull=False, joined_at__isnull=False).exists()


def wrote(user: User, thing: StatefulModel, article_id: int) -> bool:
    """
    Whether the person counts as an author where duties are kept apart.

    So does one who is only invited: they read the draft and may join at any time.
    """
    known = rows.answered(thing, "asker_is_listed", user)
    if known is None:
        return Authorship.objects.filter(article=article_id, user=user).exists()
    return known


def joined(user: User, thing: StatefulModel, article_id: int) -> bool:
    """Whether the person is an author of the article that the thing belongs to."""
    known = rows.answered(thing, "asker_joined", user)
    if known is None:
        listed = Authorship.objects.filter(article=article_id, user=user)
        return listed.filter(joined_at__isnull=False).exists()
    return known


def is_editor(user: User, version: Version) -> bool:
    """Somebody on the desk who did not write the text."""
    return roles.on_the_desk(user) and not wrote(user, version, version.article_id)


def is_deciding_editor(user: User, version: Version) -> bool:
    """An editor whom nobody ever asked to review the article either."""
    is_editing = is_editor(user, version)
    return is_editing and not was_asked(user, version, version.article_id)


def may_send_to_review(user: User, version: Version) -> bool:
    """
    An editor, as long as nobody else here is in charge; a chief editor beside them.

    Once it is sent, whoever comes second is told that it moved on.
    """
    may = is_free_for(user, version.article) or version.state != VersionState.SUBMITTED
    return may and is_deciding_editor(user, version)


def is_free_for(user: User, article: Article) -> bool:
    """Whether nobody else here is in charge who goes before them."""
    is_own = article.editor_id in (None, user.pk)
    return is_own or is_chief(user) or not rows.editor_is_here(article)


def is_approver(user: User, version: Version) -> bool:
    """A chief editor who neither wrote the article nor was asked to review it."""
    return is_chief(user) and is_deciding_editor(user, version)


def is_chief(user: User) -> bool:
    return roles.CHIEF_EDITOR in user.roles


def may_propose_terms(user: User) -> bool:
    """Whoever writes articles, and the desk."""
    return user.is_active and (roles.AUTHOR in user.roles or roles.on_the_desk(user))


def may_judge_terms(user: User) -> bool:
    """A chief editor, or a member of the board who serves today."""
    return user.is_active and (is_chief(user) or people.is_on_the_board(user))


def may_end_term(user: User, term: Term) -> bool:
    """The desk, and of a proposal whoever made it."""
    is_own = term.is_proposed and term.proposed_by_id == user.pk
    return user.is_active and (is_own or roles.on_the_desk(user))


def was_asked(user: User, thing: StatefulModel, article_id: int) -> bool:
    """
    Whether the person was ever asked to review the article, in this round or another.

    Whoever judges one round must not read or decide another from the desk.
    """
    known = rows.answered(thing, "asker_was_asked", user)
    return rows.was_asked(user, article_id) if known is None else known


def may_uninvite(user: User, article: Article) -> bool:
    """An author of the article, or the desk, where an invitation is in the way."""
    return is_article_author(user, article) or is_article_editor(user, article)


def is_article_editor(user: User, article: Article) -> bool:
    return roles.on_the_desk(user) and not wrote(user, article, article.pk)


def may_handle(user: User, article: Article) -> bool:
    """An editor who neither wrote the article nor was asked to review it."""
    is_editing = is_article_editor(user, article)
    return is_editing and not was_asked(user, article, article.pk)


def may_change_editor(user: User, article: Article) -> bool:
    """
    An editor with no part in the text: any while nobody here is in charge of it.

    Afterwards the one in charge hands it over, or a chief editor does.
    """
    return is_free_for(user, article) and may_handle(user, article)


def is_article_chief(user: User, article: Article) -> bool:
    return is_chief(user) and not wrote(user, article, article.pk)


def is_the_reviewer(user: User, assignment: Assignment) -> bool:
    """The person who was asked, as long as they are a reviewer and did not write it."""
    return (
        assignment.reviewer_id == user.pk
        and roles.REVIEWER in user.roles
        and not wrote(user, assignment, assignment.version.article_id)
    )


def is_assigning_editor(user: User, assignment: Assignment) -> bool:
    return is_deciding_editor(user, assignment.version)


def may_reply(user: User, assignment: Assignment) -> bool:
    """The reviewer whose comments they are, or an editor who may decide about them."""
    return is_the_reviewer(user, assignment) or is_assigning_editor(user, assignment)


def is_system(user: User, _thing: object) -> bool:
    return user.is_machine


def may_publish(user: User, article: Article) -> bool:
    """The scheduler, or a chief editor with no part in the text."""
    return user.is_machine or (is_chief(user) and may_handle(user, article))


def may_hold(user: User, article: Article) -> bool:
    """Anybody of the board or the desk who did not write it, alone and at once."""
    may = roles.on_the_desk(user) or people.is_on_the_board(user)
    return may and not wrote(user, article, article.pk)


def may_release(user: User, article: Article) -> bool:
    """A chief editor, or a member of the board, with no part in the text."""
    may = is_chief(user) or people.is_on_the_board(user)
    has_part = wrote(user, article, article.pk) or was_asked(user, article, article.pk)
    return may and not has_part


def may_archive(user: User, article: Article) -> bool:
    return is_chief(user) and may_handle(user, article)


def may_confirm(user: User, article: Article) -> bool:
    """
    Somebody other than who proposed the notice; one of the two is a chief editor.

    They are of those who could have proposed it themselves.
    """
    waiting = noticing.proposal(article)
    if waiting is None:
        return may_archive(user, article)
    if waiting.proposed_by_id == user.pk or not _may_sign(user, article, waiting):
        return False
    return is_chief(user) or _by_a_chief(waiting)


def may_take_back(user: User, article: Article) -> bool:
    """Who proposed the notice, or who could confirm it and will not."""
    waiting = noticing.proposal(article)
    is_theirs = waiting is not None and waiting.proposed_by_id == user.pk
    return is_theirs or may_confirm(user, article)


def _may_sign(user: User, article: Article, notice: Notice) -> bool:
    ends_a_hold = notice.before == Standing.HELD and notice.after in LIVE
    return (may_release if ends_a_hold else may_handle)(user, article)


def _by_a_chief(notice: Notice) -> bool:
    return notice.signatures.filter(role=roles.CHIEF_EDITOR).exists()
