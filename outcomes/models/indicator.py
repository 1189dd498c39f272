"""What is measured: indicators, the periods and breakdowns that values are for."""

import pghistory
from django.db import models
from django.db.models import F, Q

from outcomes.models.references import stays_while_named


class YearType(models.TextChoices):
    """Which twelve months a year of the indicator is."""

    CALENDAR = "calendar", "Calendar year"
    FINANCIAL = "financial", "Financial year"
    ACADEMIC = "academic", "Academic year"
    UNKNOWN = "unknown", "Not yet known"


class BenchmarkMethod(models.TextChoices):
    """How a value is held against a benchmark, by the indicator's own rule."""

    LIMITS_95 = "limits_95", "Confidence limits of 95%"
    LIMITS_998 = "limits_998", "Confidence limits of 99.8%"
    LIMITS_BOTH = "limits_both", "Confidence limits of 95% and 99.8%"
    QUINTILES = "quintiles", "Fifths of all areas"
    NONE = "none", "No comparison"


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
class Domain(models.Model):
    """A group of determinants or outcomes by which indicators are found; analysts edit the list."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    source = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    in_use = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.slug


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
    domain = models.ForeignKey(
        Domain, null=True, on_delete=models.PROTECT, related_name="indicators"
    )
    # A value is count / denominator x multiplier: 100 for a percentage, 100,000 for most rates.
    multiplier = models.PositiveIntegerField(null=True)
    year_type = models.CharField(max_length=10, choices=YearType.choices, default=YearType.UNKNOWN)
    # How long a period is, and how long after the last one the next begins; a step shorter than
    # the length makes the periods rolling ones.
    period_months = models.PositiveSmallIntegerField(null=True)
    step_months = models.PositiveSmallIntegerField(null=True)
    publication_lag_months = models.PositiveSmallIntegerField(null=True)
    # By what the publisher gives values apart, in words: sex, age, deprivation.
    breakdowns = models.CharField(max_length=255, blank=True)
    benchmark_method = models.CharField(
        max_length=12, choices=BenchmarkMethod.choices, default=BenchmarkMethod.NONE
    )
    # Whether the publisher's rules let a recent trend be computed at all, and why not.
    trend_eligible = models.BooleanField(default=False)
    trend_text = models.CharField(max_length=255, blank=True)
    # Disclosure control of values that bodies send in: counts from 1 to this one, and those of
    # populations up to this one, are suppressed; other counts are rounded to this base.
    suppress_counts_to = models.PositiveSmallIntegerField(null=True)
    suppress_denominators_to = models.PositiveIntegerField(null=True)
    round_counts_to = models.PositiveSmallIntegerField(null=True)
    disclosure_text = models.TextField(blank=True)
    # The number of the newest row of `versions`; 0 before the first.
    version = models.PositiveIntegerField(default=0)
    # A file may bring an indicator that the catalogue lacks: it stays a draft until described.
    draft = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(scale__in=Scale.values), name="scale_is_known"),
            models.CheckConstraint(
                condition=Q(polarity__in=Polarity.values), name="polarity_is_known"
            ),
            models.CheckConstraint(
                condition=Q(year_type__in=YearType.values), name="year_type_is_known"
            ),
            models.CheckConstraint(
                condition=Q(benchmark_method__in=BenchmarkMethod.values),
                name="benchmark_method_is_known",
            ),
            models.CheckConstraint(
                condition=Q(multiplier__isnull=True) | Q(multiplier__gt=0),
                name="multiplier_above_zero",
            ),
            models.CheckConstraint(
                condition=(Q(period_months__isnull=True) | Q(period_months__gt=0))
                & (Q(step_months__isnull=True) | Q(step_months__gt=0)),
                name="period_lengths_above_zero",
            ),
            models.CheckConstraint(
                condition=Q(round_counts_to__isnull=True) | Q(round_counts_to__gt=0),
                name="rounding_base_above_zero",
            ),
        ]
        triggers = [stays_while_named(by="indicator")]

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
        triggers = [stays_while_named(by="period")]

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
        triggers = [stays_while_named(by="breakdown")]

    def __str__(self) -> str:
        return f"{self.sex} {self.age} {self.category}".strip()
