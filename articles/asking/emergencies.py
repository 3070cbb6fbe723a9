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
    "child": r"baby babies toddler toddlers child children kid kids son daughter infant newborn boy girl grandson granddaughter grandchild niece nephew twins year-old month-old yr-old yo mo \d+yo",
    "swallowed": "swallowed swallow swallows ate eaten eats drank drunk drinks ingested took taken licked chewed sucked popped downed injected necked",
    "drinks": "drank drunk drink drinking swallowed swallow swallowing ingested ate eaten eating",
    "gave": "gave given give got",
    "medicine": "pill pills tablet tablets medicine medicines medication meds paracetamol acetaminophen tylenol panadol calpol aspirin ibuprofen advil insulin painkiller painkillers opioid opioids opiates heroin methadone morphine fentanyl oxycodone codeine tramadol xanax valium diazepam antidepressants sertraline digoxin metformin warfarin drugs vitamins iron gummies capsule capsules caps tabs sleepers codamol dihydrocodeine nurofen naproxen zopiclone zolpidem ambien amitriptyline citalopram escitalopram fluoxetine prozac zoloft lexapro propranolol quetiapine seroquel olanzapine lithium gabapentin pregabalin lorazepam ativan clonazepam klonopin benzos benadryl diphenhydramine antihistamines melatonin hydrocodone vicodin percocet suboxone naltrexone buprenorphine adderall ritalin cocaine ecstasy mdma ketamine blockers",
    "poison": "bleach antifreeze poison pesticide weedkiller detergent cleaner battery batteries magnet magnets paint glue perfume nicotine cigarette cigarettes vape mushroom mushrooms berries turpentine paraffin sanitizer sanitiser alcohol pod pods plant bottle packet coin marble lego toy pin needle screw beads",
    "caustic": "bleach antifreeze poison pesticide pesticides insecticide weedkiller herbicide roundup detergent cleaner unblocker descaler disinfectant dettol lysol ammonia turpentine paraffin kerosene petrol gasoline methanol thinner sanitizer sanitiser mouthwash antiseptic",
    "many": r"\d{2,} ten eleven twelve thirteen fourteen fifteen sixteen eighteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds dozen dozens loads lots tons",
    "score": r"[23456789]\d+ twenty thirty forty fifty sixty seventy eighty ninety hundred",
    "amount": r"\d+\w*",
    "lots": "load loads lot lots bunch dozens tons fistful handful handfuls packet packets pack packs box boxes strip strips bottle bottles tub jar",
    "airway": "airways throat tongue lips lip mouth face airway",
    "swells": "swelling swollen swell swells swelled closing closes closed tightening",
    "cannot": "cannot cant not wont unable hardly barely struggling trouble difficulty hard difficult",
    "breathe": "breathe breathing breath",
    "allergen": "sting stung bee bees wasp hornet ant ants egg eggs sesame latex peanut peanuts nut nuts shellfish prawn prawns shrimp allergic allergy hives penicillin",
    "pain": "pain pains ache aches aching hurts hurt hurting pressure tight tightness heavy heaviness squeezing crushing discomfort",
    "drawn": "pain pains pressure tightness heaviness ache aching squeezing crushing elephant",
}  # fmt: skip
PHRASES = {
    Emergency.SUICIDE: """
        suicid*
        sucid*
        suiside
        suicde
        unalive
        kms
        kill {self}
        killing {self}
        end {my} life
        end my own life
        ending {my} life
        ending my own life
        ending it all
        ending it tonight
        end it tonight
        end it all
        take {my} own life
        taking {my} own life
        take my life
        took {my} own life
        want to die
        wanna die
        want to be dead
        rather be dead
        rather die
        feel like dying
        ready to die
        i should die
        i could die
        if i die
        thoughts of dying
        thinking about dying
        how to die
        ways to die
        way to die
        die painlessly
        how many … {medicine} … die
        how much … {medicine} … die
        how many … {medicine} … kill
        how much … {medicine} … kill
        enough {medicine} … die
        enough {medicine} … kill
        {medicine} … kill me
        {medicine} … kill {self}
        wants to die
        wanted to die
        wish i was dead
        wish i were dead
        wish i was never born
        wish i had never been born
        wish i could disappear
        wish i wasnt here
        be better off dead
        better off without me
        happier without me
        would miss me
        not want to live
        not want to be here
        not want to be alive
        not want to exist
        not want to wake up
        dont want to exist
        dont want to wake up
        sleep and never wake
        sleep and not wake
        dont want to live
        doesnt want to live
        dont want to be here
        dont want to be alive
        no reason to live
        no point in living
        no point living
        no point going on
        cant go on
        cannot go on
        not worth living
        isnt worth living
        nothing to live for
        tired of living
        hurt {self}
        hurting {self}
        harm {self}
        harming {self}
        cut {self}
        cutting {self}
        slit {my} wrist
        slit {my} wrists
        cut my wrists
        self harm*
        selfharm*
        hang {self}
        hanged {self}
        shoot {self}
        shot {self}
        drown {self}
        drowning {self}
        jump off a … bridge
        jump off the … bridge
        jump from a … bridge
        jump off a … building
        jump off a … roof
        jump in front of a
    """,
    Emergency.OVERDOSE: """
        overdos*
        over dosed
        {swallowed} too many
        i took too much
        ive taken too much
        i have taken too much
        {swallowed} too much … {medicine}
        {swallowed} {many} … {medicine}
        {swallowed} … {lots} of … {medicine}
        {swallowed} … {amount} … instead of {amount}
        {many} {medicine} at once
        {many} {medicine} at the same time
        if … take {many} … {medicine}
        if … takes {many} … {medicine}
        take {score} … {medicine}
        taking {score} … {medicine}
        accidentally {swallowed} … {medicine}
        {swallowed} … {medicine} by accident
        {swallowed} … {medicine} by mistake
        {swallowed} the wrong … {medicine}
        too many {medicine}
        {swallowed} all … {medicine}
        {swallowed} a whole … {medicine}
        {swallowed} the whole … {medicine}
        {swallowed} an entire … {medicine}
        {swallowed} the entire … {medicine}
        {swallowed} every … {medicine}
        {swallowed} a handful
        {swallowed} a bottle of … {medicine}
        {swallowed} a lot of … {medicine}
        {swallowed} double … dose
        {swallowed} a double … dose
        {swallowed} a dozen … {medicine}
        {swallowed} a hundred … {medicine}
        {swallowed} twice … dose
        {swallowed} two doses
        {swallowed} an extra … dose
        {gave} … too much … {medicine}
        {gave} … double … dose
        {gave} … twice … dose
        {gave} … {amount} … instead of {amount}
        lethal dose
        lethal amount
        fatal dose
        poison control
        poison centre
        poison center
        poisons information
        {drinks} … {caustic}
        {drinks} rubbing alcohol
        {drinks} … battery acid
        {drinks} … nail polish remover
        inhaled … {caustic}
        {caustic} in … eye
        {caustic} in … eyes
        carbon monoxide alarm
        been poisoned
        poisoned {self}
        wont wake up
        will not wake up
        cannot wake {my}
        cannot wake up {my}
        cant wake {my}
        cant wake up {my}
        unable to wake {my}
        doesnt wake up
        does not wake up
        not waking up
        found … unconscious
        found … unresponsive
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
        {swallowed} … button batteries
        {swallowed} … magnet
        {swallowed} … magnets
        {child} … got hold of … {medicine}
        {child} … {drinks} … {caustic}
        {child} … poisoned
        {child} … poisoning
        poisoning in … {child}
        {child} … not breathing
        {child} … stopped breathing
        {child} … turned blue
        {child} … turning blue
        {child} … is choking
        {child} … choking on
        {child} … choked on
        {child} … is floppy
        {child} … gone floppy
        {child} … gone limp
        {child} … went limp
        {child} … is blue
        {child} … having … seizure
        {child} … having … fit
        {child} … having … convulsion
        {child} … nearly drowned
        {child} … going blue
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
        lips … turning blue
        severe allergic reaction
        having … allergic reaction
        need … epipen
        used … epipen
        use … epipen
        need … epi pen
        use … epi pen
    """,
    Emergency.HEART: """
        chest {pain}
        chest is … {pain}
        chest feels … {pain}
        chest really {pain}
        {my} chest … {pain}
        {drawn} in … chest
        {drawn} … my chest
        {drawn} … his chest
        {drawn} … her chest
        {drawn} … the chest
        {drawn} in chest
        having … heart attack
        having … stroke
        is it a heart attack
        is this a heart attack
        be a heart attack
        is this a stroke
        left arm {pain}
        left arm really {pain}
        left arm is … {pain}
        left arm … numb
        {pain} … left arm
        numb … left arm
        face … drooping
        face … drooped
        speech … slurred
        slurred speech
        not breathing
        stopped breathing
        {cannot} breathe
        {cannot} to breathe
        {person} … {cannot} breathing
        {cannot} … catch … breath
        struggling for breath
        gasping for … breath
        gasping for air
        sudden shortness of breath
        suddenly … short of breath
        worst headache of my life
        suddenly … weak on one side
        sudden weakness … side
        suddenly … cannot speak
        suddenly … cant speak
        suddenly … lost … vision
        slurring … words
        slurring … speech
        face has dropped
        face dropped
        face … droopy
        no pulse
        bleeding wont stop
        bleeding will not stop
        cant stop the bleeding
        cannot stop the bleeding
        collapsed and
        is unconscious
        coughing up … blood
        coughed up … blood
        vomiting blood
        vomited blood
        vomited … blood
        throwing up blood
        threw up blood
    """,
}
"""A star stands for the end of a word, dots for a few words, braces for a kind of words."""

BETWEEN = 5
_UNITS = "mgs? g grams? mcg micrograms? milligrams? ml mls iu units? percent kg lbs? times mins? minutes hours? hrs? days? weeks? months? years?"
_PLAINER = [
    (re.compile(pattern, re.IGNORECASE), instead)
    for pattern, instead in (
        ("['\u2018\u2019\u02bc`]", ""),
        (r"\b(year|month|yr)s?[ -]old\b", r"\1old"),
        (r"\b(my|your|her|him|them|our) (?=sel(?:f|ves)\b)", r"\1"),
        (r"(?<=\d)[.,]\d+", ""),
        (r"(?<=\d) ?(?:[-\u2013]|to|or) ?(?=\d)", ""),
        (rf"(?<=\d) (?=(?:{'|'.join(_UNITS.split())})\b)", ""),
    )
]
"""
What is made plainer before phrases are looked for, in this order.

A number that is left alone counts things: 30 tablets, not 500 mg, and not 10 to 14 days.
"""


def sounds_like(question: str) -> list[Emergency]:
    """What a question sounds like, in the order of the table; mostly nothing."""
    for pattern, instead in _PLAINER:
        question = pattern.sub(instead, question)
    said = f" {' '.join(words.words(question))} "
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
