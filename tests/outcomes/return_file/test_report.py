"""The errors as a CSV that a spreadsheet may open."""

import csv
import io

import pytest

from outcomes.return_file import RowError, errors_as_csv
from tests.outcomes.return_file.files import csv_of, read


def rows_of(text):
    return list(csv.reader(io.StringIO(text, newline="")))


def test_each_error_is_a_row():
    _, file = read(csv_of({"Value": "60%"}, {"Area Code": "E9"}))

    rows = rows_of(errors_as_csv(errors=file.errors, total=file.errors.total))

    assert rows == [
        ["row", "column", "heading", "given", "message", "what to do"],
        ["2", "M", "Value", "60%", "60% has a % sign.", "Enter 60 without the % sign."],
        [
            "3",
            "E",
            "Area Code",
            "E9",
            "E9 is not an area code we know.",
            "Enter the nine-character code of the area, for example E06000001.",
        ],
    ]


@pytest.mark.parametrize(
    "given", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1", " =1", "\u00a0=1"]
)
def test_a_formula_is_made_harmless(given):
    error = RowError(2, 2, "M", given, "number-not", given, given, "Enter a number.")

    _, row = rows_of(errors_as_csv(errors=[error]))

    assert row[2:5] == [f"'{given}"] * 3


def test_a_negative_number_stays_a_number():
    error = RowError(2, 2, "R", "Count", "count-negative", "-1", "Less than 0.", "Enter 0.")

    _, row = rows_of(errors_as_csv(errors=[error]))

    assert row[3] == "-1"


def test_a_report_that_is_cut_says_so():
    _, file = read(csv_of({"Value": "60%"}))

    rows = rows_of(errors_as_csv(errors=file.errors, total=9000))

    assert rows[-1][4] == "There are 9,000 errors. This file has the first 1."
