"""Our own part of an item, `custom`: what indexes say of a work beyond CSL-JSON."""

from collections.abc import Mapping
from typing import Any

INTEGRITY = {
    "RIN": "retraction_in",
    "ROF": "retraction_of",
    "PRIN": "partial_retraction_in",
    "PROF": "partial_retraction_of",
    "EIN": "erratum_in",
    "EFR": "erratum_for",
    "ECI": "concern_in",
    "ECF": "concern_for",
    "CRI": "corrected_and_republished_in",
    "CRF": "corrected_and_republished_from",
    "RPI": "republished_in",
    "RPF": "republished_from",
    "UIN": "update_in",
    "UOF": "update_of",
    "CIN": "comment_in",
    "CON": "comment_on",
    "SPIN": "summary_for_patients_in",
    "ORI": "original_report_in",
}
_LINES = {"kind", "conflicts", "retracted_in"}
_LISTS = {"mesh", "publication_types", "trials"}
_OURS = _LINES | _LISTS | {"integrity"}


def is_sound(name: str, value: object) -> bool:
    """Whether one of our fields has its shape; what is not ours can have any."""
    if name in _LINES:
        return isinstance(value, str)
    if name in _LISTS:
        return _are_lines(value)
    if name == "integrity":
        return isinstance(value, dict) and all(map(_are_lines, value.values()))
    return True


def ours(custom: Mapping[str, Any]) -> dict[str, Any]:
    """Our fields alone, and of the notices those that we know."""
    kept = {
        name: value
        for name, value in custom.items()
        if name in _OURS and is_sound(name, value)
    }
    told = kept.pop("integrity", {})
    known = {name: told[name] for name in told if name in INTEGRITY.values()}
    return kept | ({"integrity": known} if known else {})


def _are_lines(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(line, str) for line in value)
