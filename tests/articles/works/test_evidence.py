import pytest

from articles.vocabulary import RefType
from articles.works.evidence import (
    EVIDENCE,
    PUBLICATION_TYPES,
    Evidence,
    kind_of_publication,
)


def test_every_kind_of_work_has_its_default_evidence() -> None:
    assert {kind.value: level.value for kind, level in EVIDENCE.items()} == {
        "guideline": "1",
        "systematic_review": "1",
        "meta_analysis": "1",
        "rct": "2",
        "cohort": "3",
        "case_control": "4",
        "cross_sectional": "3",
        "case_series": "4",
        "case_report": "4",
        "narrative_review": "T",
        "textbook": "T",
        "drug_label": "R",
        "regulation": "R",
        "safety_alert": "R",
        "registry": "R",
        "preprint": "P",
        "consensus": "5",
        "mechanism": "5",
        "patient_material": "T",
        "article": "",
        "report": "",
        "web": "T",
        "internal": "X",
    }
    assert set(EVIDENCE) == set(RefType)
    assert Evidence.UNCLASSIFIED.label == "Unclassified"


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        (["Journal Article", "Practice Guideline"], RefType.GUIDELINE),
        (["Guideline"], RefType.GUIDELINE),
        (["Systematic Review", "Meta-Analysis", "Review"], RefType.META_ANALYSIS),
        (["Review", "Systematic Review"], RefType.SYSTEMATIC_REVIEW),
        (["Randomized Controlled Trial"], RefType.RCT),
        (["Observational Study"], RefType.COHORT),
        (["Case Reports"], RefType.CASE_REPORT),
        (["Review"], RefType.NARRATIVE_REVIEW),
        (["Preprint", "Randomized Controlled Trial"], RefType.PREPRINT),
        (["Journal Article"], None),
        (["Retracted Publication"], None),
        ([], None),
    ],
)
def test_publication_types_tell_the_kind(
    types: list[str], kind: RefType | None
) -> None:
    assert kind_of_publication(types) is kind


def test_no_publication_type_tells_a_kind_without_evidence() -> None:
    assert Evidence.UNCLASSIFIED not in map(EVIDENCE.get, PUBLICATION_TYPES.values())
