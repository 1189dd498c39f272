"""What an authority may do, who sits where for it, what it agreed: dated, sourced, with certainty.

A row says what is on record. No row says that nothing is on record, never that there is nothing.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from authorities.models.bodies import Certainty, IntegratedCareBoard, StrategicAuthority
from authorities.models.dated import DatedQuerySet


class DevolvedFunction(models.TextChoices):
    """The headings of the table of functions in the report of the Cities Inequalities Project.

    Source: Health Foundation (2022), "Mayoral city regions and their devolved responsibilities".
    """

    BUSINESS_AND_ECONOMIC_GROWTH = "business_and_economic_growth", "Business and economic growth"
    TRANSPORT = "transport", "Transport"
    FIRE = "fire", "Fire"
    POLICING_AND_CRIME = "policing_and_crime", "Policing and crime"
    HEALTH_AND_SOCIAL_CARE = "health_and_social_care", "Health and social care"
    HEALTH_INEQUALITIES = "health_inequalities", "Health inequalities"
    HOUSING = "housing", "Housing"
    PLANNING_AND_REGENERATION = "planning_and_regeneration", "Planning and regeneration"
    ENVIRONMENTAL = "environmental", "Environmental"
    CRIMINAL_JUSTICE = "criminal_justice", "Criminal justice"
    ARTS_AND_CULTURE = "arts_and_culture", "Arts and culture"
    ADULT_EDUCATION = "adult_education", "Adult education"
    WASTE_DISPOSAL = "waste_disposal", "Waste disposal"


class SeatKind(models.TextChoices):
    """How an authority and a board sit in each other's rooms."""

    MAYOR_ON_BOARD = "mayor_on_icb", "Mayor on the ICB"
    REPRESENTATIVE_ON_BOARD = "mayors_representative_on_icb", "Mayor’s representative on the ICB"
    PARTNERSHIP_CHAIR = "icp_chair", "Chair of the integrated care partnership"
    JOINT_POST = "joint_post", "Joint post"
    BOARD_AT_AUTHORITY = "icb_member_at_authority", "ICB member at the authority"


class HeldFunction(models.Model):
    """A function that a strategic authority holds from a day to a day."""

    authority = models.ForeignKey(
        StrategicAuthority, on_delete=models.PROTECT, related_name="held_functions"
    )
    function = models.CharField(max_length=28, choices=DevolvedFunction.choices)
    valid = DateRangeField(help_text="Without a start: its first day is not recorded.")
    certainty = models.CharField(max_length=6, choices=Certainty.choices, default=Certainty.MEDIUM)
    source = models.TextField()
    note = models.TextField(blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="function_held_once_a_day",
                expressions=[
                    ("authority", RangeOperators.EQUAL),
                    ("function", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(function__in=DevolvedFunction.values), name="function_is_known"
            ),
            models.CheckConstraint(
                condition=Q(valid__isempty=False), name="function_held_for_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority_id} {self.function} {self.valid}"


class GovernanceSeat(models.Model):
    """A seat that joins an authority and a board, from a day to a day."""

    authority = models.ForeignKey(
        StrategicAuthority, on_delete=models.PROTECT, related_name="governance_seats"
    )
    board = models.ForeignKey(
        IntegratedCareBoard, on_delete=models.PROTECT, related_name="governance_seats"
    )
    kind = models.CharField(max_length=28, choices=SeatKind.choices)
    holder = models.CharField(
        max_length=120, help_text="The role that holds it, never a person's name."
    )
    valid = DateRangeField(help_text="Without a start: its first day is not recorded.")
    certainty = models.CharField(max_length=6, choices=Certainty.choices, default=Certainty.MEDIUM)
    source = models.TextField()
    note = models.TextField(blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            # Two joint posts of a pair differ in their holders.
            ExclusionConstraint(
                name="seat_held_once_a_day",
                expressions=[
                    ("authority", RangeOperators.EQUAL),
                    ("board", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("holder", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(kind__in=SeatKind.values), name="seat_kind_is_known"
            ),
            models.CheckConstraint(condition=~Q(holder=""), name="seat_has_a_holder"),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="seat_held_for_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.authority_id} and {self.board_id} {self.valid}"


class RecordedAgreement(models.Model):
    """An agreement on health of an authority and its NHS partners, from a day to a day."""

    authority = models.ForeignKey(
        StrategicAuthority, on_delete=models.PROTECT, related_name="recorded_agreements"
    )
    board = models.ForeignKey(
        IntegratedCareBoard,
        on_delete=models.PROTECT,
        related_name="recorded_agreements",
        null=True,
        blank=True,
        help_text="None where it is older than the boards, or with several partners.",
    )
    title = models.CharField(max_length=200)
    url = models.URLField(max_length=500, blank=True, help_text="Where it is published.")
    valid = DateRangeField(
        help_text="From the day on which it was agreed. Without a start: that day is not recorded."
    )
    certainty = models.CharField(max_length=6, choices=Certainty.choices, default=Certainty.MEDIUM)
    source = models.TextField()
    note = models.TextField(blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            # Not told apart by board: one with several partners stands here once, without a board.
            ExclusionConstraint(
                name="agreement_stands_once_a_day",
                expressions=[
                    ("authority", RangeOperators.EQUAL),
                    ("title", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=~Q(title=""), name="agreement_has_a_title"),
            models.CheckConstraint(
                condition=Q(url="") | Q(url__startswith="https://"),
                name="agreement_address_is_https",
            ),
            models.CheckConstraint(
                condition=Q(valid__isempty=False), name="agreement_holds_for_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} of {self.authority_id} {self.valid}"
