"""Files that are bad, and what is to be said of each; made in code, which shows what is bad."""

import csv
import io

from tests.factories.outcomes import HEADINGS
from tests.outcomes.workbooks import raw_workbook, sheet_of, workbook, zipped

DOWNLOAD = tuple(HEADINGS.split(","))
OWN = {
    "Indicator ID": "indicator",
    "Area Code": "area_code",
    "Time period": "period",
    "Sex": "sex",
    "Age": "age",
    "Category Type": "category_type",
    "Category": "category",
    "Value": "value",
    "Lower CI 95.0 limit": "lower_95",
    "Upper CI 95.0 limit": "upper_95",
    "Lower CI 99.8 limit": "lower_998",
    "Upper CI 99.8 limit": "upper_998",
    "Count": "count",
    "Denominator": "denominator",
    "Value note": "note",
}
SOUND = {
    "Indicator ID": "90362",
    "Indicator Name": "Healthy life expectancy at birth",
    "Area Code": "E06000001",
    "Sex": "Male",
    "Age": "All ages",
    "Time period": "2022 - 24",
    "Value": "60.1",
}
# A share in per cent, with one year of twelve months.
SHARE = {"Indicator ID": "500", "Indicator Name": "Smoking", "Time period": "2023/24"}
LOWER, UPPER = "Lower CI 95.0 limit", "Upper CI 95.0 limit"
LOWEST, UPMOST = "Lower CI 99.8 limit", "Upper CI 99.8 limit"


def table(*rows, headings=DOWNLOAD):
    return [list(headings), *([(SOUND | row).get(name, "") for name in headings] for row in rows)]


def download(*rows):
    """Return a CSV file in the layout of the download."""
    return csv_of(table(*rows))


def own(*rows):
    """Return a CSV file in our own layout."""
    found = table(*rows, headings=tuple(OWN))
    return csv_of([list(OWN.values()), *found[1:]])


def book(*rows):
    """Return a workbook in the layout of the download, all cells texts."""
    return raw_workbook(sheet_of(table(*map(escaped, rows))))


def csv_of(lines):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue().encode()


def escaped(row):
    return {
        name: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        for name, text in row.items()
    }


LAYOUTS = {"download": download, "own": own, "book": book}


def letter(layout, name):
    place = (list(OWN) if layout == "own" else list(DOWNLOAD)).index(name)
    return chr(ord("A") + place)


# Cells of the second row, and what is wrong: in the first of them, or by the name of the column.
# An indicator in words is a code in our own layout.
CELLS = {
    "thousands separator": ({"Value": "1,200"}, "number-thousands"),
    "per cent sign": ({"Value": "60%"}, "number-percent"),
    "decimal comma": ({"Value": "60,5"}, "number-decimal-comma"),
    "suppressed in words": ({"Value": "suppressed"}, "number-withheld"),
    "less than": ({"Value": "<5"}, "number-withheld"),
    "dash": ({"Value": "-"}, "number-withheld"),
    "dots": ({"Value": ".."}, "number-withheld"),
    "not available": ({"Value": "n/a"}, "number-withheld"),
    "NaN": ({"Value": "NaN"}, "number-not"),
    "Infinity": ({"Value": "Infinity"}, "number-not"),
    "minus infinity": ({"Value": "-inf"}, "number-not"),
    "1e400": ({"Value": "1e400"}, "number-not"),
    "1e3": ({"Value": "1e3"}, "number-digits"),
    "underscore": ({"Value": "1_000"}, "number-digits"),
    "Arabic digits": ({"Value": "٦٠"}, "number-digits"),
    "full-width digits": ({"Value": "６０"}, "number-digits"),
    "hexadecimal": ({"Value": "0x1F"}, "number-digits"),
    "30 digits": ({"Value": "9" * 30}, "number-large"),
    "5,000 digits": ({"Value": "9" * 5_000}, "number-large"),
    "many decimals": ({"Value": "1.1234567890123456789"}, "number-decimals"),
    "typographic minus": ({"Value": "\u22121.5"}, "number-minus"),
    "plus": ({"Value": "+5"}, "number-plus"),
    "error of Excel as text": ({"Value": "#REF!"}, "number-excel"),
    "formula as text": ({"Value": "=1+1"}, "number-not"),
    "letters": ({"Value": "sixty"}, "number-not"),
    "hidden character": ({"Value": "6\u200b0"}, "hidden"),
    "text turned round": ({"Area Code": "\u202eE06000001"}, "hidden"),
    "negative count": ({"Count": "-1"}, "count-negative"),
    "half a count": ({"Count": "12.5"}, "count-not-whole"),
    "denominator of nought": ({"Denominator": "0"}, "denominator-low"),
    "count above denominator": (
        SHARE | {"Count": "30", "Denominator": "20"},
        {"Count": "count-above-denominator"},
    ),
    "limits reversed": ({LOWER: "62", UPPER: "58"}, {LOWER: "limits-reversed"}),
    "wide limits reversed": ({LOWEST: "62", UPMOST: "58"}, {LOWEST: "limits-reversed"}),
    "value above its limits": ({UPPER: "59"}, {"Value": "value-outside-limits"}),
    "value below its limits": ({LOWER: "61"}, {"Value": "value-outside-limits"}),
    "value outside the wide limits": ({UPMOST: "59"}, {"Value": "value-outside-limits"}),
    "count beside a suppressed value": (
        {"Value": "[c]", "Count": "3"},
        {"Count": "suppressed-figure"},
    ),
    "limit beside a suppressed value": (
        {"Value": "[c]", LOWER: "3"},
        {LOWER: "suppressed-figure"},
    ),
    "limit beside no value": ({"Value": "[x]", LOWER: "3"}, {LOWER: "limit-alone"}),
    "note against its value": (
        {"Value note": "Value suppressed for disclosure control"},
        "note-value",
    ),
    "unknown area": ({"Area Code": "E99999999"}, "area-unknown"),
    "no area": ({"Area Code": ""}, "area-missing"),
    "letter for a digit": ({"Area Code": "E0600OO01"}, "area-unknown"),
    "name for a code": ({"Area Code": "Ashby"}, "area-unknown"),
    "NA as a code": ({"Area Code": "NA"}, "area-unknown"),
    "total row": ({"Area Code": "Total"}, "area-total"),
    "closed area": ({"Area Code": "E06000077", "Time period": "2023 - 25"}, "area-ended"),
    "area of somebody else": ({"Area Code": "E06000009"}, "not-your-body"),
    "two whole years": ({"Time period": "2025-2026"}, "period"),
    "period made a month": ({"Time period": "Mar-26"}, "period"),
    "period made a day": ({"Time period": "01/04/2026"}, "period"),
    "period made a number": ({"Time period": "46113"}, "period"),
    "not one year": ({"Time period": "2025/27"}, "period"),
    "fifth quarter": ({"Time period": "2024 Q5"}, "period"),
    "no such month": ({"Time period": "Jum 2024"}, "period"),
    "years turned round": ({"Time period": "2024 - 22"}, "period"),
    "no period": ({"Time period": ""}, "period"),
    "not begun yet": ({"Time period": "2090 - 92"}, "period-future"),
    "too short for the indicator": ({"Time period": "2024"}, "period-length"),
    "too long for the indicator": (
        SHARE | {"Time period": "2022/23 - 24/25"},
        {"Time period": "period-length"},
    ),
    "year of another kind": (SHARE | {"Time period": "2024"}, {"Time period": "period-start"}),
    "unknown indicator": ({"Indicator ID": "999999"}, "indicator-unknown"),
    "indicator in words": (
        {"Indicator ID": "9036x"},
        {"own": "indicator-unknown", "": "indicator-not"},
    ),
    "no indicator": ({"Indicator ID": ""}, "indicator-not"),
    "unknown sex": ({"Sex": "M"}, "sex"),
    "no age": ({"Age": ""}, "text-missing"),
    "long age": ({"Age": "x" * 101}, "text-long"),
    "half a category": ({"Category": "Most deprived"}, {"Category Type": "category-half"}),
    "long note": ({"Value note": "x" * 501}, "text-long"),
}


# What only a workbook can have: what is done to the cell of the second row, and what is said.
def formula(book, sheet, place):
    sheet.write_formula(2, place, "=60+0.1", None, 60.1)


def shown_as(number_format):
    def change(book, sheet, place):
        sheet.write_number(2, place, 0.6, book.add_format({"num_format": number_format}))

    return change


BOOK_CELLS = {
    "formula": (formula, "Value", "formula"),
    "formula in a limit": (formula, LOWER, "formula"),
    "formula for a period": (formula, "Time period", "formula"),
    "formula for half a category": (formula, "Category", "formula"),
    "percentage": (shown_as("0%"), "Value", "percent"),
    "period made a date": (shown_as("mmm-yy"), "Time period", "date"),
}


def hide_sheet(book, _sheet):
    other = book.add_worksheet("Old")
    other.write(0, 0, "more")
    other.hide()


def very_hidden_sheet(book, _sheet):
    other = book.add_worksheet("Old")
    other.write(0, 0, "more")
    other.very_hidden()


def filter_rows(_book, sheet):
    sheet.autofilter(0, 0, 1, 25)
    sheet.set_row(1, options={"hidden": True})


def workbook_of(change):
    row = [SOUND.get(name, "") for name in DOWNLOAD]
    return lambda: workbook([row], change=change)


def archive_of(*names):
    return lambda: zipped(dict.fromkeys(names, "x"))


def with_heading(old, new):
    return lambda: download({}).replace(old, new, 1)


GOOD_BOOK = workbook_of(None)
BROKEN = "[Content_Types].xml", "xl/workbook.xml"
# A file that is refused as one, and what its refusal says.
WHOLE = {
    "empty": (lambda: b"", "empty", "The file is empty."),
    "only blank lines": (lambda: b"\r\n,,\r\n", "empty", "The file is empty."),
    "headings only": (download, "headings-only", "has headings but no rows"),
    "headings only in a workbook": (book, "headings-only", "has headings but no rows"),
    "no headings": (
        lambda: download({}).partition(b"\n")[2],
        "no-headings",
        "We expected the headings Indicator ID",
    ),
    "other headings": (lambda: b"a,b\n1,2\n", "no-headings", "Download the template."),
    "semicolons": (lambda: download({}).replace(b",", b";"), "separator", "semicolons"),
    "tabs": (lambda: download({}).replace(b",", b"\t"), "separator", "tabs"),
    "upright bars": (lambda: own({}).replace(b",", b"|"), "separator", "upright bars"),
    "UTF-16": (lambda: download({}).decode().encode("utf-16"), "utf-16", "CSV UTF-8"),
    "letters of no kind": (lambda: download({}) + b"\xff\x81", "unreadable", "CSV UTF-8"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n0000", "not-csv", "It is a picture."),
    "PDF": (lambda: b"%PDF-1.7", "not-csv", "It is a PDF."),
    "web page": (lambda: b"<!DOCTYPE html><p>", "not-csv", "It is a web page."),
    "archive": (archive_of("a.csv"), "archive", "Unpack it first."),
    "archive that climbs": (archive_of("../../etc/cron.d/x"), "archive", "Unpack it first."),
    "packed": (lambda: b"\x1f\x8b\x08", "archive", "Unpack it first."),
    "document": (
        archive_of("[Content_Types].xml", "word/document.xml"),
        "not-csv",
        "It is another Office document.",
    ),
    "program": (lambda: b"MZ\x90\x00", "not-csv", "It is a program."),
    "old workbook, or a password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "old-workbook",
        "Remove the password",
    ),
    "macros": (archive_of(*BROKEN, "xl/vbaProject.bin"), "macros", "without them"),
    "workbook cut short": (lambda: GOOD_BOOK()[:-200], "damaged", "Save it again from Excel"),
    "workbook of nonsense": (
        lambda: raw_workbook("no markup"),
        "unsafe",
        "Save it again from Excel",
    ),
    "entities": (
        lambda: raw_workbook('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>'),
        "unsafe",
        "Save it again from Excel",
    ),
    "empty workbook": (lambda: raw_workbook(sheet_of([])), "empty", "The workbook is empty."),
    "hidden sheet": (workbook_of(hide_sheet), "hidden-sheet", "Delete the hidden sheet Old"),
    "very hidden sheet": (workbook_of(very_hidden_sheet), "hidden-sheet", "hidden sheet Old"),
    "second sheet": (
        workbook_of(lambda book, _: book.add_worksheet("Old").write(0, 0, "x")),
        "second-sheet",
        "Data and Old",
    ),
    "filter": (workbook_of(filter_rows), "hidden-rows", "hidden: 2. Clear the filter"),
    "hidden column": (
        workbook_of(lambda _, sheet: sheet.set_column(4, 4, None, None, {"hidden": True})),
        "hidden-columns",
        "hidden: E. Show them",
    ),
    "merged cells": (
        workbook_of(lambda _, sheet: sheet.merge_range("B5:C6", "both")),
        "merged-cells",
        "B5:C6. Unmerge them",
    ),
    "too large": (lambda: b"a,b\n" * 2_600_000, "too-large", "larger than 10 MB. Split it"),
    "one line of 70,000 letters": (lambda: b"x" * 70_000, "line-too-long", "on a line of its own"),
    "200,000 columns": (lambda: b"Sex" + b"," * 199_999, "too-many-columns", "200,000 columns"),
    "51 columns": (
        lambda: b"Sex" + b"," * 50,
        "too-many-columns",
        "has 51 columns, the template has 26",
    ),
    "60,000 rows": (
        lambda: download({}) + b"1,2\n" * 59_999,
        "too-many-rows",
        "has 60,000 rows. Send at most 20,000",
    ),
    "20,001 rows in a workbook": (
        lambda: raw_workbook(sheet_of([["Area Code"], *[["1"]] * 20_001])),
        "too-many-rows",
        "has 20,001 rows. Send at most 20,000",
    ),
    "somebody else's areas": (
        lambda: download({"Area Code": "E06000009"}),
        "wrong-body",
        "This file is for Elsewhere. You can only submit for North Testshire",
    ),
    "made for another body": (
        lambda: csv_of([[*DOWNLOAD, "Body"], [*table({})[1], "Somewhere"]]),
        "wrong-body",
        "was made for Somewhere. You can only submit for North Testshire",
    ),
    "made for another round": (
        lambda: csv_of([[*DOWNLOAD, "Return for"], [*table({})[1], "Spring 1999"]]),
        "wrong-round",
        "the round Spring 1999, which is not open",
    ),
}
# A file with something wrong in one row or in its headings: where, and the code.
ROWS = {
    "heading twice": (
        with_heading(b"Sex", b"Age"),
        [(1, "I", "heading-twice"), (1, "", "heading-missing")],
    ),
    "heading misspelt": (
        with_heading(b"Value note", b"Value notes"),
        [(1, "T", "heading-unknown")],
    ),
    "heading misspelt beside one that is missing": (
        lambda: download({}).replace(b"Value note", b"Value notes").replace(b"Sex", b"Who"),
        [(1, "T", "heading-unknown"), (1, "", "heading-missing")],
    ),
    "heading misspelt twice": (
        lambda: download({}).replace(b"Value note", b"Value notes").replace(b"Age", b"Value not"),
        [(1, "I", "heading-unknown"), (1, "T", "heading-unknown"), (1, "", "heading-missing")],
    ),
    "heading missing": (with_heading(b"Area Code", b"Place"), [(1, "", "heading-missing")]),
    "heading with a hidden character": (
        with_heading(b"Count", "Cou\u200bnt".encode()),
        [(1, "R", "heading-hidden")],
    ),
    "heading with a quotation mark": (
        with_heading(b"Indicator ID", b'"Indicator ID'),
        [(1, "", "quote-open")],
    ),
    "row too long": (lambda: download({}) + b"1," + b"," * 25 + b"\n", [(3, "", "ragged")]),
    "row too short": (lambda: download({}) + b"1,2,3,4\n", [(3, "", "ragged")]),
    "first row too long": (lambda: download({}).replace(b"60.1", b"1,200"), [(2, "", "ragged")]),
    "quotation mark left open": (lambda: download({}) + b'1,"2\n3,4\n', [(3, "", "quote-open")]),
    "quotation mark in the way": (
        lambda: download({}) + b'1,"2"x,3\n',
        [(3, "", "quote-misplaced")],
    ),
    "value without heading": (
        lambda: csv_of([[*DOWNLOAD, ""], [*table({})[1], "7"]]),
        [(2, "AA", "heading-empty")],
    ),
    "NUL": (lambda: download({"Area Code": "E0600\x000001"}), [(2, "E", "hidden")]),
    "NUL in a value": (lambda: download({"Value": "6\x000"}), [(2, "M", "hidden")]),
    "same row twice": (lambda: download({}, {}), [(3, "", "repeat")]),
    "same row twice in a workbook": (lambda: book({}, {}), [(3, "", "repeat")]),
    "two values for one figure": (
        lambda: download({}, {"Value": "61"}),
        [(3, "", "repeat-differs")],
    ),
    "one figure under two codes": (
        lambda: download(
            {"Area Code": "E06000078", "Time period": "2017 - 19"},
            {"Area Code": "E06000077", "Time period": "2017 - 19", "Value": "61"},
        ),
        [(3, "", "repeat-differs")],
    ),
    "no value and no reason": (lambda: own({"Value": ""}), [(2, "H", "value-missing")]),
    "unknown sex after a line break": (
        lambda: download({"Value note": "one\ntwo"}, {"Sex": "M", "Area Code": "E06000002"}),
        [(3, "H", "sex")],
    ),
    "blank rows between": (
        lambda: (
            download({}).replace(b"\n", b"\n\n,,\n", 1) + download({"Sex": "M"}).split(b"\n")[1]
        ),
        [(5, "H", "sex")],
    ),
    "error of Excel": (
        lambda: raw_workbook(
            sheet_of(table({})).replace(
                '<c t="inlineStr"><is><t>60.1</t></is></c>', '<c t="e"><v>#DIV/0!</v></c>'
            )
        ),
        [(2, "M", "excel-error")],
    ),
    "sheet that lies about its size": (
        lambda: raw_workbook(sheet_of(table(*[{}] * 3), dimension="A1:Z2")),
        [(3, "", "repeat"), (4, "", "repeat")],
    ),
    "formula for a heading": (
        lambda: workbook(
            table({})[1:], change=lambda _, sheet: sheet.write_formula(0, 12, "=A1", None, "Value")
        ),
        [(1, "M", "formula")],
    ),
}


# Files that are unusual and right: what is said about how each was read.
RIGHT = {
    "as it is": (lambda: download({}), ""),
    "our own layout": (lambda: own({}), ""),
    "workbook": (lambda: book({}), "We read the sheet Data of the workbook."),
    "byte order mark": (lambda: b"\xef\xbb\xbf" + download({}), "byte order mark"),
    "Windows-1252": (
        lambda: download({"Age": "Ages \u00a35\u20139"}).decode().encode("cp1252"),
        "We read this file as Windows-1252. Check names and \u00a3 signs.",
    ),
    "line ends of Windows": (lambda: download({}).replace(b"\n", b"\r\n"), ""),
    "line ends of old": (lambda: download({}).replace(b"\n", b"\r"), ""),
    "no last line end": (lambda: download({}).rstrip(b"\n"), ""),
    "another order": (lambda: csv_of([row[::-1] for row in table({})]), ""),
    "headings with spaces": (
        lambda: download({}).replace(b"Area Code", b" area  CODE "),
        "Some headings differ from the template",
    ),
    "columns that we do not know": (
        lambda: csv_of([[*DOWNLOAD, "My remarks"], [*table({})[1], "x"]]),
        "We did not use these columns: My remarks.",
    ),
    "spaces around": (
        lambda: download({"Value": "\u00a0 60.1 "}),
        "We left out spaces at the start or end",
    ),
    "leading zeros": (lambda: download({"Indicator ID": "090362", "Value": "060.1"}), ""),
    "suppressed": (lambda: download({"Value": "[c]"}), ""),
    "suppressed with a star": (
        lambda: download({"Value": "*"}),
        "We read c and * as [c]: the value is suppressed.",
    ),
    "suppressed in the note": (
        lambda: download({"Value": "", "Value note": "Value suppressed for disclosure control"}),
        "",
    ),
    "not available": (lambda: own({"Value": "[x]"}), ""),
    "blank rows": (lambda: download({}).replace(b"\n", b"\n\n,,,\n"), ""),
    "former code for its own time": (
        lambda: download({"Area Code": "E06000077", "Time period": "2017 - 19"}),
        "",
    ),
    "dust of the binary": (
        lambda: workbook(
            [
                [
                    90362
                    if n == "Indicator ID"
                    else 60.00000000000001
                    if n == "Value"
                    else SOUND.get(n, "")
                    for n in DOWNLOAD
                ]
            ]
        ),
        "",
    ),
    "formula in a column that is not read": (
        workbook_of(lambda _, sheet: sheet.write_formula(1, 20, "=1+1", None, 2)),
        "",
    ),
}
