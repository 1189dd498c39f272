"""Words that the pages of one indicator share."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from authorities.models import BodyKind
from authorities.presenters.words import day_text
from outcomes.area_figures import AreaValue, Break, Definition, number_words
from outcomes.models import Note
from outcomes.people import ALL_AGES, sex_words
from outcomes.presenters.figures import TableCell, TableColumn, note_words
from outcomes.queries.area_pages import Choices
from outcomes.queries.indicator_facts import IndicatorFacts, ReleaseFacts
from outcomes.stats import Polarity

KIND_WORDS = {
    str(BodyKind.STRATEGIC_AUTHORITY): ("Strategic authority", "strategic authorities"),
    str(BodyKind.INTEGRATED_CARE_BOARD): ("Integrated care board", "integrated care boards"),
    str(BodyKind.COUNCIL): ("Council", "councils"),
    str(BodyKind.REGION): ("Region", "regions"),
    str(BodyKind.NHS_REGION): ("NHS region", "NHS regions"),
    str(BodyKind.COUNTRY): ("Country", "countries"),
}
POLARITY_WORDS = {
    Polarity.HIGH_IS_GOOD: "A higher value is better",
    Polarity.LOW_IS_GOOD: "A lower value is better",
    Polarity.NO_JUDGEMENT: "Neither direction is called better",
}
NOT_PUBLISHED = "not published"


def people_words(*, choices: Choices) -> str:
    """Return whom the figures are for: 'men', 'people, 16+ yrs'."""
    who = sex_words(sex=choices.sex) if choices.sex else "people"
    return who if choices.age in ("", ALL_AGES) else f"{who}, {choices.age}"


def value_words(*, value: AreaValue | None, places: int) -> str:
    """Return the number, or why there is none; missing and suppressed are not zero."""
    if value is None:
        return NOT_PUBLISHED
    if value.value is None:
        return str(Note(value.note).label).lower()
    return number_words(value=value.value, places=places)


def limits_words(*, value: AreaValue | None, places: int) -> str:
    """Return both 95% limits, or that there are none."""
    if value is None or value.value is None:
        return "none"
    if value.lower_95 is None or value.upper_95 is None:
        return NOT_PUBLISHED
    low, high = (number_words(value=one, places=places) for one in (value.lower_95, value.upper_95))
    return f"{low} to {high}"


def remarks(
    *,
    value: AreaValue,
    code: str,
    overlaps: bool,
    breaks: tuple[Break, ...],
    version: int | None = None,
) -> tuple[str, ...]:
    """Return what must be borne in mind of a value, in words.

    Args:
        value: of the area.
        code: under which it was published, where that is not the area's and not everywhere so.
        overlaps: whether its period shares days with the one before.
        breaks: those that stand right before its period.
        version: of the definition that it is read by, where that is not the page's.
    """
    found = []
    if value.is_computed:
        found.append(f"computed by this site from {', '.join(value.computed_from)}")
    if value.provisional:
        found.append("provisional")
    if value.value is not None and (note := note_words(note=value.note)):
        found.append(note)
    if value.note_text:
        found.append(f"‘{value.note_text}’")
    if overlaps:
        found.append("overlaps with the period before")
    if code:
        found.append(f"published under the code {code}")
    if version is not None:
        found.append(f"read by version {version} of the definition, under which it came")
    found += [f"not comparable with earlier periods: {one.text.rstrip('.')}" for one in breaks]
    return tuple(found)


def breaks_before(
    *, definition: Definition, value: AreaValue, earlier: AreaValue | None
) -> tuple[Break, ...]:
    """Return the breaks that stand between a period and the one shown before it."""
    if earlier is None:
        return ()
    return tuple(
        one for one in definition.breaks if earlier.start_date < one.starts_on <= value.start_date
    )


def period_words(*, indicator: IndicatorFacts, overlapping: bool) -> str:
    """Return how the periods follow one another."""
    definition = indicator.definition
    length, step = definition.period_months, definition.step_months
    if not overlapping and not (length and step and step < length):
        return "The periods do not overlap"
    years = f" of {length // 12} years" if length and not length % 12 and length > 12 else ""
    return (
        f"Rolling periods{years}: neighbours share days, and so the same people. "
        "Filled dots mark periods that do not overlap."
    )


def direction_words(*, indicator: IndicatorFacts) -> str:
    """Return which direction is good, by the indicator's own definition."""
    return POLARITY_WORDS[indicator.definition.polarity]


def version_words(*, indicator: IndicatorFacts) -> str:
    """Return by which definition values are read, where another one holds by now; else nothing."""
    if indicator.read_by == indicator.version:
        return ""
    since = f" since {day_text(day=indicator.since)}" if indicator.since else ""
    return (
        f"These values came under version {indicator.read_by} of the definition and are read by "
        f"it. Version {indicator.version} has held{since}; it counts for values that come later."
    )


RELEASE_COLUMNS = (
    TableColumn("Release", numeric=False),
    TableColumn("Published on", numeric=False),
    TableColumn("Definition", numeric=False),
    TableColumn("Method", numeric=False),
)


def release_row(*, release: ReleaseFacts) -> tuple[TableCell, ...]:
    """Return a release as a row: what, when, by which definition and method."""
    return (
        TableCell(release.title, release.source),
        TableCell(
            day_text(day=release.published_on),
            "" if release.says_when else "the day on which it was stored",
        ),
        TableCell(
            f"version {release.indicator_version}" if release.indicator_version else "not recorded"
        ),
        TableCell(_method_words(release.method)),
    )


def _method_words(method: str | None) -> str:
    if method is None:
        return "not recorded"
    return method or "not named by the source"


def area_address(
    *, code: str, area_code: str, asked: Mapping[str, str], name: str = "indicator-area"
) -> str:
    """Return the address of an area's page or file, with what is asked for."""
    return f"{reverse(f'outcomes:{name}', args=[code, area_code])}{query(asked=asked)}"


def list_address(*, code: str, asked: Mapping[str, str], name: str = "indicator-areas") -> str:
    """Return the address of the list of areas or its file, with what is asked for."""
    return f"{reverse(f'outcomes:{name}', args=[code])}{query(asked=asked)}"


def query(*, asked: Mapping[str, str]) -> str:
    """Return the fields that say something, as the end of an address."""
    said = {key: word for key, word in asked.items() if word}
    return f"?{urlencode(said)}" if said else ""


def day_words(*, day: date | None) -> str:
    """Return as on which day the values stand."""
    return "as published today" if day is None else f"as published on {day_text(day=day)}"
