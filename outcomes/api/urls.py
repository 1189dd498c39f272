"""What this app adds to the API: prefix, viewset, name."""

from rest_framework.viewsets import ViewSetMixin

from outcomes.api.views import (
    DomainViewSet,
    IndicatorSetViewSet,
    IndicatorViewSet,
    ObservationViewSet,
)

ROUTES: list[tuple[str, type[ViewSetMixin], str]] = [
    ("indicators", IndicatorViewSet, "indicator"),
    ("indicator-domains", DomainViewSet, "indicator-domain"),
    ("indicator-sets", IndicatorSetViewSet, "indicator-set"),
    ("observations", ObservationViewSet, "observation"),
]
