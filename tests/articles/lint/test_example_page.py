"""The page that the house began from gives these findings and no others."""

from articles.lint import lint, readability_of
from articles.lint.reading import Reading
from tests.articles.lint.example_page import BODY, DRAFT

REFER = "Refer the patient to a SAMHSA-certified opioid treatment program."
COMBINE = "Combine opioid agonist therapy with behavioral therapy and counseling."
NEVER = (
    "Never dismiss patients from the practice, as this represents patient abandonment."
)
OFFER = "Offer opioid agonist therapy to patients in whom naltrexone has not worked."
SWITCH = (
    "Switch to opioid agonist therapy with buprenorphine or methadone, as these keep "
    "people in care when an antagonist has not."
)
OFFERED_AGAIN = (
    "In patients in whom naltrexone has not worked, opioid agonist therapy is what to "
    "offer."
)
COMBINED_AGAIN = (
    "Counseling and behavioral therapy combine with opioid agonist therapy."
)

BLOCKING = [
    ("TRUST_CLAIM_STATIC", "clinician", "All articles are reviewed"),
    ("REGFACT_EXPIRED", "clinician", "SAMHSA waiver"),
    ("SECTION_EMPTY", "clinician", "Available Resources"),
    ("REF_SELF", "references", "overview"),
    ("REF_TYPE_UNPROVEN", "references", "overview"),
    ("REF_TYPE_UNPROVEN", "references", "summary"),
    ("REF_NO_ID", "references", "overview"),
    ("REF_NO_ID", "references", "summary"),
    ("REF_TERTIARY_ONLY", "references", ""),
    ("AUTHOR_MISSING", "article", ""),
    ("AI_DISCLOSURE_MISSING", "article", ""),
]
TO_ANSWER = [
    ("SCOPE_DRIFT", "question", "substance dependence"),
    ("REC_UNGRADED", "key_answer", SWITCH),
    ("REC_UNGRADED", "clinician", OFFER),
    ("POP_HIGH_RISK", "clinician", "pregnant"),
    ("RISK_UNQUANTIFIED", "clinician", "significantly increased"),
    ("POP_HIGH_RISK", "clinician", "overdose"),
    ("REC_UNGRADED", "clinician", REFER),
    ("REC_UNGRADED", "clinician", COMBINE),
    ("ABSOLUTE_TERM", "clinician", "Never"),
    ("REC_UNGRADED", "clinician", NEVER),
    ("RISK_UNQUANTIFIED", "clinician", "significantly reduces"),
    ("AUDIENCE_CONFLICT", "clinician", "intended for healthcare professionals"),
    ("PROMO_IN_EDITORIAL", "clinician", "top research"),
]
INFORMATION = [
    ("READABILITY_HIGH", "clinician", ""),
    ("JURISDICTION_IMPLICIT", "clinician", "SAMHSA"),
    ("JURISDICTION_IMPLICIT", "clinician", "SAMHSA"),
    ("DUP_CLAIM", "clinician", OFFERED_AGAIN),
    ("DUP_CLAIM", "clinician", COMBINED_AGAIN),
]


def test_the_example_page_gives_exactly_its_findings():
    found = lint(DRAFT)

    assert [
        (f.code, f.place.part, f.place.reference or f.place.excerpt) for f in found
    ] == BLOCKING + TO_ANSWER + INFORMATION


def test_the_example_page_rests_on_two_works_as_the_original_does():
    reading = Reading(DRAFT)

    assert len(reading.citations) == 17
    assert reading.uses == {"overview": 14, "summary": 8}
    assert reading.citations.count(("overview",)) == 9


def test_the_example_page_is_too_hard_for_anybody_but_its_authors():
    low, high = readability_of(BODY).grade

    assert (round(low, 1), round(high, 1)) == (15.6, 17.4)
