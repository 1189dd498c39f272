"""Measures the site against limits taken in the same run: `./run bench --json FILE`."""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from engagement.management.benchmarks import (
    bulk,
    commitments,
    engaged,
    fresh_dashboards,
    geography,
    indicators,
    pages,
    progress,
    reorganisations,
    returns,
    statistics,
    uploads,
)
from engagement.management.benchmarks.rows import Measured

_MEASURES: tuple[Callable[[], Measured | tuple[Measured, ...]], ...] = (
    pages.national_page,
    reorganisations.national_page_queries,
    reorganisations.national_page_time,
    returns.return_page_queries,
    returns.task_list,
    returns.question_page,
    commitments.commitment_lists,
    geography.all_of_england,
    uploads.upload,
    progress.dashboard_time,
    progress.dashboard_queries,
    fresh_dashboards.one_value,
    progress.full_recompute,
    statistics.statistics,
)
_AMONG_VALUES = (
    indicators.indicator_page_time,
    indicators.indicator_page_queries,
    indicators.indicator_list_time,
)


def _measured(
    more: Iterable[Callable[[], Measured | tuple[Measured, ...]]],
) -> Iterator[Measured]:
    for measure in (*_MEASURES, *more):
        found = measure()
        yield from (found,) if isinstance(found, Measured) else found


class Command(BaseCommand):
    """Prints a line for each measure, and writes them all as JSON."""

    help = "Measure the site against limits taken in the same run."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file to write to."""
        parser.add_argument("--json", type=Path, help="Where to write the rows as JSON.")
        parser.add_argument(
            "--values",
            type=int,
            default=indicators.MANY,
            help="Among how many stored values an indicator's page is measured; 0 leaves it out.",
        )
        parser.add_argument(
            "--pairs",
            type=int,
            default=engaged.PAIRS,
            help="Among how many pairs engagement is measured; 0 leaves it out.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure; a goal that is missed is said and does not fail the run."""
        rows = []
        many, pairs = options["values"], options["pairs"]
        for measured in _measured(
            [
                *([partial(engaged.many_pairs, pairs=pairs)] if pairs else []),
                bulk.bulk_load,
                *(partial(measure, values=many) for measure in _AMONG_VALUES if many),
            ]
        ):
            rows.append(measured.as_row())
            self.stdout.write(
                f"{measured.name}: {measured.value:.4g} {measured.unit}, "
                f"{measured.ratio:.2f} x the limit of {measured.limit:.4g} {measured.unit}; "
                f"goal {measured.goal:g} x {'held' if measured.held else 'MISSED'}"
            )
        if options["json"]:
            options["json"].write_text(json.dumps(rows, indent=2) + "\n")
