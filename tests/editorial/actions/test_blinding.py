"""Who knows whom is settled by an editor, before anybody is asked."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from editorial.actions import desk, publishing
from editorial.actions.blinding import change_blinding
from editorial.errors import Refused
from editorial.models import Event
from tests import make, traces

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("blinding", ["open", "double"])
def test_an_editor_loosens_or_tightens_it_with_a_reason(blinding: str) -> None:
    version, editor = make.submitted(), make.editor()

    change_blinding(
        version.article_id, by=editor, blinding=blinding, reason="They ask for it"
    )

    said = traces.said(traces.last())
    assert make.article(version).blinding == blinding
    assert said["kind"] == "blinding_changed"
    assert said["facts"] == {"from": "single", "to": blinding}
    assert said["reason"] == "They ask for it"


def refused(version: object, blinding: str = "open", reason: str = "So") -> str:
    """The sentence; nothing is left behind."""
    pk, editor = version.article_id, make.editor()  # type: ignore[attr-defined]
    before = Event.objects.count()
    with pytest.raises(Refused) as caught:
        change_blinding(pk, by=editor, blinding=blinding, reason=reason)
    assert Event.objects.count() == before
    return str(caught.value)


def test_it_needs_a_reason() -> None:
    assert refused(make.submitted(), reason=" ") == (
        "“Change who knows whom” needs a reason."
    )


def test_once_somebody_was_asked_it_stays_as_they_were_told() -> None:
    author = make.author()
    version = make.under_review(by=author)
    told = (
        "Reviewers have been asked about this article; who knows whom stays as they "
        "were told."
    )

    assert refused(version) == told
    assert refused(version, "double") == told
    desk.return_for_changes(version.pk, by=make.editor(), reason="Mend it.")
    assert refused(make.resubmitted(version, by=author)) == told


def test_what_it_is_already_is_no_change() -> None:
    assert refused(make.submitted(), "single") == "It is so already."


def test_an_unknown_blinding_is_refused() -> None:
    assert refused(make.submitted(), "triple") == (
        "Choose open, single blind or double blind."
    )


def test_a_preview_and_double_blind_refuse_each_other() -> None:
    shown = make.submitted()
    desk.change_tier(shown.article_id, by=make.editor(), tier="C", reason="Background")
    publishing.show_preview(shown.article_id, by=make.editor(), reason="Asked for")
    hidden = make.blinded(make.submitted(), "double")
    desk.change_tier(hidden.article_id, by=make.editor(), tier="C", reason="Background")

    assert refused(shown, "double") == (
        "A preview names the authors to everybody; end it first."
    )
    with pytest.raises(Refused, match="a preview would name its authors"):
        publishing.show_preview(hidden.article_id, by=make.editor(), reason="Asked for")


def test_an_author_does_not_settle_it() -> None:
    author = make.author()
    version = make.submitted(by=author)

    with pytest.raises(PermissionDenied):
        change_blinding(version.article_id, by=author, blinding="open", reason="So")
