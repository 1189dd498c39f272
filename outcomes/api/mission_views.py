"""The mission as its page says it."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from authorities.api.parameters import DayParameters
from outcomes.api.mission_serializers import MissionSerializer, said
from outcomes.queries.mission import NoSuchDefinitionError, shown_mission
from outcomes.queries.mission_notes import mission_notes


class MissionParameters(DayParameters):
    """By which definition."""

    as_at = None  # type: ignore[assignment]
    definition = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=9_999,
        help_text="Version of the definition; the one in use without it.",
    )


class MissionView(APIView):
    """Gaps by sex with baseline, half, progress, status and what other definitions would give."""

    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="mission_hle",
        description=(
            "The mission to halve the gap in healthy life expectancy between regions, by one "
            "version of its definition. A number that is not known is null, never 0. Progress is "
            "arithmetic alone: it may only be called progress where the status says so."
        ),
        parameters=[MissionParameters],
        responses=MissionSerializer,
    )
    def get(self, request: Request) -> Response:
        """Say what the page says."""
        parameters = MissionParameters(data=request.query_params.dict())
        parameters.is_valid(raise_exception=True)
        asked: dict[str, Any] = parameters.validated_data
        try:
            shown = shown_mission(number=asked.get("definition"))
        except NoSuchDefinitionError as none:
            raise NotFound from none
        return Response(MissionSerializer(said(shown, mission_notes())).data)
