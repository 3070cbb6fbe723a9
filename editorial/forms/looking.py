"""What somebody looks for on the desk, as its address says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from articles.vocabulary import Specialty, Tier
from editorial import desk_lists
from editorial.buckets import BY_CODE
from editorial.desk_lists import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import QueryDict

WORDS_LENGTH = 100
MOST_WORDS = 6
AGES = ((3, "3 days"), (7, "a week"), (14, "two weeks"), (30, "a month"))
LISTS = frozenset({*BY_CODE})
TEXTS = ("editor", "reviewer", "author", "topic")


def _text(label: str) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=WORDS_LENGTH)


class LookingForm(forms.Form):
    """The filter of the desk; what makes no sense in it is as if it were not there."""

    use_required_attribute = False

    q = _text("Words of the question")
    editor = _text("Editor in charge")
    reviewer = _text("Reviewer")
    author = _text("Author")
    topic = _text("Topic")
    tier = forms.ChoiceField(
        label="Risk tier", choices=[("", "Any"), *Tier.choices], required=False
    )
    specialty = forms.ChoiceField(
        label="Specialty", choices=[("", "Any"), *Specialty.choices], required=False
    )
    days = forms.TypedChoiceField(
        label="Submitted at least",
        choices=[("", "Any time"), *((n, f"{label} ago") for n, label in AGES)],
        required=False,
        coerce=int,
        empty_value=None,
    )

    def __init__(self, asked: QueryDict) -> None:
        super().__init__(asked, auto_id="look-%s")


def wanted(form: LookingForm, asked: QueryDict) -> Wanted:
    """What the form and the address around it ask for."""
    form.full_clean()
    said: dict[str, Any] = form.cleaned_data
    bucket, state = asked.get("bucket", ""), asked.get("state", "")
    return Wanted(
        bucket=bucket if bucket in LISTS else "",
        state=state if state in desk_lists.STATES else "",
        mine=asked.get("mine") == "1",
        words=" ".join(said.get("q", "").split()[:MOST_WORDS]),
        tier=said.get("tier", ""),
        specialty=said.get("specialty", ""),
        days=said.get("days"),
        **{name: said.get(name, "") for name in TEXTS},
    )


def told(form: LookingForm) -> Iterator[str]:
    """What is looked for, in words, but for the tier, of which a chip tells."""
    for field in form:
        choices = {str(k): v for k, v in getattr(field.field, "choices", ())}
        words = str(field.value() or "").strip()
        if words and field.name != "tier" and field.name not in form.errors:
            yield f"{field.label} {choices.get(words, f'“{words}”')}"
