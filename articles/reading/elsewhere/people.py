"""Names in the parts that citations ask for."""

from __future__ import annotations

from typing import Any

from articles.works.notation import names


def cited(printed: str) -> dict[str, Any]:
    """
    `Ludwig van Beethoven, MD` as a person of CSL-JSON.

    The last word is taken for the family name, with the small words before it and a
    `Jr.` behind it; who has one name only has that as their family name.
    """
    name, _, _credentials = printed.partition(",")
    words = name.split()
    first = next((n for n in range(1, len(words)) if words[n].islower()), 0)
    start = first or _last(words)
    return names.named(" ".join(words[start:]), " ".join(words[:start]))


def _last(words: list[str]) -> int:
    """Where the family name begins: before a suffix, where there is one."""
    end = len(words) - 1
    has_suffix = end > 1 and "suffix" in names.named(" ".join(words[-2:]))
    return end - 1 if has_suffix else end
