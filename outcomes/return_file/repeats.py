"""Rows of one file that give the same figure twice."""

from array import array
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np


class Repeat(NamedTuple):
    """A row that gives a figure which an earlier row gives too.

    Args:
        row: the later row.
        first: the first row with the figure.
        is_same: whether both say the same of it.
    """

    row: int
    first: int
    is_same: bool


class Repeats:
    """Remembers 24 bytes a row, and finds out at the end: a file has a million rows."""

    def __init__(self) -> None:
        self._keys = array("q")
        self._rows = array("q")
        self._prints = array("q")

    def add(self, *, key: int, row: int, content: int) -> None:
        """Remember a row.

        Args:
            key: the same number for the same figure.
            row: row of the file; each is higher than the one before.
            content: a number that differs where the row says something else.
        """
        self._keys.append(key)
        self._rows.append(row)
        self._prints.append(content)

    def found(self) -> Iterator[Repeat]:
        """Yield each row that repeats an earlier one, in the order of the file."""
        keys = np.frombuffer(self._keys, dtype=np.int64)
        if len(keys) == 0:
            return
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        later = np.flatnonzero(ordered[1:] == ordered[:-1]) + 1
        if len(later) == 0:
            return
        starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
        firsts = order[starts[np.searchsorted(starts, later, side="right") - 1]]
        laters = order[later]
        in_file_order = np.argsort(laters, kind="stable")
        for place, first in zip(laters[in_file_order], firsts[in_file_order], strict=True):
            yield Repeat(
                self._rows[place], self._rows[first], self._prints[place] == self._prints[first]
            )
