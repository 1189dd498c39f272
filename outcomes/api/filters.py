"""What lists of the API may be narrowed by; nothing else of an address reaches a query."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from authorities.models import BodyKind
from outcomes.models import Indicator, Observation, Polarity
from outcomes.queries.vintages import rows_as_published


class WholeNumberFilter(django_filters.NumberFilter):
    """A whole number; half of one is asked for by nobody."""

    field_class = forms.IntegerField


class TrueOrFalse(forms.Field):
    """One of two words; what is neither is no question, rather than none asked."""

    def to_python(self, value: Any) -> bool | None:
        """Return which, or None where nothing is said.

        Raises:
            ValidationError: it is neither.
        """
        if value in self.empty_values:
            return None
        said = {"true": True, "false": False}.get(str(value).lower())
        if said is None:
            raise forms.ValidationError("Say true or false.")
        return said


class TrueOrFalseFilter(django_filters.BooleanFilter):
    """Whether something holds."""

    field_class = TrueOrFalse


class IndicatorFilter(django_filters.FilterSet):
    """Narrows the list of indicators."""

    code = django_filters.CharFilter(field_name="code")
    fingertips_id = WholeNumberFilter(field_name="fingertips_id", max_value=2_147_483_647)
    draft = TrueOrFalseFilter(field_name="draft")
    domain = django_filters.CharFilter(field_name="domain__slug")
    set = django_filters.CharFilter(field_name="set_places__indicator_set__slug")
    polarity = django_filters.ChoiceFilter(field_name="polarity", choices=Polarity.choices)

    class Meta:
        model = Indicator
        fields = ("code", "fingertips_id", "draft", "domain", "set", "polarity")


class _ObservationQuestion(forms.Form):
    """What is asked of values: a day is asked of one indicator, and has come."""

    def clean(self) -> dict[str, Any]:
        """Refuse a day without an indicator, which would sort every value there is."""
        asked: dict[str, Any] = super().clean() or self.cleaned_data
        day: date | None = asked.get("as_published")
        if day is not None and day > timezone.localdate():
            self.add_error("as_published", "Give today or an earlier day.")
        elif day is not None and not asked.get("indicator"):
            self.add_error("as_published", "Name the indicator, too: indicator=<its code>.")
        return asked


class ObservationFilter(django_filters.FilterSet):
    """Narrows the list of values."""

    indicator = django_filters.CharFilter(
        field_name="indicator__code", help_text="Code of an indicator."
    )
    area_code = django_filters.CharFilter(
        field_name="area_code", help_text="ONS code, as the release has it."
    )
    area_kind = django_filters.ChoiceFilter(field_name="area__kind", choices=BodyKind.choices)
    period = django_filters.CharFilter(
        field_name="period__label", help_text="Label as published: 2022 - 24, 2023/24."
    )
    sex = django_filters.CharFilter(
        field_name="breakdown__sex", help_text="As published: Male, Female, Persons."
    )
    as_published = django_filters.DateFilter(
        method="at_any_time",
        help_text=(
            "Published values as they stood on this day, as 2026-05-01; current ones without it. "
            "Needs indicator."
        ),
        error_messages={
            "invalid": "Enter a date as year, month and day, for example 2026-05-01.",
        },
    )

    class Meta:
        model = Observation
        form = _ObservationQuestion
        fields = ("indicator", "area_code", "area_kind", "period", "sex", "as_published")

    def filter_queryset(self, queryset: QuerySet[Observation]) -> QuerySet[Observation]:
        """Narrow what spoke on the day, not what it is chosen from: a code may be a later one."""
        asked: Mapping[str, Any] = self.form.cleaned_data
        narrowed: QuerySet[Observation] = super().filter_queryset(queryset)
        if asked["as_published"] is None:
            return narrowed
        return rows_as_published(
            rows=narrowed, indicator_code=asked["indicator"], day=asked["as_published"]
        )

    def at_any_time(
        self, queryset: QuerySet[Observation], name: str, value: date
    ) -> QuerySet[Observation]:
        """Leave the rows as they are: the day is asked when all else is."""
        return queryset
