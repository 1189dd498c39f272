"""The values of one indicator of a framework, as its page lists them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from outcomes.indicator_series import Point, independent
from outcomes.models import Note
from outcomes.presenters.figures import TableCell, TableColumn
from outcomes.progress_labels import amount, compact
from outcomes.queries.progress_pages import IndicatorFacts

NOT_PUBLISHED = "not published"
COLUMNS = (
    TableColumn("Period", numeric=False),
    TableColumn("Value", numeric=True),
    TableColumn("95% limits", numeric=True),
    TableColumn("England", numeric=True),
    TableColumn("What to bear in mind", numeric=False),
)


def points_of(*, kept: Sequence[Sequence[Any]]) -> tuple[Point, ...]:
    """Return a series as it is kept beside a status."""
    return tuple(
        Point(
            period=one[0],
            start_date=date.fromisoformat(one[1]),
            end_date=date.fromisoformat(one[2]),
            value=one[3],
            lower=one[4],
            upper=one[5],
            note=one[6],
            publishers_comparison=one[8],
        )
        for one in kept
    )


def value_rows(
    *,
    facts: IndicatorFacts,
    points: Sequence[Point],
    england: Sequence[Point],
    provisional: frozenset[tuple[date, date]],
) -> tuple[tuple[TableCell | str, ...], ...]:
    """Return a row for each period under COLUMNS, oldest first.

    Args:
        facts: of the indicator.
        points: the area's series.
        england: England's, for the same people.
        provisional: periods whose value is expected to change.
    """
    content, places = facts.content, facts.content["places"]
    theirs = {(one.start_date, one.end_date): one for one in england}
    kept = independent(points=[one for one in points if one.value is not None])
    baseline = content["trajectory"]["baseline_days"]
    breaks = [date.fromisoformat(one) for one in content["breaks"]]
    rows = []
    earlier: Point | None = None
    for one in points:
        key = (one.start_date, one.end_date)
        said = []
        if baseline is not None and baseline == [day.isoformat() for day in key]:
            said.append("the baseline")
        if one.value is not None and one.period not in kept:
            said.append("overlaps with a later period that counts")
        if key in provisional:
            said.append("provisional")
        if one.note not in (Note.OK, Note.REMARKED) and one.value is not None:
            said.append(str(Note(one.note).label).lower())
        if earlier is not None and any(
            earlier.start_date < day <= one.start_date for day in breaks
        ):
            said.append("not comparable with earlier periods")
        rows.append(
            (
                compact(label=one.period),
                _value(one, places),
                _said(_limits(one, places)),
                _said(_value(theirs.get(key), places)),
                TableCell("; ".join(said).capitalize(), quiet=not said),
            )
        )
        earlier = one
    return tuple(rows)


def _said(words: str) -> TableCell:
    return TableCell(words, quiet=words == NOT_PUBLISHED)


def _value(one: Point | None, places: int) -> str:
    if one is None:
        return NOT_PUBLISHED
    if one.value is None:
        return str(Note(one.note).label).lower()
    return plain(value=one.value, places=places)


def _limits(one: Point, places: int) -> str:
    if one.value is None:
        return "none"
    if one.lower is None or one.upper is None:
        return NOT_PUBLISHED
    return f"{plain(value=one.lower, places=places)} to {plain(value=one.upper, places=places)}"


def plain(*, value: float | None, places: int) -> str:
    """Return a number without its unit, or nothing where there is none."""
    return "" if value is None else amount(value=value, places=places, unit="")
