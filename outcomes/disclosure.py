"""Disclosure control: which counts of a table stay hidden, so that none can be worked out.

Counts that are too small are hidden first. A hidden count that can be worked out from what is shown
beside it takes others with it, until at least two whole numbers are possible for each.
"""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID

import numpy as np
from scipy.optimize import linprog

# Counts add up to a published total unless they are further off than this.
_TOLERANCE: Final = 0.5
_SLIP: Final = 1e-6


class Hidden(StrEnum):
    """Why a count is hidden."""

    SMALL_COUNT = "small_count"
    SMALL_POPULATION = "small_population"
    SENT_HIDDEN = "sent_hidden"
    # It was hidden when it was published last, and has not changed.
    STAYS_HIDDEN = "stays_hidden"
    # Another hidden count could be worked out from it.
    PROTECTS_ANOTHER = "protects_another"


@dataclass(frozen=True)
class Rule:
    """An indicator's rule: what is hidden, and how other counts are rounded; None for not at all.

    counts_to: counts from 1 to this one are hidden.
    denominators_to: figures of populations up to this one are hidden.
    round_to: counts and populations are shown to the nearest multiple of this.

    Source: the disclosure rules of published indicators, most of which suppress counts from 1 to 4,
    1 to 5 or 1 to 7 and leave a count of nought as it is.
    """

    counts_to: int | None = None
    denominators_to: int | None = None
    round_to: int | None = None

    def shown(self, number: float | None) -> float | None:
        """Return a count as it is shown; a half is rounded up."""
        if number is None or self.round_to is None:
            return number
        return float(math.floor(number / self.round_to + 0.5) * self.round_to)


@dataclass(frozen=True)
class Cell:
    """One figure of a table.

    key: what the caller knows it by.
    count: the number of events or people; None where there is none, or where it was sent hidden.
    denominator: the population; None where there is none.
    sent_hidden: it came as suppressed.
    was_hidden: it is hidden where it was published last, and its count is still the same.
    is_public: everybody has the count already, so that hiding it protects nothing.
    """

    key: Hashable
    count: float | None
    denominator: float | None = None
    sent_hidden: bool = False
    was_hidden: bool = False
    is_public: bool = False


@dataclass(frozen=True)
class Sum:
    """A figure that is the sum of others of the same table."""

    total: Hashable
    parts: tuple[Hashable, ...]

    @property
    def members(self) -> tuple[Hashable, ...]:
        """The total and its parts."""
        return (self.total, *self.parts)


class Place(NamedTuple):
    """Where in a table a figure stands: the key of its cell."""

    area: UUID
    sex: str
    age: str
    category_type: str
    category: str


_EVERYBODY: Final = "Persons"
_SEXES: Final = ("Female", "Male")


def sums_of(*, places: Iterable[Place], members: Mapping[UUID, Sequence[UUID]]) -> tuple[Sum, ...]:
    """Return which figures of a table add up to which.

    Args:
        places: the places of one indicator's and period's figures.
        members: areas that are whole sums of others, with all of these.

    Returns:
        Persons of women and men, a whole of the categories of one type, an area of its members.
        Ages are not taken as sums: published age groups overlap.
    """
    table = set(places)
    found: list[Sum] = []
    categories: defaultdict[Place, list[Place]] = defaultdict(list)
    for place in sorted(table, key=str):
        if place.category_type:
            categories[place._replace(category="")].append(place)
        if place.sex == _EVERYBODY:
            parts = tuple(place._replace(sex=sex) for sex in _SEXES)
            found += [Sum(place, parts)] if table.issuperset(parts) else []
        if place.area in members:
            parts = tuple(
                sorted((place._replace(area=one) for one in members[place.area]), key=str)
            )
            found += [Sum(place, parts)] if parts and table.issuperset(parts) else []
    for group, parts_of in categories.items():
        whole = group._replace(category_type="")
        found += [Sum(whole, tuple(parts_of))] if whole in table else []
    return tuple(found)


def hidden_cells(
    *, cells: Iterable[Cell], sums: Iterable[Sum], rule: Rule
) -> dict[Hashable, Hidden]:
    """Return the cells to hide, with the reason for each.

    Args:
        cells: the figures of one indicator and period, each key once.
        sums: which of them add up to which; a sum whose counts are known and do not add up is left
            out, and so is one with a member that the table lacks.
        rule: the indicator's rule.

    Returns:
        Key to reason. For each hidden count at least two whole numbers agree with everything that
        is shown, with the rule itself, and with counts being nought or more; unless nothing is left
        to hide beside it.

    Source: primary and secondary suppression as in Hundepool and others, Statistical Disclosure
    Control (2012), chapter 4; the smallest other part is hidden first, a total last.
    """
    table = {cell.key: cell for cell in cells}
    found = {key: why for key, cell in table.items() if (why := _primary(cell, rule)) is not None}
    if not found:
        return found
    relations = [one for one in sums if _holds(one, table)]
    by_key: defaultdict[Hashable, list[Sum]] = defaultdict(list)
    for one in relations:
        for key in one.members:
            by_key[key].append(one)
    while (exposed := _exposed(found, relations, table, rule)) is not None:
        chosen = _to_hide_beside(exposed, by_key[exposed], found, table)
        if chosen is None:
            # Everything beside it is hidden already.
            relations = [one for one in relations if exposed not in one.members]
            continue
        found[chosen] = Hidden.PROTECTS_ANOTHER
    return found


def _primary(cell: Cell, rule: Rule) -> Hidden | None:
    if cell.sent_hidden:
        return Hidden.SENT_HIDDEN
    if cell.was_hidden:
        return Hidden.STAYS_HIDDEN
    if (
        rule.denominators_to is not None
        and cell.denominator is not None
        and cell.denominator <= rule.denominators_to
    ):
        return Hidden.SMALL_POPULATION
    if rule.counts_to is not None and cell.count is not None and 0 < cell.count <= rule.counts_to:
        return Hidden.SMALL_COUNT
    return None


def _holds(one: Sum, table: Mapping[Hashable, Cell]) -> bool:
    if not one.parts or not all(key in table for key in one.members):
        return False
    total, *parts = (table[key].count for key in one.members)
    known = [count for count in parts if count is not None]
    if total is None or len(known) < len(parts):
        return True
    return abs(total - sum(known)) <= _TOLERANCE


def _exposed(
    found: Mapping[Hashable, Hidden],
    relations: Sequence[Sum],
    table: Mapping[Hashable, Cell],
    rule: Rule,
) -> Hashable | None:
    """Return a hidden cell that can be worked out, or None."""
    for one in relations:
        hidden = [key for key in one.members if key in found]
        if len(hidden) == 1:
            return hidden[0]
    for keys, group in _connected(found, relations):
        for key in keys:
            if _choices(key, keys, group, found, table, rule) < 2:
                return key
    return None


def _connected(
    found: Mapping[Hashable, Hidden], relations: Sequence[Sum]
) -> list[tuple[list[Hashable], list[Sum]]]:
    """Return the hidden cells that sums join, group by group, with these sums."""
    groups: list[tuple[dict[Hashable, None], list[Sum]]] = []
    for one in relations:
        hidden = dict.fromkeys(key for key in one.members if key in found)
        if not hidden:
            continue
        joined = [group for group in groups if not group[0].keys().isdisjoint(hidden)]
        keys, sums = hidden, [one]
        for group in joined:
            groups.remove(group)
            keys |= group[0]
            sums += group[1]
        groups.append((keys, sums))
    return [(list(keys), sums) for keys, sums in groups]


def _choices(
    key: Hashable,
    keys: Sequence[Hashable],
    sums: Sequence[Sum],
    found: Mapping[Hashable, Hidden],
    table: Mapping[Hashable, Cell],
    rule: Rule,
) -> float:
    """Return how many whole numbers lie between the lowest and the highest possible count."""
    if any(table[other].count is None for other in keys):
        # What was sent hidden is not known here either, so nothing can be told of its neighbours.
        return np.inf
    position = {other: number for number, other in enumerate(keys)}
    matrix = np.zeros((len(sums), len(keys)))
    shown = np.zeros(len(sums))
    for row, one in enumerate(sums):
        for member in one.members:
            sign = 1.0 if member == one.total else -1.0
            if member in position:
                matrix[row, position[member]] += sign
            else:
                shown[row] -= sign * (table[member].count or 0.0)
    bounds = [_bounds(found[other], rule) for other in keys]
    aim = np.zeros(len(keys))
    aim[position[key]] = 1.0
    lowest = linprog(aim, A_eq=matrix, b_eq=shown, bounds=bounds)
    highest = linprog(-aim, A_eq=matrix, b_eq=shown, bounds=bounds)
    if not (lowest.success and highest.success):
        # No end to what is possible; or the counts contradict each other, and tell nothing.
        return np.inf
    return float(np.floor(-highest.fun + _SLIP) - np.ceil(lowest.fun - _SLIP) + 1)


def _bounds(why: Hidden, rule: Rule) -> tuple[float, float | None]:
    """Return what everybody knows of a hidden count who knows the rule."""
    if why is Hidden.SMALL_COUNT:
        return 1.0, float(rule.counts_to or 1)
    return 0.0, None


def _to_hide_beside(
    exposed: Hashable,
    sums: Sequence[Sum],
    found: Mapping[Hashable, Hidden],
    table: Mapping[Hashable, Cell],
) -> Hashable | None:
    """Return the cell whose loss costs least: the smallest other part, or else a total."""
    parts = [key for one in sums for key in one.parts]
    totals = [one.total for one in sums]
    for choice in (parts, totals):
        free = [key for key in choice if key not in found and not table[key].is_public]
        if free:
            return min(free, key=lambda key: (table[key].count or 0.0, str(key)))
    return None
