"""A file of official boundaries on its way in: read, previewed, then stored or discarded."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q

from authorities.models.geography import BoundarySet
from authorities.models.people import User


class BoundaryImportState(models.TextChoices):
    """Where a file is."""

    READING = "reading", "Being read"
    PENDING = "pending", "Waits for a decision"
    REFUSED = "refused", "Cannot be used"
    FAILED = "failed", "Stopped by a fault of ours"
    STORING = "storing", "Being stored"
    STORED = "stored", "Stored"
    DISCARDED = "discarded", "Discarded"


# A worker has something to do.
_AT_WORK = (BoundaryImportState.READING, BoundaryImportState.STORING)
# A person has decided.
_DECIDED = (
    BoundaryImportState.STORING,
    BoundaryImportState.STORED,
    BoundaryImportState.DISCARDED,
)
# There is something to tell.
_STOPPED = (BoundaryImportState.REFUSED, BoundaryImportState.FAILED)


# The preview follows from the file and the register: that is no history.
@pghistory.track(exclude=["preview"])
class BoundaryImport(models.Model):
    """One file with what was said of it, so that nothing is lost between preview and decision.

    The file is deleted when it is stored or discarded; its hash stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    valid_from = models.DateField()
    source = models.TextField()
    licence = models.TextField()
    # Chosen by the server; the person's own name for the file is never used as a path.
    file = models.FileField(upload_to="boundaries/%Y/%m", blank=True)
    file_name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    # Made by the server for each form shown, so that a double click stores once.
    form_key = models.UUIDField(unique=True)
    preview = models.JSONField(
        default=dict, help_text="What the file would give, as when it was last checked."
    )
    checked_at = models.DateTimeField(null=True)
    state = models.CharField(
        max_length=16, choices=BoundaryImportState.choices, default=BoundaryImportState.READING
    )
    failure = models.TextField(
        blank=True, default="", help_text="Why it cannot be used or was not stored, in words."
    )
    # When a worker was asked for, when one last began, and how many have.
    asked_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    proposed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="proposed_boundaries"
    )
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="decided_boundaries"
    )
    decided_at = models.DateTimeField(null=True)
    boundary_set = models.OneToOneField(
        BoundarySet, on_delete=models.PROTECT, null=True, related_name="imported_by"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=BoundaryImportState.values),
                name="boundary_import_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state=BoundaryImportState.STORED, boundary_set__isnull=False)
                | Q(boundary_set__isnull=True) & ~Q(state=BoundaryImportState.STORED),
                name="stored_boundary_import_has_its_set",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_DECIDED, decided_at__isnull=False)
                | Q(decided_at__isnull=True) & ~Q(state__in=_DECIDED),
                name="decided_boundary_import_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_AT_WORK) | Q(asked_at__isnull=False),
                name="worked_boundary_import_says_since",
            ),
            models.CheckConstraint(
                condition=~Q(state=BoundaryImportState.PENDING) | Q(checked_at__isnull=False),
                name="pending_boundary_import_was_read",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_STOPPED) | ~Q(failure=""),
                name="stopped_boundary_import_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"
