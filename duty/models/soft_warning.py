"""What a person said of something about an answer that is unusual and may be right."""

import pgtrigger
from django.db import models
from django.db.models import Q

from authorities.models import IntegratedCareBoard, User
from duty.models.duty_return import DutyReturn
from duty.models.specification import Question


class WarningDecision(models.Model):
    """A soft warning that was confirmed, with the reason.

    It holds for one version of one answer: versions are counted over the return, so that an answer
    that changed asks again. It names question and board, since an answer may be removed.
    """

    duty_return = models.ForeignKey(
        DutyReturn, on_delete=models.PROTECT, related_name="warning_decisions"
    )
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="warning_decisions"
    )
    board = models.ForeignKey(
        IntegratedCareBoard,
        null=True,
        on_delete=models.PROTECT,
        related_name="warning_decisions",
    )
    answer_version = models.PositiveIntegerField()
    # Which rule warned of which part of the answer, and its words as the person read them.
    rule = models.CharField(max_length=24)
    part = models.CharField(max_length=64, blank=True)
    message = models.TextField()
    reason = models.TextField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="warning_decisions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["duty_return", "question", "board", "answer_version", "rule", "part"],
                nulls_distinct=False,
                name="warning_decided_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="warning_decision_has_a_reason"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.rule} of {self.question_id}"
