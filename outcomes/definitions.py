"""What an indicator is said to be: its facts, the rules that they keep, what differs in two."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

# Words of other addresses under /indicators/, which no code may take.
RESERVED_CODES = frozenset(
    {"approvals", "catalogue", "domains", "locks", "missing", "new", "releases", "sets"}
)
LONGEST = {
    "code": 60,
    "name": 255,
    "unit": 60,
    "licence": 120,
    "trend_text": 255,
    "breakdowns": 255,
}
LARGEST = {
    "fingertips_id": 2_147_483_647,
    "multiplier": 2_147_483_647,
    "suppress_denominators_to": 2_147_483_647,
}
LARGEST_SMALL = 32_767

SCALES = frozenset({"proportion", "rate", "years", "ratio", "index", "unknown"})
POLARITIES = frozenset({"high", "low", "none"})
YEAR_TYPES = frozenset({"calendar", "financial", "academic", "unknown"})
BENCHMARK_METHODS = frozenset({"limits_95", "limits_998", "limits_both", "quintiles", "none"})
_CHOICES = {
    "scale": SCALES,
    "polarity": POLARITIES,
    "year_type": YEAR_TYPES,
    "benchmark_method": BENCHMARK_METHODS,
}

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# A value with a count, a denominator and a multiplier; years and indices have none.
_COUNTED = frozenset({"proportion", "rate", "ratio", "unknown"})

FIELD_WORDS = {
    "code": "Code",
    "fingertips_id": "Fingertips identifier",
    "name": "Name",
    "definition": "Definition",
    "unit": "Unit",
    "scale": "Scale",
    "polarity": "Which direction is good",
    "domain": "Domain",
    "multiplier": "Multiplier",
    "year_type": "Type of year",
    "period_months": "Length of a period",
    "step_months": "Step between periods",
    "publication_lag_months": "Publication lag",
    "breakdowns": "Broken down by",
    "benchmark_method": "Rule of comparison",
    "trend_eligible": "Recent trend",
    "trend_text": "Why there is no recent trend",
    "suppress_counts_to": "Counts suppressed up to",
    "suppress_denominators_to": "Populations suppressed up to",
    "round_counts_to": "Counts rounded to",
    "disclosure_text": "Disclosure rule of the publisher",
    "source": "Source",
    "licence": "Licence",
}

Fact = str | int | bool | None


@dataclass(frozen=True)
class Definition:
    """An indicator as its publisher defines it; None is what is not known or does not apply.

    domain is the slug of one, or empty. A value is count / denominator x multiplier. Periods last
    `period_months` and begin `step_months` apart. `breakdowns` says in words by what values are
    given apart: sex, age, deprivation. The three disclosure numbers are of values that
    bodies send in: counts from 1 to the first one and populations up to the second are
    suppressed, and counts are rounded to a multiple of the third.
    """

    code: str
    name: str
    fingertips_id: int | None = None
    definition: str = ""
    unit: str = ""
    scale: str = "unknown"
    polarity: str = "none"
    domain: str = ""
    multiplier: int | None = None
    year_type: str = "unknown"
    period_months: int | None = None
    step_months: int | None = None
    publication_lag_months: int | None = None
    breakdowns: str = ""
    benchmark_method: str = "none"
    trend_eligible: bool = False
    trend_text: str = ""
    suppress_counts_to: int | None = None
    suppress_denominators_to: int | None = None
    round_counts_to: int | None = None
    disclosure_text: str = ""
    source: str = ""
    licence: str = ""

    @property
    def rolling(self) -> bool:
        """Whether a period overlaps the one before it."""
        return (
            self.period_months is not None
            and self.step_months is not None
            and self.step_months < self.period_months
        )


@dataclass(frozen=True)
class DefinitionProblem:
    """What is wrong with one fact, and what to do."""

    field: str
    message: str


FIELDS = tuple(field.name for field in fields(Definition))
_WHOLE_NUMBERS = tuple(field.name for field in fields(Definition) if field.type == int | None)


@dataclass(frozen=True)
class NextPeriod:
    """The period after the newest one; end_date is the first day after it.

    due_on is the day by which its values are usual, None where the lag is not known.
    """

    start_date: date
    end_date: date
    due_on: date | None


def next_period(*, definition: Definition, start_date: date, end_date: date) -> NextPeriod | None:
    """Return the period that follows one of an indicator, and when its values are due.

    Args:
        definition: whose step and lag count.
        start_date: first day of the newest period.
        end_date: first day after it.

    Returns:
        A period as long as the newest one, a step later; None where the step is not known.

    Source: the project's own definition.
    """
    if definition.step_months is None:
        return None
    end = _months_after(end_date, definition.step_months)
    lag = definition.publication_lag_months
    return NextPeriod(
        start_date=_months_after(start_date, definition.step_months),
        end_date=end,
        due_on=None if lag is None else _months_after(end, lag),
    )


def _months_after(day: date, months: int) -> date:
    """Return the same day some months later; periods begin on the first of a month."""
    whole = day.month - 1 + months
    return date(day.year + whole // 12, whole % 12 + 1, min(day.day, 28))


def facts_of(*, definition: Definition) -> dict[str, Fact]:
    """Return the facts by field name, as a version keeps them."""
    # Plain values all of them, so that nothing below needs a copy.
    return dict(vars(definition))


def definition_of(*, facts: Mapping[str, Fact]) -> Definition:
    """Return the definition that a version keeps; facts that it does not know are as by default.

    Raises:
        TypeError: code or name is missing.
    """
    known = {name: value for name, value in facts.items() if name in FIELDS}
    return Definition(**known)  # type: ignore[arg-type]


def changed_fields(*, before: Mapping[str, Fact], after: Mapping[str, Fact]) -> tuple[str, ...]:
    """Return the names of the facts that differ, in the order of the definition."""
    return tuple(name for name in FIELDS if before.get(name) != after.get(name))


def problems_of(*, definition: Definition) -> tuple[DefinitionProblem, ...]:
    """Return everything that keeps an indicator from being described like this.

    Returns:
        At most one problem a fact, in the order of the definition; none where all is well. What
        is not known may be left open, but for what a reader of a value must know: name,
        definition, unit, scale, source and licence.
    """
    found: dict[str, str] = {}
    for name, message in (
        *_missing(definition),
        *_ill_formed(definition),
        *_out_of_range(definition),
        *_contradictions(definition),
    ):
        found.setdefault(name, message)
    return tuple(DefinitionProblem(name, found[name]) for name in FIELDS if name in found)


def _missing(definition: Definition) -> list[tuple[str, str]]:
    found = [
        (name, f"Enter the {words}")
        for name, words in (
            ("code", "code"),
            ("name", "name"),
            ("definition", "definition in a sentence or two"),
            ("unit", "unit, for example years or %"),
            ("source", "source"),
            ("licence", "licence"),
        )
        if not getattr(definition, name)
    ]
    if definition.scale == "unknown":
        found.append(("scale", "Choose the scale"))
    return found


def _ill_formed(definition: Definition) -> list[tuple[str, str]]:
    found = [
        (name, f"Use at most {most} characters")
        for name, most in LONGEST.items()
        if len(getattr(definition, name)) > most
    ]
    if not _CODE.fullmatch(definition.code):
        found.append(("code", "Use small letters, figures and single hyphens in the code"))
    if definition.code in RESERVED_CODES:
        found.append(
            ("code", f"{definition.code} is the address of another page. Use another code")
        )
    found += [
        (name, f"{getattr(definition, name)} is not one that we know")
        for name, choices in _CHOICES.items()
        if getattr(definition, name) not in choices
    ]
    return found


def _out_of_range(definition: Definition) -> list[tuple[str, str]]:
    found = []
    for name in _WHOLE_NUMBERS:
        value = getattr(definition, name)
        most = LARGEST.get(name, LARGEST_SMALL)
        # Figures may be published in the very month in which a period ends.
        least = 0 if name == "publication_lag_months" else 1
        if value is not None and not least <= value <= most:
            found.append((name, f"Enter a whole number from {least} to {most:,}"))
    return found


def _contradictions(definition: Definition) -> list[tuple[str, str]]:
    found = []
    if definition.multiplier is not None and definition.scale not in _COUNTED:
        found.append(
            ("multiplier", f"A value in {definition.scale} is no count of people. Leave it empty")
        )
    if definition.trend_eligible and None in (definition.period_months, definition.step_months):
        message = "Enter length and step of the periods first: overlapping ones have no trend"
        found.append(("trend_eligible", message))
    if definition.trend_eligible and definition.rolling:
        # Overlapping periods are not independent. Source: Fingertips technical guidance, trends.
        found.append(
            ("trend_eligible", "Rolling periods overlap, so no recent trend can be computed")
        )
    elif not definition.trend_eligible and not definition.trend_text:
        found.append(("trend_text", "Say why no recent trend is computed"))
    return found
