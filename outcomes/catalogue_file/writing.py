"""Writes sets as the file that they are read from again."""

from collections.abc import Iterable

from authorities.csv_text import write_csv
from outcomes.catalogue_file.reading import SET_COLUMNS, SetRow

SET_HEADINGS = SET_COLUMNS


def write_sets(*, sets: Iterable[SetRow]) -> str:
    """Return sets as CSV, one row an indicator; a set without indicators has no row."""
    return write_csv(
        headings=SET_HEADINGS,
        rows=(
            (one.slug, one.name, one.text, one.source, str(place), code)
            for one in sets
            for place, code in enumerate(one.indicators, start=1)
        ),
    )
