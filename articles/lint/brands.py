"""Brand names that readers meet, and the names of the medicines in them."""

_LISTED = """
    abilify aripiprazole · adderall amphetamine amfetamine · advil ibuprofen ·
    ambien zolpidem · ativan lorazepam · benadryl diphenhydramine · cialis tadalafil ·
    coumadin warfarin · crestor rosuvastatin · cymbalta duloxetine ·
    effexor venlafaxine · eliquis apixaban · enbrel etanercept ·
    epipen epinephrine adrenaline · farxiga dapagliflozin · glucophage metformin ·
    humira adalimumab · jardiance empagliflozin · keppra levetiracetam ·
    klonopin clonazepam · lasix furosemide · lexapro escitalopram ·
    lipitor atorvastatin · lyrica pregabalin · motrin ibuprofen ·
    mounjaro tirzepatide · narcan naloxone · neurontin gabapentin ·
    nexium esomeprazole · norvasc amlodipine · oxycontin oxycodone ·
    ozempic semaglutide · paxil paroxetine · paxlovid nirmatrelvir ·
    percocet oxycodone · plavix clopidogrel · pradaxa dabigatran ·
    prilosec omeprazole · prozac fluoxetine · risperdal risperidone ·
    ritalin methylphenidate · seroquel quetiapine · singulair montelukast ·
    sublocade buprenorphine · suboxone buprenorphine · subutex buprenorphine ·
    synthroid levothyroxine · tamiflu oseltamivir · tylenol acetaminophen paracetamol ·
    valium diazepam · ventolin salbutamol albuterol · viagra sildenafil ·
    vicodin hydrocodone · vivitrol naltrexone · wegovy semaglutide ·
    wellbutrin bupropion · xanax alprazolam · xarelto rivaroxaban · zocor simvastatin ·
    zofran ondansetron · zoloft sertraline · zyprexa olanzapine
"""
_ROWS = [row.split() for row in _LISTED.split("·")]

MEDICINES = {brand: tuple(names) for brand, *names in _ROWS}
"""By the brand in lower case: the names that say what is in it, any of which will do."""
