"""The ledger of recomputes, and the read models that recomputes keep fresh."""

from django.db import models
from django.db.models import Q

from authorities.models import StrategicAuthority
from outcomes.models.indicator import Indicator


class Subject(models.TextChoices):
    """What a recompute is for."""

    AUTHORITY = "authority", "Strategic authority"
    PAIR = "pair", "Pair"
    ROUND = "round", "Round"
    MISSION = "mission", "The mission"


class RecomputeRequest(models.Model):
    """Something was stored, and what follows from it must be computed again.

    Written in the transaction of the change; a message to the queue only nudges. Requests for the
    same subject that have not started are one.
    """

    subject = models.CharField(max_length=10, choices=Subject.choices)
    subject_id = models.UUIDField()
    reason = models.CharField(max_length=80)
    requested_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    next_attempt_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "subject_id"],
                condition=Q(started_at__isnull=True),
                name="recompute_waits_once",
            ),
            models.CheckConstraint(
                condition=Q(subject__in=Subject.values), name="recompute_subject_is_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(finished_at__isnull=True),
                name="recompute_unfinished",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id} {self.reason}"


class RecomputeStep(models.Model):
    """One step of one recompute, as it ran."""

    request = models.ForeignKey(RecomputeRequest, on_delete=models.CASCADE, related_name="steps")
    task = models.CharField(max_length=80)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    rows_changed = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "task"], name="step_once_a_request"),
        ]

    def __str__(self) -> str:
        return f"{self.task} of {self.request_id}"


class AuthorityIndicator(models.Model):
    """What an authority's page shows of one indicator: a read model, kept by recomputes."""

    authority = models.ForeignKey(
        StrategicAuthority, on_delete=models.CASCADE, related_name="indicator_pages"
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="authority_pages"
    )
    # Whose values: only published ones, or with what the body itself sent in.
    own = models.BooleanField(default=False)
    content = models.JSONField()
    input_hash = models.CharField(max_length=64)
    method_version = models.PositiveSmallIntegerField()
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "indicator", "own"], name="authority_indicator_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} of {self.authority_id}"
