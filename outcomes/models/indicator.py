"""What is measured: indicators, the periods and breakdowns that values are for."""

import pghistory
from django.db import models
from django.db.models import F, Q


class Scale(models.TextChoices):
    """What kind of number a value is."""

    PROPORTION = "proportion", "Proportion"
    RATE = "rate", "Rate"
    YEARS = "years", "Years"
    RATIO = "ratio", "Ratio"
    INDEX = "index", "Index"
    UNKNOWN = "unknown", "Not yet known"


class Polarity(models.TextChoices):
    """Which direction is good, by the indicator's own definition."""

    HIGH = "high", "High is good"
    LOW = "low", "Low is good"
    NONE = "none", "No judgement"


@pghistory.track()
class Indicator(models.Model):
    """A measure, as its publisher defines it."""

    code = models.SlugField(max_length=60, unique=True)
    fingertips_id = models.PositiveIntegerField(null=True, unique=True)
    name = models.CharField(max_length=255)
    definition = models.TextField(blank=True)
    unit = models.CharField(max_length=60, blank=True)
    scale = models.CharField(max_length=10, choices=Scale.choices, default=Scale.UNKNOWN)
    polarity = models.CharField(max_length=4, choices=Polarity.choices, default=Polarity.NONE)
    source = models.TextField(blank=True)
    licence = models.CharField(max_length=120, blank=True)
    # A file may bring an indicator that the catalogue lacks: it stays a draft until described.
    draft = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(scale__in=Scale.values), name="scale_is_known"),
            models.CheckConstraint(
                condition=Q(polarity__in=Polarity.values), name="polarity_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class PeriodRow(models.Model):
    """A span of time that values are for, with the label under which it first came.

    The days are the identity: '2015 - 17' and '2015-17' must not both be current.
    """

    label = models.CharField(max_length=40)
    kind = models.CharField(max_length=24)
    start_date = models.DateField()
    end_date = models.DateField(help_text="First day after the period.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["start_date", "end_date"], name="period_once"),
            models.CheckConstraint(
                condition=Q(end_date__gt=F("start_date")), name="period_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Breakdown(models.Model):
    """Whom a value is for: sex, age and at most one category."""

    sex = models.CharField(max_length=20)
    age = models.CharField(max_length=100)
    category_type = models.CharField(max_length=255, blank=True)
    category = models.CharField(max_length=255, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sex", "age", "category_type", "category"], name="breakdown_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sex} {self.age} {self.category}".strip()
