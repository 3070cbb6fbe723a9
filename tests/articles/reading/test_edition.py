"""The edition of the design: every file that prints something belongs to it."""

from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

import pytest

from articles.reading import edition, pango

FOLDERS = ("articles", "editorial", "reviews", "templates")
PRINTING = [
    *("articles/reading/page.py", "articles/content/rendering.py"),
    *("articles/reading/press.py", "templates/public/paged.css"),
    *("articles/works/ama.py", "articles/works/notation/names.py"),
    *("articles/templatetags/reading.py", "articles/vocabulary.py"),
    *("articles/freezing.py", "articles/states.py", "articles/search/words.py"),
    *("articles/glossary.py", "articles/reading/terms.py", "editorial/glossary.py"),
    *("editorial/trust.py", "editorial/shopfront.py", "editorial/texts/lay.html"),
    *("editorial/chronicle.py", "editorial/models.py", "editorial/policy_texts.py"),
    *("reviews/checklist.py", "reviews/states.py", "reviews/tiers.py"),
    "reviews/signing.py",
    *("templates/base.html", "templates/public/article.html"),
]
SILENT = [
    "articles/search/plan.py",
    "editorial/outbox.py",
    "templates/desk/edit.html",
    "reviews/reminders.py",
]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is served, to change."""
    copy = tmp_path_factory.mktemp("house")
    here = Path(edition.__file__).parents[2]
    for folder in FOLDERS:
        copytree(here / folder, copy / folder, ignore=ignore_patterns("__pycache__"))
    return copy


@pytest.mark.parametrize("name", [*PRINTING, *SILENT])
def test_what_prints_something_makes_another_edition(
    name: str, house: Path, settings: object
) -> None:
    settings.BASE_DIR = house  # type: ignore[attr-defined]
    digest = edition.current.__wrapped__
    before, path = digest(), house / name

    path.write_text(f"{path.read_text()}\n")

    assert (digest() != before) == (name in PRINTING)


def test_whether_the_house_makes_pdfs_makes_another_edition_and_no_machine_does(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest, found = edition.current.__wrapped__, []
    for settings.PDF in (False, True):
        found.append(digest())
        monkeypatch.setattr(pango, "missing", lambda: ("Pango",))
        found.append(digest())
        monkeypatch.undo()

    assert found == [found[0], found[0], found[2], found[2]]
    assert found[0] != found[2]


def test_every_place_that_is_named_is_there(settings: object) -> None:
    found = set(edition._sources())  # noqa: SLF001

    assert all(list(settings.BASE_DIR.glob(pattern)) for pattern in edition.CODE)  # type: ignore[attr-defined]
    assert not [path for path in found if path.suffix not in {".py", ".html", ".css"}]
