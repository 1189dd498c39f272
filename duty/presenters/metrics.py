"""What the site counts, in the text format of Prometheus."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from prometheus_client import CollectorRegistry, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily, SummaryMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from authorities.request_metrics import REQUESTS, SECONDS
from duty.queries.backlog import Backlog, JobFacts


class _Stored(Collector):
    """What stands in the database, and is the same whichever process is asked."""

    def __init__(self, *, backlog: Backlog, scheduled: Iterable[str]) -> None:
        self._backlog, self._scheduled = backlog, scheduled

    def collect(self) -> Iterator[Metric]:
        waiting = GaugeMetricFamily(
            "health_duty_waiting", "Rows that wait for the queue.", labels=["kind"]
        )
        for kind, count in self._backlog.waiting.items():
            waiting.add_metric([kind], count)
        yield waiting
        oldest = GaugeMetricFamily(
            "health_duty_oldest_owed_seconds",
            "For how long the oldest of what waits should have been tried; 0 where none waits.",
            labels=["kind"],
        )
        for kind, since in self._backlog.oldest.items():
            oldest.add_metric([kind], 0 if since is None else since.total_seconds())
        yield oldest
        yield from _jobs(self._backlog.jobs, self._scheduled)


def _jobs(jobs: tuple[JobFacts, ...], scheduled: Iterable[str]) -> Iterator[Metric]:
    took = SummaryMetricFamily(
        "health_duty_job_seconds",
        "Jobs by outcome: how many, and how long they took.",
        labels=["job", "outcome"],
    )
    last = GaugeMetricFamily(
        "health_duty_job_last_success_timestamp_seconds",
        "When a job last came to its end; 0 for a scheduled one that never did.",
        labels=["job"],
    )
    for job in jobs:
        took.add_metric([job.name, "succeeded"], job.succeeded, job.seconds_of_succeeded)
        took.add_metric([job.name, "failed"], job.failed, job.seconds_of_failed)
    ended = {job.name: job.succeeded_at for job in jobs} | {
        name: None for name in scheduled if name not in {job.name for job in jobs}
    }
    for name, at in sorted(ended.items()):
        last.add_metric([name], 0 if at is None else at.timestamp())
    yield took
    yield last


def metrics_text(*, backlog: Backlog) -> bytes:
    """Return all that is counted: requests of all processes of this machine, and what is stored."""
    registry = CollectorRegistry()
    if settings.METRICS_OF_ALL_PROCESSES:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call] # of the library
    else:
        registry.register(REQUESTS)
        registry.register(SECONDS)
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    registry.register(_Stored(backlog=backlog, scheduled=scheduled))
    return generate_latest(registry)
