"""Files of indicator values: bytes in; typed rows, or errors with their place, out."""

from outcomes.return_file.areas import AreaRange, IndicatorFacts, KnownCodes
from outcomes.return_file.faults import ErrorLog, Notice, ReturnFileError, RowError
from outcomes.return_file.layouts import FINGERTIPS, LAYOUTS, OWN, Layout
from outcomes.return_file.limits import BULK_LIMITS, STANDARD_LIMITS, Limits
from outcomes.return_file.notes import ValueNote
from outcomes.return_file.reading import ReturnFile, Summary, read_return_file
from outcomes.return_file.report import errors_as_csv
from outcomes.return_file.row import ReturnRow
from outcomes.return_file.series import LONGEST_METHOD

__all__ = [
    "BULK_LIMITS",
    "FINGERTIPS",
    "LAYOUTS",
    "LONGEST_METHOD",
    "OWN",
    "STANDARD_LIMITS",
    "AreaRange",
    "ErrorLog",
    "IndicatorFacts",
    "KnownCodes",
    "Layout",
    "Limits",
    "Notice",
    "ReturnFile",
    "ReturnFileError",
    "ReturnRow",
    "RowError",
    "Summary",
    "ValueNote",
    "errors_as_csv",
    "read_return_file",
]
