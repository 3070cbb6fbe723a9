"""
What the library keeps of a reference: the fields that describe the work itself.

A work is shared by everybody who cites it and printed in public records, so notes,
marks and fields of somebody's own are left out of it.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from articles.works.csl import CSLItem
from articles.works.custom import ours

_FIELDS = """
    type title title-short shortTitle original-title author editor translator
    collection-editor container-author container-title container-title-short
    journalAbbreviation collection-title collection-number volume volume-title
    number-of-volumes issue supplement number page page-first number-of-pages section
    chapter-number part part-number version edition publisher publisher-place
    original-publisher issued original-date accessed submitted available-date
    event-title event-place event-date genre authority jurisdiction status language
    DOI PMID PMCID ISBN ISSN URL abstract keyword
"""
FIELDS = frozenset(_FIELDS.split())


class Shared(NamedTuple):
    """What is kept, and a sentence for what is not."""

    item: CSLItem
    problems: tuple[str, ...]


def shared(item: Mapping[str, Any]) -> Shared:
    """A clean item without what is one person's; the same again changes nothing."""
    given = item.get("custom")
    custom = given if isinstance(given, Mapping) else {}
    own = ours(custom)
    kept = {name: value for name, value in item.items() if name in FIELDS}
    lost = [name for name in item if name not in FIELDS | {"custom"}]
    lost += [name for name in custom if name not in own]
    told = f"The library keeps none of this: {', '.join(lost)}." if lost else ""
    return Shared(kept | ({"custom": own} if own else {}), (told,) if told else ())
