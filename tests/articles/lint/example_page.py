"""
A page as one finds them on the web, typed in as a draft.

It answers a question about naltrexone, and does most of what a careful house does not:
its guideline is its own, its law is out of date, and its praise is for itself.
"""

import datetime as dt

from articles.lint import FACTS, Draft, Provenance, Reference

TODAY = dt.date(2025, 11, 25)

ONE = '<cite data-ref="overview"></cite>'
TWO = '<cite data-ref="summary"></cite>'
BOTH = '<cite data-ref="overview summary"></cite>'

QUESTION = (
    "What are the next steps if Naltrexone (opioid receptor antagonist) is not effective "
    "for substance dependence?"
)
HEADLINE = "When Naltrexone Fails for Opioid Use Disorder"
KEY_ANSWER = (
    "Switch to opioid agonist therapy with buprenorphine or methadone, as these keep "
    f"people in care when an antagonist has not.{ONE}"
)
BODY = f"""
<p>Medical Advisory Board. All articles are reviewed for accuracy by our Medical Advisory
Board.</p>
<p>Which best describes you? Your choice helps us use language that's most understandable
for you.</p>
<h2>Understanding Naltrexone's Limited Efficacy</h2>
<p>Naltrexone blocks the receptor competitively, without intrinsic activity, so that its
therapeutic benefit in opioid use disorder depends entirely upon continued adherence and
considerable individual motivation.{ONE} Discontinuation within several weeks is
frequently observed, particularly among individuals without supervised
administration.{BOTH}</p>
<h2>Immediate Next Steps</h2>
<h3>Transition to Opioid Agonist Therapy</h3>
<ul>
<li>Offer opioid agonist therapy to patients in whom naltrexone has not worked.{ONE}</li>
<li>Buprenorphine can be prescribed by physicians who obtain a SAMHSA waiver.{ONE}</li>
<li>For pregnant patients specifically, buprenorphine (without naloxone) or methadone is
associated with better outcomes.{BOTH}</li>
</ul>
<h2>Critical Safety Consideration</h2>
<aside class="safety">
<p>Tolerance is lost under naltrexone, with a significantly increased risk of opioid
overdose and death.{ONE} This makes the transition period particularly dangerous and
requires:</p>
<ul>
<li>close follow-up in the first weeks{TWO}</li>
<li>naloxone in the home{ONE}</li>
<li>a talk with the family about lost tolerance{TWO}</li>
</ul>
</aside>
<h2>Referral and Coordination</h2>
<p>If you cannot provide opioid agonist therapy yourself:</p>
<ul>
<li>Refer the patient to a SAMHSA-certified opioid treatment program.{ONE}</li>
<li>Combine opioid agonist therapy with behavioral therapy and counseling.{BOTH}</li>
<li>Never dismiss patients from the practice, as this represents patient
abandonment.{BOTH}</li>
</ul>
<h2>Available Resources</h2>
<h2>Why Naltrexone May Have Failed</h2>
<p>Naltrexone requires complete opioid abstinence before initiation and daily adherence (or
monthly injections), both of which represent considerable obstacles for individuals with
longstanding physical dependence. As an antagonist, naltrexone provides no agonist effect
against craving, and motivation predictably declines over subsequent months.{BOTH}</p>
<p>In patients in whom naltrexone has not worked, opioid agonist therapy is what to
offer.{ONE}</p>
<h2>Behavioral Therapy Integration</h2>
<p>Counseling and behavioral therapy combine with opioid agonist therapy. Contingency
management significantly reduces early dropout from treatment, specifically among
individuals with repeated discontinuation.{ONE} Cognitive-behavioral approaches address
psychosocial precipitants of relapse and particularly emphasize anticipation of high-risk
situations.{TWO}</p>
<h2>Professional Medical Disclaimer</h2>
<p>This article is intended for healthcare professionals. Independent professional
judgement remains indispensable; practitioners verify recommendations against primary
literature before implementation.</p>
<h2>Have a follow-up question?</h2>
<p>Our Medical A.I. is used by practicing medical doctors at top research institutions
around the world. World-class answers instantly.</p>
"""

DRAFT = Draft(
    question=QUESTION,
    headline=HEADLINE,
    key_answer=KEY_ANSWER,
    audience="clinician",
    bodies={"clinician": BODY},
    references=(
        Reference(
            "overview",
            "guideline",
            {
                "type": "report",
                "title": "Guideline Directed Topic Overview",
                "author": [
                    {"literal": "Carberry Press Medical Advisory Board & Editors"}
                ],
                "issued": {"date-parts": [[2025]]},
            },
        ),
        Reference(
            "summary",
            "guideline",
            {
                "type": "report",
                "title": "Naltrexone Treatment for Opioid and Alcohol Dependence",
                "collection-title": "Practical Summaries of Clinical Guidelines",
                "issued": {"date-parts": [[2025]]},
            },
        ),
    ),
    origin=Provenance("machine_generated"),
    facts=FACTS,
    publishers=("Carberry Press",),
    today=TODAY,
)
