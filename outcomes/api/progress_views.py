"""Statuses of agreed frameworks, each with its reasons and with what it rests on."""

from typing import Any

import django_filters
from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.viewsets import ReadOnlyModelViewSet

from outcomes.models import BaselineConfirmation, Note, OwnerNote, ProgressStatus
from outcomes.progress_labels import REASON_WORDS, STATUS_WORDS
from outcomes.queries import progress
from outcomes.stats.comparability import Confidence


class ProgressFilter(django_filters.FilterSet):
    """Narrows the list of statuses."""

    authority = django_filters.CharFilter(
        field_name="framework_indicator__framework_version__framework__authority__slug",
        help_text="Slug of a strategic authority.",
    )
    board = django_filters.CharFilter(
        method="of_board", help_text="Slug of a board that owns the framework today."
    )
    framework = django_filters.UUIDFilter(
        field_name="framework_indicator__framework_version__framework"
    )
    indicator = django_filters.CharFilter(field_name="framework_indicator__indicator__code")
    status = django_filters.ChoiceFilter(choices=list(STATUS_WORDS.items()))
    reason = django_filters.ChoiceFilter(choices=list(REASON_WORDS.items()))

    class Meta:
        model = ProgressStatus
        fields = ("authority", "board", "framework", "indicator", "status", "reason")

    def of_board(
        self, queryset: QuerySet[ProgressStatus], name: str, value: str
    ) -> QuerySet[ProgressStatus]:
        """Keep what a board owns today."""
        return queryset.filter(
            framework_indicator__framework_version__framework__in=progress.frameworks_of_board(
                slug=value
            )
        )


def _in(path: str, kind: type[serializers.Field[Any, Any, Any, Any]], **more: Any) -> Any:
    return kind(source=f"content.{path}", read_only=True, **more)


class OwnerNoteSerializer(serializers.ModelSerializer[OwnerNote]):
    """What an owner says beside a status, which it never changes."""

    body_kind = serializers.CharField(source="body.kind", read_only=True)
    body_slug = serializers.CharField(source="body.slug", read_only=True)

    class Meta:
        model = OwnerNote
        fields = ("at", "body_kind", "body_slug", "role", "text", "contested", "about")
        read_only_fields = fields


class BaselineConfirmationSerializer(serializers.ModelSerializer[BaselineConfirmation]):
    """An owner's confirmation of a revised baseline, for the value that it had then."""

    body_kind = serializers.CharField(source="body.kind", read_only=True)
    body_slug = serializers.CharField(source="body.slug", read_only=True)

    class Meta:
        model = BaselineConfirmation
        fields = ("body_kind", "body_slug", "value", "at")
        read_only_fields = fields


class ProgressSerializer(serializers.ModelSerializer[ProgressStatus]):
    """Four labels of one indicator of a framework, never made into one.

    A value that is suppressed or missing is null, and so is every number that would follow from it.
    """

    authority = serializers.CharField(
        source="framework_indicator.framework_version.framework.authority.slug", read_only=True
    )
    framework = serializers.UUIDField(
        source="framework_indicator.framework_version.framework_id", read_only=True
    )
    framework_version = serializers.IntegerField(
        source="framework_indicator.framework_version.number", read_only=True
    )
    indicator_id = serializers.UUIDField(
        source="framework_indicator.lineage",
        read_only=True,
        help_text="Of the indicator in the framework, the same in every version.",
    )
    target_version = serializers.IntegerField(
        source="framework_indicator_id",
        read_only=True,
        help_text="Of the indicator in this version: baseline and target stand in it.",
    )
    indicator = serializers.CharField(source="framework_indicator.indicator.code", read_only=True)
    definition_version = _in("definition_version", serializers.IntegerField)
    area_kind = serializers.CharField(source="framework_indicator.area.kind", read_only=True)
    area_slug = serializers.CharField(source="framework_indicator.area.slug", read_only=True)
    sex = serializers.CharField(source="framework_indicator.breakdown.sex", read_only=True)
    age = serializers.CharField(source="framework_indicator.breakdown.age", read_only=True)
    category = serializers.CharField(
        source="framework_indicator.breakdown.category", read_only=True
    )
    period = _in(
        "latest.period", serializers.CharField, default="", help_text="Label of the latest period."
    )
    value = _in("latest.value", serializers.FloatField, allow_null=True)
    lower_95 = _in("latest.lower", serializers.FloatField, allow_null=True)
    upper_95 = _in("latest.upper", serializers.FloatField, allow_null=True)
    note = _in(
        "latest.note",
        serializers.ChoiceField,
        choices=Note.choices,
        default=Note.MISSING.value,
        help_text="What the value is; missing where nothing is published.",
    )
    provisional = _in("latest.provisional", serializers.BooleanField, default=False)
    observation = _in(
        "latest.observation",
        serializers.IntegerField,
        allow_null=True,
        help_text="Key of the stored value that the labels rest on.",
    )
    status = serializers.ChoiceField(choices=list(STATUS_WORDS.items()), read_only=True)
    reason = serializers.CharField(
        read_only=True, help_text="Why it is not assessed; empty where it is."
    )
    status_words = _in("trajectory.words", serializers.CharField)
    status_reason = _in("trajectory.why", serializers.CharField)
    contested = serializers.SerializerMethodField()
    notes = serializers.SerializerMethodField()
    expected = _in("trajectory.expected", serializers.FloatField, allow_null=True)
    share = _in(
        "trajectory.share",
        serializers.FloatField,
        allow_null=True,
        help_text="Of the agreed change that is gone: 1 is all, negative is moving away.",
    )
    baseline = _in("trajectory.baseline", serializers.FloatField, allow_null=True)
    baseline_agreed = _in("trajectory.baseline_agreed", serializers.FloatField, allow_null=True)
    baseline_period = _in("trajectory.baseline_period", serializers.CharField)
    needs_confirmation = _in("trajectory.needs_confirmation", serializers.BooleanField)
    baseline_confirmations = BaselineConfirmationSerializer(
        source="framework_indicator.baseline_confirmations", many=True, read_only=True
    )
    target = _in("trajectory.target", serializers.FloatField, allow_null=True)
    target_agreed = _in("trajectory.target_agreed", serializers.FloatField, allow_null=True)
    target_period = _in("trajectory.target_period", serializers.CharField)
    first_possible = _in("trajectory.first_possible", serializers.CharField)
    trend = _in("trend.words", serializers.CharField)
    trend_reason = _in("trend.why", serializers.CharField)
    trend_first_possible = _in(
        "trend.first_possible",
        serializers.CharField,
        help_text="With which period there are enough independent ones; empty where there are.",
    )
    change_since_independent = _in("trend.since_independent.words", serializers.CharField)
    change_since_independent_reason = _in("trend.since_independent.why", serializers.CharField)
    change_since_baseline = _in("trend.since_baseline.words", serializers.CharField)
    change_since_baseline_reason = _in("trend.since_baseline.why", serializers.CharField)
    beside_england = _in("england.words", serializers.CharField)
    beside_england_reason = _in("england.why", serializers.CharField)
    beside_england_by_publisher = _in(
        "england.by_publisher",
        serializers.BooleanField,
        help_text="The publisher's own comparison, since no limits allow one here.",
    )
    gap = _in("england.gap", serializers.FloatField, allow_null=True)
    gap_lower_95 = _in("england.gap_lower", serializers.FloatField, allow_null=True)
    gap_upper_95 = _in("england.gap_upper", serializers.FloatField, allow_null=True)
    gap_change = _in(
        "england.change.words",
        serializers.CharField,
        default="",
        help_text="What became of the gap since the last independent period, and who moved.",
    )
    gap_change_reason = _in("england.change.why", serializers.CharField, default="")
    confidence = _in(
        "confidence.level", serializers.ChoiceField, choices=[one.value for one in Confidence]
    )
    confidence_reason = _in("confidence.why", serializers.CharField)

    class Meta:
        model = ProgressStatus
        fields = (
            "id",
            "authority",
            "framework",
            "framework_version",
            "indicator_id",
            "target_version",
            "indicator",
            "definition_version",
            "area_kind",
            "area_slug",
            "sex",
            "age",
            "category",
            "period",
            "value",
            "lower_95",
            "upper_95",
            "note",
            "provisional",
            "observation",
            "status",
            "reason",
            "status_words",
            "status_reason",
            "contested",
            "notes",
            "expected",
            "share",
            "baseline",
            "baseline_agreed",
            "baseline_period",
            "needs_confirmation",
            "baseline_confirmations",
            "target",
            "target_agreed",
            "target_period",
            "first_possible",
            "trend",
            "trend_reason",
            "trend_first_possible",
            "change_since_independent",
            "change_since_independent_reason",
            "change_since_baseline",
            "change_since_baseline_reason",
            "beside_england",
            "beside_england_reason",
            "beside_england_by_publisher",
            "gap",
            "gap_lower_95",
            "gap_upper_95",
            "gap_change",
            "gap_change_reason",
            "confidence",
            "confidence_reason",
            "method",
            "computed_at",
        )
        read_only_fields = fields

    def get_contested(self, row: ProgressStatus) -> bool:
        """Whether an owner contests the status; it stays as it is computed."""
        return any(note.contested for note in _notes(row))

    @extend_schema_field(OwnerNoteSerializer(many=True))
    def get_notes(self, row: ProgressStatus) -> Any:
        """What owners say beside the status, the newest first."""
        return OwnerNoteSerializer(_notes(row), many=True).data


def _notes(row: ProgressStatus) -> list[OwnerNote]:
    indicator = row.framework_indicator
    standing: list[OwnerNote] = indicator.framework_version.framework.standing_notes  # type: ignore[attr-defined]
    return [one for one in standing if one.lineage == indicator.lineage]


class ProgressViewSet(ReadOnlyModelViewSet[ProgressStatus]):
    """Where each indicator of a framework in force stands, by the newest public method.

    Drafts of frameworks and versions that were replaced are not listed.
    """

    permission_classes = (AllowAny,)
    serializer_class = ProgressSerializer
    filterset_class = ProgressFilter
    lookup_value_regex = "[0-9]{1,18}"
    queryset = ProgressStatus.objects.none()

    def get_queryset(self) -> QuerySet[ProgressStatus]:
        """Give what is in force."""
        return progress.statuses_in_force().prefetch_related(
            Prefetch(
                "framework_indicator__baseline_confirmations",
                BaselineConfirmation.objects.select_related("body").order_by("at", "pk"),
            )
        )
