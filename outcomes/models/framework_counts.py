"""What the inputs, processes and outputs of a framework are counted by, and what was counted."""

import uuid

import pghistory
from django.db import models
from django.db.models import F, Q

from authorities.models import Body, User
from outcomes.models.drafts import OWN_VERSION, in_the_same_version, of_a_draft
from outcomes.models.framework import Framework, FrameworkVersion
from outcomes.models.framework_content import TheoryItem
from outcomes.models.marks import only_marked


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
        triggers = [OWN_VERSION, in_the_same_version(names="NEW.item_id")]

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
            of_a_draft(
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
