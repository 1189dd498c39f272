"""What the description of the API says of every operation: who may ask, and how it is refused."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

from authorities.api.problems import ProblemsSerializer
from authorities.permissions import PUBLIC

_JSON = "application/json"
_REFUSED = {
    "400": "A question in the address, or what was sent, is not understood.",
    "401": "Nobody is signed in, or the token that was sent opens nothing.",
    "403": "The person may not do this, or must prove anew who they are.",
    "404": "There is no such thing, or the person is a stranger to it; or no such page of a list.",
    "406": "The answer is JSON only.",
    "429": "More than 600 calls came within a minute; the header Retry-After says until when.",
    "503": "The service is out of reach or worked on; the header Retry-After says for how long.",
}


class SiteSchema(AutoSchema):
    """Describes an operation as its view does, with the refusals that every view has."""

    def get_auth(self) -> list[dict[str, list[str]]]:
        """Say that signing in is a choice where anybody may ask."""
        ways: list[dict[str, list[str]]] = super().get_auth()
        is_public = getattr(self.view, "permission", None) in PUBLIC
        return [*ways, {}] if is_public and {} not in ways else ways

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        """Add the refusals that the view itself does not document."""
        operation: dict[str, Any] | None = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        problems = self.resolve_serializer(ProblemsSerializer, "response").ref
        for status in self._refusals(operation):
            operation["responses"].setdefault(
                status,
                {"description": _REFUSED[status], "content": {_JSON: {"schema": problems}}},
            )
        return operation

    def _refusals(self, operation: dict[str, Any]) -> list[str]:
        asked = operation.get("parameters", [])
        places = {one["in"] for one in asked}
        # Anybody may send a token that opens nothing, and too many calls.
        found = ["401", "406", "429", "503"]
        if "query" in places or "requestBody" in operation:
            found.append("400")
        if {} not in operation.get("security", [{}]):
            found.append("403")
        if places & {"path", "query"}:
            found.append("404")
        return found


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Says in the description of the API how a token is sent."""

    target_class = "authorities.api.authentication.TokenAuthentication"
    name = "tokenAuth"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        """Return the definition."""
        return {
            "type": "http",
            "scheme": "bearer",
            "description": (
                "A token of a person with a role, made on the site at Your account, Tokens for "
                "programs. It reads, or reads and writes, what its owner may; it never signs, "
                "publishes or administers."
            ),
        }
