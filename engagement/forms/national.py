"""The filters of the national page; they stand in the address."""

from collections.abc import Sequence
from typing import Any

from django import forms

from duty.ui.looks import MatrixWords
from engagement import words
from engagement.picture import Filters, PictureRow
from engagement.queries.national import ShownRound


class NationalFilterForm(forms.Form):
    """Which round and which pairs to show. Every field may be left alone."""

    round = forms.ChoiceField(label="Round", required=False)
    tier = forms.ChoiceField(
        label="Tier of the authority",
        required=False,
        choices=[("", "All tiers"), *words.TIERS.items()],
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

    def __init__(
        self,
        data: Any,
        *,
        rounds: Sequence[ShownRound],
        rows: Sequence[PictureRow],
        said: MatrixWords,
    ) -> None:
        super().__init__(data, auto_id="filter-%s")
        regions = {row.nhs_region_slug: row.nhs_region_name for row in rows if row.nhs_region_slug}
        self._choose("round", [(each.round.slug, _round_label(each)) for each in rounds])
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
        names = ("tier", "region", "fit", "warnings", "group")
        return Filters(**{name: self.cleaned_data.get(name, "") for name in names})


def _round_label(shown: ShownRound) -> str:
    return f"{shown.round.name} (not published)" if shown.working else shown.round.name
