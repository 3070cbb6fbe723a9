"""Rules about the works that are cited."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from articles.lint.draft import Reference
from articles.lint.findings import Hit, Weight, on_part, on_reference, quoted
from articles.lint.reading import REFERENCES, Reading
from articles.vocabulary import RefType, Tier
from articles.works import custom, dates, identity

OLD = 10
OLD_IN_TIER_A = 5
SHARE = 0.6
ENOUGH_MARKERS = 5

_IDENTIFIERS = ("DOI", "PMID", "PMCID", "ISBN", "URL")
_NUMBERED = re.compile(r"\b(?:NCT\d{8}|NBK\d{3,8}|ISRCTN\d{8})\b")
_SUMMARIES = frozenset(
    {
        RefType.NARRATIVE_REVIEW,
        RefType.TEXTBOOK,
        RefType.PATIENT_MATERIAL,
        RefType.WEB,
        RefType.INTERNAL,
    }
)
_MACHINES = re.compile(
    r"\b(?:chatgpt|gpt-?[345]\w{0,3}|openai|open ai|google gemini|gemini ai|google bard|"
    r"microsoft copilot|bing chat|claude ai|anthropic|perplexity(?: ai)?|deepseek|"
    r"a\.?i\.? (?:answer|assistant|chatbot)|large language model|"
    r"artificial intelligence assistant)(?!\w)"
)
_NEWER = ("update_in", "corrected_and_republished_in", "republished_in")
_SITES = (
    "chat.openai.com chatgpt.com gemini.google.com bard.google.com claude.ai "
    "perplexity.ai www.perplexity.ai copilot.microsoft.com chat.deepseek.com"
)
_MACHINE_SITES = frozenset(_SITES.split())


def self_citation(reading: Reading) -> Iterator[Hit]:
    for ref in reading.draft.references:
        if _is_own(ref, reading.draft.publishers):
            yield on_reference(ref.key, f"{_title(ref)} is published by this house.")


def unproven_guideline(reading: Reading) -> Iterator[Hit]:
    for ref in reading.draft.references:
        if ref.kind == RefType.GUIDELINE and not _is_proven(ref, reading):
            yield on_reference(
                ref.key,
                f"{_title(ref)} is called a guideline, but no issuing body other than "
                "this house, with an identifier or address, shows it.",
            )


def no_identifier(reading: Reading) -> Iterator[Hit]:
    for ref in reading.draft.references:
        if not _is_identified(ref):
            yield on_reference(
                ref.key, f"{_title(ref)} has no identifier and no address."
            )


def summaries_only(reading: Reading) -> Iterator[Hit]:
    """A guideline that is not proven counts for nothing here."""
    cited = reading.cited or reading.draft.references
    if cited and not any(_is_evidence(ref, reading) for ref in cited):
        message = (
            "Every reference is a summary or published by this house: none is a guideline of "
            "an issuing body, a systematic review or a study."
        )
        yield on_part(REFERENCES, message)


def retracted(reading: Reading) -> Iterator[Hit]:
    for ref in reading.draft.references:
        if ref.retracted_on:
            day = f"{ref.retracted_on:%-d %B %Y}"
            yield on_reference(ref.key, f"{_title(ref)} was retracted on {day}.")


def of_concern(reading: Reading) -> Iterator[Hit]:
    for ref in reading.draft.references:
        if notice := _told(ref, "concern_in"):
            message = f"Of {_title(ref)} a concern was published: {notice}."
            yield on_reference(ref.key, message)


def superseded(reading: Reading) -> Iterator[Hit]:
    """It blocks where nothing else is cited."""
    weight = Weight.BLOCKS if len(reading.cited) == 1 else None
    for ref in reading.draft.references:
        if notice := _told(ref, *_NEWER):
            message = f"{_title(ref)} was replaced by a later one: {notice}."
            yield replace(on_reference(ref.key, message), weight=weight)


def preprint(reading: Reading) -> Iterator[Hit]:
    for ref in reading.draft.references:
        if ref.kind == RefType.PREPRINT:
            yield on_reference(ref.key, f"{_title(ref)} has not been peer reviewed.")


def uncited(reading: Reading) -> Iterator[Hit]:
    for ref in reading.draft.references:
        if ref.key not in reading.uses:
            yield on_reference(ref.key, f"{_title(ref)} is cited nowhere in the text.")


def duplicate(reading: Reading) -> Iterator[Hit]:
    first: dict[str, Reference] = {}
    for ref in reading.draft.references:
        same = first.setdefault(identity.fingerprint(ref.csl), ref)
        if same is not ref:
            yield on_reference(
                ref.key,
                f"{_title(ref)} stands in the list twice, as {same.key} and {ref.key}.",
                about=same.key,
            )


def from_the_future(reading: Reading) -> Iterator[Hit]:
    for ref in reading.draft.references:
        if _issued_after(ref, reading.draft.today):
            yield on_reference(ref.key, f"{_title(ref)} is dated in the future.")


def by_a_machine(reading: Reading) -> Iterator[Hit]:
    for ref in reading.draft.references:
        host = urlsplit(str(ref.csl.get("URL", ""))).netloc.lower()
        sources = " · ".join(_bodies(ref)).casefold()
        if host in _MACHINE_SITES or _MACHINES.search(sources):
            yield on_reference(
                ref.key, f"{_title(ref)} is the answer of a machine, not a source."
            )


def single_source(reading: Reading) -> Iterator[Hit]:
    """One work that stands alone behind most of the places where anything is cited."""
    markers = reading.citations
    alone = Counter(keys[0] for keys in markers if len(set(keys)) == 1)
    for key, times in alone.most_common(1):
        if len(markers) >= ENOUGH_MARKERS and times > SHARE * len(markers):
            yield on_reference(
                key,
                f"{times} of {len(markers)} citations rest on {_named(key, reading)} "
                "alone.",
            )


def old_only(reading: Reading) -> Iterator[Hit]:
    years = [year for ref in reading.cited if (year := dates.year(ref.csl))]
    limit = OLD_IN_TIER_A if reading.draft.tier == Tier.A else OLD
    if years and max(years) < reading.draft.today.year - limit:
        message = (
            f"The newest reference is of {max(years)}, more than {limit} years ago."
        )
        yield on_part(REFERENCES, message)


def unknown_to_the_library(reading: Reading) -> Iterator[Hit]:
    if not reading.draft.origin.is_by_machine:
        return
    for ref in reading.cited:
        if not ref.in_library:
            yield on_reference(
                ref.key,
                f"{_title(ref)} is cited in a text made with a machine, and nobody has "
                "put it on record.",
            )


def _is_own(ref: Reference, publishers: Iterable[str]) -> bool:
    if ref.kind == RefType.INTERNAL:
        return True
    names = [rf"\b{re.escape(name.casefold())}(?!\w)" for name in publishers if name]
    bodies = [body.casefold() for body in _bodies(ref)]
    return any(re.search(name, body) for name in names for body in bodies)


def _is_proven(ref: Reference, reading: Reading) -> bool:
    own = _is_own(ref, reading.draft.publishers)
    return bool(_bodies(ref)) and not own and _is_identified(ref)


def _is_identified(ref: Reference) -> bool:
    if any(ref.csl.get(name) for name in _IDENTIFIERS):
        return True
    return bool(
        _NUMBERED.search(f"{ref.csl.get('number', '')} {ref.csl.get('note', '')}")
    )


def _is_evidence(ref: Reference, reading: Reading) -> bool:
    if ref.kind == RefType.GUIDELINE:
        return _is_proven(ref, reading)
    return ref.kind not in _SUMMARIES and not _is_own(ref, reading.draft.publishers)


def _bodies(ref: Reference) -> list[str]:
    """Everybody but persons who could have issued it."""
    people = [*ref.csl.get("author", []), *ref.csl.get("editor", [])]
    named = [str(person.get("literal", "")) for person in people]
    named += [str(ref.csl.get(name, "")) for name in _ISSUERS]
    return [name for name in named if name]


_ISSUERS = ("publisher", "container-title", "collection-title", "authority")


def _issued_after(ref: Reference, today: dt.date) -> bool:
    """As far as the date is known: a year alone is not in the future until it begins."""
    known = [part for part in dates.known(ref.csl, "issued") if part]
    return bool(known) and known > [today.year, today.month, today.day][: len(known)]


def _told(ref: Reference, *names: str) -> str:
    """The first notice under one of these names that an index gives of the work."""
    known = ref.csl.get("custom")
    told = custom.ours(known).get("integrity", {}) if isinstance(known, Mapping) else {}
    notices: list[str] = [notice for name in names for notice in told.get(name, ())]
    return notices[0].rstrip(". ") if notices else ""


def _title(ref: Reference) -> str:
    return quoted(str(ref.csl.get("title") or ref.key))


def _named(key: str, reading: Reading) -> str:
    found = (_title(ref) for ref in reading.draft.references if ref.key == key)
    return next(found, quoted(key))
