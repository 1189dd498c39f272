"""Reads the files of the catalogue. The first thing that is wrong refuses the whole file."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from authorities.csv_text import inert
from outcomes.definitions import Definition, problems_of

BREAK_KINDS = frozenset({"method", "definition", "source", "geography", "other"})
MOST_ROWS = 5_000
MOST_BYTES = 1_000_000
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_SLUG = 60

INDICATOR_COLUMNS = (
    *("code", "fingertips_id", "name", "definition", "unit", "scale", "polarity", "domain"),
    *("multiplier", "year_type", "period_months", "step_months", "publication_lag_months"),
    *("breakdowns", "benchmark_method", "trend_eligible", "trend_text", "suppress_counts_to"),
    *("suppress_denominators_to", "round_counts_to", "disclosure_text", "source", "licence"),
)
DOMAIN_COLUMNS = ("slug", "name", "text", "source")
BREAK_COLUMNS = ("indicator", "starts_on", "kind", "text", "source")
SET_COLUMNS = ("set", "set_name", "set_text", "set_source", "place", "indicator")


class CatalogueFileError(ValueError):
    """A file of the catalogue breaks a rule; the message names the row and what to do."""


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator of a file; row 2 is the first below the headings."""

    row: int
    definition: Definition


@dataclass(frozen=True)
class DomainRow:
    """One domain, in the order of the file."""

    slug: str
    name: str
    text: str
    source: str


@dataclass(frozen=True)
class BreakRow:
    """From when on periods are not comparable with those before."""

    row: int
    indicator: str
    starts_on: date
    kind: str
    text: str
    source: str


@dataclass(frozen=True)
class SetRow:
    """One set with its indicators by code, in their order."""

    slug: str
    name: str
    text: str
    source: str
    indicators: tuple[str, ...]


def read_indicators(*, content: bytes) -> tuple[IndicatorRow, ...]:
    """Return the indicators of a file, each with a whole definition.

    Raises:
        CatalogueFileError: the file or a row of it is wrong, or two rows are one indicator.
    """
    found: list[IndicatorRow] = []
    seen: dict[object, int] = {}
    for number, row in _rows(content, INDICATOR_COLUMNS):
        definition = _definition(number, row)
        for problem in problems_of(definition=definition)[:1]:
            raise _wrong(number, f"{problem.field}: {problem.message}.")
        for key in (definition.code, definition.fingertips_id):
            if key is not None and seen.setdefault(key, number) != number:
                raise _wrong(number, f"{key} stands in row {seen[key]}, too. Remove one.")
        found.append(IndicatorRow(row=number, definition=definition))
    return tuple(found)


def read_domains(*, content: bytes) -> tuple[DomainRow, ...]:
    """Return the domains of a file.

    Raises:
        CatalogueFileError: the file or a row of it is wrong.
    """
    found: list[DomainRow] = []
    for number, row in _rows(content, DOMAIN_COLUMNS):
        slug = _slug(number, row["slug"], "slug")
        if any(one.slug == slug for one in found):
            raise _wrong(number, f"{slug} is there twice. Remove one.")
        found.append(DomainRow(slug, _text(number, row, "name", 120), row["text"], row["source"]))
    return tuple(found)


def read_breaks(*, content: bytes) -> tuple[BreakRow, ...]:
    """Return the comparability breaks of a file.

    Raises:
        CatalogueFileError: the file or a row of it is wrong.
    """
    found = []
    for number, row in _rows(content, BREAK_COLUMNS):
        try:
            starts_on = date.fromisoformat(row["starts_on"])
        except ValueError as error:
            raise _wrong(number, "starts_on is no day like 2011-01-01.") from error
        if row["kind"] not in BREAK_KINDS:
            raise _wrong(number, f"kind is {row['kind']!r}. Use {', '.join(sorted(BREAK_KINDS))}.")
        found.append(
            BreakRow(
                row=number,
                indicator=_slug(number, row["indicator"], "indicator"),
                starts_on=starts_on,
                kind=row["kind"],
                text=_text(number, row, "text", 2000),
                source=row["source"],
            )
        )
    return tuple(found)


def read_sets(*, content: bytes) -> tuple[SetRow, ...]:
    """Return the sets of a file, each a run of rows with one row an indicator.

    Raises:
        CatalogueFileError: the file or a row of it is wrong, a set is called two names, or an
            indicator or a place is in a set twice.
    """
    heads: dict[str, tuple[str, str, str]] = {}
    places: dict[str, dict[int, str]] = {}
    for number, row in _rows(content, SET_COLUMNS):
        slug = _slug(number, row["set"], "set")
        head = (_text(number, row, "set_name", 160), row["set_text"], row["set_source"])
        if heads.setdefault(slug, head) != head:
            raise _wrong(
                number,
                f"name, text or source of {slug} differ from those above. Write the same in "
                "each of its rows.",
            )
        own = places.setdefault(slug, {})
        place = _whole_number(number, row["place"], "place")
        code = _slug(number, row["indicator"], "indicator")
        if place is None or not 0 < place <= MOST_ROWS:
            raise _wrong(number, f"place must be a whole number from 1 to {MOST_ROWS:,}.")
        if place in own:
            raise _wrong(number, f"place {place} of {slug} is taken by {own[place]}.")
        if code in own.values():
            raise _wrong(number, f"{code} is in {slug} twice. Remove one.")
        own[place] = code
    return tuple(
        SetRow(slug, *heads[slug], indicators=tuple(own[place] for place in sorted(own)))
        for slug, own in places.items()
    )


def _rows(content: bytes, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    if len(content) > MOST_BYTES:
        raise CatalogueFileError("The file is larger than 1 MB. Send a smaller one.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CatalogueFileError("The file is not UTF-8 text. Save it as CSV UTF-8.") from error
    if "\x00" in text:
        raise CatalogueFileError("The file holds NUL characters, so it is no CSV. Save it again.")
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        headings = [heading.strip() for heading in next(reader, [])]
        missing = [column for column in columns if column not in headings]
        if missing:
            raise CatalogueFileError(f"Columns are missing: {', '.join(missing)}. Add them.")
        if len(set(headings)) != len(headings):
            raise CatalogueFileError("Two columns have one heading. Rename one.")
        for number, cells in enumerate(reader, start=2):
            if number > MOST_ROWS + 1:
                raise CatalogueFileError(f"There are more than {MOST_ROWS:,} rows. Send fewer.")
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(headings):
                raise _wrong(number, f"there are {len(cells)} cells, not {len(headings)}.")
            row = dict(zip(headings, (_as_written(cell) for cell in cells), strict=True))
            yield number, {column: row[column] for column in columns}
    except csv.Error as error:
        raise CatalogueFileError(f"The file is no CSV: {error}. Save it again.") from error


def _as_written(cell: str) -> str:
    """Take off the apostrophe that our own files put before what could run as a formula."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and inert(text[1:]) == text else text


def _definition(number: int, row: dict[str, str]) -> Definition:
    if row["trend_eligible"] not in ("yes", "no"):
        raise _wrong(number, "trend_eligible must be yes or no.")
    numbers = {
        name: _whole_number(number, row[name], name)
        for name in (
            *("fingertips_id", "multiplier", "period_months", "step_months"),
            *("publication_lag_months", "suppress_counts_to", "suppress_denominators_to"),
            "round_counts_to",
        )
    }
    texts = {name: row[name] for name in INDICATOR_COLUMNS if name not in numbers}
    texts.pop("trend_eligible")
    return Definition(**texts, **numbers, trend_eligible=row["trend_eligible"] == "yes")  # type: ignore[arg-type]


def _whole_number(number: int, text: str, column: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,12}", text):
        raise _wrong(number, f"{column} must be a whole number, or empty where it is not known.")
    return int(text)


def _slug(number: int, text: str, column: str) -> str:
    if not _SLUG.fullmatch(text) or len(text) > _LONGEST_SLUG:
        raise _wrong(
            number,
            f"{column} is {text[:_LONGEST_SLUG]!r}. Use small letters, figures and single hyphens.",
        )
    return text


def _text(number: int, row: dict[str, str], column: str, most: int) -> str:
    text = row[column]
    if not text:
        raise _wrong(number, f"{column} is empty. Fill it in.")
    if len(text) > most:
        raise _wrong(number, f"{column} has {len(text):,} characters. Use at most {most:,}.")
    return text


def _wrong(number: int, what: str) -> CatalogueFileError:
    return CatalogueFileError(f"Row {number}: {what}")
