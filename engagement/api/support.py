"""Offers of support over HTTP: read only, and only what exists for everybody."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from authorities.api.parameters import DayParameters
from authorities.api.permissions import HasPermission
from authorities.permissions import Permission
from engagement.api.serializers import SupportOfferSerializer
from engagement.models import OfferState, SupportOffer
from engagement.queries.support_offers import public_offers


class SupportOfferParameters(DayParameters):
    """Filters of offers. They have days of their own, so no day is asked for."""

    as_at = None  # type: ignore[assignment]
    group = serializers.RegexField(
        "^[a-z_-]{1,12}$", required=False, help_text="A support group's code."
    )
    state = serializers.ChoiceField(choices=OfferState.choices[1:], required=False)


@extend_schema_view(
    list=extend_schema(
        operation_id="support_offers_list",
        description="Open and closed offers of support, those that begin last first.",
        parameters=[SupportOfferParameters],
    ),
)
class SupportOfferViewSet(GenericViewSet[Any]):
    """What support there is."""

    permission = Permission.REGISTER_READ
    permission_classes = [HasPermission]
    serializer_class = SupportOfferSerializer
    # Filters are declared in the parameters, so that a wrong one is answered and not ignored.
    filter_backends = []
    queryset = SupportOffer.objects.none()

    def list(self, request: Request) -> Response:
        """Answer with a page of the offers asked for."""
        asked = SupportOfferParameters(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        found = public_offers()
        if "group" in asked.validated_data:
            found = found.filter(group_code=asked.validated_data["group"])
        if "state" in asked.validated_data:
            found = found.filter(state=asked.validated_data["state"])
        page: Any = self.paginate_queryset(found)
        return self.get_paginated_response(SupportOfferSerializer(page, many=True).data)
