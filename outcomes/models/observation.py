"""Values, never edited: a revision supersedes, and both stay."""

import uuid

import pgtrigger
from django.db import models
from django.db.models import F, Q

from authorities.models import Body, User
from outcomes.models.indicator import Breakdown, Indicator, PeriodRow


class Release(models.Model):
    """Where values came from: a national publication, or what one body sent in.

    Values of a body's own release are shown to that body alone until an analyst approves them;
    values of a national release (`body` empty) are published.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(
        Body, null=True, on_delete=models.PROTECT, related_name="indicator_releases"
    )
    title = models.CharField(max_length=200)
    source = models.TextField(blank=True)
    licence = models.CharField(max_length=120, blank=True)
    published_on = models.DateField(null=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="indicator_releases"
    )

    def __str__(self) -> str:
        return self.title


class Note(models.TextChoices):
    """What a value is. Missing and suppressed values have no number, and are not zero."""

    OK = "ok", "Value"
    MISSING = "missing", "Missing"
    SUPPRESSED = "suppressed", "Suppressed"
    WITHHELD = "withheld", "Not published"
    NOT_APPLICABLE = "not_applicable", "Does not apply"
    ESTIMATED = "estimated", "Estimated"
    UNRELIABLE = "unreliable", "Not reliable"
    REMARKED = "remarked", "Value with a remark"


_VALUELESS = [Note.MISSING, Note.SUPPRESSED, Note.WITHHELD, Note.NOT_APPLICABLE]


class ObservationQuerySet(models.QuerySet["Observation"]):
    """Values, the superseded ones included."""

    def current(self) -> "ObservationQuerySet":
        """Keep what no later release has superseded."""
        return self.filter(superseded_at__isnull=True)

    def published(self) -> "ObservationQuerySet":
        """Keep the values of national releases, current or not."""
        return self.filter(owner__isnull=True)


class Observation(models.Model):
    """A value of an indicator for an area, a period and a breakdown, from a release."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="observations", db_index=False
    )
    area = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="observations")
    period = models.ForeignKey(
        PeriodRow, on_delete=models.PROTECT, related_name="observations", db_index=False
    )
    breakdown = models.ForeignKey(
        Breakdown, on_delete=models.PROTECT, related_name="observations", db_index=False
    )
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="observations")
    # The release's body again, since "one current value each" must hold within it.
    owner = models.ForeignKey(
        Body,
        null=True,
        on_delete=models.PROTECT,
        related_name="owned_observations",
        db_index=False,
    )
    area_code = models.CharField(max_length=12, help_text="As the release wrote it.")
    value = models.FloatField(null=True)
    lower_95 = models.FloatField(null=True)
    upper_95 = models.FloatField(null=True)
    lower_998 = models.FloatField(null=True)
    upper_998 = models.FloatField(null=True)
    count = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    note = models.CharField(max_length=14, choices=Note.choices, default=Note.OK)
    note_text = models.CharField(max_length=500, blank=True)
    superseded_at = models.DateTimeField(null=True)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "area", "period", "breakdown", "owner"],
                condition=Q(superseded_at__isnull=True),
                nulls_distinct=False,
                name="observation_current_once",
            ),
            models.CheckConstraint(condition=Q(note__in=Note.values), name="note_is_known"),
            models.CheckConstraint(
                condition=Q(note__in=_VALUELESS, value__isnull=True)
                | (~Q(note__in=_VALUELESS) & Q(value__isnull=False)),
                name="value_is_there_or_says_why_not",
            ),
            models.CheckConstraint(
                condition=~Q(note=Note.SUPPRESSED)
                | Q(
                    lower_95__isnull=True,
                    upper_95__isnull=True,
                    lower_998__isnull=True,
                    upper_998__isnull=True,
                    count__isnull=True,
                ),
                name="suppressed_shows_nothing_beside_it",
            ),
            models.CheckConstraint(
                condition=Q(lower_95__isnull=True)
                | Q(upper_95__isnull=True)
                | Q(lower_95__lte=F("upper_95")),
                name="limits_95_in_order",
            ),
            models.CheckConstraint(
                condition=Q(lower_998__isnull=True)
                | Q(upper_998__isnull=True)
                | Q(lower_998__lte=F("upper_998")),
                name="limits_998_in_order",
            ),
            models.CheckConstraint(
                condition=Q(count__isnull=True) | Q(count__gte=0), name="count_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True) | Q(denominator__gt=0),
                name="denominator_above_zero",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            # Only the mark of supersession may be set, once.
            pgtrigger.Protect(
                name="never_edited",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["superseded_at"]),
            ),
            pgtrigger.Protect(
                name="superseded_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__superseded_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.area_code} {self.period_id}"
