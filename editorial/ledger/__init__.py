"""The ledger: what happened, in whose name, and the one way in which it happens."""

from editorial.ledger.chains import (
    Deed,
    Link,
    Noted,
    Subject,
    compose,
    hold_articles,
    hold_named,
    lock_named,
    new_chain,
    record,
)
from editorial.ledger.digests import (
    columns,
    default_of,
    parts_digest,
    row_digest,
    row_name,
)
from editorial.ledger.staleness import (
    draft_moved_on,
    moved_on,
    saved_meanwhile,
    settled,
    stamp,
)
from editorial.ledger.steps import admit, attribute, drafting, permit, state_of, taking

__all__ = [
    "Deed",
    "Link",
    "Noted",
    "Subject",
    "admit",
    "attribute",
    "columns",
    "compose",
    "default_of",
    "draft_moved_on",
    "drafting",
    "hold_articles",
    "hold_named",
    "lock_named",
    "moved_on",
    "new_chain",
    "parts_digest",
    "permit",
    "record",
    "row_digest",
    "row_name",
    "saved_meanwhile",
    "settled",
    "stamp",
    "state_of",
    "taking",
]
