"""How large a file may be."""

from dataclasses import dataclass

from outcomes.return_file.layouts import FINGERTIPS


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read of one file.

    Args:
        max_bytes: size of the file.
        max_rows: rows below the headings, blank rows not counted.
        max_lines: lines of the file, those of blank rows and inside of cells included.
        max_columns: columns of the heading row.
        max_line_bytes: one line, and one row whose quoted cells run over several lines.
        max_errors: errors that are kept; all are counted.
        template_columns: how many columns the template has, to be said of a file with too many.
    """

    max_bytes: int = 10_000_000
    max_rows: int = 20_000
    max_lines: int = 500_000
    max_columns: int = 50
    max_line_bytes: int = 65_536
    max_errors: int = 5_000
    template_columns: int = FINGERTIPS.columns


STANDARD_LIMITS = Limits()

# For files that an operator loads on the server, not for uploads by a browser.
BULK_LIMITS = Limits(max_bytes=1_000_000_000, max_rows=2_000_000, max_lines=20_000_000)
