"""The joint self-check of a pair in a round: each side's own column."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q

from authorities.models import Pair, User
from duty.models import Round
from engagement.models.rubric import Side
from engagement.three_steps import PRIORITIES, STANDING_WORDS, Standing

_STANDINGS = [(one.value, STANDING_WORDS[one]) for one in Standing]


@pghistory.track()
class ThreeStepColumn(models.Model):
    """One side's column: its answers, and a note on each step. Nobody confirms it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="three_step_columns")
    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="three_step_columns")
    side = models.CharField(max_length=3, choices=Side.choices)
    people_and_place = models.TextField(blank=True)
    partnership_and_powers = models.TextField(blank=True)
    productivity_and_process = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="three_step_columns_updated"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "pair", "side"], name="three_step_column_once"
            ),
            models.CheckConstraint(
                condition=Q(side__in=Side.values), name="three_step_side_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} of {self.pair_id} in {self.round_id}"


@pghistory.track()
class ThreeStepAnswer(models.Model):
    """How far one thing has come, in the eyes of a side."""

    column = models.ForeignKey(ThreeStepColumn, on_delete=models.PROTECT, related_name="answers")
    priority = models.CharField(max_length=30)
    standing = models.CharField(max_length=9, choices=_STANDINGS)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["column", "priority"], name="three_step_answer_once"),
            models.CheckConstraint(
                condition=Q(priority__in=PRIORITIES), name="three_step_priority_is_known"
            ),
            models.CheckConstraint(
                condition=Q(standing__in=[one.value for one in Standing]),
                name="three_step_standing_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.priority} {self.standing}"
