"""The form of a correction: statements, evidence, level and texts of one side, and why."""

from dataclasses import replace
from typing import Any

from django import forms

from engagement.actions.assessments import SideDraft
from engagement.forms.assessments import UNDECIDED, SideForm
from engagement.models import Level


class CorrectionForm(SideForm):
    """All that a draft of a side asks, on one page, and the reason for the correction."""

    level = forms.ChoiceField(
        label="Which level should have been published?",
        help_text="It follows from the statements. Another one needs a reason.",
        choices=[*Level.choices, (UNDECIDED, "It cannot be decided")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select the level, or say that it cannot be decided"},
    )
    changed_reason = forms.CharField(
        label="Why another level than the statements give",
        help_text="Only if you change the level. Everybody can read it.",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )
    rationale = forms.CharField(
        label="Rationale",
        help_text="What the level rests on. Everybody can read it.",
        max_length=4000,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "Write a rationale for both bodies to read"},
    )
    reason = forms.CharField(
        label="Why was the published level wrong?",
        help_text="It is published with the new revision, and both bodies are told it.",
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Say why the published level was wrong"},
    )

    @staticmethod
    def initial_of(*, draft: SideDraft, version: int) -> dict[str, Any]:
        """Return the form's values: what stands, but for the level and the reason."""
        return {
            **SideForm.initial_of(draft=draft, version=version),
            "rationale": draft.rationale,
        }

    @property
    def draft(self) -> SideDraft:
        """Return what should have been found; only of a valid form."""
        values = self.cleaned_data
        undecided = values["level"] == UNDECIDED
        return replace(
            super().draft,
            level=None if undecided else Level(values["level"]),
            undecided=undecided,
            changed_reason=values["changed_reason"].strip(),
            rationale=values["rationale"].strip(),
            private_note="",
        )
