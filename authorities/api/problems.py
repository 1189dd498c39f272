"""How the API says no: every fault at once, each with its place and what to do about it."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404
from django.urls import reverse
from rest_framework import exceptions, serializers, status
from rest_framework.response import Response

from authorities.access import ProofNeededError
from authorities.models import ApiToken
from authorities.strict_json import MOST_BYTES

# A flood of faults is answered with the first few; the total says how many there are.
_MOST_SHOWN = 20
_AGAIN = "Correct it and send it again."
_FIXES = {
    "required": "Add it.",
    "unknown-field": "Remove it, or see the documentation for how it is called.",
    "null": "Leave it out, or send a value.",
    "not_authenticated": "Send a token as Authorization: Bearer, or the session of who signed in.",
    "authentication_failed": "Sign in again.",
    "permission_denied": "Ask an administrator for the right, if you should have it.",
    "not_found": "Check the address.",
    "method_not_allowed": "See the documentation for what this address takes.",
    "unsupported_media_type": "Send JSON, with the header Content-Type: application/json.",
    "not_acceptable": "Ask for application/json.",
}


@dataclass(frozen=True)
class Problem:
    """One fault: a code for programs, the field, what is wrong and what to do, for people."""

    code: str
    field: str
    message: str
    fix: str


class ProblemsError(exceptions.APIException):
    """A request is refused; `more` stands beside the problems in the answer."""

    def __init__(
        self, *problems: Problem, status_code: int = 400, more: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(problems[0].message)
        self.status_code = status_code
        self.problems = problems
        self.more = dict(more or {})


class ProblemSerializer(serializers.Serializer[Any]):
    """One fault of a request."""

    code = serializers.CharField(help_text="For programs: the same for the same fault.")
    field = serializers.CharField(help_text="Where it is, as evidence.0.url; empty for the whole.")
    message = serializers.CharField(help_text="What is wrong, in plain words.")
    fix = serializers.CharField(help_text="What to do.")


class ProblemsSerializer(serializers.Serializer[Any]):
    """Why a request is refused. Nothing was stored."""

    errors = ProblemSerializer(many=True)  # type: ignore[assignment]
    total = serializers.IntegerField(help_text="All faults; the first 20 are listed.")


def answer_with_problems(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """Return the answer to a refused request; None for what is an error of our own."""
    more: dict[str, Any] = {}
    headers = {}
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    elif isinstance(error, RequestDataTooBig):
        error = too_large()
    elif isinstance(error, ProofNeededError):
        by_token = isinstance(getattr(context.get("request"), "auth", None), ApiToken)
        error = not_by_token() if by_token else proof_needed()
    if not isinstance(error, exceptions.APIException):
        return None
    code = error.status_code
    if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        code = status.HTTP_401_UNAUTHORIZED
        headers["WWW-Authenticate"] = "Bearer, Session"
    elif code == status.HTTP_401_UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Bearer error="invalid_token"'
    if isinstance(error, ProblemsError):
        found = list(error.problems)
        more = error.more
    else:
        found = list(_problems(error.detail, ""))
    wait = more.pop("retry_after", None) or getattr(error, "wait", None)
    if wait:
        headers["Retry-After"] = str(math.ceil(wait))
    shown = [asdict(one) for one in found[:_MOST_SHOWN]]
    return Response({"errors": shown, "total": len(found), **more}, status=code, headers=headers)


def proof_needed() -> ProblemsError:
    """Return the refusal of a step that asks who the person is once more."""
    return ProblemsError(
        Problem(
            "proof-needed",
            "",
            "It is too long ago that you proved who you are.",
            f"Confirm that it is you at {reverse('account_reauthenticate')}, and send it again.",
        ),
        status_code=status.HTTP_403_FORBIDDEN,
    )


def not_by_token() -> ProblemsError:
    """Return the refusal of a step that no program takes for a person."""
    return ProblemsError(
        Problem(
            "not-by-token",
            "",
            "A token does not sign, publish or administer: that asks a person to prove who they "
            "are.",
            "Let whoever has the right do it on the site.",
        ),
        status_code=status.HTTP_403_FORBIDDEN,
    )


def too_large() -> ProblemsError:
    """Return the refusal of a body over the limit."""
    return ProblemsError(
        Problem(
            "too-large",
            "",
            f"The body is larger than {MOST_BYTES:,} bytes.",
            "Send less at a time.",
        ),
        status_code=status.HTTP_413_REQUEST_ENTITY_TOO_LARGE,
    )


def _problems(detail: Any, path: str) -> Iterator[Problem]:
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            place = "" if name in ("detail", "non_field_errors") else str(name)
            yield from _problems(inner, ".".join(part for part in (path, place) if part))
    elif isinstance(detail, Sequence) and not isinstance(detail, str):
        for number, inner in enumerate(detail):
            nested = isinstance(inner, Mapping)
            yield from _problems(inner, f"{path}.{number}" if nested else path)
    else:
        code = str(getattr(detail, "code", "invalid"))
        yield Problem(code, path, str(detail), _FIXES.get(code, _AGAIN))
