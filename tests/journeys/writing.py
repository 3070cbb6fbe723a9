"""The article that the story is about, as its author types it."""

from __future__ import annotations

import json

QUESTION = "Should adults with a first unprovoked clot stay on treatment?"
SHARPER_QUESTION = "Should adults stay on treatment after a first unprovoked clot?"
HEADLINE = "Most should, when their risk of bleeding is low"
KEY_ANSWER = (
    "Offer to stay on treatment without a planned end, and look at it again every year "
    "(strong recommendation, moderate certainty)."
    '<cite data-ref="paperman2019"></cite>'
)
BODY = """<h2>Whom to offer it</h2>
<p>People whose risk of bleeding is low gain most.<cite data-ref="paperman2019 margin2021"></cite> <strong>Ask what they want.</strong></p>
<h3>Risk of bleeding</h3>
<table>
<caption>What raises the risk of bleeding</caption>
<thead><tr><th scope="col">Finding</th><th scope="col">Points</th></tr></thead>
<tbody><tr><td>Age over 75</td><td>1</td></tr><tr><td>Bleeding before</td><td>2</td></tr></tbody>
</table>
<aside class="safety"><p>Stop and call for help when there is blood in the stool.<cite data-ref="inkwell2023"></cite></p></aside>
<h2>How to go on</h2>
<ul><li>Half the dose after six months.<cite data-ref="margin2021"></cite></li><li>A visit every year.</li></ul>"""
CARELESS = (
    '<p style="color:red" onclick="alert(1)">Print this page.</p>'
    "<script>alert(1)</script><img src=https://example.org/pixel.gif>"
)
DROPPED = [
    "In the text for clinicians: The attribute style of <p> was removed.",
    "In the text for clinicians: The attribute onclick of <p> was removed.",
    "In the text for clinicians: <script> was removed with its content.",
    "In the text for clinicians: <img> is not allowed here; its text was kept.",
]
MENDED = BODY.replace("Half the dose", "Half the dose, if the kidneys are sound,")
PATIENT_BODY = (
    "<p>You may be offered tablets for longer than six months."
    '<cite data-ref="paperman2019"></cite></p>'
    '<aside class="safety"><p>Call for help when you see blood in the stool.'
    '<cite data-ref="inkwell2023"></cite></p></aside>'
)
PASTED = json.dumps(
    [
        {
            "id": "paperman2019",
            "type": "article-journal",
            "title": "Going on or stopping after a first clot: a randomised trial",
            "author": [
                {"family": "Paperman", "given": "Olga"},
                {"family": "Carberry", "given": "Josiah"},
            ],
            "issued": {"date-parts": [[2019, 4]]},
            "container-title": "Journal of Psychoceramics",
            "volume": "7",
            "issue": "2",
            "page": "101-112",
            "DOI": "10.5555/2019.101",
            "custom": {"kind": "rct"},
        },
        {
            "id": "margin2021",
            "type": "article-journal",
            "title": "Half doses for the long run: a systematic review",
            "author": [{"family": "Margin", "given": "Lou"}],
            "issued": {"date-parts": [[2021]]},
            "container-title": "Annals of Fictional Medicine",
            "volume": "12",
            "page": "9-21",
            "DOI": "10.5555/2021.9",
            "custom": {"kind": "systematic_review"},
        },
    ],
    indent=2,
)
TYPED = {
    "Title": "Bleeding on tablets against clots: a guideline",
    "Authors": "Inkwell MB; Society of Fictional Haematology",
    "Year": "2023",
    "Journal, book or site": "Guidelines in Fiction",
    "DOI": "10.5555/2023.77",
    "Key": "inkwell2023",
}
