"""One checker reads both kinds of file, and a marked file comes back as the kind it was."""

import csv
import io
import zipfile
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from outcomes.file_marks import MarkedFor, read_marks
from outcomes.marked_file import HEADING, write_marked
from outcomes.return_file import AreaRange, IndicatorFacts, KnownCodes, ReturnFileError
from outcomes.sent_file import check_kind, open_sent_file
from tests.factories.outcomes import HEADINGS, file_of, file_row
from tests.outcomes.workbooks import figures, raw_workbook, workbook

CODES = KnownCodes(
    areas={"E06000001": (AreaRange("one", "Ashby", date.min),)},
    indicators={90362: IndicatorFacts()},
)
VALUE = HEADINGS.split(",").index("Value")
TREND = HEADINGS.split(",").index("Recent Trend")


def read(content):
    with open_sent_file(content=io.BytesIO(content), name="a", codes=CODES) as sent:
        rows = sent.read.read_all()
        errors = [(e.row, e.line, e.column_letter, e.code) for e in sent.errors()]
        return rows, errors, sent.total_errors(), [notice.message for notice in sent.notices]


def test_a_workbook_and_a_csv_file_say_the_same():
    from_book, *_ = read(workbook([figures(), figures(period="2015")]))
    from_csv, *_ = read(
        file_of(file_row(area_code="E06000001"), file_row(area_code="E06000001", period="2015"))
    )

    assert from_book == from_csv


def test_the_name_of_the_sheet_is_said():
    *_, notices = read(workbook([figures()]))

    assert notices == ["We read the sheet Data of the workbook."]


def test_faults_of_cells_and_of_rows_stand_together_in_file_order():
    def change(book, sheet):
        sheet.write_formula(2, VALUE, "=1+1", None, 2)
        sheet.write_number(2, 4, 5, book.add_format({"num_format": "dd/mm/yyyy"}))

    rows = [figures(value="sixty"), figures(), figures(area_code="E99999999")]

    _, errors, total, _ = read(workbook(rows, change=change))

    assert errors == [
        (2, 2, "M", "number-not"),
        (3, 3, "E", "date"),
        (3, 3, "M", "formula"),
        (4, 4, "E", "area-unknown"),
    ]
    assert total == 4


def test_a_formula_in_a_column_that_is_not_read_does_no_harm():
    def change(book, sheet):
        sheet.write_formula(1, 30, "=1+1", None, 2)
        sheet.write(0, 30, "My notes")

    _, errors, total, _ = read(workbook([figures()], change=change))

    assert (errors, total) == ([], 0)


def test_a_line_break_in_a_cell_moves_no_row():
    rows = [figures(**{"Value_note": "a\nb"}), figures(area_code="E99999999")]

    _, errors, _, _ = read(workbook(rows))

    assert errors == [(3, 3, "E", "area-unknown")]


@pytest.mark.parametrize(
    ("content", "is_workbook"),
    [(file_of(file_row(area_code="E06000001")), False), (workbook([figures()]), True)],
)
def test_a_kind_is_told_by_content(content, is_workbook):
    assert check_kind(content=io.BytesIO(content), name="a.pdf") is is_workbook


def test_wrong_headings_are_no_matter_of_the_kind():
    assert not check_kind(content=io.BytesIO(b"Area Code,Nonsense\nE1,2\n"), name="a.csv")


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0....", raw_workbook("<a/>")[:99]])
def test_what_is_neither_is_refused(content):
    with pytest.raises(ReturnFileError):
        check_kind(content=io.BytesIO(content), name="a.csv")


def test_an_archive_over_the_limit_is_refused_unread():
    with pytest.raises(ReturnFileError) as caught:
        check_kind(content=io.BytesIO(b"PK\x03\x04" + bytes(10_000_000)), name="a.xlsx")

    assert caught.value.code == "too-large"


@pytest.mark.parametrize("as_workbook", [False, True])
def test_a_file_says_for_which_round_and_body_it_was_made(as_workbook):
    headings = [*HEADINGS.split(","), "return_for", " Body"]
    rows = [[*figures(), "Autumn 2026", "Some Authority"]] * 2 + [figures()]
    if as_workbook:
        content = workbook(rows, headings=headings)
    else:
        out = io.StringIO()
        csv.writer(out).writerows([headings, *rows[:2], [*rows[2], "", ""]])
        content = out.getvalue().encode()

    with open_sent_file(content=io.BytesIO(content), name="a", codes=CODES) as sent:
        marks = list(read_marks(content=sent.rows, columns=sent.read.columns, limits=sent.limits))

    assert marks == [MarkedFor("Autumn 2026", "Some Authority"), MarkedFor("", "")]
    assert marks[0].is_for("some-authority")
    assert marks[0].is_of("other", "autumn 2026")
    assert not marks[0].is_of("Spring 2026")


def test_most_files_bear_no_mark():
    content = io.BytesIO(file_of(file_row(area_code="E06000001")))

    with open_sent_file(content=content, name="a", codes=CODES) as sent:
        assert not list(read_marks(content=content, columns=sent.read.columns, limits=sent.limits))


def mark(content, notes):
    out = io.BytesIO()
    is_workbook = write_marked(content=io.BytesIO(content), file=out, notes=notes)
    return is_workbook, out.getvalue()


def test_a_csv_file_comes_back_with_a_note_in_each_wrong_row():
    content = (
        b"Area Code,Value,Note\r\n"
        b'E06000001, 60.10,"a, ""b"""\r\n'
        b"\r\n"
        b"E06000001,=1+1\r\n"
        b"E06000001,-5,@x,more\r\n"
    )

    is_workbook, marked = mark(content, {4: "Too short. =Add.", 5: "=Wrong"})

    assert not is_workbook
    assert marked.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(marked.decode("utf-8-sig")))) == [
        ["Area Code", "Value", "Note", HEADING],
        ["E06000001", " 60.10", 'a, "b"', ""],
        ["", "", "", ""],
        ["E06000001", "'=1+1", "", "Too short. =Add."],
        ["E06000001", "-5", "'@x", "more", "'=Wrong"],
    ]


def test_a_file_of_another_encoding_comes_back_in_utf_8():
    _, marked = mark("Name,£\nCafé,1\n".encode("cp1252"), {2: "Wrong"})

    assert "Café,1,Wrong" in marked.decode("utf-8-sig")


def test_a_row_that_cannot_be_split_says_so():
    _, marked = mark(b'a,b\n"x"y,1\nz,2\n', {2: "Quote."})

    rows = list(csv.reader(io.StringIO(marked.decode("utf-8-sig"))))
    assert rows[1] == ["(this row could not be split into cells)", "", "Quote."]
    assert rows[2][:2] == ["z", "2"]


def test_a_note_of_the_headings_stands_in_their_row():
    _, marked = mark(b"a,b\n1,2\n", {1: "a is not known."})

    assert marked.decode("utf-8-sig").splitlines()[0] == f"a,b,{HEADING}: a is not known."


def test_a_workbook_comes_back_as_one_with_its_formulas_made_texts():
    def change(book, sheet):
        sheet.write_formula(2, VALUE, "=1+1", None, 2)

    content = workbook([figures(), figures(), figures(period="=cmd")], change=change)

    is_workbook, marked = mark(content, {3: "This cell is a formula."})

    assert is_workbook
    rows = CalamineWorkbook.from_filelike(io.BytesIO(marked)).get_sheet_by_index(0).to_python()
    assert rows[0][-1] == HEADING
    assert rows[1][VALUE] == 60.1
    assert (rows[2][VALUE], rows[2][-1]) == ("2", "This cell is a formula.")
    assert rows[3][11] == "=cmd"
    assert rows[1][-1] == ""
    assert b"<f>" not in marked


# Source: OWASP, CSV Injection; the promise of the project on what a spreadsheet would run.
RUNS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1+1", "=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("text", RUNS)
def test_no_cell_of_a_marked_csv_file_would_run(text):
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["Area Code", text, "Value"], [text, "-5.5", "60.10"]])

    _, marked = mark(out.getvalue().encode(), {2: text})

    rows = list(csv.reader(io.StringIO(marked.decode("utf-8-sig"), newline="")))
    assert rows[0][1] == rows[1][0] == rows[1][3] == f"'{text}"
    # A number is a number, below nought too, and written as it was.
    assert rows[1][1:3] == ["-5.5", "60.10"]


def test_no_cell_of_a_marked_workbook_is_a_formula_and_numbers_are_numbers():
    def change(book, sheet):
        sheet.write_formula(1, VALUE, "=1+1", None, 2)
        sheet.write_number(2, VALUE, 0.6, book.add_format({"num_format": "0%"}))
        for row, text in enumerate(RUNS, start=3):
            sheet.write_string(row, 1, text)
            sheet.write_number(row, VALUE, -5.5)

    content = workbook([figures(), figures(), *[figures()] * len(RUNS)], change=change)

    _, marked = mark(content, dict(enumerate(RUNS, start=4)))

    with zipfile.ZipFile(io.BytesIO(marked)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    rows = CalamineWorkbook.from_filelike(io.BytesIO(marked)).get_sheet_by_index(0).to_python()
    assert (rows[1][VALUE], rows[2][VALUE]) == ("2", 0.6)
    assert [row[VALUE] for row in rows[3:]] == [-5.5] * len(RUNS)
    # A text in a cell of texts is not run, whatever it begins with.
    assert [row[-1].strip() for row in rows[3:]] == [text.strip() for text in RUNS]
