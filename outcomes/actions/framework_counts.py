"""What inputs, processes and outputs are counted by in a draft, and the targets of that."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from outcomes.actions.framework_drafts import (
    Edit,
    GoneError,
    change_places,
    item_of,
    neighbour_of,
    next_order,
)
from outcomes.actions.framework_reasons import keep_reason
from outcomes.framework_differences import value_words
from outcomes.framework_rules import (
    DraftRefusedError,
    Fault,
    check_margin,
    count_targets_of,
)
from outcomes.models import (
    Aggregation,
    CountDirection,
    CountMeasure,
    CountTarget,
    FrameworkVersion,
    ItemKind,
    TheoryItem,
)
from outcomes.queries.framework_choices import has_counts


@dataclass(frozen=True)
class MeasureFacts:
    """What is counted, of which item, and how its values are put together and judged.

    aggregation, direction: values of the model's choices.
    margin_percent: within how many per cent of a target a value counts as on target.
    """

    item: UUID
    name: str
    unit: str
    aggregation: str
    direction: str
    margin_percent: float = 15


def measure_of(*, version: FrameworkVersion, lineage: UUID) -> CountMeasure:
    """Return a measure in a version, with its item.

    Raises:
        GoneError: it is not there any more.
    """
    found = (
        CountMeasure.objects.select_related("item")
        .filter(framework_version=version, lineage=lineage)
        .first()
    )
    if found is None:
        raise GoneError
    return found


@transaction.atomic
def add_measure(*, edit: Edit, facts: MeasureFacts) -> CountMeasure:
    """Count something of an input, process or output.

    Raises:
        DraftRefusedError: at a field of `MeasureFacts`.
        GoneError, FrameworkRefusedError, NotAPartyError: it may not be changed.
    """
    held = edit.begin()
    rows = CountMeasure.objects.filter(framework_version=held.version)
    made = CountMeasure.objects.create(
        framework_version=held.version,
        item=_checked(held.version, facts=facts),
        name=facts.name.strip(),
        unit=facts.unit.strip(),
        aggregation=facts.aggregation,
        direction=facts.direction,
        margin_percent=facts.margin_percent,
        order=next_order(rows),
    )
    edit.record("measure_added", target=made)
    return made


@transaction.atomic
def change_measure(
    *, edit: Edit, lineage: UUID, facts: MeasureFacts, reason: str = ""
) -> CountMeasure:
    """Say otherwise what is counted.

    Raises:
        DraftRefusedError: at a field of `MeasureFacts`; at 'reason', where something was counted
            already and how it is judged would change; at 'targets', which no longer fit.
        GoneError, FrameworkRefusedError, NotAPartyError: it may not be changed.
    """
    held = edit.begin()
    row = measure_of(version=held.version, lineage=lineage)
    row.item = _checked(held.version, facts=facts, but=row)
    before, after = _judged(row), (facts.aggregation, facts.direction, facts.margin_percent)
    count_targets_of(rows=_stored_rows(row), aggregation=facts.aggregation)
    if before != after and has_counts(framework_id=held.framework.pk, lineage=lineage):
        keep_reason(
            edit=edit,
            version=held.version,
            what="target_changed",
            reason=reason,
            of=lineage,
            name=row.name,
            before=_judged_words(*before),
            after=_judged_words(*after),
        )
    row.name, row.unit = facts.name.strip(), facts.unit.strip()
    row.aggregation, row.direction, row.margin_percent = after
    row.save()
    edit.record("measure_changed", target=row)
    return row


def _judged(row: CountMeasure) -> tuple[str, str, float]:
    return row.aggregation, row.direction, row.margin_percent


def _judged_words(aggregation: str, direction: str, margin: float) -> str:
    how = Aggregation(aggregation).label.lower()
    return f"{how}, {CountDirection(direction).label.lower()}, margin {margin:g} %"


def _checked(
    version: FrameworkVersion, *, facts: MeasureFacts, but: CountMeasure | None = None
) -> TheoryItem:
    """Return the item, if what is said of the measure holds."""
    faults = [
        Fault(field, message)
        for field, value, message in (
            ("name", facts.name, "Enter what is counted."),
            ("unit", facts.unit, "Enter the unit, for example homes or people."),
        )
        if not value.strip()
    ]
    if facts.aggregation not in Aggregation.values:
        faults.append(Fault("aggregation", "Choose how periods are put together."))
    if facts.direction not in CountDirection.values:
        faults.append(Fault("direction", "Choose whether more or less is good."))
    same = CountMeasure.objects.filter(
        framework_version=version, item__lineage=facts.item, name__iexact=facts.name.strip()
    )
    if same.exclude(pk=but.pk if but else 0).exists():
        faults.append(Fault("name", "This is counted there already."))
    item = item_of(version=version, lineage=facts.item)
    if item.kind == ItemKind.OUTCOME:
        faults.append(
            Fault("item", "Outcomes are told by indicators. Choose an input, process or output.")
        )
    if faults:
        raise DraftRefusedError(*faults)
    check_margin(percent=facts.margin_percent)
    return item


@transaction.atomic
def set_count_targets(
    *, edit: Edit, lineage: UUID, rows: Sequence[tuple[str, float]], reason: str = ""
) -> CountMeasure:
    """Store what a count shall be in each period, in place of what was stored before.

    Args:
        edit: who changes which version.
        lineage: of the measure.
        rows: label of a period and number, in whatever order.
        reason: why a target that was there changes or goes, where something was counted already.

    Raises:
        DraftRefusedError: at 'targets' or 'reason'.
        GoneError, FrameworkRefusedError, NotAPartyError: it may not be changed.
    """
    held = edit.begin()
    row = measure_of(version=held.version, lineage=lineage)
    targets = count_targets_of(rows=rows, aggregation=row.aggregation)
    before = {(one.start_date, one.end_date): one for one in row.targets.all()}
    after = {(one.period.start_date, one.period.end_date): one for one in targets}
    lost = [one for key, one in before.items() if key not in after or after[key].value != one.value]
    if lost and has_counts(framework_id=held.framework.pk, lineage=lineage):
        keep_reason(
            edit=edit,
            version=held.version,
            what="target_changed" if after else "target_removed",
            reason=reason,
            of=lineage,
            name=row.name,
            before=_words([(one.label, one.value) for one in before.values()]),
            after=_words([(one.period.label, one.value) for one in targets]),
        )
    row.targets.all().delete()
    CountTarget.objects.bulk_create(
        CountTarget(
            measure=row,
            label=one.period.label,
            start_date=one.period.start_date,
            end_date=one.period.end_date,
            value=one.value,
        )
        for one in targets
    )
    edit.record("count_targets", target=row)
    return row


def _stored_rows(row: CountMeasure) -> list[tuple[str, float]]:
    return list(row.targets.order_by("start_date", "pk").values_list("label", "value"))


def _words(rows: Sequence[tuple[str, float]]) -> str:
    return "; ".join(value_words(value=value, label=label) for label, value in rows)


@transaction.atomic
def move_measure(*, edit: Edit, lineage: UUID, earlier: bool) -> None:
    """Exchange a measure with the one before or after it; at the end nothing happens.

    Raises:
        GoneError, FrameworkRefusedError, NotAPartyError: it may not be changed.
    """
    held = edit.begin()
    row = measure_of(version=held.version, lineage=lineage)
    others = CountMeasure.objects.filter(framework_version=held.version)
    other = neighbour_of(rows=others, order=row.order, earlier=earlier)
    if other is None:
        return
    change_places(row, other)
    edit.record("count_moved", target=row)


@transaction.atomic
def remove_measure(*, edit: Edit, lineage: UUID, reason: str = "") -> None:
    """Take a measure out with its targets. What was counted stays on record.

    Raises:
        DraftRefusedError: at 'reason': something was counted, so that it goes with a reason.
        GoneError, FrameworkRefusedError, NotAPartyError: it may not be changed.
    """
    held = edit.begin()
    row = measure_of(version=held.version, lineage=lineage)
    if has_counts(framework_id=held.framework.pk, lineage=lineage):
        keep_reason(
            edit=edit,
            version=held.version,
            what="target_removed",
            reason=reason,
            of=lineage,
            name=row.name,
            before=_words(_stored_rows(row)),
        )
    edit.record("measure_removed", target=row, name=row.name)
    row.delete()
