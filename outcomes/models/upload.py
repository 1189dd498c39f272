"""A file on its way in: what was sent, how far its reading is, and what is wrong with it."""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from authorities.models import Body, User
from outcomes.models.observation import NOT_BY_ITS_SENDER, Release, ReleaseState
from outcomes.upload_lifecycle import changes

_CHANGES = ", ".join(f"('{before}', '{after}')" for before, after in changes())


class UploadState(models.TextChoices):
    """Where a file is. Words for people stand in `presenters.py`."""

    UPLOADED = "uploaded", "Waiting to be read"
    CHECKING = "checking", "Being checked"
    REJECTED_FILE = "rejected_file", "Cannot be read"
    SETUP_ERRORS = "setup_errors", "Names what we do not know"
    BLOCKING_ERRORS = "blocking_errors", "Has errors"
    # Right, but unusual: each kind of warning asks for a reason.
    NEEDS_CONFIRMING = "needs_confirming", "Waits for your reasons"
    READY = "ready", "Waits for your word"
    # Confirmed, and being stored.
    STORING = "storing", "Being stored"
    CANCELLED = "cancelled", "Given up by you"
    COMMITTED = "committed", "Stored"
    FAILED = "failed", "Stopped by a fault of ours"


class Severity(models.TextChoices):
    """What a problem of a file means for it."""

    SETUP = "setup", "Not identified"
    HARD = "hard", "Error"
    NOT_YOURS = "not_yours", "Not your body"
    SOFT = "soft", "Warning"


class Layout(models.TextChoices):
    """How the columns of a file are named."""

    FINGERTIPS = "fingertips", "Fingertips download"
    OWN = "own", "Template of this site"


# How far the reading is changes twice a second: that is no history.
@pghistory.track(exclude=["rows_read", "progressed_at"])
class Upload(models.Model):
    """One attempt to bring in one file. A second attempt is a second row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="uploads")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="uploads")
    uploaded_at = models.DateTimeField()
    # Chosen by the server; the person's own name for the file is never used as a path.
    file = models.FileField(upload_to="uploads/%Y/%m")
    file_name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    # Made by the server for each form shown, so that a double click stores once.
    form_key = models.UUIDField(unique=True)
    state = models.CharField(
        max_length=16, choices=UploadState.choices, default=UploadState.UPLOADED
    )
    rows_read = models.PositiveIntegerField(default=0)
    rows_expected = models.PositiveIntegerField(null=True)
    added = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    superseded = models.PositiveIntegerField(default=0)
    ignored = models.PositiveIntegerField(default=0)
    layout = models.CharField(max_length=10, choices=Layout.choices, default=Layout.FINGERTIPS)
    # The state says it too; a worker that reads the file sees that between two parts of it.
    cancel_asked_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="confirmed_uploads"
    )
    problem_count = models.PositiveIntegerField(default=0)
    notices = models.JSONField(default=list)
    summary = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    # Without progress for a while, the sweep lets another worker try.
    progressed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    release = models.OneToOneField(
        Release, null=True, on_delete=models.PROTECT, related_name="upload"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=UploadState.values), name="upload_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=UploadState.COMMITTED) | Q(release__isnull=False),
                name="stored_upload_has_its_release",
            ),
            models.CheckConstraint(
                condition=Q(layout__in=Layout.values), name="upload_layout_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=UploadState.STORING)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="stored_upload_was_confirmed",
            ),
        ]
        indexes = [models.Index(fields=["body", "-uploaded_at"], name="uploads_of_body")]
        triggers = [
            pgtrigger.Trigger(
                name="upload_takes_steps_of_the_table",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__df=pgtrigger.F("new__state")),
                func=f"""
                    IF (OLD.state, NEW.state) NOT IN ({_CHANGES}) THEN
                        RAISE EXCEPTION 'an upload does not go from % to %', OLD.state, NEW.state
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            # The other side of what a release holds: its file may be named after the approval.
            pgtrigger.Trigger(
                name="approved_by_a_third_person",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__release__isnull=False),
                func=f"""
                    IF EXISTS (
                        SELECT FROM outcomes_release r
                        WHERE r.id = NEW.release_id AND r.state = '{ReleaseState.APPROVED}'
                        AND r.decided_by_id IN (NEW.uploaded_by_id, NEW.confirmed_by_id)
                    ) THEN
                        {NOT_BY_ITS_SENDER}
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} {self.state}"


class UploadProblem(models.Model):
    """One wrong cell, or a refusal of the whole file (row empty)."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="problems")
    order = models.PositiveIntegerField()
    severity = models.CharField(max_length=9, choices=Severity.choices, default=Severity.HARD)
    row = models.PositiveIntegerField(null=True)
    line = models.PositiveIntegerField(null=True)
    column = models.CharField(max_length=4, blank=True)
    heading = models.CharField(max_length=120, blank=True)
    code = models.CharField(max_length=40)
    given = models.CharField(max_length=120, blank=True)
    message = models.TextField()
    fix = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["upload", "order"], name="problem_order_once"),
            models.CheckConstraint(
                condition=Q(severity__in=Severity.values), name="severity_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.row}{self.column} {self.code}"


class UploadConfirmation(models.Model):
    """Why one kind of warning of a file is right as it is."""

    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="confirmations")
    code = models.CharField(max_length=40)
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="upload_confirmations")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["upload", "code"], name="warning_confirmed_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="confirmation_has_a_reason"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.upload_id} {self.code}"
