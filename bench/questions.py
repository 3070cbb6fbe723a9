"""
Questions as people type them, each with the topics that answer it and what it asks of them.

Written by hand, before anybody looked at what is found for them. Weights and thresholds
were chosen by those of `TRIED`; those of `HELD_OUT` are about other illnesses and were
asked once they were chosen. `REPHRASED` are other words for what titles of articles ask.
"""

TRIED = r"""
my grandmother keeps forgetting our names and gets lost walking home, what could help her | alzheimer / ^dementia | treatment
how do they find out for sure that somebody has alzheimers | alzheimer | diagnosis
wheezing at night and tight chest when I run, what is going on | ^asthma | symptoms
is there a way to stop my kid getting asthma attacks | ^asthma | treatment
which people are more likely to have their heart beat out of rhythm | atrial fibrillation / ^arrhythmia | risk
doctor says blood is too thick with cholesterol, how can I bring it down | blood cholesterol / high cholesterol | treatment
will the stones in my kidney come back and how do I keep that from happening | kidney stones | prevention
terrible pain in my side and blood when I pee, could it be a stone | kidney stones / hematuria | symptoms
my toe is red hot and swollen overnight, why does this happen | ^gout | causes
what can I eat to avoid another gout flare | ^gout | treatment
I can't stop moving my legs in bed at night | restless legs | info
medicine for legs that twitch and crawl in the evening | restless legs | treatment
partner stops breathing while asleep and snores loudly | sleep apnea | symptoms
do I need a mask machine for sleep apnea or is there something else | sleep apnea | treatment
milk gives me gas and cramps | lactose intolerance | symptoms
bread and pasta make me ill, which test shows if it is gluten | celiac disease | diagnosis
can celiac disease be cured or only managed | celiac disease | treatment
painful blisters in a stripe on one side of my back | ^shingles | symptoms
should people over sixty get a shot so they do not get shingles | ^shingles | prevention
why do my hands and feet go numb now that I have had sugar for years | diabetic neuropathies / nervous system healthy / ^diabetes$ | causes
can high sugar make me go blind | diabetic retinopathy / eyes healthy | info
what tests tell whether I am about to become diabetic | prediabetes | diagnosis
blood sugar crashed and I was shaky and sweating, what should be done | ^hypoglycemia | treatment
feeling cold and tired and putting on weight, could my thyroid be slow | hypothyroidism / hashimoto | symptoms
thyroid works too fast, which pills or operation are there | hyperthyroidism / graves | treatment
bones getting thin after menopause, how can I keep them strong | ^osteoporosis | prevention
who gets brittle bones | ^osteoporosis | risk
knees grind and ache going up the stairs, age 62 | ^osteoarthritis | symptoms
how well do people do after getting an artificial knee | knee replacement | info
my joints are stiff in the morning for hours and both hands are swollen | rheumatoid arthritis | symptoms
scaly silver patches on elbows, is there anything to put on them | ^psoriasis | treatment
eyes feel sandy and burn by evening | dry eye | symptoms
everything in the middle of what I look at is blurred | macular degeneration | symptoms
pressure in the eye, can it be brought down without surgery | ^glaucoma | treatment
cloudy lens, when do I have to be operated | ^cataract | treatment
half my face suddenly dropped but it was not a stroke they said | bell's palsy | info
does a mini stroke mean that a real one is coming | transient ischemic attack | outlook
arm went weak and speech was slurred, what signs mean stroke | ^stroke | symptoms
what does crushing pain going down the left arm mean | ^heart attack / ^angina | symptoms
ankles swell and I am out of breath lying flat | ^heart failure | symptoms
how long do people live once their heart is failing | ^heart failure | outlook
blood clot in the calf after a long flight | deep vein thrombosis | causes
how can I avoid clots in my legs when travelling | deep vein thrombosis | prevention
can a clot get into the lung and how would that feel | pulmonary embolism | symptoms
bulging blue veins on my legs, do they have to be removed | varicose veins | treatment
I faint when I stand up, pressure is low | ^hypotension | treatment
pressure always 160 over 95, what happens if I leave it | high blood pressure | complications
not enough iron and always pale and tired | iron-deficiency anemia | symptoms
my child has sickle cells, will his brother or sister get it too | sickle cell | inherited
does bleeding that does not stop run in families | hemophilia / willebrand | inherited
coughing up green stuff for weeks after a cold | ^bronchitis | info
smoker with cough every day and short of breath on stairs | ^copd | symptoms
lung infection in an old man, does he have to go to hospital | ^pneumonia | treatment
cough that will not go with night sweats, could it be TB | tuberculosis | symptoms
salty skin and many chest infections in a baby | cystic fibrosis | symptoms
if both of us carry the CF gene what are the odds for our child | cystic fibrosis | inherited
burning every time I pee and need to go all the time | urinary tract infection | symptoms
baby girl has had three bladder infections, how is that looked into | urinary tract infections in children / child's urinary | diagnosis
leaking urine when I laugh or sneeze | urinary incontinence | info
getting up five times a night to pee, prostate is big | prostate enlargement | treatment
how is cancer of the prostate found | prostate cancer | diagnosis
lump in my breast, what other signs are there | breast cancer | symptoms
what raises the chance of bowel cancer | colorectal cancer / colon cancer | risk
mole changed its shape and bleeds | skin cancer / melanoma | symptoms
how do I keep the sun from giving me skin cancer | skin cancer / melanoma | prevention
stomach bug going round the school, how do I keep it off the rest of the family | viral gastroenteritis / norovirus | prevention
runny stools for a month, when should I worry | ^diarrhea / need to know about diarrhea / chronic diarrhea | info
piles that itch and bleed, what can be done at home | hemorrhoids | treatment
attacks of pain under the right ribs after fatty meals | gallstones | symptoms
does a hernia in the groin always need an operation | inguinal hernia | treatment
burning feeling in upper belly after eating, took a lot of ibuprofen | ^gastritis / ^indigestion / peptic ulcer | causes
loose bowels, cramps and blood for months, young woman | ulcerative colitis / crohn | symptoms
liver is scarred from drink, can it heal | cirrhosis | treatment
how do you catch hepatitis B | hepatitis b$ | causes
cured of hepatitis C, is there a medicine for that now | hepatitis c$ | treatment
my head pounds on one side and light hurts | ^migraine | symptoms
how do I stop headaches from coming | ^migraine / ^headache | prevention
shaking hand and slow walk in my father, is there anything to slow it | parkinson | treatment
nerve covering damage, vision lost in one eye and tingling | multiple sclerosis | symptoms
stabbing electric pain in the cheek when I brush my teeth | trigeminal neuralgia | info
fingers tingle at night from typing | carpal tunnel | symptoms
son cannot sit still or pay attention at school | attention deficit | info
our boy blinks and jerks and makes noises he cannot hold back | tourette | symptoms
my sister falls asleep in the middle of talking | narcolepsy | symptoms
lying awake every night till four | ^insomnia | treatment
worry all day long that never stops | anxiety disorder | info
no joy in anything and cannot get out of bed | ^depression | symptoms
what is done for someone who is too sad to live normally | ^depression | treatment
gums bleed and teeth are loose | gum \(perio / gum disease | info
mouth is always dry since I take pills | dry mouth | causes
nothing smells of anything any more | problems with smell | causes
hard of hearing at 70, would an aid help | hearing loss | treatment
room spins and I am unsteady | balance problems | symptoms
nits in my daughter's hair | head lice | treatment
itchy bottom at night in a small child, little white worms | enterobiasis / pinworm | symptoms
intense itch between the fingers, whole family has it | scabies | info
is cat litter dangerous when I am pregnant | toxoplasmosis | risk
sugar in pregnancy, will the baby be all right | gestational diabetes | info
child with a moon face and weight from steroids | cushing | symptoms
hands and jaw keep growing in an adult | acromegaly | symptoms
"""
HELD_OUT = r"""
fingers turn white and then blue when it gets cold | ^raynaud's | info
pimples all over my teenage son's face and back, what works | ^acne | info
our seven year old still wets the sheets | ^bedwetting | info
pain moved from the belly button to the lower right side | ^appendicitis | info
have not been able to go to the toilet for five days | ^constipation | info
acid comes up into my throat when I lie down | ^gerd$ | symptoms
which pills stop stomach acid from coming up | ^gerd$ | treatment
hot flushes and no period for a year | ^menopause$ | info
periods hurt so badly that I faint and we cannot conceive | ^endometriosis | info
growths in the womb that make me bleed heavily | fibroids | info
tick bit me and now there is a ring on my skin | ^lyme | symptoms
spots all over and fever, my boy was never vaccinated | ^measles / ^chickenpox | info
banged my head playing football and feel foggy | ^concussion / traumatic brain injury | info
butterfly rash on the cheeks and sore joints | ^lupus$ / systemic lupus | symptoms
hurts everywhere and doctors find nothing wrong | ^fibromyalgia | info
toddler does not speak or look at anyone | ^autism | info
sneezing and watery eyes every spring | ^hay fever / ^allergy$ | info
peanuts make my lips swell | ^food allergy | info
threw up hours after eating chicken at a barbecue | ^foodborne illness | symptoms
how long to keep leftovers so nobody gets sick | ^foodborne illness | prevention
shooting pain from the buttock down the leg | ^sciatica | info
everything spins when I turn over in bed | vertigo | info
constant whistling in my ear | ^tinnitus | info
husband snores so that the walls shake | ^snoring | info
blocked nose and aching cheeks for two weeks | ^sinusitis | symptoms
my daughter makes herself sick after meals | ^eating disorders | info
weeks of wild energy and then weeks of despair | ^bipolar disorder | info
he hears voices that are not there | ^schizophrenia | info
nightmares since coming back from the war | post-traumatic stress | info
sudden terror with racing heart in the supermarket | ^panic disorder | info
washes her hands fifty times a day | obsessive-compulsive | info
drinking too much and cannot stop, who can help | ^alcoholism | treatment
how do I give up cigarettes | ^quitting smoking / ^smoking | info
red cheeks and nose that flare up with wine | ^rosacea | info
white patches are spreading on my skin | ^vitiligo$ | info
baby's skin is dry and itchy in the elbow folds | ^atopic dermatitis / ^eczema | info
peeling itchy skin between the toes | athlete's foot / ^tinea infections | info
spine of my daughter is bent sideways | adolescent idiopathic scoliosis / ^scoliosis | info
legs of the child are bowed from lack of sunlight | ^rickets$ | causes
both parents carry thalassaemia, what about the baby | thalassemia | inherited
bat flew into the bedroom, do I need shots | ^rabies | info
dog bite and rabies, first signs | ^rabies | symptoms
stepped on a rusty nail | ^tetanus$ | info
cough with a whoop in a newborn | ^whooping cough | info
sores down there come back every month | ^genital herpes | info
irregular periods, hair on my chin and overweight | polycystic ovar | info
lost the pregnancy at ten weeks, why | ^miscarriage | info
crying all the time since the baby came | ^postpartum depression | info
terrible belly pain after drinking, enzymes high | ^pancreatitis$ | info
yellow skin and weight loss, could it be the pancreas | ^pancreatic cancer$ | symptoms
how long with cancer of the pancreas | ^pancreatic cancer$ | outlook
too many white cells in the blood, tired and bruising | leukemia | symptoms
night sweats and swollen glands in the neck | lymphoma | symptoms
what happens once my kidneys no longer work | ^kidney failure | treatment
cysts in the kidneys, will I pass them on | polycystic kidney disease | inherited
foamy urine and puffy eyes in my child | childhood nephrotic syndrome / ^proteinuria | symptoms
heart muscle is too thick, is it in the genes | cardiomyopathy | genes
sharp chest pain that eases when I lean forward | ^pericarditis | symptoms
heart skips and flutters after coffee | ^heart palpitations | causes
doctor heard a whooshing sound in my heart | ^heart murmur | info
calves cramp when I walk and stop when I rest | peripheral arter | symptoms
neck artery is clogged, do they have to operate | ^carotid artery disease | treatment
fever for a week, red eyes and strawberry tongue in a toddler | ^kawasaki | symptoms
jerky movements and my mother had it too, can I be tested | huntington | diagnosis
which drugs stop fits | ^epilepsy$ | treatment
baby did not get enough oxygen at birth and is stiff | ^cerebral palsy$ | causes
muscles waste away and he cannot swallow any more | ^amyotrophic lateral sclerosis$ | symptoms
eyelids droop and I see double by evening | ^myasthenia gravis$ | info
legs went weak and then arms a few days after a stomach bug | guillain-barr | symptoms
exhausted for years and sleep does not help | chronic fatigue | symptoms
lower back went out lifting a box | ^back pain | treatment
hands shake when I hold a cup, not at rest | essential tremor / ^tremor$ | symptoms
water on the brain in a newborn, does a shunt help | ^hydrocephalus$ | treatment
food gets stuck on the way down | ^swallowing disorders | info
little pouches in the bowel that got infected | diverticul | treatment
bloated and passing wind all day | gas in the digestive / about gas | symptoms
cannot hold my stool on the way to the toilet | ^fecal incontinence | info
travelling to a country with bad water, hepatitis shot | hepatitis a$ | prevention
cannot get it up any more, what can be done | erectile dysfunction | treatment
bladder will not empty | ^urinary retention | symptoms
too much iron in the blood, do they really bleed you | ^hemochromatosis$ | treatment
lumps in the lungs and red bumps on the shins | ^sarcoidosis$ | symptoms
"""

REPHRASED = {
    "symptoms": (
        "how would I notice that I have {}",
        "{}: what does it feel like and what should I look out for",
        "my sister may have {}, what would give it away",
    ),
    "treatment": (
        "what can doctors do for somebody with {}",
        "my brother has {}, is there a cure or a medicine for it",
        "we were told it is {}, what now, can it be got rid of",
    ),
    "genes": ("which gene is behind {}", "is there a mutation that leads to {}"),
    "inherited": (
        "does {} run in families",
        "I have {}, will my children get it from me",
    ),
    "frequency": ("is {} rare", "how often does {} happen"),
    "diagnosis": ("which test shows {}", "how can a doctor be sure that it is {}"),
    "outlook": (
        "how long do people live with {}",
        "will my mother get better if she has {}",
    ),
    "risk": ("what makes somebody likely to get {}", "which people get {}"),
    "prevention": (
        "what can I do so that I do not get {}",
        "how can I keep from getting {}",
    ),
    "causes": ("why do people get {}", "where does {} come from"),
    "info": (
        "my doctor said {} and did not explain it",
        "can you explain {} in plain words",
    ),
}
"""By what an article is about its topic, its title in the words of somebody else."""
