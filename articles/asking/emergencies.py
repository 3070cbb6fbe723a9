"""
Questions that sound as if somebody were in danger now.

A reader in danger must not read articles first. A question with a phrase of this table
gets help before anything else. Whoever only wants to read about it loses a glance, so
doubt goes to help; yet a page that cries out at every mention of a heart is not read.
"""

from __future__ import annotations

import re
from enum import StrEnum

from articles.search import words


class Emergency(StrEnum):
    SUICIDE = "suicide"
    OVERDOSE = "overdose"
    CHILD = "child"
    ANAPHYLAXIS = "anaphylaxis"
    HEART = "heart"


KINDS_OF_WORDS = {
    "person": "i we he she they someone somebody friend mother father mum mom dad wife husband partner brother sister son daughter child patient",
    "self": "myself yourself himself herself themselves themself ourselves",
    "my": "my his her their your our the",
    "child": "baby babies toddler toddlers child children kid kids son daughter infant newborn boy girl grandson granddaughter grandchild twins year-old month-old yr-old",
    "swallowed": "swallowed swallow swallows ate eaten eats drank drunk drinks ingested took taken licked chewed sucked",
    "medicine": "pill pills tablet tablets medicine medicines medication meds paracetamol acetaminophen tylenol panadol calpol aspirin ibuprofen advil insulin painkiller painkillers opioid opioids opiates heroin methadone morphine fentanyl oxycodone codeine tramadol xanax valium diazepam antidepressants sertraline digoxin metformin warfarin drugs vitamins iron gummies",
    "poison": "bleach antifreeze poison pesticide weedkiller detergent cleaner battery batteries magnet magnets paint glue perfume nicotine cigarette cigarettes vape mushroom mushrooms berries turpentine paraffin sanitizer sanitiser alcohol pod pods plant bottle packet coin",
    "airway": "throat tongue lips lip mouth face airway",
    "swells": "swelling swollen swell swells swelled closing closes closed tightening",
    "cannot": "cannot cant not wont unable hardly barely struggling trouble difficulty hard difficult",
    "breathe": "breathe breathing breath",
    "allergen": "sting stung bee wasp hornet peanut peanuts nut nuts shellfish prawn prawns shrimp allergic allergy hives penicillin",
    "pain": "pain pains ache aches aching hurts hurt hurting pressure tight tightness heavy heaviness squeezing crushing discomfort",
    "drawn": "pain pressure tightness heaviness ache aching squeezing crushing elephant",
}  # fmt: skip
PHRASES = {
    Emergency.SUICIDE: """
        suicid*
        kill {self}
        killing {self}
        end {my} life
        end my own life
        ending {my} life
        end it all
        take {my} own life
        taking {my} own life
        want to die
        wants to die
        wanted to die
        wish i was dead
        wish i were dead
        be better off dead
        better off without me
        not want to live
        dont want to live
        doesnt want to live
        dont want to be here
        dont want to be alive
        no reason to live
        nothing to live for
        tired of living
        hurt {self}
        hurting {self}
        harm {self}
        harming {self}
        cut {self}
        cutting {self}
        self harm*
        selfharm*
        hang {self}
        hanged {self}
        shoot {self}
        jump off a bridge
        jump off the bridge
        jump in front of a train
    """,
    Emergency.OVERDOSE: """
        overdos*
        over dosed
        {swallowed} too many
        {swallowed} too much … {medicine}
        too many {medicine}
        {swallowed} all … {medicine}
        {swallowed} a whole … {medicine}
        {swallowed} the whole … {medicine}
        {swallowed} a handful
        {swallowed} a bottle of … {medicine}
        {swallowed} a lot of … {medicine}
        {swallowed} double … dose
        {person} drank … bleach
        {person} {swallowed} … antifreeze
        {person} {swallowed} … weedkiller
        {person} {swallowed} … poison
        been poisoned
        poisoned {self}
        wont wake up
        will not wake up
        cannot wake {my}
        cannot wake him
        cannot wake her
        cant wake him
        cant wake her
    """,
    Emergency.CHILD: """
        {child} … {swallowed} … {medicine}
        {child} … {swallowed} … {poison}
        {child} … got into … {medicine}
        {child} … got into … {poison}
        {swallowed} … button battery
        {child} … poisoned
        {child} … poisoning
        poisoning in … {child}
        {child} … not breathing
        {child} … stopped breathing
        {child} … turned blue
        {child} … turning blue
        {child} … is choking
        {child} … unconscious
        {child} … wont wake
        {child} … will not wake
    """,
    Emergency.ANAPHYLAXIS: """
        anaphyla*
        {airway} … {swells}
        {swells} … {airway}
        {cannot} … {breathe} … {allergen}
        {allergen} … {cannot} … {breathe}
        need … epipen
        used … epipen
        use … epipen
        need … epi pen
        use … epi pen
    """,
    Emergency.HEART: """
        chest {pain}
        chest is {pain}
        chest feels {pain}
        {drawn} … my chest
        {drawn} … his chest
        {drawn} … her chest
        {drawn} … the chest
        {drawn} in chest
        having … heart attack
        having … stroke
        is it a heart attack
        {pain} … left arm
        numb … left arm
        face … drooping
        face … drooped
        speech … slurred
        slurred speech
        not breathing
        stopped breathing
        {cannot} breathe
        collapsed and
        is unconscious
        coughing up blood
        vomiting blood
    """,
}
"""A star stands for the end of a word, dots for a few words, braces for a kind of words."""

BETWEEN = 5
_APOSTROPHE = re.compile("['\u2018\u2019\u02bc`]")
_AGED = re.compile(r"\b(year|month|yr)s?[ -]old\b", re.IGNORECASE)


def sounds_like(question: str) -> list[Emergency]:
    """What a question sounds like, in the order of the table; mostly nothing."""
    aged = _AGED.sub(r"\1old", question)
    said = f" {' '.join(words.words(_APOSTROPHE.sub('', aged)))} "
    return [kind for kind, pattern in _PATTERNS.items() if pattern.search(said)]


def _pattern(phrases: str) -> re.Pattern[str]:
    lines = (line.split() for line in phrases.strip().splitlines())
    return re.compile("|".join(f" {_between(line)} " for line in lines))


def _between(line: list[str]) -> str:
    """The words of a phrase, each followed by one space."""
    joined = " ".join(_word(word) for word in line)
    return joined.replace(" … ", rf" (?:\w+ ){{0,{BETWEEN}}}")


def _word(word: str) -> str:
    if word.startswith("{"):
        listed = KINDS_OF_WORDS[word[1:-1]].replace("-", "").split()
        return f"(?:{'|'.join(listed)})"
    return word.replace("*", r"\w*")


_PATTERNS = {kind: _pattern(phrases) for kind, phrases in PHRASES.items()}
