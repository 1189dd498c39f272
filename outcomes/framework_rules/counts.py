"""Which targets a count may have."""

import math
from collections.abc import Sequence
from itertools import pairwise

from outcomes.framework_content import CountTarget, Span
from outcomes.framework_rules.faults import DraftRefusedError, Fault
from outcomes.periods import PeriodError, read_period

_LARGEST_MARGIN = 100.0


def count_targets_of(
    *, rows: Sequence[tuple[str, float]], aggregation: str
) -> tuple[CountTarget, ...]:
    """Return the targets of a count, in order of time whatever the order they came in.

    Args:
        rows: label of a period and the number wanted for it; of a percentage, the percentage.
        aggregation: a value of the model's choices.

    Raises:
        DraftRefusedError: at 'targets'.
    """
    faults: list[Fault] = []
    read: list[tuple[int, CountTarget]] = []
    for row, (label, value) in enumerate(rows):
        try:
            period = read_period(label=label)
        except PeriodError as error:
            faults.append(Fault("targets", str(error), row))
            continue
        if value < 0 or not math.isfinite(value):
            faults.append(Fault("targets", f"Enter a number of 0 or more for {period.label}.", row))
        elif aggregation == "percentage" and value > 100:
            faults.append(
                Fault("targets", f"{value:g} for {period.label} is more than 100 %.", row)
            )
        else:
            span = Span(period.label, period.start_date, period.end_date)
            read.append((row, CountTarget(period=span, value=value)))
    read.sort(key=lambda one: (one[1].period.start_date, one[1].period.end_date, one[0]))
    for (_, one), (row, following) in pairwise(read):
        if following.period.start_date < one.period.end_date:
            faults.append(
                Fault(
                    "targets",
                    f"{one.period.label} and {following.period.label} share days: a day’s count "
                    "belongs to one target.",
                    row,
                )
            )
        elif aggregation == "cumulative_latest" and following.value < one.value:
            faults.append(
                Fault(
                    "targets",
                    f"{following.value:g} for {following.period.label} is less than {one.value:g} "
                    f"for {one.period.label}, but each value is the total so far.",
                    row,
                )
            )
    if faults:
        raise DraftRefusedError(*faults)
    return tuple(one for _, one in read)


def check_margin(*, percent: float) -> None:
    """Refuse a margin that is no percentage.

    Raises:
        DraftRefusedError: at 'margin_percent'.
    """
    if not 0 <= percent <= _LARGEST_MARGIN:
        raise DraftRefusedError(Fault("margin_percent", "Enter a percentage from 0 to 100."))
