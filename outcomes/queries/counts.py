"""What a framework in force counts: measures with targets, and the values that were recorded."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from authorities.queries.dated import names_on
from outcomes.counts import (
    Aggregation,
    Counted,
    Days,
    Direction,
    Reading,
    Wanted,
    read_counts,
)
from outcomes.models import (
    CountMeasure,
    CountTarget,
    CountValue,
    FrameworkVersion,
)


@dataclass(frozen=True)
class TargetFacts:
    """A target of a period; of a percentage, 0 to 100."""

    label: str
    days: Days
    value: float


@dataclass(frozen=True)
class ValueFacts:
    """A value as it was recorded; `superseded_at` says when a correction took its place."""

    id: int
    label: str
    days: Days
    value: float | None
    numerator: float | None
    denominator: float | None
    note: str
    recorded_at: datetime
    recorded_for: str
    superseded_at: datetime | None


@dataclass(frozen=True)
class MeasureFacts:
    """A measure of a version, its targets in time, its current values in time, and how it stands.

    earlier: values that a correction replaced, the newest first.
    """

    lineage: UUID
    name: str
    unit: str
    item: str
    item_kind: str
    aggregation: Aggregation
    direction: Direction
    margin_percent: float
    targets: tuple[TargetFacts, ...]
    values: tuple[ValueFacts, ...]
    earlier: tuple[ValueFacts, ...]
    reading: Reading

    def label_of(self, days: Days) -> str:
        """Return what a period of the reading is called."""
        named = {one.days: one.label for one in self.values}
        return (named | {one.days: one.label for one in self.targets})[days]

    def current_of(self, days: Days) -> ValueFacts | None:
        """Return the current value of exactly this period."""
        return next((one for one in self.values if one.days == days), None)


def measures_of(
    *, version: FrameworkVersion, day: date, lineage: UUID | None = None
) -> tuple[MeasureFacts, ...]:
    """Return what a version counts, in its order, from five queries at most.

    Args:
        version: the version in force; values belong to the measure, whatever the version.
        day: as of which bodies are named.
        lineage: of the one measure that is asked for; None for all.
    """
    rows = measures().filter(framework_version=version)
    if lineage is not None:
        rows = rows.filter(lineage=lineage)
    return tuple(facts for _, facts in facts_of(rows=list(rows), day=day))


def measures() -> QuerySet[CountMeasure]:
    """Return what versions count, each in its order, with what `facts_of` needs loaded."""
    return (
        CountMeasure.objects.select_related("item", "framework_version")
        .prefetch_related(
            Prefetch("targets", CountTarget.objects.order_by("start_date", "end_date"))
        )
        .order_by("framework_version", "order", "pk")
    )


def facts_of(
    *, rows: Sequence[CountMeasure], day: date
) -> tuple[tuple[CountMeasure, MeasureFacts], ...]:
    """Return each measure with its values and how it stands, in the order given.

    Args:
        rows: with item, version and targets loaded.
        day: as of which bodies are named.
    """
    recorded = list(
        CountValue.objects.filter(
            framework__in={one.framework_version.framework_id for one in rows},
            lineage__in={one.lineage for one in rows},
        ).order_by("start_date", "end_date", "-recorded_at", "-pk")
    )
    names = names_on(day=day, bodies={one.recorded_for_id for one in recorded})
    current: dict[tuple[UUID, UUID], list[ValueFacts]] = defaultdict(list)
    earlier: dict[tuple[UUID, UUID], list[ValueFacts]] = defaultdict(list)
    for one in recorded:
        facts = ValueFacts(
            id=one.pk,
            label=one.label,
            days=Days(one.start_date, one.end_date),
            value=one.value,
            numerator=one.numerator,
            denominator=one.denominator,
            note=one.note,
            recorded_at=one.recorded_at,
            recorded_for=names.name(one.recorded_for_id),
            superseded_at=one.superseded_at,
        )
        kept = current if one.superseded_at is None else earlier
        kept[one.framework_id, one.lineage].append(facts)
    return tuple(
        (row, _facts(row, current[key], earlier[key]))
        for row in rows
        for key in [(row.framework_version.framework_id, row.lineage)]
    )


def _facts(row: CountMeasure, values: list[ValueFacts], earlier: list[ValueFacts]) -> MeasureFacts:
    targets = tuple(
        TargetFacts(one.label, Days(one.start_date, one.end_date), one.value)
        for one in row.targets.all()
    )
    aggregation, direction = Aggregation(row.aggregation), Direction(row.direction)
    return MeasureFacts(
        lineage=row.lineage,
        name=row.name,
        unit=row.unit,
        item=row.item.title,
        item_kind=row.item.kind,
        aggregation=aggregation,
        direction=direction,
        margin_percent=row.margin_percent,
        targets=targets,
        values=tuple(values),
        earlier=tuple(sorted(earlier, key=lambda one: one.recorded_at, reverse=True)),
        reading=read_counts(
            aggregation=aggregation,
            direction=direction,
            margin_percent=row.margin_percent,
            targets=[Wanted(one.days, one.value) for one in targets],
            # A value from when the measure was, or was not, a percentage makes nothing now.
            values=[
                Counted(one.days, one.value, one.numerator, one.denominator)
                for one in values
                if (one.value is None) == (aggregation is Aggregation.PERCENTAGE)
            ],
        ),
    )
