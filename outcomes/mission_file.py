"""Reads the files of the mission. The first thing that is wrong refuses the whole file."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from outcomes.mission import Areas, Definition, GapRule, Rank, Sexes, Share, Years

RELEASE_COLUMNS = ("release", "title", "method", "source", "note")
FIGURE_COLUMNS = (
    *("release", "first_year", "last_year", "sex", "measure", "area_code", "area_name"),
    *("value", "lower_95", "upper_95", "rank"),
)
DEFINITION_COLUMNS = (
    *("number", "words", "areas", "gap_rule", "highest_code", "lowest_code", "sexes"),
    *("baseline_first_year", "baseline_last_year", "baseline_reason", "share"),
    *("target_first_year", "target_last_year", "source"),
)
LIFE, SPREAD = "life", "spread"
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODE = re.compile(r"[A-Z]\d{8}")
_SEXES = ("Male", "Female")
_YEARS = range(1990, 2101)
# Years of healthy life that no area has had; a value outside is a slip of the pen.
_LOWEST, _HIGHEST = 0.0, 100.0


class MissionFileError(ValueError):
    """A file of the mission breaks a rule; the message names the row and what to do."""


@dataclass(frozen=True)
class ReleaseRow:
    """A publication, by year and month."""

    release: str
    title: str
    method: str
    source: str
    note: str


@dataclass(frozen=True)
class FigureRow:
    """One published value, in years; limits are of 95%, None where unpublished."""

    release: str
    period: Years
    sex: str
    measure: str
    area_code: str
    area_name: str
    value: float
    lower: float | None
    upper: float | None
    rank: Rank


@dataclass(frozen=True)
class DefinitionRow:
    """The first definition with its words."""

    definition: Definition
    words: str
    baseline_reason: str
    source: str


def read_releases(*, content: bytes) -> tuple[ReleaseRow, ...]:
    """Return the releases of a file.

    Raises:
        MissionFileError: the file or a row of it is wrong, or a release is there twice.
    """
    found: list[ReleaseRow] = []
    for number, row in _rows(content, RELEASE_COLUMNS):
        if not _MONTH.fullmatch(row["release"]):
            raise _wrong(number, "release is no year and month like 2026-02.")
        if not _SLUG.fullmatch(row["method"]):
            raise _wrong(number, "method is no short name like modelled-health.")
        if any(one.release == row["release"] for one in found):
            raise _wrong(number, f"{row['release']} is there twice. Remove one.")
        for column in ("title", "source"):
            _filled(number, row, column)
        found.append(ReleaseRow(*(row[column] for column in RELEASE_COLUMNS)))
    return tuple(found)


def read_figures(*, content: bytes) -> tuple[FigureRow, ...]:
    """Return the figures of a file.

    Raises:
        MissionFileError: the file or a row of it is wrong, or a figure is there twice.
    """
    found: list[FigureRow] = []
    seen: dict[object, int] = {}
    for number, row in _rows(content, FIGURE_COLUMNS):
        one = _figure(number, row)
        key = (one.release, one.period, one.sex, one.measure, one.area_code)
        if seen.setdefault(key, number) != number:
            raise _wrong(number, f"the same figure stands in row {seen[key]}, too. Remove one.")
        found.append(one)
    return tuple(found)


def read_definition(*, content: bytes) -> DefinitionRow:
    """Return the first definition.

    Raises:
        MissionFileError: the file is wrong, or holds any but version 1: later versions are
            approved by two people on screen.
    """
    rows = list(_rows(content, DEFINITION_COLUMNS))
    if len(rows) != 1 or rows[0][1]["number"] != "1":
        raise MissionFileError("The file of the definition holds version 1 and nothing else.")
    number, row = rows[0]
    for column in ("words", "baseline_reason", "source"):
        _filled(number, row, column)
    baseline = _period(number, row, "baseline_first_year", "baseline_last_year")
    target = None
    if row["target_first_year"] or row["target_last_year"]:
        target = _period(number, row, "target_first_year", "target_last_year")
    try:
        definition = Definition(
            number=1,
            areas=Areas(row["areas"]),
            rule=GapRule(row["gap_rule"]),
            sexes=Sexes(row["sexes"]),
            share=Share(row["share"]),
            baseline=baseline,
            target=target,
            highest=row["highest_code"],
            lowest=row["lowest_code"],
        )
    except ValueError as error:
        raise _wrong(number, f"{error}.") from error
    return DefinitionRow(definition, row["words"], row["baseline_reason"], row["source"])


def _figure(number: int, row: dict[str, str]) -> FigureRow:
    if not _MONTH.fullmatch(row["release"]):
        raise _wrong(number, "release is no year and month like 2026-02.")
    if row["sex"] not in _SEXES:
        raise _wrong(number, "sex is Male or Female.")
    if row["measure"] not in (LIFE, SPREAD):
        raise _wrong(number, f"measure is {LIFE} or {SPREAD}.")
    if not _CODE.fullmatch(row["area_code"]):
        raise _wrong(number, "area_code is no code of the ONS like E12000001.")
    _filled(number, row, "area_name")
    if row["rank"] not in tuple(Rank):
        raise _wrong(number, "rank is highest, lowest or empty.")
    value = _number(number, row, "value")
    if value is None:
        raise _wrong(number, "value is empty.")
    lower, upper = _number(number, row, "lower_95"), _number(number, row, "upper_95")
    if (lower is None) != (upper is None):
        raise _wrong(number, "give both limits or none.")
    if lower is not None and upper is not None and not lower <= value <= upper:
        raise _wrong(number, "the value does not lie between its limits.")
    return FigureRow(
        release=row["release"],
        period=_period(number, row, "first_year", "last_year"),
        sex=row["sex"],
        measure=row["measure"],
        area_code=row["area_code"],
        area_name=row["area_name"],
        value=value,
        lower=lower,
        upper=upper,
        rank=Rank(row["rank"]),
    )


def _rows(content: bytes, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        if tuple(reader.fieldnames or ()) != columns:
            raise MissionFileError(f"The headings must be {', '.join(columns)}.")
        for number, row in enumerate(reader, start=2):
            if None in row or None in row.values():
                raise _wrong(number, f"it must have {len(columns)} cells.")
            yield number, {column: row[column].strip() for column in columns}
    except (UnicodeDecodeError, csv.Error) as error:
        raise MissionFileError("The file is not a CSV file in UTF-8.") from error


def _period(number: int, row: dict[str, str], first: str, last: str) -> Years:
    texts = (row[first], row[last])
    if not all(text.isascii() and text.isdigit() and int(text) in _YEARS for text in texts):
        raise _wrong(number, f"{first} and {last} are years like 2022.")
    period = Years(*(int(text) for text in texts))
    if period.last < period.first:
        raise _wrong(number, f"{last} is before {first}.")
    return period


def _number(number: int, row: dict[str, str], column: str) -> float | None:
    if not row[column]:
        return None
    try:
        value = float(row[column])
    except ValueError as error:
        raise _wrong(number, f"{column} is no number.") from error
    if not _LOWEST < value < _HIGHEST:
        raise _wrong(number, f"{column} lies outside of {_LOWEST:g} to {_HIGHEST:g} years.")
    return value


def _filled(number: int, row: dict[str, str], column: str) -> None:
    if not row[column]:
        raise _wrong(number, f"{column} is empty.")


def _wrong(number: int, message: str) -> MissionFileError:
    return MissionFileError(f"Row {number}: {message}")
