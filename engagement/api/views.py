"""Placements over HTTP: read only; the public sees published rounds and nothing else."""

from typing import Any

from django.db.models import F, IntegerField, Q, QuerySet, Value
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from authorities import access
from authorities.api.permissions import HasPermission
from authorities.permissions import Permission
from engagement.api.parameters import PlacementParameters, stored_level
from engagement.api.serializers import PlacementSerializer
from engagement.models import Placement, PublishedPlacement
from engagement.queries import placements


@extend_schema_view(
    list=extend_schema(
        operation_id="placements_list",
        description="Placements of pairs, by round (the latest first), authority and ICB.",
        parameters=[PlacementParameters],
    ),
)
class PlacementViewSet(GenericViewSet[Any]):
    """Where pairs stand in rounds."""

    permission = Permission.REGISTER_READ
    permission_classes = [HasPermission]
    serializer_class = PlacementSerializer
    # Filters are declared in the parameters, so that a wrong one is answered and not ignored.
    filter_backends = []
    queryset = PublishedPlacement.objects.none()

    def list(self, request: Request) -> Response:
        """Answer with a page of the placements asked for.

        Raises:
            Http404: working placements were asked for by somebody who is not of the centre.
        """
        asked = PlacementParameters(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        if wanted["status"] == "working":
            access.require(request.user, Permission.UNPUBLISHED_PLACEMENTS_READ)
        found = self._placements(working=wanted["status"] == "working").filter(_filter(wanted))
        page = self.paginate_queryset(found)
        return self.get_paginated_response(PlacementSerializer(page, many=True).data)

    def _placements(self, *, working: bool) -> QuerySet[Any]:
        if working:
            rows: QuerySet[Any] = Placement.objects.filter(
                round__in=placements.working_rounds()
            ).annotate(
                round_slug=F("round__slug"),
                round_name=F("round__name"),
                round_covers_to=F("round__covers_to"),
                revision_number=Value(None, output_field=IntegerField()),
            )
        else:
            rows = PublishedPlacement.objects.filter(
                publication__in=placements.current_publications()
            ).annotate(
                round_slug=F("publication__round__slug"),
                round_name=F("publication__round__name"),
                round_covers_to=F("publication__round__covers_to"),
                revision_number=F("publication__number"),
            )
        return rows.order_by(
            "-round_covers_to",
            "-round_slug",
            "pair__authority__slug",
            "pair__board__slug",
            "pk",
        )


def _filter(wanted: dict[str, Any]) -> Q:
    found = Q()
    fields = {
        "round": "round_slug",
        "authority": "pair__authority__slug",
        "icb": "pair__board__slug",
        "basis": "basis",
    }
    for name, field in fields.items():
        if name in wanted:
            found &= Q(**{field: wanted[name]})
    if "group" in wanted:
        none = wanted["group"] in ("not_assessed", "not-assessed")
        found &= Q(group__isnull=True) if none else Q(group=wanted["group"])
    if "authority_level" in wanted:
        found &= _level("authority_level", wanted["authority_level"])
    if "icb_level" in wanted:
        found &= _level("board_level", wanted["icb_level"])
    if "level" in wanted:
        found &= _level("authority_level", wanted["level"]) | _level("board_level", wanted["level"])
    return found


def _level(field: str, asked: str) -> Q:
    level = stored_level(asked)
    return Q(**{f"{field}__isnull": True}) if level is None else Q(**{field: level})
