"""What a row is about, apart from its figures: indicator, breakdown, area and period."""

from collections.abc import Hashable
from datetime import date
from typing import NamedTuple

from outcomes.periods import Period, PeriodError, YearType, read_period
from outcomes.person_details import looks_like_a_person
from outcomes.return_file import identities
from outcomes.return_file import layouts as headings
from outcomes.return_file.areas import IndicatorFacts, KnownCodes
from outcomes.return_file.columns import Columns
from outcomes.return_file.faults import Fault, ReturnFileError, plain_text

SEXES = ("Persons", "Male", "Female")

LONGEST_METHOD = 120
_SEXES_BY_FOLD = {sex.casefold(): sex for sex in SEXES}
_LONGEST = {
    headings.INDICATOR_NAME: 255,
    headings.AGE: 100,
    headings.CATEGORY_TYPE: 255,
    headings.CATEGORY: 255,
    headings.METHOD: LONGEST_METHOD,
}

Faults = tuple[tuple[str, Fault], ...]


class Place(NamedTuple):
    """The area and period of a row, with the faults of those cells."""

    number: int
    area_key: Hashable
    area_code: str
    period: Period | None
    faults: Faults


class Series(NamedTuple):
    """The indicator and breakdown of a row, with the faults of those cells.

    Args:
        places: what was read of area and period beside this indicator, by the texts of the cells.
        personal: headings of the cells that look like a person's details.
    """

    number: int
    indicator_id: int
    indicator_code: str
    indicator_name: str
    sex: str
    age: str
    category_type: str
    category: str
    facts: IndicatorFacts
    places: dict[tuple[str, str, str], Place]
    faults: Faults
    personal: tuple[str, ...]


class _PeriodRule(NamedTuple):
    """What an indicator says about its periods; most say the same."""

    year_type: YearType
    starts_in: int | None
    months: int | None


class SeriesReader:
    """Reads the same cell texts once; a file has few of them and many rows."""

    # A hostile file has new texts in each row: the memory for them is given back now and then.
    _MOST_REMEMBERED = 100_000
    # Each stays in memory until the end, since rows may repeat each other.
    _MOST_SERIES = 100_000
    _MOST_PLACES = 250_000

    def __init__(self, *, codes: KnownCodes, columns: Columns) -> None:
        self._codes = codes
        self._columns = columns
        self._identities = identities.IdentityReader(codes=codes, columns=columns)
        self._absent = {
            name: said
            for name, said in columns.layout.absent.items()
            if name not in columns.positions
        }
        self.known: dict[tuple[str, ...], Series] = {}
        self._places: dict[_PeriodRule, dict[tuple[str, str, str], Place]] = {}
        self._periods: dict[tuple[str, str, _PeriodRule], Period | Fault] = {}
        self._series_numbers: dict[tuple[object, ...], int] = {}
        self._place_numbers: dict[tuple[Hashable, Period], int] = {}
        # How the values of each indicator were made, by its number and code, as the file says.
        self.methods: dict[tuple[int, str], str] = {}
        self.has_trimmed = False
        self.has_other_capitals = False

    def series(self, cells: tuple[str, ...]) -> Series:
        """Return what the cells of indicator, name, breakdown and method say.

        Raises:
            ReturnFileError: the file has more of them than can be held.
        """
        found = self.known.get(cells)
        if found is None:
            if len(self.known) > self._MOST_REMEMBERED:
                self.known.clear()
            found = self._read_series(cells)
            # What is not known here is read with care, each row of it.
            if not found.personal:
                self.known[cells] = found
        return found

    def place(self, cells: tuple[str, str, str], series: Series) -> Place:
        """Return what the cells of area code, period and sortable period say.

        Raises:
            ReturnFileError: the file has more of them than can be held.
        """
        found = series.places.get(cells)
        if found is None:
            if len(series.places) > self._MOST_REMEMBERED:
                series.places.clear()
            found = series.places[cells] = self._read_place(cells, _rule_of(series.facts))
        return found

    def _trimmed(self, text: str) -> str:
        trimmed = text.strip()
        if trimmed != text:
            self.has_trimmed = True
        return trimmed

    def _read_series(self, cells: tuple[str, ...]) -> Series:
        identity, name, sex, age, category_type, category, method = map(self._trimmed, cells)
        sex = self._absent.get(headings.SEX, sex)
        age = self._absent.get(headings.AGE, age)
        faults: list[tuple[str, Fault]] = []
        indicator = self._identities.read(identity=identity, name=name)
        faults.extend(indicator.faults)
        read_sex = _SEXES_BY_FOLD.get(sex.casefold())
        if read_sex is None:
            faults.append((headings.SEX, _not_sex(sex)))
        elif read_sex != sex:
            self.has_other_capitals = True
        if not age:
            faults.append((headings.AGE, identities.empty("age", "All ages")))
        if bool(category_type) != bool(category):
            empty = headings.CATEGORY if category_type else headings.CATEGORY_TYPE
            faults.append((empty, self._half_category()))
        texts = (name, age, category_type, category, method)
        for (heading, longest), text in zip(_LONGEST.items(), texts, strict=True):
            if len(text) > longest:
                faults.append((heading, too_long(text, longest)))
        if method:
            said = self.methods.setdefault((indicator.fingertips_id, indicator.code), method)
            if said != method:
                faults.append((headings.METHOD, _other_method(method, said)))
        key = (indicator.fingertips_id, indicator.code, read_sex, age, category_type, category)
        number = self._series_numbers.setdefault(key, len(self._series_numbers))
        if number >= self._MOST_SERIES:
            raise _too_many(self._MOST_SERIES, "indicator, sex, age and category")
        return Series(
            number,
            indicator.fingertips_id,
            indicator.code,
            indicator.name,
            read_sex or "",
            age,
            category_type,
            category,
            indicator.facts,
            self._places.setdefault(_rule_of(indicator.facts), {}),
            tuple(faults),
            tuple(
                heading
                for heading, text in zip(_LONGEST, texts, strict=True)
                if looks_like_a_person(text=text)
            ),
        )

    def _read_place(self, cells: tuple[str, str, str], rule: _PeriodRule) -> Place:
        code, label, sortable = map(self._trimmed, cells)
        period = self._period(label, sortable, rule)
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
        if number >= self._MOST_PLACES:
            raise _too_many(self._MOST_PLACES, "area and period")
        return Place(number, area.area_key, code, period, ())

    def _period(self, label: str, sortable: str, rule: _PeriodRule) -> Period | Fault:
        key = (label, sortable, rule)
        found = self._periods.get(key)
        if found is None:
            if len(self._periods) > self._MOST_REMEMBERED:
                self._periods.clear()
            found = self._periods[key] = _read_period(label, sortable, rule, self._codes.today)
        return found

    def _half_category(self) -> Fault:
        names = self._columns.names
        return Fault(
            "category-half",
            "",
            f"{names[headings.CATEGORY_TYPE]} and {names[headings.CATEGORY]} go together, "
            "but one of them is empty.",
            "Fill in both, or leave both empty.",
        )


_LONG_AGO = read_period(label="1900")


def _rule_of(facts: IndicatorFacts) -> _PeriodRule:
    return _PeriodRule(facts.year_type, facts.starts_in, facts.period_months)


def _read_period(
    label: str, sortable: str, rule: _PeriodRule, today: date | None
) -> Period | Fault:
    try:
        period = read_period(label=label, sortable=sortable, year_type=rule.year_type)
    except PeriodError as error:
        return Fault("period", plain_text(label), error.message, error.fix)
    if today is not None and period.start_date > today:
        return _not_begun(period)
    return _misfit(period, rule) or period


def _not_begun(period: Period) -> Fault:
    label = plain_text(period.label)
    first = period.start_date
    return Fault(
        "period-future",
        label,
        f"{label} begins on {first.day} {first:%B %Y}, which has not come yet.",
        "Enter a period that has begun.",
    )


_YEARS = {1: "calendar years", 4: "financial years", 9: "academic years"}
_EXAMPLES = {1: ("2024", "2022 - 24"), 4: ("2024/25", "2022/23 - 24/25")}


def _misfit(period: Period, rule: _PeriodRule) -> Fault | None:
    """Return how a period is none of its indicator's, or None where it may be one."""
    if rule.months is not None and period.months != rule.months:
        return Fault(
            "period-length",
            plain_text(period.label),
            f"{period.label} is {_months(period.months)} long, but the values of this indicator "
            f"are for {_months(rule.months)}.",
            f"Enter a period of {_months(rule.months)}{_example(rule)}.",
        )
    whole_years = period.months % 12 == 0
    if rule.starts_in is not None and whole_years and period.start_date.month != rule.starts_in:
        return Fault(
            "period-start",
            plain_text(period.label),
            f"{period.label} starts in {period.start_date:%B}, but the values of this indicator "
            f"are for {_YEARS[rule.starts_in]}.",
            f"Enter a period that starts in {period.start_date.replace(month=rule.starts_in):%B}"
            f"{_example(rule)}.",
        )
    return None


def _months(number: int) -> str:
    return "1 month" if number == 1 else f"{number} months"


def _example(rule: _PeriodRule) -> str:
    year, years = _EXAMPLES[4 if rule.starts_in is None else min(rule.starts_in, 4)]
    if rule.months not in {None, 12, 36}:
        return ""
    return f", for example {years if rule.months == 36 else year}"


def _too_many(most: int, of_what: str) -> ReturnFileError:
    return ReturnFileError(
        "too-many-combinations",
        f"The file has more than {most:,} combinations of {of_what}. Split it into smaller files.",
    )


def too_long(text: str, longest: int) -> Fault:
    """Return the fault of a text that is longer than its cell may hold."""
    message = f"This text has {len(text):,} characters, the most is {longest}."
    return Fault("text-long", plain_text(text), message, "Shorten it.")


def _other_method(method: str, said: str) -> Fault:
    return Fault(
        "method-differs",
        plain_text(method),
        f"Rows above give the method of this indicator as {plain_text(said)}.",
        "Give one method for each indicator, or send the values in two files.",
    )


def _not_sex(text: str) -> Fault:
    given = plain_text(text)
    message = f"{given} is not a sex that we can read." if text else "There is no sex."
    return Fault("sex", given, message, "Enter Persons, Male or Female.")
