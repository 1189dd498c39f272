"""One row of a file, read."""

from collections.abc import Hashable
from typing import NamedTuple

from outcomes.periods import Period
from outcomes.return_file.notes import ValueNote


class ReturnRow(NamedTuple):
    """One published figure. A tuple, because a file has a million of them.

    Args:
        row: row of the file as a spreadsheet counts it.
        indicator_id: number of the indicator at Fingertips; 0 where it has only a code.
        value: in the unit of the indicator; None where the note says why there is none.
        lower_95: limits of confidence, in the unit of the indicator; None where not given.
        count: whole number of cases, None where not given.
        denominator: None where not given; need not be whole, since some are weighted.
        note: what to bear in mind about the value, or why there is none.
        value_note_text: the note as published.
        indicator_code: code of an indicator that has no number; else empty.
        provisional: the publisher expects to change the figure.
        publishers_comparison: with England: better, similar, worse, higher or lower; None where the
            publisher says none of them, or there is no value.
    """

    row: int
    indicator_id: int
    indicator_name: str
    area_key: Hashable
    area_code: str
    period: Period
    sex: str
    age: str
    category_type: str
    category: str
    value: float | None
    lower_95: float | None
    upper_95: float | None
    lower_998: float | None
    upper_998: float | None
    # Hides tuple.count, which nobody needs of a row.
    count: int | None  # type: ignore[assignment]
    denominator: float | None
    note: ValueNote
    value_note_text: str
    indicator_code: str = ""
    provisional: bool = False
    publishers_comparison: str | None = None
