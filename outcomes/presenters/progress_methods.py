"""Methods of computing progress and what a later one moves, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from authorities.presenters.words import day_text
from outcomes.presenters.figures import TableCell, TableColumn
from outcomes.queries.progress_methods import ComparedMethod

COLUMNS = (
    TableColumn("Indicator", numeric=False),
    TableColumn("Strategic authority", numeric=False),
    TableColumn("As it is public now", numeric=False),
    TableColumn("By the later method", numeric=False),
)


@dataclass(frozen=True)
class ShownMethod:
    """A method with what it moves."""

    number: int
    text: str
    state: str
    is_public: bool
    moved_words: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[TableCell | str, ...], ...]


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
    moved = len(method.moved)
    return ShownMethod(
        number=method.number,
        text=method.text,
        state=state,
        is_public=is_public,
        moved_words=""
        if is_public
        else f"{moved} of {method.computed} labels would change"
        if moved
        else "No label would change",
        columns=COLUMNS,
        rows=tuple(
            (
                TableCell(
                    each.indicator,
                    each.area,
                    reverse("progress:indicator", args=[each.framework, each.lineage]),
                ),
                each.authority,
                TableCell(each.before, each.before_why),
                TableCell(each.after, each.after_why),
            )
            for each in method.moved
        ),
    )
