"""What stands in a version of an outcomes framework: the theory of change, indicators and counts.

Every row has a lineage: the same thing in the next version keeps it, so that values, notes and
reviews stay with the thing and not with the version. Rows change only while their version is a
draft.
"""

import uuid

import pghistory
from django.db import models
from django.db.models import F, Q

from authorities.models import Body
from outcomes.models.catalogue import IndicatorSet
from outcomes.models.drafts import OWN_VERSION, in_the_same_version, of_a_draft
from outcomes.models.framework import FrameworkVersion
from outcomes.models.indicator import Breakdown, Domain, Indicator, PeriodRow
from outcomes.models.observation import Release


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
        triggers = [OWN_VERSION]

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
            OWN_VERSION,
            in_the_same_version(names="NEW.cause_id, NEW.effect_id"),
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
    # The set with which it came in, where one was adopted wholesale.
    adopted_set = models.ForeignKey(
        IndicatorSet, null=True, on_delete=models.PROTECT, related_name="framework_indicators"
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
        triggers = [OWN_VERSION, in_the_same_version(names="NEW.item_id")]

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
            of_a_draft(
                version="(SELECT framework_version_id FROM outcomes_frameworkindicator"
                " WHERE id = {row}.framework_indicator_id)"
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.value}"
