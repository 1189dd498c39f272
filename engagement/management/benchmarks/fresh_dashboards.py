"""From one value that is stored to the dashboards that show it, with a real worker between."""

from collections.abc import Callable, Iterator
from itertools import count

from django.urls import reverse
from django.utils import timezone

from engagement.management.benchmarks.agreed_frameworks import AgreedWorld, agreed, asking
from engagement.management.benchmarks.rows import Measured, seconds
from engagement.management.benchmarks.workers import wait_until, worker
from outcomes.actions import observations
from outcomes.models import FrameworkPartner, Release
from outcomes.periods import Period, PeriodKind
from outcomes.return_file import ReturnRow, ValueNote

_INDICATORS = 24
# A person who stores a value sees it on the dashboards within two seconds.
_SECONDS_GOAL = 2.0


def one_value() -> Measured:
    """Measure from storing one value until the pages of authority, pair and framework show it.

    The nation is looked at by its file, since its page shows counts alone. What is agreed for the
    measure stays in the database of the measures, because the worker has to see it.
    """
    with agreed(authorities=1, indicators=_INDICATORS, kept=True) as made:
        pages = [asking(path) for path in _paths(made)]
    values = count(700.3, 13.7)
    with worker(processes=1):
        taken = seconds(lambda: _store_and_look(made, pages, values), times=5)
    return Measured(
        name="one_value_to_its_dashboards", value=taken, unit="s", limit=_SECONDS_GOAL, goal=1.0
    )


def _paths(made: AgreedWorld) -> tuple[str, ...]:
    [authority] = made.authorities
    partner = FrameworkPartner.objects.select_related("pair__board").get(
        framework__authority=authority
    )
    return (
        reverse("progress:authority", args=[authority.slug]),
        reverse("progress:pair", args=[authority.slug, partner.pair.board.slug]),
        reverse("progress:framework", args=[partner.framework_id]),
        reverse("progress:nation-indicators"),
    )


def _store_and_look(
    made: AgreedWorld, pages: list[Callable[[], bytes]], values: Iterator[float]
) -> None:
    """Publish another value of the newest period, and wait until every page has it."""
    before = b"".join(page() for page in pages)
    value = next(one for one in values if f"{one:.1f}".encode() not in before)
    words = f"{value:.1f}".encode()
    release = Release.objects.create(title="Benchmark again", created_at=timezone.now())
    observations.store(
        rows=[_row(made, value=value)], release=release, owner=None, at=timezone.now()
    )
    for page in pages:
        wait_until(lambda page=page: words in page(), what="A dashboard does not show the value")  # type: ignore[misc]


def _row(made: AgreedWorld, *, value: float) -> ReturnRow:
    [authority] = made.authorities
    indicator, people, newest = made.indicators[0], made.breakdowns[0], made.periods[-1]
    return ReturnRow(
        row=2,
        indicator_id=0,
        indicator_name=indicator.name,
        indicator_code=indicator.code,
        area_key=authority.pk,
        area_code="",
        period=Period(newest.start_date, newest.end_date, PeriodKind.CALENDAR_YEAR, newest.label),
        sex=people.sex,
        age=people.age,
        category_type=people.category_type,
        category=people.category,
        value=value,
        lower_95=value - 0.6,
        upper_95=value + 0.6,
        lower_998=None,
        upper_998=None,
        count=None,
        denominator=None,
        note=ValueNote.OK,
        value_note_text="",
    )
