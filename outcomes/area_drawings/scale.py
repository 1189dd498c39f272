"""Lines of values in; their numbers, the ticks of a scale and the places of breaks out."""

from collections.abc import Sequence
from datetime import date

from outcomes.area_drawings.shapes import Line, SeriesInput
from outcomes.area_figures import AreaValue, Break, number_words


def numbers_of(lines: Sequence[Line]) -> list[float]:
    """Return every number that is drawn, limits included."""
    return [
        number
        for line in lines
        for value in line.values
        if value.value is not None
        for number in (value.value, value.lower_95, value.upper_95)
        if number is not None
    ]


def ticks_of(*, low: float, high: float, step: float) -> list[tuple[float, str]]:
    """Return the places of a scale's lines within (low, high], and their numbers in words."""
    places = max(0, len(f"{step:.6f}".rstrip("0").partition(".")[2]))
    first = int(low // step) + 1
    found = []
    while first * step <= high:
        found.append((first * step, number_words(value=first * step, places=places)))
        first += 1
    return found


def kind_of(value: AreaValue, drawn: SeriesInput) -> str:
    """Return the class of a value's dot."""
    if value.is_computed:
        return "sum"
    if value.provisional:
        return "hollow"
    return "ind" if value.key in drawn.independent else "over"


def break_places(drawn: SeriesInput, keys: Sequence[tuple[date, date]]) -> list[tuple[int, Break]]:
    """Return before which period each break stands; those outside of the series are left out."""
    found = []
    for one in drawn.breaks:
        at = next((number for number, key in enumerate(keys) if key[0] >= one.starts_on), None)
        if at:
            found.append((at, one))
    return found


def break_words(one: Break) -> str:
    """Return what stands at a break."""
    return f"Break {one.starts_on.year}"
