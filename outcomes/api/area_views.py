"""One indicator in one area, as its page says it: values, labels and their reasons."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from authorities.access import may
from authorities.api.parameters import DayParameters
from authorities.permissions import Permission
from outcomes.area_figures import AreaValue
from outcomes.models import Note, PublishersComparison
from outcomes.presenters.area_statistics import ENGLAND, REGION, AreaFigures, figures
from outcomes.queries.area_pages import AskedFor, area_page
from outcomes.queries.indicator_areas import NoSuchAreaError
from outcomes.queries.indicator_facts import NoSuchIndicatorError


class AreaParameters(DayParameters):
    """For whom, as published on which day, and against what."""

    as_at = None  # type: ignore[assignment]
    as_published = serializers.DateField(
        required=False,
        help_text="Values as published on this day, as 2026-05-01; as they stand without it.",
        error_messages={
            "invalid": "Enter a date as year, month and day, for example 2026-05-01.",
        },
    )
    sex = serializers.CharField(required=False, help_text="As published: Male, Female, Persons.")
    age = serializers.CharField(required=False, help_text="As published: All ages.")
    comparator = serializers.ChoiceField(
        required=False, choices=[ENGLAND, REGION], help_text="England without it."
    )


class AreaPeriodSerializer(serializers.Serializer[Any]):
    """A value with its label; null with the note that says why there is none."""

    period = serializers.CharField()
    period_start = serializers.DateField()
    period_end = serializers.DateField(help_text="First day after the period.")
    value = serializers.FloatField(allow_null=True)
    lower_95 = serializers.FloatField(allow_null=True)
    upper_95 = serializers.FloatField(allow_null=True)
    note = serializers.ChoiceField(choices=Note.choices)
    provisional = serializers.BooleanField()
    publishers_comparison = serializers.ChoiceField(
        choices=PublishersComparison.choices,
        allow_null=True,
        help_text="With England, as the publisher itself says it.",
    )
    computed_from = serializers.ListField(
        child=serializers.CharField(),
        help_text="Areas from whose counts this site computed the value; empty where published.",
    )
    comparison = serializers.CharField()
    comparison_reason = serializers.CharField()
    remarks = serializers.ListField(child=serializers.CharField())


class IndicatorAreaSerializer(serializers.Serializer[Any]):
    """What the page of one indicator in one area says."""

    indicator = serializers.CharField()
    area_code = serializers.CharField()
    area_name = serializers.CharField()
    sex = serializers.CharField()
    age = serializers.CharField()
    as_published = serializers.DateField(allow_null=True)
    definition_version = serializers.IntegerField(
        help_text="Version of the definition that the values came under and are read by."
    )
    current_definition_version = serializers.IntegerField(
        help_text="Version that holds now; it counts for values that come later."
    )
    compared_with = serializers.CharField(allow_null=True)
    trend = serializers.CharField()
    trend_judgement = serializers.CharField()
    trend_reason = serializers.CharField()
    change = serializers.CharField()
    change_reason = serializers.CharField()
    values = AreaPeriodSerializer(many=True)


class IndicatorAreaViewSet(ViewSet):
    """Labels of one indicator in one area, from published values only."""

    permission_classes = (AllowAny,)
    lookup_value_regex = "[-a-zA-Z0-9_]+"
    lookup_field = "area_code"

    @extend_schema(
        operation_id="indicator_area",
        description=(
            "One indicator in one area: the series, how each value compares and why, the recent "
            "trend, and the change since the last period that does not overlap."
        ),
        parameters=[
            AreaParameters,
            OpenApiParameter("code", str, OpenApiParameter.PATH),
            OpenApiParameter(
                "area_code", str, OpenApiParameter.PATH, description="An ONS code, old or new."
            ),
        ],
        responses=IndicatorAreaSerializer,
    )
    def retrieve(self, request: Request, code: str, area_code: str) -> Response:
        """Say what the page says."""
        parameters = AreaParameters(data=request.query_params.dict())
        parameters.is_valid(raise_exception=True)
        asked: Mapping[str, Any] = parameters.validated_data
        try:
            facts = area_page(
                code=code,
                area_code=area_code,
                asked=AskedFor(
                    sex=asked.get("sex", ""),
                    age=asked.get("age", ""),
                    day=asked.get("as_published"),
                ),
                today=timezone.localdate(),
                with_drafts=may(request.user, Permission.INDICATOR_UNPUBLISHED_READ),
            )
        except (NoSuchIndicatorError, NoSuchAreaError) as none:
            raise NotFound from none
        found = figures(facts=facts, comparator=asked.get("comparator", ENGLAND))
        return Response(IndicatorAreaSerializer(_said(found)).data)


def _said(found: AreaFigures) -> dict[str, Any]:
    facts = found.facts
    return {
        "indicator": facts.indicator.code,
        "area_code": facts.area.code,
        "area_name": facts.area.name,
        "sex": facts.choices.sex,
        "age": facts.choices.age,
        "as_published": facts.day,
        "definition_version": facts.indicator.read_by,
        "current_definition_version": facts.indicator.version,
        "compared_with": found.benchmark.name if found.benchmark else None,
        "trend": found.trend.label,
        "trend_judgement": found.trend.judgement,
        "trend_reason": found.trend.reason,
        "change": found.change.label,
        "change_reason": found.change.reason,
        "values": [
            {
                **_number(row.value),
                "comparison": row.judgement.label,
                "comparison_reason": row.judgement.reason,
                "remarks": row.remarks,
            }
            for row in found.rows
            if row.value is not None
        ],
    }


def _number(value: AreaValue) -> dict[str, Any]:
    return {
        "period": value.period,
        "period_start": value.start_date,
        "period_end": value.end_date,
        "value": value.value,
        "lower_95": value.lower_95,
        "upper_95": value.upper_95,
        "note": value.note,
        "provisional": value.provisional,
        "publishers_comparison": value.publishers_comparison,
        "computed_from": value.computed_from,
    }
