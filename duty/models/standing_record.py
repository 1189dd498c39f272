"""What an authority keeps on record between rounds, and what is copied into its returns.

An entry is never deleted: it ends, or is marked as a mistake. What it said before stands in its
history.
"""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from authorities.models import StrategicAuthority, User
from duty.standing_records import (
    AssessmentMade,
    Ending,
    Prevention,
    StrategyStatus,
)

_WEB = r"^https?://"


def link_or_none(name: str) -> Q:
    """Return that a column holds a link of the web, or nothing."""
    return Q(**{name: ""}) | Q(**{f"{name}__regex": _WEB})


def not_before(first: str, last: str) -> Q:
    """Return that one day is not before another, where both are known."""
    return (
        Q(**{f"{first}__isnull": True})
        | Q(**{f"{last}__isnull": True})
        | Q(**{f"{last}__gte": F(first)})
    )


class StandingRecord(models.Model):
    """What every kind of entry has; its first day has a name of its own in each."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(
        StrategicAuthority, on_delete=models.PROTECT, related_name="%(class)s_records"
    )
    title = models.CharField(max_length=200)
    ending = models.CharField(max_length=7, blank=True)
    ended_on = models.DateField(null=True, help_text="The last day on which it held.")
    ending_reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="%(class)s_records_added"
    )
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="%(class)s_records_changed"
    )
    # Made by the server for each form shown: a double click adds once.
    form_key = models.UUIDField(unique=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="%(class)s_has_a_title"),
            models.CheckConstraint(
                condition=Q(ending__in=["", *(one.value for one in Ending)]),
                name="%(class)s_ending_is_known",
            ),
            models.CheckConstraint(
                condition=Q(ending=Ending.ENDED.value, ended_on__isnull=False)
                | (~Q(ending=Ending.ENDED.value) & Q(ended_on__isnull=True)),
                name="%(class)s_ended_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(ending=Ending.MISTAKE.value) | ~Q(ending_reason=""),
                name="%(class)s_mistake_says_why",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="ended_not_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Strategy(StandingRecord):
    """A strategy on health or health inequalities."""

    status = models.CharField(max_length=15)
    adopted_on = models.DateField(null=True)
    review_on = models.DateField(null=True, help_text="When it is next reviewed.")
    link = models.URLField(max_length=500, blank=True)
    progress_link = models.URLField(max_length=500, blank=True)
    covers = models.TextField(blank=True)

    class Meta(StandingRecord.Meta):
        abstract = False
        constraints = [
            *StandingRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(status__in=[one.value for one in StrategyStatus]),
                name="strategy_status_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(status=StrategyStatus.ADOPTED.value) | Q(adopted_on__isnull=False),
                name="adopted_strategy_says_when",
            ),
            models.CheckConstraint(
                condition=Q(adopted_on__isnull=True)
                | Q(review_on__isnull=True)
                | Q(review_on__gt=F("adopted_on")),
                name="strategy_is_reviewed_after_adoption",
            ),
            models.CheckConstraint(
                condition=not_before("adopted_on", "ended_on"),
                name="strategy_ends_after_adoption",
            ),
            models.CheckConstraint(
                condition=link_or_none("link") & link_or_none("progress_link"),
                name="strategy_links_are_http_or_https",
            ),
        ]


@pghistory.track()
class TeamPost(StandingRecord):
    """A post of the health team; its title is that of the role, never a person's name."""

    fte = models.DecimalField(max_digits=6, decimal_places=2, help_text="Full-time equivalents.")
    employer = models.CharField(max_length=200)
    joint_with = models.CharField(max_length=200, blank=True)
    filled = models.BooleanField()
    since = models.DateField(null=True)

    class Meta(StandingRecord.Meta):
        abstract = False
        constraints = [
            *StandingRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(fte__gte=0), name="post_fte_is_not_negative"),
            models.CheckConstraint(condition=~Q(employer=""), name="post_has_an_employer"),
            models.CheckConstraint(
                condition=not_before("since", "ended_on"), name="post_ends_after_it_began"
            ),
        ]


@pghistory.track()
class ImpactAssessment(StandingRecord):
    """A relevant decision, and which impact assessment it had. It has a day and no end."""

    decided_on = models.DateField()
    assessment = models.CharField(max_length=12)
    link = models.URLField(max_length=500, blank=True)

    class Meta(StandingRecord.Meta):
        abstract = False
        constraints = [
            *StandingRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(assessment__in=[one.value for one in AssessmentMade]),
                name="assessment_is_known",
            ),
            models.CheckConstraint(
                condition=link_or_none("link"), name="assessment_link_is_http_or_https"
            ),
            models.CheckConstraint(
                condition=~Q(ending=Ending.ENDED.value), name="assessment_does_not_end"
            ),
        ]


@pghistory.track()
class DutyFunding(StandingRecord):
    """A source of money for the duty. The amount is in pounds, for the whole period."""

    amount = models.DecimalField(max_digits=13, decimal_places=2)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, help_text="The last day of the money, as planned.")
    prevention = models.CharField(max_length=7)
    plan = models.TextField(blank=True, help_text="How the cost is taken in-house.")
    pays_for = models.CharField(max_length=200, blank=True)
    joint_with = models.CharField(max_length=200, blank=True)

    class Meta(StandingRecord.Meta):
        abstract = False
        constraints = [
            *StandingRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(amount__gte=0), name="funding_amount_is_not_negative"
            ),
            models.CheckConstraint(
                condition=not_before("starts_on", "ends_on") & not_before("starts_on", "ended_on"),
                name="funding_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(prevention__in=[one.value for one in Prevention]),
                name="funding_prevention_is_known",
            ),
            models.CheckConstraint(
                condition=Q(joint_with="") | ~Q(pays_for=""),
                name="joint_funding_says_for_what",
            ),
        ]
