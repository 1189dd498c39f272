"""What a row is about, apart from its figures: indicator, breakdown, area and period."""

import re
from collections.abc import Hashable
from typing import NamedTuple

from outcomes.periods import Period, PeriodError, YearType, read_period
from outcomes.return_file import columns as headings
from outcomes.return_file.areas import TOTAL_WORDS, IndicatorFacts, KnownCodes
from outcomes.return_file.faults import Fault, plain_text

SEXES = ("Persons", "Male", "Female")

_SEXES_BY_FOLD = {sex.casefold(): sex for sex in SEXES}
_INTEGER = re.compile(r"[0-9]{1,9}")
_LONGEST = {
    headings.INDICATOR_NAME: 255,
    headings.AGE: 100,
    headings.CATEGORY_TYPE: 255,
    headings.CATEGORY: 255,
}

Faults = tuple[tuple[str, Fault], ...]


class Series(NamedTuple):
    """The indicator and breakdown of a row, with the faults of those cells."""

    number: int
    indicator_id: int
    indicator_name: str
    sex: str
    age: str
    category_type: str
    category: str
    facts: IndicatorFacts
    faults: Faults


class Place(NamedTuple):
    """The area and period of a row, with the faults of those cells."""

    number: int
    area_key: Hashable
    area_code: str
    period: Period | None
    faults: Faults


class SeriesReader:
    """Reads the same cell texts once; a file has few of them and many rows."""

    # A hostile file has new texts in each row: the memory for them is given back now and then.
    _MOST_REMEMBERED = 100_000

    def __init__(self, *, codes: KnownCodes) -> None:
        self._codes = codes
        self._series: dict[tuple[str, ...], Series] = {}
        self._places: dict[tuple[str, str, str, YearType], Place] = {}
        self._periods: dict[tuple[str, str, YearType], Period | Fault] = {}
        self._series_numbers: dict[tuple[object, ...], int] = {}
        self._place_numbers: dict[tuple[Hashable, Period], int] = {}
        self.has_trimmed = False
        self.has_other_capitals = False

    def series(self, cells: tuple[str, ...]) -> Series:
        """Return what the cells of indicator, name, sex, age, category type and category say."""
        found = self._series.get(cells)
        if found is None:
            if len(self._series) > self._MOST_REMEMBERED:
                self._series.clear()
            found = self._series[cells] = self._read_series(cells)
        return found

    def place(self, cells: tuple[str, str, str], year_type: YearType) -> Place:
        """Return what the cells of area code, period and sortable period say."""
        key = (*cells, year_type)
        found = self._places.get(key)
        if found is None:
            if len(self._places) > self._MOST_REMEMBERED:
                self._places.clear()
            found = self._places[key] = self._read_place(cells, year_type)
        return found

    def _trimmed(self, text: str) -> str:
        trimmed = text.strip()
        if trimmed != text:
            self.has_trimmed = True
        return trimmed

    def _read_series(self, cells: tuple[str, ...]) -> Series:
        identity, name, sex, age, category_type, category = map(self._trimmed, cells)
        faults: list[tuple[str, Fault]] = []
        indicator_id, facts = 0, IndicatorFacts()
        known = self._codes.indicators
        if not _INTEGER.fullmatch(identity):
            faults.append((headings.INDICATOR_ID, _not_indicator(identity)))
        else:
            indicator_id = int(identity)
            if known is not None and indicator_id not in known:
                faults.append((headings.INDICATOR_ID, _unknown_indicator(identity)))
            elif known is not None:
                facts = known[indicator_id]
        read_sex = _SEXES_BY_FOLD.get(sex.casefold())
        if read_sex is None:
            faults.append((headings.SEX, _not_sex(sex)))
        elif read_sex != sex:
            self.has_other_capitals = True
        if not age:
            faults.append((headings.AGE, _empty("age", "All ages")))
        if not name:
            fault = _empty("indicator name", "Healthy life expectancy at birth")
            faults.append((headings.INDICATOR_NAME, fault))
        if bool(category_type) != bool(category):
            empty = headings.CATEGORY if category_type else headings.CATEGORY_TYPE
            faults.append((empty, _half_category()))
        texts = (name, age, category_type, category)
        for (heading, longest), text in zip(_LONGEST.items(), texts, strict=True):
            if len(text) > longest:
                faults.append((heading, too_long(text, longest)))
        key = (indicator_id, read_sex, age, category_type, category)
        number = self._series_numbers.setdefault(key, len(self._series_numbers))
        return Series(
            number,
            indicator_id,
            name,
            read_sex or "",
            age,
            category_type,
            category,
            facts,
            tuple(faults),
        )

    def _read_place(self, cells: tuple[str, str, str], year_type: YearType) -> Place:
        code, label, sortable = map(self._trimmed, cells)
        period = self._period(label, sortable, year_type)
        if isinstance(period, Fault):
            # Whether the code is known can be said without a date; whether it had ended cannot.
            area = self._codes.area_for(code=code, period=_LONG_AGO)
            faults = [(headings.TIME_PERIOD, period)]
            if isinstance(area, Fault):
                faults.append((headings.AREA_CODE, area))
            return Place(-1, None, code, None, tuple(faults))
        area = self._codes.area_for(code=code, period=period)
        if isinstance(area, Fault):
            return Place(-1, None, code, period, ((headings.AREA_CODE, area),))
        key = (area.area_key, period)
        number = self._place_numbers.setdefault(key, len(self._place_numbers))
        return Place(number, area.area_key, code, period, ())

    def _period(self, label: str, sortable: str, year_type: YearType) -> Period | Fault:
        key = (label, sortable, year_type)
        found = self._periods.get(key)
        if found is None:
            if len(self._periods) > self._MOST_REMEMBERED:
                self._periods.clear()
            found = self._periods[key] = _read_period(label, sortable, year_type)
        return found


_LONG_AGO = read_period(label="1900")


def _read_period(label: str, sortable: str, year_type: YearType) -> Period | Fault:
    try:
        return read_period(label=label, sortable=sortable, year_type=year_type)
    except PeriodError as error:
        return Fault("period", plain_text(label), error.message, error.fix)


def too_long(text: str, longest: int) -> Fault:
    """Return the fault of a text that is longer than its cell may hold."""
    message = f"This text has {len(text):,} characters, the most is {longest}."
    return Fault("text-long", plain_text(text), message, "Shorten it.")


def _empty(what: str, example: str) -> Fault:
    return Fault(
        "text-missing", "", f"There is no {what}.", f"Enter the {what}, for example {example}."
    )


def _half_category() -> Fault:
    return Fault(
        "category-half",
        "",
        "Category Type and Category go together, but one of them is empty.",
        "Fill in both, or leave both empty.",
    )


def _not_indicator(text: str) -> Fault:
    given = plain_text(text)
    if text.casefold() in TOTAL_WORDS:
        message = f"{given} is not an indicator ID."
        return Fault("indicator-total", given, message, "Remove total rows.")
    message = f"{given} is not a whole number." if text else "There is no indicator ID."
    return Fault("indicator-not", given, message, "Enter the indicator ID, for example 90362.")


def _unknown_indicator(text: str) -> Fault:
    return Fault(
        "indicator-unknown",
        text,
        f"{text} is not an indicator we know.",
        "Check it in the list of indicators.",
    )


def _not_sex(text: str) -> Fault:
    given = plain_text(text)
    message = f"{given} is not a sex that we can read." if text else "There is no sex."
    return Fault("sex", given, message, "Enter Persons, Male or Female.")
