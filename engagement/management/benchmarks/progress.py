"""Progress: the recompute of everything, and the time and queries of a dashboard."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.shortcuts import render
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from authorities.models import Body, BodyKind, StrategicAuthority
from engagement.management.benchmarks.agreed_frameworks import (
    SEXES,
    YEARS,
    AgreedWorld,
    agreed,
    asking,
)
from engagement.management.benchmarks.rows import Measured, seconds_in_turn
from outcomes.actions import progress
from outcomes.models import ProgressPicture, ProgressStatus
from outcomes.queries import progress_inputs

AUTHORITIES, INDICATORS = 25, 60
RECOMPUTE_GOAL = 5.0
PAGE_GOAL = 2.0
QUERIES_GOAL = 1.0


def full_recompute() -> Measured:
    """Measure the recompute of all from nothing against reading the same rows once."""
    with agreed(authorities=AUTHORITIES, indicators=INDICATORS) as made:
        taken, read = seconds_in_turn(
            lambda: _recompute_all(made.authorities), lambda: _read_all(made), times=3
        )
        computed = ProgressStatus.objects.filter(
            framework_indicator__indicator__in=made.indicators
        ).count()
    expected = AUTHORITIES * INDICATORS * len(SEXES)
    if computed != expected:
        raise RuntimeError(f"{computed} statuses were computed, not {expected}.")
    return Measured(
        name=f"progress_recompute_of_{AUTHORITIES * INDICATORS * len(YEARS) * len(SEXES)}_values",
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


def _read_all(made: AgreedWorld) -> None:
    """Read every value once, by authority with England's, into the series that labels rest on."""
    england = Body.objects.get(kind=BodyKind.COUNTRY, slug="england")
    for authority in made.authorities:
        progress_inputs.series_of(
            indicators=[one.pk for one in made.indicators],
            areas=[authority.pk, england.pk],
            breakdowns=[one.pk for one in made.breakdowns],
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
    with _dashboard(indicators=1) as ask:
        few = _queries(ask)
    with _dashboard(indicators=24) as ask:
        many = _queries(ask)
        page, one = seconds_in_turn(ask, _one_query_page, times=25)
    return page, one, many, few


@contextmanager
def _dashboard(*, indicators: int) -> Iterator[Callable[[], bytes]]:
    with agreed(authorities=1, indicators=indicators) as made:
        [authority] = made.authorities
        progress.refresh(authority=authority, at=timezone.now())
        yield asking(reverse("progress:authority", args=[authority.slug]))


def _queries(ask: Callable[[], bytes]) -> int:
    ask()
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


def _one_query_page() -> bytes:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    request.session = {}  # type: ignore[assignment]
    answer = render(request, "engagement/bench_page.html", {"body": Body.objects.first()})
    return bytes(answer.content)
