"""What each format calls the types of CSL-JSON."""

from articles.works.csl import TYPES

RIS = {
    "BILL": "bill",
    "BLOG": "post-weblog",
    "BOOK": "book",
    "CASE": "legal_case",
    "CHAP": "chapter",
    "COMP": "software",
    "CONF": "paper-conference",
    "DATA": "dataset",
    "DICT": "entry-dictionary",
    "ELEC": "webpage",
    "ENCYC": "entry-encyclopedia",
    "GEN": "document",
    "HEAR": "hearing",
    "ICOMM": "post",
    "JOUR": "article-journal",
    "LEGAL": "regulation",
    "MANSCPT": "manuscript",
    "MAP": "map",
    "MGZN": "article-magazine",
    "MPCT": "motion_picture",
    "NEWS": "article-newspaper",
    "PAMP": "pamphlet",
    "PAT": "patent",
    "PCOMM": "personal_communication",
    "RPRT": "report",
    "SLIDE": "speech",
    "STAND": "standard",
    "STAT": "legislation",
    "THES": "thesis",
}
RIS_ALSO = {
    "ABST": "article-journal",
    "AGGR": "dataset",
    "CPAPER": "paper-conference",
    "DBASE": "dataset",
    "EBOOK": "book",
    "ECHAP": "chapter",
    "EDBOOK": "book",
    "EJOUR": "article-journal",
    "GOVDOC": "report",
    "INPR": "article-journal",
    "JFULL": "article-journal",
    "SER": "book",
    "UNPB": "manuscript",
    "VIDEO": "motion_picture",
}
BIBTEX = {
    "article": "article-journal",
    "book": "book",
    "dataset": "dataset",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "inreference": "entry-encyclopedia",
    "jurisdiction": "legal_case",
    "legislation": "legislation",
    "online": "webpage",
    "patent": "patent",
    "phdthesis": "thesis",
    "software": "software",
    "standard": "standard",
    "techreport": "report",
    "unpublished": "manuscript",
}
BIBTEX_ALSO = {
    "booklet": "pamphlet",
    "bookinbook": "chapter",
    "collection": "book",
    "conference": "paper-conference",
    "electronic": "webpage",
    "inbook": "chapter",
    "legal": "legislation",
    "manual": "book",
    "mastersthesis": "thesis",
    "mvbook": "book",
    "proceedings": "book",
    "report": "report",
    "review": "review",
    "suppperiodical": "article-journal",
    "thesis": "thesis",
    "www": "webpage",
}
MEDLINE = {
    "Book Chapter": "chapter",
    "Dataset": "dataset",
    "Journal Article": "article-journal",
    "Monograph": "book",
    "Preprint": "article",
    "Technical Report": "report",
}
OTHER = "document"


def from_ris(code: str, of_work: str = "") -> str | None:
    """The type; `of_work` tells where the format has no word of its own."""
    if code == "GEN" and of_work in TYPES:
        return of_work
    return RIS.get(code) or RIS_ALSO.get(code)


def from_bibtex(entry: str, subtype: str = "") -> str | None:
    if subtype in TYPES:
        return subtype
    return BIBTEX.get(entry) or BIBTEX_ALSO.get(entry)


def from_medline(publication_types: list[str]) -> str | None:
    """The least common of the types that are named; CSL's own names go first."""
    own = [name for name in publication_types if name in TYPES]
    known = [MEDLINE[name] for name in publication_types if name in MEDLINE]
    special = [name for name in known if name != "article-journal"]
    return next(iter(own + special + known), None)


def _reverse(names: dict[str, str]) -> dict[str, str]:
    return {csl: name for name, csl in names.items()}


TO_RIS = _reverse(RIS)
TO_BIBTEX = _reverse(BIBTEX)
TO_MEDLINE = _reverse(MEDLINE)
