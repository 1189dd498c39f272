"""Keeps what jobs did where every process that is asked for it can read it."""

from datetime import datetime

from django.db.models import F

from authorities.models import JobRecord


def note(*, job: str, succeeded: bool, seconds: float, at: datetime) -> None:
    """Count a job that was done, or that failed.

    It may be counted by many workers at once. Nothing is audited: a job's own writes are.

    Args:
        job: the name that it is registered by.
        succeeded: whether it came to its end.
        seconds: how long it took.
        at: when it ended.
    """
    outcome = "succeeded" if succeeded else "failed"
    JobRecord.objects.bulk_create([JobRecord(name=job)], ignore_conflicts=True)
    JobRecord.objects.filter(name=job).update(
        **{
            outcome: F(outcome) + 1,
            f"seconds_of_{outcome}": F(f"seconds_of_{outcome}") + seconds,
            f"{outcome}_at": at,
        }
    )
