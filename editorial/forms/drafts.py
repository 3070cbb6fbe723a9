"""The form an author writes a version in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms

from articles.content import limits
from articles.models import HEADLINE_LENGTH, ORIGIN_TOOL_LENGTH, QUESTION_LENGTH
from articles.states import Standing
from articles.vocabulary import Audience, Origin
from editorial import shelving
from editorial.actions.authoring import DraftText, Reference
from editorial.forms.base import Line, Prose, StepForm, day
from editorial.forms.plain import in_blocks
from editorial.forms.references import ReferencesField, TypedReferenceForm
from editorial.forms.written import BODY, spread, written

if TYPE_CHECKING:
    from django.forms import BoundField

    from articles.models import Version

NEVER = -1
TOPICS = 20
TOPIC_LENGTH = 200
SUMMARY_LENGTH = 500
PLAIN = (
    *("question", "headline", "key_answer", "audience", "topics"),
    *("origin", "origin_tool", "origin_on", "evidence_searched_on"),
)
"""Fields that are named alike in the form and in the text it makes."""

_NOT_SENT = "This part did not come with the rest; load the page again, then save."
_FILED = "They stay as they are while readers see the article."


def _body(label: str, rows: int, *, to_submit: bool = False) -> Prose:
    area = forms.Textarea(attrs={"class": "body", "rows": rows})
    return Prose(
        label=label,
        required=False,
        max_length=limits.MAX_INPUT_BYTES,
        widget=area,
        as_sent=True,
        to_submit=to_submit,
    )


class DraftForm(StepForm):
    opening = forms.UUIDField(
        required=False,
        initial=uuid4,
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}),
    )
    question = Line(
        label="Question",
        most=QUESTION_LENGTH,
        help_text="The title, as a reader would ask it, with a question mark.",
        error_messages={"required": "Write the question; it is the title."},
    )
    headline = Line(label="Headline", most=HEADLINE_LENGTH, required=False)
    audience = forms.ChoiceField(
        label="Written for",
        choices=Audience.choices,
        help_text="Whom the main text is for; others can have a text of their own.",
    )
    key_answer = Prose(
        label="Key answer",
        required=False,
        max_length=limits.MAX_INPUT_BYTES,
        help_text="One or two sentences that settle it, with their citations.",
        as_sent=True,
        to_submit=True,
        rows=3,
    )
    body = _body("Text", 24, to_submit=True)
    references = ReferencesField(
        label="References as CSL-JSON",
        required=False,
        max_length=shelving.LARGEST,
        to_submit=True,
        help_text="A list from [ to ]; each entry has an “id”, the key the text cites.",
        widget=forms.Textarea(
            attrs={"class": "code", "rows": 10, "spellcheck": "false"}
        ),
    )
    evidence_searched_on = day("Evidence searched on")
    topics = forms.CharField(
        label="Topics",
        required=False,
        max_length=TOPICS * TOPIC_LENGTH,
        help_text="Separated by commas.",
    )
    origin = forms.ChoiceField(label="How it was written", choices=Origin.choices)
    origin_tool = forms.CharField(
        label="With which tool",
        max_length=ORIGIN_TOOL_LENGTH,
        required=False,
        help_text="Where a machine helped: its name and version.",
    )
    origin_on = day("Used on")
    change_summary = forms.CharField(
        label="What changed since the version before",
        required=False,
        max_length=SUMMARY_LENGTH,
        help_text="Readers see it beside the version.",
    )

    def __init__(self, *args: Any, number: int = 1, **kwargs: Any) -> None:
        self.stored: dict[str, str] = {}
        self.kept: frozenset[str] = frozenset()
        kwargs["initial"] = {
            "audience": Audience.CLINICIAN,
            "origin": Origin.HUMAN,
        } | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        for audience in Audience:
            label = f"Text for {audience.label.lower()}"
            self.fields[BODY + audience] = _body(label, 12)
        if number == 1:
            del self.fields["change_summary"]
        self.typed = TypedReferenceForm(
            self.data if self.is_bound else None, auto_id="id-%s"
        )

    @classmethod
    def of(cls, version: Version, *args: Any, **kwargs: Any) -> DraftForm:
        form = cls(*args, initial=written(version), number=version.number, **kwargs)
        del form.fields["opening"]
        topics = form.fields["topics"]
        topics.disabled = version.article.standing != Standing.UNPUBLISHED
        topics.help_text = _FILED if topics.disabled else topics.help_text
        form.stored = {r.audience: r.body for r in version.renditions.all()}
        form.kept = frozenset(
            name
            for name in ("body", "references", *map(BODY.__add__, Audience.values))
            if form.initial.get(name)
        )
        return form

    @property
    def seen_revision(self) -> int:
        """The revision it was drawn from; none that exists, where it does not say."""
        seen = self.cleaned_data["seen"]
        return NEVER if seen is None else int(seen)

    @property
    def page(self) -> dict[str, Any]:
        """What names the page of a new article, and the revision it knows."""
        return {name: self.cleaned_data[name] for name in ("opening", "seen")}

    @property
    def main_audience(self) -> str:
        return str(self["audience"].value())

    @property
    def bodies(self) -> list[tuple[BoundField, bool]]:
        """
        The text for each audience, and whether the main text stands for it.

        The field of the main audience is there, unseen, for when the audience changes.
        """
        main = self.main_audience
        return [(self[BODY + a], a == main) for a in Audience.values]

    @property
    def other_bodies(self) -> list[BoundField]:
        """The texts for everybody but the main audience, which has the main field."""
        return [field for field, is_main in self.bodies if not is_main]

    @property
    def has_others(self) -> bool:
        return any(field.value() or field.errors for field in self.other_bodies)

    @property
    def every_field(self) -> list[BoundField]:
        return [*self, *self.typed]

    def clean_topics(self) -> tuple[str, ...]:
        names = [" ".join(n.split()) for n in self.cleaned_data["topics"].split(",")]
        names = list(dict.fromkeys(filter(None, names)))
        if len(names) > TOPICS or any(len(name) > TOPIC_LENGTH for name in names):
            message = f"At most {TOPICS} topics, each within {TOPIC_LENGTH} characters."
            raise forms.ValidationError(message)
        return tuple(names)

    def clean(self) -> None:
        """A part of the draft that did not come at all was not taken out of it."""
        for name in sorted(self.kept - set(self.data)):
            self.add_error(name, _NOT_SENT)

    def is_valid(self) -> bool:
        typed = self.typed.is_valid()
        return super().is_valid() and typed and self._is_whole()

    def _is_whole(self) -> bool:
        """Check what needs the typed reference and the fields together."""
        given = self.cleaned_data
        if given["body"].strip() and given[BODY + given["audience"]].strip():
            label = Audience(given["audience"]).label.lower()
            self.add_error("body", f"There are two texts for {label}; keep one.")
        keys = {reference.key for reference in given["references"]}
        typed = self.typed.reference(keys)
        if typed and typed.key in keys:
            self.typed.add_error("key", f"The key “{typed.key}” is taken.")
        return not self.errors and not self.typed.errors

    def text(self) -> DraftText:
        given = self.cleaned_data
        return DraftText(
            **{name: given[name] for name in PLAIN},
            renditions=self._renditions(),
            references=self._references(),
            change_summary=given.get("change_summary", ""),
        )

    def _renditions(self) -> dict[str, str]:
        given = self.cleaned_data
        bodies = {a: given[BODY + a] for a in Audience.values}
        main = given["audience"]
        bodies[main] = given["body"] if given["body"].strip() else bodies[main]
        return {
            audience: self._as_stored(audience, body)
            for audience, body in bodies.items()
            if body.strip() or audience == main
        }

    def _as_stored(self, audience: str, body: str) -> str:
        """What was only spread out to be read is not written anew."""
        stored = self.stored.get(audience, "")
        return stored if body == spread(stored) else in_blocks(body)

    def _references(self) -> tuple[Reference, ...]:
        listed: tuple[Reference, ...] = self.cleaned_data["references"]
        typed = self.typed.reference({reference.key for reference in listed})
        return (*listed, typed) if typed else listed
