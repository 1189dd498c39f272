"""What is unusual about a value that comes in, against what is known of its series.

Unusual is not wrong: whoever sends the file says why it is right. A value has one warning, the
weightiest. Texts beside values are judged by the reader of the file; their kind stands here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from statistics import fmean, median

# Source: Iglewicz and Hoaglin (1993), How to Detect and Handle Outliers, ASQC Quality Press, as in
# NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.17: modified z-scores above 3.5.
MOST_Z = 3.5
_MAD_OF_NORMAL = 0.6745
# Where the median deviation is nought, the mean one stands in, scaled alike for a normal.
# Source: Iglewicz and Hoaglin (1993), the case of a median absolute deviation of nought.
_MEAN_DEVIATION_OF_NORMAL = 1.253314
# With fewer changes than this, a series has no history to speak of: the project's own choice.
FEWEST_CHANGES = 5
# The project's own choice: a change that a reader would ask about.
LARGEST_JUMP = 0.25


class SoftCheck(StrEnum):
    """The kinds of warning: of texts, then of values in their order of weight."""

    PERSON_DETAILS = "person-details"
    FINAL_BY_PROVISIONAL = "final-by-provisional"
    PUBLISHED_CHANGED = "published-changed"
    COUNT_TO_NOUGHT = "count-to-nought"
    OUTSIDE_HISTORY = "outside-history"
    JUMP = "jump"


TITLES = {
    SoftCheck.PERSON_DETAILS: "Looks like a person’s details",
    SoftCheck.FINAL_BY_PROVISIONAL: "A provisional value would replace a final one",
    SoftCheck.PUBLISHED_CHANGED: "Differs from a value that is published or approved",
    SoftCheck.COUNT_TO_NOUGHT: "Falls to nought",
    SoftCheck.OUTSIDE_HISTORY: "Changed more than this series ever does",
    SoftCheck.JUMP: "Changed by more than a quarter since the last period",
}


@dataclass(frozen=True)
class SeriesValue:
    """A value of one series: there already, or coming in.

    Args:
        label: the period's, for messages.
        start_date: first day of the period.
        end_date: first day after it.
        value: in the unit of the indicator; None where there is none.
        count: cases; None where not given.
        note: why there is no value, or what to bear in mind.
        provisional: whether its publisher expects to change it.
        published: whether it is published, or approved; False for what comes in.
    """

    label: str
    start_date: date
    end_date: date
    value: float | None
    count: float | None = None
    note: str = "ok"
    provisional: bool = False
    published: bool = False


@dataclass(frozen=True)
class SoftWarning:
    """One thing that is unusual, in words."""

    kind: SoftCheck
    message: str


def warning_of(
    *, arriving: SeriesValue, known: Sequence[SeriesValue], beside: Sequence[SeriesValue] = ()
) -> SoftWarning | None:
    """Return the weightiest thing that is unusual about a value; None where nothing is.

    Args:
        arriving: the value that comes in.
        known: what is stored of its series, in any order. Where it is empty, the series is new
            and has no history to differ from.
        beside: what the same file brings for the series; it stands in for stored values of the
            same periods.

    Returns:
        The warning, or None; also where the same value is there already.

    Source: docs/methods/indicator-file.md, "What is unusual".
    """
    same = [one for one in known if _period(one) == _period(arriving)]
    if any(_is_there(arriving, one) for one in same):
        return None
    if arriving.provisional and (final := next((x for x in same if not x.provisional), None)):
        words = f"The value {_said(arriving)} is provisional, and would replace {_said(final)}."
        return SoftWarning(SoftCheck.FINAL_BY_PROVISIONAL, words)
    if published := next((one for one in same if one.published), None):
        words = f"{_said(arriving)} now; {_said(published)} is published or approved."
        return SoftWarning(SoftCheck.PUBLISHED_CHANGED, words)
    history = _history(arriving=arriving, known=known)
    before = _history(arriving=arriving, known=(*known, *beside))
    if not history or arriving.value is None:
        return None
    last = before[-1]
    if _falls_to_nought(arriving, last):
        was = last.count if arriving.count == 0 and last.count is not None else last.value
        words = f"0 now, {was:,.10g} in {last.label}."
        return SoftWarning(SoftCheck.COUNT_TO_NOUGHT, words)
    return _unusual_change(arriving, last, history)


def _unusual_change(
    arriving: SeriesValue, last: SeriesValue, history: Sequence[SeriesValue]
) -> SoftWarning | None:
    values = [one.value for one in history if one.value is not None]
    if arriving.value is None or last.value is None:
        return None
    change = arriving.value - last.value
    changes = [after - before for before, after in pairwise(values)]
    now = f"{_said(arriving)} now, {_said(last)} in {last.label}"
    if len(changes) >= FEWEST_CHANGES:
        score = modified_z_score(value=change, others=changes)
        if score <= MOST_Z:
            return None
        span = f"{min(changes):+,.4g} to {max(changes):+,.4g}"
        words = f"{now}: a change of {change:+,.4g}, where it was {span} from period to period."
        return SoftWarning(SoftCheck.OUTSIDE_HISTORY, words)
    if last.value and abs(change / last.value) > LARGEST_JUMP:
        return SoftWarning(SoftCheck.JUMP, f"{now}.")
    return None


def modified_z_score(*, value: float, others: Sequence[float]) -> float:
    """Return how far a value is from others, by medians, so that one outlier hides no other.

    Args:
        value: in any unit.
        others: at least one value in the same unit.

    Returns:
        The score, 0 or more; infinity where all others are the same and the value is not.

    Raises:
        ValueError: there are no others.

    Source: Iglewicz and Hoaglin (1993); NIST/SEMATECH e-Handbook, 1.3.5.17.
    """
    if not others:
        raise ValueError("There is nothing to compare with.")
    middle = median(others)
    distance = abs(value - middle)
    # Differences of decimals carry dust in their last places.
    dust = 1e-9 * max(1.0, *map(abs, others))
    if distance <= dust:
        return 0.0
    deviations = [abs(other - middle) for other in others]
    if (spread := median(deviations)) > dust:
        return _MAD_OF_NORMAL * distance / spread
    if (spread := fmean(deviations)) > dust:
        return distance / (_MEAN_DEVIATION_OF_NORMAL * spread)
    return float("inf")


def _history(*, arriving: SeriesValue, known: Sequence[SeriesValue]) -> list[SeriesValue]:
    """Return the values of earlier periods of the same length, oldest first, one a period."""
    days = (arriving.end_date - arriving.start_date).days
    chosen: dict[tuple[date, date], SeriesValue] = {}
    for one in known:
        # A year may have a day more; what comes later in the order stands in for what came before.
        alike = abs((one.end_date - one.start_date).days - days) <= days // 50 + 1
        if alike and one.start_date < arriving.start_date and one.value is not None:
            chosen[_period(one)] = one
    return [chosen[period] for period in sorted(chosen)]


def _is_there(arriving: SeriesValue, one: SeriesValue) -> bool:
    """Whether a value is what arrives, and no more final than that."""
    is_same = (one.value, one.note) == (arriving.value, arriving.note)
    return is_same and (one.provisional or not arriving.provisional)


def _falls_to_nought(arriving: SeriesValue, last: SeriesValue) -> bool:
    if arriving.count is not None and last.count is not None:
        return arriving.count == 0 < last.count
    return arriving.value == 0 and last.value is not None and last.value > 0


def _period(one: SeriesValue) -> tuple[date, date]:
    return one.start_date, one.end_date


def _said(one: SeriesValue) -> str:
    return f"no value ({one.note})" if one.value is None else f"{one.value:,.10g}"
