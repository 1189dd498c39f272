"""Version 1 of what the API says of what frameworks count, and of their expert reviews."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from outcomes.counts import Bearing, CountStatus
from outcomes.models import (
    Aggregation,
    CountDirection,
    CountMeasure,
    ExpertReview,
    ItemKind,
    Judgement,
)
from outcomes.queries.counts import MeasureFacts
from outcomes.queries.framework_api import READING

_STATUSES = [(one.value, one.name) for one in CountStatus]


class _StandSerializer(serializers.Serializer[Any]):
    """Where a count stands: null where nothing was counted, or no target is set."""

    value = serializers.FloatField(source="amount.value", allow_null=True, default=None)
    numerator = serializers.FloatField(source="amount.numerator", allow_null=True, default=None)
    denominator = serializers.FloatField(source="amount.denominator", allow_null=True, default=None)
    target = serializers.FloatField(source="wanted", allow_null=True)
    status = serializers.ChoiceField(source="status.value", choices=_STATUSES)
    bearing = serializers.ChoiceField(
        source="bearing.value",
        choices=[one.value for one in Bearing],
        allow_null=True,
        default=None,
        help_text="What the status means by the direction that is good; null for none.",
    )


class CountSoFarSerializer(_StandSerializer):
    """How a measure stands so far, over the periods that have a value."""

    periods_with_value = serializers.IntegerField(source="counted")
    periods = serializers.IntegerField()


class CountPeriodSerializer(_StandSerializer):
    """A target's period, or a value's own where no target's holds it."""

    period_start = serializers.DateField(source="days.start")
    period_end = serializers.DateField(source="days.end", help_text="First day after the period.")
    counted_until = serializers.DateField(
        source="until",
        allow_null=True,
        help_text="First day after the last that was counted; null where all of it was.",
    )


class CountValueSerializer(serializers.Serializer[Any]):
    """A value as an owner recorded it; a percentage has its two parts and no value."""

    period = serializers.CharField(source="label")
    period_start = serializers.DateField(source="days.start")
    period_end = serializers.DateField(source="days.end", help_text="First day after the period.")
    value = serializers.FloatField(allow_null=True)
    numerator = serializers.FloatField(allow_null=True)
    denominator = serializers.FloatField(allow_null=True)
    note = serializers.CharField()
    recorded_at = serializers.DateTimeField()
    recorded_for = serializers.CharField(help_text="Short name of the owner that recorded it.")


class FrameworkCountSerializer(serializers.ModelSerializer[CountMeasure]):
    """What a framework in force counts, with its current values and how it stands."""

    framework = serializers.UUIDField(source="framework_version.framework_id", read_only=True)
    version = serializers.IntegerField(source="framework_version.number", read_only=True)
    authority = serializers.CharField(
        source="framework_version.framework.authority.slug", read_only=True
    )
    key = serializers.UUIDField(source="lineage", read_only=True)
    item = serializers.UUIDField(source="item.lineage", read_only=True)
    item_kind = serializers.ChoiceField(
        source="item.kind", choices=ItemKind.choices, read_only=True
    )
    aggregation = serializers.ChoiceField(choices=Aggregation.choices, read_only=True)
    direction = serializers.ChoiceField(choices=CountDirection.choices, read_only=True)
    so_far = CountSoFarSerializer(source=f"{READING}.reading.so_far", read_only=True)
    periods = CountPeriodSerializer(source=f"{READING}.reading.periods", many=True, read_only=True)
    values = serializers.SerializerMethodField()

    class Meta:
        model = CountMeasure
        fields = (
            "framework",
            "version",
            "authority",
            "key",
            "item",
            "item_kind",
            "name",
            "unit",
            "aggregation",
            "direction",
            "margin_percent",
            "so_far",
            "periods",
            "values",
        )
        read_only_fields = fields

    @extend_schema_field(CountValueSerializer(many=True))
    def get_values(self, measure: CountMeasure) -> Any:
        """Return the current values; a corrected one is not among them."""
        facts: MeasureFacts = getattr(measure, READING)
        return CountValueSerializer(facts.values, many=True).data


class ReviewedIndicatorSerializer(serializers.Serializer[Any]):
    """An indicator that the group looked at, and how its status read then."""

    key = serializers.UUIDField(
        source="lineage", help_text="Of the indicator in the framework, the same in every version."
    )
    text = serializers.CharField()
    status_then = serializers.CharField()


class ExpertReviewSerializer(serializers.ModelSerializer[ExpertReview]):
    """A dated note of a group on a framework in force, signed for it; it stays as it is."""

    authority = serializers.CharField(source="framework.authority.slug", read_only=True)
    things_right = serializers.ChoiceField(choices=Judgement.choices, read_only=True)
    right_things = serializers.ChoiceField(choices=Judgement.choices, read_only=True)
    body_kind = serializers.CharField(source="body.kind", read_only=True)
    body_slug = serializers.CharField(source="body.slug", read_only=True)
    indicators = ReviewedIndicatorSerializer(many=True, read_only=True)

    class Meta:
        model = ExpertReview
        fields = (
            "id",
            "framework",
            "authority",
            "group_name",
            "met_on",
            "things_right",
            "things_right_text",
            "right_things",
            "right_things_text",
            "conclusion",
            "signed_role",
            "signed_at",
            "body_kind",
            "body_slug",
            "indicators",
        )
        read_only_fields = fields
