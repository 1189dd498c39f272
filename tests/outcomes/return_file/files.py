"""Small files in the Fingertips layout, for tests."""

import io
from datetime import date
from pathlib import Path

from outcomes.return_file import (
    AreaRange,
    IndicatorFacts,
    KnownCodes,
    Limits,
    ReturnFile,
    ReturnRow,
    read_return_file,
)

PUBLISHED = (
    Path(__file__).parents[3] / "outcomes/published/fingertips_90362_healthy_life_expectancy.csv"
)

HEADINGS = tuple(PUBLISHED.read_text(encoding="utf-8").partition("\n")[0].strip().split(","))

SOUND = {
    "Indicator ID": "90362",
    "Indicator Name": "Healthy life expectancy at birth",
    "Area Code": "E06000001",
    "Area Name": "Hartlepool",
    "Sex": "Male",
    "Age": "All ages",
    "Time period": "2015 - 17",
    "Value": "56.3",
    "Time period Sortable": "20150000",
}

LONG_AGO = date(1974, 4, 1)

CODES = KnownCodes(
    areas={
        "E92000001": (AreaRange("england", "England", LONG_AGO),),
        "E06000001": (AreaRange("hartlepool", "Hartlepool", LONG_AGO),),
        "E06000002": (AreaRange("middlesbrough", "Middlesbrough", LONG_AGO),),
        "E08000016": (
            AreaRange("barnsley", "Barnsley", LONG_AGO, date(2025, 4, 1), ("E08000038",)),
        ),
        "E08000038": (AreaRange("barnsley", "Barnsley", date(2025, 4, 1)),),
        "E54000025": (
            AreaRange("old", "Old ICB", LONG_AGO, date(2026, 4, 1), ("E54000070", "E54000071")),
        ),
        "E10000006": (AreaRange("cumbria", "Cumbria", LONG_AGO, date(2023, 4, 1)),),
    }
)

LISTED_INDICATORS = KnownCodes(
    areas=CODES.areas, indicators={90362: IndicatorFacts(is_proportion=True)}
)


def csv_of(*rows: dict[str, str], headings: tuple[str, ...] = HEADINGS) -> str:
    """Return a file whose rows are sound but for the cells given; cells are written as they are."""
    lines = [",".join((SOUND | row).get(heading, "") for heading in headings) for row in rows]
    return "\n".join([",".join(headings), *lines]) + "\n"


def opened(
    text: str | bytes, *, codes: KnownCodes = CODES, limits: Limits | None = None
) -> ReturnFile:
    """Return the file with its headings read."""
    content = io.BytesIO(text.encode() if isinstance(text, str) else text)
    return read_return_file(
        content=content, name="return.csv", codes=codes, limits=limits or Limits()
    )


def read(
    text: str | bytes, *, codes: KnownCodes = CODES, limits: Limits | None = None
) -> tuple[tuple[ReturnRow, ...], ReturnFile]:
    """Return the rows that are right, and the file with its errors."""
    file = opened(text, codes=codes, limits=limits)
    return file.read_all(), file


def only_error(text: str | bytes, *, codes: KnownCodes = CODES) -> str:
    """Return the one error of a file in words; fail where there are none or more."""
    _, file = read(text, codes=codes)
    (error,) = file.errors
    return str(error)
