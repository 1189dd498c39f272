"""The API's own documentation: a page drawn from the schema, and the list of its collections.

Drawn by the server, so that it needs no script, passes the content policy and reads well aloud.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


@dataclass(frozen=True)
class Parameter:
    """What a caller may add to an address."""

    name: str
    place: str
    kind: str
    required: bool
    description: str


@dataclass(frozen=True)
class Operation:
    """One thing that a caller may do."""

    anchor: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    takes: tuple[tuple[str, str, str], ...]
    fields: tuple[tuple[str, str, str], ...]


def _schema() -> dict[str, Any]:
    generator: Any = SchemaGenerator
    schema: dict[str, Any] = generator().get_schema(request=None, public=True)
    return schema


def _kind(schema: dict[str, Any]) -> str:
    """Say a JSON type in words."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if schema.get("allOf"):
        return _kind(schema["allOf"][0])
    kind = schema.get("type", "any")
    if isinstance(kind, list):
        kind = " or ".join(str(part) for part in kind)
    if kind == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    words = f"{kind} ({schema['format']})" if "format" in schema else str(kind)
    if schema.get("nullable"):
        words += " or null"
    if "enum" in schema:
        words += ": " + ", ".join(str(value) for value in schema["enum"] if value is not None)
    return words


def _row_fields(
    *, answer: dict[str, Any], components: dict[str, Any]
) -> tuple[tuple[str, str, str], ...]:
    """Return the fields of one row of an answer, or of a body: name, kind, description."""
    schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
    for _ in range(4):
        if "$ref" in schema:
            schema = components.get(str(schema["$ref"]).rsplit("/", 1)[-1], {})
        elif "results" in schema.get("properties", {}):
            schema = schema["properties"]["results"].get("items", {})
        else:
            break
    return tuple(
        (name, _kind(field), str(field.get("description", "")))
        for name, field in schema.get("properties", {}).items()
    )


def operations() -> tuple[Operation, ...]:
    """Return everything that the API offers, by address."""
    schema = _schema()
    components = schema.get("components", {}).get("schemas", {})
    return tuple(
        Operation(
            anchor=str(operation["operationId"]),
            method=method.upper(),
            path=path,
            summary=str(operation.get("summary", "")),
            description=str(operation.get("description", "")),
            parameters=tuple(
                Parameter(
                    name=parameter["name"],
                    place=parameter["in"],
                    kind=_kind(parameter.get("schema", {})),
                    required=bool(parameter.get("required")),
                    description=str(parameter.get("description", "")),
                )
                for parameter in operation.get("parameters", ())
            ),
            takes=_row_fields(answer=operation.get("requestBody", {}), components=components),
            fields=_row_fields(
                answer=operation.get("responses", {}).get("200", {}), components=components
            ),
        )
        for path, methods in sorted(schema["paths"].items())
        for method, operation in methods.items()
    )


class ApiDocumentation(View):
    """The API for people."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show every address with what it takes and gives."""
        return render(request, "duty/api_documentation.html", {"operations": operations()})


class ApiRoot(APIView):
    """The collections of the API."""

    permission_classes = [AllowAny]

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        """List the collections and where they are documented."""
        lists = {
            operation.path.removeprefix("/api/v1/").rstrip("/"): request.build_absolute_uri(
                operation.path
            )
            for operation in operations()
            if operation.method == "GET" and "{" not in operation.path
        }
        return Response({**lists, "docs": request.build_absolute_uri("/api/v1/docs/")})
