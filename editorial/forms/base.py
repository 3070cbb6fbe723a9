"""What every form of the desk shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from articles import characters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.machine import StatefulModel

REASON_LENGTH = 5_000
PASSWORD_LENGTH = 1_000
UNSEEN = (
    "The form does not say which state of the page it was drawn from; open the page "
    "again and send it from there."
)


class Prose(forms.CharField):
    """
    Text of several lines, its line ends as everywhere else in the house.

    What nobody can see is taken out of it, but where it must come `as_sent` because
    its reader looks for that and tells. What is left out for now and needed `to_submit`
    is not called optional.
    """

    def __init__(
        self,
        *,
        rows: int = 4,
        as_sent: bool = False,
        to_submit: bool = False,
        **kwargs: Any,
    ) -> None:
        self.as_sent = as_sent
        self.to_submit = to_submit
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        if isinstance(value, str) and not self.as_sent:
            value = characters.visible(value)
        text = str(super().to_python(value))
        return text.replace("\r\n", "\n").replace("\r", "\n")


class Line(forms.CharField):
    """
    A line that no browser cuts: what is too long stays in it, and is counted.

    `most` bounds it here alone.
    """

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        self.most = most
        super().__init__(**kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if (over := len(value) - self.most) > 0:
            message = f"{self.most} at most; {over} too many."
            raise forms.ValidationError(message, code="max_length")


class StepForm(forms.Form):
    """
    The form of one step; `seen` is the revision of the row it was drawn from.

    `name` begins every id, so that several forms can share a page.
    """

    use_required_attribute = False

    seen = forms.IntegerField(
        required=False,
        widget=forms.HiddenInput,
        error_messages={"required": UNSEEN, "invalid": UNSEEN},
    )

    def __init__(self, *args: Any, name: str = "id", **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{name}-%s")
        super().__init__(*args, **kwargs)

    @classmethod
    def needs(cls, _thing: StatefulModel) -> dict[str, Any]:
        """What else the form is made of, beside what was sent."""
        return {}

    def facts(self) -> dict[str, Any]:
        """What the deed is told beside who asks and what they saw."""
        given = self.cleaned_data.items()
        return {key: value for key, value in given if key != "seen"}


class ReasonForm(StepForm):
    reason = Prose(
        label="Reason",
        max_length=REASON_LENGTH,
        error_messages={"required": "Give a reason; it goes into the record."},
    )


def optional_reason(label: str, help_text: str = "") -> Prose:
    return Prose(
        label=label,
        help_text=help_text,
        required=False,
        max_length=REASON_LENGTH,
        rows=2,
    )


def one_of(
    label: str, choices: Iterable[tuple[str, Any]], *, unsaid: str, help_text: str = ""
) -> forms.ChoiceField:
    """Radio buttons; `unsaid` is what somebody reads who chose none."""
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        help_text=help_text,
        widget=forms.RadioSelect,
        error_messages={"required": unsaid},
    )


def day(label: str, help_text: str = "") -> forms.DateField:
    """A day that may stay unsaid."""
    return forms.DateField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.DateInput(
            attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"
        ),
        error_messages={"invalid": "Give a day, such as 2026-11-30."},
    )


def password() -> forms.CharField:
    """The password typed again, which makes a click a signature."""
    return forms.CharField(
        label="Your password",
        help_text="Typed again, because this is your signature.",
        strip=False,
        max_length=PASSWORD_LENGTH,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Type your password to sign."},
    )
