"""What is missing for whom, as tables and as a file."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from authorities.csv_text import write_csv
from authorities.presenters.tables import Cell, Column, Table
from authorities.presenters.words import day_text
from outcomes.definitions import next_period
from outcomes.queries.missing import AuthorityGap, GapPage, IndicatorGaps

CSV_HEADINGS = (
    *("indicator", "name", "latest_period", "period_start", "period_end", "next_period_due"),
    *("authority", "authority_name", "councils", "councils_with_value", "councils_kept_back"),
    *("councils_without_value", "names_without_value", "authority_has_value"),
)


@dataclass(frozen=True)
class GapBlock:
    """One indicator: its newest period, what comes next, and whose areas lack a value."""

    id: str
    name: str
    url: str
    period: str
    due: str
    counts: str
    table: Table | None


@dataclass(frozen=True)
class MissingPage:
    """A page of indicators."""

    blocks: tuple[GapBlock, ...]
    total: int
    page: int
    pages: int
    page_url: str
    csv_url: str


def missing_page(*, found: GapPage, set_slug: str, authority: str, today: date) -> MissingPage:
    """Return a page of what is missing."""
    query = {name: value for name, value in (("set", set_slug), ("authority", authority)) if value}
    return MissingPage(
        blocks=tuple(_block(row, today) for row in found.rows),
        total=found.total,
        page=found.page,
        pages=found.pages,
        page_url=f"?{urlencode({**query, 'page': ''})}",
        csv_url=f"{reverse('catalogue:missing-csv')}?{urlencode(query)}".rstrip("?"),
    )


def _block(row: IndicatorGaps, today: date) -> GapBlock:
    lacking = [one for one in row.authorities if one.without]
    kept_back = f", and {row.kept_back} more whose value is kept back" if row.kept_back else ""
    return GapBlock(
        id=f"indicator-{row.definition.code}",
        name=row.definition.name,
        url=reverse("catalogue:indicator", args=[row.definition.code]),
        period=row.period or "No value is published yet",
        due=_due_text(row, today) if row.period else "",
        counts=(
            f"{row.with_value} of {row.councils} councils have a value{kept_back}. "
            f"{len(lacking)} of {len(row.authorities)} authorities lack one for a council."
        )
        if row.period
        else "",
        table=_table(row, lacking) if row.period and lacking else None,
    )


def _table(row: IndicatorGaps, lacking: list[AuthorityGap]) -> Table:
    return Table(
        heading="",
        caption=f"{row.definition.name}, {row.period}: who lacks a value",
        columns=(
            Column("Authority"),
            Column("Councils with a value", numeric=True),
            Column("Councils without"),
            Column("The authority itself"),
        ),
        rows=tuple(
            (
                Cell(text=one.name, url=reverse("outcomes:authority", args=[one.slug])),
                Cell(
                    text=f"{one.with_value} of {one.councils}",
                    note=f"{one.kept_back} kept back" if one.kept_back else "",
                ),
                Cell(text=", ".join(one.without)),
                Cell(text="Has a value" if one.itself else "Has no value"),
            )
            for one in lacking
        ),
        empty="Nobody lacks a value.",
    )


def due_on(row: IndicatorGaps) -> date | None:
    """Return the day by which values of the next period are usual; None where not known."""
    if row.period_start is None or row.period_end is None:
        return None
    following = next_period(
        definition=row.definition, start_date=row.period_start, end_date=row.period_end
    )
    return following.due_on if following else None


def _due_text(row: IndicatorGaps, today: date) -> str:
    due = due_on(row)
    if due is None:
        return "When the next period is due is not known."
    if due <= today:
        return f"The next period has been due since {day_text(day=due)}."
    return f"The next period is not yet due: it is usual by {day_text(day=due)}."


def missing_csv(*, found: GapPage) -> str:
    """Return what is missing as CSV, one row for each indicator and authority."""
    return write_csv(
        headings=CSV_HEADINGS,
        rows=(
            (
                row.definition.code,
                row.definition.name,
                row.period,
                _iso(row.period_start),
                _iso(row.period_end),
                _iso(due_on(row)),
                one.slug,
                one.name,
                str(one.councils),
                str(one.with_value),
                str(one.kept_back),
                str(len(one.without)),
                ";".join(one.without),
                "yes" if one.itself else "no",
            )
            for row in found.rows
            for one in row.authorities
        ),
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
