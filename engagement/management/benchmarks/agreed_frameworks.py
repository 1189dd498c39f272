"""A framework that many authorities agreed on, with its values, for the measures of progress."""

import hashlib
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.test import RequestFactory
from django.urls import resolve
from django.utils import timezone

from authorities.models import Body, BodyKind, Pair, StrategicAuthority, User
from outcomes.models import (
    Breakdown,
    Framework,
    FrameworkIndicator,
    FrameworkPartner,
    FrameworkSignature,
    FrameworkVersion,
    Indicator,
    ItemKind,
    Observation,
    PeriodRow,
    Release,
    TargetKind,
    TheoryItem,
    VersionState,
)
from outcomes.periods import PeriodKind

YEARS = range(2010, 2025)
SEXES = ("Male", "Female", "Persons")
# Which of the years the targets start from.
_BASELINE = 7


@dataclass(frozen=True)
class AgreedWorld:
    """What is agreed and published for a measure."""

    authorities: tuple[StrategicAuthority, ...]
    indicators: tuple[Indicator, ...]
    periods: tuple[PeriodRow, ...]
    breakdowns: tuple[Breakdown, ...]
    release: Release


@contextmanager
def agreed(*, authorities: int, indicators: int, kept: bool = False) -> Iterator[AgreedWorld]:
    """Agree a framework at so many authorities, with so many indicators of each sex.

    Within the block alone, unless it is to be kept for other processes to see.
    """
    with transaction.atomic():
        made = AgreedWorld(
            authorities=_authorities(authorities),
            indicators=tuple(
                Indicator.objects.bulk_create(
                    Indicator(
                        # What was kept of an earlier measure may stand beside it.
                        code=f"bench-{uuid.uuid4().hex[:8]}",
                        name=f"Benchmark {number}",
                        unit="years",
                        scale="years",
                        polarity="high",
                        benchmark_method="limits_95",
                        trend_eligible=True,
                        period_months=12,
                        step_months=12,
                        publication_lag_months=17,
                    )
                    for number in range(indicators)
                )
            ),
            periods=tuple(
                PeriodRow.objects.get_or_create(
                    start_date=date(year, 1, 1),
                    end_date=date(year + 1, 1, 1),
                    defaults={"label": str(year), "kind": PeriodKind.CALENDAR_YEAR},
                )[0]
                for year in YEARS
            ),
            breakdowns=tuple(
                Breakdown.objects.get_or_create(
                    sex=sex, age="All ages", category_type="", category=""
                )[0]
                for sex in SEXES
            ),
            release=Release.objects.create(title="Benchmark", created_at=timezone.now()),
        )
        _publish(made)
        for place, authority in enumerate(made.authorities):
            _agree(authority, made, place=place)
        with connection.cursor() as cursor:
            cursor.execute(f'ANALYZE "{Observation._meta.db_table}"')
        yield made
        transaction.set_rollback(not kept)


def _authorities(number: int) -> tuple[StrategicAuthority, ...]:
    there = list(StrategicAuthority.objects.filter(frameworks__isnull=True).order_by("slug"))
    there += [
        StrategicAuthority.objects.create(
            kind=BodyKind.STRATEGIC_AUTHORITY,
            slug=f"bench-authority-{uuid.uuid4().hex[:8]}",
            opened_on=date(2024, 1, 1),
            source="benchmark",
        )
        for _ in range(number - len(there))
    ]
    return tuple(there[:number])


def _publish(made: AgreedWorld) -> None:
    england = Body.objects.get(kind=BodyKind.COUNTRY, slug="england")
    Observation.objects.bulk_create(
        (
            Observation(
                indicator=indicator,
                area_id=area.pk,
                period=period,
                breakdown=breakdown,
                release=made.release,
                area_code="",
                value=(value := value_of(place=place, indicator=number, period=at)),
                lower_95=value - 0.6,
                upper_95=value + 0.6,
            )
            for number, indicator in enumerate(made.indicators)
            for place, area in enumerate((*made.authorities, england))
            for at, period in enumerate(made.periods)
            for breakdown in made.breakdowns
        ),
        batch_size=5_000,
    )


def value_of(*, place: int, indicator: int, period: int) -> float:
    """Return what is published of an indicator at a place, each by its number."""
    return 55 + (place * 7 + indicator * 3 + period * period) % 100 / 10


def _agree(authority: StrategicAuthority, made: AgreedWorld, *, place: int) -> None:
    """Agree a framework in the order that the database's triggers allow."""
    now = timezone.now()
    person = User.objects.order_by("pk")[0]
    framework = Framework.objects.create(
        authority=authority,
        name="Benchmark",
        started_at=now,
        started_by=person,
        form_key=uuid.uuid4(),
    )
    owners: list[Body] = [authority]
    for pair in Pair.objects.filter(authority=authority).select_related("board")[:1]:
        FrameworkPartner.objects.create(framework=framework, pair=pair)
        owners.append(pair.board)
    version = FrameworkVersion.objects.create(
        framework=framework,
        number=1,
        started_at=now,
        started_by=person,
        edited_at=now,
        edited_by=person,
    )
    item = TheoryItem.objects.create(
        framework_version=version, kind=ItemKind.OUTCOME, title="Outcome", order=1
    )
    FrameworkIndicator.objects.bulk_create(
        FrameworkIndicator(
            framework_version=version,
            item=item,
            indicator=indicator,
            area_id=authority.pk,
            breakdown=breakdown,
            order=number,
            baseline_period=made.periods[_BASELINE],
            baseline_value=(baseline := value_of(place=place, indicator=which, period=_BASELINE)),
            baseline_release=made.release,
            target_kind=TargetKind.REACH,
            target_value=baseline + 6,
            target_label="2030",
            target_start=date(2030, 1, 1),
            target_end=date(2031, 1, 1),
        )
        for number, (which, indicator, breakdown) in enumerate(
            (which, indicator, breakdown)
            for which, indicator in enumerate(made.indicators)
            for breakdown in made.breakdowns
        )
    )
    version.state = VersionState.PROPOSED
    version.content_hash = hashlib.sha256(str(version.pk).encode()).hexdigest()
    version.proposed_at = now
    version.save()
    for owner in owners:
        FrameworkSignature.objects.create(
            framework_version=version,
            body=owner,
            content_hash=version.content_hash,
            signed_at=now,
            signed_by=person,
        )
    version.state = VersionState.AGREED
    version.agreed_at = now
    version.save()


def asking(path: str) -> Callable[[], bytes]:
    """Return how to ask for the page at an address, as a visitor without an account.

    The address is looked up once: which page it leads to is no part of the page's time.

    Raises:
        RuntimeError: when asked, the page answered with an error.
    """
    match = resolve(path)

    def ask() -> bytes:
        request = RequestFactory().get(path)
        request.user = AnonymousUser()
        request.session = {}  # type: ignore[assignment]
        answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
        if isinstance(answer, TemplateResponse):
            answer.render()
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}.")
        return bytes(answer.content)

    return ask
