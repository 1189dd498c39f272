"""The layout of this site: short headings, found in any order, and the same checks."""

import pytest

from outcomes.periods import YearType
from outcomes.return_file import (
    FINGERTIPS,
    OWN,
    IndicatorFacts,
    KnownCodes,
    ReturnFileError,
    ValueNote,
    read_return_file,
)
from tests.outcomes.return_file.files import CODES, csv_of, opened, read

HEADINGS = (
    "indicator,area_code,period,sex,age,category_type,category,value,lower_95,upper_95,"
    "lower_998,upper_998,count,denominator,note,note_text,provisional"
)
DESCRIBED = KnownCodes(
    areas=CODES.areas,
    catalogue=(
        IndicatorFacts(
            fingertips_id=90362,
            code="healthy-life-expectancy",
            period_months=36,
            starts_in=1,
        ),
        IndicatorFacts(code="children-in-poverty", is_proportion=True),
        IndicatorFacts(code="pupils", year_type=YearType.ACADEMIC, starts_in=9, period_months=12),
    ),
)


def own(*rows, headings=HEADINGS):
    return "\n".join([headings, *rows, ""])


SOUND = "90362,E06000001,2015 - 17,Male,All ages,,,56.3,55.1,57.2,,,,,,,"


def message_of(text, *, codes=DESCRIBED):
    rows, file = read(text, codes=codes)
    assert not rows
    (error,) = file.errors
    return str(error)


def test_a_row_is_read_as_one_of_the_download_is():
    (row,), file = read(own(SOUND), codes=DESCRIBED)
    (same,), _ = read(
        csv_of({"Lower CI 95.0 limit": "55.1", "Upper CI 95.0 limit": "57.2"}), codes=CODES
    )

    assert row == same._replace(indicator_name="")
    assert file.columns.layout is OWN
    assert file.notices == ()


def test_an_indicator_may_be_named_by_its_code():
    rows, file = read(
        own(
            "healthy-life-expectancy,E06000001,2015 - 17,Male,All ages,,,56.3,,,,,,,,,",
            "children-in-poverty,E06000001,2015/16,Persons,Under 16,,,21.5,,,,,215,1000,,,",
        ),
        codes=DESCRIBED,
    )

    assert file.errors.total == 0
    assert [(row.indicator_id, row.indicator_code) for row in rows] == [
        (90362, ""),
        (0, "children-in-poverty"),
    ]


def test_the_code_and_the_number_of_an_indicator_are_one_indicator():
    text = own(
        "healthy-life-expectancy,E06000001,2015 - 17,Male,All ages,,,56.3,,,,,,,,,",
        "90362,E06000001,2015 - 17,Male,All ages,,,56.3,,,,,,,,,",
    )

    _, file = read(text, codes=DESCRIBED)

    assert [error.code for error in file.errors] == ["repeat"]


def test_the_short_template_needs_no_more_than_its_nine_headings():
    text = own(
        "children-in-poverty,E06000001,2015/16,21.5,20.1,22.9,215,1000,",
        headings="indicator,area_code,period,value,lower_ci,upper_ci,numerator,denominator,note",
    )

    (row,), file = read(text, codes=DESCRIBED)

    assert (row.sex, row.age, row.lower_95, row.count) == ("Persons", "All ages", 20.1, 215)
    assert [notice.message for notice in file.notices] == [
        "There is no column sex. We read Persons in every row.",
        "There is no column age. We read All ages in every row.",
    ]


@pytest.mark.parametrize(
    ("note", "text", "value", "read_note", "read_text"),
    [
        ("", "", "5", ValueNote.OK, ""),
        ("ok", "", "5", ValueNote.OK, ""),
        ("estimated", "By the borough", "5", ValueNote.ESTIMATED, "By the borough"),
        ("unreliable", "", "5", ValueNote.UNRELIABLE, ""),
        (
            "Small sample, interpret with caution",
            "",
            "5",
            ValueNote.UNRELIABLE,
            "Small sample, interpret with caution",
        ),
        ("suppressed", "", "", ValueNote.SUPPRESSED, ""),
        ("missing", "", "", ValueNote.MISSING, ""),
        ("withheld", "", "", ValueNote.WITHHELD, ""),
        ("not_applicable", "", "", ValueNote.NOT_APPLICABLE, ""),
        ("", "", "[c]", ValueNote.SUPPRESSED, ""),
        ("", "", "[x]", ValueNote.MISSING, ""),
        ("Value missing in source data", "", "", ValueNote.MISSING, "Value missing in source data"),
    ],
)
def test_a_note_is_one_of_the_words_or_free_text(note, text, value, read_note, read_text):
    quoted = f'"{note}"'
    (row,), file = read(
        own(f"90362,E06000001,2015 - 17,Male,All ages,,,{value},,,,,,,{quoted},{text},"),
        codes=DESCRIBED,
    )

    assert file.errors.total == 0
    assert (row.note, row.value_note_text) == (read_note, read_text)


@pytest.mark.parametrize(
    ("given", "provisional"),
    [("", False), ("no", False), ("0", False), ("Yes", True), ("true", True), ("1", True)],
)
def test_a_figure_may_be_provisional(given, provisional):
    (row,), _ = read(
        own(f"90362,E06000001,2015 - 17,Male,All ages,,,56.3,,,,,,,,,{given}"), codes=DESCRIBED
    )

    assert row.provisional is provisional


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "90362,E06000001,2015 - 17,Male,All ages,,,61.5,62.0,61.1,,,,,,,",
            (
                "Row 2, column I (lower_95): lower_95 62.0 is higher than upper_95 61.1. "
                "Have they been swapped?"
            ),
        ),
        (
            "90362,E06000001,2015 - 17,Male,All ages,,,60,61,62,,,,,,,",
            (
                "Row 2, column H (value): value 60 is lower than lower_95 61. "
                "Check the value and its limits."
            ),
        ),
        (
            "children-in-poverty,E06000001,2015/16,Male,All ages,,,60,,,,,30,20,,,",
            (
                "Row 2, column M (count): count 30 is higher than denominator 20. "
                "Check both. Have they been swapped?"
            ),
        ),
        (
            "90362,E06000001,2015 - 17,Male,All ages,,,,,,,,,,,,",
            "Row 2, column H (value): There is no value. Enter a value, or [x] if not available.",
        ),
        (
            "90362,E06000001,2015 - 17,Male,All ages,,,[c],,,,,3,,,,",
            (
                "Row 2, column M (count): This value is suppressed, but count is filled in. "
                "Leave the limits and count empty."
            ),
        ),
        (
            "90362,E06000001,2015 - 17,Male,All ages,,,5,,,,,,,suppressed,,",
            (
                "Row 2, column O (note): The note says that there is no value, but there is one. "
                "Remove the value, or correct the note."
            ),
        ),
        (
            "90362,E06000001,2015 - 17,Male,All ages,,,5,,,,,,,odd,more,",
            (
                "Row 2, column O (note): odd is not one of the notes, and note_text is filled in "
                "too. Enter ok, estimated, unreliable, remarked, missing, suppressed, withheld or "
                "not_applicable, and put the rest in note_text."
            ),
        ),
        (
            "90362,E06000001,2015 - 17,Male,All ages,,,5,,,,,,,,,maybe",
            "Row 2, column Q (provisional): maybe is neither yes nor no. Enter yes or no.",
        ),
        (
            "children-in-povrty,E06000001,2015/16,Male,All ages,,,5,,,,,,,,,",
            (
                "Row 2, column A (indicator): children-in-povrty is not an indicator we know. "
                "Did you mean children-in-poverty?"
            ),
        ),
        (
            "fingertips-5,E06000001,2015/16,Male,All ages,,,5,,,,,,,,,",
            (
                "Row 2, column A (indicator): fingertips-5 is not an indicator we know. Check it "
                "in the list of indicators, or give its name in the column indicator_name to bring "
                "in a new one."
            ),
        ),
        (
            "77777,E06000001,2015/16,Male,All ages,,,5,,,,,,,,,",
            (
                "Row 2, column A (indicator): 77777 is not an indicator we know. Check it in the "
                "list of indicators, or give its name in the column indicator_name to bring in a "
                "new one."
            ),
        ),
        (
            ",E06000001,2015/16,Male,All ages,,,5,,,,,,,,,",
            (
                "Row 2, column A (indicator): There is no indicator. "
                "Enter its code or its number at Fingertips, for example 90362."
            ),
        ),
        (
            "pupils,E06000001,2015 - 17,Male,All ages,,,5,,,,,,,,,",
            (
                "Row 2, column C (period): 2015 - 17 is 36 months long, but the values of this "
                "indicator are for 12 months. Enter a period of 12 months, for example 2024/25."
            ),
        ),
        (
            "90362,E06000001,2015/16 - 17/18,Male,All ages,,,5,,,,,,,,,",
            (
                "Row 2, column C (period): 2015/16 - 17/18 starts in April, but the values of this "
                "indicator are for calendar years. Enter a period that starts in January, for "
                "example 2022 - 24."
            ),
        ),
        (
            "90362,E06000001,2015 - 17,Male,All ages,,,5\x005,,,,,,,,,",
            (
                "Row 2, column H (value): This contains a hidden character (U+0000). "
                "Retype the cell."
            ),
        ),
    ],
)
def test_what_is_wrong_is_said_by_the_headings_of_the_file(row, message):
    assert message_of(own(row)) == message


def test_a_label_of_an_academic_year_is_one_where_the_indicator_is_so():
    (row,), _ = read(own("pupils,E06000001,2015/16,Male,All ages,,,5,,,,,,,,,"), codes=DESCRIBED)

    assert row.period.start_date.month == 9


def test_the_periods_of_the_download_must_fit_the_indicator_too():
    _, file = read(csv_of({"Time period": "2015"}), codes=DESCRIBED)

    assert [error.code for error in file.errors] == ["period-length"]


def test_a_new_indicator_comes_with_its_name():
    headings = f"indicator_name,{HEADINGS}"
    rows, file = read(
        own(
            "Shoe size,77777,E06000001,2015/16,Male,All ages,,,5,,,,,,,,,",
            "Hat size,hat-size,E06000001,2015/16,Male,All ages,,,5,,,,,,,,,",
            headings=headings,
        ),
        codes=DESCRIBED,
    )

    assert file.errors.total == 0
    assert [(row.indicator_id, row.indicator_code, row.indicator_name) for row in rows] == [
        (77777, "", "Shoe size"),
        (0, "hat-size", "Hat size"),
    ]


@pytest.mark.parametrize(
    ("headings", "message"),
    [
        (
            "indicator,area_code,period,value,lower_ci,lower_ci",
            "lower_ci appears twice (columns E and F). Remove one of the two columns.",
        ),
        (
            "indicator,area_code,period,value,notes2",
            "We do not know the heading notes2. Did you mean note?",
        ),
        (
            "indicator,area_code,value",
            "This heading is missing: period. Add it, or download the template.",
        ),
    ],
)
def test_wrong_headings_are_named_as_the_layout_has_them(headings, message):
    with pytest.raises(ReturnFileError) as refused:
        opened(own(headings=headings))

    assert str(refused.value) == message


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_another_separator_is_named(separator):
    with pytest.raises(ReturnFileError) as refused:
        opened(own(SOUND).replace(",", separator))

    assert refused.value.code == "separator"


@pytest.mark.parametrize(
    ("text", "layout", "message"),
    [
        (csv_of({}), OWN, "These are the headings of the layout fingertips, not of own."),
        (own(SOUND), FINGERTIPS, "These are the headings of the layout own, not of fingertips."),
    ],
)
def test_a_file_of_the_other_layout_is_not_read_as_one(text, layout, message, tmp_path):
    path = tmp_path / "file.csv"
    path.write_text(text)

    with path.open("rb") as content, pytest.raises(ReturnFileError) as refused:
        read_return_file(content=content, name="f.csv", codes=CODES, layout=layout)

    assert (refused.value.code, str(refused.value)) == ("layout", message)
