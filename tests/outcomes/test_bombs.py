"""Files that grow when they are read: refused in a process that has little memory to spare."""

import json
import random
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from tests.outcomes.workbooks import raw_workbook, sheet_of, zipped

# Source: the project's promise on uploads, 150 MB beside what the process has anyway.
MOST_KILOBYTES = 150_000
ROOT = Path(__file__).parents[2]
# Reads one file after the other, and says of each its refusal and the highest memory so far. The
# process's own high water is asked for: what getrusage gives begins with that of its parent.
CHILD = """
import json, resource, sys
from outcomes.return_file import KnownCodes, ReturnFileError
from outcomes.sent_file import check_kind, open_sent_file

def most():
    try:
        lines = open("/proc/self/status").read().splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

before = most()
for path in sys.argv[1:]:
    with open(path, "rb") as content:
        try:
            check_kind(content=content, name="a")
            with open_sent_file(content=content, name="a", codes=KnownCodes(areas={})) as sent:
                sent.read.read_all()
            code = "read"
        except ReturnFileError as refusal:
            code = refusal.code
    print(json.dumps([code, most() - before]))
"""
# A part that does not pack, so that the archive as a whole does not grow a hundredfold.
NOISE = {"xl/media/noise.bin": random.Random(5).randbytes(500_000)}  # noqa: S311
OPEN, CLOSE = "<worksheet><sheetData>", "</sheetData></worksheet>"
HIDDEN = '<col min="1" max="16384" hidden="1"/>'
MERGED = '<mergeCell ref="A1:B1"/>'
ENTITY = '<!DOCTYPE x [<!ENTITY a "' + "a" * 100_000 + '">]>'


def many_names() -> bytes:
    return raw_workbook(f"{OPEN}{''.join(f'<a{n:x}/>' for n in range(400_000))}{CLOSE}")


def many_attributes() -> bytes:
    given = " ".join(f'a{n:x}=""' for n in range(400_000))
    return raw_workbook(f"<worksheet {given}/>")


def many_texts() -> bytes:
    texts = "".join(f"<si><t>{n}</t></si>" for n in range(400_000))
    return raw_workbook(sheet_of([["1"]]), **{"xl/sharedStrings.xml": f"<sst>{texts}</sst>"})


def one_part_with_many_names() -> bytes:
    sheets = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(3_000))
    book = f'<workbook xmlns:r="r"><sheets>{sheets}</sheets></workbook>'
    return raw_workbook(OPEN + "<row/>" * 100_000 + CLOSE, **{"xl/workbook.xml": book})


def many_parts() -> bytes:
    return zipped({f"{n:x}": "" for n in range(20_000)})


def archives_in_archives() -> bytes:
    inner = bytes(1_000)
    for _ in range(50):
        inner = zipped({"more.zip": inner})
    return raw_workbook(sheet_of([["1"]]), **{"xl/embeddings/more.zip": inner})


def directory_that_lies() -> bytes:
    content = bytearray(raw_workbook("<a>" + " " * 60_000_000 + "</a>"))
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = content.find(b"xl/worksheets/sheet1.xml")
        while place >= 0:
            head = content.rfind(mark, 0, place)
            if head >= 0 and place - head <= 46:
                struct.pack_into("<I", content, head + offset, 1_000)
            place = content.find(b"xl/worksheets/sheet1.xml", place + 1)
    return bytes(content)


def long_cell(opened: str, closed: str) -> str:
    # One letter beyond the basic plane makes a text four bytes a letter.
    return f"{opened}\U0001f600{'a' * 20_000_000}{closed}"


CASES = {
    "zip bomb": (
        lambda: raw_workbook("<a/>", **{"xl/sheet2.xml": bytes(100_000_000)}),
        "too-large-unpacked",
    ),
    "archives in archives": (archives_in_archives, "no-headings"),
    "20,000 parts": (many_parts, "too-large-unpacked"),
    "directory that lies": (directory_that_lies, "damaged"),
    "billion laughs": (
        lambda: raw_workbook(
            '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
            "<worksheet>&b;</worksheet>"
        ),
        "unsafe",
    ),
    "quadratic growth": (
        lambda: raw_workbook(f"{ENTITY}<worksheet>{'&a;' * 10_000}</worksheet>", **NOISE),
        "unsafe",
    ),
    "claims the largest sheet": (
        lambda: raw_workbook(sheet_of([["1"]], dimension="A1:XFD1048576")),
        "no-headings",
    ),
    "last cell of the largest sheet": (
        lambda: raw_workbook(
            f'{OPEN}<row r="1"><c><v>1</v></c></row>'
            f'<row r="1048576"><c r="A1048576"><v>1</v></c></row>{CLOSE}'
        ),
        "too-many-rows",
    ),
    "many rows": (
        lambda: raw_workbook(OPEN + "<row><c><v>1</v></c></row>" * 400_000 + CLOSE, **NOISE),
        "too-many-rows",
    ),
    "wide rows": (
        lambda: raw_workbook(
            OPEN + ("<row>" + "<c><v>1</v></c>" * 400 + "</row>") * 2_000 + CLOSE, **NOISE
        ),
        "too-many-columns",
    ),
    "many texts": (many_texts, "too-large-unpacked"),
    "long text": (
        lambda: raw_workbook(
            sheet_of([["1"]]),
            **{"xl/sharedStrings.xml": long_cell("<sst><si><t>", "</t></si></sst>")},
            **NOISE,
        ),
        "cell-too-long",
    ),
    "long cell": (
        lambda: raw_workbook(
            long_cell(f'{OPEN}<row r="1"><c t="inlineStr"><is><t>', f"</t></is></c></row>{CLOSE}"),
            **NOISE,
        ),
        "cell-too-long",
    ),
    "levels upon levels": (lambda: raw_workbook(OPEN + "<a>" * 5_000_000, **NOISE), "unsafe"),
    "many names": (many_names, "unsafe"),
    "many attributes": (many_attributes, "unsafe"),
    "one attribute": (
        lambda: raw_workbook(f'<worksheet a="{"x" * 20_000_000}"/>', **NOISE),
        "unsafe",
    ),
    "one remark": (
        lambda: raw_workbook(f"<worksheet><!--{'x' * 20_000_000}--></worksheet>", **NOISE),
        "unsafe",
    ),
    "one part under 3,000 names": (one_part_with_many_names, "unsafe"),
    "columns hidden again and again": (
        lambda: raw_workbook("<worksheet>" + HIDDEN * 100_000 + "</worksheet>", **NOISE),
        "unsafe",
    ),
    "a million merged cells": (
        lambda: raw_workbook(
            f"{OPEN}<row><c><v>1</v></c></row></sheetData>{MERGED * 1_000_000}</worksheet>",
            **NOISE,
        ),
        "too-large-unpacked",
    ),
    "a million formats": (
        lambda: raw_workbook(
            sheet_of([["1"]]),
            **{"xl/styles.xml": f"<s><cellXfs>{'<xf/>' * 1_000_000}</cellXfs></s>"},
            **NOISE,
        ),
        "unsafe",
    ),
    "tags without cells": (
        lambda: raw_workbook(OPEN + "<row/>" * 4_000_000 + CLOSE, **NOISE),
        "unsafe",
    ),
    "100 MB of CSV": (lambda: b"Area Code,Value\n" + b"E06000001,1\n" * 8_400_000, "too-large"),
    "ten million blank lines": (
        lambda: b"Area Code,Value\n" + b"\n" * 9_900_000,
        "too-many-rows",
    ),
    "one line of 9 MB": (lambda: b"Area Code," + b"x" * 9_000_000, "line-too-long"),
    "a million columns": (lambda: b"Area Code," + b"," * 1_000_000, "too-many-columns"),
}


@pytest.fixture(scope="module")
def outcomes_of_all(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bombs")
    paths = []
    for number, (make, _) in enumerate(CASES.values()):
        path = folder / str(number)
        path.write_bytes(make())
        paths.append(str(path))
    answer = subprocess.run(
        [sys.executable, "-c", CHILD, *paths], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for path in paths:
        Path(path).unlink()
    return dict(zip(CASES, map(json.loads, answer.stdout.splitlines()), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_a_file_that_would_grow_is_refused_in_little_memory(outcomes_of_all, name):
    code, kilobytes = outcomes_of_all[name]

    assert code == CASES[name][1]
    assert kilobytes < MOST_KILOBYTES
