"""How what frameworks count stands, for dashboards: statuses counted, measures with their pages."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from outcomes.counts import Bearing, CountStatus
from outcomes.presenters.counts import meaning_text, status_text
from outcomes.presenters.figures import TableCell, TableColumn

COLUMNS = (
    TableColumn("What is counted", numeric=False),
    TableColumn("Status so far", numeric=False),
)
_KINDS = {CountStatus.NO_VALUE: "na", CountStatus.NO_TARGET: "na"}


@dataclass(frozen=True)
class CountItem:
    """How many of how many, for a list of counts; `status` is a code with a sign of its own."""

    number: str
    of: str
    label: str
    kind: str
    status: str = ""


@dataclass(frozen=True)
class CountedBlock:
    """What the frameworks of a dashboard count: how many stand where, and each with its page."""

    heading: str
    counts: tuple[CountItem, ...]
    caption: str
    rows: tuple[tuple[TableCell | str, ...], ...]


def counted_block(*, frameworks: Sequence[Mapping[str, Any]]) -> CountedBlock | None:
    """Return the block, out of the frameworks of a picture; None where nothing is counted."""
    # A picture from before counts were kept in it has none.
    measures = [(one, measure) for one in frameworks for measure in one.get("measures", ())]
    if not measures:
        return None
    total = len(measures)
    found = Counter(measure["status"] for _, measure in measures)
    noun = "count" if total == 1 else "counts"
    return CountedBlock(
        heading=f"What was counted: {total} {noun}",
        counts=tuple(
            CountItem(
                str(found[status]), str(total), status_text(status=status), _KINDS.get(status, "")
            )
            for status in CountStatus
        ),
        caption=f"All {total} {noun}, in the order of the framework",
        rows=tuple(_row(framework, measure) for framework, measure in measures),
    )


def _row(framework: Mapping[str, Any], measure: Mapping[str, Any]) -> tuple[TableCell | str, ...]:
    status = CountStatus(measure["status"])
    bearing = Bearing(measure["bearing"]) if measure["bearing"] else None
    meaning = meaning_text(status=status, bearing=bearing)
    return (
        TableCell(
            measure["name"],
            measure["item"],
            reverse("outcomes:count", args=[framework["id"], measure["lineage"]]),
        ),
        TableCell(status_text(status=status), meaning[:1].upper() + meaning[1:]),
    )
