"""What waits to be done, and what jobs did, for whoever watches the site."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from authorities.models import JobRecord, Message, Notice
from duty.queries.owed_work import oldest_owed
from outcomes.models import RecomputeRequest, Upload, UploadState

# Files that a worker has to take up; the others wait for a person, or for nothing.
_WITH_THE_WORKER = (UploadState.UPLOADED, UploadState.CHECKING, UploadState.STORING)


@dataclass(frozen=True)
class JobFacts:
    """What a job did so far."""

    name: str
    succeeded: int
    failed: int
    seconds_of_succeeded: float
    seconds_of_failed: float
    succeeded_at: datetime | None


@dataclass(frozen=True)
class Backlog:
    """How much waits of each kind, for how long the oldest has been owed, and what jobs did."""

    waiting: Mapping[str, int]
    oldest: Mapping[str, timedelta | None]
    jobs: tuple[JobFacts, ...]


def backlog(*, at: datetime) -> Backlog:
    """Count what waits now. Eight queries, each by an index of what is not done but for uploads."""
    to_send = Q(sent_at__isnull=True, withdrawn_at__isnull=True, failed_at__isnull=True)
    return Backlog(
        waiting={
            "recomputes": RecomputeRequest.objects.filter(finished_at__isnull=True).count(),
            "notices": Notice.objects.filter(addressed_at__isnull=True, due_at__lte=at).count(),
            "mails": Message.objects.filter(to_send, next_attempt_at__lte=at).count(),
            "uploads": Upload.objects.filter(state__in=_WITH_THE_WORKER).count(),
        },
        oldest=oldest_owed(at=at),
        jobs=tuple(
            JobFacts(
                name=one.name,
                succeeded=one.succeeded,
                failed=one.failed,
                seconds_of_succeeded=one.seconds_of_succeeded,
                seconds_of_failed=one.seconds_of_failed,
                succeeded_at=one.succeeded_at,
            )
            for one in JobRecord.objects.order_by("name")
        ),
    )
