"""What this app adds to the API: prefix, viewset, name."""

from rest_framework.viewsets import ViewSetMixin

from outcomes.api.area_views import IndicatorAreaViewSet
from outcomes.api.views import (
    DomainViewSet,
    IndicatorSetViewSet,
    IndicatorViewSet,
    ObservationViewSet,
)

ROUTES: list[tuple[str, type[ViewSetMixin], str]] = [
    ("indicators", IndicatorViewSet, "indicator"),
    ("indicators/(?P<code>[-a-zA-Z0-9_]+)/areas", IndicatorAreaViewSet, "indicator-area"),
    ("indicator-domains", DomainViewSet, "indicator-domain"),
    ("indicator-sets", IndicatorSetViewSet, "indicator-set"),
    ("observations", ObservationViewSet, "observation"),
]
