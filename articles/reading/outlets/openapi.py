"""The interface, described in OpenAPI for programs that read that."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.views.decorators.http import require_safe

from articles.canonical import canonical_json
from articles.reading.built import JSON
from articles.reading.elsewhere import addresses, house
from articles.reading.outlets import listing, problems, schemas
from articles.reading.outlets.answering import answer
from articles.reading.outlets.schemas import Schema
from articles.works.writing import KINDS, Format

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

CSL_JSON = KINDS[Format.CSL_JSON].media_type
OF_ONE = {
    "": ("Article", "The public version of an article, with its review", JSON),
    "/versions": ("Versions", "Every version the public has seen", JSON),
    "/versions/{number}": (
        "Version",
        "The exact bytes of a version, which hash to what was signed",
        JSON,
    ),
    "/references": ("References", "What the article cites, as CSL-JSON", CSL_JSON),
    "/record": ("Record", "Who signed what, and what happened when", JSON),
}
"""What can be asked about one article: the schema, what it is, its media type."""


@require_safe
def document(request: HttpRequest) -> HttpResponse:
    return answer(request, canonical_json(described()), JSON)


@cache
def described() -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{house.NAME}: approved medical answers",
            "version": "1",
            "description": (
                "Published texts only, each as approved. Every answer has an ETag;"
                " send it back as If-None-Match and nothing is sent twice."
            ),
        },
        "servers": [{"url": addresses.whole("")}],
        "paths": {
            "/api/articles": {"get": _list()},
            **{
                f"/api/articles/{{slug}}{tail}": {"get": _one(tail, *told)}
                for tail, told in OF_ONE.items()
            },
        },
        "components": {
            "schemas": schemas.ALL,
            "headers": {"ETag": {"schema": schemas.TEXT}},
        },
    }


def _list() -> dict[str, Any]:
    limit = {"type": "integer", "minimum": 1, "maximum": listing.MOST}
    since = {"anyOf": [schemas.MOMENT, schemas.DAY]}
    return {
        "operationId": "listArticles",
        "summary": "Published articles, the newest publication first",
        "parameters": [
            _asked("limit", limit | {"default": listing.PER_PAGE}),
            _asked("after", schemas.TEXT, "Taken from `next`, and nowhere else"),
            _asked("topic", schemas.TEXT, "The slug of a topic"),
            _asked("since", since, "Published then or later"),
        ],
        "responses": _answers("Articles", "The articles", JSON)
        | {"400": _problem("A parameter says nothing")},
    }


def _one(tail: str, name: str, summary: str, media_type: str) -> dict[str, Any]:
    parts = [_part("slug", schemas.TEXT)]
    if "{number}" in tail:
        parts.append(_part("number", schemas.NUMBER))
    return {
        "operationId": f"get{name}",
        "summary": summary,
        "parameters": parts,
        "responses": _answers(name, summary, media_type)
        | {"404": _problem("Nothing of that name is published")},
    }


def _part(name: str, schema: Schema) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _asked(name: str, schema: Schema, what: str = "") -> dict[str, Any]:
    told = {"name": name, "in": "query", "required": False, "schema": schema}
    return told | ({"description": what} if what else {})


def _answers(name: str, what: str, media_type: str) -> dict[str, Any]:
    return {
        "200": {
            "description": what,
            "headers": {"ETag": {"$ref": "#/components/headers/ETag"}},
            "content": {media_type: {"schema": schemas.named(name)}},
        },
        "304": {"description": "You have it already"},
    }


def _problem(what: str) -> dict[str, Any]:
    schema = {"schema": schemas.named("Problem")}
    return {"description": what, "content": {problems.MEDIA_TYPE: schema}}
