"""Each rule of a row: what is refused, where, and in which words."""

from datetime import date

import pytest

from outcomes.return_file import ValueNote
from tests.outcomes.return_file.files import LISTED_INDICATORS, csv_of, only_error, read

MARKERS = (
    "If the value is withheld enter [c]; if it does not exist enter [z]; "
    "if not available enter [x]."
)
PERIODS = "Enter a period, for example 2015 - 17, 2015/16, 2024 or 2024/25 Q2."
EXCEL = "Excel has turned the period into a date. Format the column as Text."
CODE = "Enter the nine-character code of the area, for example E06000001."


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ('"1,200"', "1,200 has a comma. Enter 1200 without the comma."),
        ("60%", "60% has a % sign. Enter 60 without the % sign."),
        ('"60,5"', "60,5 has a comma. Use a full stop for decimals, for example 60.5."),
        ("suppressed", f"suppressed is not a number. {MARKERS}"),
        ("<5", f"<5 is not a number. {MARKERS}"),
        ("-", f"- is not a number. {MARKERS}"),
        ("..", f".. is not a number. {MARKERS}"),
        ("n/a", f"n/a is not a number. {MARKERS}"),
        ("NA", f"NA is not a number. {MARKERS}"),
        ("NaN", "NaN is not a number. Enter a number."),
        ("Infinity", "Infinity is not a number. Enter a number."),
        ("1e400", "1e400 is not a number. Enter a number."),
        (
            "1e3",
            "1e3 is not written out. Use the digits 0 to 9 only, for example 1000 and not 1e3.",
        ),
        ("1_000", "1_000 is not written in plain digits. Use the digits 0 to 9 only."),
        ("٦٣", "٦٣ is not written in plain digits. Use the digits 0 to 9 only."),
        ("６３", "６３ is not written in plain digits. Use the digits 0 to 9 only."),
        ("0x1F", "0x1F is not written in plain digits. Use the digits 0 to 9 only."),
        (
            "9" * 30,
            f"{'9' * 30} is too large (the most is 999,999,999). Check the number of digits.",
        ),
        (
            "9" * 5000,
            f"{'9' * 49}… is too large (the most is 999,999,999). Check the number of digits.",
        ),
        (
            "1.1234567890123456789",
            (
                "1.1234567890123456789 has 19 decimal places. Give Value in at most "
                "20 characters, here with at most 18 decimal places."
            ),
        ),
        ("0000000012", "0000000012 starts with zeros. Leave the leading zeros out."),
        ("+5", "+5 has a plus sign. Leave the + sign out."),
        (
            "\u22125",
            "\u22125 uses a typographic minus sign. Type - instead, for example -1.5.",
        ),
        ("#DIV/0!", "#DIV/0! is an Excel error. Correct the formula in Excel."),
        ("<b>5</b>", "<b>5</b> is not a number. Enter a number."),
        ("5\x005", "This contains a hidden character (U+0000). Retype the cell."),
        ("5\u200b5", "This contains a hidden character (U+200B). Retype the cell."),
    ],
)
def test_a_value_that_is_no_plain_number_is_refused(given, message):
    text = csv_of({"Area Code": "E06000002"}, {"Value": given})

    assert only_error(text) == f"Row 3, column M (Value): {message}"


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ("0", 0.0),
        ("-1.5", -1.5),
        ("347.362184587632", 347.362184587632),
        ("0.000123456789012345", 0.000123456789012345),
        ("\u00a0 60.0 ", 60.0),
        ("999999999", 999999999.0),
    ],
)
def test_a_plain_number_is_read_exactly(given, value):
    (row,), _ = read(csv_of({"Value": given}))

    assert row.value == value
    assert row.note is ValueNote.OK


LIMITS_95 = ("Lower CI 95.0 limit", "Upper CI 95.0 limit")


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (
            {LIMITS_95[0]: "62.0", LIMITS_95[1]: "61.1", "Value": "61.5"},
            (
                "Row 2, column N (Lower CI 95.0 limit): Lower CI 95.0 limit 62.0 is higher than "
                "Upper CI 95.0 limit 61.1. Have they been swapped?"
            ),
        ),
        (
            {LIMITS_95[0]: "57.0", LIMITS_95[1]: "61.1"},
            (
                "Row 2, column M (Value): Value 56.3 is lower than Lower CI 95.0 limit 57.0. "
                "Check the value and its limits."
            ),
        ),
        (
            {"Upper CI 99.8 limit": "56.2"},
            (
                "Row 2, column M (Value): Value 56.3 is higher than Upper CI 99.8 limit 56.2. "
                "Check the value and its limits."
            ),
        ),
        (
            {"Value": "", LIMITS_95[0]: "57.0"},
            (
                "Row 2, column N (Lower CI 95.0 limit): There is a Lower CI 95.0 limit but no "
                "value. Enter the value, or leave the limits empty."
            ),
        ),
        (
            {"Count": "-1"},
            ("Row 2, column R (Count): Count -1 is less than 0. Enter 0 or a higher whole number."),
        ),
        (
            {"Count": "12.5"},
            (
                "Row 2, column R (Count): Count 12.5 is not a whole number. "
                "Enter a whole number, for example 12."
            ),
        ),
        (
            {"Denominator": "0"},
            (
                "Row 2, column S (Denominator): Denominator 0 is too low. "
                "Denominator must be 1 or more, or empty."
            ),
        ),
        (
            {"Value": "[c]", "Count": "3"},
            (
                "Row 2, column R (Count): This value is suppressed, but Count is filled in. "
                "Leave the limits and Count empty."
            ),
        ),
        (
            {"Value note": "Value suppressed for disclosure control due to small count"},
            (
                "Row 2, column T (Value note): The note says that there is no value, but there "
                "is one. Remove the value, or correct the note."
            ),
        ),
        (
            {"Value": "[x]", "Value note": "Value suppressed for disclosure control reasons"},
            (
                "Row 2, column T (Value note): The note says that the value is suppressed, but "
                "Value has [x]. Enter [c] as the value, or correct the note."
            ),
        ),
        (
            {"Indicator ID": "90362.0"},
            (
                "Row 2, column A (Indicator ID): 90362.0 is not a whole number. "
                "Enter the indicator ID, for example 90362."
            ),
        ),
        (
            {"Indicator ID": "９０３６２"},
            (
                "Row 2, column A (Indicator ID): ９０３６２ is not a whole number. "
                "Enter the indicator ID, for example 90362."
            ),
        ),
        (
            {"Sex": "M"},
            (
                "Row 2, column H (Sex): M is not a sex that we can read. "
                "Enter Persons, Male or Female."
            ),
        ),
        (
            {"Age": " "},
            ("Row 2, column I (Age): There is no age. Enter the age, for example All ages."),
        ),
        (
            {"Category": "Most deprived"},
            (
                "Row 2, column J (Category Type): Category Type and Category go together, but "
                "one of them is empty. Fill in both, or leave both empty."
            ),
        ),
        (
            {"Age": "x" * 101},
            ("Row 2, column I (Age): This text has 101 characters, the most is 100. Shorten it."),
        ),
    ],
)
def test_a_cell_that_does_not_fit_is_refused_at_its_place(cells, message):
    assert only_error(csv_of(cells)) == message


def test_the_figure_beside_a_suppressed_value_is_not_repeated():
    _, file = read(csv_of({"Value": "[c]", "Count": "3", "Lower CI 95.0 limit": "1.0"}))

    assert [(error.column_letter, error.given) for error in file.errors] == [("N", ""), ("R", "")]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("E99999999", f"E99999999 is not an area code we know. {CODE}"),
        ("E0600OO01", "E0600OO01 is not an area code we know. Did you mean E06000001?"),
        ("e06000001", "e06000001 is not an area code we know. Did you mean E06000001?"),
        ("Hartlepool", "Hartlepool is not an area code we know. Did you mean E06000001?"),
        ("NA", f"NA is not an area code we know. {CODE}"),
        ("", f"There is no area code. {CODE}"),
        ("Total", "Total is not an area code. Remove total rows."),
    ],
)
def test_an_unknown_area_code_is_refused(code, message):
    assert only_error(csv_of({"Area Code": code})) == f"Row 2, column E (Area Code): {message}"


@pytest.mark.parametrize(
    ("code", "period", "message"),
    [
        (
            "E08000016",
            "2023 - 25",
            (
                "E08000016 ended on 31 March 2025 and became E08000038. "
                "Did you mean E08000038? Use the new code for periods from April 2025."
            ),
        ),
        (
            "E54000025",
            "2026/27",
            (
                "E54000025 ended on 31 March 2026 and became E54000070 and E54000071. "
                "Did you mean E54000070 or E54000071? "
                "Use the new codes for periods from April 2026."
            ),
        ),
        (
            "E10000006",
            "2024",
            (
                "E10000006 ended on 31 March 2023, before this period did. "
                "Use a code that is in force for periods that end after 31 March 2023."
            ),
        ),
    ],
)
def test_a_code_that_ended_before_the_period_did_is_refused(code, period, message):
    text = csv_of({"Area Code": code, "Time period": period, "Time period Sortable": ""})

    assert only_error(text) == f"Row 2, column E (Area Code): {message}"


def test_a_former_code_is_accepted_for_its_own_time_and_a_new_one_for_earlier_periods():
    former = {"Area Code": "E08000016", "Time period": "2024/25", "Time period Sortable": ""}
    new = {"Area Code": "E08000038"}

    rows, _ = read(csv_of(former, new))

    assert [row.area_key for row in rows] == ["barnsley", "barnsley"]
    assert rows[0].period.end_date == date(2025, 4, 1)


@pytest.mark.parametrize(
    ("period", "message"),
    [
        ("2025-2026", "2025-2026 is not a period we can read. Enter the period as 2025/26."),
        ("Mar-26", f"Mar-26 is a date, not a period. Enter the period as 2025/26. {EXCEL}"),
        ("46113", f"46113 is a date, not a period. Enter the period as 2025/26. {EXCEL}"),
        ("2025/27", "2025/27 is not one year. Enter the period as 2025/26."),
        ("", f"The period is empty. {PERIODS}"),
        (
            "2016 - 18",
            (
                "The period 2016 - 18 does not match Time period Sortable (20150000). "
                "Correct the one that is wrong, or leave Time period Sortable empty."
            ),
        ),
    ],
)
def test_a_period_that_cannot_be_read_is_refused(period, message):
    text = csv_of({"Time period": period})

    assert only_error(text) == f"Row 2, column L (Time period): {message}"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "90362,Healthy, life,E06000001",
            (
                "Row 3: This row has 4 values, the headings have 26. "
                "Add the empty cells at the end, or save the file again as CSV."
            ),
        ),
        (
            "x" + "," * 26,
            (
                "Row 3: This row has 27 values, the headings have 26. "
                "Is there a comma inside a value? Put the value in quotes."
            ),
        ),
        (
            '90362,"Healthy',
            (
                "Row 3: A quotation mark is opened and not closed. "
                'Close it, or write " as "" inside a value in quotes.'
            ),
        ),
        (
            '90362,"Healthy" life',
            (
                "Row 3: A quotation mark ends a value before its comma. "
                'Write " as "" inside a value in quotes, for example "the ""healthy"" years".'
            ),
        ),
    ],
)
def test_a_row_of_the_wrong_shape_is_refused_and_never_shifted(row, message):
    text = csv_of({}) + row + "\n"

    rows, file = read(text)

    assert [str(error) for error in file.errors] == [message]
    assert [row.row for row in rows] == [2]


def test_row_and_line_are_both_said_after_a_cell_with_a_line_break():
    text = csv_of({"Age": '"All\nages"'}, {"Area Code": "E06000002", "Value": "x1"})

    message = only_error(text)

    assert message == (
        "Row 3 (line 4 of the file), column M (Value): x1 is not a number. Enter a number."
    )


def test_a_quotation_mark_never_closed_ends_the_reading_at_once():
    text = csv_of({}) + '90362,"' + "x,\n" * 50_000

    assert only_error(text).startswith("Row 3: A quotation mark is opened and not closed.")


def test_every_fault_is_said_one_a_cell_from_left_to_right():
    wrong = {"Value": "x1", "Sex": "M", "Area Code": "E9", "Indicator ID": "?", "Count": "-1"}

    _, file = read(csv_of(wrong, {}))

    assert [error.column_letter for error in file.errors] == ["A", "E", "H", "M", "R"]
    assert file.errors.total == 5


def test_of_a_total_row_only_that_is_said():
    text = csv_of({"Area Code": "Total", "Time period": "", "Time period Sortable": "", "Sex": ""})

    assert only_error(text) == (
        "Row 2, column E (Area Code): Total is not an area code. Remove total rows."
    )


SAME = "the same indicator, area, period, sex, age and category"


def test_an_exact_repeat_is_refused():
    assert only_error(csv_of({}, {"Area Code": "E06000002"}, {"Value": "56.30"})) == (
        f"Row 4: This row repeats row 2 ({SAME}). Remove one."
    )


def test_two_values_for_one_figure_are_refused_also_under_a_former_code():
    current = {"Area Code": "E08000038", "Value": "1"}
    former = {"Area Code": "E08000016", "Value": "2"}

    assert only_error(csv_of(current, former)) == (
        f"Row 3: Rows 2 and 3 give different values for {SAME}. "
        "Keep the right one and remove the other."
    )


def test_rows_that_differ_in_one_breakdown_are_not_repeats():
    rows, file = read(
        csv_of(
            {},
            {"Sex": "Female"},
            {"Age": "65 and over"},
            {"Category Type": "Deprivation", "Category": "Most deprived"},
            {"Time period": "2015", "Time period Sortable": "20150000"},
            {"Indicator ID": "90366"},
        )
    )

    assert len(rows) == 6
    assert file.errors.total == 0


@pytest.mark.parametrize(
    ("value", "text", "note", "read_value"),
    [
        ("", "", ValueNote.MISSING, None),
        ("", "Value missing in source data", ValueNote.MISSING, None),
        ("0", "", ValueNote.OK, 0.0),
        ("c", "", ValueNote.SUPPRESSED, None),
        ("*", "", ValueNote.SUPPRESSED, None),
        ("[c]", "", ValueNote.SUPPRESSED, None),
        ("[x]", "", ValueNote.MISSING, None),
        ("[z]", "", ValueNote.NOT_APPLICABLE, None),
        (
            "",
            "Value suppressed for disclosure control due to small count",
            ValueNote.SUPPRESSED,
            None,
        ),
        ("", "Value not published for data quality reasons", ValueNote.WITHHELD, None),
        (
            "",
            "Value cannot be calculated as number of cases is too small",
            ValueNote.WITHHELD,
            None,
        ),
        ("5", "Interpret with caution", ValueNote.UNRELIABLE, 5.0),
        ("5", "There is a data quality issue with this value", ValueNote.UNRELIABLE, 5.0),
        ("5", "Value estimated", ValueNote.ESTIMATED, 5.0),
        ("5", "Value for Cornwall and Isles of Scilly combined", ValueNote.REMARKED, 5.0),
    ],
)
def test_missing_suppressed_and_zero_stay_apart(value, text, note, read_value):
    (row,), _ = read(csv_of({"Value": value, "Value note": text}))

    assert row.note is note
    assert row.value == read_value
    assert row.value_note_text == text


def test_a_short_marker_is_said_in_a_notice():
    _, file = read(csv_of({"Value": "c"}, {"Value": "[c]", "Area Code": "E06000002"}))

    assert [notice.message for notice in file.notices] == [
        "We read c and * as [c]: the value is suppressed."
    ]


def test_a_suppressed_value_may_have_its_denominator():
    (row,), _ = read(csv_of({"Value": "[c]", "Denominator": "200"}))

    assert (row.note, row.denominator) == (ValueNote.SUPPRESSED, 200.0)


def test_the_count_of_a_proportion_is_part_of_its_denominator():
    text = csv_of({"Count": "30", "Denominator": "20"})

    assert only_error(text, codes=LISTED_INDICATORS) == (
        "Row 2, column R (Count): Count 30 is higher than Denominator 20. "
        "Check both. Have they been swapped?"
    )
    assert len(read(text)[0]) == 1


def test_only_listed_indicators_may_come_where_there_is_a_list():
    text = csv_of({"Indicator ID": "1"})

    assert only_error(text, codes=LISTED_INDICATORS) == (
        "Row 2, column A (Indicator ID): 1 is not an indicator we know. "
        "Check it in the list of indicators."
    )


def test_a_value_in_a_column_without_heading_is_refused():
    lines = csv_of({}, {"Area Code": "E06000002"}).splitlines()

    message = only_error(f"{lines[0]},\n{lines[1]},\n{lines[2]},7\n")

    assert message == (
        "Row 3, column AA: This column has a value but no heading. "
        "Enter a heading, or remove the column."
    )


def test_long_and_hidden_text_is_shown_plainly():
    _, file = read(csv_of({"Value": "\u202e" + "x" * 60}))

    (error,) = file.errors
    assert error.given == "U+202E" + "x" * 43 + "…"
    assert len(error.given) == 50
