"""The demonstration's two rounds, dated so that one is open whenever it is loaded."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta


@dataclass(frozen=True)
class RoundDates:
    """A half-year's round. Days are London's."""

    slug: str
    name: str
    covers_from: date
    covers_to: date
    geography_date: date
    opens_on: date
    due_on: date
    edits_until: date
    reply_opens_on: date
    reply_closes_on: date
    publish_at: datetime


def _friday(day: date) -> date:
    """The day itself or the next Friday: closing days do not fall on a weekend."""
    return day + timedelta(days=(4 - day.weekday()) % 7)


def _half_year_before(day: date) -> tuple[date, date, str]:
    """Return the last half-year (from April, from October) that ended before the day."""
    if day.month >= 10:
        return date(day.year, 4, 1), date(day.year, 9, 30), f"Autumn {day.year}"
    if day.month >= 4:
        return date(day.year - 1, 10, 1), date(day.year, 3, 31), f"Spring {day.year}"
    return date(day.year - 1, 4, 1), date(day.year - 1, 9, 30), f"Autumn {day.year - 1}"


def _round(*, covers: tuple[date, date, str], opens_on: date, due_on: date) -> RoundDates:
    start, end, name = covers
    edits_until = due_on + timedelta(days=7)
    reply_opens_on = edits_until + timedelta(days=24)
    reply_closes_on = reply_opens_on + timedelta(days=21)
    return RoundDates(
        slug=name.lower().replace(" ", "-"),
        name=name,
        covers_from=start,
        covers_to=end,
        geography_date=end + timedelta(days=1),
        opens_on=opens_on,
        due_on=due_on,
        edits_until=edits_until,
        reply_opens_on=reply_opens_on,
        reply_closes_on=reply_closes_on,
        publish_at=datetime.combine(reply_closes_on + timedelta(days=31), time(8, 30), tzinfo=UTC),
    )


def open_round(*, today: date) -> RoundDates:
    """Return a round that opened seven weeks ago and is due in about three."""
    return _round(
        covers=_half_year_before(today),
        opens_on=today - timedelta(days=49),
        due_on=_friday(today + timedelta(days=18)),
    )


def planned_round(*, today: date) -> RoundDates:
    """Return the round of the half-year after the open one's, which is still to end or just has."""
    _, end, _ = _half_year_before(today)
    # The half-year that begins after it is over once 200 days have passed.
    covers = _half_year_before(end + timedelta(days=200))
    opens_on = covers[1] + timedelta(days=12)
    return _round(covers=covers, opens_on=opens_on, due_on=_friday(opens_on + timedelta(days=67)))


def trial_round(*, of: RoundDates) -> RoundDates:
    """Return a short round of the same period, over before the real one opened."""
    due_on = of.opens_on - timedelta(days=14)
    return RoundDates(
        **{
            **vars(of),
            "opens_on": due_on - timedelta(days=14),
            "due_on": due_on,
            "edits_until": due_on + timedelta(days=3),
        }
    )


def published_round(*, today: date) -> RoundDates:
    """Return the round of the half-year before the open one's, closed and published."""
    start, _, _ = _half_year_before(today)
    return _closed(covers=_half_year_before(start), opens_on=start + timedelta(days=20))


def first_round(*, today: date) -> RoundDates:
    """Return the round of the half-year before that, published too: pairs have moved since."""
    start, _, _ = _half_year_before(_half_year_before(today)[0])
    return _closed(covers=_half_year_before(start), opens_on=start + timedelta(days=20))


def _closed(*, covers: tuple[date, date, str], opens_on: date) -> RoundDates:
    dates = _round(covers=covers, opens_on=opens_on, due_on=_friday(opens_on + timedelta(days=53)))
    # Its geography is that of its closing, so that bodies that began meanwhile are in it.
    return RoundDates(**{**vars(dates), "geography_date": opens_on + timedelta(days=70)})
