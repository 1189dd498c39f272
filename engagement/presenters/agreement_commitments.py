"""How many commitments of each theme there are under an agreement."""

from collections.abc import Collection

from duty.record_words import THEME_WORDS
from duty.standing_records import Theme
from duty.ui.components import Cell, Column
from engagement.queries.agreement_commitments import ThemeCount

COLUMNS = (
    Column("Theme"),
    Column("Commitments", numeric=True),
    Column("Agreed by both sides", numeric=True),
)
_THEMES = {one.value: text for one, text in THEME_WORDS.items()}


def count_rows(*, counts: Collection[ThemeCount]) -> tuple[tuple[Cell, ...], ...]:
    """Return a row for each theme in the order of the questions, and one for all."""
    order = [one.value for one in Theme]
    found = sorted(
        counts, key=lambda one: order.index(one.theme) if one.theme in order else len(order)
    )
    rows: list[tuple[Cell, ...]] = [
        (Cell(_THEMES.get(one.theme, "No theme")), Cell(str(one.count)), Cell(str(one.agreed)))
        for one in found
    ]
    if len(rows) > 1:
        total = (sum(one.count for one in counts), sum(one.agreed for one in counts))
        rows.append((Cell("All"), *(Cell(str(value)) for value in total)))
    return tuple(rows)
