"""The real file, and files as a whole: encodings, limits, refusals."""

import csv
import io
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.return_file import (
    AreaRange,
    KnownCodes,
    Limits,
    ReturnFileError,
    ValueNote,
    read_return_file,
)
from tests.outcomes.return_file.files import CODES, HEADINGS, PUBLISHED, csv_of, opened, read


@pytest.fixture(scope="module")
def published():
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def published_codes(published):
    until = {"E08000016": date(2025, 4, 1), "E08000019": date(2025, 4, 1)}
    return KnownCodes(
        areas={
            code: (AreaRange(code, "", date(1974, 4, 1), until.get(code)),)
            for code in {row["Area Code"] for row in published}
        }
    )


def test_the_published_file_reads_whole(published_codes):
    with PUBLISHED.open("rb") as content:
        file = read_return_file(content=content, name="f.csv", codes=published_codes)
        rows = file.read_all()

    assert len(rows) == 2128
    assert sum(row.note is ValueNote.MISSING for row in rows) == 32
    assert len({row.period for row in rows}) == 8
    assert len({row.area_key for row in rows}) == 133
    assert str(file.summary) == "2,128 rows, 1 indicator, 8 periods, 133 areas"
    assert file.errors.total == 0
    assert file.notices == ()


PLAIN_COMPARISONS = {
    "Better": "better",
    "Similar": "similar",
    "Worse": "worse",
    "Not compared": None,
}


def test_the_published_values_agree_with_a_plainer_reading(published, published_codes):
    rows, _ = read(PUBLISHED.read_bytes(), codes=published_codes)

    plain = [
        (
            int(row["Indicator ID"]),
            row["Area Code"],
            row["Time period"],
            int(row["Time period Sortable"][:4]),
            row["Sex"],
            row["Age"],
            float(row["Value"]) if row["Value"] else None,
            PLAIN_COMPARISONS[row["Compared to England value or percentiles"]],
        )
        for row in published
    ]
    assert plain == [
        (
            row.indicator_id,
            row.area_code,
            row.period.label,
            row.period.start_date.year,
            row.sex,
            row.age,
            row.value,
            row.publishers_comparison,
        )
        for row in rows
    ]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Worse", "worse"),
        ("better 95%", "better"),
        ("Higher  99.8%", "higher"),
        ("Lower", "lower"),
        ("2nd highest quintile", None),
        ("Lower 50%", None),
        ("Not compared", None),
        ("", None),
    ],
)
def test_the_publishers_comparison_is_read_whatever_its_level(said, kept):
    rows, file = read(csv_of({"Compared to England value or percentiles": said}))

    assert [row.publishers_comparison for row in rows] == [kept]
    assert file.errors.total == 0


def test_a_row_without_a_value_carries_no_comparison():
    rows, _ = read(
        csv_of(
            {
                "Value": "",
                "Value note": "Value suppressed for disclosure control",
                "Compared to England value or percentiles": "Worse",
            }
        )
    )

    assert [(row.note, row.publishers_comparison) for row in rows] == [("suppressed", None)]


def test_the_same_figure_with_another_comparison_is_no_plain_repeat():
    _, file = read(
        csv_of(
            {"Compared to England value or percentiles": "Worse"},
            {"Compared to England value or percentiles": "Similar"},
        )
    )

    assert [error.code for error in file.errors] == ["repeat-differs"]


def test_rows_come_in_chunks_of_the_size_asked_for(published_codes):
    file = opened(PUBLISHED.read_bytes(), codes=published_codes)

    sizes = [len(chunk) for chunk in file.iter_chunks(size=1000)]

    assert sizes == [1000, 1000, 128]


def test_the_file_of_the_caller_stays_open():
    content = io.BytesIO(csv_of({}).encode())

    read_return_file(content=content, name="f.csv", codes=CODES).read_all()

    assert not content.closed


@pytest.mark.parametrize(
    ("change", "notices"),
    [
        (lambda text: b"\xef\xbb\xbf" + text.encode(), ["byte-order-mark"]),
        (lambda text: text.replace("All ages", "Ages £5–9").encode("cp1252"), ["windows-1252"]),
        (lambda text: text.replace("All ages", "Ages £5–9").encode(), []),
        (lambda text: text.replace("\n", "\r").encode(), []),
        (lambda text: text.replace("\n", "\r\n").encode(), []),
        (lambda text: text.replace("Area Code", " area  CODE ").encode(), ["headings-spelling"]),
        (lambda text: text.replace("Area Code", "AreaCode").encode(), ["headings-spelling"]),
        (lambda text: text.replace("56.3", "\u00a0 56.3 ").encode(), ["spaces"]),
        (lambda text: text.replace(",Male", ",male").encode(), ["capitals"]),
        (lambda text: text.rstrip("\n").encode(), []),
    ],
)
def test_a_file_is_read_whatever_its_encoding_line_ends_and_spelling(change, notices):
    rows, file = read(change(csv_of({}, {"Area Code": "E06000002"})))

    assert [row.value for row in rows] == [56.3, 56.3]
    assert [row.area_key for row in rows] == ["hartlepool", "middlesbrough"]
    assert {row.sex for row in rows} == {"Male"}
    assert [notice.code for notice in file.notices] == notices


def test_columns_may_stand_in_any_order():
    rows, file = read(csv_of({}, headings=tuple(reversed(HEADINGS))))

    assert [row.value for row in rows] == [56.3]
    assert file.notices == ()


def test_columns_that_we_do_not_know_are_left_out_and_named():
    rows, file = read(csv_of({"My remarks": "x"}, headings=(*HEADINGS, "My remarks", "Rank")))

    assert len(rows) == 1
    assert [notice.message for notice in file.notices] == [
        "We did not use these columns: My remarks, Rank."
    ]


def test_optional_columns_may_be_left_out():
    optional = {"Count", "Denominator", "Time period Sortable", "Parent Code", "New data"}
    optional |= {heading for heading in HEADINGS if "limit" in heading or "Compared" in heading}

    headings = tuple(heading for heading in HEADINGS if heading not in optional)

    (row,), _ = read(csv_of({}, headings=headings))
    assert (row.value, row.lower_95, row.count, row.denominator) == (56.3, None, None, None)


def test_blank_rows_keep_their_place():
    lines = csv_of({}, {"Area Code": "E06000002", "Value": "x1"}).splitlines()
    text = "\n".join(["", lines[0], "", "," * 25, " , " + "," * 24, lines[1], lines[2], "", ","])

    rows, file = read(text)

    assert [row.row for row in rows] == [6]
    assert [(error.row, error.line) for error in file.errors] == [(7, 7)]


SAVE_AS = "In Excel choose Save As, CSV UTF-8 (Comma delimited)."
NOT_CSV = "This is not a CSV file."
SEND = "Send it as a CSV file."


def zip_with(name):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [
        (b"", "empty", "The file is empty."),
        (b" \r\n,,\n\n", "empty", "The file is empty."),
        (b"\xef\xbb\xbf", "empty", "The file is empty."),
        (csv_of().encode(), "headings-only", "The file has headings but no rows."),
        (
            csv_of({}).encode("utf-16"),
            "utf-16",
            f"The file is saved as Unicode text (UTF-16). {SAVE_AS}",
        ),
        (
            csv_of({}).encode("utf-16-le"),
            "utf-16",
            f"The file is saved as Unicode text (UTF-16). {SAVE_AS}",
        ),
        (
            csv_of({}).encode("utf-16-be"),
            "utf-16",
            f"The file is saved as Unicode text (UTF-16). {SAVE_AS}",
        ),
        (b"\x89PNG\r\n\x1a\n0000", "not-csv", f"{NOT_CSV} It is a picture. {SEND}"),
        (b"\n<!DOCTYPE html><html>", "not-csv", f"{NOT_CSV} It is a web page. {SEND}"),
        (b"%PDF-1.7", "not-csv", f"{NOT_CSV} It is a PDF. {SEND}"),
        (
            zip_with("../../etc/cron.d/x"),
            "archive",
            f"{NOT_CSV} It is a compressed file. Unpack it first.",
        ),
        (
            zip_with("[Content_Types].xml"),
            "not-csv",
            f"This is a spreadsheet, not a CSV file. {SAVE_AS}",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "not-csv",
            f"This is a spreadsheet, not a CSV file. {SAVE_AS}",
        ),
        (
            csv_of({}).encode() + b"\xff\x81",
            "unreadable",
            f"We could not read the letters of this file. {SAVE_AS}",
        ),
        (
            b"\xef\xbb\xbf" + csv_of({}).encode() + b"\xe9",
            "unreadable",
            f"We could not read the letters of this file. {SAVE_AS}",
        ),
        (
            csv_of({}).replace(",", ";").encode(),
            "separator",
            f"The values are separated by semicolons. {SAVE_AS}",
        ),
        (
            csv_of({}).replace(",", "\t").encode(),
            "separator",
            f"The values are separated by tabs. {SAVE_AS}",
        ),
        (
            csv_of({}).partition("\n")[2].encode(),
            "no-headings",
            (
                "We expected the headings Indicator ID, Indicator Name, Area Code, Sex, Age, "
                "Category Type, Category, Time period, Value, Value note in the first row. "
                "Download the template."
            ),
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(content, code, message):
    with pytest.raises(ReturnFileError) as refused:
        read(content)

    assert refused.value.code == code
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("headings", "message"),
    [
        (
            (*HEADINGS, "Value"),
            "Value appears twice (columns M and AA). Remove one of the two columns.",
        ),
        (
            tuple("Value notes" if name == "Value note" else name for name in HEADINGS),
            "We do not know the heading Value notes. Did you mean Value note?",
        ),
        (
            tuple(name for name in HEADINGS if name not in {"Sex", "Age"}),
            "These headings are missing: Sex, Age. Add them, or download the template.",
        ),
        (
            (*HEADINGS, "Va\u200blue"),
            "The heading VaU+200Blue contains a hidden character. Retype the heading.",
        ),
    ],
)
def test_wrong_headings_are_refused_each_by_name(headings, message):
    with pytest.raises(ReturnFileError) as refused:
        opened(csv_of({}, headings=headings))

    assert refused.value.code == "headings"
    assert str(refused.value) == message
    assert all(error.row == 1 for error in refused.value.errors)


@pytest.mark.parametrize(
    ("content", "limits", "code", "message"),
    [
        (
            csv_of({}).encode(),
            Limits(max_bytes=300),
            "too-large",
            "The file is larger than 0.0003 MB. Split it into smaller files.",
        ),
        (
            b"x" * 20_000_000,
            Limits(),
            "too-large",
            "The file is larger than 10 MB. Split it into smaller files.",
        ),
        (
            b"," * 199_999 + b"\n",
            Limits(),
            "too-many-columns",
            "The file has 200,000 columns, the template has 26.",
        ),
        (
            b"," * 50 + b"\n",
            Limits(),
            "too-many-columns",
            "The file has 51 columns, the template has 26.",
        ),
        (
            csv_of({}).encode() + b"x" * 70_000,
            Limits(),
            "line-too-long",
            (
                "The file has a line of more than 65,536 characters. "
                "Check that each row is on a line of its own."
            ),
        ),
        (
            csv_of({}, {}, {}).encode(),
            Limits(max_rows=2),
            "too-many-rows",
            ("The file has 3 rows. Send at most 2 rows at a time: split it into smaller files."),
        ),
    ],
)
def test_a_file_over_a_limit_is_refused(content, limits, code, message):
    if code == "too-many-columns":
        content = b"Sex" + content

    with pytest.raises(ReturnFileError) as refused:
        opened(content, limits=limits)

    assert refused.value.code == code
    assert str(refused.value) == message


def test_blank_rows_do_not_count_towards_the_limit():
    text = csv_of({}, {"Area Code": "E06000002"}) + "\n" * 50

    rows, _ = read(text, limits=Limits(max_rows=2))

    assert len(rows) == 2


def test_errors_beyond_those_kept_are_still_counted():
    text = csv_of(*({"Value": "x1", "Area Code": f"E{number}"} for number in range(30)))

    _, file = read(text, limits=Limits(max_errors=7))

    assert len(file.errors) == 7
    assert file.errors.total == 60
    assert file.errors.rows == 30
    assert [error.column_letter for error in file.errors][:4] == ["E", "M", "E", "M"]


CELLS = st.fixed_dictionaries(
    {
        "Area Code": st.sampled_from(sorted(CODES.areas)),
        "Value": st.floats(0, 99, allow_nan=False).map(lambda value: f"{value:.4f}"),
        "Age": st.text("abc £é,\"'\n", min_size=1, max_size=8).map(str.strip).filter(bool),
        "Count": st.none() | st.integers(0, 999_999),
    }
)


@pytest.mark.slow
@settings(deadline=None)
@given(
    rows=st.lists(CELLS, min_size=1, max_size=6),
    headings=st.permutations(HEADINGS),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]),
)
def test_what_is_written_is_read(rows, headings, ending, quoting, encoding):
    out = io.StringIO(newline="")
    # Python's writer leaves a line feed unquoted where lines end in a carriage return.
    quoting = csv.QUOTE_ALL if ending == "\r" else quoting
    writer = csv.writer(out, lineterminator=ending, quoting=quoting)
    writer.writerow(headings)
    for number, row in enumerate(rows):
        cells = {
            "Indicator ID": str(number + 1),
            "Indicator Name": "Name",
            "Sex": "Persons",
            "Time period": "2015",
            **row,
            "Count": "" if row["Count"] is None else str(row["Count"]),
        }
        writer.writerow([cells.get(heading, "") for heading in headings])

    found, file = read(out.getvalue().encode(encoding))

    assert file.errors.total == 0, [str(error) for error in file.errors]
    assert [(row.area_code, row.value, row.age, row.count) for row in found] == [
        (row["Area Code"], float(row["Value"]), row["Age"], row["Count"]) for row in rows
    ]


@settings(deadline=None)
@given(
    content=st.binary(max_size=400)
    | st.binary(max_size=200).map(lambda tail: csv_of({}).encode() + tail)
    | st.text("a1.,;\"'\n\r\t\0é٣-E[c]*", max_size=200).map(lambda t: (csv_of({}) + t).encode())
)
def test_any_bytes_are_read_or_refused_by_name(content):
    try:
        rows, file = read(content)
    except ReturnFileError:
        return

    assert len(rows) + file.errors.total > 0
    assert all(error.message and error.fix for error in file.errors)


@pytest.mark.slow
def test_more_combinations_than_can_be_held_are_refused():
    text = csv_of(*({"Age": f"{number} days"} for number in range(100_001)))

    with pytest.raises(ReturnFileError, match="more than 100,000 combinations") as refused:
        read(text, limits=Limits(max_rows=200_000, max_bytes=100_000_000))

    assert refused.value.code == "too-many-combinations"
