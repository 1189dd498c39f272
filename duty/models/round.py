"""A reporting period: its dates, the versions frozen for it, who is expected, what happened."""

import uuid

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from authorities.models import Body, StrategicAuthority, User
from duty.models.specification import Specification
from outcomes.models import IndicatorSet, IndicatorSetVersion


class RoundState(models.TextChoices):
    """Where a round is."""

    DRAFT = "draft", "Draft"
    SCHEDULED = "scheduled", "Scheduled"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    IN_REPLY = "in_reply", "In reply"
    FINALISING = "finalising", "Finalising"
    PUBLISHED = "published", "Published"


# What a round asks, of whom and when, is settled when it is scheduled; its later days may move.
_FROZEN = (
    *("specification_id", "indicator_set_id", "indicator_set_version_id", "is_test"),
    *("covers_from", "covers_to", "geography_date", "slug"),
)
_CHANGED = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in _FROZEN)


def usual_reminder() -> int:
    """Return how many working days before the due day a round reminds, unless it says otherwise."""
    days: int = settings.REMINDER_WORKING_DAYS
    return days


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds, those for trying out included."""

    def counted(self) -> "RoundQuerySet":
        """Keep the real ones: a test round counts in no picture, list, count or file."""
        return self.filter(is_test=False)


@pghistory.track()
class Round(models.Model):
    """A reporting round. Days are London's, and the closing day belongs to the round."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    covers_from = models.DateField()
    covers_to = models.DateField(help_text="Last day covered.")
    geography_date = models.DateField(help_text="Bodies, pairs and shares are as at this day.")
    opens_on = models.DateField()
    due_on = models.DateField()
    edits_until = models.DateField()
    reply_opens_on = models.DateField(null=True)
    reply_closes_on = models.DateField(null=True)
    publish_at = models.DateTimeField(null=True)
    requires_sign_off = models.BooleanField(default=True)
    reminder_working_days = models.PositiveSmallIntegerField(
        default=usual_reminder,
        help_text="A reminder goes out so many working days before the due day.",
    )
    specification = models.ForeignKey(
        Specification, on_delete=models.PROTECT, related_name="rounds"
    )
    indicator_set = models.ForeignKey(
        IndicatorSet,
        null=True,
        on_delete=models.PROTECT,
        related_name="rounds",
        help_text="Whose indicators it asks figures of; without one, each sends what it has.",
    )
    indicator_set_version = models.ForeignKey(
        IndicatorSetVersion,
        null=True,
        on_delete=models.PROTECT,
        related_name="rounds",
        help_text="What stood in the set when the round was scheduled.",
    )
    is_test = models.BooleanField(default=False, help_text="For trying out: never counted.")
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    copied_from = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="copies"
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="rounds_created"
    )

    objects = RoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(covers_to__gte=F("covers_from"))
                & Q(due_on__gte=F("opens_on"))
                & Q(edits_until__gte=F("due_on")),
                name="round_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(reply_opens_on__isnull=True, reply_closes_on__isnull=True)
                | Q(
                    reply_opens_on__gt=F("edits_until"),
                    reply_closes_on__gte=F("reply_opens_on"),
                ),
                name="round_reply_after_edits",
            ),
            models.CheckConstraint(
                # The day of the publication is London's, as the settings' time zone is.
                condition=Q(publish_at__isnull=True)
                | Q(
                    reply_closes_on__isnull=False,
                    publish_at__date__gt=F("reply_closes_on"),
                ),
                name="round_published_after_reply",
            ),
            models.CheckConstraint(
                condition=Q(state=RoundState.DRAFT)
                | Q(
                    reply_opens_on__isnull=False,
                    reply_closes_on__isnull=False,
                    publish_at__isnull=False,
                ),
                name="round_beyond_draft_has_every_date",
            ),
            models.CheckConstraint(
                condition=Q(reminder_working_days__gte=1),
                name="round_reminds_before_the_due_day",
            ),
            models.CheckConstraint(
                condition=~Q(is_test=True, state=RoundState.PUBLISHED),
                name="round_for_tests_is_never_published",
            ),
            models.CheckConstraint(
                condition=Q(indicator_set__isnull=True, indicator_set_version__isnull=True)
                | Q(indicator_set__isnull=False, state=RoundState.DRAFT)
                | Q(indicator_set__isnull=False, indicator_set_version__isnull=False),
                name="round_beyond_draft_has_its_sets_version",
            ),
            models.CheckConstraint(
                condition=Q(state__in=RoundState.values), name="round_state_is_known"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="frozen_once_scheduled",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="draft"),
                func=f"""
                    IF NEW.state <> 'draft' AND ({_CHANGED}) THEN
                        RAISE EXCEPTION 'a scheduled round asks what it asks'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="asks_what_is_published",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=~pgtrigger.Q(new__state="draft"),
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM duty_specification
                        WHERE id = NEW.specification_id AND published_at IS NOT NULL
                    ) THEN
                        RAISE EXCEPTION 'a round asks what is published'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF NEW.indicator_set_version_id IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM outcomes_indicatorsetversion
                        WHERE id = NEW.indicator_set_version_id
                            AND indicator_set_id = NEW.indicator_set_id
                    ) THEN
                        RAISE EXCEPTION 'a round asks a version of its own set'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """The name, which says of a test round that it is one."""
        return f"{self.name}, test round" if self.is_test else self.name

    @property
    def has_begun(self) -> bool:
        """Whether it has been opened; before, nothing can have been submitted."""
        return self.state not in (RoundState.DRAFT, RoundState.SCHEDULED)


@pghistory.track()
class ExpectedReturn(models.Model):
    """An authority expected to return in a round, and its extension where it has one."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="expected_returns")
    authority = models.ForeignKey(
        StrategicAuthority, on_delete=models.PROTECT, related_name="expected_returns"
    )
    extended_due_on = models.DateField(null=True)
    extended_edits_until = models.DateField(null=True)
    extension_reason = models.TextField(blank=True)
    extended_at = models.DateTimeField(null=True)
    extended_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="extensions_given"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "authority"], name="expected_once"),
            models.CheckConstraint(
                condition=Q(extended_due_on__isnull=True, extended_edits_until__isnull=True)
                | (Q(extended_edits_until__gte=F("extended_due_on")) & ~Q(extension_reason="")),
                name="extension_has_dates_and_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority_id} in {self.round_id}"


class RoundHappening(models.Model):
    """Something that happened to a round. None is ever edited."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="happenings")
    type = models.CharField(max_length=16)
    actor = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="round_happenings"
    )
    actor_role = models.CharField(max_length=13, blank=True)
    actor_body = models.ForeignKey(
        Body, null=True, on_delete=models.PROTECT, related_name="round_happenings"
    )
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    payload = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["round", "at"], name="happenings_of_round")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.round_id}"
