"""Which page a form was on."""

from __future__ import annotations

import pytest

from editorial.views import homes


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/desk/articles/new/", "/desk/articles/new/"),
        ("/desk/versions/7/edit/", "/desk/versions/7/edit/"),
        ("/desk/versions/7/approve/", "/desk/versions/7/"),
        ("/desk/assignments/7/report/", "/desk/assignments/7/"),
        ("/desk/versions/7/response/", "/desk/versions/7/answers/"),
        ("/desk/versions/7/comments/3/answer/", "/desk/versions/7/answers/"),
        ("/desk/versions/7/references/remove/", "/desk/versions/7/references/"),
        ("/desk/versions/7/decide/approve/", "/desk/versions/7/decide/"),
        ("/desk/articles/new/word/put/", "/desk/articles/new/word/"),
        ("/desk/articles/7/authors/join/", "/desk/articles/7/authors/"),
        ("/desk/articles/7/publish/", "/desk/"),
        ("/desk/effects/7/settle/", "/desk/"),
        ("/desk/notices/read/", "/desk/"),
    ],
)
def test_a_form_leads_back_to_a_page_that_can_be_looked_at(
    path: str, page: str
) -> None:
    assert homes.page_of(path) == page
