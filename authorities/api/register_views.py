"""The register's rows over HTTP: read only, public, all of them or those of a day."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from authorities.api.parameters import (
    BodyParameters,
    ChangeParameters,
    CodeParameters,
    OverlapParameters,
    RegisterParameters,
    keep,
)
from authorities.api.permissions import HasPermission
from authorities.api.register_serializers import (
    BodyRowSerializer,
    ChangeRowSerializer,
    CodeRowSerializer,
    NameRowSerializer,
    OverlapRowSerializer,
)
from authorities.permissions import Permission
from authorities.queries import register_rows

_Values = Mapping[str, Callable[[Any], object]]


class _RowsViewSet(ABC, GenericViewSet[Any]):
    """A list of rows of the register."""

    permission = Permission.REGISTER_READ
    permission_classes = [HasPermission]
    # Filters are declared in the parameters, so that a wrong one is answered and not ignored.
    filter_backends = []
    parameters: ClassVar[type[RegisterParameters]]
    value_of: ClassVar[_Values] = {}

    @abstractmethod
    def rows(self, as_at: date | None, on: date) -> Sequence[Any]:
        """The rows of the day, or all."""

    def list(self, request: Request) -> Response:
        """Answer with a page of the rows asked for."""
        asked = self.parameters(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        wanted: dict[str, Any] = dict(asked.validated_data)
        as_at = wanted.get("as_at")
        found = keep(
            facts=self.rows(as_at, timezone.localdate()), wanted=wanted, value_of=self.value_of
        )
        page = self.paginate_queryset(found)
        serializer = self.get_serializer_class()(page, many=True, context={"as_at": as_at})
        return self.get_paginated_response(serializer.data)


@extend_schema_view(
    list=extend_schema(
        operation_id="bodies_list",
        description="Bodies of all kinds, planned and closed ones included, by kind and slug.",
        parameters=[BodyParameters],
    )
)
class BodyViewSet(_RowsViewSet):
    """Bodies."""

    serializer_class = BodyRowSerializer
    parameters = BodyParameters
    value_of: ClassVar[_Values] = {
        "kind": lambda row: row.kind,
        "slug": lambda row: row.slug,
    }

    def rows(self, as_at: date | None, on: date) -> Sequence[register_rows.BodyRow]:
        """The bodies of the day, or every body."""
        return register_rows.body_rows(as_at=as_at, on=on)


@extend_schema_view(
    list=extend_schema(
        operation_id="codes_list",
        description="ONS and ODS codes with the days on which each stood for a body.",
        parameters=[CodeParameters],
    )
)
class CodeViewSet(_RowsViewSet):
    """Codes."""

    serializer_class = CodeRowSerializer
    parameters = CodeParameters
    value_of: ClassVar[_Values] = {
        "kind": lambda row: row.body.kind,
        "slug": lambda row: row.body.slug,
        "scheme": lambda row: row.scheme,
        "code": lambda row: row.code,
    }

    def rows(self, as_at: date | None, on: date) -> Sequence[register_rows.CodeRow]:
        """The codes of the day, or every span of every code."""
        return register_rows.code_rows(as_at=as_at, on=on)


@extend_schema_view(
    list=extend_schema(
        operation_id="names_list",
        description="Names with the days on which a body bore each.",
        parameters=[BodyParameters],
    )
)
class NameViewSet(_RowsViewSet):
    """Names."""

    serializer_class = NameRowSerializer
    parameters = BodyParameters
    value_of: ClassVar[_Values] = {
        "kind": lambda row: row.body.kind,
        "slug": lambda row: row.body.slug,
    }

    def rows(self, as_at: date | None, on: date) -> Sequence[register_rows.NameRow]:
        """The names of the day, or every span of every name."""
        return register_rows.name_rows(as_at=as_at, on=on)


@extend_schema_view(
    list=extend_schema(
        operation_id="overlaps_list",
        description="People whom an authority and a board share, slivers included, with the days "
        "on which the shares hold.",
        parameters=[OverlapParameters],
    )
)
class OverlapViewSet(_RowsViewSet):
    """Overlaps."""

    serializer_class = OverlapRowSerializer
    parameters = OverlapParameters
    value_of: ClassVar[_Values] = {
        "authority": lambda row: row.authority.slug,
        "icb": lambda row: row.board.slug,
        "sliver": lambda row: row.sliver,
        "planned": lambda row: row.planned,
    }

    def rows(self, as_at: date | None, on: date) -> Sequence[register_rows.OverlapRow]:
        """The overlaps of the day, or every span of each."""
        return register_rows.overlap_rows(as_at=as_at, on=on)


@extend_schema_view(
    list=extend_schema(
        operation_id="changes_list",
        description="Which body took over from which, newest first.",
        parameters=[ChangeParameters],
    )
)
class ChangeViewSet(_RowsViewSet):
    """Changes."""

    serializer_class = ChangeRowSerializer
    parameters = ChangeParameters
    value_of: ClassVar[_Values] = {
        "predecessor": lambda row: row.predecessor.slug,
        "successor": lambda row: row.successor.slug,
    }

    def rows(self, as_at: date | None, on: date) -> Sequence[register_rows.ChangeRow]:
        """The changes up to the day, or all."""
        return register_rows.change_rows(as_at=as_at, on=on)
