"""What comes with a version that a page opens."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial import letters
from editorial.actions import deciding
from editorial.views import opening
from tests import make


def test_an_advice_comes_with_the_editor_it_is_printed_under(db: None) -> None:
    editor = make.editor(affiliation="Brown University")
    version = make.under_review(editor=editor)
    deciding.recommend(version.pk, by=editor, advice="return", reason="It needs work.")
    (advised,) = letters.advised(opening.readable(make.chief(), version.pk).version)

    with CaptureQueriesContext(connection) as asked:
        printed = advised.editor.printed_name

    assert (printed, len(asked)) == (editor.printed_name, 0)
    assert advised.editor.affiliation == "Brown University"
