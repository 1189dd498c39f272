"""Version 1 of what the API says of agreed outcomes frameworks and their targets."""

from typing import Any

from rest_framework import serializers

from outcomes.models import (
    Aggregation,
    CountDirection,
    FrameworkIndicator,
    FrameworkPartner,
    FrameworkVersion,
    Indicator,
    IndicatorSet,
    ItemKind,
    TargetKind,
    TargetMode,
    TheoryItem,
    TrajectoryKind,
)
from outcomes.queries.framework_api import CURRENT_PARTNERS


class FrameworkSerializer(serializers.ModelSerializer[FrameworkVersion]):
    """A framework as its version in force says it: all of its owners have signed that."""

    id = serializers.UUIDField(source="framework_id", read_only=True)
    name = serializers.CharField(source="framework.name", read_only=True)
    authority = serializers.CharField(source="framework.authority.slug", read_only=True)
    icbs = serializers.SerializerMethodField(help_text="Short names of the ICBs that own it.")
    awaits_adoption = serializers.SerializerMethodField(
        help_text="ICBs that took over from an owner and have not said that they stand by it."
    )
    authority_awaits_adoption = serializers.BooleanField(
        source="framework.needs_reconfirmation",
        read_only=True,
        help_text="The authority took over from one that merged, and has not said so yet.",
    )
    version = serializers.IntegerField(source="number", read_only=True)

    class Meta:
        model = FrameworkVersion
        fields = (
            "id",
            "name",
            "authority",
            "icbs",
            "awaits_adoption",
            "authority_awaits_adoption",
            "version",
            "agreed_at",
            "change_reason",
            "summary",
            "assumptions",
            "prevention_spending",
            "disinvestment",
        )
        read_only_fields = fields

    def get_icbs(self, version: FrameworkVersion) -> list[str]:
        """Return the ICBs that own the framework now."""
        return sorted(one.pair.board.slug for one in _partners(version))

    def get_awaits_adoption(self, version: FrameworkVersion) -> list[str]:
        """Return those that have yet to stand by it."""
        return sorted(one.pair.board.slug for one in _partners(version) if one.needs_reconfirmation)


def _partners(version: FrameworkVersion) -> list[FrameworkPartner]:
    found: list[FrameworkPartner] = getattr(version.framework, CURRENT_PARTNERS)
    return found


class PeriodValueSerializer(serializers.Serializer[Any]):
    """A value wanted for a period."""

    period = serializers.CharField(source="label")
    period_start = serializers.DateField(source="start_date")
    period_end = serializers.DateField(source="end_date", help_text="First day after the period.")
    value = serializers.FloatField()


class TheoryItemSerializer(serializers.ModelSerializer[TheoryItem]):
    """An input, process, output or outcome; its key stays the same from version to version."""

    key = serializers.UUIDField(source="lineage", read_only=True)
    kind = serializers.ChoiceField(choices=ItemKind.choices, read_only=True)

    class Meta:
        model = TheoryItem
        fields = ("key", "kind", "order", "title", "text", "assumption")
        read_only_fields = fields


class TheoryLinkSerializer(serializers.Serializer[Any]):
    """What leads to what, and what must hold for that."""

    cause = serializers.UUIDField(source="cause.lineage")
    effect = serializers.UUIDField(source="effect.lineage")
    assumption = serializers.CharField()


class CountSerializer(serializers.Serializer[Any]):
    """Something that an item is counted by, with its targets; of a percentage, percentages."""

    key = serializers.UUIDField(source="lineage")
    item = serializers.UUIDField(source="item.lineage")
    name = serializers.CharField()
    unit = serializers.CharField()
    aggregation = serializers.ChoiceField(choices=Aggregation.choices)
    direction = serializers.ChoiceField(choices=CountDirection.choices)
    margin_percent = serializers.FloatField()
    targets = PeriodValueSerializer(many=True)


class FrameworkTargetSerializer(serializers.ModelSerializer[FrameworkIndicator]):
    """An indicator of an agreed framework: of whom, from which baseline, to which target, whose.

    Null is what there is none of; `no_baseline_reason` and `no_target_reason` say why.
    """

    framework = serializers.UUIDField(source="framework_version.framework_id", read_only=True)
    version = serializers.IntegerField(source="framework_version.number", read_only=True)
    authority = serializers.CharField(
        source="framework_version.framework.authority.slug", read_only=True
    )
    key = serializers.UUIDField(source="lineage", read_only=True)
    item = serializers.UUIDField(source="item.lineage", read_only=True)
    indicator = serializers.SlugRelatedField[Indicator](slug_field="code", read_only=True)
    unit = serializers.CharField(source="indicator.unit", read_only=True)
    area_kind = serializers.CharField(source="area.kind", read_only=True)
    area_slug = serializers.CharField(source="area.slug", read_only=True)
    sex = serializers.CharField(source="breakdown.sex", read_only=True)
    age = serializers.CharField(source="breakdown.age", read_only=True)
    category_type = serializers.CharField(source="breakdown.category_type", read_only=True)
    category = serializers.CharField(source="breakdown.category", read_only=True)
    determinant = serializers.CharField(
        source="determinant.slug", read_only=True, allow_null=True, default=None
    )
    adopted_set = serializers.SlugRelatedField[IndicatorSet](
        slug_field="slug",
        read_only=True,
        allow_null=True,
        help_text="Of the set of indicators with which it came in; null where it came alone.",
    )
    baseline_period = serializers.CharField(
        source="baseline_period.label", read_only=True, allow_null=True, default=None
    )
    baseline_start = serializers.DateField(
        source="baseline_period.start_date", read_only=True, allow_null=True, default=None
    )
    baseline_end = serializers.DateField(
        source="baseline_period.end_date",
        read_only=True,
        allow_null=True,
        default=None,
        help_text="First day after the period.",
    )
    baseline_release = serializers.CharField(
        source="baseline_release.title", read_only=True, allow_null=True, default=None
    )
    target_kind = serializers.ChoiceField(choices=TargetKind.choices, read_only=True)
    target_mode = serializers.ChoiceField(choices=TargetMode.choices, read_only=True)
    target_period = serializers.CharField(source="target_label", read_only=True)
    trajectory = serializers.ChoiceField(choices=TrajectoryKind.choices, read_only=True)
    milestones = PeriodValueSerializer(source="steps", many=True, read_only=True)

    class Meta:
        model = FrameworkIndicator
        fields = (
            "framework",
            "version",
            "authority",
            "key",
            "item",
            "indicator",
            "unit",
            "area_kind",
            "area_slug",
            "sex",
            "age",
            "category_type",
            "category",
            "determinant",
            "adopted_set",
            "authority_role",
            "authority_owner",
            "board_owner",
            "baseline_period",
            "baseline_start",
            "baseline_end",
            "baseline_value",
            "baseline_lower",
            "baseline_upper",
            "baseline_release",
            "no_baseline_reason",
            "target_kind",
            "target_mode",
            "target_value",
            "target_period",
            "target_start",
            "target_end",
            "trajectory",
            "tolerance",
            "milestones",
            "no_target_reason",
        )
        read_only_fields = fields


class FrameworkDetailSerializer(FrameworkSerializer):
    """A framework with all that its version in force says."""

    items = TheoryItemSerializer(source="theory_items", many=True, read_only=True)
    links = TheoryLinkSerializer(source="theory_links", many=True, read_only=True)
    indicators = FrameworkTargetSerializer(source="places", many=True, read_only=True)
    counts = CountSerializer(source="counted", many=True, read_only=True)

    class Meta:
        model = FrameworkVersion
        fields = (*FrameworkSerializer.Meta.fields, "items", "links", "indicators", "counts")
        read_only_fields = fields
