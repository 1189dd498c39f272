"""The template of an authority as a table: the layout of the download, and whom it is for."""

from collections.abc import Iterable, Iterator

from authorities.workbook import Cell, Column, ColumnKind, Table
from outcomes.file_marks import BODY, RETURN_FOR
from outcomes.queries.upload_template import TemplateRow

_NUMBER = ColumnKind.NUMBER
COLUMNS = (
    Column("Indicator ID", "The indicator, by its number.", ColumnKind.INTEGER),
    Column("Indicator Name", "The indicator's name."),
    Column("Area Code", "The nine-character code of the area."),
    Column("Area Name", "The area's name; not read."),
    Column("Sex", "Persons, Male or Female."),
    Column("Age", "The age group."),
    Column("Category Type", "What the category is of."),
    Column("Category", "The category."),
    Column("Time period", "The period, for example 2022 - 24 or 2025/26."),
    Column("Value", "The value, or [c], [x] or [z].", _NUMBER),
    Column("Lower CI 95.0 limit", "Lower limit of 95% confidence.", _NUMBER),
    Column("Upper CI 95.0 limit", "Upper limit of 95% confidence.", _NUMBER),
    Column("Lower CI 99.8 limit", "Lower limit of 99.8% confidence.", _NUMBER),
    Column("Upper CI 99.8 limit", "Upper limit of 99.8% confidence.", _NUMBER),
    Column("Count", "Cases.", _NUMBER),
    Column("Denominator", "Out of how many.", _NUMBER),
    Column("Value note", "What to bear in mind."),
    Column(RETURN_FOR, "The round that the template was made for; leave as it is."),
    Column(BODY, "The authority that the template was made for; leave as it is."),
)


def template_table(*, rows: Iterable[TemplateRow], body: str, round: str) -> Table:
    """Return the template of a body for a round, each row marked with both."""
    return Table(name="Figures", columns=COLUMNS, rows=_cells(rows, body, round))


def _cells(rows: Iterable[TemplateRow], body: str, round: str) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        yield (
            row.indicator_id,
            row.indicator_name,
            row.area_code,
            row.area_name,
            row.sex,
            row.age,
            row.category_type,
            row.category,
            row.period,
            row.value,
            row.lower_95,
            row.upper_95,
            row.lower_998,
            row.upper_998,
            _whole(row.count),
            _whole(row.denominator),
            row.note,
            round,
            body,
        )


def _whole(number: float | None) -> float | int | None:
    return int(number) if number is not None and number.is_integer() else number
