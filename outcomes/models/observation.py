"""Values, never edited: a revision supersedes, and both stay."""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from authorities.models import Body, User
from outcomes.models.indicator import Breakdown, Indicator, PeriodRow
from outcomes.models.references import references_exist, stays_while_named


class ReleaseKind(models.TextChoices):
    """Who speaks in a release."""

    NATIONAL = "national", "National publication"
    BODY = "body", "Sent in by a body"
    # The copy of a body's release that the public may see, disclosure rules applied.
    APPROVED = "approved", "Sent in and approved"


class ReleaseState(models.TextChoices):
    """How far a body's release is; national and approved ones are published from the start."""

    PUBLISHED = "published", "Published"
    SUBMITTED = "submitted", "Waits for approval"
    RETURNED = "returned", "Returned with a comment"
    APPROVED = "approved", "Approved"


NOT_BY_ITS_SENDER = """
    RAISE EXCEPTION 'who sent values in does not approve them' USING ERRCODE = 'check_violation';
"""


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Releases of every kind."""

    def waiting(self) -> "ReleaseQuerySet":
        """Keep what bodies sent in and nobody has decided on.

        A file that changed nothing, or all of whose values a later one replaced, asks for nothing.
        """
        standing = Observation.objects.current().filter(release=models.OuterRef("pk"))
        return self.filter(
            models.Exists(standing), kind=ReleaseKind.BODY, state=ReleaseState.SUBMITTED
        )


@pghistory.track()
class Release(models.Model):
    """Where values came from: a national publication, or what one body sent in.

    Values of a body's own release are its own, and shown to it and those who approve. When a second
    person approves them, what disclosure rules leave of them is copied into a release of kind
    'approved', which is published: nobody else ever reads a row that holds what was suppressed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(
        Body, null=True, on_delete=models.PROTECT, related_name="indicator_releases"
    )
    kind = models.CharField(max_length=8, choices=ReleaseKind.choices, default=ReleaseKind.NATIONAL)
    state = models.CharField(
        max_length=9, choices=ReleaseState.choices, default=ReleaseState.PUBLISHED
    )
    approved_from = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="approved_copy"
    )
    title = models.CharField(max_length=200)
    source = models.TextField(blank=True)
    licence = models.CharField(max_length=120, blank=True)
    published_on = models.DateField(null=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="indicator_releases"
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="decided_releases"
    )
    comment = models.TextField(blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ReleaseKind.values), name="release_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ReleaseState.values), name="release_state_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(kind=ReleaseKind.BODY) & Q(body__isnull=False))
                | (~Q(kind=ReleaseKind.BODY) & Q(body__isnull=True)),
                name="release_of_a_body_has_its_body",
            ),
            models.CheckConstraint(
                condition=(Q(kind=ReleaseKind.BODY) & ~Q(state=ReleaseState.PUBLISHED))
                | (~Q(kind=ReleaseKind.BODY) & Q(state=ReleaseState.PUBLISHED)),
                name="release_of_a_body_is_decided",
            ),
            models.CheckConstraint(
                condition=(Q(kind=ReleaseKind.APPROVED) & Q(approved_from__isnull=False))
                | (~Q(kind=ReleaseKind.APPROVED) & Q(approved_from__isnull=True)),
                name="approved_copy_has_its_origin",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReleaseState.RETURNED) | ~Q(comment=""),
                name="returned_release_has_a_comment",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ReleaseState.PUBLISHED, ReleaseState.SUBMITTED])
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="decided_release_says_by_whom",
            ),
            # Two persons stand behind every value that a body sends in and the public sees.
            models.CheckConstraint(
                condition=~Q(state=ReleaseState.APPROVED)
                | Q(created_by__isnull=True)
                | ~Q(decided_by=F("created_by")),
                name="release_approved_by_a_second_person",
            ),
        ]
        triggers = [
            stays_while_named(by="release"),
            # A file is sent by one and stored on the word of another, who may be somebody else.
            pgtrigger.Trigger(
                name="approved_by_a_third_person",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__state=ReleaseState.APPROVED),
                func=f"""
                    IF EXISTS (
                        SELECT FROM outcomes_upload u WHERE u.release_id = NEW.id
                        AND NEW.decided_by_id IN (u.uploaded_by_id, u.confirmed_by_id)
                    ) THEN
                        {NOT_BY_ITS_SENDER}
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ReleaseIndicator(models.Model):
    """An indicator in a release: the version of its definition, and how the values were made."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="contents")
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="release_contents"
    )
    indicator_version = models.PositiveIntegerField()
    method = models.CharField(max_length=120, blank=True)
    rows = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "indicator"], name="indicator_once_in_a_release"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.release_id} {self.indicator_id}"


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


class PublishersComparison(models.TextChoices):
    """How a release itself says that a value compares with England's."""

    BETTER = "better", "Better"
    SIMILAR = "similar", "Similar"
    WORSE = "worse", "Worse"
    HIGHER = "higher", "Higher"
    LOWER = "lower", "Lower"


_VALUELESS = [Note.MISSING, Note.SUPPRESSED, Note.WITHHELD, Note.NOT_APPLICABLE]


# Read only where a lock stands at all, so that bulk loads of national values cost nothing more.
_NOT_LOCKED = """
    IF EXISTS (SELECT FROM outcomes_periodlock WHERE lifted_at IS NULL) AND EXISTS (
        SELECT FROM new_values v
        JOIN outcomes_periodrow p ON p.id = v.period_id
        JOIN outcomes_periodlock l ON l.lifted_at IS NULL
            AND l.start_date <= p.start_date AND p.end_date <= l.end_date
            AND (l.indicator_id IS NULL OR l.indicator_id = v.indicator_id)
            AND (l.body_id IS NULL OR l.body_id = v.owner_id)
        WHERE v.owner_id IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'the values of this period are locked' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""


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

    # Without foreign keys in the database: `references.py` says what holds the same, and why.
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        related_name="observations",
        db_index=False,
        db_constraint=False,
    )
    area = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="observations")
    period = models.ForeignKey(
        PeriodRow,
        on_delete=models.PROTECT,
        related_name="observations",
        db_index=False,
        db_constraint=False,
    )
    breakdown = models.ForeignKey(
        Breakdown,
        on_delete=models.PROTECT,
        related_name="observations",
        db_index=False,
        db_constraint=False,
    )
    release = models.ForeignKey(
        Release, on_delete=models.PROTECT, related_name="observations", db_constraint=False
    )
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
    # The publisher expects to change it.
    provisional = models.BooleanField(default=False, db_default=False)
    # Null is what the release did not say, which is no text of its own.
    publishers_comparison = models.CharField(
        max_length=7, null=True, choices=PublishersComparison.choices
    )
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
                condition=Q(publishers_comparison__isnull=True)
                | Q(publishers_comparison__in=PublishersComparison.values, value__isnull=False),
                name="publisher_compares_a_value",
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
        indexes = [
            # 'As published on' reads the superseded values of a series too.
            models.Index(
                fields=["indicator", "area"],
                condition=Q(superseded_at__isnull=False),
                name="observation_superseded",
            ),
        ]
        triggers = [
            references_exist(),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            # Only the mark of supersession may be set, once. After the row, since a trigger before
            # it locks each row by itself first, which makes a revision of all values half as fast.
            pgtrigger.Protect(
                name="never_edited",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["superseded_at"]),
            ),
            # A body's values of a locked period stay as they are; national releases go on.
            pgtrigger.Trigger(
                name="not_in_a_locked_period",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="new_values"),
                func=_NOT_LOCKED,
            ),
            pgtrigger.Protect(
                name="superseded_once",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__superseded_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.area_code} {self.period_id}"
