"""The forms of those who decide: an advice, a letter with its requests, a second look."""

from __future__ import annotations

from editorial.actions.deciding import LETTER_LENGTH
from editorial.forms.base import Prose, ReasonForm, one_of
from reviews.states import Advice


class RecommendForm(ReasonForm):
    """An editor's advice to the chief editors, with a letter they can send."""

    advice = one_of("I recommend to", Advice.choices, unsaid="Choose an advice.")
    letter = Prose(
        label="Letter to the authors, drafted",
        required=False,
        max_length=LETTER_LENGTH,
        help_text="The chief editor can send it as it is, or change it.",
        rows=6,
    )
    field_order = ("advice", "reason", "letter")
