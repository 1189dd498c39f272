"""Rows as the reader gives them, for tests of what stores them."""

from typing import Any

from outcomes.periods import read_period
from outcomes.return_file import ReturnRow, ValueNote


def row(*, area: Any, period: str = "2022 - 24", **said: Any) -> ReturnRow:
    """Return a row for the area; what is not said is a plain value for men."""
    facts: dict[str, Any] = {
        "row": 2,
        "indicator_id": 90362,
        "indicator_name": "Healthy life expectancy at birth",
        "area_key": area.pk,
        "area_code": "E06000001",
        "period": read_period(label=period),
        "sex": "Male",
        "age": "All ages",
        "category_type": "",
        "category": "",
        "value": 60.1,
        "lower_95": None,
        "upper_95": None,
        "lower_998": None,
        "upper_998": None,
        "count": None,
        "denominator": None,
        "note": ValueNote.OK,
        "value_note_text": "",
    }
    return ReturnRow(**{**facts, **said})
