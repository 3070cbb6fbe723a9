"""The markers of a document, once a person has said what each of them cites."""

import re
from collections.abc import Mapping, Sequence
from html import escape

from articles.content.citations import MARKER, keys_in
from articles.word.references import Candidate

HEADING = "References not matched"

_MARKER = re.compile(MARKER)


def settled(html: str, keys: Mapping[str, str], candidates: Sequence[Candidate]) -> str:
    """
    A clean text whose markers have their final keys; `keys` says which.

    A candidate without one stands in the text as its number in brackets, and at the end
    of the text as it was printed, so that nothing of the document is lost.
    """
    left = {one.key: one for one in candidates if one.key not in keys}
    text = _MARKER.sub(lambda found: _marker(keys_in(found[0]), keys, left), html)
    if not left:
        return text
    printed = "".join(
        f"<p>[{one.number}] {escape(one.raw, quote=False)}</p>" for one in left.values()
    )
    return f"{text}<h2>{HEADING}</h2>{printed}"


def _marker(
    cited: list[str], keys: Mapping[str, str], left: Mapping[str, Candidate]
) -> str:
    matched = " ".join(dict.fromkeys(keys[key] for key in cited if key in keys))
    numbers = [str(left[key].number) for key in cited if key in left]
    marker = f'<cite data-ref="{matched}"></cite>' if matched else ""
    return marker + (f" [{', '.join(numbers)}]" if numbers else "")
