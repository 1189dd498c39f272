"""The quick reading of rows against the careful one, and repeats against a plainer search."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.return_file.columns import read_columns
from outcomes.return_file.faults import ErrorLog
from outcomes.return_file.limits import Limits
from outcomes.return_file.quick import quick_reader
from outcomes.return_file.repeats import Repeat, Repeats
from outcomes.return_file.rows import RowReader
from outcomes.return_file.series import SeriesReader
from outcomes.return_file.source import records, survey
from tests.outcomes.return_file.files import CODES, LISTED_INDICATORS, csv_of, read
from tests.outcomes.return_file.test_own_layout import DESCRIBED, own

NUMBERS = st.sampled_from(
    [
        "",
        "0",
        "-0",
        "-1",
        "5",
        "5.0",
        "5.50",
        "12.5",
        " 5",
        "1e3",
        "x1",
        "[c]",
        "999999999",
        "5\u200b",
    ]
)
ROWS = st.fixed_dictionaries(
    {
        "Area Code": st.sampled_from(["E06000001", "E06000002", "E9", "E08000016", "E08000038"]),
        "Sex": st.sampled_from(["Male", "male", "M"]),
        "Value": NUMBERS,
        "Lower CI 95.0 limit": NUMBERS,
        "Upper CI 95.0 limit": NUMBERS,
        "Upper CI 99.8 limit": NUMBERS,
        "Count": NUMBERS,
        "Denominator": NUMBERS,
        "Compared to England value or percentiles": st.sampled_from(
            ["", "Worse", "Better 95%", "Not compared", "2nd highest quintile"]
        ),
        "Value note": st.sampled_from(["", "", "Value estimated", "[x]"]),
    }
)


def read_both_ways(text, *, codes):
    """Return what each reader makes of each row, and how many errors the careful one logs."""
    content, limits, log = io.BytesIO(text.encode()), Limits(), ErrorLog(max_errors=99)
    found = survey(content=content, limits=limits)
    headings, *rows = records(content=content, found=found, limits=limits)
    columns = read_columns(cells=headings.cells, row=1, line=1, limits=limits, layout=None)
    series, repeats = SeriesReader(codes=codes, columns=columns), Repeats()
    careful = RowReader(
        columns=columns, series=series, repeats=repeats, log=log, may_hide=found.may_hide
    )
    quick = quick_reader(
        columns=columns, known=series.known, repeats=Repeats(), may_hide=found.may_hide
    )
    both = []
    for row, line, cells, _ in rows:
        errors = log.total
        quickly = quick(row, list(cells))
        both.append((quickly, careful.read(row=row, line=line, cells=cells), log.total - errors))
    return both


@settings(deadline=None)
@given(rows=st.lists(ROWS, min_size=1, max_size=8), proportion=st.booleans())
def test_what_the_quick_reader_reads_the_careful_one_reads_the_same(rows, proportion):
    # Each row twice, so that the quick reader knows the texts of the second.
    text = csv_of(*rows, *rows)

    for quickly, carefully, errors in read_both_ways(
        text, codes=LISTED_INDICATORS if proportion else CODES
    ):
        if quickly is not None:
            assert quickly == carefully
            assert type(quickly.count) is type(carefully.count)
            assert errors == 0


@pytest.mark.parametrize(
    "text",
    [
        csv_of(*({"Value": f"5{number}"} for number in range(9))),
        own(
            *(f"90362,E06000001,2015 - 17,Male,All ages,,,5{n}.5,,,,,12,30,,," for n in range(9)),
        ),
    ],
)
def test_plain_rows_are_read_quickly_once_their_texts_are_known(text):
    quickly = [quick for quick, _, _ in read_both_ways(text, codes=DESCRIBED)]

    assert [row is not None for row in quickly] == [False] + [True] * 8


@given(
    keys=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 1)), max_size=30),
)
def test_repeats_are_those_that_a_plainer_search_finds(keys):
    repeats = Repeats()
    first: dict[int, tuple[int, int]] = {}
    plain: list[Repeat] = []
    for row, (key, content) in enumerate(keys, start=2):
        repeats.add(key=key, row=row, content=content)
        if key in first:
            plain.append(Repeat(row, first[key][0], first[key][1] == content))
        else:
            first[key] = (row, content)

    assert list(repeats.found()) == plain


def test_a_repeat_is_said_at_its_place_among_the_other_errors():
    _, file = read(
        csv_of({}, {}, {"Value": "x1"}, {"Area Code": "E06000002"}, {"Sex": "M"}), codes=CODES
    )

    assert [(error.row, error.code) for error in file.errors] == [
        (3, "repeat"),
        (4, "number-not"),
        (4, "repeat-differs"),
        (6, "sex"),
    ]
    assert (file.errors.total, file.errors.rows) == (4, 3)


def test_repeats_beyond_those_kept_are_still_counted():
    text = csv_of(*({} for _ in range(30)), {"Value": "x1", "Area Code": "E06000002"})

    _, file = read(text, limits=Limits(max_errors=7))

    assert [error.row for error in file.errors] == [3, 4, 5, 6, 7, 8, 9]
    assert (file.errors.total, file.errors.rows) == (30, 30)
