"""
The bytes of a version: what its hash and every signature on it stand for.

Form `imprimatur-version/1` is the canonical JSON (see `articles.canonical`) of

    {"form":       "imprimatur-version/1",
     "question":   the question, plain text,
     "headline":   the headline, plain text, may be empty,
     "key_answer": the key answer, HTML, may be empty,
     "audience":   the audience of the default rendition,
     "renditions": {audience: body as HTML, …}, the default one among them,
     "authors":    [{"name": …, "credentials": …, "affiliation": …,
                     "contributions": [terms of CRediT, sorted]}, …] as printed,
     "references": [{"key": …, "type": …, "csl": CSL-JSON item}, …]
                   in the order of their numbers,
     "origin":     {"kind": "human", "machine_assisted", "machine_generated" or
                            "imported",
                    "tool": the tool, may be empty,
                    "on":   "YYYY-MM-DD", or null where nobody said},
     "evidence_searched_on": "YYYY-MM-DD", or null where nobody said}

Every key is always there. The SHA-256 of these bytes is the version's hash: anybody who
is given the values can write them in canonical JSON and compare.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from articles.canonical import canonical_json

FORM = "imprimatur-version/1"


def version_bytes(
    *,
    question: str,
    headline: str,
    key_answer: str,
    audience: str,
    renditions: Mapping[str, str],
    authors: Iterable[Mapping[str, Any]],
    references: Iterable[Mapping[str, Any]],
    origin: Mapping[str, str | None],
    evidence_searched_on: str | None,
) -> bytes:
    """A KeyError tells which part of an author, a reference or the origin is missing."""
    return canonical_json(
        {
            "form": FORM,
            "question": question,
            "headline": headline,
            "key_answer": key_answer,
            "audience": audience,
            "renditions": dict(renditions),
            "authors": [
                _parts(author, "name", "credentials", "affiliation", "contributions")
                for author in authors
            ],
            "references": [
                _parts(reference, "key", "type", "csl") for reference in references
            ],
            "origin": _parts(origin, "kind", "tool", "on"),
            "evidence_searched_on": evidence_searched_on,
        }
    )


def _parts(whole: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: whole[name] for name in names}
