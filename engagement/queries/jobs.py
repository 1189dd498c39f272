"""What the jobs page asks of the ledger of recomputes."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import F, Q

from authorities.models import Pair
from duty.models import Round
from engagement.queries import bodies
from outcomes.models import MISSION_ID, RecomputeRequest, Subject
from outcomes.recompute import MOST_ATTEMPTS

PAGE_SIZE = 25


class JobState(StrEnum):
    """Where a recompute is."""

    WAITING = "waiting"
    FAILED = "failed"
    DONE = "done"


_WHICH = {
    JobState.WAITING: Q(finished_at__isnull=True, attempts__lt=MOST_ATTEMPTS),
    JobState.FAILED: Q(finished_at__isnull=True, attempts__gte=MOST_ATTEMPTS),
    JobState.DONE: Q(finished_at__isnull=False),
}


@dataclass(frozen=True)
class Job:
    """One row of the ledger."""

    id: int
    subject: Subject
    name: str
    reason: str
    requested_at: datetime
    finished_at: datetime | None
    next_attempt_at: datetime
    attempts: int
    error: str


@dataclass(frozen=True)
class JobPage:
    """A page of rows in one state."""

    rows: tuple[Job, ...]
    page: int
    pages: int
    count: int


def jobs_in(*, state: JobState, on: date, page: int = 1) -> JobPage:
    """Return a page of the recomputes in a state: done ones newest first, others oldest first."""
    rows = RecomputeRequest.objects.filter(_WHICH[state])
    order = (F("finished_at").desc(), "-pk") if state == JobState.DONE else ("requested_at", "pk")
    count = rows.count()
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(1, page), pages)
    first = (page - 1) * PAGE_SIZE
    found = list(rows.order_by(*order)[first : first + PAGE_SIZE])
    names = _names(ids={row.subject_id for row in found}, on=on)
    return JobPage(
        rows=tuple(
            Job(
                id=row.pk,
                subject=Subject(row.subject),
                name=names.get(row.subject_id, str(row.subject_id)),
                reason=row.reason,
                requested_at=row.requested_at,
                finished_at=row.finished_at,
                next_attempt_at=row.next_attempt_at,
                attempts=row.attempts,
                error=row.error,
            )
            for row in found
        ),
        page=page,
        pages=pages,
        count=count,
    )


def _names(*, ids: set[UUID], on: date) -> dict[UUID, str]:
    """Return what the subjects are called on the day, from three queries."""
    pairs = list(Pair.objects.filter(pk__in=ids))
    sides = {body for pair in pairs for body in (pair.authority_id, pair.board_id)}
    names = bodies.names_of(body_ids={*ids, *sides}, on=on)
    return {
        **{body_id: name.name for body_id, name in names.items()},
        **{
            pair.pk: f"{names[pair.authority_id].name} and {names[pair.board_id].name}"
            for pair in pairs
        },
        **dict(Round.objects.filter(pk__in=ids).values_list("pk", "name")),
        MISSION_ID: "Halving the gap in healthy life expectancy",
    }
