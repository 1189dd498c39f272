"""The files of the catalogue: indicators, domains, breaks and sets, as CSV."""

from outcomes.catalogue_file.reading import (
    BreakRow,
    CatalogueFileError,
    DomainRow,
    IndicatorRow,
    SetRow,
    read_breaks,
    read_domains,
    read_indicators,
    read_sets,
)
from outcomes.catalogue_file.writing import SET_HEADINGS, write_sets

__all__ = [
    "SET_HEADINGS",
    "BreakRow",
    "CatalogueFileError",
    "DomainRow",
    "IndicatorRow",
    "SetRow",
    "read_breaks",
    "read_domains",
    "read_indicators",
    "read_sets",
    "write_sets",
]
