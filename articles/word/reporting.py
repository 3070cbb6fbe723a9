"""What was not understood in a document, in sentences for its author."""

from collections import Counter
from collections.abc import Iterable, Sequence

from articles.content import Dropped
from articles.content.citations import keys_in
from articles.word.markers import Marked
from articles.word.references import Candidate

SHOWN = 10

_TOLD = {
    "image": ("1 image was left out.", "{} images were left out."),
    "drawing": (
        "1 drawing (chart, diagram or shape) was left out.",
        "{} drawings (charts, diagrams or shapes) were left out.",
    ),
    "object": (
        "1 embedded object was left out.",
        "{} embedded objects were left out.",
    ),
    "equation": (
        "1 equation was left out; [equation] stands in its place.",
        "{} equations were left out; [equation] stands in their places.",
    ),
    "symbol": (
        "1 character of a symbol font could not be read and was left out.",
        "{} characters of symbol fonts could not be read and were left out.",
    ),
    "text box": (
        "The text of 1 text box was put after the paragraph it hung on.",
        "The text of {} text boxes was put after the paragraphs they hung on.",
    ),
    "comment": ("1 comment was left out.", "{} comments were left out."),
    "insertion": (
        "Changes were tracked: 1 insertion was taken as accepted.",
        "Changes were tracked: {} insertions were taken as accepted.",
    ),
    "deletion": (
        "Changes were tracked: 1 deletion was carried out.",
        "Changes were tracked: {} deletions were carried out.",
    ),
    "hidden text": (
        "1 passage of hidden text was left out.",
        "{} passages of hidden text were left out.",
    ),
    "header or footer": ("A header or footer was left out.",) * 2,
    "contents": ("The table of contents was left out; headings make their own.",) * 2,
    "header row": (
        "The first row of 1 table was taken for its header; see that it is.",
        "The first rows of {} tables were taken for their headers; see that they are.",
    ),
}


def sentences(
    told: Counter[str],
    *,
    dropped: Iterable[Dropped],
    marked: Marked,
    entries: Sequence[Candidate],
    notes: Sequence[Candidate],
) -> list[str]:
    return [
        *_losses(told),
        *(str(one) for one in dropped),
        *_unmatched(marked, entries),
        *_trailing(marked),
        *_uncited(marked, entries),
        *_notes(notes),
    ]


def _losses(told: Counter[str]) -> list[str]:
    return [
        (one if told[name] == 1 else many).format(told[name])
        for name, (one, many) in _TOLD.items()
        if told[name]
    ]


def _unmatched(marked: Marked, entries: Sequence[Candidate]) -> list[str]:
    if not marked.left:
        return []
    shown = _several(list(dict.fromkeys(marked.left)))
    if not entries:
        return [f"No list of references was found; {shown} stayed text."]
    return [f"The list of references has no entry for {shown}; it stayed text."]


def _trailing(marked: Marked) -> list[str]:
    if marked.form != "trailing":
        return []
    times = _times(marked.cited)
    return [f"Numbers after sentences were taken for citations {times}; look at each."]


def _uncited(marked: Marked, entries: Sequence[Candidate]) -> list[str]:
    numbers = [str(one.number) for one in entries]
    twice = [number for number, count in Counter(numbers).items() if count > 1]
    told = [f"Two entries of the list have the number {number}." for number in twice]
    cited = set(keys_in(marked.html))
    missing = [str(one.number) for one in entries if one.key not in cited]
    if missing:
        told.append(f"Cited nowhere in the text: reference {_several(missing)}.")
    return told


def _notes(notes: Sequence[Candidate]) -> list[str]:
    if not notes:
        return []
    one = len(notes) == 1
    what = "1 note became a citation" if one else f"{len(notes)} notes became citations"
    return [f"{what} to be matched; what is said there is no longer in the text."]


def _several(shown: list[str]) -> str:
    more = len(shown) - SHOWN
    return ", ".join(shown[:SHOWN]) + (f" and {more} more" if more > 0 else "")


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
