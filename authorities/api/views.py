"""The register over HTTP: read only, public, as it was or will be on any day."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from authorities import queries
from authorities.api.parameters import (
    AuthorityParameters,
    BoardParameters,
    DayParameters,
    PairParameters,
    keep,
    region_slug,
)
from authorities.api.permissions import HasPermission
from authorities.api.serializers import AuthoritySerializer, BoardSerializer, PairSerializer
from authorities.permissions import Permission


class _FactsViewSet(ABC, GenericViewSet[Any]):
    """A list of facts of a day, and one of them."""

    permission = Permission.REGISTER_READ
    permission_classes = [HasPermission]
    # Filters are declared in the parameters, so that a wrong one is answered and not ignored.
    filter_backends = []
    parameters: ClassVar[type[DayParameters]]
    value_of: ClassVar[Mapping[str, Callable[[Any], object]]] = {}

    @abstractmethod
    def facts(self, as_at: date) -> Sequence[Any]:
        """All rows of the day."""

    @abstractmethod
    def fact(self, as_at: date) -> Any:
        """The row that the address names, or Http404."""

    def list(self, request: Request) -> Response:
        """Answer with a page of the rows asked for."""
        wanted = self._asked(request, self.parameters)
        found = keep(facts=self.facts(wanted["as_at"]), wanted=wanted, value_of=self.value_of)
        page = self.paginate_queryset(found)
        serializer = self.get_serializer_class()(
            page, many=True, context={"as_at": wanted["as_at"]}
        )
        return self.get_paginated_response(serializer.data)

    def retrieve(self, request: Request, **_address: str) -> Response:
        """Answer with one row."""
        as_at = self._asked(request, DayParameters)["as_at"]
        serializer = self.get_serializer_class()(self.fact(as_at), context={"as_at": as_at})
        return Response(serializer.data)

    def _asked(self, request: Request, parameters: type[DayParameters]) -> dict[str, Any]:
        asked = parameters(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        wanted: dict[str, Any] = dict(asked.validated_data)
        wanted.setdefault("as_at", timezone.localdate())
        if "region" in wanted:
            wanted["region"] = region_slug(wanted["region"])
        return wanted


@extend_schema_view(
    list=extend_schema(
        operation_id="strategic_authorities_list",
        description="Strategic authorities, planned ones included, by name.",
        parameters=[AuthorityParameters],
    ),
    retrieve=extend_schema(
        operation_id="strategic_authorities_retrieve",
        description="One strategic authority.",
        parameters=[DayParameters],
    ),
)
class AuthorityViewSet(_FactsViewSet):
    """Strategic authorities."""

    serializer_class = AuthoritySerializer
    parameters = AuthorityParameters
    lookup_field = "slug"
    lookup_value_regex = "[a-z0-9-]+"
    value_of: ClassVar[Mapping[str, Callable[[Any], object]]] = {
        "tier": lambda row: row.tier,
        "type": lambda row: row.type,
        "planned": lambda row: row.planned,
        "coterminosity": lambda row: row.coterminosity,
    }

    def facts(self, as_at: date) -> Sequence[queries.AuthorityFacts]:
        """All authorities of the day."""
        return queries.authority_directory(as_at=as_at)

    def fact(self, as_at: date) -> queries.AuthorityFacts:
        """The authority with the slug."""
        try:
            return queries.authority_facts(slug=self.kwargs["slug"], as_at=as_at)
        except queries.NoSuchBodyError as error:
            raise Http404(str(error)) from error


@extend_schema_view(
    list=extend_schema(
        operation_id="icbs_list",
        description="Integrated care boards, by name.",
        parameters=[BoardParameters],
    ),
    retrieve=extend_schema(
        operation_id="icbs_retrieve",
        description="One integrated care board.",
        parameters=[DayParameters],
    ),
)
class BoardViewSet(_FactsViewSet):
    """Integrated care boards."""

    serializer_class = BoardSerializer
    parameters = BoardParameters
    lookup_field = "slug"
    lookup_value_regex = "[a-z0-9-]+"
    value_of: ClassVar[Mapping[str, Callable[[Any], object]]] = {
        "region": lambda row: region_slug(row.nhs_region),
        "cluster": lambda row: row.cluster.slug if row.cluster else None,
        "coterminosity": lambda row: row.coterminosity,
    }

    def facts(self, as_at: date) -> Sequence[queries.BoardFacts]:
        """All boards of the day."""
        return queries.board_directory(as_at=as_at)

    def fact(self, as_at: date) -> queries.BoardFacts:
        """The board with the slug."""
        try:
            return queries.board_facts(slug=self.kwargs["slug"], as_at=as_at)
        except queries.NoSuchBodyError as error:
            raise Http404(str(error)) from error


@extend_schema_view(
    list=extend_schema(
        operation_id="pairs_list",
        description="Pairs of a strategic authority and an integrated care board.",
        parameters=[PairParameters],
    ),
    retrieve=extend_schema(
        operation_id="pairs_retrieve", description="One pair.", parameters=[DayParameters]
    ),
)
class PairViewSet(_FactsViewSet):
    """Pairs."""

    serializer_class = PairSerializer
    parameters = PairParameters
    lookup_field = "id"
    lookup_value_regex = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    value_of: ClassVar[Mapping[str, Callable[[Any], object]]] = {
        "authority": lambda row: row.authority_slug,
        "icb": lambda row: row.board_slug,
        "tier": lambda row: row.authority_tier,
        "type": lambda row: row.authority_type,
        "region": lambda row: region_slug(row.nhs_region),
        "cluster": lambda row: row.cluster.slug if row.cluster else None,
        "coterminosity": lambda row: row.coterminosity,
        "sliver": lambda row: row.sliver,
        "planned": lambda row: row.planned,
    }

    def facts(self, as_at: date) -> Sequence[queries.PairFacts]:
        """All pairs of the day."""
        return queries.pair_list(as_at=as_at)

    def fact(self, as_at: date) -> queries.PairFacts:
        """The pair with the id."""
        found = keep(
            facts=self.facts(as_at),
            wanted=self.kwargs,
            value_of={"id": lambda row: str(row.id)},
        )
        if not found:
            raise Http404(f"There is no such pair on {as_at}.")
        return found[0]
