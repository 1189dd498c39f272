"""How engagement is read: rubric, matrix and support groups, in versions."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from authorities.models import User
from duty.models import Round


class Side(models.TextChoices):
    """A side of a pair."""

    AUTHORITY = "sa", "Authority"
    BOARD = "icb", "ICB"

    @property
    def other(self) -> "Side":
        """The side across the table."""
        return Side.BOARD if self == Side.AUTHORITY else Side.AUTHORITY


class Level(models.TextChoices):
    """How engaged a side is. Not assessed is no level at all."""

    HIGH = "high", "High"
    PARTIAL = "partial", "Partial"
    LOW = "low", "Low"


_APPEND_ONLY = pgtrigger.Update | pgtrigger.Delete


class ApprovedVersion(models.Model):
    """A version that one person wrote and another approved; the first came with the site."""

    version = models.PositiveSmallIntegerField(unique=True)
    source = models.TextField()
    reason = models.TextField(blank=True, help_text="Why there is a new version.")
    # Who proposed it, and who approved it.
    proposed_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="proposed_%(class)s_versions"
    )
    approved_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="approved_%(class)s_versions"
    )
    approved_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    version=1,
                    proposed_by__isnull=True,
                    approved_by__isnull=True,
                    approved_at__isnull=True,
                )
                | Q(
                    proposed_by__isnull=False,
                    approved_by__isnull=False,
                    approved_at__isnull=False,
                )
                & ~Q(approved_by=F("proposed_by"))
                & ~Q(reason=""),
                name="%(class)s_behind_two_people",
            ),
        ]


class Rubric(ApprovedVersion):
    """A version of the statements by which levels are reached."""

    rule = models.JSONField(help_text="Thresholds of the level rule, as fractions.")
    # Whether a level means the same as by the version before: movement is told only then.
    keeps_meaning = models.BooleanField(null=True)
    meaning_reason = models.TextField(blank=True)

    class Meta(ApprovedVersion.Meta):
        constraints = [
            *ApprovedVersion.Meta.constraints,
            models.CheckConstraint(
                condition=Q(version=1, keeps_meaning__isnull=True, meaning_reason="")
                | Q(version__gt=1, keeps_meaning__isnull=False) & ~Q(meaning_reason=""),
                name="later_rubric_says_what_levels_mean",
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=_APPEND_ONLY)]

    def __str__(self) -> str:
        return f"rubric {self.version}"


class Theme(models.Model):
    """A theme of one side, with a statement for each level."""

    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="themes")
    side = models.CharField(max_length=3, choices=Side.choices)
    code = models.CharField(max_length=4)
    order = models.PositiveSmallIntegerField()
    core = models.BooleanField()
    name = models.CharField(max_length=120)
    high = models.TextField()
    partial = models.TextField()
    low = models.TextField()
    source = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rubric", "code"], name="theme_code_once"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="theme_side_is_known"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=_APPEND_ONLY)]

    def __str__(self) -> str:
        return self.code


class GroupMap(ApprovedVersion):
    """A version of the matrix: words of the levels, and which cell brings which support."""

    high_label = models.CharField(max_length=24, default="High")
    partial_label = models.CharField(max_length=24, default="Partial")
    low_label = models.CharField(max_length=24, default="Low")
    not_assessed_label = models.CharField(max_length=24, default="Not assessed")

    class Meta(ApprovedVersion.Meta):
        triggers = [pgtrigger.Protect(name="append_only", operation=_APPEND_ONLY)]

    def __str__(self) -> str:
        return f"group map {self.version}"


class SupportGroup(models.Model):
    """A group of pairs, named by the support that it brings."""

    group_map = models.ForeignKey(GroupMap, on_delete=models.PROTECT, related_name="groups")
    code = models.CharField(max_length=8)
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    note = models.CharField(max_length=60, blank=True, help_text="What it brings, in few words.")
    offer = models.TextField()
    aimed_at = models.CharField(max_length=40)
    # An entry of the palette: a colour with its pattern.
    look = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group_map", "code"], name="support_group_once"),
            models.UniqueConstraint(fields=["group_map", "look"], name="support_group_looks_once"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=_APPEND_ONLY)]

    def __str__(self) -> str:
        return self.code


class GroupCell(models.Model):
    """A cell of the matrix: both levels, the group, and what is likely to come of it."""

    group_map = models.ForeignKey(GroupMap, on_delete=models.PROTECT, related_name="cells")
    authority_level = models.CharField(max_length=7, choices=Level.choices)
    board_level = models.CharField(max_length=7, choices=Level.choices)
    group = models.ForeignKey(SupportGroup, on_delete=models.PROTECT, related_name="cells")
    likely_outcome = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group_map", "authority_level", "board_level"], name="cell_once"
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=_APPEND_ONLY)]

    def __str__(self) -> str:
        return f"{self.authority_level} {self.board_level}"


class RoundRubric(models.Model):
    """The rubric and group map that a round is read by."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="rubric")
    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="rounds")
    group_map = models.ForeignKey(GroupMap, on_delete=models.PROTECT, related_name="rounds")

    def __str__(self) -> str:
        return f"{self.round_id}"
