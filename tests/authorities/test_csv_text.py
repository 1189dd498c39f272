"""Tables as CSV: nothing in a cell is run by a spreadsheet, and nothing is lost."""

import csv
import io

import pytest

from authorities.csv_text import UnevenRowError, inert, write_csv


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", " =1", "\u00a0=1", "-"],
)
def test_a_cell_is_never_a_formula(text: str) -> None:
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Essex", "-0.5", "12", "E06000001", "a=b", "1 April"])
def test_other_texts_and_plain_numbers_stay_as_they_are(text: str) -> None:
    assert inert(text) == text


def test_a_table_is_read_back_as_it_was_written() -> None:
    rows = [("Bedfordshire, Luton", 'say "so"'), ("two\nlines", "")]

    text = write_csv(headings=("name", "note"), rows=rows)

    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["name", "note"],
        *(list(row) for row in rows),
    ]
    assert text.startswith("name,note\r\n")


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(UnevenRowError, match="There are 1 cells, not 2"):
        write_csv(headings=("a", "b"), rows=[("1",)])
