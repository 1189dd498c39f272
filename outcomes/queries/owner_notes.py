"""Notes of owners beside computed statuses."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from authorities.models import Body
from authorities.queries.dated import names_on
from outcomes.models import Framework, FrameworkPartner, OwnerNote


@dataclass(frozen=True)
class NoteFacts:
    """What an owner said, and of which status."""

    id: UUID
    framework: UUID
    lineage: UUID
    body: UUID
    body_name: str
    role: str
    text: str
    contested: bool
    about: str
    at: datetime


def owners_of(*, framework: Framework) -> dict[UUID, Body]:
    """Return who owns a framework today by key: the authority, then its boards."""
    partners = (
        FrameworkPartner.objects.filter(framework=framework, ended_on__isnull=True)
        .select_related("pair__board")
        .order_by("pk")
    )
    bodies: list[Body] = [framework.authority, *(one.pair.board for one in partners)]
    return {body.pk: body for body in bodies}


def owners_of_key(*, framework: UUID) -> dict[UUID, Body]:
    """Return who owns a framework today, as `owners_of`; nobody where there is none."""
    found = Framework.objects.filter(pk=framework).select_related("authority").first()
    return {} if found is None else owners_of(framework=found)


def framework_of(*, key: UUID) -> Framework:
    """Return the framework with this key."""
    return Framework.objects.select_related("authority").get(pk=key)


def note_said(*, key: UUID, lineage: UUID, body: UUID) -> OwnerNote | None:
    """Return a note that a body said beside an indicator, taken back or not; None for another's."""
    return OwnerNote.objects.filter(pk=key, lineage=lineage, body=body).first()


def notes_of(
    *, day: date, frameworks: Collection[UUID] | None = None, lineage: UUID | None = None
) -> tuple[NoteFacts, ...]:
    """Return the notes that stand, the newest first, with their bodies' names on the day.

    Args:
        day: in London.
        frameworks: their keys; None for all.
        lineage: of one indicator; None for all.
    """
    rows: QuerySet[OwnerNote] = OwnerNote.objects.filter(withdrawn_at__isnull=True)
    if frameworks is not None:
        rows = rows.filter(framework__in=frameworks)
    if lineage is not None:
        rows = rows.filter(lineage=lineage)
    found = list(rows.order_by("-at", "pk"))
    names = names_on(day=day, bodies={one.body_id for one in found})
    return tuple(
        NoteFacts(
            id=one.pk,
            framework=one.framework_id,
            lineage=one.lineage,
            body=one.body_id,
            body_name=names.name(one.body_id),
            role=one.role,
            text=one.text,
            contested=one.contested,
            about=one.about,
            at=one.at,
        )
        for one in found
    )
