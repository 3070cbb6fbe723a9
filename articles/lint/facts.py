"""Regulatory facts to begin with; editors add their own."""

import datetime as dt

from articles.lint.draft import RegulatoryFact

US = "the United States"

FACTS = (
    RegulatoryFact(
        phrases=(
            *("SAMHSA waiver", "DATA 2000 waiver", "DATA2000 waiver"),
            *("X waiver", "X-waivered", "DATA-waivered"),
        ),
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
        phrases=("hydrocodone … schedule III", "hydrocodone … schedule 3"),
        statement="Combination products with hydrocodone were in Schedule III.",
        jurisdiction=US,
        valid_from=None,
        valid_to=dt.date(2014, 10, 5),
        source="https://www.govinfo.gov/app/details/FR-2014-08-22/2014-19922",
    ),
    RegulatoryFact(
        phrases=(
            *(f"FDA … pregnancy category {letter}" for letter in "ABCDX"),
            *(f"FDA … pregnancy risk category {letter}" for letter in "ABCDX"),
        ),
        statement="New drug labels gave a pregnancy category by letter.",
        jurisdiction=US,
        valid_from=None,
        valid_to=dt.date(2015, 6, 29),
        source="https://www.govinfo.gov/app/details/FR-2014-12-04/2014-28241",
    ),
    RegulatoryFact(
        phrases=(
            *("Medicare … coverage gap", "Medicare … doughnut hole"),
            "Medicare … donut hole",
        ),
        statement="Medicare Part D had a coverage gap.",
        jurisdiction=US,
        valid_from=dt.date(2006, 1, 1),
        valid_to=dt.date(2024, 12, 31),
        source="https://www.congress.gov/bill/117th-congress/house-bill/5376",
    ),
)
