"""The app's jobs. Each calls one action and may run twice."""

from datetime import timedelta
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from authorities.actions import (
    anonymisation,
    boundary_imports,
    boundary_jobs,
    call_counts,
    confirmations,
    expired_sessions,
    feed_findings,
    integrity,
    keyed_requests,
    message_sending,
    messages,
    reorganisation_jobs,
    seals,
    tokens,
)


@shared_task(name="authorities.apply_due_reorganisations")
def apply_due_reorganisations(**_newer: object) -> int:
    """Apply the changes of bodies and areas whose day, in London, has come."""
    now = timezone.now()
    return reorganisation_jobs.apply_due(today=timezone.localdate(now), at=now)


@shared_task(name="authorities.check_register_feeds")
def check_register_feeds(**_newer: object) -> int:
    """Compare the newest files of others with the register as it is today, in London."""
    now = timezone.now()
    return feed_findings.check_feeds(today=timezone.localdate(now), at=now)


@shared_task(name="authorities.send_messages")
def send_messages(**_newer: object) -> int:
    """Send the messages that wait."""
    return message_sending.send_waiting(at=timezone.now())


@shared_task(name="authorities.announce_day")
def announce_day(**_newer: object) -> int:
    """Write down what the London day asks to be told; by the hour, in case 7 was missed."""
    return messages.announce_day(at=timezone.now())


@shared_task(name="authorities.forget_keyed_requests")
def forget_keyed_requests(**_newer: object) -> int:
    """Delete the answers to requests that nobody sends again any more."""
    return keyed_requests.forget_old(at=timezone.now())


@shared_task(name="authorities.forget_ended_tokens")
def forget_ended_tokens(**_newer: object) -> int:
    """Delete tokens that ended a year ago, and the counts of calls of yesterday."""
    now = timezone.now()
    return tokens.forget_ended(at=now) + call_counts.forget_old(at=now)


@shared_task(name="authorities.forget_expired_sessions")
def forget_expired_sessions(**_newer: object) -> int:
    """Delete sessions that are over."""
    return expired_sessions.forget_expired(at=timezone.now())


@shared_task(name="authorities.anonymise_leavers")
def anonymise_leavers(**_newer: object) -> int:
    """Take out the names of people who left long ago."""
    kept_for = timedelta(days=settings.LEAVERS_KEPT_DAYS)
    return anonymisation.anonymise_leavers(at=timezone.now(), kept_for=kept_for)


@shared_task(name=boundary_imports.PROCESS_TASK)
def process_boundary_import(*, import_id: str, **_newer: object) -> None:
    """Read or store one file of official boundaries."""
    boundary_jobs.process(import_id=UUID(import_id), at=timezone.now())


@shared_task(name="authorities.sweep_boundary_imports")
def sweep_boundary_imports(**_newer: object) -> int:
    """Nudge files of boundaries that a lost message or a killed worker left behind."""
    return boundary_imports.sweep(at=timezone.now())


@shared_task(name="authorities.look_at_roles")
def look_at_roles(**_newer: object) -> int:
    """Ask for the roles that are to be confirmed, and end those that nobody confirmed."""
    now = timezone.now()
    return confirmations.look_at_roles(today=timezone.localdate(now), at=now)


@shared_task(name="authorities.check_integrity")
def check_integrity(**_newer: object) -> int:
    """Look for rows that break what must hold."""
    return integrity.check(at=timezone.now())


@shared_task(name="authorities.seal_audit")
def seal_audit(**_newer: object) -> int:
    """Seal what was added to the audit since the last seal."""
    return seals.seal(at=timezone.now())
