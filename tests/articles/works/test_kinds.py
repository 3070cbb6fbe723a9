from typing import Any

import pytest

from articles.vocabulary import RefType
from articles.works.kinds import kind_of


def paper(title: str, **more: Any) -> dict[str, Any]:
    return {"type": "article-journal", "title": title, **more}


def page(address: str) -> dict[str, Any]:
    return {"type": "webpage", "title": "A cohort of guidelines", "URL": address}


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        (paper("A systematic review and meta-analysis"), RefType.META_ANALYSIS),
        (paper("A systematic review of x"), RefType.SYSTEMATIC_REVIEW),
        (paper("X for y", **{"container-title-short": "Cochrane Database Syst Rev"}), RefType.SYSTEMATIC_REVIEW),
        (paper("A multicentre, open-label, randomised controlled trial"), RefType.RCT),
        (paper("CDC clinical practice guideline for x"), RefType.GUIDELINE),
        (paper("A case-control study"), RefType.CASE_CONTROL),
        (paper("A retrospective cohort"), RefType.COHORT),
        (paper("Rash after x: a case report"), RefType.CASE_REPORT),
        (paper("Effects of x on y"), RefType.ARTICLE),
        ({"type": "article", "title": "A randomised trial"}, RefType.PREPRINT),
        ({"type": "book", "title": "Guidelines"}, RefType.TEXTBOOK),
        ({"type": "chapter", "title": "x"}, RefType.TEXTBOOK),
        ({"type": "report", "title": "Opioid guideline"}, RefType.GUIDELINE),
        ({"type": "report", "title": "x"}, RefType.REPORT),
        ({"type": "legislation", "title": "x"}, RefType.REGULATION),
        ({"type": "song", "title": "x"}, RefType.WEB),
        (page("https://example.org/"), RefType.WEB),
        (page("https://www.clinicaltrials.gov/study/NCT01"), RefType.REGISTRY),
        (page("https://dailymed.nlm.nih.gov/x"), RefType.DRUG_LABEL),
        (page("https://dailymed.nlm.nih.gov.example.org/x"), RefType.WEB),
        (paper("x", custom={"kind": "mechanism"}), RefType.MECHANISM),
        (paper("x", custom={"kind": "unheard of"}), RefType.ARTICLE),
        (paper("x", custom={"kind": ["rct"]}), RefType.ARTICLE),
    ],
)  # fmt: skip
def test_the_kind_is_guessed_from_what_is_known(
    item: dict[str, Any], kind: RefType
) -> None:
    assert kind_of(item) is kind
