"""What a framework counts, in words: how each measure stands, its periods and its values."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from authorities.csv_text import write_csv
from authorities.presenters.register_feeds import moment_text
from authorities.presenters.tables import Cell, Column, SummaryRow
from authorities.presenters.words import day_text
from outcomes.counts import (
    Aggregation,
    Amount,
    Bearing,
    CountStatus,
    Days,
    PeriodReading,
    Together,
)
from outcomes.models import Aggregation as AggregationChoices
from outcomes.models import CountDirection, Framework, FrameworkVersion, ItemKind
from outcomes.queries.counts import MeasureFacts, ValueFacts

_STATUS = {
    CountStatus.OVER: "Over target",
    CountStatus.ON: "On target",
    CountStatus.UNDER: "Under target",
    CountStatus.NO_VALUE: "No value yet",
    CountStatus.NO_TARGET: "No target",
}
_MEANS = {
    (CountStatus.OVER, Bearing.BETTER): "better than wanted: more is good",
    (CountStatus.OVER, Bearing.WORSE): "worse than wanted: less is good",
    (CountStatus.UNDER, Bearing.BETTER): "better than wanted: less is good",
    (CountStatus.UNDER, Bearing.WORSE): "worse than wanted: more is good",
}
_HEADINGS = (
    "Framework",
    "Version",
    "Part",
    "Of",
    "Measure",
    "Unit",
    "Periods together",
    "Good direction",
    "Margin (%)",
    "Scope",
    "Period",
    "First day",
    "Last day",
    "Value",
    "Numerator",
    "Denominator",
    "Target",
    "Status",
    "What it means",
    "Counted until",
)


@dataclass(frozen=True)
class CountList:
    """All measures of a framework, each with how it stands so far."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class PageTable:
    """One table of a page."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class MeasurePage:
    """One measure: what it is, how it stands, its periods, its values."""

    name: str
    facts: tuple[SummaryRow, ...]
    periods: PageTable
    values: PageTable
    earlier: PageTable | None
    record_url: str


def count_list(*, framework: Framework, measures: tuple[MeasureFacts, ...]) -> CountList:
    """Return the list."""
    return CountList(
        columns=(
            Column("What is counted"),
            Column("So far", numeric=True),
            Column("Target by then", numeric=True),
            Column("Status"),
            Column("Periods with a value"),
        ),
        rows=tuple(
            (
                Cell(
                    one.name,
                    url=reverse("outcomes:count", args=[framework.pk, one.lineage]),
                    note=f"{ItemKind(one.item_kind).label}: {one.item}",
                ),
                Cell(amount_text(amount=one.reading.so_far.amount, unit=one.unit)),
                Cell(_wanted_text(one, one.reading.so_far.wanted)),
                Cell(
                    status_text(status=one.reading.so_far.status),
                    note=_so_far_note(one, one.reading.so_far),
                ),
                Cell(_of_periods(one.reading.so_far)),
            )
            for one in measures
        ),
    )


def measure_page(*, framework: Framework, measure: MeasureFacts, may_record: bool) -> MeasurePage:
    """Return the page of one measure; who may record gets links to do so."""
    so_far = measure.reading.so_far
    address = reverse("outcomes:count-record", args=[framework.pk, measure.lineage])
    return MeasurePage(
        name=measure.name,
        facts=(
            SummaryRow("Counts", f"{ItemKind(measure.item_kind).label}: {measure.item}"),
            SummaryRow("Unit", measure.unit),
            SummaryRow("Periods together", AggregationChoices(measure.aggregation).label),
            SummaryRow("Direction", CountDirection(measure.direction).label),
            SummaryRow("On target", f"Within {_number(measure.margin_percent)}% of the target"),
            SummaryRow("So far", _so_far_text(measure, so_far)),
        ),
        periods=_periods(measure),
        values=_values(measure, address if may_record else ""),
        earlier=_earlier(measure) if measure.earlier else None,
        record_url=address if may_record else "",
    )


def counts_csv(
    *, framework: Framework, version: FrameworkVersion, measures: tuple[MeasureFacts, ...]
) -> str:
    """Return a row for each period of each measure, and one for how it stands so far."""
    rows = []
    for one in measures:
        about = [
            framework.name,
            str(version.number),
            ItemKind(one.item_kind).label,
            one.item,
            one.name,
            one.unit,
            AggregationChoices(one.aggregation).label,
            CountDirection(one.direction).label,
            plain_number(one.margin_percent),
        ]
        for period in one.reading.periods:
            rows.append(
                [
                    *about,
                    "Period",
                    one.label_of(period.days),
                    period.days.start.isoformat(),
                    period.days.last.isoformat(),
                    *_amount_cells(period.amount),
                    plain_number(period.wanted),
                    status_text(status=period.status),
                    meaning_text(status=period.status, bearing=period.bearing),
                    _last_counted(period),
                ]
            )
        so_far = one.reading.so_far
        rows.append(
            [
                *about,
                "So far",
                _of_periods(so_far),
                "",
                "",
                *_amount_cells(so_far.amount),
                plain_number(so_far.wanted),
                status_text(status=so_far.status),
                meaning_text(status=so_far.status, bearing=so_far.bearing),
                "",
            ]
        )
    return write_csv(headings=_HEADINGS, rows=rows)


def status_text(*, status: CountStatus) -> str:
    """Return a status in words."""
    return _STATUS[status]


def meaning_text(*, status: CountStatus, bearing: Bearing | None) -> str:
    """Return what a status means by the direction that is good; empty where it is as wanted."""
    return _MEANS.get((status, bearing), "") if bearing is not None else ""


def amount_text(*, amount: Amount | None, unit: str) -> str:
    """Return what was counted, a percentage with its parts; a dash of words for nothing."""
    if amount is None:
        return "No value yet"
    if amount.denominator is None:
        return f"{_number(amount.value)} {unit}"
    return (
        f"{_number(amount.value)}% ({_number(amount.numerator)} of {_number(amount.denominator)})"
    )


def plain_number(number: float | None) -> str:
    """Return a number as files and forms have it; nothing for None."""
    return "" if number is None else f"{number:.10f}".rstrip("0").rstrip(".")


def period_text(*, days: Days) -> str:
    """Return a period by its days, the last one included."""
    return f"{day_text(day=days.start)} to {day_text(day=days.last)}"


def _periods(measure: MeasureFacts) -> PageTable:
    return PageTable(
        caption="Each period against its target",
        columns=(
            Column("Period"),
            Column("Counted", numeric=True),
            Column("Target", numeric=True),
            Column("Status"),
        ),
        rows=tuple(
            (
                Cell(measure.label_of(one.days), note=period_text(days=one.days)),
                Cell(amount_text(amount=one.amount, unit=measure.unit)),
                Cell(_wanted_text(measure, one.wanted)),
                Cell(status_text(status=one.status), note=_note(one)),
            )
            for one in measure.reading.periods
        ),
    )


def _values(measure: MeasureFacts, address: str) -> PageTable:
    return PageTable(
        caption="Values as they were recorded",
        columns=(
            Column("Period"),
            Column("Value", numeric=True),
            Column("Recorded"),
            *((Column("Change"),) if address else ()),
        ),
        rows=tuple(
            (
                Cell(one.label, note=period_text(days=one.days)),
                Cell(_value_text(measure, one), note=one.note),
                Cell(f"{moment_text(moment=one.recorded_at)} for {one.recorded_for}"),
                *(
                    (Cell(f"Correct {one.label}", url=_of_period(address, one.days)),)
                    if address
                    else ()
                ),
            )
            for one in measure.values
        ),
    )


def _earlier(measure: MeasureFacts) -> PageTable:
    return PageTable(
        caption="Values that a correction replaced, the newest first",
        columns=(
            Column("Period"),
            Column("Value", numeric=True),
            Column("Recorded"),
            Column("Replaced"),
        ),
        rows=tuple(
            (
                Cell(one.label),
                Cell(_value_text(measure, one), note=one.note),
                Cell(f"{moment_text(moment=one.recorded_at)} for {one.recorded_for}"),
                Cell(moment_text(moment=one.superseded_at) if one.superseded_at else ""),
            )
            for one in measure.earlier
        ),
    )


def _of_period(address: str, days: Days) -> str:
    asked = urlencode({"first": days.start.isoformat(), "last": days.last.isoformat()})
    return f"{address}?{asked}"


def _value_text(measure: MeasureFacts, one: ValueFacts) -> str:
    if one.value is not None:
        return f"{_number(one.value)} {measure.unit}"
    return f"{_number(one.numerator)} of {_number(one.denominator)}"


def _wanted_text(measure: MeasureFacts, wanted: float | None) -> str:
    if wanted is None:
        return "No target"
    if measure.aggregation is Aggregation.PERCENTAGE:
        return f"{_number(wanted)}%"
    return f"{_number(wanted)} {measure.unit}"


def _note(one: PeriodReading) -> str:
    said = [meaning_text(status=one.status, bearing=one.bearing)]
    if one.until is not None:
        said.append(f"counted in part, until {_last_counted(one)}")
    return _sentence("; ".join(filter(None, said)))


def _so_far_note(measure: MeasureFacts, so_far: Together) -> str:
    if so_far.status is CountStatus.NO_TARGET and so_far.counted:
        return "The periods of its targets overlap, so they make nothing together"
    return _sentence(meaning_text(status=so_far.status, bearing=so_far.bearing))


def _so_far_text(measure: MeasureFacts, so_far: Together) -> str:
    status = status_text(status=so_far.status)
    note = _so_far_note(measure, so_far)
    said = f"{status}. {note}." if note else f"{status}."
    if so_far.amount is None or so_far.wanted is None:
        return f"{said} {_of_periods(so_far)}."
    return (
        f"{said} {amount_text(amount=so_far.amount, unit=measure.unit)} against "
        f"{_wanted_text(measure, so_far.wanted)}. {_of_periods(so_far)}."
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _of_periods(so_far: Together) -> str:
    noun = "period has a value" if so_far.periods == 1 else "periods have a value"
    return f"{so_far.counted} of {so_far.periods} {noun}"


def _last_counted(one: PeriodReading) -> str:
    return "" if one.until is None else day_text(day=Days(one.days.start, one.until).last)


def _amount_cells(amount: Amount | None) -> tuple[str, str, str]:
    if amount is None:
        return ("", "", "")
    return (
        plain_number(amount.value),
        plain_number(amount.numerator),
        plain_number(amount.denominator),
    )


def _number(number: float | None) -> str:
    return "" if number is None else f"{number:,.2f}".rstrip("0").rstrip(".")
