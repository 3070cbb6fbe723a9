"""Who can be asked: Crossref for DOIs, PubMed for PMIDs, a folder in tests."""

from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlencode

from articles.works import identifiers
from articles.works.csl import CSLItem
from articles.works.lookup import answers
from articles.works.lookup.fetching import TIMEOUT, NotLookedUp, fetch

CROSSREF = "https://api.crossref.org"
PUBMED = "https://eutils.ncbi.nlm.nih.gov"
ARCHIVE = "https://pmc.ncbi.nlm.nih.gov"
TOOL = "imprimatur"

_OFF = "Looking works up is switched off here; paste or drop the record itself."
_NEITHER = "“{}” is neither a DOI nor a PMID."

__all__ = ["Client", "Crossref", "NotLookedUp", "PubMed", "Recorded", "client"]


class Client(Protocol):
    def look_up(self, identifier: str) -> CSLItem | None:
        """
        The clean item, or None where nobody knows it.

        Raises NotLookedUp, which says why in a sentence, when there is no answer.
        """
        ...


class Crossref:
    """Asks for DOIs; `contact` is an address at which a person can be reached."""

    def __init__(
        self, contact: str, *, base: str = CROSSREF, timeout: float = TIMEOUT
    ) -> None:
        self._base = base
        self._timeout = timeout
        self._agent = agent(contact)

    def look_up(self, identifier: str) -> CSLItem | None:
        doi = identifiers.bare_doi(identifier)
        if not doi:
            raise NotLookedUp(f"“{identifier[:60]}” is no DOI.")
        address = f"{self._base}/works/{quote(doi, safe='')}"
        answer = fetch(address, agent=self._agent, timeout=self._timeout)
        return answers.from_crossref(answer) if answer else None


class PubMed:
    """Asks for PMIDs; for the PMID of a PMCID it asks the archive first."""

    def __init__(
        self,
        contact: str,
        *,
        base: str = PUBMED,
        archive: str = ARCHIVE,
        timeout: float = TIMEOUT,
    ) -> None:
        self._base = base
        self._archive = archive
        self._timeout = timeout
        self._contact = contact
        self._agent = agent(contact)

    def look_up(self, identifier: str) -> CSLItem | None:
        pmid, pmcid = identifiers.pmid(identifier), identifiers.pmcid(identifier)
        if not pmid and not pmcid:
            raise NotLookedUp(f"“{identifier[:60]}” is no PMID.")
        pmid = pmid or self._named(str(pmcid))
        if not pmid:
            return None
        wanted = {"db": "pubmed", "id": pmid, "rettype": "medline", "retmode": "text"}
        answer = self._asked(f"{self._base}/entrez/eutils/efetch.fcgi", wanted)
        return answers.from_pubmed(answer) if answer else None

    def _named(self, pmcid: str) -> str | None:
        """The PMID of an article in the archive, where it has one."""
        wanted = {"ids": pmcid, "format": "json"}
        answer = self._asked(f"{self._archive}/tools/idconv/api/v1/articles/", wanted)
        return answers.pmid_from_archive(answer) if answer else None

    def _asked(self, address: str, wanted: dict[str, str]) -> bytes | None:
        known = {"tool": TOOL, "email": self._contact}
        asked = urlencode(wanted | {name: said for name, said in known.items() if said})
        return fetch(f"{address}?{asked}", agent=self._agent, timeout=self._timeout)


class Recorded:
    """
    Answers from a folder, for tests and demonstrations.

    `doi/10.5555%2Fabc.json` is what Crossref said, `pmid/12.nbib` what PubMed said; an
    empty file stands for a host that cannot be reached.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def look_up(self, identifier: str) -> CSLItem | None:
        if doi := identifiers.doi(identifier):
            answer = self._answer(f"doi/{quote(doi, safe='')}.json")
            return answers.from_crossref(answer) if answer else None
        if pmid := identifiers.pmid(identifier):
            answer = self._answer(f"pmid/{pmid}.nbib")
            return answers.from_pubmed(answer) if answer else None
        raise NotLookedUp(_NEITHER.format(identifier[:60]))

    def _answer(self, name: str) -> bytes | None:
        path = self._folder / name
        if not path.is_file():
            return None
        answer = path.read_bytes()
        if not answer:
            raise NotLookedUp("The host of this record cannot be reached.")
        return answer


class _Everybody:
    def __init__(self, crossref: Client, pubmed: Client) -> None:
        self._crossref = crossref
        self._pubmed = pubmed

    def look_up(self, identifier: str) -> CSLItem | None:
        if identifiers.bare_doi(identifier):
            return self._crossref.look_up(identifier)
        if identifiers.pmid(identifier) or identifiers.pmcid(identifier):
            return self._pubmed.look_up(identifier)
        raise NotLookedUp(_NEITHER.format(identifier[:60]))


class _Nobody:
    def look_up(self, identifier: str) -> CSLItem | None:  # noqa: ARG002  # unasked
        raise NotLookedUp(_OFF)


def client(*, enabled: bool, contact: str = "") -> Client:
    """Whoever may be asked; with `enabled` false every question is refused."""
    return _Everybody(Crossref(contact), PubMed(contact)) if enabled else _Nobody()


def agent(contact: str) -> str:
    """Who we say we are, on one line whatever the contact is."""
    reachable = "".join(
        sign for sign in contact if sign.isprintable() and sign.isascii()
    )
    return f"{TOOL}/0.1 (mailto:{reachable})" if reachable else f"{TOOL}/0.1"
