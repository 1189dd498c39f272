"""The list of indicators on a dashboard of progress: one row each, its labels side by side."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from outcomes.people import people_words
from outcomes.presenters.figures import TableCell, TableColumn
from outcomes.presenters.owner_notes import flag_of, notes_on
from outcomes.progress_labels import NOT_COMPARED, amount
from outcomes.queries.owner_notes import NoteFacts
from outcomes.stats import Comparison, Trend
from outcomes.stats.comparability import Confidence

_NO_VALUE = {"suppressed": "suppressed", "missing": "missing", "withheld": "not published"}
COLUMNS = (
    TableColumn("Indicator", numeric=False),
    TableColumn("Latest value", numeric=True),
    TableColumn("Against what was agreed", numeric=False),
    TableColumn("Recent trend", numeric=False),
    TableColumn("Beside England", numeric=False),
    TableColumn("Confidence in the data", numeric=False),
)


TO_CONFIRM = " · Revised baseline: to be confirmed by its owners"


def row_cells(
    *, row: Mapping[str, Any], notes: Sequence[NoteFacts], to_confirm: bool = False
) -> tuple[TableCell | str, ...]:
    """Return the cells of one indicator under COLUMNS.

    Args:
        row: as a picture keeps it.
        notes: what owners say, of this indicator or another.
        to_confirm: its baseline was revised by much, and an owner has yet to confirm it.
    """
    url = reverse("progress:indicator", args=[row["framework"], row["lineage"]])
    return (
        TableCell(row["name"], f"{who(row=row)}, {row['area']}", url),
        TableCell(value_words(row=row), _limits(row)),
        TableCell(
            row["words"],
            _behind_status(row, to_confirm=to_confirm),
            status=row["status"],
            flag=flag_of(notes=notes_on(row=row, notes=notes)),
            flag_url=f"{url}#owners",
        ),
        TableCell(
            row["trend"],
            row["change"] if row["trend_label"] == Trend.CANNOT_BE_CALCULATED else "",
            quiet=row["trend_label"] == Trend.CANNOT_BE_CALCULATED,
        ),
        TableCell(
            row["england"],
            _beside(row),
            quiet=row["england_label"] == Comparison.NOT_COMPARED,
        ),
        TableCell(
            confidence_words(level=row["confidence"]),
            row["confidence_why"],
            quiet=row["confidence"] == Confidence.NONE,
        ),
    )


def _behind_status(row: Mapping[str, Any], *, to_confirm: bool) -> str:
    """Return the share with the change that was tested: a status alone may rest on chance."""
    said = row["share"] or row["why"]
    # A picture from before this was kept in it has none, until the next recompute.
    if row.get("since_baseline_label", NOT_COMPARED) != NOT_COMPARED:
        said = f"{said} · {row['since_baseline']}"
    return f"{said}{TO_CONFIRM if to_confirm else ''}"


def _beside(row: Mapping[str, Any]) -> str:
    by = "the publisher’s own comparison" if row["england_by_publisher"] else ""
    said = "; ".join(filter(None, (by, row["gap"])))
    return f"{said} · {row['gap_change'].rstrip('.')}" if row.get("gap_movement") else said


def confidence_words(*, level: str) -> str:
    """Return how sure the data are; where nothing is assessed, nothing is said of them."""
    return "Not judged" if level == Confidence.NONE else level.capitalize()


def who(*, row: Mapping[str, Any]) -> str:
    """Return whom an indicator's values are of: 'men', 'people, 16+ yrs'."""
    return people_words(sex=row["sex"], age=row["age"], category=row["category"])


def value_words(*, row: Mapping[str, Any]) -> str:
    """Return the latest value with its unit, or why there is none: never a nought."""
    if row["value"] is None:
        return _NO_VALUE.get(row["note"], "no value").capitalize()
    return amount(value=row["value"], places=row["places"], unit=row["unit"])


def _limits(row: Mapping[str, Any]) -> str:
    said = [row["period"]] if row["period"] else []
    if row["lower"] is not None and row["upper"] is not None:
        low, high = (
            amount(value=one, places=row["places"], unit="") for one in (row["lower"], row["upper"])
        )
        said.append(f"95% limits {low} to {high}")
    if row["provisional"]:
        said.append("provisional")
    return ", ".join(said)
