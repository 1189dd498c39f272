"""Workbooks for tests: good ones by a library, bad ones part by part."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from tests.factories.outcomes import HEADINGS

_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"""
_BOOK = """<?xml version="1.0" encoding="UTF-8"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>"""
_RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Target="worksheets/sheet1.xml" Type="worksheet"/></Relationships>"""


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """Return an archive of these parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            # A day of its own, so that the same parts are the same bytes in every process.
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def raw_workbook(sheet: str, **more: bytes | str) -> bytes:
    """Return a workbook whose one sheet is this XML; `more` are parts by name."""
    return zipped(
        {
            "[Content_Types].xml": _TYPES,
            "xl/workbook.xml": _BOOK,
            "xl/_rels/workbook.xml.rels": _RELATIONS,
            "xl/worksheets/sheet1.xml": sheet,
            **more,
        }
    )


def sheet_of(rows: Sequence[Sequence[str]], *, dimension: str = "") -> str:
    """Return the XML of a sheet of texts."""
    lines = [
        f'<row r="{number}">'
        + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in row)
        + "</row>"
        for number, row in enumerate(rows, start=1)
    ]
    claimed = f'<dimension ref="{dimension}"/>' if dimension else ""
    return f"<worksheet>{claimed}<sheetData>{''.join(lines)}</sheetData></worksheet>"


def workbook(
    rows: Sequence[Sequence[Any]],
    *,
    headings: Sequence[str] = tuple(HEADINGS.split(",")),
    change: Callable[[Any, Any], None] | None = None,
) -> bytes:
    """Return a workbook of one sheet, Data; `change` is given the book and the sheet."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"strings_to_formulas": False})
    book.set_properties({"created": datetime(2026, 11, 23, tzinfo=UTC).replace(tzinfo=None)})
    sheet = book.add_worksheet("Data")
    for number, row in enumerate([headings, *rows]):
        for place, cell in enumerate(row):
            if cell not in ("", None):
                sheet.write(number, place, cell)
    if change is not None:
        change(book, sheet)
    book.close()
    return content.getvalue()


def figures(
    *, area_code: str = "E06000001", value: Any = 60.1, period: Any = "2022 - 24", **more: Any
) -> list[Any]:
    """Return one row in the Fingertips layout, numbers as numbers."""
    row: dict[str, Any] = dict.fromkeys(HEADINGS.split(","), "")
    row |= {
        "Indicator ID": 90362,
        "Indicator Name": "Healthy life expectancy at birth",
        "Area Code": area_code,
        "Area Name": "Some area",
        "Sex": "Male",
        "Age": "All ages",
        "Time period": period,
        "Value": value,
    }
    row |= {name.replace("_", " "): cell for name, cell in more.items()}
    return list(row.values())
