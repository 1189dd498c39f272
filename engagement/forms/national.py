"""The filters of the national page; they stand in the address."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from itertools import product
from typing import Any

from django import forms

from duty.ui.looks import MatrixWords
from engagement import words
from engagement.picture import LEVELS, Filters, PictureRow
from engagement.queries.national import ShownRound

_CELLS = [("", ""), *((f"{sa}-{icb}", f"{sa}-{icb}") for sa, icb in product(LEVELS, LEVELS))]


class DayForm(forms.Form):
    """The day whose picture is asked for."""

    as_at = forms.DateField(
        label="As everybody saw it on",
        required=False,
        help_text="For example, 2026-11-30. Leave it empty for today.",
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"],
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"class": "govuk-input--width-10", "autocomplete": "off"}
        ),
        error_messages={
            "invalid": "Enter a date as year, month and day, for example 2026-11-30",
        },
    )

    def __init__(self, data: Any, *, today: date, **options: Any) -> None:
        super().__init__(data, **options)
        self._today = today

    def clean_as_at(self) -> date | None:
        """Refuse a day that nobody has seen."""
        day: date | None = self.cleaned_data["as_at"]
        if day is not None and day > self._today:
            raise forms.ValidationError("Enter today or an earlier day")
        return day

    @property
    def day(self) -> date | None:
        """Return the day that is asked for; None for today, and where it is none."""
        self.is_valid()
        found: date | None = self.cleaned_data.get("as_at")
        return found


class NationalFilterForm(DayForm):
    """Which round and which pairs to show. Every field may be left alone."""

    field_order = ("round", "compare", "as_at")

    round = forms.ChoiceField(label="Round", required=False)
    compare = forms.ChoiceField(label="Movement since", required=False)
    tier = forms.ChoiceField(
        label="Tier of the authority",
        required=False,
        choices=[("", "All tiers"), *words.TIERS.items()],
    )
    type = forms.ChoiceField(
        label="Type of the authority",
        required=False,
        choices=[("", "All types"), *words.TYPES.items()],
    )
    region = forms.ChoiceField(label="NHS region", required=False)
    fit = forms.ChoiceField(
        label="How the areas fit", required=False, choices=[("", "Any fit"), *words.FITS.items()]
    )
    warnings = forms.ChoiceField(
        label="Warnings",
        required=False,
        choices=[
            ("", "With or without warnings"),
            ("with", "With warnings"),
            ("without", "Without warnings"),
        ],
    )
    group = forms.ChoiceField(label="Support group", required=False)
    # Asked for by links of the page alone.
    cell = forms.ChoiceField(required=False, widget=forms.HiddenInput, choices=_CELLS)
    movement = forms.ChoiceField(
        required=False, widget=forms.HiddenInput, choices=[("", ""), *words.MOVEMENTS.items()]
    )

    def __init__(
        self,
        data: Any,
        *,
        today: date,
        rounds: Sequence[ShownRound],
        earlier: Sequence[ShownRound],
        rows: Sequence[PictureRow],
        said: MatrixWords,
    ) -> None:
        super().__init__(data, today=today, auto_id="filter-%s")
        regions = {row.nhs_region_slug: row.nhs_region_name for row in rows if row.nhs_region_slug}
        self._choose("round", [(each.round.slug, _round_label(each)) for each in rounds])
        self._choose(
            "compare",
            [
                ("", "The round before, pair by pair"),
                *((each.round.slug, each.round.name) for each in earlier),
            ],
        )
        self._choose(
            "region",
            [
                ("", "All NHS regions"),
                *sorted(regions.items(), key=lambda item: item[1]),
            ],
        )
        self._choose(
            "group",
            [
                ("", "All groups"),
                *((group.code, group.name) for group in said.groups.values()),
                ("not-assessed", said.not_assessed),
            ],
        )

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = choices

    @property
    def filters(self) -> Filters:
        """Return what is asked for; a value that is no choice asks for nothing."""
        self.is_valid()
        return Filters(**{one.name: self.cleaned_data.get(one.name, "") for one in fields(Filters)})


def _round_label(shown: ShownRound) -> str:
    return f"{shown.round.name} (not published)" if shown.working else shown.round.name
