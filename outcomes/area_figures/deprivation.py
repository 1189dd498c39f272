"""Groups from the most to the least deprived, and the slope through their values."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan

from outcomes.area_figures.change import Change
from outcomes.area_figures.comparison import why_not_known
from outcomes.area_figures.numbers import number_words
from outcomes.area_figures.values import AreaValue, Definition, ValueScale
from outcomes.stats import inequality_change, slope_index_of_inequality
from outcomes.stats.inequality import SlopeIndex, Transform
from outcomes.stats.shapes import normal_quantile

_SIZES = {"decile": 10, "quintile": 5}
_COUNTED = {"": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
# 'Second most deprived decile (IMD2019)', 'Third more deprived quintile', 'Least deprived decile'.
_IN_WORDS = re.compile(
    r"(?:(second|third|fourth|fifth) )?(most|more|least|less) deprived (decile|quintile)\b"
)
_MIDDLE = re.compile(r"middle (?:deprived )?quintile\b")
_IN_NUMBERS = re.compile(r"(decile|quintile) ([0-9]{1,2})\b")


@dataclass(frozen=True)
class Inequality:
    """The groups in order, and both indices where they could be calculated.

    groups: name and value, the most deprived first, in the order that their names say.
    index: None where it was not calculated, and then the reason says why.
    """

    groups: tuple[tuple[str, AreaValue], ...]
    index: SlopeIndex | None
    reason: str = ""


def group_number(*, category: str) -> tuple[int, int] | None:
    """Return which group a category is, 1 for the most deprived, and of how many.

    Args:
        category: as published, such as 'Fifth less deprived decile (IMD2019)'.

    Returns:
        Number and size, or None where the name says neither.

    Source: names of categories as Fingertips publishes them.
    """
    text = " ".join(category.casefold().split())
    if match := _IN_WORDS.match(text):
        size = _SIZES[match[3]]
        counted = _COUNTED[match[1] or ""]
        number = counted if match[2] in ("most", "more") else size + 1 - counted
        return (number, size) if counted <= size // 2 + size % 2 else None
    if _MIDDLE.match(text):
        return 3, 5
    if match := _IN_NUMBERS.search(text):
        size = _SIZES[match[1]]
        return (int(match[2]), size) if 1 <= int(match[2]) <= size else None
    return None


def inequality(*, definition: Definition, values: Mapping[str, AreaValue]) -> Inequality:
    """Return the groups of one period in order, with the slope and relative index.

    Args:
        definition: with scale and multiplier: rates are fitted as logarithms, proportions as
            logits, all else as it is.
        values: by the category's name, for one area, one period and the same people.

    Returns:
        Indices with 95% limits; a positive slope where the least deprived have the higher value.

    Source: `outcomes.stats.slope_index_of_inequality`; Fingertips Technical Guidance.
    """
    numbered = [(group_number(category=name), name, value) for name, value in values.items()]
    ordered = tuple(
        (name, value)
        for _, name, value in sorted(
            numbered, key=lambda one: (one[0] is None, one[0] or (0, 0), one[1])
        )
    )
    reason = _why_not([number for number, _, _ in numbered], ordered, definition)
    if reason:
        return Inequality(ordered, None, reason)
    found = [value for _, value in ordered]
    is_share = definition.scale == ValueScale.PROPORTION
    share = float(definition.multiplier or 1) if is_share else 1.0
    index = slope_index_of_inequality(
        value=[(one.value or 0.0) / share for one in found],
        lower=[(one.lower_95 or 0.0) / share for one in found],
        upper=[(one.upper_95 or 0.0) / share for one in found],
        population=[one.denominator or 0.0 for one in found],
        transform=Transform.LOGIT
        if is_share
        else Transform.LOG
        if definition.scale == ValueScale.RATE
        else Transform.NONE,
        multiplier=share,
    )
    if index.reason:
        return Inequality(ordered, None, index.reason)
    return Inequality(ordered, index)


def inequality_since(
    *,
    definition: Definition,
    now: Inequality,
    earlier: Sequence[Inequality],
    places: int,
) -> Change:
    """Return what became of inequality since the last period that shares no day with the latest.

    Args:
        definition: with polarity and breaks.
        now: the groups of the latest period.
        earlier: those of other periods, in any order.
        places: digits after the point.

    Source: `outcomes.stats.inequality_change`.
    """
    if now.index is None:
        return Change("Not compared", now.reason)
    latest = now.groups[0][1]
    before = max(
        (
            one
            for one in earlier
            if one.index is not None and one.groups[0][1].end_date <= latest.start_date
        ),
        key=lambda one: one.groups[0][1].key,
        default=None,
    )
    if before is None or before.index is None:
        return Change("Not compared", "no earlier period that shares no day has both indices")
    then = before.groups[0][1]
    if between := definition.break_between(earlier=then, later=latest):
        return Change("Not compared", f"a break lies between: {between.text.rstrip('.')}")
    assert latest.value is not None and then.value is not None  # noqa: S101, PT018 - it has an index
    found = inequality_change(
        now=now.index,
        before=before.index,
        most_deprived_now=latest.value,
        most_deprived_before=then.value,
        polarity=definition.polarity,
    )
    return Change(
        f"{_MOVED[found.narrower, found.improving]} since {then.period}",
        (
            f"slope {number_words(value=now.index.slope, places=places)} after "
            f"{number_words(value=before.index.slope, places=places)} "
            f"({_chance(found.slope_z)}), relative index "
            f"{number_words(value=now.index.relative, places=2)} after "
            f"{number_words(value=before.index.relative, places=2)} "
            f"({_chance(found.relative_z)}); the most deprived "
            f"{number_words(value=latest.value, places=places)} after "
            f"{number_words(value=then.value, places=places)}"
        ),
        now.index.slope - before.index.slope,
    )


_MOVED = {
    (True, True): "Improving: smaller, and the most deprived did not get worse,",
    (True, False): "Smaller, but the most deprived got worse",
    (True, None): "Smaller",
    (False, True): "Not smaller",
    (False, False): "Not smaller",
    (False, None): "Not smaller",
}


def _chance(z: float) -> str:
    if isnan(z):
        return "not tested"
    words = "seldom by chance" if abs(z) > normal_quantile(0.95) else "may be chance"
    return f"{words}, z = {z:.2f}".replace("-", "−")


def _why_not(
    numbers: list[tuple[int, int] | None],
    ordered: tuple[tuple[str, AreaValue], ...],
    definition: Definition,
) -> str:
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers):
        return "the order of the groups is not known"
    sizes = {size for _, size in known}
    if len(sizes) != 1:
        return "deciles and quintiles stand beside each other"
    size = sizes.pop()
    if sorted(number for number, _ in known) != list(range(1, size + 1)):
        return f"{len(known)} of {size} groups are published"
    if definition.scale == ValueScale.UNKNOWN:
        return "the indicator’s scale is not described"
    if definition.scale == ValueScale.PROPORTION and definition.multiplier is None:
        return "the indicator’s multiplier is not described"
    for name, value in ordered:
        if why := why_not_known(value=value, whose=f"the value of ‘{name}’"):
            return why
        if value.lower_95 is None or value.upper_95 is None:
            return f"no 95% limits are published for ‘{name}’"
        if value.denominator is None:
            return f"no population is published for ‘{name}’"
    return ""
