"""Where on a form each problem of a change belongs."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms

from authorities.forms.choices import RevealingForm
from authorities.reorganisation.guards import About, Field, Problem

# The place of what a form does not ask for: above all of its questions.
TOP = ""


class VersionedForm(forms.Form):
    """A form about a change as the person saw it; no version is one that nobody has."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_version(self) -> int:
        """Return the version, 0 for none."""
        return int(self.cleaned_data["version"] or 0)


class ProblemForm(VersionedForm, RevealingForm):
    """A form that says what the guards found beside the question that it is about."""

    # The question for each field of a change and its operations; TOP where none asks for it.
    places: ClassVar[Mapping[Field, str]] = {Field.WHOLE: TOP, Field.DAY: TOP}

    def add_problems(self, problems: Iterable[Problem]) -> None:
        """Say each problem at its question."""
        for problem in problems:
            self.add_error(self.place_of(problem.about) or None, problem.text)

    def place_of(self, about: About) -> str:
        """Return the question that a problem is about; TOP for the whole form."""
        place = self.places.get(about.field, TOP)
        return place if place in self.fields else TOP

    def typed(self, name: str) -> list[str]:
        """Return the answers to a question as they were given, also those that were refused."""
        value: Any = self[name].value() if name in self.fields else None
        values = value if isinstance(value, list | tuple) else [value]
        return [str(one).strip() for one in values if one is not None]

    def first_with(self, names: Iterable[str], answer: str) -> str:
        """Return the first of the questions that has the answer; TOP where none has."""
        return next((name for name in names if answer in self.typed(name)), TOP)
