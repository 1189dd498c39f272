"""A workbook becomes the rows of a CSV file, or is refused in a sentence."""

import csv
import io
import struct
import time
import tracemalloc
import zipfile
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from outcomes.return_file import STANDARD_LIMITS, Limits, ReturnFileError
from outcomes.workbook_file import check_workbook, convert_to_csv, is_old_workbook, is_zip
from outcomes.workbook_file.sheet import plain_number
from tests.factories.outcomes import HEADINGS
from tests.outcomes.workbooks import figures, raw_workbook, sheet_of, workbook, zipped

COLUMNS = HEADINGS.split(",")
VALUE = COLUMNS.index("Value")
PERIOD = COLUMNS.index("Time period")


def convert(content, limits=STANDARD_LIMITS):
    out = io.BytesIO()
    converted = convert_to_csv(content=io.BytesIO(content), out=out, limits=limits)
    return converted, list(csv.reader(io.StringIO(out.getvalue().decode())))


def refusal(content, limits=STANDARD_LIMITS):
    with pytest.raises(ReturnFileError) as caught:
        convert(content, limits)
    return caught.value


def faults(content):
    converted, _ = convert(content)
    return [(e.row, e.column_letter, e.heading, e.code) for e in converted.faults]


def test_the_rows_are_those_that_another_reader_finds():
    content = workbook([figures(), figures(value=61), figures(period="2015", value="[c]")])

    converted, rows = convert(content)

    other = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Data")
    found = [
        [
            str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
            for cell in row
        ]
        for row in other.to_python()
    ]
    width = len(found[0])
    assert [row + [""] * (width - len(row)) for row in rows] == found
    assert (converted.sheet, converted.rows, converted.faults.total) == ("Data", 4, 0)


def test_rows_and_columns_stay_where_they_are():
    content = workbook([figures(), [""], figures()])

    _, rows = convert(content)

    assert rows[0] == COLUMNS
    assert rows[2] == []
    assert rows[3][VALUE] == "60.1"


def test_a_text_keeps_its_leading_zeros_and_its_line_breaks():
    _, rows = convert(workbook([figures(**{"Indicator_ID": "007", "Value_note": "a\nb"})]))

    assert rows[1][0] == "007"
    assert rows[1][COLUMNS.index("Value note")] == "a\nb"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("60.00000000000001", "60"),
        ("0.1", "0.1"),
        ("1E-2", "0.01"),
        ("1.5E3", "1500"),
        ("-0.30000000000000004", "-0.3"),
        ("46113", "46113"),
        ("1E400", "1E400"),
        ("abc", "abc"),
    ],
)
def test_a_number_is_written_as_people_write_it(text, plain):
    assert plain_number(text=text) == plain


def test_a_formula_is_named_with_its_cell_whatever_it_last_said():
    def change(book, sheet):
        sheet.write_formula(1, VALUE, "=60+0.1", None, 60.1)

    assert faults(workbook([figures()], change=change)) == [(2, "M", "Value", "formula")]


def test_an_error_of_the_spreadsheet_is_named():
    sheet = (
        "<worksheet><sheetData>"
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Value</t></is></c></row>'
        '<row r="3"><c r="A3" t="e"><v>#DIV/0!</v></c></row>'
        "</sheetData></worksheet>"
    )

    converted, rows = convert(raw_workbook(sheet))

    [error] = converted.faults
    assert (error.row, error.column_letter, error.heading) == (3, "A", "Value")
    assert error.message == "This cell has an Excel error (#DIV/0!)."
    assert rows == [["Value"], [], [""]]


def test_a_period_that_became_a_date_is_named_with_the_day():
    def change(book, sheet):
        sheet.write_datetime(1, PERIOD, date(2026, 3, 1), book.add_format({"num_format": "mmm-yy"}))

    converted, _ = convert(workbook([figures()], change=change))

    [error] = converted.faults
    assert (error.row, error.column_letter, error.code) == (2, "L", "date")
    assert error.message == "Excel has turned this cell into a date (1 March 2026)."
    assert "Format the column as Text" in error.fix


def test_a_percentage_is_never_guessed():
    def change(book, sheet):
        sheet.write_number(1, VALUE, 0.6, book.add_format({"num_format": "0%"}))

    converted, _ = convert(workbook([figures()], change=change))

    [error] = converted.faults
    assert (error.code, error.given) == ("percent", "0.6")
    assert "enter 60, not 60%" in error.fix


@pytest.mark.parametrize("number_format", ["0.00", "#,##0", "General", '0.0 "days"', "[Red]0"])
def test_other_formats_are_numbers(number_format):
    def change(book, sheet):
        sheet.write_number(1, VALUE, 60.5, book.add_format({"num_format": number_format}))

    converted, rows = convert(workbook([figures()], change=change))

    assert (converted.faults.total, rows[1][VALUE]) == (0, "60.5")


def hide_sheet(book, _sheet):
    other = book.add_worksheet("Old")
    other.write(0, 0, "more")
    other.hide()


def add_sheet(book, _sheet):
    book.add_worksheet("Old").write(0, 0, "more")


def merge(_book, sheet):
    sheet.merge_range("B5:C6", "both")


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (hide_sheet, "hidden-sheet", "Delete the hidden sheet Old;"),
        (add_sheet, "second-sheet", "more than one sheet with data: Data and Old"),
        (merge, "merged-cells", "has merged cells: B5:C6"),
        (lambda _b, s: s.set_row(1, None, None, {"hidden": True}), "hidden-rows", "hidden: 2."),
        (
            lambda _b, s: s.set_column(VALUE, VALUE, None, None, {"hidden": True}),
            "hidden-columns",
            "hidden: M.",
        ),
    ],
)
def test_what_hides_or_spans_cells_is_refused(change, code, words):
    error = refusal(workbook([figures()], change=change))

    assert error.code == code
    assert words in error.message


def test_empty_sheets_and_empty_hidden_columns_do_no_harm():
    def change(book, sheet):
        book.add_worksheet("Sheet2")
        sheet.set_column(40, 41, None, None, {"hidden": True})
        sheet.autofilter(0, 0, 1, 25)

    converted, _ = convert(workbook([figures()], change=change))

    assert converted.rows == 2


def test_the_size_that_a_sheet_claims_is_not_believed():
    rows = [["Value"], *([str(number)] for number in range(50))]

    _, found = convert(raw_workbook(sheet_of(rows, dimension="A1:A2")))

    assert len(found) == 51


def test_a_workbook_without_cells_is_empty():
    assert refusal(raw_workbook("<worksheet><sheetData/></worksheet>")).code == "empty"


def test_more_rows_than_may_be_are_counted_and_refused():
    rows = [["Value"], *([str(number)] for number in range(25))]

    error = refusal(raw_workbook(sheet_of(rows)), Limits(max_rows=20))

    assert error.code == "too-many-rows"
    assert "The file has 25 rows. Send at most 20 rows" in error.message


def test_a_sheet_that_is_very_wide_is_refused_before_it_is_written():
    sheet = (
        '<worksheet><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>'
    )

    error = refusal(raw_workbook(sheet))

    assert error.code == "too-many-columns"
    assert "16,384 columns" in error.message


BILLION = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>&c;</t></is></c></row></sheetData>
</worksheet>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>&a;</t></is></c></row></sheetData>
</worksheet>"""


@pytest.mark.parametrize(
    "sheet",
    [
        BILLION,
        OUTSIDE,
        BILLION.encode("utf-16"),
        '<worksheet><sheetData><row r="9999999"><c><v>1</v></c></row></sheetData></worksheet>',
        '<worksheet><sheetData><row r="2"/><row r="1"/></sheetData></worksheet>',
        '<worksheet><sheetData><row r="1"><c t="s"><v>x</v></c></row></sheetData></worksheet>',
        "<worksheet><sheetData><row>",
        "no markup",
        b"\xff\xfe\x00",
    ],
)
def test_an_unsafe_or_broken_part_is_refused_in_plain_words(sheet):
    error = refusal(raw_workbook(sheet))

    assert error.code == "unsafe"
    assert error.message == (
        "We could not read this file. Save it again from Excel as an Excel workbook (.xlsx)."
    )


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
def test_every_part_is_read_by_the_same_careful_parser(part):
    content = raw_workbook(sheet_of([["Value"]]), **{part: BILLION})

    assert refusal(content).code == "unsafe"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (zipped({"[Content_Types].xml": "", "word/document.xml": ""}), "not-csv"),
        (zipped({"../../etc/cron.d/x": "x"}), "archive"),
        (raw_workbook("<a/>", **{"xl/vbaProject.bin": b"x"}), "macros"),
        (raw_workbook("<a/>", **{"xl/macrosheets/sheet1.xml": b"x"}), "macros"),
        (raw_workbook("<a/>")[:200], "damaged"),
        (raw_workbook("<a/>", **{"xl/media/a.png": bytes(30_000_000)}), "too-large-unpacked"),
    ],
)
def test_an_archive_is_judged_by_its_directory(content, code):
    with pytest.raises(ReturnFileError) as caught:
        check_workbook(content=io.BytesIO(content))

    assert caught.value.code == code


def test_a_bomb_is_refused_at_once_and_unpacks_nothing():
    content = raw_workbook("<a/>", **{"xl/sheet2.xml": bytes(300_000_000)})
    assert len(content) < 400_000
    tracemalloc.start()
    started = time.perf_counter()

    error = refusal(content)

    seconds, (_, peak) = time.perf_counter() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert error.code == "too-large-unpacked"
    assert seconds < 2
    assert peak < 5_000_000


def test_a_directory_that_lies_about_a_size_is_caught_while_it_is_read():
    content = bytearray(raw_workbook("<a>" + " " * 60_000_000 + "</a>"))
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = content.find(b"xl/worksheets/sheet1.xml")
        while place >= 0:
            head = content.rfind(mark, 0, place)
            if head >= 0 and place - head <= 46:
                struct.pack_into("<I", content, head + offset, 1_000)
            place = content.find(b"xl/worksheets/sheet1.xml", place + 1)

    with pytest.raises(ReturnFileError) as caught:
        convert(bytes(content))

    assert caught.value.code in ("damaged", "unsafe", "too-large-unpacked")


def test_a_part_with_a_password_is_refused():
    content = bytearray(raw_workbook("<a/>"))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        names = archive.namelist()
    place = -1
    for _ in names:
        place = content.index(b"PK\x01\x02", place + 1)
        content[place + 8] |= 1

    with pytest.raises(ReturnFileError) as caught:
        check_workbook(content=io.BytesIO(bytes(content)))

    assert caught.value.code == "old-workbook"
    assert "Remove the password" in caught.value.message


def test_kinds_are_told_by_what_a_file_begins_with():
    assert is_zip(head=b"PK\x03\x04....")
    assert not is_zip(head=b"Indicator")
    assert is_old_workbook(head=b"\xd0\xcf\x11\xe0....")


@pytest.mark.slow
def test_as_many_rows_as_may_be_are_read_in_seconds_and_in_bounded_memory():
    content = workbook([figures(period=str(1900 + n % 200)) for n in range(20_000)])
    started = time.perf_counter()
    convert(content)
    seconds = time.perf_counter() - started
    tracemalloc.start()

    converted, _ = convert(content)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert converted.rows == 20_001
    assert seconds < 20
    assert peak < 250_000_000
