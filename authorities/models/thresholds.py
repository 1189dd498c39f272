"""The sliver threshold as a dated setting: proposed by one person, approved by another."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from authorities.models.people import User
from authorities.thresholds import STEPS


class ThresholdState(models.TextChoices):
    """Where a threshold is."""

    PROPOSED = "proposed", "Waits for approval"
    APPROVED = "approved", "Approved"
    DECLINED = "declined", "Declined"


_CHANGES = ", ".join(f"('{before}', '{after}')" for (before, _), after in sorted(STEPS.items()))


@pghistory.track()
class SliverThreshold(models.Model):
    """The smallest share of an authority's people that makes a pair, from a day on."""

    number = models.PositiveSmallIntegerField(unique=True)
    share = models.DecimalField(max_digits=5, decimal_places=4, help_text="0 to 1.")
    # The first one came with the site and always held.
    holds_from = models.DateField(null=True)
    reason = models.TextField()
    state = models.CharField(
        max_length=8, choices=ThresholdState.choices, default=ThresholdState.PROPOSED
    )
    form_key = models.UUIDField(null=True, unique=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="proposed_thresholds"
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="decided_thresholds"
    )
    declined_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ThresholdState.values), name="threshold_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(share__gte=0, share__lte=1), name="threshold_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(
                    number=1,
                    holds_from__isnull=True,
                    state=ThresholdState.APPROVED,
                    proposed_by__isnull=True,
                    decided_by__isnull=True,
                )
                | Q(number__gt=1, holds_from__isnull=False, proposed_by__isnull=False)
                & ~Q(reason=""),
                name="later_threshold_has_a_day_and_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(number=1)
                | Q(state=ThresholdState.PROPOSED, decided_by__isnull=True)
                | ~Q(state=ThresholdState.PROPOSED)
                & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="decided_threshold_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state=ThresholdState.APPROVED)
                | Q(number=1)
                | ~Q(decided_by=F("proposed_by")),
                name="threshold_approved_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state=ThresholdState.DECLINED) | ~Q(declined_reason=""),
                name="declined_threshold_has_a_reason",
            ),
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state=ThresholdState.PROPOSED),
                name="one_threshold_proposed",
            ),
            models.UniqueConstraint(
                fields=["holds_from"],
                condition=Q(state=ThresholdState.APPROVED),
                name="one_threshold_a_day",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="threshold_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="threshold_is_decided_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=f"""
                    IF (OLD.state, NEW.state) NOT IN ({_CHANGES})
                        OR (OLD.number, OLD.share, OLD.holds_from, OLD.reason, OLD.proposed_by_id)
                        IS DISTINCT FROM
                        (NEW.number, NEW.share, NEW.holds_from, NEW.reason, NEW.proposed_by_id)
                    THEN
                        RAISE EXCEPTION 'a threshold is decided once and stays as proposed'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF NEW.state = 'approved' AND NEW.holds_from
                        < (NEW.decided_at AT TIME ZONE 'Europe/London')::date
                    THEN
                        RAISE EXCEPTION 'a threshold holds from a day that is not past'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.share} from {self.holds_from}"
