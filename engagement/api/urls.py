"""What this app adds to the API's router: prefix, view set, name."""

from typing import Any

from django.urls import URLPattern, path
from rest_framework.viewsets import GenericViewSet

from engagement.api.practice import PracticeExampleViewSet
from engagement.api.support import SupportOfferViewSet
from engagement.api.three_steps import ThreeSteps
from engagement.api.version_views import MatrixViewSet, RubricViewSet
from engagement.api.views import PlacementViewSet

ROUTES: tuple[tuple[str, type[GenericViewSet[Any]], str], ...] = (
    ("placements", PlacementViewSet, "placement"),
    ("rubrics", RubricViewSet, "rubric"),
    ("matrices", MatrixViewSet, "matrix"),
    ("practice-examples", PracticeExampleViewSet, "practice-example"),
    ("support-offers", SupportOfferViewSet, "support-offer"),
)

PATHS: list[URLPattern] = [
    path(
        "pairs/<slug:authority_slug>/<slug:board_slug>/three-steps/",
        ThreeSteps.as_view(),
        name="three-steps-detail",
    ),
]
