"""Progress: a value's way to the dashboards, the recompute of everything, and the pages' time."""

import hashlib
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.shortcuts import render
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from django.utils import timezone

from authorities.models import Body, BodyKind, Pair, StrategicAuthority, User
from engagement.management.benchmarks.rows import Measured, seconds, seconds_in_turn
from outcomes import recompute
from outcomes.actions import observations, progress
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
    ProgressPicture,
    ProgressStatus,
    Release,
    Subject,
    TargetKind,
    TheoryItem,
    VersionState,
)
from outcomes.queries import progress_inputs

AUTHORITIES, INDICATORS = 25, 60
_YEARS = range(2010, 2025)
_SEXES = ("Male", "Female", "Persons")
# A person who stores a value sees it on the dashboards within two seconds.
SECONDS_GOAL = 2.0
RECOMPUTE_GOAL = 5.0
PAGE_GOAL = 2.0
QUERIES_GOAL = 1.0


@dataclass(frozen=True)
class _World:
    """What is agreed and published for a measure; gone with the transaction."""

    authorities: tuple[StrategicAuthority, ...]
    indicators: tuple[Indicator, ...]
    periods: tuple[PeriodRow, ...]
    breakdowns: tuple[Breakdown, ...]
    release: Release


@contextmanager
def _agreed(*, authorities: int, indicators: int) -> Iterator[_World]:
    """Agree a framework at so many authorities, with so many indicators of each sex."""
    with transaction.atomic():
        made = _World(
            authorities=_authorities(authorities),
            indicators=tuple(
                Indicator.objects.bulk_create(
                    Indicator(
                        code=f"bench-progress-{number}",
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
                    defaults={"label": str(year), "kind": "calendar year"},
                )[0]
                for year in _YEARS
            ),
            breakdowns=tuple(
                Breakdown.objects.get_or_create(
                    sex=sex, age="All ages", category_type="", category=""
                )[0]
                for sex in _SEXES
            ),
            release=Release.objects.create(title="Benchmark", created_at=timezone.now()),
        )
        _publish(made)
        for authority in made.authorities:
            _agree(authority, made)
        with connection.cursor() as cursor:
            cursor.execute(f'ANALYZE "{Observation._meta.db_table}"')
        yield made
        transaction.set_rollback(True)


def _authorities(number: int) -> tuple[StrategicAuthority, ...]:
    there = list(StrategicAuthority.objects.filter(frameworks__isnull=True).order_by("slug"))
    there += [
        StrategicAuthority.objects.create(
            kind=BodyKind.STRATEGIC_AUTHORITY,
            slug=f"bench-authority-{more}",
            opened_on=date(2024, 1, 1),
            source="benchmark",
        )
        for more in range(number - len(there))
    ]
    return tuple(there[:number])


def _publish(made: _World) -> None:
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
                value=(value := 55 + (place * 7 + number * 3 + at * at) % 100 / 10),
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


def _agree(authority: StrategicAuthority, made: _World) -> None:
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
            baseline_period=made.periods[7],
            baseline_value=58.0,
            baseline_release=made.release,
            target_kind=TargetKind.REACH,
            target_value=64.0,
            target_label="2030",
            target_start=date(2030, 1, 1),
            target_end=date(2031, 1, 1),
        )
        for number, (indicator, breakdown) in enumerate(
            (indicator, breakdown) for indicator in made.indicators for breakdown in made.breakdowns
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


def full_recompute() -> Measured:
    """Measure the recompute of all from nothing against reading the same rows once."""
    with _agreed(authorities=AUTHORITIES, indicators=INDICATORS) as made:
        taken, read = seconds_in_turn(
            lambda: _recompute_all(made.authorities), lambda: _read_all(made), times=3
        )
        computed = ProgressStatus.objects.filter(
            framework_indicator__indicator__in=made.indicators
        ).count()
    expected = AUTHORITIES * INDICATORS * len(_SEXES)
    if computed != expected:
        raise RuntimeError(f"{computed} statuses were computed, not {expected}.")
    return Measured(
        name=f"progress_recompute_of_{AUTHORITIES * INDICATORS * len(_YEARS) * len(_SEXES)}_values",
        value=taken,
        unit="s",
        limit=read,
        goal=RECOMPUTE_GOAL,
    )


def _recompute_all(authorities: Sequence[StrategicAuthority]) -> None:
    ProgressStatus.objects.all().delete()
    ProgressPicture.objects.all().delete()
    now = timezone.now()
    for authority in authorities:
        progress.refresh(authority=authority, at=now)
    progress.refresh_nation(at=now)


def _read_all(made: _World) -> None:
    """Read every value as the recompute does: by authority, with England's."""
    england = Body.objects.get(kind=BodyKind.COUNTRY, slug="england")
    for authority in made.authorities:
        rows = Observation.objects.published().current()
        list(
            rows.filter(
                indicator__in=[one.pk for one in made.indicators],
                area__in=[authority.pk, england.pk],
            ).values_list(*progress_inputs.FIELDS)
        )


def one_value() -> Measured:
    """Measure from storing one value to a dashboard of its authority that shows it."""
    with _agreed(authorities=1, indicators=24) as made:
        [authority] = made.authorities
        progress.refresh(authority=authority, at=timezone.now())
        values = iter(range(1, 100))

        def store_and_look() -> None:
            value = 50 + next(values) / 10
            _store(authority, made, value)
            recompute.run_pending()
            if f"{value:.1f} years".encode() not in _page(authority):
                raise RuntimeError("The dashboard does not show the value.")

        taken = seconds(store_and_look, times=5)
    return Measured(
        name="one_value_to_its_dashboards",
        value=taken,
        unit="s",
        limit=SECONDS_GOAL,
        goal=1.0,
    )


def _store(authority: StrategicAuthority, made: _World, value: float) -> None:
    """Publish another value of the newest period, and ask for what follows."""
    now = timezone.now()
    newest = made.periods[-1]
    row = Observation.objects.current().get(
        indicator=made.indicators[0], area=authority, period=newest, breakdown=made.breakdowns[0]
    )
    row.superseded_at = now
    row.save(update_fields=["superseded_at"])
    Observation.objects.create(
        indicator=made.indicators[0],
        area_id=authority.pk,
        period=newest,
        breakdown=made.breakdowns[0],
        release=made.release,
        area_code="",
        value=value,
        lower_95=value - 0.6,
        upper_95=value + 0.6,
    )
    recompute.request(
        subject=Subject.AUTHORITY, subject_id=authority.pk, reason=observations.REASON, at=now
    )


def dashboard_time() -> Measured:
    """Measure the dashboard of an authority against a page of one query in the same frame."""
    page, one, _, _ = _dashboards()
    return Measured(name="dashboard_server_time", value=page, unit="s", limit=one, goal=PAGE_GOAL)


def dashboard_queries() -> Measured:
    """Count the queries of a dashboard of 72 indicators against those of one of 3."""
    _, _, many, few = _dashboards()
    return Measured(
        name="dashboard_queries",
        value=float(many),
        unit="queries",
        limit=float(few),
        goal=QUERIES_GOAL,
    )


@cache
def _dashboards() -> tuple[float, float, int, int]:
    """Return the time of page and limit, and the queries of a large and of a small dashboard."""
    with _dashboard(indicators=1) as authority:
        few = _queries(authority)
    with _dashboard(indicators=24) as authority:
        many = _queries(authority)
        page, one = seconds_in_turn(partial(_page, authority), _one_query_page, times=25)
    return page, one, many, few


@contextmanager
def _dashboard(*, indicators: int) -> Iterator[StrategicAuthority]:
    with _agreed(authorities=1, indicators=indicators) as made:
        [authority] = made.authorities
        progress.refresh(authority=authority, at=timezone.now())
        yield authority


def _queries(authority: StrategicAuthority) -> int:
    _page(authority)
    with CaptureQueriesContext(connection) as captured:
        _page(authority)
    return len(captured)


def _one_query_page() -> bytes:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    request.session = {}  # type: ignore[assignment]
    answer = render(request, "engagement/bench_page.html", {"body": Body.objects.first()})
    return bytes(answer.content)


def _page(authority: StrategicAuthority) -> bytes:
    path = reverse("progress:authority", args=[authority.slug])
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    request.session = {}  # type: ignore[assignment]
    match = resolve(path)
    answer = match.func(request, *match.args, **match.kwargs)
    answer.render()
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}.")
    return bytes(answer.content)
