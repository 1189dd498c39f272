"""Scheduling a round, opening, closing and reopening it, and deciding about its checks."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from authorities.models import User
from duty.actions.clock import judged_at
from duty.actions.round_messages import tell_of_closing, tell_of_more_days, tell_of_opening
from duty.actions.round_steps import date_guards, hold, take
from duty.actions.round_versions import VersionsMissingError, freeze_all, release_all
from duty.deadlines import london_date
from duty.models import ExpectedReturn, Round
from duty.queries.closings import awaiting_sign_off
from duty.queries.round_checks import checked, plain_of
from duty.round_checks import Finding, digest
from duty.round_lifecycle import RoundEvent, RoundGuard
from outcomes import recompute
from outcomes.models import Subject


class SeenAnotherListError(ValueError):
    """What the person decided about has changed since the page was opened."""


def not_overtaken(*, held: Round, seen_version: int | None) -> None:
    """Refuse what somebody decided over a page of an earlier version; None is no page.

    Raises:
        SeenAnotherListError: the round was changed since.
    """
    if seen_version is not None and seen_version != held.version:
        raise SeenAnotherListError(
            "Somebody changed this round since you opened this page. Nothing of yours is stored. "
            "Compare what is stored now with what you entered, and send it again if it still holds."
        )


@transaction.atomic
def schedule(*, round_: Round, reason: str, seen: str, by: User | None, at: datetime) -> Round:
    """Let a round open on its day; the versions that it is read by are fixed.

    Args:
        round_: a draft.
        reason: why it goes ahead, where the checks find something that nobody has decided about.
        seen: `digest` of the findings that the person saw; the decision is about these.
        by: an administrator.
        at: when.

    Raises:
        SeenAnotherListError: the checks find something else by now.
        RoundRefusedError: a date or a body is missing, nobody decided about a finding, no rubric
            is loaded, or the role or state does not allow it.
    """
    held = hold(round_=round_)
    holding = date_guards(round_=held, at=at) | _expected_guard(held)
    open_findings = _undecided(held, reason, seen)
    if not open_findings or reason.strip():
        holding.add(RoundGuard.CHECKS_DECIDED)
    try:
        # A refusal takes the transaction back, and the versions with it.
        versions = freeze_all(round_=held, by=by, at=at)
    except VersionsMissingError:
        versions = {}
    else:
        holding.add(RoundGuard.VERSIONS_LOADED)
    take(held=held, event=RoundEvent.SCHEDULE, holding=holding, by=by, at=at, versions=versions)
    _keep_decision(held, open_findings, reason, by=by, at=at)
    return held


@transaction.atomic
def back_to_draft(*, round_: Round, reason: str, by: User | None, at: datetime) -> Round:
    """Take a scheduled round back, so that it can be changed.

    Raises:
        RoundRefusedError: no reason, or the role or state does not allow it.
    """
    held = hold(round_=round_)
    take(
        held=held,
        event=RoundEvent.BACK_TO_DRAFT,
        holding={RoundGuard.REASON_GIVEN} if reason.strip() else set(),
        reason=reason.strip(),
        by=by,
        at=at,
    )
    release_all(round_=held)
    return held


@transaction.atomic
def open_round(
    *, round_: Round, reason: str = "", seen: str = "", by: User | None, at: datetime
) -> Round:
    """Open a scheduled round. The job needs no decision: what is new waits for one.

    Args:
        round_: scheduled.
        reason, seen: as for `schedule`.
        by: an administrator, or None for the job.
        at: when.

    Raises:
        SeenAnotherListError: the checks find something else by now.
        RoundRefusedError: its day has not come, its last day is over, nobody is expected, nobody
            decided about a finding, or the role or state does not allow it.
    """
    held = hold(round_=round_)
    holding = date_guards(round_=held, at=at) | _expected_guard(held)
    if by is None:
        open_findings = checked(round_=held).undecided
    else:
        open_findings = _undecided(held, reason, seen)
        if not open_findings or reason.strip():
            holding.add(RoundGuard.CHECKS_DECIDED)
    take(
        held=held,
        event=RoundEvent.OPEN,
        holding=holding,
        by=by,
        at=at,
        expected=ExpectedReturn.objects.filter(round=held).count(),
        findings=[plain_of(finding=finding) for finding in open_findings],
    )
    if by is not None:
        _keep_decision(held, open_findings, reason, by=by, at=at)
    tell_of_opening(round_=held, at=at)
    _recompute(held, "round.opened", at)
    return held


@transaction.atomic
def decide(*, round_: Round, reason: str, seen: str, by: User | None, at: datetime) -> Round:
    """Record why a round goes on with what the checks find; nothing where nothing is open.

    Raises:
        SeenAnotherListError: the checks find something else by now.
        RoundRefusedError: no reason, or the role or state does not allow it.
    """
    held = hold(round_=round_)
    _keep_decision(held, _undecided(held, reason, seen), reason, by=by, at=at)
    return held


@transaction.atomic
def close(*, round_: Round, confirmed: str = "", by: User | None, at: datetime) -> Round:
    """Close a round after its last day for edits.

    Returns that await sign-off keep it open, until an administrator confirms the list of them.

    Args:
        round_: open.
        confirmed: `digest` of the authorities that an administrator saw await sign-off.
        by: an administrator, or None for the job.
        at: when.

    Raises:
        SeenAnotherListError: other returns await sign-off by now.
        RoundRefusedError: its last day is not over, returns await sign-off, or the role or state
            does not allow it.
    """
    held = hold(round_=round_)
    holding = date_guards(round_=held, at=at)
    waiting = waiting_slugs(round_=held, today=london_date(now=judged_at(at=at)))
    if by is not None and confirmed and waiting and confirmed != digest(keys=waiting):
        raise SeenAnotherListError(
            "Other returns await sign-off since you opened this page. Look at the list again."
        )
    if not waiting or (by is not None and confirmed):
        holding.add(RoundGuard.SIGN_OFF_NOT_AWAITED)
    take(
        held=held,
        event=RoundEvent.CLOSE,
        holding=holding,
        by=by,
        at=at,
        awaiting_sign_off=list(waiting),
    )
    tell_of_closing(round_=held, at=at)
    _recompute(held, "round.closed", at)
    return held


@transaction.atomic
def reopen(
    *,
    round_: Round,
    edits_until: date,
    reply_opens_on: date | None,
    reply_closes_on: date | None,
    publish_at: datetime | None,
    reason: str,
    by: User | None,
    at: datetime,
    seen_version: int | None = None,
) -> Round:
    """Open a closed round again, or give an open one more days, for every authority.

    seen_version: of the round on the page that was read; None where there was none.

    Raises:
        SeenAnotherListError: the round was changed since.
        RoundRefusedError: dates out of order or past, no reason, or the role or state does not
            allow it.
    """
    held = hold(round_=round_)
    not_overtaken(held=held, seen_version=seen_version)
    before = held.edits_until
    held.edits_until = edits_until
    held.reply_opens_on = reply_opens_on
    held.reply_closes_on = reply_closes_on
    held.publish_at = publish_at
    holding = date_guards(round_=held, at=at)
    if RoundGuard.EVERY_DATE_GIVEN not in holding:
        holding.discard(RoundGuard.DATES_IN_ORDER)
    if reason.strip():
        holding.add(RoundGuard.REASON_GIVEN)
    take(
        held=held,
        event=RoundEvent.REOPEN,
        holding=holding,
        reason=reason.strip(),
        by=by,
        at=at,
        edits_until=edits_until.isoformat(),
        before=before.isoformat(),
    )
    held.save(update_fields=["edits_until", "reply_opens_on", "reply_closes_on", "publish_at"])
    tell_of_more_days(round_=held, at=at)
    _recompute(held, "round.reopened", at)
    return held


def waiting_slugs(*, round_: Round, today: date) -> tuple[str, ...]:
    """Return the authorities whose returns would be cut off while they await sign-off."""
    rows = awaiting_sign_off(round_id=round_.pk, today=today)
    return tuple(row.authority.slug for row in rows)


def _undecided(held: Round, reason: str, seen: str) -> tuple[Finding, ...]:
    found = checked(round_=held).undecided
    # Without a reason there is no decision, and the guard asks for one.
    if found and reason.strip() and digest(keys=[finding.key for finding in found]) != seen:
        raise SeenAnotherListError(
            "The checks find something else since you opened this page. Look at the list again."
        )
    return found


def _keep_decision(
    held: Round, found: Sequence[Finding], reason: str, *, by: User | None, at: datetime
) -> None:
    if not found:
        return
    take(
        held=held,
        event=RoundEvent.DECIDE,
        holding={RoundGuard.REASON_GIVEN} if reason.strip() else set(),
        reason=reason.strip(),
        by=by,
        at=at,
        findings=[plain_of(finding=finding) for finding in found],
    )


def _expected_guard(held: Round) -> set[RoundGuard]:
    some = ExpectedReturn.objects.filter(round=held).exists()
    return {RoundGuard.BODIES_EXPECTED} if some else set()


def _recompute(held: Round, reason: str, at: datetime) -> None:
    recompute.request(subject=Subject.ROUND, subject_id=held.pk, reason=reason, at=at)
