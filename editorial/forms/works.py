"""The form in which an editor corrects the shared record of a work."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django import forms

from articles.vocabulary import RefType
from editorial import shelving
from editorial.forms.base import Prose, ReasonForm

if TYPE_CHECKING:
    from articles.models import Work

LONGEST = 100_000

_NO_OBJECT = "This is not a CSL-JSON object; keep it whole, from { to }."


class CorrectForm(ReasonForm):
    seen = forms.IntegerField(widget=forms.HiddenInput)
    record = Prose(
        label="Record as CSL-JSON",
        max_length=LONGEST,
        help_text="One entry from { to }; DOI and PMID decide which work it is.",
        widget=forms.Textarea(
            attrs={"class": "code", "rows": 20, "spellcheck": "false"}
        ),
        error_messages={"required": _NO_OBJECT},
    )
    kind = forms.ChoiceField(label="Type", choices=RefType.choices)

    field_order = ("seen", "record", "kind", "reason")

    @classmethod
    def of(cls, work: Work, sent: object = None) -> CorrectForm:
        record = json.dumps(work.csl, ensure_ascii=False, indent=2)
        known = {"record": record, "kind": work.kind}
        return cls(sent, initial=known | {"seen": shelving.edition(work)})

    def clean_record(self) -> dict[str, Any]:
        try:
            found = json.loads(self.cleaned_data["record"])
        except (ValueError, RecursionError):
            raise forms.ValidationError(_NO_OBJECT) from None
        if not isinstance(found, dict):
            raise forms.ValidationError(_NO_OBJECT)
        return found
