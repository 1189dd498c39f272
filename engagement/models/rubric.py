"""How engagement is read: rubric, matrix and support groups, in versions."""

import pgtrigger
from django.db import models
from django.db.models import Q

from duty.models import Round


class Side(models.TextChoices):
    """A side of a pair."""

    AUTHORITY = "sa", "Authority"
    BOARD = "icb", "ICB"


class Level(models.TextChoices):
    """How engaged a side is. Not assessed is no level at all."""

    HIGH = "high", "High"
    PARTIAL = "partial", "Partial"
    LOW = "low", "Low"


_APPEND_ONLY = pgtrigger.Update | pgtrigger.Delete


class Rubric(models.Model):
    """A version of the statements by which levels are reached."""

    version = models.PositiveSmallIntegerField(unique=True)
    rule = models.JSONField(help_text="Thresholds of the level rule, as fractions.")
    source = models.TextField()

    class Meta:
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


class GroupMap(models.Model):
    """A version of which cell of the matrix brings which support."""

    version = models.PositiveSmallIntegerField(unique=True)
    source = models.TextField()

    class Meta:
        triggers = [pgtrigger.Protect(name="append_only", operation=_APPEND_ONLY)]

    def __str__(self) -> str:
        return f"group map {self.version}"


class SupportGroup(models.Model):
    """A group of pairs, named by the support that it brings."""

    group_map = models.ForeignKey(GroupMap, on_delete=models.PROTECT, related_name="groups")
    code = models.CharField(max_length=8)
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    offer = models.TextField()
    aimed_at = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group_map", "code"], name="support_group_once"),
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
