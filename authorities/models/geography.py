"""Who covers which land, from a day to a day, and the pairs that follow from it.

The building block is a part of a council: the whole of it, or what one ICB has of it. People are
counted on parts, so every share is a sum over parts and nobody is lost or counted twice.
"""

import uuid

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from authorities.models.bodies import (
    Body,
    Certainty,
    Council,
    IntegratedCareBoard,
    StrategicAuthority,
)
from authorities.models.dated import DatedQuerySet


class CouncilRole(models.TextChoices):
    """How a council belongs to a strategic authority. Only constituents bring their land."""

    CONSTITUENT = "constituent", "Constituent"
    NON_CONSTITUENT = "non_constituent", "Non-constituent"


class CouncilMembership(models.Model):
    """A council's membership of a strategic authority from a day to a day."""

    authority = models.ForeignKey(
        StrategicAuthority, on_delete=models.PROTECT, related_name="council_memberships"
    )
    council = models.ForeignKey(
        Council, on_delete=models.PROTECT, related_name="authority_memberships"
    )
    role = models.CharField(max_length=16, choices=CouncilRole.choices)
    valid = DateRangeField()
    planned = models.BooleanField(default=False, help_text="The authority is not yet established.")
    certainty = models.CharField(max_length=6, choices=Certainty.choices, default=Certainty.HIGH)
    source = models.TextField(blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="council_in_one_authority_a_day",
                expressions=[
                    ("council", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=Q(role=CouncilRole.CONSTITUENT),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council_id} in {self.authority_id} {self.valid}"


class AreaPart(models.Model):
    """The whole of a council, or what one ICB has of it: the block that areas are built from."""

    key = models.CharField(
        max_length=16, unique=True, help_text="Its first council's code, colon, number."
    )
    population = models.PositiveIntegerField(help_text="People, mid-year estimate.")
    population_year = models.PositiveSmallIntegerField()
    small_areas = models.PositiveIntegerField(help_text="Census 2021 lower layer areas in it.")
    source = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.key


class PartCouncil(models.Model):
    """The council that a part lies in, from a day to a day: councils are reorganised, too."""

    part = models.ForeignKey(AreaPart, on_delete=models.PROTECT, related_name="councils")
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="part_councils")
    valid = DateRangeField()

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="part_in_one_council_a_day",
                expressions=[("part", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} in {self.council_id} {self.valid}"


class PartBoard(models.Model):
    """The ICB that a part lies in, from a day to a day."""

    part = models.ForeignKey(AreaPart, on_delete=models.PROTECT, related_name="boards")
    board = models.ForeignKey(
        IntegratedCareBoard, on_delete=models.PROTECT, related_name="part_boards"
    )
    valid = DateRangeField()

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="part_in_one_board_a_day",
                expressions=[("part", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} in {self.board_id} {self.valid}"


class BodyGrouping(models.Model):
    """A body's place in a larger one that is not built from parts: NHS region, cluster, region."""

    member = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="groupings")
    group = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="grouped")
    valid = DateRangeField()
    source = models.TextField(blank=True)
    certainty = models.CharField(max_length=6, choices=Certainty.choices, default=Certainty.HIGH)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="member_once_in_a_group_a_day",
                expressions=[
                    ("member", RangeOperators.EQUAL),
                    ("group", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=~Q(member=F("group")), name="body_is_not_in_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.group_id} {self.valid}"


class Succession(models.Model):
    """One body took over from another, with the people that moved."""

    predecessor = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="precessions")
    on_date = models.DateField()
    kind = models.CharField(max_length=16)
    population = models.PositiveIntegerField(null=True)
    share = models.FloatField(null=True, help_text="Of the predecessor's people, 0 to 1.")
    source = models.TextField(blank=True)
    certainty = models.CharField(max_length=6, choices=Certainty.choices, default=Certainty.HIGH)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "on_date"], name="succession_once"
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="body_does_not_succeed_itself"
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=1),
                name="succession_share_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.successor_id} after {self.predecessor_id} on {self.on_date}"


@pghistory.track()
class Pair(models.Model):
    """A strategic authority and an ICB that serve some of the same people, on some day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(
        StrategicAuthority, on_delete=models.PROTECT, related_name="pairs"
    )
    board = models.ForeignKey(IntegratedCareBoard, on_delete=models.PROTECT, related_name="pairs")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "board"], name="pair_once"),
        ]

    def __str__(self) -> str:
        return f"{self.authority_id} with {self.board_id}"


class Coterminosity(models.TextChoices):
    """How two areas fit. The rules stand in `authorities/geography.py`."""

    COTERMINOUS = "coterminous", "Coterminous"
    AUTHORITY_WITHIN_ONE_BOARD = "authority_within_one_board", "Authority within one ICB"
    AUTHORITY_OVER_SEVERAL_BOARDS = "authority_over_several_boards", "Authority over several ICBs"
    BOARD_OVER_SEVERAL_AUTHORITIES = (
        "board_over_several_authorities",
        "ICB over several authorities",
    )
    MIXED = "mixed", "Mixed"


class PairOverlap(models.Model):
    """How much of each other's people a pair shares, from a day to a day.

    Computed from parts by `actions/pairs.py`; may be deleted and computed again.
    """

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="overlaps")
    valid = DateRangeField()
    population = models.PositiveIntegerField(help_text="People in both areas.")
    share_of_authority = models.FloatField(help_text="0 to 1.")
    share_of_board = models.FloatField(help_text="0 to 1.")
    sliver = models.BooleanField(help_text="Below the threshold: listed, not assessed.")
    planned = models.BooleanField(help_text="The authority is not yet established.")
    coterminosity = models.CharField(
        max_length=32, choices=Coterminosity.choices, null=True, help_text="Empty for a sliver."
    )
    population_year = models.PositiveSmallIntegerField()
    source = models.TextField(blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="pair_has_one_overlap_a_day",
                expressions=[("pair", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                condition=Q(share_of_authority__gt=0, share_of_authority__lte=1.0000001)
                & Q(share_of_board__gt=0, share_of_board__lte=1.0000001),
                name="overlap_shares_are_shares",
            ),
            models.CheckConstraint(
                condition=Q(sliver=True, coterminosity__isnull=True)
                | Q(sliver=False, coterminosity__isnull=False),
                name="overlap_has_a_class_unless_a_sliver",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pair_id} {self.valid}"


class BoundarySet(models.Model):
    """Areas as drawn by one source, for a range of days."""

    name = models.CharField(max_length=120, unique=True)
    valid = DateRangeField()
    approximate = models.BooleanField(help_text="Drawn from postcode locations, not surveyed.")
    source = models.TextField()
    licence = models.TextField()

    objects = DatedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class Boundary(models.Model):
    """The outline of one area part, in British National Grid metres."""

    boundary_set = models.ForeignKey(
        BoundarySet, on_delete=models.CASCADE, related_name="boundaries"
    )
    part = models.ForeignKey(AreaPart, on_delete=models.PROTECT, related_name="boundaries")
    fine = models.BooleanField(default=False, help_text="For the enlarged insets.")
    geometry = models.JSONField(help_text="A GeoJSON Polygon or MultiPolygon.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["boundary_set", "part", "fine"], name="boundary_once_per_set"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} in {self.boundary_set_id}"


class Drawing(models.Model):
    """Shapes of areas as they are on some days; may be deleted and drawn again."""

    subject = models.CharField(max_length=210, help_text="What is drawn, and by which method.")
    valid = DateRangeField(help_text="Days on which nothing that it shows changes.")
    content = models.JSONField()
    made_at = models.DateTimeField()

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="subject_has_one_drawing_a_day",
                expressions=[("subject", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.valid}"
