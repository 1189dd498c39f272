"""Methods of computing progress and what a later one moves, in words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from authorities.csv_text import write_csv
from authorities.presenters.words import day_text
from outcomes.presenters.figures import TableCell, TableColumn
from outcomes.presenters.progress_indicator import LabelRow, label_rows
from outcomes.queries.progress_methods import ComparedMethod, Moved

COLUMNS = (
    TableColumn("Indicator", numeric=False),
    TableColumn("Strategic authority", numeric=False),
    TableColumn("Label", numeric=False),
    TableColumn("As it is public now", numeric=False),
    TableColumn("By the later method", numeric=False),
)
_HEADINGS = (
    *("authority", "framework_id", "indicator_id", "indicator", "area", "label"),
    *("now", "now_why", "later", "later_why"),
)
# A new method may move thousands: the page shows so many, the file holds them all.
_MOST_ROWS = 100
_NOTHING = LabelRow("", "Not said", "")


@dataclass(frozen=True)
class ShownMethod:
    """A method with what it moves.

    counts: how many of each label would change, in words; nothing where none would.
    more: how many rows only the file holds.
    """

    number: int
    text: str
    state: str
    is_public: bool
    moved_words: str
    counts: tuple[str, ...]
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[TableCell | str, ...], ...]
    more: int


def present(*, methods: Sequence[ComparedMethod]) -> tuple[ShownMethod, ...]:
    """Return every method, the newest first."""
    return tuple(one(method=each) for each in methods)


def one(*, method: ComparedMethod) -> ShownMethod:
    """Return a method in words."""
    is_public = method.public_at is not None
    state = (
        f"Public since {day_text(day=method.public_at.date())}"
        if method.public_at is not None
        else f"Not public yet. {method.computed} of {method.of} indicators in force are computed"
    )
    differing = [(each, *labels) for each in method.moved for labels in _differing(each)]
    indicators = {(each.framework, each.lineage) for each, _, _ in differing}
    counts = Counter(after.question for _, _, after in differing)
    return ShownMethod(
        number=method.number,
        text=method.text,
        state=state,
        is_public=is_public,
        moved_words=""
        if is_public
        else f"Labels of {len(indicators)} of {method.computed} indicators would change"
        if differing
        else "No label would change",
        counts=tuple(f"{question}: {number}" for question, number in counts.items()),
        columns=COLUMNS,
        rows=tuple(
            (
                TableCell(
                    each.indicator,
                    each.area,
                    reverse("progress:indicator", args=[each.framework, each.lineage]),
                ),
                each.authority,
                after.question,
                TableCell(before.label, before.why),
                TableCell(after.label, after.why),
            )
            for each, before, after in differing[:_MOST_ROWS]
        ),
        more=max(len(differing) - _MOST_ROWS, 0),
    )


def moved_csv(*, method: ComparedMethod) -> str:
    """Return every label that the method would change, as it is now and as it would be."""
    return write_csv(
        headings=_HEADINGS,
        rows=(
            (
                each.authority,
                str(each.framework),
                str(each.lineage),
                each.indicator,
                each.area,
                after.question,
                before.label,
                before.why,
                after.label,
                after.why,
            )
            for each in method.moved
            for before, after in _differing(each)
        ),
    )


def _differing(moved: Moved) -> Iterator[tuple[LabelRow, LabelRow]]:
    """Return the rows of the indicator's page that read otherwise, as they are and would be."""
    before = {row.question: row for row in label_rows(content=moved.before)}
    after = {row.question: row for row in label_rows(content=moved.after)}
    for question in dict.fromkeys((*before, *after)):
        was, becomes = before.get(question, _NOTHING), after.get(question, _NOTHING)
        if (was.label, was.why) != (becomes.label, becomes.why):
            yield was, LabelRow(question, becomes.label, becomes.why)
