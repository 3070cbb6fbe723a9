"""The tables whose rows are guarded against disappearing."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Model

from articles.models import (
    Article,
    Authorship,
    Citation,
    FindingAnswer,
    Notice,
    NoticeSignature,
    RegulatoryFact,
    Rendition,
    Term,
    Version,
)
from editorial.models import Chain, Checkpoint, Event, Policy, Publication
from reviews.models import (
    Assignment,
    CitationCheck,
    Comment,
    Declaration,
    Disclosure,
    Recommendation,
    Reply,
    Report,
    Signature,
)

GROWING: list[type[Model]] = [
    *(Event, Checkpoint, Signature, Report, Disclosure, Policy),
    *(Declaration, CitationCheck, Recommendation, Reply, NoticeSignature),
]


KEPT: list[type[Model]] = [
    *GROWING,
    Version,
    Article,
    Rendition,
    Citation,
    FindingAnswer,
    Publication,
    Chain,
    Assignment,
    Authorship,
    Comment,
    RegulatoryFact,
    Term,
    Notice,
]


def histories() -> list[type[Model]]:
    return [m for m in apps.get_models() if m.__name__.startswith("Historical")]
