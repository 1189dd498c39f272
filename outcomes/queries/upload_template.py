"""The rows of an authority's template: its areas, and the newest value of each of its series."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from authorities import queries as register
from authorities.models import StrategicAuthority
from outcomes.models import Indicator, IndicatorSet, Observation
from outcomes.return_file import STANDARD_LIMITS


@dataclass(frozen=True)
class TemplateRow:
    """What a row of the template says before anybody fills it in."""

    indicator_id: int
    indicator_name: str
    area_code: str
    area_name: str
    sex: str
    age: str
    category_type: str
    category: str
    period: str
    value: float | None
    lower_95: float | None
    upper_95: float | None
    lower_998: float | None
    upper_998: float | None
    count: float | None
    denominator: float | None
    note: str


def sets_in_use() -> list[IndicatorSet]:
    """Return the sets that a template may be made of, by name."""
    return list(IndicatorSet.objects.filter(in_use=True).order_by("name", "pk"))


def template_rows(
    *, authority: StrategicAuthority, set_slug: str, day: date, asked: Collection[str] | None = None
) -> tuple[TemplateRow, ...]:
    """Return a row for each series of the authority's areas, with its newest value.

    An indicator of the set of which there is no value at all has a row for each area, without a
    period.

    Args:
        authority: whose areas.
        set_slug: the set whose indicators are wanted; empty for those that have values.
        day: on which the areas are the authority's.
        asked: codes of what a round asks, where no set is wanted and the template is the round's.
    """
    areas = {
        area.id: area
        for area in register.areas_of_authority(slug=authority.slug, as_at=day)
        if area.ons_code
    }
    indicators = Indicator.objects.filter(fingertips_id__isnull=False)
    if set_slug:
        indicators = indicators.filter(set_places__indicator_set__slug=set_slug)
    elif asked is not None:
        indicators = indicators.filter(code__in=asked)
    newest = (
        Observation.objects.current()
        .filter(
            Q(owner__isnull=True) | Q(owner=authority),
            indicator__in=indicators,
            area__in=list(areas),
        )
        .select_related("indicator", "breakdown", "period")
        # Of one period, what the authority sent in itself comes first.
        .order_by(
            "indicator__name",
            "indicator_id",
            "area_code",
            "area_id",
            "breakdown_id",
            "-period__end_date",
            F("owner_id").asc(nulls_last=True),
        )
        .distinct("indicator__name", "indicator_id", "area_code", "area_id", "breakdown_id")
    )
    seen: set[int] = set()
    rows: list[TemplateRow] = []
    for one in newest[: STANDARD_LIMITS.max_rows]:
        seen.add(one.indicator_id)
        area = areas[one.area_id]
        rows.append(_row(one, code=area.ons_code or "", name=area.name))
    if set_slug or asked is not None:
        for indicator in indicators.exclude(pk__in=seen).order_by("name", "pk"):
            rows.extend(_empty_rows(indicator, areas.values()))
    return tuple(rows[: STANDARD_LIMITS.max_rows])


def _row(one: Observation, *, code: str, name: str) -> TemplateRow:
    return TemplateRow(
        indicator_id=one.indicator.fingertips_id or 0,
        indicator_name=one.indicator.name,
        area_code=code,
        area_name=name,
        sex=one.breakdown.sex,
        age=one.breakdown.age,
        category_type=one.breakdown.category_type,
        category=one.breakdown.category,
        period=one.period.label,
        value=one.value,
        lower_95=one.lower_95,
        upper_95=one.upper_95,
        lower_998=one.lower_998,
        upper_998=one.upper_998,
        count=one.count,
        denominator=one.denominator,
        note=one.note_text,
    )


def _empty_rows(indicator: Indicator, areas: Iterable[register.Area]) -> Iterator[TemplateRow]:
    for area in areas:
        yield TemplateRow(
            indicator_id=indicator.fingertips_id or 0,
            indicator_name=indicator.name,
            area_code=area.ons_code or "",
            area_name=area.name,
            sex="Persons",
            age="All ages",
            category_type="",
            category="",
            period="",
            value=None,
            lower_95=None,
            upper_95=None,
            lower_998=None,
            upper_998=None,
            count=None,
            denominator=None,
            note="",
        )
