"""
Two texts of one draft: what both began from, what is stored, and what was sent.

Field by field; where only one side changed a field, its change is proposed, and where
both did, a text with both changes if they touch different blocks. Otherwise the author
chooses: one, or one after the other. Nothing is decided without being shown.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from articles import content, diff, merging
from articles.vocabulary import Audience
from editorial import drafts_history
from editorial.drafts_history import REFERENCES
from editorial.forms.drafts import DraftForm
from editorial.forms.written import BODY, gathered, written, written_then
from editorial.views import posted, reference_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import QueryDict

    from articles.models import Version

BASE = "base"
TAKE = "take-"
MINE, THEIRS, BOTH = "mine", "theirs", "both"

LABELS = {
    MINE: "Keep mine",
    THEIRS: "Take what is stored",
    BOTH: "Take both changes together",
}
IN_TURN = "Keep both: what is stored, then mine"
INLINE = "key_answer"


@dataclass(frozen=True, slots=True)
class Contested:
    """
    A field of which there are two texts; `base` is None where nobody knows it.

    `together` has both changes; where they clash, `in_turn` has one after the other.
    """

    name: str
    label: str
    base: str | None
    theirs: str
    mine: str
    together: str | None
    in_turn: str | None
    names: dict[str, str]

    @property
    def proposed(self) -> str:
        """What is taken unless the author says otherwise; empty if they must say."""
        if self.mine == self.base:
            return THEIRS
        if self.theirs == self.base:
            return MINE
        return "" if self.together is None else BOTH

    @property
    def choices(self) -> list[tuple[str, str]]:
        offered = [(name, LABELS[name]) for name in (MINE, THEIRS)]
        if self.proposed == BOTH:
            return [*offered, (BOTH, LABELS[BOTH])]
        if self.in_turn is not None and not self.proposed:
            return [*offered, (BOTH, IN_TURN)]
        return offered

    @property
    def beginning(self) -> list[diff.Passage]:
        """The blocks that one side or the other changed, as they were."""
        others = (self._shown(text) for text in (self.theirs, self.mine))
        return diff.touched(self._shown(self.base or ""), *others)

    @property
    def changes_of_theirs(self) -> list[diff.Passage]:
        return self._changes(self.theirs)

    @property
    def changes_of_mine(self) -> list[diff.Passage]:
        return self._changes(self.mine)

    def taken(self, choice: str) -> str | None:
        """The text chosen, or None where nothing, or nothing that is offered, was."""
        both = self.in_turn if self.together is None else self.together
        texts = {MINE: self.mine, THEIRS: self.theirs, BOTH: both}
        known = {name for name, _ in self.choices}
        return texts[choice] if choice in known else None

    def _changes(self, text: str) -> list[diff.Passage]:
        base = self.theirs if self.base is None else self.base
        return diff.compare(self._shown(base), self._shown(text))

    def _shown(self, text: str) -> str:
        return reference_names.shown(self.name, text, self.names)


def contested(version: Version, sent: QueryDict) -> list[Contested]:
    """The fields that say different things, in the order of the form."""
    form = DraftForm.of(version)
    began = _began(version, sent)
    stored = written(version)
    return list(_differing(form, began, stored, sent))


def between(
    version: Version, then: dict[str, Any], now: dict[str, Any]
) -> list[tuple[str, str, list[diff.Passage]]]:
    """The fields that differ between two states: name, label, and what changed since."""
    found = []
    names = reference_names.names(then[REFERENCES], now[REFERENCES])
    for name, asked in DraftForm.of(version).fields.items():
        was, is_now = _plain(name, then.get(name)), _plain(name, now.get(name))
        if was != is_now and name not in ("seen", "topics"):
            changes = diff.compare(
                *(reference_names.shown(name, text, names) for text in (was, is_now))
            )
            found.append((name, label(name, asked), changes))
    return found


def settled(version: Version, sent: QueryDict) -> QueryDict:
    """
    What was sent, with the choices made in it.

    Where a choice is missing, or was made on a text that is no longer what is stored,
    it counts as seen when both texts began: so both are shown again.
    """
    again = sent.copy()
    base = sent.get(BASE, "")
    if sent.get("seen") != str(version.revision):
        again["seen"] = base
        return again
    for field in contested(version, sent):
        chosen = field.taken(sent.get(TAKE + field.name, ""))
        if chosen is None:
            again["seen"] = base
            return again
        again[field.name] = chosen
    return again


def _began(version: Version, sent: QueryDict) -> dict[str, Any] | None:
    seen = posted.key(sent.get(BASE) or sent.get("seen", ""))
    found = None if seen is None else drafts_history.moment(version, seen)
    return written_then(found) if found else None


def _differing(
    form: DraftForm,
    began: dict[str, Any] | None,
    stored: dict[str, Any],
    sent: QueryDict,
) -> Iterator[Contested]:
    lists = [given.get(REFERENCES, "") for given in (began or {}, stored, sent)]
    names = reference_names.names(*lists)
    for name, asked in form.fields.items():
        if name == "seen" or asked.disabled:
            continue
        theirs, mine = _plain(name, stored.get(name)), _plain(name, sent.get(name))
        known = began is not None and name != "topics"
        base = _plain(name, began.get(name)) if began and known else None
        if theirs != mine:
            yield Contested(
                name=name,
                label=label(name, asked),
                base=base,
                theirs=theirs,
                mine=mine,
                together=_together(name, base, mine, theirs),
                in_turn=_in_turn(name, base or "", mine, theirs),
                names=names,
            )


def label(name: str, field: Any) -> str:
    """What the form calls a field, also one that stands for another on the page."""
    if name.startswith(BODY):
        return f"Text for {Audience(name.removeprefix(BODY)).label.lower()}"
    return "References" if name == REFERENCES else str(field.label)


def _plain(name: str, value: Any) -> str:
    """A field's value in the one spelling in which equal texts are equal."""
    text = "" if value is None else str(value).replace("\r\n", "\n").strip()
    if name == REFERENCES:
        items = reference_names.items(text)
        return _spelled(items)
    if name == INLINE or name.startswith(BODY.rstrip("_")):
        return _cleaned(gathered(text), inline=name == INLINE)
    return text


def _cleaned(html: str, *, inline: bool) -> str:
    try:
        return gathered(content.clean(html, inline=inline).html)
    except ValueError:
        return html


def _together(name: str, base: str | None, mine: str, theirs: str) -> str | None:
    if base is None:
        return None
    if name == REFERENCES:
        return _references_together(base, mine, theirs)
    if name.startswith(BODY.rstrip("_")):
        return merging.merged(base, mine, theirs)
    return None


def _in_turn(name: str, base: str, mine: str, theirs: str) -> str | None:
    """One text after the other, where that can be read."""
    if name == INLINE and mine and theirs:
        return f"{theirs} {mine}"
    if name.startswith(BODY.rstrip("_")):
        return merging.in_turn(base, mine, theirs)
    return None


def _references_together(base: str, mine: str, theirs: str) -> str | None:
    """Both lists, reference by reference; None where both changed the same one."""
    was, here, there = (
        {str(item.get("id")): item for item in reference_names.items(text)}
        for text in (base, mine, theirs)
    )
    found = []
    for key in dict.fromkeys([*there, *here]):
        values = was.get(key), here.get(key), there.get(key)
        if values[0] not in values[1:] and values[1] != values[2]:
            return None
        kept = values[2] if values[1] == values[0] else values[1]
        if kept is not None:
            found.append(kept)
    return _spelled(found)


def _spelled(items: list[dict[str, Any]]) -> str:
    """As CSL-JSON; half a character, which no page can show, becomes a question mark."""
    text = json.dumps(items, ensure_ascii=False, indent=2) if items else ""
    return text.encode(errors="replace").decode()
