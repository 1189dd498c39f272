"""The form of one side's column of the three steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from engagement.actions.three_steps import MOST_NOTE, Content
from engagement.three_steps import PRIORITIES, STANDING_WORDS, STEPS, Standing


@dataclass(frozen=True)
class AreaFields:
    """Half of a step with its fields."""

    name: str
    fields: tuple[BoundField, ...]


@dataclass(frozen=True)
class StepFields:
    """One step with its fields."""

    name: str
    areas: tuple[AreaFields, ...]
    note: BoundField


class ThreeStepsForm(forms.Form):
    """An answer to each thing and a note on each step; all may be left for later."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "No answer yet"), *((one.value, STANDING_WORDS[one]) for one in Standing)]
        for step in STEPS:
            for area in step.areas:
                for priority in area.priorities:
                    self.fields[priority.code] = forms.ChoiceField(
                        label=priority.text, choices=choices, required=False
                    )
            self.fields[f"{step.code}-note"] = forms.CharField(
                label=f"Note on {step.name.lower()}",
                help_text=f"The other side reads it, and the centre. Up to {MOST_NOTE} characters.",
                required=False,
                max_length=MOST_NOTE,
                widget=forms.Textarea({"rows": 3}),
                error_messages={
                    "max_length": f"A note may have up to {MOST_NOTE} characters. Shorten it"
                },
            )

    @staticmethod
    def initial_of(
        *, standings: Mapping[str, Standing], notes: Mapping[str, str], version: int
    ) -> dict[str, Any]:
        """Return the form's values for a stored column."""
        return {
            "version": version,
            **{code: standing.value for code, standing in standings.items()},
            **{f"{code}-note": note for code, note in notes.items()},
        }

    @property
    def by_step(self) -> tuple[StepFields, ...]:
        """Return the fields, step by step."""
        return tuple(
            StepFields(
                name=step.name,
                areas=tuple(
                    AreaFields(
                        name=area.name, fields=tuple(self[one.code] for one in area.priorities)
                    )
                    for area in step.areas
                ),
                note=self[f"{step.code}-note"],
            )
            for step in STEPS
        )

    @property
    def content(self) -> Content:
        """Return what was entered; only of a valid form."""
        said = self.cleaned_data
        return Content(
            standings={code: Standing(said[code]) for code in PRIORITIES if said[code]},
            notes={step.code: said[f"{step.code}-note"] for step in STEPS},
        )
