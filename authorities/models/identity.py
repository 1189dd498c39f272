"""What a body was called, coded and designated, and when."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from authorities.models.bodies import Body, Certainty, StrategicAuthority
from authorities.models.dated import DatedQuerySet


class CodeScheme(models.TextChoices):
    """Who gave the code."""

    ONS = "ons", "ONS"
    ODS = "ods", "ODS"


class BodyName(models.Model):
    """A name from a day to a day: a return of 2026 prints the name of 2026."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=120)
    valid = DateRangeField()
    source = models.TextField(blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="body_has_one_name_a_day",
                expressions=[("body", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="name_lasts_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.valid}"


class BodyCode(models.Model):
    """An external code from a day to a day. A code that is used again is no identity."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="codes")
    scheme = models.CharField(max_length=3, choices=CodeScheme.choices)
    value = models.CharField(max_length=12)
    valid = DateRangeField()
    certainty = models.CharField(max_length=6, choices=Certainty.choices, default=Certainty.HIGH)
    source = models.TextField(blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="body_has_one_code_a_day",
                expressions=[
                    ("body", RangeOperators.EQUAL),
                    ("scheme", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="code_means_one_body_a_day",
                expressions=[
                    ("scheme", RangeOperators.EQUAL),
                    ("value", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="code_lasts_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value} {self.valid}"


class AuthorityType(models.TextChoices):
    """The legal type of a strategic authority."""

    COMBINED_AUTHORITY = "combined_authority", "Combined authority"
    COMBINED_COUNTY_AUTHORITY = "combined_county_authority", "Combined county authority"
    GREATER_LONDON_AUTHORITY = "greater_london_authority", "Greater London Authority"
    SINGLE_AUTHORITY = "single_authority", "Single authority"


class AuthorityTier(models.TextChoices):
    """The tier of a strategic authority in the 2026 Act."""

    FOUNDATION = "foundation", "Foundation"
    MAYORAL = "mayoral", "Mayoral"
    ESTABLISHED_MAYORAL = "established_mayoral", "Established mayoral"


class Designation(models.Model):
    """The type and tier of a strategic authority from a day to a day."""

    authority = models.ForeignKey(
        StrategicAuthority, on_delete=models.PROTECT, related_name="designations"
    )
    type = models.CharField(max_length=26, choices=AuthorityType.choices)
    tier = models.CharField(max_length=20, choices=AuthorityTier.choices)
    valid = DateRangeField()
    certainty = models.CharField(max_length=6, choices=Certainty.choices, default=Certainty.HIGH)
    source = models.TextField(blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="authority_has_one_tier_a_day",
                expressions=[
                    ("authority", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority_id} {self.tier} {self.valid}"
