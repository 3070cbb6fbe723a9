"""How much a kind of work can carry by default, and the kinds that indexes tell."""

from collections.abc import Iterable

from django.db import models

from articles.vocabulary import RefType


class Evidence(models.TextChoices):
    """OCEBM 2011 levels for questions of treatment, and what stands beside them."""

    LEVEL_1 = "1", "Level 1"
    LEVEL_2 = "2", "Level 2"
    LEVEL_3 = "3", "Level 3"
    LEVEL_4 = "4", "Level 4"
    LEVEL_5 = "5", "Level 5"
    REGULATORY = "R", "Regulatory"
    TERTIARY = "T", "Tertiary"
    PREPRINT = "P", "Not peer reviewed"
    OWN = "X", "Our own content, never support by itself"
    UNCLASSIFIED = "", "Unclassified"


EVIDENCE: dict[RefType, Evidence] = {
    RefType.GUIDELINE: Evidence.LEVEL_1,
    RefType.SYSTEMATIC_REVIEW: Evidence.LEVEL_1,
    RefType.META_ANALYSIS: Evidence.LEVEL_1,
    RefType.RCT: Evidence.LEVEL_2,
    RefType.COHORT: Evidence.LEVEL_3,
    RefType.CASE_CONTROL: Evidence.LEVEL_4,
    RefType.CROSS_SECTIONAL: Evidence.LEVEL_3,  # how common something is
    RefType.CASE_SERIES: Evidence.LEVEL_4,
    RefType.CASE_REPORT: Evidence.LEVEL_4,
    RefType.NARRATIVE_REVIEW: Evidence.TERTIARY,
    RefType.TEXTBOOK: Evidence.TERTIARY,
    RefType.DRUG_LABEL: Evidence.REGULATORY,
    RefType.REGULATION: Evidence.REGULATORY,
    RefType.SAFETY_ALERT: Evidence.REGULATORY,
    RefType.REGISTRY: Evidence.REGULATORY,
    RefType.PREPRINT: Evidence.PREPRINT,
    RefType.CONSENSUS: Evidence.LEVEL_5,
    RefType.MECHANISM: Evidence.LEVEL_5,
    RefType.PATIENT_MATERIAL: Evidence.TERTIARY,
    RefType.ARTICLE: Evidence.UNCLASSIFIED,
    RefType.REPORT: Evidence.UNCLASSIFIED,
    RefType.WEB: Evidence.TERTIARY,
    RefType.INTERNAL: Evidence.OWN,
}

PUBLICATION_TYPES: dict[str, RefType] = {  # of MEDLINE; the first that is named counts
    "Preprint": RefType.PREPRINT,
    "Practice Guideline": RefType.GUIDELINE,
    "Guideline": RefType.GUIDELINE,
    "Consensus Statement": RefType.CONSENSUS,
    "Consensus Development Conference": RefType.CONSENSUS,
    "Meta-Analysis": RefType.META_ANALYSIS,
    "Network Meta-Analysis": RefType.META_ANALYSIS,
    "Systematic Review": RefType.SYSTEMATIC_REVIEW,
    "Randomized Controlled Trial": RefType.RCT,
    "Observational Study": RefType.COHORT,
    "Case Reports": RefType.CASE_REPORT,
    "Review": RefType.NARRATIVE_REVIEW,
    "Patient Education Handout": RefType.PATIENT_MATERIAL,
}


def kind_of_publication(types: Iterable[str]) -> RefType | None:
    """What the index's publication types say; None when they say nothing of it."""
    named = set(types)
    return next(
        (kind for name, kind in PUBLICATION_TYPES.items() if name in named), None
    )
