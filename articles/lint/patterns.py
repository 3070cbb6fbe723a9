"""
The wordings that several rules look for.

Every pattern reads folded text (lower case, plain spaces) unless it says otherwise, and
none of them can take more than linear time: no repetition without a bound inside
another.
"""

import re

NUMBER = r"\d{1,7}(?:,\d{3})?(?:[.·]\d{1,6})?"
MASS = r"(?:mcg|µg|μg|micrograms?|mg|milligrams?|kg|grams?|g)"
DOSE_UNIT = (
    rf"(?:{MASS}|ml|millilit(?:re|er)s?|iu|units?|u|mmol|meq|puffs?|drops?|tablets?)"
)
_DOSE = re.compile(
    r"(?<![\w.])\d{1,6}(?:[.,]\d{1,4})?\s?(?:mcg|µg|μg|micrograms?|mg|milligrams?|g|ml|"
    r"iu|units)(?:/kg)?\b(?!\s?(?:/|per)\s?(?:d?l|ml|l|mmol|d?litre|litre|liter|m2|m²)\b)"
)

_WORSE_OR_BETTER = (
    r"(?:higher|lower|increased|reduced|greater|decreased|raised|elevated|smaller|worse|"
    r"better|fewer|less|more)"
)
_OUTCOME = (
    r"(?:risks?|mortality|deaths?|survival|relapses?|bleeding|bleeds|infections?|"
    r"rates?|incidence|recurrence|overdoses?|strokes?|pain|dropout|admissions?|"
    r"complications?|chances?|odds|fractures?|heart attacks?|events)"
)
_EFFECT = re.compile(
    rf"\b(?:reduc|lower|increas|decreas|rais|improv|prevent|halv|doubl|worsen)"
    rf"(?:e|es|ed|s|ing)?\b[^.;]{{0,60}}?\b{_OUTCOME}\b"
    rf"|\b{_WORSE_OR_BETTER} (?:\w{{1,20}} )?{_OUTCOME}\b"
    rf"|\bassociated with (?:an? )?(?:\w{{1,20}} )?{_WORSE_OR_BETTER}\b"
    r"|\b(?:more|less|as|most|very|highly|not|equally|is|are|was|were) effective\b"
    r"|\b(?:risk|rate|hazard|odds) ratio\b|\bnumber needed to (?:treat|harm)\b"
)
_INJURY = (
    r"(?:bleeding|bleeds|ha?emorrhages?|nausea|vomiting|diarrh?oea|rash(?:es)?|seizures?|"
    r"deaths?|anaphylaxis|arrhythmias?|sedation|dizziness|delirium|confusion|dependence|"
    r"withdrawal|falls|fractures?|birth defects|hyp(?:o|er)(?:glyc|tens|kal|natr|therm|x)\w{1,8}|necrosis|"
    r"(?:respiratory|breathing) (?:depression|arrest)|(?:liver|kidney|renal|hepatic|"
    r"heart|lung) (?:injury|failure|damage)|harms?)"
)
_HARM = re.compile(
    rf"\b(?:causes?|caused|provokes?|triggers?|triggered|leads? to|led to|results? in)\b"
    rf"(?! by\b)[^.;]{{0,40}}?\b{_INJURY}\b|"
    r"\b(?:side|adverse) (?:effects|events|reactions) (?:of [\w -]{1,40} )?"
    r"(?:include|includes|included|are|were|may|can|occur|occurred)\b"
    r"|\b(?:is|are|was|were) (?:absolutely )?contraindicated\b"
    r"|\b(?:is|are|can be|may be) (?:toxic|teratogenic|fatal|life-threatening|lethal)\b"
    r"|\b(?:can|may|could) (?:kill|be deadly|stop (?:your|the) breathing)\b"
)
RECOMMENDS = re.compile(
    r"\b(?:is|are|be|been|was|were) (?:strongly |conditionally |not |generally |usually )?"
    r"(?:recommended|advised|preferred|indicated|not recommended)\b"
    r"|\b(?:recommends|we recommend|we suggest|we advise|guidelines? (?:recommend|advise|"
    r"suggest)s?)\b"
    r"|\bfirst-line\b|\b(?:drug|treatment) of choice\b"
)
_SHOULD = re.compile(
    r"\bshould (?:not |never |always |usually )?(?:be (?:given|started|offered|avoided|"
    r"treated|stopped|used|prescribed|considered|reduced|increased|admitted|referred|"
    r"discontinued|monitored|withheld)|receive|take|avoid|start|stop)\b"
)
_ORDER = (
    "administer|discontinue|dismiss|initiate|prescribe|recommend|refer|switch|titrate|"
    "withhold|treat"
)
_ADVICE = (
    "avoid|change|combine|consider|continue|coordinate|counsel|educate|give|monitor|"
    "offer|plan|provide|reduce|repeat|restart|start|stop|supply|use"
)
_OPENING = (
    r"(?:if [^,:]{1,80}[,:] )?(?:immediately |promptly |routinely )?"
    r"(?:(?:do not|never|always) )?"
)
_NOT_A_NOUN = r"(?! ?(?:of|is|are|was|were|in this|rates?|studies|disorders?)\b)"
_ORDERS = re.compile(rf"{_OPENING}(?:{_ORDER})\b{_NOT_A_NOUN}")
_ADVISES = re.compile(rf"{_OPENING}(?:{_ADVICE})\b{_NOT_A_NOUN}")
_CARE = re.compile(
    r"\b(?:therap(?:y|ies)|treatments?|dos(?:e|es|ing)|medications?|medicines?|drugs?|"
    r"antibiotics?|vaccin\w{2,6}|oxygen|fluids|surgery|insulin|steroids?|opioids?|"
    r"tablets?|injections?|screening|counsel+ing|care|overdose|"
    r"\w{2,20}(?:agonists?|inhibitors?|blockers?|steroids?|biotics?))\b"
)
_ASIDE = re.compile(
    r"(?:this|the) (?:article|page|answer|text|section|table) "
    r"|\b(?:ask|tell|talk to|talk with|call|contact|speak (?:to|with)|check with)"
    r" (?:your|a|the|an) "
    r"|\b(?:seek|get|need) (?:emergency|urgent|immediate|medical)\b"
    r"|\b(?:not known|unclear|uncertain|unknown|not been studied|no evidence)\b"
)
GRADED = re.compile(
    r"\b(?:strong|weak|conditional)(?:ly)? (?:recommend|suggest|for\b|against\b)"
    r"|\bgood[- ]practice (?:statement|point)"
    r"|\b(?:high|moderate|low|very low)[- ](?:certainty|quality|confidence)\b"
    r"|\b(?:certainty|quality)[^.;]{0,40}\b(?:high|moderate|low)\b"
    r"|\b(?:grade|class|level|category) (?:[a-d]|i{1,3}|iv|[1-5])[abc]?\b"
    r"|\bnot graded\b|\bungraded\b|⊕"
)

_INN = (
    "pril|sartan|olol|statin|azole|mycin|micin|cillin|oxacin|formin|gliptin|gliflozin|"
    "parin|xaban|gatran|tinib|ciclib|vudine|navir|buvir|tegravir|ciclovir|azepam|"
    "zolam|trexone|orphine|orphan|codone|morphone|asone|solone|nisone|tidine|prazole|"
    "setron|triptan|dipine|zosin|thiazide|semide|cycline|caine|phylline|terol|profen|"
    "barbital|oxetine|triptyline|pramine|apine|ridone|peridol|curium|dronate|glutide|"
    "gliptide|platin|rubicin|taxel|lukast|tropium|dopa|fibrate|glitazone|zumab|ximab|"
    "limumab|lizumab|cizumab|tuzumab|rituximab|cept|floxacin|cef\\w{3,9}|sulfa\\w{3,9}"
)
_DRUGS = (
    "paracetamol acetaminophen aspirin ibuprofen naproxen warfarin insulin digoxin "
    "lithium morphine naloxone methadone fentanyl codeine tramadol ketamine adrenaline "
    "epinephrine noradrenaline heparin atropine methotrexate levothyroxine thyroxine "
    "clopidogrel ticagrelor amiodarone colchicine allopurinol acyclovir remdesivir "
    "spironolactone eplerenone sertraline citalopram escitalopram venlafaxine bupropion "
    "gabapentin pregabalin valproate lamotrigine levetiracetam phenytoin carbamazepine "
    "quetiapine haloperidol lorazepam diazepam midazolam propofol baclofen hydralazine "
    "hydroxychloroquine chloroquine ivermectin isoniazid rifampicin rifampin ethambutol "
    "pyrazinamide nitrofurantoin trimethoprim tamoxifen azathioprine mercaptopurine "
    "acamprosate disulfiram lofexidine clonidine tranexamic alteplase tenecteplase "
    "semaglutide liraglutide glipizide gliclazide ondansetron metoclopramide salbutamol "
    "albuterol budesonide montelukast nicotine varenicline buprenorphine-naloxone"
)
DRUG = rf"(?:{'|'.join(_DRUGS.split())}|[a-z]{{2,16}}(?:{_INN}))"
_DRUG = re.compile(DRUG)
_NAMES_DRUG = re.compile(rf"\b{DRUG}\b")


def is_dose(folded: str) -> bool:
    return bool(_DOSE.search(folded))


def is_claim(folded: str, *, professional: bool, settles: bool = False) -> bool:
    """
    Whether a sentence states a dose, an effect, a harm or a recommendation.

    What `settles` the question for professionals is one as soon as it advises at all.
    """
    if folded.endswith(("?", ":")) or _ASIDE.search(folded):
        return False
    return (
        is_dose(folded)
        or bool(_EFFECT.search(folded))
        or bool(_HARM.search(folded))
        or is_recommendation(folded, professional=professional)
        or bool(professional and settles and _ADVISES.match(folded))
    )


def is_recommendation(folded: str, *, professional: bool) -> bool:
    """An order is a recommendation only where professionals are told what to do."""
    if professional and is_order(folded):
        return True
    return bool(RECOMMENDS.search(folded) or _SHOULD.search(folded))


def is_order(folded: str) -> bool:
    """Whether a sentence tells a professional what to do for a patient."""
    if _ORDERS.match(folded):
        return True
    named = _CARE.search(folded) or _NAMES_DRUG.search(folded)
    return bool(named and _ADVISES.match(folded))


def is_drug(word: str) -> bool:
    """Whether a word in lower case looks like the name of a medicine."""
    return bool(_DRUG.fullmatch(word))
