"""What every file that a person sends has in common."""

from pathlib import PurePath
from uuid import UUID

from django.db import connection
from django.http import HttpRequest


class FormUsedError(ValueError):
    """The form has sent another file already."""

    def __init__(self) -> None:
        super().__init__("This page has sent another file already. Choose your file again.")


def hold_form(*, form_key: UUID) -> None:
    """Make a second click wait until the first is stored. The caller holds the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"form {form_key}"]
        )


def shown_name(*, file_name: str) -> str:
    """Return the person's own name for the file, without folders; only ever shown."""
    name = PurePath(file_name.replace("\\", "/")).name
    plain = "".join(letter for letter in name if letter.isprintable())
    return plain[:200] or "no name"


def body_bytes(request: HttpRequest) -> int:
    """Return how large the body says that it is; 0 where it does not say."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
