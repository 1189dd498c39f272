"""The steps of a change: preview, roles, approval, schedule, cancellation, removal and copy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from authorities.forms.reorganisations.headings import HeadingForm
from authorities.forms.reorganisations.problems import ProblemForm
from authorities.reorganisation.guards import Field
from authorities.reorganisation.preview import PersonLine

_ENDS = ("", "Ends")


class StepForm(ProblemForm):
    """A step that needs no more than the version that was seen."""


class ScheduleForm(ProblemForm):
    """Sets the change to happen; with a reason where something waits."""

    override_reason = forms.CharField(
        label="Why can it not wait?",
        help_text="Your reason stands in the history of the change",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, *args: Any, waits: bool, **kwargs: Any) -> None:
        """Ask for a reason only where something waits."""
        super().__init__(*args, **kwargs)
        if not waits:
            del self.fields["override_reason"]


class CancelForm(ProblemForm):
    """Gives the change up."""

    reason = forms.CharField(
        label="Why is it given up?",
        help_text="The change stays on record with your reason",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why this change is cancelled."},
    )


class CopyForm(HeadingForm):
    """The heading of the copy; what does not fit is no fault of the day alone."""

    places = {Field.DAY: "effective_date"}


@dataclass(frozen=True)
class RoleQuestion:
    """What becomes of one role."""

    line: PersonLine
    follows: BoundField


class RightsForm(ProblemForm):
    """Whom each role at a body that ends follows."""

    def __init__(
        self,
        *args: Any,
        people: Iterable[PersonLine],
        heirs: Mapping[tuple[str, str], Iterable[tuple[str, str]]],
        **kwargs: Any,
    ) -> None:
        """Ask about each role; `heirs` are slug and name of each ending body's successors."""
        super().__init__(*args, **kwargs)
        self.people = tuple(people)
        for line in self.people:
            own = heirs.get((line.body_kind, line.body_slug), ())
            self.fields[f"role_{line.membership}"] = forms.ChoiceField(
                label=f"What becomes of {line.person}, {line.role.lower()} at {line.body_name}",
                choices=[*((slug, f"Follows {name}") for slug, name in own), _ENDS],
                initial=line.successor,
                required=False,
            )

    @property
    def rows(self) -> tuple[RoleQuestion, ...]:
        """The questions, a row for each role."""
        return tuple(
            RoleQuestion(line=line, follows=self[f"role_{line.membership}"]) for line in self.people
        )

    def decisions(self) -> dict[int, str]:
        """Return the successor of each role by its membership; empty where it ends."""
        return {
            line.membership: self.cleaned_data[f"role_{line.membership}"] for line in self.people
        }
