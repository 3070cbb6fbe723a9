"""Who may be in danger gets help first; who only reads about a thing mostly does not."""

from __future__ import annotations

import pytest

from articles.asking import emergencies
from articles.asking.emergencies import Emergency, sounds_like

SUICIDE, OVERDOSE, CHILD, ANAPHYLAXIS, HEART = Emergency

HITS = {
    SUICIDE: (
        "I want to kill myself",
        "my friend says she wants to die",
        "I don't want to live anymore",
        "i dont want to be here any more",
        "I\u2019m going to end my life tonight",
        "everyone would be better off without me",
        "how to stop cutting myself",
        "SUICIDAL thoughts after starting sertraline",
        "what to do when somebody self-harms",
        "how do i kill my self",
        "i wanna die",
        "feeling sucidal",
        "I wish I was never born",
        "i just want to go to sleep and never wake up",
        "I can't go on like this",
        "what is the easiest way to die",
        "life isn't worth living",
        "nobody would miss me",
        "my husband says he'd rather be dead",
        "I do not want to be here anymore",
        "thinking of ending it all",
        "he slit his wrists",
        "how many pills does it take to die",
        "will 20 paracetamol kill me",
        "she tried to drown herself",
        "jumped or will jump off a high building",
    ),
    OVERDOSE: (
        "I took too many Tylenol what now",
        "he took a whole bottle of aspirin",
        "paracetamol overdose",
        "took all of my sleeping pills",
        "swallowed a handful of his heart medicine",
        "I took too much of my insulin",
        "my brother used heroin and won't wake up",
        "my dad drank antifreeze by mistake",
        "how many hours until an overdosed person gets sick",
        "I took 30 paracetamol",
        "swallowed 20 sleeping pills",
        "just took 50 tylenol what happens",
        "he has taken 40 tablets",
        "She's taken 16 x 500 mg paracetamol",
        "I took 30 500 mg paracetamol",
        "I swallowed twenty of my blood pressure tablets",
        "she took thirty ibuprofen an hour ago",
        "popped a dozen xanax",
        "took loads of pills",
        "my mum took a load of tablets",
        "took two packets of paracetamol",
        "he swallowed half a bottle of aspirin",
        "took the entire strip of tramadol",
        "what happens if you take 30 paracetamol",
        "can I take 20 tylenol",
        "is it bad to take 12 pills: I took all the pills",
        "took 24 co-codamol last night",
        "I took 15 zopiclone",
        "I took my insulin, 40 units instead of 4",
        "took 10mg instead of 1mg of warfarin",
        "I took a double dose of warfarin",
        "I took two doses of lithium",
        "accidentally took my dog's tablets",
        "took my wife's pills by mistake",
        "took the wrong pills this morning",
        "lethal dose of paracetamol",
        "accidentally drank bleach",
        "swallowed bleach what do i do",
        "what happens if you drink bleach",
        "my flatmate drank some drain cleaner",
        "I drank rubbing alcohol",
        "got bleach in my eye",
        "carbon monoxide alarm is going off",
        "phone number of poison control",
        "I cannot wake up my husband",
        "found my brother unconscious on the floor",
        "gave her double the dose of morphine",
    ),
    CHILD: (
        "my toddler swallowed a button battery",
        "my 2 year old ate 3 iron pills",
        "baby drank some bleach",
        "My 3-year-old swallowed my blood pressure tablets",
        "kid got into the vitamins",
        "the child has eaten berries from the garden",
        "poisoning in a child",
        "our son turned blue after a fit",
        "newborn is not breathing properly",
        "my 2yo ate berries",
        "14 mo swallowed a coin",
        "niece swallowed two magnets",
        "toddler was eating dishwasher detergent",
        "my son choked on a grape",
        "baby is having a seizure",
        "my daughter went limp after her fever",
        "the baby's lips... our baby is blue",
        "grandson got hold of my tablets",
        "our little boy nearly drowned",
    ),
    ANAPHYLAXIS: (
        "my tongue is swelling after a bee sting",
        "my throat is closing up",
        "stung by a wasp and can't breathe",
        "swollen lips after eating peanuts",
        "hives and trouble breathing after penicillin",
        "anaphylaxis what do I do",
        "when do I need to use the EpiPen",
        "I think I am having an allergic reaction",
        "severe allergic reaction what now",
        "my lips are turning blue",
        "airways closing after eating eggs",
        "my face swelled up after a sting",
    ),
    HEART: (
        "crushing chest pain and sweating",
        "my chest hurts",
        "pressure in the middle of my chest",
        "pain in my left arm and jaw",
        "am I having a heart attack",
        "his speech is slurred since this morning",
        "the left side of her face is drooping",
        "I can't breathe",
        "he collapsed and does not answer",
        "sharp pains in my chest",
        "my chest really hurts",
        "my chest has started to hurt badly",
        "pain in the left side of my chest",
        "his chest feels very tight",
        "left arm suddenly numb",
        "my left arm hurts and I sweat",
        "could this be a heart attack",
        "it is hard to breathe",
        "my mum has difficulty breathing",
        "I can't catch my breath",
        "gasping for air",
        "sudden shortness of breath",
        "worst headache of my life",
        "she is slurring her words",
        "my dad's face has dropped on one side",
        "he suddenly can't speak",
        "the bleeding won't stop",
        "I vomited some blood",
        "there is no pulse",
    ),
}
MISSES = (
    "What are the symptoms of asthma?",
    "how is a heart attack prevented",
    "risk of stroke after surgery",
    "what are the treatments for breast cancer",
    "chest x-ray for pneumonia",
    "chestnut allergy",
    "can children take iron",
    "child takes too long to eat",
    "is aspirin safe in pregnancy",
    "what is the usual dose of paracetamol",
    "how many tablets of metformin a day",
    "which medicine for children with asthma",
    "does my baby need vitamins",
    "ankles are swelling in the evening",
    "swollen glands in the neck",
    "how do I stop smoking",
    "how do I kill head lice",
    "end of life care at home",
    "do people die of shingles",
    "dead skin on the feet",
    "fracture of the left arm",
    "face cream for dry skin",
    "taking my own blood pressure at home",
    "lifestyle after a heart attack",
    "can I drink alcohol with antibiotics",
    "what are the next steps if naltrexone is not effective",
    "how many tablets can be in a pack",
    "should iron be taken 30 minutes before food",
    "can tablets be taken 12 hours apart",
    "is 500 mg of paracetamol enough",
    "I took 20 mg tablets of citalopram for a year",
    "took 12.5 mg of my medicine this morning",
    "taken for 10 to 14 days, do antibiotics help",
    "was taken 10 to 14 days after the medicine was stopped",
    "can I drink wine with my tablets",
    "I took 3 ibuprofen in two days",
    "is it safe to take two paracetamol",
    "how long does a course of 28 tablets last",
    "what is the highest dose of sertraline",
    "why are the tablets white",
    "does mouthwash help against bad breath",
    "should I eat before my pills",
    "how is a stroke treated",
    "what does a chest scan show",
    "chest infection in older people",
    "is the left arm used to measure blood pressure",
    "how is a child with asthma taught to breathe",
    "can allergies go away",
    "how do people get over the death of a parent",
    "is dying painful",
    "what to eat when I live with diabetes",
    "do you give children too much sugar",
    "what helps my child to fall asleep",
    "my daughter was born early, does she need a special diet",
    "what did the trial of 300 patients show",
    "how long do I take antidepressants",
    "do drugs cause nerve cells to die",
    "how much water does my child need",
    "why are pills swallowed whole",
    "are 30 tablets a month enough",
    "how many people die of opioids each year in my country",
    "when should I take 10 mg instead of the usual dose",
    "",
    "\u2019",
    "?",
)


@pytest.mark.parametrize(
    ("kind", "question"), [(kind, said) for kind, hits in HITS.items() for said in hits]
)
def test_who_sounds_in_danger_is_heard(kind: Emergency, question: str) -> None:
    assert kind in sounds_like(question)


@pytest.mark.parametrize("question", MISSES)
def test_who_only_asks_is_not_startled(question: str) -> None:
    assert sounds_like(question) == []


def test_the_worst_is_said_first() -> None:
    assert sounds_like("chest pain after an overdose, I wanted to die") == [
        SUICIDE,
        OVERDOSE,
        HEART,
    ]


def test_neither_case_nor_signs_hide_a_cry() -> None:
    assert sounds_like("I\nWANT -- to... kill,MYSELF!!!") == [SUICIDE]


@pytest.mark.parametrize("kind", Emergency)
def test_no_pattern_looks_further_than_a_few_words_from_where_it_begins(
    kind: Emergency,
) -> None:
    written = emergencies._pattern(emergencies.PHRASES[kind]).pattern  # noqa: SLF001

    rest = written.replace("(?:", "(")
    for bounded in (r"(\w+ ){0,5}", r"\w*", r"\d{2,}", r"\d+"):
        rest = rest.replace(bounded, "")
    assert set(rest).isdisjoint("*+?{}")
    lines = emergencies.PHRASES[kind].splitlines()
    assert max(line.count("…") for line in lines) <= 2
