"""How the API of returns documents its steps and its refusals."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view

from authorities.api.problems import ProblemsSerializer
from authorities.api.writes import KEY_PARAMETER
from duty.api.return_serializers import ReturnDetailSerializer

REFUSALS: dict[int, Any] = dict.fromkeys(
    (400, 401, 403, 404, 409, 412, 413, 415, 422), ProblemsSerializer
)


def documented_step(*, operation: str, description: str, request: type[Any]) -> Any:
    """Document a step of a return, which answers with the return as it then is."""
    return extend_schema_view(
        post=extend_schema(
            operation_id=operation,
            description=description,
            parameters=[KEY_PARAMETER],
            request=request,
            responses={200: ReturnDetailSerializer, **REFUSALS},
        )
    )
