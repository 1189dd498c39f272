"""Forgets sessions that are over: a row names a person until it is deleted."""

from datetime import datetime

from django.contrib.sessions.models import Session

# Rows that one statement deletes, so that none holds locks for long.
_BATCH = 1000


def forget_expired(*, at: datetime) -> int:
    """Delete sessions that ended, batch by batch; return how many. What is killed goes on later."""
    deleted = 0
    while keys := list(
        Session.objects.filter(expire_date__lte=at).values_list("pk", flat=True)[:_BATCH]
    ):
        deleted += Session.objects.filter(pk__in=keys).delete()[0]
    return deleted
