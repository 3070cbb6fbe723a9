"""Rules about the text as a whole: for whom, where, made how, and how hard to read."""

import re
from collections.abc import Iterator

from articles.lint.findings import Hit, Weight, in_text, on_part, quoted
from articles.lint.reading import ARTICLE, Passage, Reading
from articles.vocabulary import PROFESSIONAL, Audience

LAY_GRADE = 8
PROFESSIONAL_GRADE = 12
ENOUGH_WORDS = 60

_DANGER = r"overdos\w{1,3}|suicid\w{1,4}|anaphyla\w{1,4}|self-harm"
_IN_DANGER = re.compile(rf"\b(?:{_DANGER})\b")
_EMERGENCY = re.compile(rf"\b(?:{_DANGER}|poisoning|cardiac arrest)\b")
_HELP = re.compile(
    r"\bemergency (?:help|services?|care|department|room|number|medical|treatment)\b"
    r"|\b(?:911|999|112|000|988|111|116 123)\b|\b(?:call|dial|phone) (?:an )?ambulance\b"
    r"|\bpoisons? (?:control|cent\w{2,3}|information|help ?line)\b|\b(?:crisis|help) ?lines?\b"
    r"|\b(?:seek|get|needs?|call for|send for) (?:\w{1,12} ){0,2}"
    r"(?:help|medical attention|medical care|ambulance)\b"
    r"|\bresuscitat|\bambulance\b|\bintensive care\b"
)
_AGENCIES = {
    "the United States": (
        r"\b(?:SAMHSA|FDA|DEA|CMS|Medicare|Medicaid|HIPAA|USPSTF)\b",
        r"\b(?:United States|U\.S\.|USA?|American?s?)\b",
    ),
    "the United Kingdom": (
        r"\b(?:MHRA|NHS|NICE|DVLA)\b",
        r"\b(?:United Kingdom|UK|Britain|British|England|Scotland|Wales|English)\b",
    ),
    "Australia": (r"\b(?:TGA|PBS)\b", r"\bAustralian?s?\b"),
    "Canada": (r"\bHealth Canada\b", r"\bCanadians?\b|\b(?:in|of) Canada\b"),
    "the European Union": (r"\bEMA\b", r"\b(?:European|Europe|EU)\b"),
}
_PLACES = {
    name: (re.compile(agency), re.compile(country))
    for name, (agency, country) in _AGENCIES.items()
}
_SCOPES = [
    (
        r"(?:substance|drug) (?:dependence|use disorders?|addiction)|addiction",
        r"(?:opioid|alcohol|cocaine|cannabis) (?:use disorder|dependence|addiction)",
    ),
    (r"diabetes", r"(?:type [12]|gestational) diabetes"),
    (r"heart failure", r"heart failure with (?:reduced|preserved) ejection fraction"),
    (r"hepatitis", r"(?:hepatitis [abcde]|autoimmune hepatitis)"),
    (r"strokes?", r"(?:ischa?emic|ha?emorrhagic) strokes?"),
    (r"arthritis", r"(?:rheumatoid|psoriatic|septic) arthritis|osteoarthritis"),
    (
        r"dementia",
        r"(?:vascular|lewy body|frontotemporal) dementia|alzheimer's disease",
    ),
    (r"pneumonia", r"(?:community|hospital)-acquired pneumonia"),
    (r"headaches?", r"(?:cluster|tension-type) headaches?|migraines?"),
]
_WHOLES = [
    (re.compile(rf"\b(?:{wide})\b"), re.compile(rf"\b(?:{narrow})\b"))
    for wide, narrow in _SCOPES
]
ENOUGH_MENTIONS = 2

_FOR_PROFESSIONALS = re.compile(
    r"\b(?:intended|meant|designed|written|only) (?:only |solely |exclusively )?"
    r"(?:for|to be used by) (?:use by )?(?:qualified |licensed )?"
    r"(?:health ?-?care|medical|health) (?:professionals|providers|practitioners)\b"
)
_FOR_EVERYBODY = re.compile(
    r"\bwhich best describes you\b|\blanguage (?:that is|that's) most understandable\b"
    r"|\b(?:intended|written|meant) for (?:patients|the (?:general )?public|everyone)\b"
)
_TO_PRESCRIBERS = re.compile(
    r"\byour patients?\b|\bif you cannot (?:provide|prescribe)\b"
    r"|\bin your (?:practice|clinic|patient)\b"
)
_TO_PATIENTS = re.compile(
    r"\b(?:ask|tell|talk to|talk with|see|call|contact) your "
    r"(?:own )?(?:doctor|physician|pharmacist|nurse|gp|care team|healthcare provider)\b"
    r"|\byour (?:doctor|gp|care team) (?:will|may|can|should|might)\b"
)


def hard_to_read(reading: Reading) -> Iterator[Hit]:
    """By the kindest count, so that names of medicines alone do not block a text."""
    for body in reading.bodies:
        found = body.readability
        easiest = found.grade_without_medicines[0]
        limit = PROFESSIONAL_GRADE if body.audience in PROFESSIONAL else LAY_GRADE
        if found.words >= ENOUGH_WORDS and easiest > limit:
            low, high = found.grade
            span = f"{low:.1f}" if low == high else f"{low:.1f} to {high:.1f}"
            message = f"Reading grade {span}; {limit} is meant for this audience."
            hit = on_part(body.part, message)
            yield Hit(message, hit.place, weight=_WEIGHTS[Audience(body.audience)])


_WEIGHTS = {
    Audience.PATIENT: Weight.BLOCKS,
    Audience.CAREGIVER: Weight.BLOCKS,
    Audience.NURSE: Weight.ANSWER,
    Audience.STUDENT: Weight.ANSWER,
    Audience.CLINICIAN: Weight.INFORMATION,
}


def emergency_missing(reading: Reading) -> Iterator[Hit]:
    """Professionals are told where it is the topic, everybody else where it occurs."""
    is_topic = _EMERGENCY.search(f"{reading.question.folded} {reading.headline.folded}")
    for body in reading.bodies:
        lay = not body.is_for_professionals
        found = is_topic or (_IN_DANGER.search(body.folded) if lay else None)
        if found and body.blocks and not _HELP.search(body.folded):
            named = quoted(found[0])
            yield on_part(body.part, f"{named} is spoken of, and no way to get help.")


def machine_undisclosed(reading: Reading) -> Iterator[Hit]:
    origin = reading.draft.origin
    if origin.is_by_machine and not (origin.tool.strip() and origin.date):
        message = "A machine took part in this text; the tool or the day is not named."
        yield on_part(ARTICLE, message)


def implicit_jurisdiction(reading: Reading) -> Iterator[Hit]:
    """One for each block of a text that names an agency and nowhere its country."""
    for passage in reading.texts:
        text = "\n".join(block.text for block in passage.blocks)
        for place, (agency, country) in _PLACES.items():
            if agency.search(text) and not country.search(text):
                yield from _agencies(passage, agency, place)


def _agencies(passage: Passage, agency: re.Pattern[str], place: str) -> Iterator[Hit]:
    for block in passage.blocks:
        found = agency.search(block.text)
        if found:
            message = f"{quoted(found[0])} acts in {place}; the text does not say so."
            yield in_text(passage.part, block, *found.span(), message)


def scope_drift(reading: Reading) -> Iterator[Hit]:
    """The question asks about a whole, and the text answers about a part of it."""
    question = reading.question
    answer = "\n".join(p.folded for p in (reading.headline, *reading.main))
    for wide, narrow in _WHOLES:
        asked = wide.search(question.folded)
        parts = narrow.findall(answer)
        if (
            asked
            and not narrow.search(question.folded)
            and _drifts(wide, parts, answer)
        ):
            message = (
                f"The question asks about {asked[0]}, the text is about {parts[0]}."
            )
            yield in_text(question.part, question.blocks[0], *asked.span(), message)


def _drifts(wide: re.Pattern[str], parts: list[str], answer: str) -> bool:
    if len(parts) < ENOUGH_MENTIONS or len(set(parts)) > 1:
        return False
    return not wide.search(answer.replace(parts[0], ""))


def audience_conflict(reading: Reading) -> Iterator[Hit]:
    everybody = any(_FOR_EVERYBODY.search(body.folded) for body in reading.bodies)
    open_to_all = everybody or not PROFESSIONAL.issuperset(reading.draft.bodies)
    for body in reading.bodies:
        if open_to_all:
            yield from _each(body, _FOR_PROFESSIONALS, "{} shuts out other readers.")
        if body.is_for_professionals:
            yield from _each(body, _TO_PATIENTS, "{} speaks to a patient.")
        else:
            yield from _each(body, _TO_PRESCRIBERS, "{} speaks to a prescriber.")


def _each(passage: Passage, pattern: re.Pattern[str], message: str) -> Iterator[Hit]:
    for block in passage.blocks:
        for found in pattern.finditer(block.folded):
            told = message.format(quoted(block.text[slice(*found.span())]))
            yield in_text(passage.part, block, *found.span(), told)
