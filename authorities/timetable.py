"""Warnings where the timetables of authorities and boards do not fit each other.

Pure functions over dates. A day in `starts` or `ends` fields is inclusive for a start and the
first day of non-existence for an end, as in the register.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DateOrderError(ValueError):
    """A membership ends before it starts."""


class WarningKind(StrEnum):
    """The five warnings, as the pair page, the map and the API name them."""

    ICB_CHANGE_BEFORE_SA_START = "icb_change_before_sa_start"
    ICB_CHANGE_WITHIN_12_MONTHS_OF_SA_START = "icb_change_within_12_months_of_sa_start"
    PAIR_ENDS_ON = "pair_ends_on"
    CLUSTER_MEMBER = "cluster_member"
    NO_COUNTERPART = "no_counterpart"


@dataclass(frozen=True)
class ClusterMembership:
    """A board in a cluster: leadership is shared, the boards stay separate in law."""

    cluster: str
    starts: date
    ends: date | None


@dataclass(frozen=True)
class TimetableRule:
    """How far changes reach, in calendar months.

    months_around_start: a board's change this near to the authority's start, before or after.
    settled_after_months: a change that took effect longer ago than this warns no more.
    """

    months_around_start: int = 12
    settled_after_months: int = 12


@dataclass(frozen=True)
class PairDates:
    """What is known of the dates of a pair, or of a body that lacks its counterpart.

    authority_starts: when the authority was or will be established; None when not known.
    board_changes: days on which the board changes: merges, splits, gains or loses area.
    ends: first day on which the pair no longer exists; None when no end is known.
    clusters: the board's memberships.
    has_counterpart: False for an authority without a board, or a board without an authority.
    """

    authority_starts: date | None
    board_changes: tuple[date, ...] = ()
    ends: date | None = None
    clusters: tuple[ClusterMembership, ...] = ()
    has_counterpart: bool = True


@dataclass(frozen=True)
class TimetableWarning:
    """One warning: the day it speaks of, and the cluster if it is one."""

    kind: WarningKind
    on: date | None = None
    cluster: str | None = None


DEFAULT_RULE = TimetableRule()


def warnings(
    *, dates: PairDates, on: date, rule: TimetableRule = DEFAULT_RULE
) -> tuple[TimetableWarning, ...]:
    """Return every warning that holds on a day, in the order of `WarningKind`.

    Args:
        dates: what is known of the pair.
        on: the day on which somebody looks.
        rule: how far changes reach.

    Returns:
        The warnings; several of a kind when several changes or clusters give cause.

    Raises:
        DateOrderError: a cluster membership ends before it starts.

    Source: the project's own definitions.
    """
    return (
        *icb_changes_before_sa_start(dates=dates, on=on, rule=rule),
        *icb_changes_near_sa_start(dates=dates, on=on, rule=rule),
        *pair_end(dates=dates, on=on),
        *cluster_memberships(dates=dates, on=on),
        *missing_counterpart(dates=dates),
    )


def icb_changes_before_sa_start(
    *, dates: PairDates, on: date, rule: TimetableRule = DEFAULT_RULE
) -> tuple[TimetableWarning, ...]:
    """Return a warning for each change of the board that comes before the authority exists.

    Holds while the authority has not started and the change is ahead or not yet settled: the
    authority has no voice in a change that is over before it starts.

    Args:
        dates: what is known of the pair; without a start nothing is said.
        on: the day on which somebody looks.
        rule: when a change is settled.

    Returns:
        One warning a change, with its day, earliest first.

    Source: the project's own definition.
    """
    start = dates.authority_starts
    if start is None or on >= start:
        return ()
    return tuple(
        TimetableWarning(kind=WarningKind.ICB_CHANGE_BEFORE_SA_START, on=change)
        for change in _unsettled(dates.board_changes, on, rule)
        if change < start
    )


def icb_changes_near_sa_start(
    *, dates: PairDates, on: date, rule: TimetableRule = DEFAULT_RULE
) -> tuple[TimetableWarning, ...]:
    """Return a warning for each change of the board within 12 months of the authority's start.

    Before or after the start, both ends included, while the change is ahead or not yet settled.

    Args:
        dates: what is known of the pair; without a start nothing is said.
        on: the day on which somebody looks.
        rule: how near is near, and when a change is settled.

    Returns:
        One warning a change, with its day, earliest first.

    Source: the project's own definition.
    """
    start = dates.authority_starts
    if start is None:
        return ()
    near = rule.months_around_start
    return tuple(
        TimetableWarning(kind=WarningKind.ICB_CHANGE_WITHIN_12_MONTHS_OF_SA_START, on=change)
        for change in _unsettled(dates.board_changes, on, rule)
        if change <= months_after(day=start, months=near)
        and start <= months_after(day=change, months=near)
    )


def pair_end(*, dates: PairDates, on: date) -> tuple[TimetableWarning, ...]:
    """Return a warning when the pair has a known end that lies ahead.

    Args:
        dates: what is known of the pair.
        on: the day on which somebody looks; on the end day itself the pair is gone.

    Returns:
        One warning with the end day, or none.

    Source: the project's own definition.
    """
    if dates.ends is None or dates.ends <= on:
        return ()
    return (TimetableWarning(kind=WarningKind.PAIR_ENDS_ON, on=dates.ends),)


def cluster_memberships(*, dates: PairDates, on: date) -> tuple[TimetableWarning, ...]:
    """Return a warning for each cluster that the board belongs to on the day.

    Args:
        dates: what is known of the pair.
        on: the day on which somebody looks.

    Returns:
        One warning a cluster, with the cluster and the day it started.

    Raises:
        DateOrderError: a membership ends before it starts.

    Source: the project's own definition. A cluster is not a merger.
    """
    found = []
    for membership in dates.clusters:
        if membership.ends is not None and membership.ends < membership.starts:
            raise DateOrderError(
                f"The membership of {membership.cluster} ends before it starts. Check both dates."
            )
        if membership.starts <= on and (membership.ends is None or on < membership.ends):
            found.append(
                TimetableWarning(
                    kind=WarningKind.CLUSTER_MEMBER,
                    on=membership.starts,
                    cluster=membership.cluster,
                )
            )
    return tuple(found)


def missing_counterpart(*, dates: PairDates) -> tuple[TimetableWarning, ...]:
    """Return a warning for an authority without a board, or a board without an authority.

    Args:
        dates: what is known of the body.

    Returns:
        One warning, or none.

    Source: the project's own definition.
    """
    return () if dates.has_counterpart else (TimetableWarning(kind=WarningKind.NO_COUNTERPART),)


def months_after(*, day: date, months: int) -> date:
    """Return the same day some calendar months later, or the month's last day.

    Args:
        day: the day to count from.
        months: 0 or more.

    Returns:
        31 January and one month is 28 February, or 29 in a leap year.

    Source: the corresponding date rule, Dodds v Walker [1981] 1 WLR 1027.
    """
    year, month_index = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month_index + 1)[1]
    return date(year, month_index + 1, min(day.day, last))


def _unsettled(changes: Sequence[date], on: date, rule: TimetableRule) -> list[date]:
    return [
        change
        for change in sorted(changes)
        if on <= months_after(day=change, months=rule.settled_after_months)
    ]
