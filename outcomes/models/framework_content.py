"""What stands in a version of an outcomes framework: the theory of change, indicators and counts.

Every row has a lineage: the same thing in the next version keeps it, so that values, notes and
reviews stay with the thing and not with the version. Rows change only while their version is a
draft.
"""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from authorities.models import Body, User
from outcomes.models.framework import Framework, FrameworkVersion
from outcomes.models.indicator import Breakdown, Domain, Indicator, PeriodRow
from outcomes.models.marks import only_marked
from outcomes.models.observation import Release


def _of_a_draft(*, version: str) -> pgtrigger.Trigger:
    """Return the trigger that keeps what stands in a version, unless that is a draft.

    Args:
        version: SQL for the key of the version that a row belongs to; `{row}` is the row.
    """
    return pgtrigger.Trigger(
        name="changes_in_a_draft_only",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("found", "text")],
        func=f"""
            IF TG_OP <> 'INSERT' THEN
                SELECT state INTO found FROM outcomes_frameworkversion
                WHERE id = {version.format(row="OLD")};
                IF found <> 'draft' THEN
                    RAISE EXCEPTION 'what was proposed or agreed changes in a draft only'
                        USING ERRCODE = 'check_violation';
                END IF;
            END IF;
            IF TG_OP <> 'DELETE' THEN
                SELECT state INTO found FROM outcomes_frameworkversion
                WHERE id = {version.format(row="NEW")};
                IF found <> 'draft' THEN
                    RAISE EXCEPTION 'what was proposed or agreed changes in a draft only'
                        USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
            END IF;
            RETURN OLD;
        """,
    )


def _in_the_same_version(*, names: str) -> pgtrigger.Trigger:
    """Return the trigger that keeps rows from naming an item of another version.

    Args:
        names: SQL for the keys of the items that a row names, of `NEW`.
    """
    return pgtrigger.Trigger(
        name="names_items_of_its_version",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
            IF EXISTS (
                SELECT FROM outcomes_theoryitem AS item
                WHERE item.id IN ({names})
                    AND item.framework_version_id <> NEW.framework_version_id
            ) THEN
                RAISE EXCEPTION 'an item of another version is named'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


_OWN_VERSION = _of_a_draft(version="{row}.framework_version_id")


class ItemKind(models.TextChoices):
    """Where in the theory of change an item stands."""

    INPUT = "input", "Input"
    PROCESS = "process", "Process"
    OUTPUT = "output", "Output"
    OUTCOME = "outcome", "Outcome"


class TrajectoryKind(models.TextChoices):
    """How the way from baseline to target runs."""

    LINEAR = "linear", "The same amount each year"
    COMPOUND = "compound", "The same percentage each year"
    MILESTONES = "milestones", "Through agreed values"


class TargetKind(models.TextChoices):
    """What is wanted of an indicator."""

    REACH = "reach", "Reach a value"
    MAINTAIN = "maintain", "Keep it as it is"
    NONE = "none", "No target yet"


class TargetMode(models.TextChoices):
    """What of a target stays when its baseline is revised."""

    LEVEL = "level", "The value to reach"
    CHANGE = "change", "The change from the baseline"
    PERCENT = "percent", "The change in per cent of the baseline"


class Aggregation(models.TextChoices):
    """What the values of several periods make together."""

    NON_CUMULATIVE = "non_cumulative", "Each period for itself"
    CUMULATIVE_SUM = "cumulative_sum", "Periods are added up"
    CUMULATIVE_LATEST = "cumulative_latest", "Each value is the total so far"
    PERCENTAGE = "percentage", "Percentage of those counted"


class CountDirection(models.TextChoices):
    """Which side of a target is good."""

    MORE = "more", "More is good"
    LESS = "less", "Less is good"


@pghistory.track()
class TheoryItem(models.Model):
    """An input, process, output or outcome of the theory of change."""

    framework_version = models.ForeignKey(
        FrameworkVersion, on_delete=models.PROTECT, related_name="items"
    )
    lineage = models.UUIDField(default=uuid.uuid4)
    kind = models.CharField(max_length=7, choices=ItemKind.choices)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    # What must hold for it to lead on.
    assumption = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ItemKind.values), name="item_kind_is_known"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="item_has_a_title"),
            models.UniqueConstraint(
                fields=["framework_version", "lineage"], name="item_once_a_version"
            ),
            models.UniqueConstraint(
                fields=["framework_version", "kind", "order"],
                deferrable=models.Deferrable.DEFERRED,
                name="item_place_once",
            ),
        ]
        triggers = [_OWN_VERSION]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class TheoryLink(models.Model):
    """What leads to what, and what must hold for it to do so."""

    framework_version = models.ForeignKey(
        FrameworkVersion, on_delete=models.PROTECT, related_name="links"
    )
    cause = models.ForeignKey(TheoryItem, on_delete=models.CASCADE, related_name="leads_to")
    effect = models.ForeignKey(TheoryItem, on_delete=models.CASCADE, related_name="comes_from")
    assumption = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cause", "effect"], name="link_once"),
            models.CheckConstraint(
                condition=~Q(cause=F("effect")), name="link_leads_to_something_else"
            ),
        ]
        triggers = [
            _OWN_VERSION,
            _in_the_same_version(names="NEW.cause_id, NEW.effect_id"),
        ]

    def __str__(self) -> str:
        return f"{self.cause_id} to {self.effect_id}"


@pghistory.track()
class FrameworkIndicator(models.Model):
    """An indicator in a framework: of whom, from which baseline, to which target, owned by whom.

    The baseline is frozen: value and release as they were when it was agreed. `target_value` is in
    the indicator's unit for every mode; the mode says what of it stays when a baseline is revised.
    """

    framework_version = models.ForeignKey(
        FrameworkVersion, on_delete=models.PROTECT, related_name="indicators"
    )
    lineage = models.UUIDField(default=uuid.uuid4)
    item = models.ForeignKey(TheoryItem, on_delete=models.PROTECT, related_name="indicators")
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="framework_places"
    )
    area = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="framework_indicators")
    breakdown = models.ForeignKey(
        Breakdown, on_delete=models.PROTECT, related_name="framework_indicators"
    )
    order = models.PositiveSmallIntegerField()
    # The upstream determinant that it stands for, and what the authority itself does about it.
    determinant = models.ForeignKey(
        Domain, null=True, on_delete=models.PROTECT, related_name="framework_indicators"
    )
    authority_role = models.TextField(blank=True)
    authority_owner = models.CharField(max_length=120, blank=True, help_text="A role, no name.")
    board_owner = models.CharField(max_length=120, blank=True, help_text="A role, no name.")
    baseline_period = models.ForeignKey(
        PeriodRow, null=True, on_delete=models.PROTECT, related_name="framework_baselines"
    )
    baseline_value = models.FloatField(null=True)
    baseline_lower = models.FloatField(null=True)
    baseline_upper = models.FloatField(null=True)
    baseline_release = models.ForeignKey(
        Release, null=True, on_delete=models.PROTECT, related_name="framework_baselines"
    )
    no_baseline_reason = models.TextField(blank=True)
    target_kind = models.CharField(
        max_length=8, choices=TargetKind.choices, default=TargetKind.NONE
    )
    target_mode = models.CharField(
        max_length=7, choices=TargetMode.choices, default=TargetMode.LEVEL
    )
    target_value = models.FloatField(null=True)
    target_label = models.CharField(max_length=40, blank=True)
    target_start = models.DateField(null=True)
    target_end = models.DateField(null=True, help_text="First day after the period.")
    trajectory = models.CharField(
        max_length=10, choices=TrajectoryKind.choices, default=TrajectoryKind.LINEAR
    )
    # For values without limits, in the indicator's unit; empty is a tenth of the way.
    tolerance = models.FloatField(null=True)
    no_target_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["framework_version", "lineage"], name="framework_indicator_once_a_version"
            ),
            models.UniqueConstraint(
                fields=["framework_version", "indicator", "area", "breakdown"],
                name="framework_indicator_of_whom_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    baseline_period__isnull=True,
                    baseline_value__isnull=True,
                    baseline_release__isnull=True,
                )
                | Q(
                    baseline_period__isnull=False,
                    baseline_value__isnull=False,
                    baseline_release__isnull=False,
                ),
                name="baseline_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(target_kind=TargetKind.NONE, target_value__isnull=True)
                | Q(
                    target_kind__in=[TargetKind.REACH, TargetKind.MAINTAIN],
                    baseline_period__isnull=False,
                    target_value__isnull=False,
                    target_start__isnull=False,
                    target_end__isnull=False,
                    target_end__gt=F("target_start"),
                ),
                name="target_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(target_kind=TargetKind.MAINTAIN) | Q(target_value=F("baseline_value")),
                name="maintained_is_the_baseline",
            ),
            models.CheckConstraint(
                condition=Q(tolerance__isnull=True) | Q(tolerance__gte=0),
                name="tolerance_not_negative",
            ),
            models.CheckConstraint(
                condition=~Q(trajectory=TrajectoryKind.COMPOUND)
                | Q(baseline_value__gt=0, target_value__gt=0),
                name="compound_way_above_nought",
            ),
        ]
        triggers = [_OWN_VERSION, _in_the_same_version(names="NEW.item_id")]

    def __str__(self) -> str:
        return f"{self.indicator_id} in {self.framework_version_id}"


@pghistory.track()
class Milestone(models.Model):
    """A value agreed for a period between the baseline and the target."""

    framework_indicator = models.ForeignKey(
        FrameworkIndicator, on_delete=models.CASCADE, related_name="milestones"
    )
    label = models.CharField(max_length=40)
    start_date = models.DateField()
    end_date = models.DateField(help_text="First day after the period.")
    value = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["framework_indicator", "start_date", "end_date"], name="milestone_once"
            ),
            models.CheckConstraint(
                condition=Q(end_date__gt=F("start_date")), name="milestone_ends_after_it_starts"
            ),
        ]
        triggers = [
            _of_a_draft(
                version="(SELECT framework_version_id FROM outcomes_frameworkindicator"
                " WHERE id = {row}.framework_indicator_id)"
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.value}"


@pghistory.track()
class CountMeasure(models.Model):
    """Something that inputs, processes or outputs are counted by."""

    framework_version = models.ForeignKey(
        FrameworkVersion, on_delete=models.PROTECT, related_name="measures"
    )
    lineage = models.UUIDField(default=uuid.uuid4)
    item = models.ForeignKey(TheoryItem, on_delete=models.PROTECT, related_name="measures")
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=60)
    aggregation = models.CharField(max_length=17, choices=Aggregation.choices)
    direction = models.CharField(
        max_length=4, choices=CountDirection.choices, default=CountDirection.MORE
    )
    # Within how many per cent of the target a value counts as on target.
    margin_percent = models.FloatField(default=15)
    order = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["framework_version", "lineage"], name="measure_once_a_version"
            ),
            models.CheckConstraint(
                condition=Q(aggregation__in=Aggregation.values), name="aggregation_is_known"
            ),
            models.CheckConstraint(
                condition=Q(direction__in=CountDirection.values), name="direction_is_known"
            ),
            models.CheckConstraint(
                condition=Q(margin_percent__gte=0, margin_percent__lte=100),
                name="margin_is_a_percentage",
            ),
        ]
        triggers = [_OWN_VERSION, _in_the_same_version(names="NEW.item_id")]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class CountTarget(models.Model):
    """What a count shall be in a period; of a percentage, the percentage."""

    measure = models.ForeignKey(CountMeasure, on_delete=models.CASCADE, related_name="targets")
    label = models.CharField(max_length=40)
    start_date = models.DateField()
    end_date = models.DateField(help_text="First day after the period.")
    value = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "start_date", "end_date"], name="count_target_once_a_period"
            ),
            models.CheckConstraint(
                condition=Q(end_date__gt=F("start_date")), name="count_target_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="count_target_not_negative"),
        ]
        triggers = [
            _of_a_draft(
                version="(SELECT framework_version_id FROM outcomes_countmeasure"
                " WHERE id = {row}.measure_id)"
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.value}"


class CountValue(models.Model):
    """What was counted in a period. A correction is a new row; the earlier one stays, marked."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="count_values")
    # Of the measure, whatever the version.
    lineage = models.UUIDField()
    label = models.CharField(max_length=40)
    start_date = models.DateField()
    end_date = models.DateField(help_text="First day after the period.")
    # Of a percentage both parts are kept, and no value: percentages are never averaged.
    value = models.FloatField(null=True)
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="counts_recorded")
    recorded_for = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="counts_recorded")
    superseded_at = models.DateTimeField(null=True)
    form_key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "lineage", "start_date", "end_date"],
                condition=Q(superseded_at__isnull=True),
                name="count_current_once",
            ),
            models.CheckConstraint(
                condition=Q(end_date__gt=F("start_date")), name="count_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(
                    value__isnull=False,
                    value__gte=0,
                    numerator__isnull=True,
                    denominator__isnull=True,
                )
                | Q(
                    value__isnull=True,
                    numerator__isnull=False,
                    denominator__isnull=False,
                    numerator__gte=0,
                    denominator__gt=0,
                    numerator__lte=F("denominator"),
                ),
                name="count_is_a_value_or_two_parts",
            ),
        ]
        triggers = [
            *only_marked(name="count", mark="superseded_at", what="a count"),
        ]

    def __str__(self) -> str:
        return f"{self.lineage} {self.label}"
