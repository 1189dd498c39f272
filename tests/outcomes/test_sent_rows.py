"""A file of texts is read under any layout, by the rules by which files of figures are."""

import io
from datetime import UTC, datetime

import pytest

from outcomes.return_file import Layout, Limits, ReturnFileError
from outcomes.return_file.faults import Fault
from outcomes.sent_rows import read_sent_rows
from tests.outcomes.workbooks import workbook

LAYOUT = Layout(
    name="promises",
    headings={"title": "Title", "partner": "Partner body", "day": "Date"},
    required=("title", "partner"),
    columns=3,
    unread=("State",),
)
LIMITS = Limits(max_bytes=9_000, max_rows=3, max_columns=10, template_columns=3)
HEADINGS = "Title,Partner body,Date"


def read(content):
    given = content if isinstance(content, bytes) else content.encode()
    return read_sent_rows(content=io.BytesIO(given), layout=LAYOUT, limits=LIMITS)


def refusal(content):
    with pytest.raises(ReturnFileError) as refused:
        read(content)
    return refused.value


def test_rows_come_with_their_place_and_in_any_order_of_columns():
    sent = read('Date, partner_body ,Title\n,Here,One\n\n,"Or\nthere", Two \n')

    assert [(row.row, row.line, dict(row.texts)) for row in sent.rows] == [
        (2, 2, {"day": "", "partner": "Here", "title": "One"}),
        (4, 4, {"day": "", "partner": "Or\nthere", "title": "Two"}),
    ]
    assert not sent.errors
    assert [notice.code for notice in sent.notices] == ["headings-spelling"]


def test_a_workbook_says_the_same_and_its_dates_are_read():
    def change(book, sheet):
        sheet.write_datetime(
            1,
            2,
            datetime(2027, 3, 31, tzinfo=UTC).replace(tzinfo=None),
            book.add_format({"num_format": "dd/mm/yyyy"}),
        )

    sent = read(workbook([["One", "Here"]], headings=HEADINGS.split(","), change=change))

    assert [dict(row.texts) for row in sent.rows] == [
        {"title": "One", "partner": "Here", "day": "31 March 2027"}
    ]
    assert [notice.message for notice in sent.notices] == [
        "We read the sheet Data of the workbook."
    ]


def test_what_cannot_be_read_is_said_of_its_cell_and_the_row_knows_it():
    def change(book, sheet):
        sheet.write_formula(1, 1, '="He"&"re"', None, "Here")
        sheet.write_formula(1, 3, "=1", None, 1)

    sent = read(
        workbook([["One", "", "", 1]], headings=[*HEADINGS.split(","), "Mine"], change=change)
    )

    # A column that is not used does no harm.
    assert [(error.column_letter, error.code) for error in sent.errors] == [("B", "formula")]
    assert sent.rows[0].unreadable == {"partner"}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("One,Here", (2, "", "ragged")),
        ("One,Here,,more", (2, "", "ragged")),
        ("O\u200bne,Here,", (2, "A", "hidden")),
        ('One,"Here,', (2, "", "quote-open")),
    ],
    ids=["short", "long", "hidden", "quote"],
)
def test_a_row_that_cannot_be_read_is_said(row, expected):
    sent = read(f"{HEADINGS}\n{row}\n")

    assert [(error.row, error.column_letter, error.code) for error in sent.errors] == [expected]


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", "empty", "empty"),
        (f"{HEADINGS}\n\n", "headings-only", "no rows"),
        ("Title,Partner bdy\nOne,Here", "headings", "Did you mean Partner body?"),
        ("Title\nOne", "headings", "missing: Partner body"),
        ("Title;Partner body\nOne;Here", "separator", "semicolons"),
        ("Area Code,Value\nE1,2", "no-headings", "Title, Partner body in the first row"),
        (f"{HEADINGS}\n" + "One,Here,\n" * 4, "too-many-rows", "4 rows. Send at most 3"),
        (f"{HEADINGS}\n" + "x" * 9_900, "too-large", "larger than"),
        (",".join("abcdefghijk"), "too-many-columns", "11 columns, the template has 3"),
        (b"\x89PNG\r\n\x1a\n", "not-csv", "picture. Send it as a CSV file."),
        (HEADINGS.encode("utf-16"), "utf-16", "UTF-16"),
    ],
    ids=[
        *("empty", "headings only", "misspelt", "missing", "semicolons", "others", "rows"),
        *("bytes", "columns", "picture", "utf-16"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(content, code, words):
    error = refusal(content)

    assert error.code == code
    assert words in error.message


def test_a_fault_is_placed_at_its_column_or_at_the_row():
    sent = read("Title,Partner body\nOne,Here\n")
    fault = Fault("missing", "", "There is no date.", "Enter one.")

    known = sent.error(sent.rows[0], "partner", fault)
    absent = sent.error(sent.rows[0], "day", fault)

    assert known.where == "Row 2, column B (Partner body)"
    assert absent.where == "Row 2"
