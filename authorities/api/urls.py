"""What this app adds to the API's router: prefix, view set, name."""

from typing import Any

from rest_framework.viewsets import GenericViewSet

from authorities.api.register_views import (
    BodyViewSet,
    ChangeViewSet,
    CodeViewSet,
    NameViewSet,
    OverlapViewSet,
)
from authorities.api.views import AuthorityViewSet, BoardViewSet, PairViewSet

ROUTES: tuple[tuple[str, type[GenericViewSet[Any]], str], ...] = (
    ("strategic-authorities", AuthorityViewSet, "strategic-authority"),
    ("icbs", BoardViewSet, "icb"),
    ("pairs", PairViewSet, "pair"),
    ("bodies", BodyViewSet, "register-bodies"),
    ("codes", CodeViewSet, "register-codes"),
    ("names", NameViewSet, "register-names"),
    ("overlaps", OverlapViewSet, "register-overlaps"),
    ("changes", ChangeViewSet, "register-changes"),
)
