"""Workbooks: an archive of XML in; the rows of its one sheet of data, or a refusal, out."""

from outcomes.workbook_file.archive import (
    WorkbookUnsafeError,
    check_workbook,
    is_old_workbook,
    is_zip,
)
from outcomes.workbook_file.conversion import Converted, convert_to_csv, data_rows
from outcomes.workbook_file.sheet import Cell, CellKind, SheetRow

__all__ = [
    "Cell",
    "CellKind",
    "Converted",
    "SheetRow",
    "WorkbookUnsafeError",
    "check_workbook",
    "convert_to_csv",
    "data_rows",
    "is_old_workbook",
    "is_zip",
]
