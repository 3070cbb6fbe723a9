"""Rules about words: what wounds, what boasts, and what says more than is known."""

import re
from collections.abc import Iterator

from articles.lint.findings import Hit, in_text, quoted
from articles.lint.reading import Passage, Reading

_STIGMA = {
    r"\baddicts?\b": "a person who is addicted, or who has a substance use disorder",
    r"\b(?:drug|substance|alcohol|opioid|opiate|cocaine|heroin|polysubstance) abusers?\b": (
        "a person with a substance use disorder"
    ),
    r"\babusers?\b(?= of (?:drugs|alcohol|opioids|substances))": (
        "a person with a substance use disorder"
    ),
    r"\b(?:substance|drug|alcohol|opioid|opiate|polysubstance) abuse\b": (
        "substance use, or substance use disorder"
    ),
    r"\b(?:substance|drug) dependence\b": "substance use disorder, where that is meant",
    r"\b(?:clean|dirty) (?:urines?|drug screens?|drug tests?)\b": (
        "a negative or positive test"
    ),
    r"\b(?:alcoholics|an alcoholic|junkies?|drunks|a drunk)\b": (
        "a person with alcohol use disorder"
    ),
    r"\bcommit(?:s|ted|ting)? suicide\b": "died by suicide",
    r"\b(?:schizophrenics|a schizophrenic|the mentally ill|an epileptic|epileptics)\b": (
        "a person with the condition"
    ),
}
_STIGMAS = [(re.compile(words), better) for words, better in _STIGMA.items()]
_STEMS = (
    "addict abuse depend clean dirty alcohol suicide junk drunk schizo mental epilept"
)
_WOUNDING = _STEMS.split()
_NAMES = re.compile(
    r"Drug Abuse|Substance Abuse|Alcohol Abuse|Drug Dependence|Substance Dependence"
)

_ABSOLUTE = re.compile(
    r"(?<!not )(?<!nearly )(?<!almost )(?<!had )(?<!have )(?<!has )(?<!who )(?<!or )"
    r"(?<!n't )(?<!may )(?<!might )"
    r"\b(?:never|always)\b(?!-| been\b| had\b| smok| married\b| too\b)"
    r"|\bguarantee(?:s|d)?\b(?! (?:issue|minor))"
    r"|\b(?:100|one hundred) ?(?:%|per ?cent|percent) "
    r"(?:safe|effective|accurate|reliable|certain|cure)\w{0,3}\b"
    r"|\b(?:completely|totally|entirely|perfectly|absolutely) (?:safe|harmless|risk-free)\b"
    r"|\b(?:has|have|carries|with) no (?:risks?|side effects|adverse effects)\b(?! (?:factor|of))"
    r"|\b(?:all|every) (?:patients?|people|persons?|child|children|adults?|women|men) "
    r"(?:must|will)\b"
)
_NOT_ABSOLUTE = re.compile(
    r"\b(?:no|not|cannot|can't|without a) (?:\w{1,12} ){0,2}guarantee"
    r"|\b(?:some|many|most|few|several|others?|half|people who|\d{1,3}%)\b[^.;:]*\Z"
)
BEFORE = 80
_PROMOTION = re.compile(
    r"\b(?:world-class|world-leading|best-in-class|cutting-edge|state-of-the-art|"
    r"revolutionary|groundbreaking|game-chang\w{1,6}|unrivall?ed|unparalleled|"
    r"miracle (?:cure|drug|treatment)s?|award-winning|industry-leading|"
    r"trusted by (?:\w{1,12} ){0,3}(?:doctors|physicians|clinicians|patients|hospitals)|"
    r"answers? (?:\w{1,12} )?instantly|instant answers?|"
    r"top (?:research|medical|doctors?|hospitals?|experts?|institutions?|universities))\b"
)
_PROMISED = re.compile(
    r"\b(?:medically|clinically|peer[- ])? ?(?:reviewed|approved|verified|checked|"
    r"fact-checked) (?:for (?:medical |clinical )?accuracy )?"
    r"by (?:our|the) (?:\w{1,12} ){0,3}(?:board|experts?|doctors|physicians|editors|panel)\b"
    r"|\b(?:this|every|each|all) (?:articles?|pages?|texts?|answers?) (?:is|are|has been|"
    r"have been|was) (?:\w{1,12} )?(?:reviewed|approved|verified|fact-checked|certified)\b"
)


def stigma(reading: Reading) -> Iterator[Hit]:
    """The question is left as readers ask it."""
    for passage in (reading.headline, *reading.texts):
        if not any(stem in passage.folded for stem in _WOUNDING):
            continue
        for pattern, better in _STIGMAS:
            for hit in _each(passage, pattern, f"{{}} wounds; say {quoted(better)}."):
                if not _NAMES.search(hit.place.excerpt):
                    yield hit


def absolute(reading: Reading) -> Iterator[Hit]:
    for passage in (reading.headline, *reading.texts):
        for block in passage.blocks:
            for found in _ABSOLUTE.finditer(block.folded):
                before = block.folded[max(0, found.start() - BEFORE) : found.end()]
                if not _NOT_ABSOLUTE.search(before):
                    message = f"{quoted(found[0])} leaves no room for an exception."
                    yield in_text(passage.part, block, *found.span(), message)


def promotion(reading: Reading) -> Iterator[Hit]:
    """One for each block."""
    message = "{} praises; it does not inform."
    for passage in (reading.headline, *reading.texts):
        yield from _each(passage, _PROMOTION, message, once=True)


def promised_review(reading: Reading) -> Iterator[Hit]:
    message = "{} claims a review. What was reviewed, the page says by itself."
    for passage in (reading.headline, *reading.texts):
        yield from _each(passage, _PROMISED, message)


def _each(
    passage: Passage, pattern: re.Pattern[str], message: str, *, once: bool = False
) -> Iterator[Hit]:
    for block in passage.blocks:
        for found in pattern.finditer(block.folded):
            told = message.format(quoted(block.text[slice(*found.span())].strip()))
            yield in_text(passage.part, block, *found.span(), told)
            if once:
                break
