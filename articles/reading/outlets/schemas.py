"""The shapes of the documents, in JSON Schema; whatever is not named is not there."""

from __future__ import annotations

from typing import Any

from articles.content import FORM
from articles.vocabulary import Audience, Origin, RefType

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "integer", "minimum": 1}
ADDRESS: Schema = {"type": "string", "format": "uri"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
DAY: Schema = {"type": "string", "format": "date"}
SHA256: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
AUDIENCE: Schema = {"type": "string", "enum": list(Audience.values)}


def shape(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def many(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def maybe(of: Schema) -> Schema:
    return {"anyOf": [of, {"type": "null"}]}


def named(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


CSL: Schema = {
    "type": "object",
    "description": "An item of CSL-JSON",
    "properties": {"type": TEXT, "title": TEXT},
    "required": ["type", "title"],
}
PERSON = shape(name=TEXT, affiliation=TEXT, specialties=many(TEXT))
AUTHOR = shape(name=TEXT, credentials=TEXT, affiliation=TEXT, contributions=many(TEXT))
ORIGIN = shape(
    kind={"type": "string", "enum": list(Origin.values)}, tool=TEXT, on=maybe(DAY)
)
KIND: Schema = {"type": "string", "enum": list(RefType.values)}
SUMMARY: dict[str, Schema] = {
    "id": {"type": "string", "description": "A tag URI: the same wherever it is read"},
    "slug": TEXT,
    "url": ADDRESS,
    "title": {
        "type": "string",
        "description": "The question, after `RETRACTED: ` or the like where it must be",
    },
    "question": TEXT,
    "headline": TEXT,
    "standing": TEXT,
    "status": TEXT,
    "version": NUMBER,
    "sha256": SHA256,
    "audience": AUDIENCE,
    "topics": many(shape(name=TEXT, slug=TEXT)),
    "concepts": many(TEXT),
    "first_published_at": MOMENT,
    "published_at": MOMENT,
}
REVIEW = shape(
    approved_at=MOMENT,
    approved_by=PERSON,
    role=TEXT,
    reviewers=many(PERSON),
    reviewers_not_named=COUNT,
    not_counted=COUNT,
    not_in_favour=COUNT,
    conflicts=many(TEXT),
    next_review_due=DAY,
    policy=TEXT,
)
NOTICE = shape(
    number=NUMBER,
    url=ADDRESS,
    type=TEXT,
    standing=TEXT,
    issued_at=MOMENT,
    ended_at=maybe(MOMENT),
    version=NUMBER,
    reasons=many(TEXT),
    words=TEXT,
    issued_by=TEXT,
    signed_by=many(TEXT),
    authors=TEXT,
    answers=maybe(ADDRESS),
    sha256=SHA256,
)
ARTICLE = shape(
    **SUMMARY,
    key_answer=TEXT,
    renditions=many(shape(audience=AUDIENCE, url=ADDRESS, html=TEXT)),
    authors=many(AUTHOR),
    origin=ORIGIN,
    evidence_searched_on=maybe(DAY),
    change_summary=TEXT,
    references=many(
        shape(number=NUMBER, key=TEXT, type=KIND, retracted_on=maybe(DAY), csl=CSL)
    ),
    review=maybe(REVIEW),
    notices=many(NOTICE),
    disclaimers={"type": "object", "additionalProperties": TEXT},
    links=shape(
        exact=ADDRESS,
        canonical=ADDRESS,
        versions=ADDRESS,
        record=ADDRESS,
        references=ADDRESS,
        jats=ADDRESS,
    ),
)
VERSIONS = shape(
    article=TEXT,
    versions=many(
        shape(
            version=NUMBER,
            sha256=SHA256,
            url=ADDRESS,
            canonical=ADDRESS,
            approved_at=MOMENT,
            approved_by=TEXT,
            published_at=MOMENT,
            ended_at=maybe(MOMENT),
            change_summary=TEXT,
        )
    ),
)
VERSION = shape(
    form={"const": FORM},
    question=TEXT,
    headline=TEXT,
    key_answer=TEXT,
    audience=AUDIENCE,
    renditions={"type": "object", "additionalProperties": TEXT},
    authors=many(AUTHOR),
    references=many(shape(key=TEXT, type=KIND, csl=CSL)),
    origin=ORIGIN,
    evidence_searched_on=maybe(DAY),
)
RECORD = shape(
    article=TEXT,
    version=NUMBER,
    sha256=SHA256,
    signatures=many(
        shape(
            name=TEXT,
            role=TEXT,
            meaning=TEXT,
            statement=TEXT,
            signed_at=MOMENT,
            sha256=SHA256,
            public_key=TEXT,
            value=TEXT,
            payload=TEXT,
        )
    ),
    events=many(
        shape(
            seq=NUMBER,
            at=MOMENT,
            what=TEXT,
            who=TEXT,
            version=maybe(NUMBER),
            hash=SHA256,
        )
    ),
)

ALL: dict[str, Schema] = {
    "Articles": shape(articles=many(named("Summary")), next=maybe(ADDRESS)),
    "Summary": shape(**SUMMARY),
    "Article": ARTICLE,
    "Versions": VERSIONS,
    "Version": VERSION,
    "References": many(CSL),
    "Record": RECORD,
    "Problem": shape(title=TEXT, status={"type": "integer"}, detail=TEXT),
}
