"""A sliver threshold is proposed by one person, and approved or declined by another."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from authorities import audit
from authorities.actions.pairs import PairsReport, rebuild_pairs
from authorities.models import SliverThreshold, ThresholdState, User
from authorities.thresholds import STEPS, ThresholdStep


class ThresholdRefusedError(ValueError):
    """A threshold cannot be as it was said; `field` is the one to correct, empty for none."""

    def __init__(self, message: str, *, field: str = "") -> None:
        self.field = field
        super().__init__(message)


class ThresholdDecidedError(ValueError):
    """Somebody has decided on it already."""

    def __init__(self) -> None:
        super().__init__("This threshold was decided on since you opened the page.")


class OwnThresholdError(ValueError):
    """Who proposed a threshold would approve it."""

    def __init__(self) -> None:
        super().__init__("You proposed this threshold, so another person must decide on it.")


@dataclass(frozen=True)
class Approved:
    """What an approval did."""

    threshold: SliverThreshold
    pairs: PairsReport


@transaction.atomic
def propose(
    *, share: Decimal, holds_from: date, reason: str, form_key: UUID, by: User, at: datetime
) -> SliverThreshold:
    """Propose a threshold for a day that is not past; the same form sent twice makes one.

    Raises:
        ThresholdRefusedError: the day is past or taken, the reason is missing, or one waits.
    """
    # Two proposals at once wait for each other here.
    held = list(SliverThreshold.objects.select_for_update().order_by("number"))
    sent_before = SliverThreshold.objects.filter(form_key=form_key).first()
    if sent_before is not None:
        return sent_before
    if any(one.state == ThresholdState.PROPOSED for one in held):
        raise ThresholdRefusedError("A threshold waits for approval already. Decide on it first.")
    _check_day(holds_from=holds_from, at=at)
    if any(one.state == ThresholdState.APPROVED and one.holds_from == holds_from for one in held):
        raise ThresholdRefusedError(
            "Another threshold holds from that day. Choose another day", field="holds_from"
        )
    if not reason.strip():
        raise ThresholdRefusedError("Enter why the threshold changes", field="reason")
    newest = SliverThreshold.objects.aggregate(newest=Max("number"))["newest"] or 1
    made = SliverThreshold.objects.create(
        number=newest + 1,
        share=share,
        holds_from=holds_from,
        reason=reason.strip(),
        form_key=form_key,
        proposed_at=at,
        proposed_by=by,
    )
    audit.record(
        action="sliver_threshold.proposed",
        target=made,
        by=by,
        at=at,
        share=str(share),
        holds_from=holds_from.isoformat(),
    )
    return made


@transaction.atomic
def approve(*, number: int, by: User, at: datetime) -> Approved:
    """Let a threshold hold from its day, and work out the pairs of all days anew.

    Days before it stay as they are, and so does what was published of them.

    Raises:
        SliverThreshold.DoesNotExist: there is no such threshold.
        ThresholdDecidedError: it waits no longer.
        OwnThresholdError: the same person proposed it.
        ThresholdRefusedError: its day has come meanwhile.
    """
    held = _waiting(number, ThresholdStep.APPROVE)
    if held.proposed_by_id == by.pk:
        raise OwnThresholdError
    assert held.holds_from is not None  # noqa: S101 - a constraint holds it
    _check_day(holds_from=held.holds_from, at=at)
    _decide(held, ThresholdStep.APPROVE, by=by, at=at)
    return Approved(threshold=held, pairs=rebuild_pairs(by=by, at=at))


@transaction.atomic
def decline(*, number: int, reason: str, by: User, at: datetime) -> SliverThreshold:
    """Give a proposal up, with a reason; who made it may do so, too.

    Raises:
        SliverThreshold.DoesNotExist: there is no such threshold.
        ThresholdDecidedError: it waits no longer.
        ThresholdRefusedError: no reason is given.
    """
    held = _waiting(number, ThresholdStep.DECLINE)
    if not reason.strip():
        raise ThresholdRefusedError("Enter why it is declined", field="reason")
    held.declined_reason = reason.strip()
    _decide(held, ThresholdStep.DECLINE, by=by, at=at)
    return held


def _check_day(*, holds_from: date, at: datetime) -> None:
    if holds_from < timezone.localdate(at):
        raise ThresholdRefusedError(
            "The day is past. Choose today or a later day: what was published does not move",
            field="holds_from",
        )


def _waiting(number: int, step: ThresholdStep) -> SliverThreshold:
    held = SliverThreshold.objects.select_for_update(of=("self",)).get(number=number)
    if (held.state, step) not in STEPS:
        raise ThresholdDecidedError
    return held


def _decide(held: SliverThreshold, step: ThresholdStep, *, by: User, at: datetime) -> None:
    held.state = ThresholdState(STEPS[held.state, step])
    held.decided_at, held.decided_by = at, by
    held.save(update_fields=["state", "decided_at", "decided_by", "declined_reason"])
    audit.record(
        action=f"sliver_threshold.{held.state}", target=held, by=by, at=at, number=held.number
    )
