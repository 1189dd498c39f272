"""Methods of computing progress: those that the program knows, and which of them is public."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from authorities import audit
from authorities.models import User
from outcomes import recompute
from outcomes.models import (
    FrameworkIndicator,
    ProgressMethod,
    ProgressStatus,
    Subject,
    VersionState,
)
from outcomes.progress_labels import METHODS, Method

REASON = "method of progress added"


class MethodRefusedError(Exception):
    """A method may not be made public; the message says why to the person who tried."""


@transaction.atomic
def load(*, at: datetime, known: Sequence[Method] = METHODS) -> int:
    """Store the methods that the program knows, and return how many are new.

    The first one is public from the start; each later one is computed beside the public one until
    a lead analyst makes it public. The text of one that is not public yet follows the program's.
    """
    held = {row.number: row for row in ProgressMethod.objects.all()}
    added = 0
    for method in known:
        row = held.get(method.number)
        if row is None:
            first = not held and not added
            ProgressMethod.objects.create(
                number=method.number, text=method.text, made_public_at=at if first else None
            )
            added += 1
        elif row.made_public_at is None and row.text != method.text:
            row.text = method.text
            row.save(update_fields=["text"])
    if added:
        _ask_for_recomputes(at=at)
    return added


def _ask_for_recomputes(*, at: datetime) -> None:
    rows = FrameworkIndicator.objects.filter(framework_version__state=VersionState.AGREED)
    keys = rows.order_by("framework_version__framework__authority")
    for key in keys.values_list("framework_version__framework__authority", flat=True).distinct():
        recompute.request(subject=Subject.AUTHORITY, subject_id=key, reason=REASON, at=at)


@transaction.atomic
def make_public(*, number: int, by: User, at: datetime) -> ProgressMethod:
    """Let pages show what a method says from now on; what earlier ones said stays stored.

    Raises:
        MethodRefusedError: there is no such method, it is public already, a later one is, or not
            everything in force has been computed by it yet.
    """
    row = ProgressMethod.objects.select_for_update().filter(number=number).first()
    if row is None:
        raise MethodRefusedError("There is no such method.")
    if row.made_public_at is not None:
        raise MethodRefusedError(f"Method {number} is public already.")
    if ProgressMethod.objects.filter(number__gt=number, made_public_at__isnull=False).exists():
        raise MethodRefusedError("A later method is public already.")
    if waiting := _not_computed(number=number):
        raise MethodRefusedError(
            f"{waiting} indicators have not been computed by method {number} yet. "
            "Look again in some minutes."
        )
    row.made_public_at = at
    row.made_public_by = by
    row.save(update_fields=["made_public_at", "made_public_by"])
    audit.record(action="progress_method.made_public", target=row, by=by, at=at, number=number)
    return row


def _not_computed(*, number: int) -> int:
    done = ProgressStatus.objects.filter(method=number).values("framework_indicator")
    agreed = FrameworkIndicator.objects.filter(framework_version__state=VersionState.AGREED)
    return agreed.exclude(pk__in=done).count()
