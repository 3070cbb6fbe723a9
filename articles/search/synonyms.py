"""
Names that mean the same: what people say and what clinicians write, brands and medicines.

A row holds names for one thing, so that whoever asks for one finds the others. What is
wider, narrower or merely near has no place in it: a search for a brand must not find
the whole class. Letters that stand for several things are left out.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from articles.lint.brands import MEDICINES
from articles.search.words import american

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Name = tuple[str, ...]

_PLURAL = re.compile(r"(?<=[a-z]{3}[^suix])s$")

_LISTED = """
abdominal pain = stomach ache = stomachache = tummy ache = belly pain
acetaminophen = paracetamol
acetylsalicylic acid = aspirin
acid reflux = gastroesophageal reflux = gastro oesophageal reflux = gerd = gord
adrenaline = epinephrine
albuterol = salbutamol
alopecia = hair loss
amphetamine = amfetamine
amyotrophic lateral sclerosis = motor neurone disease = motor neuron disease = lou gehrig
anaphylaxis = anaphylactic shock
anticoagulant = blood thinner
atrial fibrillation = afib
attention deficit hyperactivity disorder = adhd
bedwetting = enuresis = nocturnal enuresis
behaviour = behavior
bleeding = haemorrhage
blood clot in the lung = pulmonary embolism = pulmonary embolus
blood poisoning = septicaemia
blood sugar = blood glucose
body mass index = bmi
bowel cancer = colorectal cancer
brain bleed = intracranial haemorrhage
bruise = contusion
cardiac arrest = heart arrest
cerebrovascular accident = stroke
cervical smear = pap smear = pap test
chickenpox = varicella
chronic kidney disease = chronic renal disease = ckd
chronic obstructive pulmonary disease = copd
cirrhosis = liver cirrhosis
cold sore = herpes labialis
computed tomography = ct scan = cat scan
conjunctivitis = pink eye = pinkeye
continuous positive airway pressure = cpap
covid = covid 19 = coronavirus disease 2019 = sars cov 2
deep vein thrombosis = deep venous thrombosis = dvt
down syndrome = downs syndrome = trisomy 21
dysphagia = difficulty swallowing = trouble swallowing
dyspnoea = shortness of breath = breathlessness = short of breath
ear infection = otitis media
eczema = atopic dermatitis
electrocardiogram = electrocardiography = ecg = ekg
electroencephalogram = electroencephalography = eeg
emergency contraception = morning after pill
epistaxis = nosebleed = nose bleed
erectile dysfunction = impotence
estrogen = oestrogen
fainting = syncope = passing out
farsighted = hyperopia = long sighted
fatigue = tiredness
fever = pyrexia = high temperature
fibre = fiber
flu = influenza
fluid in the lungs = pulmonary oedema
folate = folic acid = vitamin b9
fracture = broken bone
gallstone = cholelithiasis
german measles = rubella
glandular fever = infectious mononucleosis = mononucleosis
gum disease = periodontitis = periodontal disease
hay fever = hayfever = allergic rhinitis
headache = cephalalgia
hearing loss = deafness
heart attack = myocardial infarction
heart failure = cardiac failure
heartburn = pyrosis
heatstroke = heat stroke
hepatitis b virus = hbv
hepatitis c virus = hcv
high blood pressure = hypertension = raised blood pressure
high blood sugar = hyperglycaemia
high cholesterol = hypercholesterolaemia
hiv = human immunodeficiency virus
hives = urticaria
hpv = human papillomavirus
ibs = irritable bowel syndrome
inflammatory bowel disease = ibd
itching = pruritus = itchy skin
jaundice = icterus
kidney failure = renal failure
kidney stone = nephrolithiasis = renal calculi
labour = labor
lazy eye = amblyopia
lidocaine = lignocaine
lockjaw = tetanus
low blood pressure = hypotension
low blood sugar = hypoglycaemia
mad cow disease = bovine spongiform encephalopathy
magnetic resonance imaging = mri
measles = rubeola
meperidine = pethidine
methicillin resistant staphylococcus aureus = mrsa
miscarriage = spontaneous abortion
multiple sclerosis = disseminated sclerosis
mumps = epidemic parotitis
nearsighted = myopia = short sighted
nsaid = non steroidal anti inflammatory drugs = nonsteroidal anti inflammatory drugs
obsessive compulsive disorder = ocd
opioid use disorder = opioid dependence = opioid addiction
oral rehydration salts = oral rehydration solution
overactive thyroid = hyperthyroidism
overdose = overdosage
pcos = polycystic ovary syndrome = polycystic ovarian syndrome
piles = haemorrhoid
pneumothorax = collapsed lung
post traumatic stress disorder = posttraumatic stress disorder = ptsd
pre eclampsia = preeclampsia
premature birth = preterm birth
rapid heartbeat = tachycardia = fast heartbeat
ringworm = tinea corporis
runny nose = rhinorrhoea
scleroderma = systemic sclerosis
seizure = convulsion
selective serotonin reuptake inhibitor = ssri
sexually transmitted infection = sexually transmitted disease = sti = std
shingles = herpes zoster = zoster
sickle cell disease = sickle cell anaemia
sleeplessness = insomnia
slow heartbeat = bradycardia
sodium glucose cotransporter 2 inhibitor = sglt2 inhibitor = gliflozins
sore throat = pharyngitis
squint = strabismus = crossed eyes
stomach flu = gastroenteritis
strep throat = streptococcal pharyngitis
sulphate = sulfate
swelling = oedema
swollen lymph nodes = lymphadenopathy = swollen glands
tennis elbow = lateral epicondylitis
throwing up = vomiting = emesis
thrush = candidiasis = yeast infection
tinnitus = ringing in the ears
tranexamic acid = txa
transient ischaemic attack = mini stroke = ministroke
tuberculosis = tb
tumour = tumor = neoplasm
type 1 diabetes = insulin dependent diabetes = juvenile diabetes
type 2 diabetes = non insulin dependent diabetes = adult onset diabetes
underactive thyroid = hypothyroidism
urinary tract infection = uti
vaccination = immunisation = immunization
varicose veins = varices of the leg
venous thromboembolism = vte
vitamin b1 = thiamine = thiamin
vitamin b12 = cobalamin
vitamin c = ascorbic acid
vitamin d = cholecalciferol = colecalciferol
vitamin k = phytomenadione = phytonadione
wart = verruca
water pill = diuretic = water tablets
whooping cough = pertussis
womb = uterus
x ray = xray = radiograph
"""


def longest(words: Sequence[str]) -> Name:
    """The longest name of the table that these words begin with; may be empty."""
    most = _longest_from().get(_key(words[:1])[0], 0)
    for length in range(min(most, len(words)), 0, -1):
        if _key(words[:length]) in _table():
            return tuple(words[:length])
    return ()


def others(name: Name) -> tuple[Name, ...]:
    """What else the thing of that name is called."""
    key = _key(name)
    return tuple(other for other in _table().get(key, ()) if _key(other) != key)


def _key(words: Sequence[str]) -> Name:
    """One for all spellings of a name, and for one of a thing or many."""
    return tuple(_PLURAL.sub("", american(word)) for word in words)


@cache
def _table() -> dict[Name, tuple[Name, ...]]:
    table: dict[Name, tuple[Name, ...]] = {}
    for row in _rows():
        for name in row:
            known = table.get(_key(name), ())
            table[_key(name)] = tuple(dict.fromkeys((*known, *row)))
    return table


@cache
def _longest_from() -> dict[str, int]:
    """By the first word of a name, how many words the longest such name has."""
    lengths: dict[str, int] = {}
    for first, *more in _table():
        lengths[first] = max(lengths.get(first, 0), 1 + len(more))
    return lengths


def _rows() -> Iterator[list[Name]]:
    for line in _LISTED.strip().splitlines():
        yield [tuple(name.split()) for name in line.split(" = ")]
    for brand, names in MEDICINES.items():
        yield [(brand,), *((name,) for name in names)]
