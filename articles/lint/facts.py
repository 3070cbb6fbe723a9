"""Regulatory facts to begin with; editors add their own."""

import datetime as dt

from articles.lint.draft import RegulatoryFact

US = "the United States"

FACTS = (
    RegulatoryFact(
        pattern=r"\b(?:SAMHSA|DATA[- ]?2000|X)[- ]?waiver",
        statement=(
            "A separate federal waiver was needed to prescribe buprenorphine for opioid "
            "use disorder."
        ),
        jurisdiction=US,
        valid_from=dt.date(2000, 10, 17),
        valid_to=dt.date(2022, 12, 29),
        source="https://www.congress.gov/bill/117th-congress/house-bill/2617",
    ),
    RegulatoryFact(
        pattern=r"\bhydrocodone[^.]{0,80}\bschedule (?:III|3)\b",
        statement="Combination products with hydrocodone were in Schedule III.",
        jurisdiction=US,
        valid_from=None,
        valid_to=dt.date(2014, 10, 5),
        source="https://www.govinfo.gov/app/details/FR-2014-08-22/2014-19922",
    ),
    RegulatoryFact(
        pattern=r"\bFDA[^.]{0,40}\bpregnancy (?:risk )?category [ABCDX]\b",
        statement="New drug labels gave a pregnancy category by letter.",
        jurisdiction=US,
        valid_from=None,
        valid_to=dt.date(2015, 6, 29),
        source="https://www.govinfo.gov/app/details/FR-2014-12-04/2014-28241",
    ),
    RegulatoryFact(
        pattern=r"\bMedicare\b[^.]{0,80}\b(?:coverage gap|dough?nut hole|donut hole)\b",
        statement="Medicare Part D had a coverage gap.",
        jurisdiction=US,
        valid_from=dt.date(2006, 1, 1),
        valid_to=dt.date(2024, 12, 31),
        source="https://www.congress.gov/bill/117th-congress/house-bill/5376",
    ),
)
