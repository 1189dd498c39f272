"""Rounds beside the two that the demonstration is about: one to come, and one for trying out."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from authorities.models import StrategicAuthority, User
from duty.actions import returns, round_bodies, round_stages
from duty.actions import rounds as plans
from duty.actions.clock import invented_past
from duty.models import Round, Specification
from duty.queries.round_checks import checked
from duty.round_checks import digest
from engagement.management.demonstration.dates import (
    RoundDates,
    open_round,
    planned_round,
    trial_round,
)
from outcomes.models import IndicatorSet

_TRIED_BY = ("north-east", "south-yorkshire", "york-and-north-yorkshire")
_WHY_FEW = "Only those that try it out with us."
_WHY_AHEAD = "This is a demonstration: only a few bodies have people."


def scheduled(
    *, dates: RoundDates, indicator_set: IndicatorSet | None, by: User, at: datetime
) -> Round:
    """Plan a round and schedule it, with a decision about what the checks find."""
    return _schedule(_drafted(dates, indicator_set, is_test=False, by=by, at=at), by=by, at=at)


def fill(
    *, people: Mapping[str, User], indicator_set: IndicatorSet | None, by: User, today: date
) -> None:
    """Schedule the next round, and let a few authorities have tried out the open one."""
    dates = planned_round(today=today)
    if not Round.objects.filter(slug=dates.slug).exists():
        at = datetime.combine(today - timedelta(days=2), time(15, 0), tzinfo=UTC)
        scheduled(dates=dates, indicator_set=indicator_set, by=by, at=at)
    trial = trial_round(of=open_round(today=today))
    if not Round.objects.filter(slug=plans.slug_of(name=trial.name, is_test=True)).exists():
        with invented_past():
            _try_out(dates=trial, people=people, by=by)


def _try_out(*, dates: RoundDates, people: Mapping[str, User], by: User) -> None:
    at = datetime.combine(dates.opens_on, time(8, 0), tzinfo=UTC)
    made = _drafted(dates, None, is_test=True, by=by, at=at)
    tried = list(StrategicAuthority.objects.filter(slug__in=_TRIED_BY).order_by("slug"))
    made = round_bodies.change_expected(
        round_=made, authorities=tried, reason=_WHY_FEW, by=by, at=at
    )
    made = round_stages.open_round(round_=_schedule(made, by=by, at=at), by=None, at=at)
    _start(made, tried, people, at + timedelta(hours=3))
    round_stages.close(
        round_=made,
        by=None,
        at=datetime.combine(dates.edits_until + timedelta(days=1), time(1, 0), tzinfo=UTC),
    )


def _start(
    made: Round, tried: Sequence[StrategicAuthority], people: Mapping[str, User], at: datetime
) -> None:
    """All but the first have started a return, and none was sent."""
    for authority in tried[1:]:
        returns.start(
            round_=made,
            authority=authority,
            bring_over=False,
            by=people[f"editor@{authority.slug}.example"],
            at=at,
        )


def _drafted(
    dates: RoundDates,
    indicator_set: IndicatorSet | None,
    *,
    is_test: bool,
    by: User,
    at: datetime,
) -> Round:
    return plans.create(
        plan=plans.Plan(
            **{name: value for name, value in vars(dates).items() if name != "slug"},
            specification=Specification.objects.latest("version"),
            indicator_set=indicator_set,
        ),
        is_test=is_test,
        by=by,
        at=at,
    )


def _schedule(made: Round, *, by: User, at: datetime) -> Round:
    with invented_past():
        return round_stages.schedule(
            round_=made,
            reason=_WHY_AHEAD,
            seen=digest(keys=[finding.key for finding in checked(round_=made).undecided]),
            by=by,
            at=at,
        )
