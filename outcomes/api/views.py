"""Indicators and their values: what is published, and to members what their body sent in."""

from django.db.models import QuerySet
from rest_framework.permissions import AllowAny
from rest_framework.viewsets import ReadOnlyModelViewSet

from authorities.access import may, rights_of
from authorities.permissions import Permission
from outcomes.api.filters import IndicatorFilter, ObservationFilter
from outcomes.api.serializers import (
    DomainSerializer,
    IndicatorSerializer,
    IndicatorSetSerializer,
    ObservationSerializer,
)
from outcomes.models import Domain, Indicator, IndicatorSet, Observation
from outcomes.queries import catalogue, indicators


class IndicatorViewSet(ReadOnlyModelViewSet[Indicator]):
    """Described indicators by code.

    Members also see drafts that they sent values of, and the centre sees all drafts.
    """

    permission_classes = (AllowAny,)
    serializer_class = IndicatorSerializer
    filterset_class = IndicatorFilter
    lookup_field = "code"
    # What no code can be is no address: a NUL character would reach the database.
    lookup_value_regex = "[-a-zA-Z0-9_]+"
    queryset = Indicator.objects.none()

    def get_queryset(self) -> QuerySet[Indicator]:
        """Give what the visitor may see."""
        visitor = self.request.user
        return indicators.indicators_visible_at(
            bodies=rights_of(visitor).bodies_with(Permission.INDICATOR_UPLOAD),
            all_drafts=may(visitor, Permission.INDICATOR_UNPUBLISHED_READ),
        )


class DomainViewSet(ReadOnlyModelViewSet[Domain]):
    """Domains in use, in their order: the determinants of health, and its outcomes."""

    permission_classes = (AllowAny,)
    serializer_class = DomainSerializer
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"
    queryset = Domain.objects.filter(in_use=True).order_by("order", "name", "pk")


class IndicatorSetViewSet(ReadOnlyModelViewSet[IndicatorSet]):
    """Sets in use, by short name, with the described indicators of each in their order."""

    permission_classes = (AllowAny,)
    serializer_class = IndicatorSetSerializer
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"
    queryset = IndicatorSet.objects.none()

    def get_queryset(self) -> QuerySet[IndicatorSet]:
        """Give what is in use."""
        return catalogue.sets_in_use()


class ObservationViewSet(ReadOnlyModelViewSet[Observation]):
    """Current values, by indicator, area, period and breakdown; or those published on a day.

    A value that is missing or suppressed is null, and its note says which of the two. What the
    newest release suppresses is suppressed on every day. Values of an indicator that nobody has
    described yet are not listed, but for members those that they sent in.
    """

    permission_classes = (AllowAny,)
    serializer_class = ObservationSerializer
    filterset_class = ObservationFilter
    lookup_value_regex = "[0-9]{1,18}"
    queryset = Observation.objects.none()

    def get_queryset(self) -> QuerySet[Observation]:
        """Give what the visitor may see."""
        visitor = self.request.user
        all_drafts = may(visitor, Permission.INDICATOR_UNPUBLISHED_READ)
        if self.request.query_params.get("as_published"):
            # The filter keeps of these what was published on the day.
            rows = indicators.observations_public(all_drafts=all_drafts)
        else:
            rows = indicators.observations_visible_at(
                bodies=rights_of(visitor).bodies_with(Permission.INDICATOR_UPLOAD),
                all_drafts=all_drafts,
            )
        return rows.select_related("indicator", "area", "period", "breakdown", "release").order_by(
            "indicator__code",
            "area_code",
            "period__start_date",
            "period__end_date",
            "breakdown_id",
            "pk",
        )
