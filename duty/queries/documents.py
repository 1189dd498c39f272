"""The documents of submissions: one of them, and those that nobody makes any more."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from duty.models import DocumentState, ReturnDocument, Submission

MOST_SHOWN = 50


@dataclass(frozen=True)
class GivenUpDocument:
    """A document that waits for a person, and why."""

    id: UUID
    reference: str
    asked_at: datetime
    error: str


def document_of(*, submission: Submission) -> ReturnDocument | None:
    """Return a submission's document; None until the sweep has asked for it."""
    return ReturnDocument.objects.filter(submission=submission).first()


def document_numbered(*, round_slug: str, authority_slug: str, number: int) -> ReturnDocument:
    """Return the document of a submission by its number.

    Raises:
        ReturnDocument.DoesNotExist: there is no such submission, or nothing is made of it yet.
    """
    return ReturnDocument.objects.select_related("submission__duty_return__authority").get(
        submission__duty_return__round__slug=round_slug,
        submission__duty_return__authority__slug=authority_slug,
        submission__number=number,
        state=DocumentState.MADE,
    )


def given_up() -> tuple[GivenUpDocument, ...]:
    """Return the documents that wait for a person, the oldest first, from one query."""
    rows = (
        ReturnDocument.objects.filter(state=DocumentState.FAILED)
        .order_by("asked_at", "pk")
        .values_list("pk", "submission__reference", "asked_at", "error")[:MOST_SHOWN]
    )
    return tuple(GivenUpDocument(*row) for row in rows)
