"""Breaks in comparability: recorded, and withdrawn when they were none."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from authorities import audit
from authorities.models import User
from outcomes.actions import indicator_pages
from outcomes.models import BreakKind, ComparabilityBreak, Indicator, PeriodRow, Release
from outcomes.queries import progress_bridges

REASON_RECORDED, REASON_WITHDRAWN = "break recorded", "break withdrawn"


class BreakTextMissingError(ValueError):
    """A break does not say what changed."""

    def __init__(self) -> None:
        super().__init__("Enter what changed")


class BreakThereError(ValueError):
    """The same kind of break is recorded for the day already."""


class BridgeError(ValueError):
    """The break cannot be bridged so; the message says why."""


class BreakWithdrawnError(ValueError):
    """The break was withdrawn already."""

    def __init__(self) -> None:
        super().__init__("This break was withdrawn already.")


class WithdrawalReasonMissingError(ValueError):
    """A break is to be withdrawn and nobody says why."""

    def __init__(self) -> None:
        super().__init__("Enter why it was no break")


@transaction.atomic
def record(
    *,
    indicator: Indicator,
    starts_on: date,
    kind: BreakKind,
    text: str,
    source: str,
    by: User | None,
    at: datetime,
    common_period: PeriodRow | None = None,
    old_release: Release | None = None,
) -> ComparabilityBreak:
    """Record that periods from a day on are not comparable with those before.

    Args:
        indicator: whose values.
        starts_on: first day of the first period behind the break.
        kind: what changed.
        text: the same in words.
        source: who says so.
        common_period: a period behind the break whose values were published by the old ways too.
        old_release: the last release by the old ways.
        by: who records it; None for the catalogue's own file.
        at: when.

    Raises:
        BridgeError: no value of the period was published by the old ways and again by the new.
        BreakTextMissingError: it does not say what changed.
        BreakThereError: this kind of break is recorded for the day.
    """
    if not text.strip():
        raise BreakTextMissingError
    _refuse_bridge(
        indicator=indicator, starts_on=starts_on, period=common_period, release=old_release
    )
    try:
        with transaction.atomic():
            made = ComparabilityBreak.objects.create(
                indicator=indicator,
                starts_on=starts_on,
                kind=kind,
                text=text.strip(),
                source=source.strip(),
                common_period=common_period,
                old_release=old_release,
                recorded_at=at,
                recorded_by=by,
            )
    except IntegrityError as error:
        if "break_once" not in str(error):
            raise
        raise BreakThereError(
            f"A break of this kind is recorded for {starts_on.isoformat()} already"
        ) from error
    audit.record(
        action="indicator_break.recorded",
        target=made,
        by=by,
        at=at,
        indicator=indicator.code,
        starts_on=starts_on.isoformat(),
        kind=str(kind),
        bridged=common_period is not None,
    )
    indicator_pages.request_for(indicator=indicator, reason=REASON_RECORDED, at=at)
    return made


def _refuse_bridge(
    *, indicator: Indicator, starts_on: date, period: PeriodRow | None, release: Release | None
) -> None:
    if period is None and release is None:
        return
    if period is None or release is None:
        raise BridgeError("Choose both the period and the release, or neither")
    if period.start_date < starts_on:
        raise BridgeError("Choose a period that starts on the day of the break or after it")
    if not progress_bridges.is_published_twice(indicator=indicator, period=period, release=release):
        raise BridgeError(
            f"No value of {period.label} was published in or before ‘{release.title}’ and again "
            "after it, so there is nothing to bridge with"
        )


@transaction.atomic
def withdraw(
    *, recorded: ComparabilityBreak, reason: str, by: User, at: datetime
) -> ComparabilityBreak:
    """Say that a recorded break was none; it stays on record with the reason.

    Raises:
        WithdrawalReasonMissingError: no reason is given.
        BreakWithdrawnError: somebody withdrew it before.
    """
    held = (
        ComparabilityBreak.objects.select_for_update(of=("self",))
        .select_related("indicator")
        .get(pk=recorded.pk)
    )
    if held.withdrawn_at is not None:
        raise BreakWithdrawnError
    if not reason.strip():
        raise WithdrawalReasonMissingError
    held.withdrawn_at, held.withdrawn_by, held.withdrawn_reason = at, by, reason.strip()
    held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    audit.record(
        action="indicator_break.withdrawn",
        target=held,
        by=by,
        at=at,
        indicator=held.indicator.code,
    )
    indicator_pages.request_for(indicator=held.indicator, reason=REASON_WITHDRAWN, at=at)
    return held
