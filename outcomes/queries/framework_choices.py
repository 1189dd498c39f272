"""What may be chosen for a framework's indicators: areas, people, baselines, sets."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from authorities.models import BodyKind, StrategicAuthority
from outcomes.framework_content import Baseline, Span
from outcomes.framework_rules import Measured
from outcomes.models import (
    Breakdown,
    CountValue,
    Domain,
    FrameworkIndicator,
    Indicator,
    IndicatorSet,
    Note,
    Observation,
)
from outcomes.people import people_words
from outcomes.queries.frameworks import people_of
from outcomes.queries.places import ENGLAND, Place, places_of

# Health outcomes are what determinants work on, and no determinant themselves.
HEALTH_OUTCOMES = "health-outcomes"
_USABLE = (Note.OK, Note.ESTIMATED, Note.REMARKED)
# Sex and age of the breakdown that is everybody, as publishers write them.
EVERYBODY = ("Persons", "All ages")


@dataclass(frozen=True)
class People:
    """Whom a value may be for; `published` where the area has values for them.

    id: of the breakdown; None is everybody, where no value has ever come for anybody.
    """

    id: int | None
    words: str
    published: bool


@dataclass(frozen=True)
class BaselineChoice:
    """A published value that may be a baseline; `release` is the title of its release."""

    period_id: int
    baseline: Baseline
    release: str
    provisional: bool


def areas_for(*, authority: StrategicAuthority, day: date) -> tuple[Place, ...]:
    """Return the areas whose indicators a framework may hold: the authority, then its councils."""
    found = [one for one in places_of(authority=authority, day=day) if one.kind != BodyKind.COUNTRY]
    return (
        *(one for one in found if one.id == authority.pk),
        *(one for one in found if one.id != authority.pk),
    )


def described_indicators() -> tuple[tuple[str, str], ...]:
    """Return code and name of every described indicator, by name."""
    rows = Indicator.objects.filter(draft=False).order_by("name", "code")
    return tuple(rows.values_list("code", "name"))


def measured(*, indicator: Indicator) -> Measured:
    """Return what of an indicator counts for a target."""
    return Measured(
        unit=indicator.unit,
        polarity=indicator.polarity,
        scale=indicator.scale,
        multiplier=indicator.multiplier,
        year_type=indicator.year_type,
        period_months=indicator.period_months,
        step_months=indicator.step_months,
    )


def people_for(*, indicator: Indicator, area_id: UUID) -> tuple[People, ...]:
    """Return for whom the area has published values; else for whom England or anybody has."""
    own = _breakdowns(indicator, Q(area=area_id))
    england = Q(area__kind=BodyKind.COUNTRY, area__slug=ENGLAND)
    others = own or _breakdowns(indicator, england) or _breakdowns(indicator, Q())
    if not others:
        return (
            People(
                id=None,
                words=people_words(sex=EVERYBODY[0], age=EVERYBODY[1], category="").capitalize(),
                published=False,
            ),
        )
    rows = Breakdown.objects.filter(pk__in=others)
    return tuple(
        People(id=row.pk, words=people_of(row).capitalize(), published=row.pk in own)
        for row in sorted(rows, key=_whole_first)
    )


def _breakdowns(indicator: Indicator, where: Q) -> set[int]:
    rows = Observation.objects.published().current().filter(where, indicator=indicator)
    return set(rows.order_by().values_list("breakdown_id", flat=True).distinct())


def _whole_first(row: Breakdown) -> tuple[object, ...]:
    return row.category_type, row.category, row.sex != EVERYBODY[0], row.sex, row.age


def usual_people(*, indicator: Indicator, area_id: UUID) -> tuple[int, ...]:
    """Return for whom an indicator comes in with a set: all persons, or else each sex apart.

    Sexes are never put together, so that where no value for all persons is published there are two.
    Empty where no value has ever come: then it is for everybody.
    """
    people = people_for(indicator=indicator, area_id=area_id)
    found = [one.id for one in people if one.id is not None]
    rows = Breakdown.objects.in_bulk(found)
    whole = [rows[key] for key in found if not rows[key].category_type]
    together = [row.pk for row in whole if row.sex == EVERYBODY[0]]
    if together:
        return (together[0],)
    by_sex: dict[str, int] = {}
    for row in whole:
        by_sex.setdefault(row.sex, row.pk)
    return tuple(by_sex.values())


def baselines_for(
    *, indicator_id: int, area_id: UUID, breakdown_id: int
) -> tuple[BaselineChoice, ...]:
    """Return the published values that may be a baseline, the newest period first.

    Each is of the newest release that holds its period. What is missing, suppressed or not reliable
    is none.
    """
    rows = (
        Observation.objects.published()
        .current()
        .filter(
            indicator=indicator_id,
            area=area_id,
            breakdown=breakdown_id,
            note__in=_USABLE,
            value__isnull=False,
        )
        .select_related("period", "release")
        .order_by("-period__start_date", "-period__end_date")
    )
    return tuple(
        BaselineChoice(
            period_id=row.period_id,
            baseline=Baseline(
                period=Span(row.period.label, row.period.start_date, row.period.end_date),
                value=row.value,
                lower=row.lower_95,
                upper=row.upper_95,
                release_id=row.release_id,
            ),
            release=row.release.title,
            provisional=row.provisional,
        )
        for row in rows
        if row.value is not None
    )


def has_values_after(*, place: FrameworkIndicator) -> bool:
    """Whether a value was published for a period that ends after the baseline's."""
    if place.baseline_period is None:
        return False
    rows = Observation.objects.published().current()
    return rows.filter(
        indicator=place.indicator_id,
        area=place.area_id,
        breakdown=place.breakdown_id,
        value__isnull=False,
        period__end_date__gt=place.baseline_period.end_date,
    ).exists()


def has_counts(*, framework_id: UUID, lineage: UUID) -> bool:
    """Whether anything was counted by a measure, in whichever version."""
    return CountValue.objects.filter(framework=framework_id, lineage=lineage).exists()


def default_determinant(*, indicator: Indicator) -> Domain | None:
    """Return the indicator's own domain, unless that is of health outcomes."""
    domain = indicator.domain
    return None if domain is None or domain.slug == HEALTH_OUTCOMES else domain


def determinants() -> tuple[tuple[str, str], ...]:
    """Return slug and name of the determinants in use, in their order."""
    rows = Domain.objects.filter(in_use=True).exclude(slug=HEALTH_OUTCOMES)
    return tuple(rows.order_by("order", "name").values_list("slug", "name"))


@dataclass(frozen=True)
class SetMember:
    """An indicator of a set, with the determinant that it stands for there."""

    indicator: Indicator
    determinant: Domain | None


def members_of(*, indicator_set: IndicatorSet) -> tuple[SetMember, ...]:
    """Return the described indicators of a set in their order."""
    rows = indicator_set.members.filter(indicator__draft=False).select_related(
        "determinant", "indicator__domain"
    )
    return tuple(
        SetMember(
            indicator=row.indicator,
            determinant=row.determinant or default_determinant(indicator=row.indicator),
        )
        for row in rows.order_by("order")
    )


def sets_in_use() -> tuple[IndicatorSet, ...]:
    """Return the sets that may be adopted, by name."""
    return tuple(IndicatorSet.objects.filter(in_use=True).order_by("name", "pk"))


def sets_with_counts(*, inside: Collection[int]) -> dict[int, tuple[int, int]]:
    """Return for each set in use how many indicators it has, and how many are not `inside`.

    Args:
        inside: keys of the indicators that are in the framework.
    """
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    rows = IndicatorSet.objects.filter(in_use=True, members__indicator__draft=False)
    for key, indicator in rows.values_list("pk", "members__indicator_id"):
        found[key][0] += 1
        found[key][1] += indicator not in inside
    return {key: (whole, new) for key, (whole, new) in found.items()}
