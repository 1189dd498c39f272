"""Indicators and their values: what is published, and to members what their body sent in."""

from django.db.models import QuerySet
from rest_framework.permissions import AllowAny
from rest_framework.viewsets import ReadOnlyModelViewSet

from authorities.access import rights_of
from outcomes.api.filters import IndicatorFilter, ObservationFilter
from outcomes.api.serializers import IndicatorSerializer, ObservationSerializer
from outcomes.models import Indicator, Observation
from outcomes.queries import indicators


class IndicatorViewSet(ReadOnlyModelViewSet[Indicator]):
    """Indicators with published values, by code; to members also those that they sent in."""

    permission_classes = (AllowAny,)
    serializer_class = IndicatorSerializer
    filterset_class = IndicatorFilter
    lookup_field = "code"
    # What no code can be is no address: a NUL character would reach the database.
    lookup_value_regex = "[-a-zA-Z0-9_]+"
    queryset = Indicator.objects.none()

    def get_queryset(self) -> QuerySet[Indicator]:
        """Give what the visitor may see."""
        bodies = rights_of(self.request.user).at_bodies
        return indicators.indicators_visible_at(bodies=bodies)


class ObservationViewSet(ReadOnlyModelViewSet[Observation]):
    """Current values, by indicator, area, period and breakdown.

    A value that is missing or suppressed is null, and its note says which of the two.
    """

    permission_classes = (AllowAny,)
    serializer_class = ObservationSerializer
    filterset_class = ObservationFilter
    lookup_value_regex = "[0-9]{1,18}"
    queryset = Observation.objects.none()

    def get_queryset(self) -> QuerySet[Observation]:
        """Give what the visitor may see."""
        bodies = rights_of(self.request.user).at_bodies
        return (
            indicators.observations_visible_at(bodies=bodies)
            .select_related("indicator", "area", "period", "breakdown", "release")
            .order_by(
                "indicator__code",
                "area_code",
                "period__start_date",
                "period__end_date",
                "breakdown_id",
                "pk",
            )
        )
