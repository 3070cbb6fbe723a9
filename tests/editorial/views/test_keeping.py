"""Which page a form was on, and what is never kept."""

from __future__ import annotations

import pytest

from editorial.views import keeping


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/desk/articles/new/", "/desk/articles/new/"),
        ("/desk/versions/7/edit/", "/desk/versions/7/edit/"),
        ("/desk/versions/7/approve/", "/desk/versions/7/"),
        ("/desk/assignments/7/report/", "/desk/assignments/7/"),
        ("/desk/articles/7/publish/", "/desk/"),
        ("/desk/effects/7/settle/", "/desk/"),
        ("/desk/notices/read/", "/desk/"),
    ],
)
def test_a_form_leads_back_to_a_page_that_can_be_looked_at(
    path: str, page: str
) -> None:
    assert keeping.page_of(path) == page
