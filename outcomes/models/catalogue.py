"""What is kept about an indicator beside its definition: versions, breaks and sets."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from authorities.models import User
from outcomes.models.indicator import Domain, Indicator


class IndicatorVersion(models.Model):
    """How an indicator was defined from one day on. Values keep the version they came under."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    # The definition by field name, as it stood.
    facts = models.JSONField()
    had_values = models.BooleanField()
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="indicator_versions"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "number"], name="indicator_version_once"),
            models.CheckConstraint(
                condition=Q(number__gt=0), name="indicator_versions_count_from_one"
            ),
            models.CheckConstraint(
                condition=Q(number=1) | Q(had_values=False) | ~Q(reason=""),
                name="change_after_values_has_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="versions_stay", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} version {self.number}"


class BreakKind(models.TextChoices):
    """Why values before and after a day cannot be compared."""

    METHOD = "method", "Method"
    DEFINITION = "definition", "Definition"
    SOURCE = "source", "Source"
    GEOGRAPHY = "geography", "Boundaries"
    OTHER = "other", "Other"


@pghistory.track()
class ComparabilityBreak(models.Model):
    """Periods that start on or after a day are not comparable with those that start before it.

    common_period, old_release: the last release by the old ways, and a period of which it holds
    values that were published again by the new ones. Their ratio bridges the break; both are empty
    where no period has both.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="breaks")
    starts_on = models.DateField()
    kind = models.CharField(max_length=10, choices=BreakKind.choices)
    text = models.TextField()
    source = models.TextField(blank=True)
    common_period = models.ForeignKey(
        "outcomes.PeriodRow", null=True, on_delete=models.PROTECT, related_name="bridged_breaks"
    )
    old_release = models.ForeignKey(
        "outcomes.Release", null=True, on_delete=models.PROTECT, related_name="bridged_breaks"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="recorded_breaks"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="withdrawn_breaks"
    )
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "starts_on", "kind"],
                condition=Q(withdrawn_at__isnull=True),
                name="break_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=BreakKind.values), name="break_kind_is_known"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="break_says_what_changed"),
            models.CheckConstraint(
                condition=Q(common_period__isnull=True, old_release__isnull=True)
                | Q(common_period__isnull=False, old_release__isnull=False),
                name="bridge_has_both_ends",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
                name="withdrawn_break_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.starts_on} {self.kind}"


@pghistory.track()
class IndicatorSet(models.Model):
    """Indicators that are looked at together: configuration, not code."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    source = models.TextField(blank=True)
    in_use = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.slug


class IndicatorSetVersion(models.Model):
    """What stood in a set when a round first asked it: indicators, each with its definition.

    indicators: code, name and number of the definition, in the set's order.
    """

    indicator_set = models.ForeignKey(
        IndicatorSet, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=160)
    indicators = models.JSONField(default=list)
    digest = models.CharField(max_length=64, help_text="SHA-256 of name and indicators.")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator_set", "number"], name="indicator_set_version_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0), name="indicator_set_versions_count_from_one"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.number}"


@pghistory.track()
class IndicatorSetMember(models.Model):
    """An indicator's place in a set."""

    indicator_set = models.ForeignKey(
        IndicatorSet, on_delete=models.CASCADE, related_name="members"
    )
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="set_places")
    order = models.PositiveSmallIntegerField()
    # The upstream determinant that it stands for here, where that is not its own domain.
    determinant = models.ForeignKey(
        Domain, null=True, on_delete=models.PROTECT, related_name="set_places"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator_set", "indicator"], name="indicator_once_in_a_set"
            ),
            models.UniqueConstraint(
                fields=["indicator_set", "order"],
                deferrable=models.Deferrable.DEFERRED,
                name="place_once_in_a_set",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_set_id} {self.order}"


@pghistory.track()
class PeriodLock(models.Model):
    """Values of some periods may not change: for one indicator and one body, or for all."""

    indicator = models.ForeignKey(
        Indicator, null=True, on_delete=models.PROTECT, related_name="period_locks"
    )
    body = models.ForeignKey(
        "authorities.Body", null=True, on_delete=models.PROTECT, related_name="period_locks"
    )
    # A period is locked when it starts on or after the one and ends on or before the other.
    start_date = models.DateField()
    end_date = models.DateField(help_text="First day after the locked span.")
    reason = models.TextField()
    locked_at = models.DateTimeField()
    locked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="period_locks_set")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="period_locks_lifted"
    )
    lifted_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(end_date__gt=F("start_date")), name="lock_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="lock_has_a_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True)
                | (Q(lifted_by__isnull=False) & ~Q(lifted_reason="")),
                name="lifted_lock_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start_date} to {self.end_date}"
