"""The codes that a file may use."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from outcomes.periods import Period, YearType
from outcomes.return_file.faults import Fault, plain_text

TOTAL_WORDS = frozenset({"total", "totals", "grand total", "sum", "subtotal", "sub-total"})

_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


@dataclass(frozen=True, slots=True)
class AreaRange:
    """The time in which a code stood for an area, from start_date to end_date exclusive.

    Args:
        area_key: what the caller knows the area by; the same for an area whose code changed.
        name: name of the area, for messages.
        start_date: the first day.
        end_date: the first day on which the code no longer stood, or None while it stands.
        successor_codes: the codes that took over on end_date.
    """

    area_key: Hashable
    name: str
    start_date: date
    end_date: date | None = None
    successor_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """What is known of an indicator and holds for each of its figures.

    Args:
        is_proportion: the count is part of the denominator.
        year_type: what 2015/16 means.
        starts_in: the month in which its periods start, where they are whole years; None where
            that is not known or not always the same.
        period_months: how long its periods are, or None where that is not known.
        fingertips_id: its number at Fingertips, or None.
        code: its code in the catalogue.
    """

    is_proportion: bool = False
    year_type: YearType = YearType.FINANCIAL
    starts_in: int | None = None
    period_months: int | None = None
    fingertips_id: int | None = None
    code: str = ""


@dataclass(frozen=True)
class KnownCodes:
    """The area codes that are known, and the indicators where only listed ones may come.

    Args:
        areas: the ranges of each code, earliest first.
        indicators: facts by indicator ID; any ID is accepted where it is None.
        catalogue: facts of the indicators that are described; others may come too.
        today: periods that begin later have no figures yet; any period is accepted without it.
    """

    areas: Mapping[str, tuple[AreaRange, ...]]
    indicators: Mapping[int, IndicatorFacts] | None = field(default=None)
    catalogue: tuple[IndicatorFacts, ...] = ()
    today: date | None = None

    @cached_property
    def by_fingertips_id(self) -> dict[int, IndicatorFacts]:
        """The facts of each indicator of the catalogue that has a number at Fingertips."""
        return {facts.fingertips_id: facts for facts in self.catalogue if facts.fingertips_id}

    @cached_property
    def by_code(self) -> dict[str, IndicatorFacts]:
        """The facts of each indicator of the catalogue."""
        return {facts.code: facts for facts in self.catalogue}

    @cached_property
    def _codes_by_name(self) -> dict[str, str]:
        return {ranges[-1].name.casefold(): code for code, ranges in self.areas.items() if ranges}

    def area_for(self, *, code: str, period: Period) -> AreaRange | Fault:
        """Return the area that a code stood for at the end of a period, or what is wrong.

        A code that came later than the period is accepted: figures of earlier periods are
        published again for newer areas. A code that had ended before the period did is not.
        """
        ranges = self.areas.get(code)
        if not ranges:
            return self._unknown(code)
        for area in ranges:
            if area.end_date is None or period.end_date <= area.end_date:
                return area
        last = ranges[-1]
        return _ended(code, last, last.end_date or period.end_date)

    def _unknown(self, code: str) -> Fault:
        given = plain_text(code)
        if not code:
            return Fault(
                "area-missing",
                "",
                "There is no area code.",
                "Enter the nine-character code of the area, for example E06000001.",
            )
        if code.casefold() in TOTAL_WORDS:
            return Fault("area-total", given, f"{given} is not an area code.", "Remove total rows.")
        message = f"{given} is not an area code we know."
        upper = code.upper()
        likely = upper[:1] + upper[1:].translate(_MISREAD)
        guess = likely if likely in self.areas else self._codes_by_name.get(code.casefold())
        if guess is not None:
            return Fault("area-unknown", given, message, f"Did you mean {guess}?")
        return Fault(
            "area-unknown",
            given,
            message,
            "Enter the nine-character code of the area, for example E06000001.",
        )


def _ended(code: str, area: AreaRange, end_date: date) -> Fault:
    last_day = _day(end_date - timedelta(days=1))
    if not area.successor_codes:
        return Fault(
            "area-ended",
            code,
            f"{code} ended on {last_day}, before this period did.",
            f"Use a code that is in force for periods that end after {last_day}.",
        )
    codes = "codes" if len(area.successor_codes) > 1 else "code"
    return Fault(
        "area-ended",
        code,
        f"{code} ended on {last_day} and became {' and '.join(area.successor_codes)}.",
        f"Did you mean {' or '.join(area.successor_codes)}? "
        f"Use the new {codes} for periods from {end_date:%B} {end_date.year}.",
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
