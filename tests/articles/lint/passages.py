"""For every rule, drafts in which it finds something and drafts in which it must not."""

import datetime as dt
from dataclasses import replace

from articles.lint import Draft
from tests.articles.lint.drafts import (
    BOTH,
    CITE,
    PERFECT,
    REVIEW,
    TODAY,
    TRIAL,
    body,
    by_machine,
    cited,
    noticed,
    patient,
    perfect,
    renditions,
    third,
    work,
)

HARD = (
    "Pharmacological interventions necessitate individualised consideration of "
    "contraindications, comorbidities and concomitant administration of additional "
    "preparations, particularly in populations characterised by multimorbidity. "
)
EASY = "You may feel tired at first. This is normal. Most people feel well in a week. "
WARNING = '<aside class="safety"><p>Hot milk burns.</p></aside>'

FIRES: dict[str, list[tuple[Draft, str]]] = {
    "QUESTION_FORM": [(perfect(question="Warm milk and sleep"), "")],
    "KEY_ANSWER_MISSING": [(perfect(key_answer="<br>"), "")],
    "QUESTION_UNANSWERED": [
        (perfect(question="Is naltrexone safe in hepatitis?"), ""),
    ],
    "SCOPE_DRIFT": [
        (
            body(
                "<p>Type 2 diabetes is common.</p><p>Type 2 diabetes lasts.</p>",
                question="Does milk harm in diabetes?",
            ),
            "diabetes",
        ),
    ],
    "AUTHOR_MISSING": [(perfect(authors=(" ",)), "")],
    "AI_DISCLOSURE_MISSING": [
        (perfect(origin=by_machine(tool="")), ""),
        (perfect(origin=by_machine(date=None)), ""),
    ],
    "AI_REFERENCE_UNKNOWN": [
        (
            cited(replace(work(), in_library=False), origin=by_machine()),
            "third",
        ),
    ],
    "SECTION_EMPTY": [
        (body("<h2>Doses</h2><h2>Harms</h2><p>None.</p>"), "Doses"),
        (perfect(bodies={"clinician": f"<p>A.{BOTH}</p><h3>Last</h3>"}), "Last"),
    ],
    "HEADING_SKIP": [(body("<h2>Doses</h2><h4>Adults</h4><p>None.</p>"), "Adults")],
    "LIST_LEAD_ORPHAN": [
        (
            body("<p>The following are kept warm:</p><p>Milk.</p>"),
            "The following are kept warm:",
        ),
    ],
    "TABLE_NO_HEADER": [
        (
            body("<table><tbody><tr><td>Milk</td><td>warm</td></tr></tbody></table>"),
            "Milk",
        ),
    ],
    "LINK_TEXT_GENERIC": [
        (body('<p>Read more <a href="https://example.org">here</a>.</p>'), "here"),
        (
            body('<p><a href="https://example.org">https://example.org</a></p>'),
            "https://example.org",
        ),
    ],
    "LINK_HTTP": [
        (body('<p><a href="http://example.org">The trial</a></p>'), "The trial")
    ],
    "CLAIM_UNCITED": [
        (
            body("<p>Sleep is old. Milk reduces the risk of waking.</p>"),
            "Milk reduces the risk of waking.",
        ),
        (body("<ul><li>Give 200 mL of milk.</li></ul>"), "Give 200 mL of milk."),
        (perfect(key_answer="Offer honey at night."), "Offer honey at night."),
        (
            body("<p>Milk is recommended in adults.</p>"),
            "Milk is recommended in adults.",
        ),
        (
            body("<p>Milk is contraindicated in allergy.</p>"),
            "Milk is contraindicated in allergy.",
        ),
        (
            perfect(key_answer="Milk is more effective than water."),
            "Milk is more effective than water.",
        ),
        (body("<p>Avoid opioids.</p>"), "Avoid opioids."),
        (
            body("<ul><li>It can cause severe bleeding.</li></ul>"),
            "It can cause severe bleeding.",
        ),
        (
            body("<ul><li>Opioids lead to respiratory depression</li></ul>"),
            "Opioids lead to respiratory depression",
        ),
    ],
    "DUP_CLAIM": [
        (
            body(
                "<p>Warm milk before bedtime helped some adults sleep through nights.</p>"
                "<p>Before bedtime, warm milk helped some adults to sleep through nights.</p>"
            ),
            "Before bedtime, warm milk helped some adults to sleep through nights.",
        ),
    ],
    "REF_MISSING": [(body('<p>Old.<cite data-ref="lost"></cite></p>'), "Old.")],
    "REF_UNCITED": [(perfect(references=(TRIAL, REVIEW, work())), "third")],
    "REF_DUP": [
        (cited(work(DOI="https://doi.org/10.5555/12345678")), "third"),
        (cited(work(key="a", DOI="", PMID="7"), work(key="b", DOI="", PMID="7")), "b"),
    ],
    "REF_SELF": [
        (third("report", publisher="Carberry Press Ltd"), "third"),
        (third("internal"), "third"),
        (third("report", author=[{"literal": "The board of Carberry Press"}]), "third"),
    ],
    "REF_TYPE_UNPROVEN": [
        (third("guideline"), "third"),
        (third("guideline", publisher="Sleep Society", DOI=""), "third"),
        (third("guideline", publisher="Carberry Press"), "third"),
    ],
    "REF_NO_ID": [(third(DOI=""), "third")],
    "REF_TERTIARY_ONLY": [
        (
            perfect(
                references=(
                    replace(TRIAL, kind="textbook"),
                    replace(REVIEW, kind="web"),
                )
            ),
            "",
        ),
    ],
    "REF_RETRACTED": [(cited(replace(work(), retracted_on=TODAY)), "third")],
    "REF_CONCERN": [(noticed(concern_in=["J Psychoceramics. 2025;1:2."]), "third")],
    "REF_SUPERSEDED": [
        (noticed(update_in=["J Psychoceramics. 2025;1:3."]), "third"),
        (noticed(republished_in=["J Psychoceramics. 2025;1:4."]), "third"),
    ],
    "REC_WORDING": [
        (
            body(f"<p>We recommend milk (conditional).{CITE}</p>"),
            "We recommend milk (conditional).",
        ),
        (
            body(f"<p>The panel suggests milk; strong recommendation.{CITE}</p>"),
            "The panel suggests milk; strong recommendation.",
        ),
    ],
    "DRUG_BRAND_ONLY": [
        (body(f"<p>Some took Valium with milk.{CITE}</p>"), "Valium"),
        (body("<p>Tylenol is sold. Paracetamol is older.</p>"), "Tylenol"),
    ],
    "REF_FUTURE": [
        (third(issued={"date-parts": [[2027]]}), "third"),
        (third(issued={"date-parts": [[2026, 5, 2]]}), "third"),
    ],
    "REF_AI": [
        (third("web", author=[{"literal": "ChatGPT"}]), "third"),
        (third("web", URL="https://chatgpt.com/share/1"), "third"),
    ],
    "REF_SINGLE_SOURCE": [
        (body(f"<p>A.{CITE} B.{CITE} C.{CITE} D.{CITE}</p>"), "trial"),
    ],
    "REF_OLD_ONLY": [
        (perfect(today=dt.date(2035, 1, 1)), ""),
        (perfect(today=dt.date(2030, 1, 1), tier="A"), ""),
    ],
    "REF_PREPRINT": [(third("preprint"), "third")],
    "DOSE_NO_UNIT": [
        (body(f"<p>Start metformin 500 twice daily.{CITE}</p>"), "500"),
        (body(f"<p>A dose of 50, then less.{CITE}</p>"), "50"),
        (body(f"<p>The usual dose is 5 to 10 daily.{CITE}</p>"), "5 to 10"),
    ],
    "DOSE_TRAILING_ZERO": [(body(f"<p>Warfarin 1.0 mg was used.{CITE}</p>"), "1.0 mg")],
    "DOSE_NAKED_DECIMAL": [(body(f"<p>Digoxin .25 mg was used.{CITE}</p>"), ".25 mg")],
    "DOSE_TENFOLD": [
        (
            body(
                f"<p>Morphine 5 mg was used.{CITE}</p><p>Morphine 50 mg was not.{CITE}</p>"
            ),
            "Morphine 50 mg",
        ),
        (
            body(f"<p>Digoxin 250 mcg or digoxin 2.5 mg was used.{CITE}</p>"),
            "digoxin 2.5 mg",
        ),
    ],
    "ABBR_DANGEROUS": [
        (body(f"<p>Insulin 10 U was used.{CITE}</p>"), "U"),
        (body(f"<p>Insulin 10 IU was used.{CITE}</p>"), "IU"),
        (body(f"<p>Digoxin 250 µg QD was used.{CITE}</p>"), "QD"),
        (body(f"<p>MSO4 was given.{CITE}</p>"), "MSO4"),
        (body(f"<p>MS 10 mg was given.{CITE}</p>"), "MS"),
        (body("<p>They drank 5 cc.</p>"), "cc"),
    ],
    "STIGMA_TERM": [
        (body("<p>Some addicts slept.</p>"), "addicts"),
        (body("<p>He committed suicide.</p>"), "committed suicide"),
        (body("<p>A history of substance abuse.</p>"), "substance abuse"),
        (perfect(headline="Milk in drug abusers"), "drug abusers"),
        (body("<p>Three dirty urines were seen.</p>"), "dirty urines"),
        (body("<p>Care in substance dependence.</p>"), "substance dependence"),
    ],
    "ABSOLUTE_TERM": [
        (body("<p>Never boil milk.</p>"), "Never"),
        (body("<p>It should always be warm.</p>"), "always"),
        (body("<p>Sleep is guaranteed.</p>"), "guaranteed"),
        (body("<p>Milk is completely safe.</p>"), "completely safe"),
        (body("<p>All patients will sleep.</p>"), "All patients will"),
    ],
    "PROMO_IN_EDITORIAL": [
        (body("<p>World-class answers, instantly.</p>"), "World-class")
    ],
    "TRUST_CLAIM_STATIC": [
        (
            body("<p>Reviewed for accuracy by our medical board.</p>"),
            "Reviewed for accuracy by our medical board",
        ),
        (
            body("<p>This article has been medically reviewed.</p>"),
            "This article has been medically reviewed",
        ),
    ],
    "RISK_UNQUANTIFIED": [
        (
            body(f"<p>Milk significantly reduces the risk of waking.{CITE}</p>"),
            "significantly reduces",
        ),
        (
            body(f"<p>A markedly higher mortality was seen.{CITE}</p>"),
            "markedly higher",
        ),
    ],
    "RISK_RELATIVE_ONLY": [
        (
            body(f"<p>The hazard ratio was 0.8 (95% CI 0.7 to 0.9).{CITE}</p>"),
            "hazard ratio",
        ),
        (body(f"<p>Waking was 30% lower with milk.{CITE}</p>"), "30% lower"),
        (body(f"<p>Milk reduced deaths by 20%.{CITE}</p>"), "reduced deaths by 20%"),
    ],
    "REC_UNGRADED": [
        (
            body(f"<p>Start treatment with milk.{CITE}</p>"),
            "Start treatment with milk.",
        ),
        (body(f"<p>Milk is recommended.{CITE}</p>"), "Milk is recommended."),
        (perfect(key_answer=f"Prescribe warm milk.{BOTH}"), "Prescribe warm milk."),
    ],
    "POP_HIGH_RISK": [
        (
            body(f"<p>Milk reduces the risk of waking in pregnancy.{CITE}</p>"),
            "pregnancy",
        ),
        (body(f"<p>Children received 200 mL.{CITE}</p>"), "Children"),
    ],
    "EMERGENCY_MISSING": [
        (body("<p>Milk.</p>", question="Does warm milk help after an overdose?"), ""),
        (patient("<p>An overdose can happen.</p>"), ""),
    ],
    "REGFACT_EXPIRED": [
        (body("<p>Doctors who obtain a SAMHSA waiver use it.</p>"), "SAMHSA waiver"),
        (body("<p>An X-waiver is needed.</p>"), "X-waiver"),
    ],
    "JURISDICTION_IMPLICIT": [(body("<p>The FDA has approved milk.</p>"), "FDA")],
    "AUDIENCE_CONFLICT": [
        (patient("<p>Give it to your patients.</p>"), "your patients"),
        (body("<p>Talk to your doctor first.</p>"), "Talk to your doctor"),
        (
            patient("<p>This is only for healthcare professionals.</p>"),
            "only for healthcare professionals",
        ),
    ],
    "READABILITY_HIGH": [
        (patient(f"<p>{HARD * 5}</p>"), ""),
        (perfect(bodies={"clinician": f"<p>{HARD * 5}{BOTH}</p>"}), ""),
    ],
    "SAFETY_BLOCK_MISSING": [(renditions(WARNING, "<p>Milk.</p>"), "")],
    "NUM_MISMATCH_RENDITION": [
        (
            renditions(f"<p>Drink 200 mL.{CITE}</p>", f"<p>Drink 300 mL.{CITE}</p>"),
            "300 mL",
        ),
        (renditions("<p>It took 3 days.</p>", "<p>It took 3 weeks.</p>"), "3 weeks"),
        (renditions("<p>7.3% woke.</p>", "<p>About 9 in 100 woke.</p>"), "9 in 100"),
        (
            renditions("<p>Wait for one day.</p>", "<p>Wait for two days.</p>"),
            "two days",
        ),
        (
            renditions(
                "<p>Every 6 hours.</p><table><tr><th>Most</th></tr>"
                "<tr><td>4 g a day</td></tr></table>",
                "<p>Every 4 hours.</p>",
            ),
            "4 hours",
        ),
    ],
    "PHI_SUSPECT": [
        (body("<p>MRN: 12345678 was seen.</p>"), "MRN: 12345678"),
        (body("<p>Her number is 123-45-6789.</p>"), "123-45-6789"),
        (body("<p>He was born on 3 May 1950.</p>"), "born on 3"),
        (body("<p>Mrs. Carberry, 67, slept.</p>"), "Mrs. Carberry, 67"),
        (
            body("<p>A man named Josiah Carberry slept.</p>"),
            "man named Josiah Carberry",
        ),
    ],
    "INVISIBLE_CHAR": [
        (body("<p>Warm mi\u200blk helps.</p>"), "mi\u200blk"),
        (perfect(question="Does warm milk \u202ehelp?"), "\u202ehelp?"),
    ],
}

QUIET: dict[str, list[Draft]] = {
    "QUESTION_FORM": [perfect(question="Does warm milk work? ")],
    "KEY_ANSWER_MISSING": [perfect(key_answer="No.")],
    "QUESTION_UNANSWERED": [
        perfect(question="Do milks help sleepers?"),
        perfect(question="How?"),
    ],
    "SCOPE_DRIFT": [
        body(
            "<p>Type 2 diabetes lasts, as type 1 diabetes does.</p>",
            question="Does milk harm in diabetes?",
        ),
        body(
            "<p>Type 2 diabetes lasts. Type 2 diabetes is common. Diabetes is old.</p>",
            question="Does milk harm in diabetes?",
        ),
        body(
            "<p>Type 2 diabetes lasts. Type 2 diabetes is common.</p>",
            question="Does milk harm in type 2 diabetes?",
        ),
    ],
    "AUTHOR_MISSING": [perfect(authors=("A",))],
    "AI_DISCLOSURE_MISSING": [perfect(origin=by_machine()), perfect()],
    "AI_REFERENCE_UNKNOWN": [
        cited(work(), origin=by_machine()),
        cited(replace(work(), in_library=False)),
    ],
    "SECTION_EMPTY": [
        body("<h2>Doses</h2><h3>Adults</h3><p>None.</p>"),
        body("<h2>Doses</h2><table><tr><th>Milk</th></tr></table>"),
    ],
    "HEADING_SKIP": [
        body("<h2>A</h2><h3>B</h3><h4>C</h4><p>D.</p><h2>E</h2><p>F.</p>"),
    ],
    "LIST_LEAD_ORPHAN": [
        body("<p>The following are kept warm:</p><ul><li>Milk.</li></ul>"),
        body("<p>He wrote:</p><blockquote><p>Milk.</p></blockquote>"),
        body("<p>At 10:30 they slept.</p>"),
    ],
    "TABLE_NO_HEADER": [
        body("<table><tr><th>Milk</th></tr><tr><td>warm</td></tr></table>"),
    ],
    "LINK_TEXT_GENERIC": [
        body('<p><a href="https://example.org">Click here to read the trial</a></p>'),
    ],
    "LINK_HTTP": [body('<p><a href="https://http.example">The trial</a></p>')],
    "CLAIM_UNCITED": [
        body(f"<p>Milk reduces the risk of waking. Sleep is old.{CITE}</p>"),
        body("<p>Milk is white. Sleep is old.</p>"),
        body("<p>Does milk reduce the risk of waking?</p>"),
        body("<p>This article does not say whether milk lowers the risk.</p>"),
        body(f"<p>The board suggests:{CITE}</p><ul><li>Give 200 mL of milk.</li></ul>"),
        body("<p>Ask your doctor whether you should take milk.</p>"),
        body("<p>Give both figures in one unit.</p>"),
        body("<p>Offer honey at night.</p>"),
        perfect(key_answer=f"Offer honey at night.{CITE}"),
        body("<p>Serum calcium was 10 mg/dL.</p>"),
        body("<p>Whether milk reduces mortality is unknown.</p>"),
        body("<ul><li>Anaemia caused by bleeding.</li><li>Nausea.</li></ul>"),
    ],
    "DUP_CLAIM": [
        body(
            "<p>Waking at night was 30 in 100 with warm milk after supper.</p>"
            "<p>Waking at night was 40 in 100 with warm milk after supper.</p>"
        ),
        body("<p>Milk is warm.</p><p>Milk is warm.</p>"),
    ],
    "REF_MISSING": [body(f"<p>Old.{CITE}</p>")],
    "REF_UNCITED": [cited(work())],
    "REF_DUP": [cited(work(key="a"), work(key="b", DOI="10.5555/other"))],
    "REF_SELF": [
        third("report", publisher="Carberry Pressings"),
        third("rct", author=[{"family": "Carberry", "given": "Press"}]),
    ],
    "REF_TYPE_UNPROVEN": [
        third("guideline", publisher="Sleep Society"),
        third("guideline", container_title="Sleep", DOI="", URL="https://example.org"),
    ],
    "REF_NO_ID": [
        third(DOI="", URL="https://example.org"),
        third(DOI="", number="NCT01234567"),
        third(DOI="", ISBN=["9780306406157"]),
    ],
    "REF_TERTIARY_ONLY": [
        perfect(references=(replace(TRIAL, kind="textbook"), REVIEW)),
        perfect(
            references=(replace(TRIAL, kind="drug_label"), replace(REVIEW, kind="web"))
        ),
    ],
    "REF_RETRACTED": [cited(work())],
    "REF_CONCERN": [
        noticed(concern_for=["J Psychoceramics. 2025;1:2."]),
        noticed(comment_in=["J Psychoceramics. 2025;1:2."]),
    ],
    "REF_SUPERSEDED": [noticed(update_of=["J Psychoceramics. 2020;1:3."])],
    "REC_WORDING": [
        body(f"<p>We recommend milk (strong recommendation).{CITE}</p>"),
        body(f"<p>We suggest milk (conditional recommendation).{CITE}</p>"),
        body(f"<p>Trials suggest that milk is safe; strong recommendation.{CITE}</p>"),
        body(f"<p>This is a conditional recommendation.{CITE}</p>"),
        body(
            "<p>The guideline recommends milk (strong recommendation), and suggests "
            f"cocoa to those who cannot take it (weak recommendation).{CITE}</p>"
        ),
    ],
    "DRUG_BRAND_ONLY": [
        body(f"<p>Some took diazepam (Valium) with milk.{CITE}</p>"),
        body(f"<p>Some took Valium (diazepam) with milk. Valium helped.{CITE}</p>"),
        body("<p>Paracetamol is sold. Tylenol is one of its brands.</p>"),
    ],
    "REF_FUTURE": [
        third(issued={"date-parts": [[2026]]}),
        third(issued={"date-parts": [[2026, 5]]}),
        third(issued={"date-parts": [[2026, 5, 1]]}),
        third(issued={}),
    ],
    "REF_AI": [
        third(title="ChatGPT in the clinic: a randomised trial"),
        third(author=[{"family": "Claude", "given": "Gemini"}]),
    ],
    "REF_SINGLE_SOURCE": [
        body(f"<p>A.{CITE} B.{CITE} C.{CITE} D.{BOTH}</p>"),
        perfect(references=(TRIAL,), bodies={"clinician": f"<p>A.{CITE}</p>"}),
    ],
    "REF_OLD_ONLY": [
        perfect(today=dt.date(2034, 12, 31)),
        perfect(today=dt.date(2029, 12, 31), tier="A"),
    ],
    "REF_PREPRINT": [third("article")],
    "DOSE_NO_UNIT": [
        body(f"<p>Start metformin 500 mg twice daily.{CITE}</p>"),
        body(f"<p>The usual dose is 5 to 10 mg daily.{CITE}</p>"),
        body(f"<p>A dose of 2 tablets.{CITE}</p>"),
        body(f"<p>Of those on metformin 28 slept.{CITE}</p>"),
        body("<p>Repeat it 3 times daily.</p>"),
    ],
    "DOSE_TRAILING_ZERO": [
        body(f"<p>Warfarin 10 mg or 1.05 mg was used.{CITE}</p>"),
        body("<p>The level was 5.0 mg/L and the ratio 2.0.</p>"),
    ],
    "DOSE_NAKED_DECIMAL": [
        body(f"<p>Digoxin 0.25 mg was used (P = .25).{CITE}</p>"),
    ],
    "DOSE_TENFOLD": [
        body(f"<p>Morphine 5 mg, then morphine 10 mg.{CITE}</p>"),
        body(f"<p>Digoxin 250 mcg is digoxin 0.25 mg.{CITE}</p>"),
        body(f"<p>Morphine 5 mg or codeine 50 mg.{CITE}</p>"),
        body(f"<p>Ketamine 1 mg/kg, at most ketamine 10 mg.{CITE}</p>"),
    ],
    "ABBR_DANGEROUS": [
        body(f"<p>Insulin 10 units was used.{CITE}</p>"),
        body("<p>The lipase was 30 U/L in MS (multiple sclerosis).</p>"),
        body("<p>Call 1-800-44U-MILK.</p>"),
        body("<p>Write to qd@example.org about the U of milk.</p>"),
    ],
    "STIGMA_TERM": [
        body("<p>Addiction is treatable, and addictive drugs are controlled.</p>"),
        body("<p>The National Institute on Drug Abuse paid.</p>"),
        body("<p>Physical dependence was seen.</p>"),
        perfect(question="Does milk help substance dependence and sleep?"),
    ],
    "ABSOLUTE_TERM": [
        body("<p>It is not always warm, and almost never hot.</p>"),
        body("<p>Some had never smoked, and never-smokers slept.</p>"),
        body("<p>There is no guarantee of sleep.</p>"),
        body("<p>It may never matter. All patients slept.</p>"),
        body("<p>Some people never wake, and it is never too late to sleep.</p>"),
    ],
    "PROMO_IN_EDITORIAL": [body("<p>The top of the world; instantly asleep.</p>")],
    "TRUST_CLAIM_STATIC": [
        body("<p>The trial was approved by the ethics committee.</p>"),
        body("<p>Peer-reviewed articles were included.</p>"),
    ],
    "RISK_UNQUANTIFIED": [
        body(f"<p>Milk significantly reduces the risk, from 30% to 20%.{CITE}</p>"),
        body(f"<p>Milk significantly reduces the risk compared with tea.{CITE}</p>"),
        body(f"<p>The rate was not significantly lower.{CITE}</p>"),
        body(f"<p>Milk reduces the risk of waking.{CITE}</p>"),
    ],
    "RISK_RELATIVE_ONLY": [
        body(
            "<p>The hazard ratio was 0.8 (95% CI 0.7 to 0.9); 20% woke with milk and 25% "
            f"without.{CITE}</p>"
        ),
        body(f"<p>Waking was 30% lower: 7 in 100 instead of 10.{CITE}</p>"),
        body(f"<p>Milk reduced deaths by 20% (number needed to treat 50).{CITE}</p>"),
        body(f"<p>30% slept.{CITE}</p>"),
    ],
    "REC_UNGRADED": [
        body(f"<p>Start treatment with milk (strong recommendation).{CITE}</p>"),
        body(f"<p>Milk is recommended.{CITE} Certainty of the evidence: low.</p>"),
        body(f"<p>Use of milk is old.{CITE}</p>"),
        patient("<p>Stop treatment if you feel sick.</p>"),
    ],
    "POP_HIGH_RISK": [
        body(f"<p>Milk reduces the risk of waking in pregnancy.{CITE}</p>", tier="A"),
        body("<p>Children like milk. Pregnancy is long.</p>"),
        body(
            f"<p>The trial did not include pregnant women, who should avoid it.{CITE}</p>"
        ),
    ],
    "EMERGENCY_MISSING": [
        patient("<p>An overdose can happen. Call an ambulance.</p>"),
        body("<p>After an overdose they slept.</p>"),
        body(
            "<p>Send them to the emergency department.</p>",
            question="Does warm milk help after an overdose?",
        ),
    ],
    "REGFACT_EXPIRED": [
        body("<p>The X waiver was abolished in 2022.</p>"),
        body("<p>An X waiver was needed. That rule ended in 2022.</p>"),
        body("<p>An X-waiver is needed.</p>", today=dt.date(2022, 12, 29)),
        body("<p>An X-waiver is needed.</p>", facts=()),
    ],
    "JURISDICTION_IMPLICIT": [
        body("<p>In the United States, the FDA has approved milk.</p>"),
        body("<p>A nice trial.</p>"),
    ],
    "AUDIENCE_CONFLICT": [
        patient("<p>Talk to your doctor first.</p>"),
        body("<p>Warn your patients. This is for healthcare professionals.</p>"),
    ],
    "READABILITY_HIGH": [
        patient(f"<p>{EASY * 10}</p>"),
        patient(f"<p>{HARD}</p>"),
        patient(f"<p>{'Take naltrexone with food. Buprenorphine is next. ' * 10}</p>"),
    ],
    "SAFETY_BLOCK_MISSING": [renditions(WARNING, WARNING), perfect()],
    "NUM_MISMATCH_RENDITION": [
        renditions("<p>It took 14 days.</p>", "<p>It took two weeks.</p>"),
        renditions("<p>7.3% woke.</p>", "<p>About 7 in 100 woke.</p>"),
        renditions(
            "<p>Drink 0.5 g or 1,000 mL.</p>", "<p>Drink 500 mg or 1 litre.</p>"
        ),
        renditions("<p>Drink 5 to 10 mL.</p>", "<p>Drink 5 mL, later 10 mL.</p>"),
        renditions("<p>Wait.</p>", "<p>Wait, says chapter 3 of 1999.</p>"),
        renditions(
            "<table><tr><th>Dose, mg</th></tr><tr><td>4 to 6</td></tr></table>",
            "<p>Drink 4 mg.</p>",
        ),
    ],
    "PHI_SUSPECT": [
        body("<p>Call 1-800-273-8255 or 116 123.</p>"),
        body("<p>A 67-year-old man slept; the NHS number is private.</p>"),
        body("<p>A man named in the trial slept. Ms. Carberry wrote it.</p>"),
    ],
    "INVISIBLE_CHAR": [
        body("<p>Warm\u00a0milk, été, ἀγάπη, हिन्दी.</p>"),
    ],
}

__all__ = ["FIRES", "PERFECT", "QUIET"]
