"""Numbers as people read them."""

from collections.abc import Iterable

from outcomes.area_figures.values import AreaValue, ValueScale

_MOST_DECIMALS = 6
# A ratio or an index of 1.04 says nothing at one decimal.
_FINE = frozenset({ValueScale.RATIO, ValueScale.INDEX})


def decimals(*, values: Iterable[AreaValue | None], scale: ValueScale) -> int:
    """Return how many digits after the point values and limits are shown with.

    Args:
        values: None is left out.
        scale: of the indicator.

    Returns:
        0 where all are whole, else 1; 2 for ratios and indices. Downloads keep every digit.

    Source: the project's own rule.
    """
    whole = all(
        number is None or float(number).is_integer()
        for value in values
        if value is not None
        for number in (value.value, value.lower_95, value.upper_95)
    )
    return 0 if whole else 2 if scale in _FINE else 1


def number_words(*, value: float, places: int) -> str:
    """Return a number with commas and a true minus sign."""
    text = f"{value:,.{places}f}"
    return text.lstrip("-") if float(text.replace(",", "")) == 0 else text.replace("-", "−")


def scale_places(*, scale: str) -> int:
    """Return how many digits after the point a number of a scale is shown with at least."""
    return 0 if scale == ValueScale.UNKNOWN else 2 if scale in _FINE else 1


def exact_words(*, value: float, places: int = 0) -> str:
    """Return a number that people agreed: with so many digits, or with all that it has."""
    needed = len(f"{value:.{_MOST_DECIMALS}f}".rstrip("0").partition(".")[2])
    return number_words(value=value, places=max(places, needed))


def told_apart(*, values: tuple[float, ...], places: int) -> tuple[str, ...]:
    """Return numbers with as many more digits as it takes to tell them apart.

    'The limit 61.4 is below 61.4' helps nobody; 'the limit 61.38 is below 61.42' does.
    """
    for digits in range(places, _MOST_DECIMALS + 1):
        texts = tuple(number_words(value=value, places=digits) for value in values)
        if len(set(texts)) == len(set(values)):
            return texts
    return tuple(number_words(value=value, places=_MOST_DECIMALS) for value in values)
