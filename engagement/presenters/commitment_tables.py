"""A table of counts, for a page and for its file."""

from dataclasses import dataclass

from duty.ui.components import Cell, Column


@dataclass(frozen=True)
class Table:
    """A table of the page; `code` names it in the file."""

    code: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell | str, ...], ...]
