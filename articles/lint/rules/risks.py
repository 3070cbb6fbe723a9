"""Rules about risk, recommendation and those at special risk."""

import re
from collections.abc import Iterator

from articles.lint import patterns
from articles.lint.blocks import Block, Kind
from articles.lint.findings import Hit, in_sentence, in_text, quoted
from articles.lint.reading import Passage, Reading
from articles.vocabulary import Tier

_STRONGLY = (
    r"(?:significantly|substantially|markedly|greatly|dramatically|considerably|"
    r"drastically|massively|sharply|much)"
)
_CHANGE = (
    r"(?:increas|reduc|decreas|lower|rais|improv|elevat|worsen|diminish|higher|greater|"
    r"fewer|less|more|better|worse)"
)
_UNQUANTIFIED = re.compile(
    rf"(?<!not )(?<!statistically )\b{_STRONGLY} {_CHANGE}\w{{0,4}}\b"
    rf"|\b(?:increas|reduc|decreas|lower|rais|improv)\w{{0,4}} (?:[\w'-]{{1,20}} ){{0,5}}"
    r"(?:significantly|substantially|markedly|dramatically|considerably)\b"
)
_MEASURED = re.compile(
    r"\d|\b(?:half|halv\w{1,4}|doubl\w{1,3}|tripl\w{1,3}|twice|threefold|fourfold|"
    r"twofold|tenfold|a third|a quarter|one in|two in|three in|per cent|than|"
    r"compared (?:with|to)|versus|vs|one[- ](?:half|third|quarter|fifth))\b"
)
_WHO = r"\b(?:we|panels?|guidelines?|societ(?:y|ies)) (?:[^.;]{0,120} )?"
_VERBS = {
    "strong": re.compile(rf"{_WHO}recommends?\b|\b(?:is|are) recommended\b"),
    "conditional": re.compile(rf"{_WHO}suggests?\b|\b(?:is|are) suggested\b"),
}
_STRENGTHS = {
    "strong": re.compile(r"\bstrong recommendation|\(strong\b"),
    "conditional": re.compile(
        r"\b(?:weak|conditional) recommendation|\((?:weak|conditional)\b"
    ),
}
_MISWORDED = {
    "strong": "“Recommend” stands here with a conditional strength; “suggest” says it.",
    "conditional": (
        "“Suggest” stands here with a strong recommendation; “recommend” says it."
    ),
}
_TOPIC = re.compile(
    r"\b(?:risks?|rates?|mortality|deaths?|survival|relapses?|retention|dropout|bleed|"
    r"bleeding|infections?|incidence|odds|chances?|harms?|outcomes?|overdoses?|strokes?|"
    r"symptoms?|complications?|admissions?|recurrence|pain|effective\w{0,4})\b"
)
_RELATIVE = re.compile(
    r"\b(?:relative risk|risk ratio|odds ratio|hazard ratio|rate ratio|"
    r"(?:a?or|a?hr|rr|irr) ?[=:]? ?\d\.\d)\b"
    r"|\b\d{1,3}(?:\.\d{1,2})? ?(?:%|per ?cent)(?: relative)? (?:lower|higher|fewer|less|"
    r"more|greater|reductions?|increases?|decreases?|decline|drop)\b"
    r"|\b(?:reduc|lower|decreas|increas|rais|cut|fall|fell)\w{0,4}\b [^.;%]{0,60}? "
    r"by (?:about |almost |nearly |up to )?\d{1,3}(?:\.\d{1,2})? ?(?:%|per ?cent)"
)
_ABSOLUTE = re.compile(
    r"\babsolute\b|\bnumber needed\b|\bnn[th]\b|\bpercentage points?\b"
    r"|\b(?:in|per|of|out of) (?:every )?1[,  ]?0(?:0|00|0[,  ]000|00[,  ]000)\b"
    r"|\bper (?:1|10|100)?[,  ]?000\b|\b\d+ of (?:the )?\d+\b"
    r"|%[^.;]{0,60}\b(?:against|versus|vs|compared with|compared to|and|to|or)\b"
    r"[^.;]{0,30}\d{1,3}(?:\.\d{1,2})? ?%(?! ci\b| confidence)"
    r"|\b\d+ (?:in \w{1,20} |\w{1,20} )?(?:and|against|versus|vs) \d+ (?:\w{1,20} )?"
    r"(?:deaths|cases|events|people|patients|women|men|children)\b"
)
_CI = re.compile(
    r"\b9[059] ?% ?(?:ci|confidence interval|credible interval)[^.;)]{0,40}"
)

_HIGH_RISK = {
    "pregnancy": r"\bpregnan\w{1,4}\b|\bbreast-?feed\w{0,3}\b|\blactat\w{1,4}\b",
    "children": r"\b(?:child(?!-)|children|infants?|neonates?|newborns?|toddlers?|"
    r"adolescents?|paediatric|pediatric)\b",
    "overdose": r"\boverdos\w{1,3}\b",
    "suicide": r"\bsuicid\w{1,4}\b",
    "emergency": r"\b(?:anaphyla\w{1,4}|cardiac arrest|septic shock|status epilepticus)\b",
    "cancer": r"\b(?:chemotherap\w{1,5}|cancer (?:treatment|therapy)|metastatic)\b",
}
_POPULATIONS = {name: re.compile(words) for name, words in _HIGH_RISK.items()}
_OUT_OF_SCOPE = re.compile(
    r"\b(?:does not|do not|did not|not) (?:cover|include|apply)\b|\bexclud|\bleft out\b"
)


def unquantified(reading: Reading) -> Iterator[Hit]:
    for passage, block, sentence in reading.sentences():
        found = _UNQUANTIFIED.search(sentence.folded)
        if not found or _MEASURED.search(sentence.folded):
            continue
        if _TOPIC.search(sentence.folded):
            start = sentence.start + found.start()
            end = sentence.start + found.end()
            words = quoted(block.text[start:end])
            message = f"{words} says neither how much nor compared with what."
            yield in_text(passage.part, block, start, end, message)


def relative_only(reading: Reading) -> Iterator[Hit]:
    """One for each section; the section is where an absolute figure is looked for."""
    for passage in reading.texts:
        for section in passage.sections:
            text = "\n".join(block.folded for block in section)
            if _RELATIVE.search(text) and not _ABSOLUTE.search(_CI.sub("", text)):
                yield from _first_relative(passage, section)


def _first_relative(passage: Passage, section: tuple[Block, ...]) -> Iterator[Hit]:
    for block in section:
        found = _RELATIVE.search(block.folded)
        if found:
            message = "A relative figure stands here without an absolute one."
            yield in_text(passage.part, block, *found.span(), message)
            return


def ungraded(reading: Reading) -> Iterator[Hit]:
    """The grade may stand anywhere in the section."""
    for passage in reading.main:
        for section in passage.sections:
            text = "\n".join(block.folded for block in section)
            if not patterns.GRADED.search(text):
                yield from _recommendations(passage, section)


def misworded(reading: Reading) -> Iterator[Hit]:
    """A sentence with one verb and the other's strength; with both it may be right."""
    for spot in (spot for passage in reading.main for spot in passage.prose):
        told = spot.sentence.folded
        verbs, strengths = _named(_VERBS, told), _named(_STRENGTHS, told)
        if len(verbs) == len(strengths) == 1 and not verbs & strengths:
            message = _MISWORDED[verbs.pop()]
            yield in_sentence(spot.passage.part, spot.block, spot.sentence, message)


def _named(patterns: dict[str, re.Pattern[str]], text: str) -> set[str]:
    return {name for name, pattern in patterns.items() if pattern.search(text)}


def _recommendations(passage: Passage, section: tuple[Block, ...]) -> Iterator[Hit]:
    professional = passage.is_for_professionals
    for block in section:
        if block.kind not in {Kind.PARAGRAPH, Kind.ITEM}:
            continue
        for sentence in block.sentences:
            if _is_advice(sentence.folded, professional=professional):
                message = "This is recommended without strength and certainty."
                yield in_sentence(passage.part, block, sentence, message)


def _is_advice(folded: str, *, professional: bool) -> bool:
    if folded.endswith(("?", ":")):
        return False
    if professional and patterns.is_order(folded):
        return True
    return bool(patterns.RECOMMENDS.search(folded))


def high_risk(reading: Reading) -> Iterator[Hit]:
    """One for each population that a claim is made about, where it is first made."""
    if reading.draft.tier == Tier.A:
        return
    named: set[str] = set()
    for passage, block, sentence in reading.claims:
        if _OUT_OF_SCOPE.search(sentence.folded):
            continue
        for name, pattern in _POPULATIONS.items():
            found = pattern.search(sentence.folded)
            if found and name not in named:
                named.add(name)
                start = sentence.start + found.start()
                end = sentence.start + found.end()
                message = f"A statement about {name} asks for the strictest review."
                yield in_text(passage.part, block, start, end, message, about=name)
