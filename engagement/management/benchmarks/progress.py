"""Progress: the recompute of everything, and the time and queries of a dashboard."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache

from django.db import connection, transaction
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
from engagement.management.benchmarks.pages import one_query_page
from engagement.management.benchmarks.rows import Measured, seconds_in_turn
from engagement.management.benchmarks.workers import wait_until, worker
from outcomes import recompute
from outcomes.actions import progress
from outcomes.models import ProgressPicture, ProgressStatus, RecomputeRequest, Subject
from outcomes.queries import progress_series

AUTHORITIES, INDICATORS = 25, 60
RECOMPUTE_GOAL = 5.0
PAGE_GOAL = 2.0
QUERIES_GOAL = 1.0


def full_recompute() -> Measured:
    """Measure the recompute of all from nothing, as the site does it, against one reading.

    Through the ledger, by a worker with a process for each of the two cores; each request also
    brings the pages of its authority up to date, which finds nothing changed.
    """
    with agreed(authorities=AUTHORITIES, indicators=INDICATORS, kept=True) as made:
        pass
    with worker(processes=2):
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
    with transaction.atomic():
        for authority in authorities:
            recompute.request(
                subject=Subject.AUTHORITY, subject_id=authority.pk, reason="benchmark", at=now
            )
    wait_until(
        lambda: not RecomputeRequest.objects.filter(finished_at__isnull=True).exists(),
        what="The ledger is not done",
    )


def _read_all(made: AgreedWorld) -> None:
    """Read every value once, England's too, into the series that the labels rest on."""
    england = Body.objects.get(kind=BodyKind.COUNTRY, slug="england")
    progress_series.series_of(
        indicators=[one.pk for one in made.indicators],
        areas=[*(one.pk for one in made.authorities), england.pk],
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
        page, one = seconds_in_turn(ask, one_query_page, times=25)
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
