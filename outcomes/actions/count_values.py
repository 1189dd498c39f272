"""Records what was counted in a period, and corrects it; what was said before stays on record."""

import math
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from authorities import audit
from authorities.models import User
from outcomes import recompute
from outcomes.access import Acting, owners_of
from outcomes.counts import Days, overlapping
from outcomes.models import (
    Aggregation,
    CountMeasure,
    CountValue,
    Framework,
    Subject,
    VersionState,
)


class CountRefusedError(ValueError):
    """A value cannot be recorded; `field` is the one to correct, empty for none."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Said:
    """What was counted: a value, or the two parts of a percentage.

    note: what is to be known of it; of a correction, why.
    """

    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    note: str = ""


@transaction.atomic
def record(
    *,
    framework: Framework,
    lineage: UUID,
    days: Days,
    said: Said,
    correcting: int | None,
    form_key: UUID,
    acting: Acting,
    by: User,
    at: datetime,
) -> CountValue:
    """Store what was counted in a period, for a measure of the version in force.

    A correction is a new row, and the earlier one is marked. A form sent twice stores once.

    Args:
        framework: which one.
        lineage: of the measure.
        days: the period; a target's, or a part of one.
        said: what was counted.
        correcting: the key of the value that it replaces, as the form read it; None for none.
        form_key: made for each form that is shown.
        acting: for which owner.
        by: who.
        at: when.

    Raises:
        CountRefusedError: nothing is stored.
    """
    # Held until the end, so that the same form, or another owner's value, is seen.
    Framework.objects.select_for_update(of=("self",)).get(pk=framework.pk)
    sent = CountValue.objects.filter(form_key=form_key).first()
    if sent is not None:
        if (sent.framework_id, sent.lineage) != (framework.pk, lineage):
            raise CountRefusedError("This form was used for another value. Open the page again.")
        return sent
    if acting.body.pk not in {body.pk for body in owners_of(framework=framework)}:
        raise CountRefusedError("Your organisation is not one of the owners of this framework.")
    measure = CountMeasure.objects.filter(
        framework_version__framework=framework,
        framework_version__state=VersionState.AGREED,
        lineage=lineage,
    ).first()
    if measure is None:
        raise CountRefusedError("The framework in force does not count this.")
    _check_said(measure, said)
    label = _label_of(measure, days, timezone.localdate(at))
    earlier = _replaced(framework, lineage, days, correcting)
    if earlier is not None and not said.note.strip():
        raise CountRefusedError("Say why the value is corrected", field="note")
    if earlier is not None:
        earlier.superseded_at = at
        earlier.save(update_fields=["superseded_at"])
    row = CountValue.objects.create(
        framework=framework,
        lineage=lineage,
        label=label,
        start_date=days.start,
        end_date=days.end,
        value=said.value,
        numerator=said.numerator,
        denominator=said.denominator,
        note=said.note.strip(),
        recorded_at=at,
        recorded_by=by,
        recorded_for=acting.body,
        form_key=form_key,
    )
    # Dashboards show how what is counted stands.
    recompute.request(
        subject=Subject.AUTHORITY,
        subject_id=framework.authority_id,
        reason="count recorded",
        at=at,
    )
    audit.record(
        action="count.recorded" if earlier is None else "count.corrected",
        target=row,
        body=acting.body,
        by=by,
        at=at,
        framework=str(framework.pk),
        measure=str(lineage),
        period=label,
        replaces=None if earlier is None else earlier.pk,
    )
    return row


def _check_said(measure: CountMeasure, said: Said) -> None:
    if measure.aggregation == Aggregation.PERCENTAGE:
        _check_parts(said)
        return
    if said.numerator is not None or said.denominator is not None:
        raise CountRefusedError("Enter one number: this is no percentage", field="value")
    if said.value is None or not math.isfinite(said.value):
        raise CountRefusedError("Enter what was counted, such as 120", field="value")
    if said.value < 0:
        raise CountRefusedError("What was counted must be 0 or more", field="value")


def _check_parts(said: Said) -> None:
    above, below = said.numerator, said.denominator
    if said.value is not None:
        raise CountRefusedError(
            "Enter both parts of the percentage, so that periods can be put together",
            field="numerator",
        )
    if above is None or not math.isfinite(above) or above < 0:
        raise CountRefusedError("Enter how many it is true of, 0 or more", field="numerator")
    if below is None or not math.isfinite(below) or below <= 0:
        raise CountRefusedError("Enter of how many, more than 0", field="denominator")
    if above > below:
        raise CountRefusedError(
            "How many it is true of cannot be more than of how many", field="numerator"
        )


def _label_of(measure: CountMeasure, days: Days, today: date) -> str:
    """Return what the period is called; refuse one that the targets do not know."""
    if days.end <= days.start:
        raise CountRefusedError("The last day must not be before the first", field="last_day")
    if days.start > today:
        raise CountRefusedError("This period has not begun yet", field="first_day")
    targets = list(measure.targets.order_by("start_date", "end_date"))
    for target in targets:
        if (target.start_date, target.end_date) == (days.start, days.end):
            return target.label
    if not any(Days(target.start_date, target.end_date).holds(days) for target in targets):
        raise CountRefusedError(
            "The period must be one of those with a target, or a part of one", field="first_day"
        )
    return f"{days.start:%-d %b %Y} to {days.last:%-d %b %Y}"


def _replaced(
    framework: Framework, lineage: UUID, days: Days, correcting: int | None
) -> CountValue | None:
    """Return the value that this one replaces; refuse what was not read, and shared days."""
    current = list(
        CountValue.objects.filter(
            framework=framework, lineage=lineage, superseded_at__isnull=True
        ).order_by("start_date", "end_date", "pk")
    )
    same = next(
        (one for one in current if (one.start_date, one.end_date) == (days.start, days.end)), None
    )
    if same is None and correcting is not None:
        raise CountRefusedError(
            "A correction is of the same period. Record another period as a new value.",
            field="first_day",
        )
    if same is not None and same.pk != correcting:
        raise CountRefusedError(
            "A value of this period was recorded meanwhile. Look at it, and correct it if needed.",
            field="first_day",
        )
    if same is not None:
        return same
    shared = overlapping(days=days, others=[Days(one.start_date, one.end_date) for one in current])
    if shared is not None:
        raise CountRefusedError(
            f"Days from {shared.start:%-d %B %Y} to {shared.last:%-d %B %Y} are counted already, "
            "and would count twice",
            field="first_day",
        )
    return None
