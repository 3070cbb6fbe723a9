"""
The edition of the design: what stored pages were built with.

Pages of another edition than today's are built again by the scheduler, so that a new
template or stylesheet reaches every article without anybody asking for it.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.templatetags.static import static

if TYPE_CHECKING:
    from collections.abc import Iterator

LINKED = (
    *("page.css", "favicon.svg"),
    *("js/audience.js", "js/citations.js", "js/copying.js"),
)
CODE = (
    "articles/reading/**/*.py",
    "articles/content/**/*.py",
    "articles/glossary.py",
    "articles/works/**/*.py",
    "articles/templatetags/*.py",
    *("articles/search/index.py", "articles/search/words.py"),
    *("articles/asking/cutting.py", "articles/asking/meaning.py"),
    *("articles/freezing.py", "articles/states.py", "articles/vocabulary.py"),
    *("editorial/chronicle.py", "editorial/models.py"),
    *("editorial/glossary.py", "editorial/shopfront.py", "editorial/trust.py"),
    *("editorial/policy_texts.py", "editorial/texts/*.html"),
    *("reviews/checklist.py", "reviews/signing.py"),
    *("reviews/states.py", "reviews/tiers.py"),
    *("templates/*.html", "templates/public/**/*.html", "templates/public/*.css"),
)
"""Whatever puts words on a page, into search or into answers, and nothing that changes without."""


@cache
def current() -> str:
    """
    64 hexadecimal digits over the templates, the code and the linked files.

    And whether the house makes PDFs, because then pages lead to them.
    """
    digest = hashlib.sha256(settings.SITE_URL.encode())
    digest.update(str(settings.PDF).encode())
    for path in sorted(_sources()):
        digest.update(path.name.encode() + path.read_bytes())
    for name in LINKED:
        digest.update(static(name).encode())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    for pattern in CODE:
        yield from settings.BASE_DIR.glob(pattern)
