"""The modules of writing and reviewing, by names that a manifest of static files may hash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.forms.widgets import Script
from js_asset import ImportMap, Media

if TYPE_CHECKING:
    from django.http import HttpRequest

PACKAGE = "django_prose_editor/editor.js"
MODULES = (
    *("page", "references", "references-list", "numbers", "schema", "editor"),
    *("toolbar", "picker", "tabs", "copies", "offering", "saving", "sending"),
    *("pasting", "findings"),
)
IMPORTS = {
    "django-prose-editor/editor": PACKAGE,
    **{f"desk/{name}": f"js/desk/{name}.js" for name in MODULES},
}

_UNSENT = Script("js/desk/unsent.js", type="module")

_WRITING = Media(
    importmap=ImportMap(IMPORTS),
    css={"all": ["editor.css"]},
    js=[
        Script(PACKAGE, type="module"),
        Script("js/desk/write.js", type="module"),
        _UNSENT,
    ],
)

UNSENT_IMPORTS = {
    f"desk/{name}": f"js/desk/{name}.js" for name in ("page", "copies", "offering")
}

_FORMS = Media(importmap=ImportMap(UNSENT_IMPORTS), js=[_UNSENT])

REVIEW = (
    *("anchors", "asking", "blocks", "cards", "checks", "counts", "instead", "keys"),
    *("leading", "reading", "refused", "selecting", "sheet", "signing", "tabs"),
)
REVIEW_IMPORTS = {
    **{
        f"desk/{name}": f"js/desk/{name}.js"
        for name in ("page", "copies", "offering", "references", "saving", "sending")
    },
    **{f"review/{name}": f"js/desk/review/{name}.js" for name in REVIEW},
}

_REVIEWING = Media(
    importmap=ImportMap(REVIEW_IMPORTS),
    css={"all": ["review.css"]},
    js=[Script("js/desk/review/review.js", type="module"), _UNSENT],
)


def for_writing(request: HttpRequest) -> Media:
    """The import map with the nonce of this answer, the styles and the modules."""
    return _for_this_answer(_WRITING, request)


def for_forms(request: HttpRequest) -> Media:
    """The same, for a page whose forms only keep what is typed and not yet sent."""
    return _for_this_answer(_FORMS, request)


def for_reviewing(request: HttpRequest) -> Media:
    """The same, for the page of a review."""
    return _for_this_answer(_REVIEWING, request)


def _for_this_answer(media: Media, request: HttpRequest) -> Media:
    nonce: object = request.csp_nonce  # type: ignore[attr-defined]  # by the middleware
    return media.with_nonce(str(nonce))
