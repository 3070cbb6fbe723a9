"""What kind of evidence a work probably is, for a person to confirm."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from articles.vocabulary import RefType

_BY_TYPE = {
    "article": RefType.PREPRINT,
    "bill": RefType.REGULATION,
    "book": RefType.TEXTBOOK,
    "chapter": RefType.TEXTBOOK,
    "dataset": RefType.REGISTRY,
    "entry-encyclopedia": RefType.TEXTBOOK,
    "legal_case": RefType.REGULATION,
    "legislation": RefType.REGULATION,
    "pamphlet": RefType.PATIENT_MATERIAL,
    "post": RefType.WEB,
    "post-weblog": RefType.WEB,
    "regulation": RefType.REGULATION,
    "report": RefType.REPORT,
    "standard": RefType.GUIDELINE,
    "treaty": RefType.REGULATION,
    "webpage": RefType.WEB,
}
_BY_TITLE = [
    (r"meta-?\s?analys[ei]s", RefType.META_ANALYSIS),
    (r"systematic review|cochrane", RefType.SYSTEMATIC_REVIEW),
    (r"guidelines?\b|recommendation statement", RefType.GUIDELINE),
    (r"consensus|position (?:statement|paper)|delphi", RefType.CONSENSUS),
    (r"randomi[sz]ed|\brct\b|placebo-controlled", RefType.RCT),
    (r"case[- ]control", RefType.CASE_CONTROL),
    (r"cross-sectional|prevalence", RefType.CROSS_SECTIONAL),
    (r"\bcohort\b|longitudinal|follow-up study", RefType.COHORT),
    (r"case series", RefType.CASE_SERIES),
    (r"case report", RefType.CASE_REPORT),
    (r"narrative review|\ba review\b|: review\b", RefType.NARRATIVE_REVIEW),
]
_BY_SITE = {
    "clinicaltrials.gov": RefType.REGISTRY,
    "dailymed.nlm.nih.gov": RefType.DRUG_LABEL,
    "ecfr.gov": RefType.REGULATION,
    "federalregister.gov": RefType.REGULATION,
    "medlineplus.gov": RefType.PATIENT_MATERIAL,
}
_TITLES = [(re.compile(words), kind) for words, kind in _BY_TITLE]
_PAPERS = {"article-journal", "document", "paper-conference", "report"}
_JOURNALS = {"article-journal", "article-magazine", "paper-conference", "review"}


def kind_of(item: Mapping[str, Any]) -> RefType:
    """`custom.kind` when it names one, else a guess from site, title and type."""
    custom = item.get("custom")
    named = custom.get("kind") if isinstance(custom, Mapping) else None
    if named in RefType.values:
        return RefType(named)
    return _by_site(item) or _by_title(item) or _by_type(item)


def _by_site(item: Mapping[str, Any]) -> RefType | None:
    if item.get("type") == "article-journal":
        return None
    host = urlsplit(str(item.get("URL", ""))).hostname or ""
    return _BY_SITE.get(host.removeprefix("www."))


def _by_title(item: Mapping[str, Any]) -> RefType | None:
    if item.get("type") not in _PAPERS:
        return None
    journal = item.get("container-title-short") or item.get("container-title") or ""
    text = f"{item.get('title', '')} {journal}".casefold()
    return next((kind for words, kind in _TITLES if words.search(text)), None)


def _by_type(item: Mapping[str, Any]) -> RefType:
    if item.get("type") in _JOURNALS:
        return RefType.ARTICLE
    return _BY_TYPE.get(str(item.get("type")), RefType.WEB)
