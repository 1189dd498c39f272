"""How the figures of one row must fit each other."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from outcomes.return_file import layouts as headings
from outcomes.return_file.faults import Fault
from outcomes.return_file.notes import ValueNote

FIGURE_HEADINGS = (
    headings.VALUE,
    headings.LOWER_95,
    headings.UPPER_95,
    headings.LOWER_998,
    headings.UPPER_998,
    headings.COUNT,
    headings.DENOMINATOR,
)


class Figures(NamedTuple):
    """The figures of a row, None where there is none."""

    value: float | None
    lower_95: float | None
    upper_95: float | None
    lower_998: float | None
    upper_998: float | None
    cases: int | None
    denominator: float | None


def all_fit(*, figures: Figures, count: float | None, is_proportion: bool) -> bool:
    """Return whether a row with a value surely has no fault among its figures.

    The quick answer for nearly every row; relation_faults finds out about the others.

    Args:
        count: the count as read, before it became a whole number.
    """
    value, lower_95, upper_95, lower_998, upper_998, cases, denominator = figures
    return (
        value is not None
        and (lower_95 is None or lower_95 <= value)
        and (upper_95 is None or value <= upper_95)
        and (lower_998 is None or lower_998 <= value)
        and (upper_998 is None or value <= upper_998)
        and (cases is None or (cases >= 0 and cases == count))
        and (denominator is None or denominator >= 1)
        and not (is_proportion and cases is not None and cases > (denominator or cases))
    )


def relation_faults(
    *,
    figures: Figures,
    raw: Sequence[str],
    note: ValueNote | None,
    is_proportion: bool,
    names: Mapping[str, str],
) -> Iterator[tuple[str, Fault]]:
    """Yield each figure that does not fit the others, with its heading.

    Args:
        figures: as read; None also where the cell was wrong.
        raw: the cells, in the order of FIGURE_HEADINGS, to repeat them as they stand.
        note: None where the value could not be read.
        is_proportion: the count is part of the denominator.
        names: what messages call each column.
    """
    texts = tuple(text.strip() for text in raw)
    if figures.value is None and note is not None:
        yield from _beside_no_value(texts, note, names)
        if note is ValueNote.SUPPRESSED:
            return
    yield from _limits(figures.value, texts[0], figures[1], figures[2], texts[1:3], 1, names)
    yield from _limits(figures.value, texts[0], figures[3], figures[4], texts[3:5], 3, names)
    yield from _counts(figures, texts, is_proportion, names)


def _beside_no_value(
    texts: Sequence[str], note: ValueNote, names: Mapping[str, str]
) -> Iterator[tuple[str, Fault]]:
    if note is ValueNote.SUPPRESSED:
        for heading, text in zip(FIGURE_HEADINGS[1:6], texts[1:6], strict=True):
            if text:
                # The figure is not repeated: the suppressed value could be worked out from it.
                yield (
                    heading,
                    Fault(
                        "suppressed-figure",
                        "",
                        f"This value is suppressed, but {names[heading]} is filled in.",
                        f"Leave the limits and {names[headings.COUNT]} empty.",
                    ),
                )
        return
    for heading, text in zip(FIGURE_HEADINGS[1:5], texts[1:5], strict=True):
        if text:
            yield (
                heading,
                Fault(
                    "limit-alone",
                    text[:50],
                    f"There is a {names[heading]} but no value.",
                    "Enter the value, or leave the limits empty.",
                ),
            )


def _limits(
    value: float | None,
    value_text: str,
    lower: float | None,
    upper: float | None,
    texts: Sequence[str],
    place: int,
    names: Mapping[str, str],
) -> Iterator[tuple[str, Fault]]:
    lower_heading, upper_heading = FIGURE_HEADINGS[place : place + 2]
    lower_name, upper_name = names[lower_heading], names[upper_heading]
    if lower is not None and upper is not None and lower > upper:
        yield (
            lower_heading,
            Fault(
                "limits-reversed",
                texts[0],
                f"{lower_name} {texts[0]} is higher than {upper_name} {texts[1]}.",
                "Have they been swapped?",
            ),
        )
    elif value is not None and (
        (lower is not None and value < lower) or (upper is not None and value > upper)
    ):
        is_below = lower is not None and value < lower
        side = f"lower than {lower_name} {texts[0]}"
        if not is_below:
            side = f"higher than {upper_name} {texts[1]}"
        yield (
            headings.VALUE,
            Fault(
                "value-outside-limits",
                value_text,
                f"{names[headings.VALUE]} {value_text} is {side}.",
                "Check the value and its limits.",
            ),
        )


def _counts(
    figures: Figures, texts: Sequence[str], is_proportion: bool, names: Mapping[str, str]
) -> Iterator[tuple[str, Fault]]:
    count, denominator = figures.cases, figures.denominator
    count_name, denominator_name = names[headings.COUNT], names[headings.DENOMINATOR]
    if count is not None:
        if count < 0 or texts[5].startswith("-"):
            yield (
                headings.COUNT,
                Fault(
                    "count-negative",
                    texts[5],
                    f"{count_name} {texts[5]} is less than 0.",
                    "Enter 0 or a higher whole number.",
                ),
            )
        elif texts[5].partition(".")[2].strip("0"):
            yield (
                headings.COUNT,
                Fault(
                    "count-not-whole",
                    texts[5],
                    f"{count_name} {texts[5]} is not a whole number.",
                    "Enter a whole number, for example 12.",
                ),
            )
    if denominator is not None:
        if denominator < 1:
            yield (
                headings.DENOMINATOR,
                Fault(
                    "denominator-low",
                    texts[6],
                    f"{denominator_name} {texts[6]} is too low.",
                    f"{denominator_name} must be 1 or more, or empty.",
                ),
            )
        elif is_proportion and count is not None and count > denominator:
            yield (
                headings.COUNT,
                Fault(
                    "count-above-denominator",
                    texts[5],
                    f"{count_name} {texts[5]} is higher than {denominator_name} {texts[6]}.",
                    "Check both. Have they been swapped?",
                ),
            )
