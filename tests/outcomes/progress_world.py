"""Frameworks in force with published values, for tests of what is computed from them."""

from collections.abc import Mapping, Sequence
from typing import Any

from outcomes.models import FrameworkVersion, Indicator, Observation, PeriodRow
from tests.factories.authorities import CountryFactory
from tests.factories.frameworks import FrameworkFactory, FrameworkPartnerFactory, agreed_framework
from tests.factories.outcomes import IndicatorFactory, ObservationFactory, PeriodFactory


def years(first: int) -> PeriodRow:
    """Three calendar years from the first on."""
    made: PeriodRow = PeriodFactory(
        label=f"{first} - {(first + 2) % 100:02d}",
        start_date=f"{first}-01-01",
        end_date=f"{first + 3}-01-01",
    )
    return made


def published(
    indicator: Indicator, area: Any, values: Mapping[int, float | None], **more: Any
) -> list[Observation]:
    """Publish values by first year, each a year wide on both sides."""
    return [
        ObservationFactory(
            indicator=indicator,
            area=area,
            period=years(first),
            value=value,
            **{
                "lower_95": None if value is None else value - 1,
                "upper_95": None if value is None else value + 1,
                "note": "ok" if value is not None else "missing",
                **more,
            },
        )
        for first, value in values.items()
    ]


def framework_with(
    *series: Mapping[int, float | None], partners: int = 1, **more: Any
) -> FrameworkVersion:
    """Agree a framework with an indicator for each series of values of its authority."""
    framework = FrameworkFactory(**more)
    for _ in range(partners):
        FrameworkPartnerFactory(framework=framework)
    england = CountryFactory()
    told: Sequence[dict[str, object]] = [
        {"indicator": IndicatorFactory(benchmark_method="limits_95", publication_lag_months=17)}
        for _ in series
    ]
    for values, one in zip(series, told, strict=True):
        published(one["indicator"], framework.authority, values)
        published(one["indicator"], england, dict.fromkeys(values, 61.0))
    return agreed_framework(framework=framework, indicators=told)
