"""Callers of the API of returns, and how they send."""

import json
from typing import Any
from uuid import uuid4

from django.test import Client

from authorities.models import User


def client_of(person: User | None) -> Client:
    """A client of a person, or of nobody."""
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person)
    return client


def send(
    client: Client,
    method: str,
    address: str,
    body: Any = None,
    *,
    key: str | None = None,
    **headers: str,
) -> Any:
    """Send JSON, or bytes as they are."""
    raw = body if isinstance(body, bytes) else json.dumps(body if body is not None else {})
    if key is not None:
        headers["Idempotency-Key"] = key
    made: Any = client.generic(
        method, address, raw, content_type="application/json", headers=headers
    )
    return made


def new_key() -> str:
    """A key of one's own."""
    return str(uuid4())


def codes(response: Any) -> dict[str, str]:
    """The codes of an answer's problems, by field."""
    return {one["field"]: one["code"] for one in json.loads(response.content)["errors"]}
