"""Looking a work up by its DOI or PMID, where the house allows it."""

from articles.works.lookup.clients import (
    Client,
    Crossref,
    NotLookedUp,
    PubMed,
    Recorded,
    client,
)

__all__ = ["Client", "Crossref", "NotLookedUp", "PubMed", "Recorded", "client"]
