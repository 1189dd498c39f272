"""The document of a submission: waiting to be made, made, or given up."""

import uuid

from django.db import models
from django.db.models import Q

from duty.models.submission import Submission


class DocumentState(models.TextChoices):
    """Where a document is."""

    WAITING = "waiting", "Being made"
    MADE = "made", "Made"
    FAILED = "failed", "Stopped by a fault of ours"


class ReturnDocument(models.Model):
    """A submission as a PDF. It follows from the snapshot, so it can be made again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, related_name="document")
    state = models.CharField(
        max_length=7, choices=DocumentState.choices, default=DocumentState.WAITING
    )
    method_version = models.PositiveSmallIntegerField(null=True)
    file = models.FileField(blank=True)
    size = models.PositiveIntegerField(default=0, help_text="Bytes.")
    sha256 = models.CharField(max_length=64, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DocumentState.values), name="document_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=DocumentState.MADE)
                | (
                    ~Q(file="")
                    & ~Q(sha256="")
                    & Q(size__gt=0, made_at__isnull=False, method_version__isnull=False)
                ),
                name="document_made_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="documents_that_wait")]

    def __str__(self) -> str:
        return f"{self.state} document of {self.submission_id}"
