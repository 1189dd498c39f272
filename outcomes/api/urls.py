"""What this app adds to the API: prefix, viewset, name."""

from rest_framework.viewsets import ViewSetMixin

from outcomes.api.views import IndicatorViewSet, ObservationViewSet

ROUTES: list[tuple[str, type[ViewSetMixin], str]] = [
    ("indicators", IndicatorViewSet, "indicator"),
    ("observations", ObservationViewSet, "observation"),
]
