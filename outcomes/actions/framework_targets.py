"""Baselines and targets of indicators in the draft of a framework."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from outcomes.actions.framework_drafts import Edit
from outcomes.actions.framework_indicators import place_of
from outcomes.actions.framework_reasons import keep_reason
from outcomes.framework_content import Baseline, Span, Target
from outcomes.framework_differences import value_words
from outcomes.framework_rules import DraftRefusedError, Fault, Wanted, rebased, target_of
from outcomes.models import (
    FrameworkIndicator,
    Milestone,
    TargetKind,
    TargetMode,
    TrajectoryKind,
)
from outcomes.queries import framework_choices as choices
from outcomes.queries.frameworks import baseline_of_row, target_of_row


@dataclass(frozen=True)
class ChosenBaseline:
    """A published value by its period, and the release that the form showed it from."""

    period_id: int
    release_id: UUID


@transaction.atomic
def set_baseline(
    *,
    edit: Edit,
    lineage: UUID,
    chosen: ChosenBaseline | None,
    why_none: str = "",
    reason: str = "",
) -> FrameworkIndicator:
    """Freeze a published value as the baseline, or say why there is none.

    A target from an earlier baseline stays as its mode says.

    Args:
        edit: who changes which version.
        lineage: of the indicator in the framework.
        chosen: the value; None for no baseline, which leaves no target either.
        why_none: why there is none.
        reason: why the target moves or goes, where values came already.

    Raises:
        DraftRefusedError: at 'baseline', 'why_none' or 'reason'.
        GoneError, FrameworkRefusedError, NotAPartyError: it may not be changed.
    """
    held = edit.begin()
    row = place_of(version=held.version, lineage=lineage)
    before = target_of_row(row)
    if chosen is None:
        if not why_none.strip():
            raise DraftRefusedError(Fault("why_none", "Say why there is no baseline."))
        _keep_reason_of(edit, row, before=before, after=None, reason=reason)
        _store_baseline(row, period_id=None, baseline=None, why_none=why_none.strip())
        _store_target(row, target=None)
    else:
        found = _chosen(row, chosen)
        after = before and rebased(
            target=before,
            baseline=found.baseline,
            old_value=row.baseline_value or 0.0,
            of=choices.measured(indicator=row.indicator),
        )
        _keep_reason_of(edit, row, before=before, after=after, reason=reason)
        _store_baseline(row, period_id=found.period_id, baseline=found.baseline)
        if after is not None:
            _store_target(row, target=after)
    row.save()
    edit.record("baseline", target=row)
    return row


def _chosen(row: FrameworkIndicator, chosen: ChosenBaseline) -> choices.BaselineChoice:
    offered = choices.baselines_for(
        indicator_id=row.indicator_id, area_id=row.area_id, breakdown_id=row.breakdown_id
    )
    found = next((one for one in offered if one.period_id == chosen.period_id), None)
    if found is None:
        raise DraftRefusedError(
            Fault("baseline", "No value is published for this period. Choose another one.")
        )
    if found.baseline.release_id != chosen.release_id:
        raise DraftRefusedError(
            Fault(
                "baseline",
                f"A newer release, “{found.release}”, says {found.baseline.value:g} for "
                f"{found.baseline.period.label}. Choose it again from the values as they are now.",
            )
        )
    return found


@transaction.atomic
def set_target(
    *,
    edit: Edit,
    lineage: UUID,
    wanted: Wanted,
    why_none: str = "",
    reason: str = "",
) -> FrameworkIndicator:
    """Store what is wanted of an indicator, or why there is no target yet.

    Args:
        edit: who changes which version.
        lineage: of the indicator in the framework.
        wanted: as it was entered.
        why_none: why there is none.
        reason: why it changes, where values came after the baseline already.

    Raises:
        DraftRefusedError: at a field of `Wanted`, or at 'why_none' or 'reason'.
        GoneError, FrameworkRefusedError, NotAPartyError: it may not be changed.
    """
    held = edit.begin()
    row = place_of(version=held.version, lineage=lineage)
    before = target_of_row(row)
    after = target_of(
        wanted=wanted,
        baseline=baseline_of_row(row),
        of=choices.measured(indicator=row.indicator),
    )
    if after is None and not why_none.strip():
        raise DraftRefusedError(Fault("why_none", "Say why there is no target yet."))
    _keep_reason_of(edit, row, before=before, after=after, reason=reason)
    _store_target(row, target=after)
    row.no_target_reason = "" if after else why_none.strip()
    row.save()
    edit.record("target", target=row)
    return row


def _keep_reason_of(
    edit: Edit,
    row: FrameworkIndicator,
    *,
    before: Target | None,
    after: Target | None,
    reason: str,
) -> None:
    """Ask for a reason where a target that values can be held against becomes another one."""
    if before is None or before == after or not choices.has_values_after(place=row):
        return
    keep_reason(
        edit=edit,
        version=row.framework_version,
        what="target_changed" if after else "target_removed",
        reason=reason,
        of=row.lineage,
        name=row.indicator.name,
        before=target_words(before),
        after=target_words(after) if after else "",
    )


def target_words(target: Target) -> str:
    """Return value and period of a target, as events keep them."""
    verb = "kept at " if target.kind == TargetKind.MAINTAIN else ""
    return f"{verb}{value_words(value=target.value, label=target.period.label)}"


def _store_baseline(
    row: FrameworkIndicator, *, period_id: int | None, baseline: Baseline | None, why_none: str = ""
) -> None:
    row.baseline_period_id = period_id
    row.baseline_value = baseline.value if baseline else None
    row.baseline_lower = baseline.lower if baseline else None
    row.baseline_upper = baseline.upper if baseline else None
    row.baseline_release_id = baseline.release_id if baseline else None
    row.no_baseline_reason = why_none


def _store_target(row: FrameworkIndicator, *, target: Target | None) -> None:
    row.milestones.all().delete()
    period = target.period if target else None
    row.target_kind = target.kind if target else TargetKind.NONE
    row.target_mode = target.mode if target else TargetMode.LEVEL
    row.target_value = target.value if target else None
    row.target_label = period.label if period else ""
    row.target_start = period.start_date if period else None
    row.target_end = period.end_date if period else None
    row.trajectory = target.trajectory if target else TrajectoryKind.LINEAR
    row.tolerance = target.tolerance if target else None
    if target is not None:
        Milestone.objects.bulk_create(
            Milestone(framework_indicator=row, value=one.value, **_days(one.period))
            for one in target.milestones
        )


def _days(period: Span) -> dict[str, object]:
    return {
        "label": period.label,
        "start_date": period.start_date,
        "end_date": period.end_date,
    }
