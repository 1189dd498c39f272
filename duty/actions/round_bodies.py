"""Whom a round expects, and how long each of them has."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from authorities.models import StrategicAuthority, User
from duty.actions.clock import judged_at
from duty.actions.round_messages import tell_of_extension, tell_of_joining
from duty.actions.round_stages import not_overtaken
from duty.actions.round_steps import hold, take
from duty.deadlines import london_date
from duty.models import DutyReturn, ExpectedReturn, Round, RoundHappening, RoundState
from duty.round_lifecycle import RoundEvent, RoundGuard


def expect_default(*, round_: Round) -> None:
    """Expect the authorities of the geography date, but for what people have decided otherwise.

    Only of a draft: afterwards nobody is added or left out without a reason.
    """
    wanted = set(
        StrategicAuthority.objects.as_at(round_.geography_date).values_list("pk", flat=True)
    )
    for event in RoundHappening.objects.filter(round=round_, type=RoundEvent.EXPECT.value).order_by(
        "pk"
    ):
        wanted |= {UUID(key) for key in event.payload["added"]}
        wanted -= {UUID(key) for key in event.payload["removed"]}
    ExpectedReturn.objects.filter(round=round_).exclude(authority_id__in=wanted).delete()
    ExpectedReturn.objects.bulk_create(
        [ExpectedReturn(round=round_, authority_id=key) for key in sorted(wanted)],
        ignore_conflicts=True,
    )


@transaction.atomic
def change_expected(
    *,
    round_: Round,
    authorities: Collection[StrategicAuthority],
    reason: str,
    by: User | None,
    at: datetime,
    seen_version: int | None = None,
) -> Round:
    """Expect exactly these authorities; nothing is stored where they are the same.

    Who is added to an open round is told that it is open.

    seen_version: of the round on the page that was read; None where there was none.

    Raises:
        SeenAnotherListError: the round was changed since.
        RoundRefusedError: nobody would be left, one that is left out has started its return, no
            reason, or the role or state does not allow it.
    """
    held = hold(round_=round_)
    wanted = {authority.pk for authority in authorities}
    present = set(ExpectedReturn.objects.filter(round=held).values_list("authority_id", flat=True))
    added, removed = wanted - present, present - wanted
    if not added and not removed:
        return held
    not_overtaken(held=held, seen_version=seen_version)
    holding = {RoundGuard.REASON_GIVEN} if reason.strip() else set()
    if wanted:
        holding.add(RoundGuard.BODIES_EXPECTED)
    if not DutyReturn.objects.filter(round=held, authority_id__in=removed).exists():
        holding.add(RoundGuard.KEEPS_STARTED_RETURNS)
    take(
        held=held,
        event=RoundEvent.EXPECT,
        holding=holding,
        reason=reason.strip(),
        by=by,
        at=at,
        added=sorted(str(key) for key in added),
        removed=sorted(str(key) for key in removed),
    )
    ExpectedReturn.objects.filter(round=held, authority_id__in=removed).delete()
    ExpectedReturn.objects.bulk_create(
        [ExpectedReturn(round=held, authority_id=key) for key in sorted(added)]
    )
    if held.state == RoundState.OPEN:
        for authority in sorted(authorities, key=lambda one: one.slug):
            if authority.pk in added:
                tell_of_joining(round_=held, authority=authority, at=at)
    return held


@transaction.atomic
def extend(
    *,
    round_: Round,
    authority: StrategicAuthority,
    due_on: date,
    edits_until: date,
    reason: str,
    by: User | None,
    at: datetime,
    seen_version: int | None = None,
) -> ExpectedReturn | None:
    """Give one authority more time; it ends by itself after its last day.

    seen_version: of the round on the page that was read; None where there was none.

    Raises:
        SeenAnotherListError: the round was changed since.
        RoundRefusedError: not expected, days that give no more time or reach the reply, no
            reason, or the role or state does not allow it.
    """
    held = hold(round_=round_)
    not_overtaken(held=held, seen_version=seen_version)
    row = (
        ExpectedReturn.objects.select_for_update(of=("self",))
        .filter(round=held, authority=authority)
        .first()
    )
    holding = {RoundGuard.REASON_GIVEN} if reason.strip() else set()
    if row is not None:
        holding.add(RoundGuard.BODY_EXPECTED)
    longer = edits_until > held.edits_until and edits_until >= london_date(now=judged_at(at=at))
    if longer and held.due_on <= due_on <= edits_until:
        holding.add(RoundGuard.EXTENSION_LONGER)
    if held.reply_opens_on is None or edits_until < held.reply_opens_on:
        holding.add(RoundGuard.EXTENSION_BEFORE_REPLY)
    take(
        held=held,
        event=RoundEvent.EXTEND,
        holding=holding,
        reason=reason.strip(),
        by=by,
        at=at,
        authority=str(authority.pk),
        due_on=due_on.isoformat(),
        edits_until=edits_until.isoformat(),
    )
    if row is None:  # pragma: no cover - the table has refused it
        return None
    row.extended_due_on = due_on
    row.extended_edits_until = edits_until
    row.extension_reason = reason.strip()
    row.extended_at = at
    row.extended_by = by
    row.save()
    tell_of_extension(
        round_=held, authority=authority, due_on=due_on, edits_until=edits_until, at=at
    )
    return row
