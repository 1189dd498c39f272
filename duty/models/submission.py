"""A return as it was signed: a snapshot that nothing changes."""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q

from authorities.models import User
from duty.models.duty_return import DutyReturn


class Declaration(models.Model):
    """What a signatory declares, in versions."""

    version = models.PositiveSmallIntegerField(unique=True)
    text = models.TextField()

    class Meta:
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"declaration {self.version}"


# What was proposed and never looked at is nobody's answer, so nobody signs it.
_NOTHING_UNREVIEWED = """
    IF EXISTS (
        SELECT 1 FROM duty_answer
        WHERE duty_return_id = NEW.duty_return_id AND needs_review
    ) THEN
        RAISE EXCEPTION 'answers wait to be reviewed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class Submission(models.Model):
    """A signed return with its answers, labels, options and names as they were."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    duty_return = models.ForeignKey(
        DutyReturn, on_delete=models.PROTECT, related_name="submissions"
    )
    number = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=24, unique=True)
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    submitted_at = models.DateTimeField(help_text="By the database's clock.")
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="submissions")
    declaration = models.ForeignKey(
        Declaration, null=True, on_delete=models.PROTECT, related_name="submissions"
    )
    late = models.BooleanField()
    # Made by the server for each form shown: a double click submits once.
    form_key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["duty_return", "number"], name="submission_number_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="submission_from_one"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="holds_nothing_unreviewed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_NOTHING_UNREVIEWED,
            ),
        ]

    def __str__(self) -> str:
        return self.reference
