"""The layouts that a file may have: what each column is called, and which must be there.

A column is known inside by its heading in the Fingertips download, whatever the file calls it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

INDICATOR_ID: Final = "Indicator ID"
INDICATOR_NAME: Final = "Indicator Name"
AREA_CODE: Final = "Area Code"
SEX: Final = "Sex"
AGE: Final = "Age"
CATEGORY_TYPE: Final = "Category Type"
CATEGORY: Final = "Category"
TIME_PERIOD: Final = "Time period"
VALUE: Final = "Value"
LOWER_95: Final = "Lower CI 95.0 limit"
UPPER_95: Final = "Upper CI 95.0 limit"
LOWER_998: Final = "Lower CI 99.8 limit"
UPPER_998: Final = "Upper CI 99.8 limit"
COUNT: Final = "Count"
DENOMINATOR: Final = "Denominator"
VALUE_NOTE: Final = "Value note"
COMPARED: Final = "Compared to England value or percentiles"
SORTABLE: Final = "Time period Sortable"
# Not in the download.
METHOD: Final = "Method"
# In the layout of this site only.
NOTE_TEXT: Final = "Note text"
PROVISIONAL: Final = "Provisional"

_FIGURES: Final = (VALUE, LOWER_95, UPPER_95, LOWER_998, UPPER_998, COUNT, DENOMINATOR)


@dataclass(frozen=True, slots=True)
class Layout:
    """How the columns of a file are named.

    Args:
        name: 'fingertips' or 'own', as a command or an upload names it.
        headings: the heading of each column that is read, by its name inside.
        required: the columns that must be there, by their names inside.
        spellings: other headings of a column, and the name inside of each.
        unread: headings that may be there and are not read.
        unread_pattern: what a heading, folded, looks like that differs from file to file.
        columns: how many columns the template has.
        absent: what every row says where the file lacks a column.
        blank_is_missing: an empty value is a missing one; otherwise it must be marked as such.
        has_note_words: a note may be one of our own words, which then is no text to be kept.
    """

    name: str
    headings: Mapping[str, str]
    required: tuple[str, ...]
    columns: int
    spellings: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    unread_pattern: re.Pattern[str] | None = None
    absent: Mapping[str, str] = field(default_factory=dict)
    blank_is_missing: bool = True
    has_note_words: bool = False


FINGERTIPS: Final = Layout(
    name="fingertips",
    headings={
        name: name
        for name in (
            *(INDICATOR_ID, INDICATOR_NAME, AREA_CODE, SEX, AGE, CATEGORY_TYPE, CATEGORY),
            *(TIME_PERIOD, VALUE, VALUE_NOTE),
            *_FIGURES[1:],
            COMPARED,
            SORTABLE,
            METHOD,
        )
    },
    # Without one of these a row would mean something else: a suppressed value would look missing,
    # a value of one group would look like that of all.
    required=(
        *(INDICATOR_ID, INDICATOR_NAME, AREA_CODE, SEX, AGE, CATEGORY_TYPE, CATEGORY),
        *(TIME_PERIOD, VALUE, VALUE_NOTE),
    ),
    columns=26,
    # Part of the download, but said by other columns or computed from them.
    # Source: the header of the download, ukhsa-collaboration/fingertips-open,
    # ServicesWebTest/Controllers/DataControllerTest.cs; later downloads add the range.
    unread=(
        "Parent Code",
        "Parent Name",
        "Area Name",
        "Area Type",
        "Recent Trend",
        "New data",
        "Compared to goal",
        "Time period range",
        # What a template says of itself.
        "Return for",
        "Body",
    ),
    # The region's name stands in this heading: 'Compared to Regions (statistical) value or ...'.
    unread_pattern=re.compile(r"comparedto.*(?:percentiles|value)"),
)

OWN: Final = Layout(
    name="own",
    headings={
        INDICATOR_ID: "indicator",
        INDICATOR_NAME: "indicator_name",
        AREA_CODE: "area_code",
        TIME_PERIOD: "period",
        SEX: "sex",
        AGE: "age",
        CATEGORY_TYPE: "category_type",
        CATEGORY: "category",
        VALUE: "value",
        LOWER_95: "lower_95",
        UPPER_95: "upper_95",
        LOWER_998: "lower_998",
        UPPER_998: "upper_998",
        COUNT: "count",
        DENOMINATOR: "denominator",
        VALUE_NOTE: "note",
        NOTE_TEXT: "note_text",
        PROVISIONAL: "provisional",
        METHOD: "method",
    },
    required=(INDICATOR_ID, AREA_CODE, TIME_PERIOD, VALUE),
    columns=19,
    spellings={"lower_ci": LOWER_95, "upper_ci": UPPER_95, "numerator": COUNT},
    unread=("area_name",),
    absent={SEX: "Persons", AGE: "All ages"},
    blank_is_missing=False,
    has_note_words=True,
)

LAYOUTS: Final = {layout.name: layout for layout in (FINGERTIPS, OWN)}
