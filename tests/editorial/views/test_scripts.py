"""The modules of the writing page: all are named, and only this answer may run them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.staticfiles import finders

from editorial.views import scripts
from tests import make
from tests.editorial.views.visitors import found

if TYPE_CHECKING:
    from tests.editorial.views.conftest import Visit

SOURCES = Path(settings.BASE_DIR, "static/js/desk")
ALONE = {"rows.js", "settled.js", "unsent.js", "write.js"}
"""Modules that a page loads by their address."""


def test_every_module_has_a_name_and_every_name_a_module() -> None:
    imported = {
        name
        for path in SOURCES.glob("*.js")
        for name in re.findall(r'from "([^"]+)"', path.read_text())
    }

    assert imported == set(scripts.IMPORTS)
    assert [p for p in scripts.IMPORTS.values() if not finders.find(p)] == []
    assert {p.name for p in SOURCES.glob("*.js")} == ALONE | {
        Path(p).name for p in scripts.IMPORTS.values() if p.startswith("js/desk/")
    }


def test_the_modules_of_the_review_are_named_too() -> None:
    folder = SOURCES / "review"
    imported = {
        name
        for path in [*folder.glob("*.js"), SOURCES / "saving.js"]
        for name in re.findall(r'from "([^"]+)"', path.read_text())
    }

    assert imported == set(scripts.REVIEW_IMPORTS)
    assert [p for p in scripts.REVIEW_IMPORTS.values() if not finders.find(p)] == []
    assert {p.stem for p in folder.glob("*.js")} == {"review", *scripts.REVIEW}


def test_the_modules_of_plain_forms_are_named_too() -> None:
    text = (SOURCES / "unsent.js").read_text()

    assert set(re.findall(r'from "([^"]+)"', text)) == set(scripts.UNSENT_IMPORTS)
    assert set(scripts.UNSENT_IMPORTS.items()) <= set(scripts.IMPORTS.items())


def test_the_import_map_carries_the_nonce_of_its_answer(visit: Visit) -> None:
    response = visit(make.author()).get("/desk/articles/new/")

    [given] = found(response, '//script[@type="importmap"]')
    policy = response.headers["Content-Security-Policy"]
    assert f"script-src 'self' 'nonce-{given.get('nonce')}'" in policy
    assert "unsafe" not in policy
    assert set(json.loads(given.text)["imports"]) == set(scripts.IMPORTS)


def test_the_plain_form_comes_without_scripts(visit: Visit) -> None:
    response = visit(make.author()).get("/desk/articles/new/?plain")

    assert found(response, "//script") == []
    assert "nonce" not in response.headers["Content-Security-Policy"]


def test_pages_with_letters_keep_what_is_typed_there(visit: Visit) -> None:
    chief, version = visit(make.chief()), make.reviewed()
    forms = {
        **{
            f"/desk/versions/{version.pk}/{page}": "version" for page in ("", "decide/")
        },
        f"/desk/articles/{make.published().article_id}/standing/": "article",
    }

    for path, about in forms.items():
        page = chief.get(path)
        [given] = found(page, '//script[@type="importmap"]')
        kept = found(page, f'//*[starts-with(@data-unsent, "{about}-")]')
        assert set(json.loads(given.text)["imports"]) == set(scripts.UNSENT_IMPORTS)
        assert kept != []
