"""Version 1 of what the API says of indicators and their values."""

from typing import Any

from rest_framework import serializers

from outcomes.models import (
    ComparabilityBreak,
    Domain,
    Indicator,
    IndicatorSet,
    IndicatorSetMember,
    Note,
    Observation,
)


class BreakSerializer(serializers.ModelSerializer[ComparabilityBreak]):
    """From which day on periods are not comparable with those before, and why.

    Where a period was published by the old ways and again by the new ones, it bridges the break.
    """

    bridged_by = serializers.CharField(
        source="common_period.label", read_only=True, default="", allow_blank=True
    )

    class Meta:
        model = ComparabilityBreak
        fields = ("starts_on", "kind", "text", "source", "bridged_by")
        read_only_fields = fields


class DomainSerializer(serializers.ModelSerializer[Domain]):
    """A group of determinants or outcomes by which indicators are found."""

    class Meta:
        model = Domain
        fields = ("slug", "name", "text", "source", "order")
        read_only_fields = fields


class SetMemberSerializer(serializers.ModelSerializer[IndicatorSetMember]):
    """An indicator's place in a set."""

    code = serializers.CharField(source="indicator.code", read_only=True)
    name = serializers.CharField(source="indicator.name", read_only=True)

    class Meta:
        model = IndicatorSetMember
        fields = ("order", "code", "name")
        read_only_fields = fields


class IndicatorSetSerializer(serializers.ModelSerializer[IndicatorSet]):
    """Indicators that are looked at together, in their order."""

    indicators = SetMemberSerializer(source="members", many=True, read_only=True)

    class Meta:
        model = IndicatorSet
        fields = ("slug", "name", "text", "source", "indicators")
        read_only_fields = fields


class IndicatorSerializer(serializers.ModelSerializer[Indicator]):
    """A measure, as its publisher defines it; null is what is not known or does not apply.

    A value is count divided by denominator times multiplier. Breaks that were withdrawn are left
    out.
    """

    domain = serializers.SlugRelatedField[Domain](slug_field="slug", read_only=True)
    breaks = BreakSerializer(source="standing_breaks", many=True, read_only=True)

    class Meta:
        model = Indicator
        fields = (
            "code",
            "fingertips_id",
            "name",
            "definition",
            "unit",
            "scale",
            "polarity",
            "domain",
            "multiplier",
            "year_type",
            "period_months",
            "step_months",
            "publication_lag_months",
            "breakdowns",
            "benchmark_method",
            "trend_eligible",
            "trend_text",
            "suppress_counts_to",
            "suppress_denominators_to",
            "round_counts_to",
            "disclosure_text",
            "source",
            "licence",
            "breaks",
            "version",
            "draft",
        )
        read_only_fields = fields


_SAID = (
    "value",
    "lower_95",
    "upper_95",
    "lower_998",
    "upper_998",
    "count",
    "denominator",
    "publishers_comparison",
)


class ObservationSerializer(serializers.ModelSerializer[Observation]):
    """A value, or null with the note that says why there is none."""

    indicator = serializers.SlugRelatedField[Indicator](slug_field="code", read_only=True)
    area_kind = serializers.CharField(source="area.kind", read_only=True)
    area_slug = serializers.CharField(source="area.slug", read_only=True)
    period = serializers.CharField(source="period.label", read_only=True)
    period_start = serializers.DateField(source="period.start_date", read_only=True)
    period_end = serializers.DateField(
        source="period.end_date", read_only=True, help_text="First day after the period."
    )
    sex = serializers.CharField(source="breakdown.sex", read_only=True)
    age = serializers.CharField(source="breakdown.age", read_only=True)
    category_type = serializers.CharField(source="breakdown.category_type", read_only=True)
    category = serializers.CharField(source="breakdown.category", read_only=True)
    note = serializers.ChoiceField(choices=Note.choices, read_only=True)
    published = serializers.SerializerMethodField(
        help_text="False for a value that a body sent in and nobody has approved yet."
    )
    release = serializers.CharField(source="release.title", read_only=True)
    released_on = serializers.DateField(
        source="release.published_on",
        read_only=True,
        allow_null=True,
        help_text="The day of the release; null where it did not say one.",
    )

    class Meta:
        model = Observation
        fields = (
            "indicator",
            "area_code",
            "area_kind",
            "area_slug",
            "period",
            "period_start",
            "period_end",
            "sex",
            "age",
            "category_type",
            "category",
            "value",
            "lower_95",
            "upper_95",
            "lower_998",
            "upper_998",
            "count",
            "denominator",
            "note",
            "note_text",
            "provisional",
            "publishers_comparison",
            "published",
            "release",
            "released_on",
        )
        read_only_fields = fields

    def get_published(self, observation: Observation) -> bool:
        """Whether the value comes from a national release."""
        return observation.owner_id is None

    def to_representation(self, instance: Observation) -> dict[str, Any]:
        """Give no number of what the newest release suppresses, on whichever day."""
        shown: dict[str, Any] = super().to_representation(instance)
        if getattr(instance, "held_back", False):
            shown |= dict.fromkeys(_SAID) | {
                "note": Note.SUPPRESSED.value,
                "note_text": "",
            }
        return shown
