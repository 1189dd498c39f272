"""Area moves between two bodies that both go on: first which bodies, then which areas."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from authorities.forms.reorganisations.new_bodies import options
from authorities.forms.reorganisations.operations import OperationForm
from authorities.forms.reorganisations.problems import TOP, ProblemForm
from authorities.queries.body_choices import AreaChoice
from authorities.reorganisation.facts import AUTHORITY, BodyKey
from authorities.reorganisation.guards import About, Field
from authorities.reorganisation.operations import AreaShare, Operation, Transfer


def percent_field(label: str) -> forms.DecimalField:
    """Return the question for a percentage of an area's people, which may stay empty."""
    return forms.DecimalField(
        label=label,
        required=False,
        max_digits=9,
        decimal_places=6,
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-5", "inputmode": "decimal", "autocomplete": "off"}
        ),
        error_messages={"invalid": f"{label}: enter a number, for example 40 or 12.5"},
    )


def share_of(percent: Decimal) -> float:
    """Return a percentage as a share of one."""
    return float(percent / 100)


class TransferForm(OperationForm):
    """Whom the area leaves, and whom it joins."""

    # The areas are asked for on the next page.
    places = {
        Field.SOURCE: "source",
        Field.TARGET: "target",
        Field.AREAS: TOP,
        Field.SHARE: TOP,
    }
    names_bodies = ("source", "target")

    def ask(self) -> None:
        """Ask for both; a council may come from no authority and go to none."""
        of_authority = self.choices.body_kind == AUTHORITY
        none = "No authority" if of_authority else "Choose one"
        for name, label, bodies in (
            ("source", "the area leaves", (*self.choices.there, *self.choices.planned)),
            ("target", "the area joins", self.choices.takers),
        ):
            self.fields[name] = forms.ChoiceField(
                label=f"Which {self.noun} {label}",
                choices=options(bodies, empty=none),
                required=not of_authority,
                error_messages={"required": f"Choose the {self.noun} that {label}"},
            )

    def body(self, name: str) -> BodyKey | None:
        """Return the body chosen, None for no authority."""
        slug = self.cleaned_data.get(name)
        return BodyKey(self.choices.body_kind, slug) if slug else None

    def operations(self) -> tuple[Operation, ...]:
        """Return the transfer before it is known of what."""
        return (Transfer((), self.body("source"), self.body("target")),)


@dataclass(frozen=True)
class MoveQuestions:
    """The questions about one area that may go."""

    area: AreaChoice
    moves: BoundField
    percent: BoundField | None

    @property
    def has_errors(self) -> bool:
        """Whether anything in the row is to be corrected."""
        return bool(self.moves.errors or (self.percent and self.percent.errors))


class TransferAreasForm(ProblemForm):
    """Which areas go, and how much of each."""

    # Both bodies were asked for on the page before.
    places = {Field.SOURCE: TOP, Field.TARGET: TOP}

    def __init__(
        self,
        *args: Any,
        source: BodyKey | None,
        target: BodyKey | None,
        areas: Sequence[AreaChoice],
        **kwargs: Any,
    ) -> None:
        """Ask about each area."""
        super().__init__(*args, **kwargs)
        self.source, self.target, self.areas = source, target, tuple(areas)
        self.divisible = AUTHORITY not in {body.kind for body in (source, target) if body}
        for n, area in enumerate(self.areas):
            self.fields[f"move_{n}"] = forms.BooleanField(
                label=f"{area.name} moves", required=False
            )
            if self.divisible:
                self.fields[f"percent_{n}"] = percent_field(f"Percentage of {area.name} that moves")

    @property
    def rows(self) -> tuple[MoveQuestions, ...]:
        """The questions, a row for each area."""
        return tuple(
            MoveQuestions(
                area=area,
                moves=self[f"move_{n}"],
                percent=self[f"percent_{n}"] if self.divisible else None,
            )
            for n, area in enumerate(self.areas)
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a percentage of what does not move."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for n, area in enumerate(self.areas):
            if said.get(f"percent_{n}") is not None and not said.get(f"move_{n}"):
                self.add_error(
                    f"move_{n}", f"Tick {area.name} if it moves, or leave its percentage empty"
                )
        return said

    def place_of(self, about: About) -> str:
        """Return the row of the area; the first where areas are missing."""
        for n, area in enumerate(self.areas):
            if area.key == about.area:
                percent = about.field is Field.SHARE and self.divisible
                return f"percent_{n}" if percent else f"move_{n}"
        first = about.field in (Field.AREAS, Field.SHARE) and self.areas
        return "move_0" if first else super().place_of(about)

    def operations(self) -> tuple[Operation, ...]:
        """Return the transfer."""
        said = self.cleaned_data
        areas = []
        for n, area in enumerate(self.areas):
            if said.get(f"move_{n}"):
                percent = said.get(f"percent_{n}")
                areas.append(AreaShare(area.key, 1.0 if percent is None else share_of(percent)))
        return (Transfer(tuple(areas), self.source, self.target),)
