"""The dashboard of progress in England: authorities by name, never by how they stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from outcomes.presenters.figures import TableCell, TableColumn
from outcomes.presenters.progress import Calculated, Link, Summary, stale_words, summary
from outcomes.progress_labels import STATUS_WORDS
from outcomes.progress_picture import counts_from_json
from outcomes.queries.progress_pages import NationFacts


@dataclass(frozen=True)
class NationPage:
    """The nation's dashboard."""

    calculated: Calculated | None
    summary: Summary | None
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[TableCell | str, ...], ...]
    without: tuple[Link, ...]
    without_words: str
    files: tuple[Link, ...]


def present_nation(*, facts: NationFacts, now: datetime) -> NationPage:
    """Return the nation's dashboard: authorities by name, never by how they stand."""
    without = tuple(
        Link(name, reverse("progress:authority", args=[slug])) for slug, name in facts.without
    )
    noun = "strategic authority has" if len(without) == 1 else "strategic authorities have"
    words = f"{len(without)} {noun} no agreed framework yet" if without else ""
    if facts.picture is None or not facts.picture.content["authorities"]:
        return NationPage(None, None, (), (), without, words, ())
    picture = facts.picture
    return NationPage(
        calculated=Calculated(
            at=picture.computed_at,
            stale=stale_words(computed_at=picture.computed_at, failed=facts.failed, now=now),
            method=picture.method,
        ),
        summary=summary(counts=counts_from_json(content=picture.content["counts"])),
        columns=(
            TableColumn("Strategic authority", numeric=False),
            TableColumn("Indicators", numeric=True),
            TableColumn("Assessed", numeric=True),
            *(
                TableColumn(words, numeric=True)
                for status, words in STATUS_WORDS.items()
                if status != "not_assessed"
            ),
        ),
        rows=tuple(_authority(one) for one in picture.content["authorities"]),
        without=without,
        without_words=words,
        files=(
            Link("These counts of each authority (CSV)", reverse("progress:nation-authorities")),
            Link(
                "Every indicator of every framework with status and reason (CSV)",
                reverse("progress:nation-indicators"),
            ),
            Link("What the columns mean (CSV)", reverse("progress:dictionary")),
        ),
    )


def _authority(one: Mapping[str, Any]) -> tuple[TableCell | str, ...]:
    counts = counts_from_json(content=one["counts"])
    return (
        TableCell(one["name"], "", reverse("progress:authority", args=[one["slug"]])),
        str(counts.total),
        f"{counts.assessed} of {counts.total}",
        *(
            TableCell(str(each.number), quiet=not each.number)
            for each in counts.statuses
            if each.status != "not_assessed"
        ),
    )
