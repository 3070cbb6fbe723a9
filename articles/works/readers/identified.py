"""Identifiers where they do not belong: in notes, addresses and vendors' fields."""

import re
from typing import NamedTuple

from articles.works import identifiers

_PMID_LABEL = re.compile(r"\bpmid:?\s*([1-9][0-9]{0,7})\b", re.IGNORECASE)
_PMCID_LABEL = re.compile(r"\b(pmc[1-9][0-9]{0,7}(?:\.[0-9]+)?)\b", re.IGNORECASE)
_PUBMED = re.compile(
    r"https?://(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/"
    r"([1-9][0-9]{0,7})(?![0-9])",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?<![0-9.])10\.[0-9]{4,9}(?:/|%2f)\S+", re.IGNORECASE)
_TRIAL = re.compile(r"\bNCT[0-9]{8}\b", re.IGNORECASE)
_ONLY = re.compile(r"(?:pmid|pmcid|doi)\s*:\s*\S+|pmc[0-9.]+", re.IGNORECASE)


class Identified(NamedTuple):
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""


def find(text: str) -> Identified:
    """The first of each kind that is labelled, or cannot be anything else."""
    return Identified(
        next(iter(dois(text)), ""),
        next(iter(pmids(text)), ""),
        next(iter(pmcids(text)), ""),
    )


def dois(text: str) -> list[str]:
    found = (identifiers.bare_doi(doi) for doi in _DOI.findall(text))
    return [doi for doi in found if doi]


def pmids(text: str) -> list[str]:
    return [*_PMID_LABEL.findall(text), *_PUBMED.findall(text)]


def pmcids(text: str) -> list[str]:
    return [number.upper() for number in _PMCID_LABEL.findall(text)]


def trials(text: str) -> list[str]:
    return [number.upper() for number in _TRIAL.findall(text)]


def says_no_more(text: str) -> bool:
    """Whether a note is nothing but one identifier with its label."""
    return bool(_ONLY.fullmatch(text.strip()))
