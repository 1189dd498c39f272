"""What recomputes keep of frameworks' progress, and what people say beside it."""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KeyTransform

from authorities.models import Body, User
from outcomes.models.framework import Framework
from outcomes.models.framework_content import FrameworkIndicator
from outcomes.models.marks import only_marked


@pghistory.track()
class ProgressMethod(models.Model):
    """A numbered way to compute progress. What it moves is seen before it is made public."""

    number = models.PositiveSmallIntegerField(unique=True)
    text = models.TextField()
    made_public_at = models.DateTimeField(null=True)
    made_public_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="progress_methods_made_public"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="progress_method_says_what_it_does"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="public_method_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__made_public_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"method {self.number}"


class ProgressStatus(models.Model):
    """The labels of one indicator of an agreed framework under one method: a read model.

    content: labels, reasons, and the numbers behind them with the keys of what they were made from.
    """

    framework_indicator = models.ForeignKey(
        FrameworkIndicator, on_delete=models.CASCADE, related_name="statuses"
    )
    method = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=32)
    reason = models.CharField(max_length=32, blank=True)
    content = models.JSONField()
    input_hash = models.CharField(max_length=64)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["framework_indicator", "method"], name="progress_once_a_method"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} of {self.framework_indicator_id}"


class PictureScope(models.TextChoices):
    """What a picture of progress is of."""

    FRAMEWORK = "framework", "One framework"
    PAIR = "pair", "One pair"
    AUTHORITY = "authority", "One authority"
    NATION = "nation", "England"


class ProgressPicture(models.Model):
    """What a dashboard of progress shows: a read model, kept by recomputes.

    subject_id: of the framework, pair or authority; all noughts for the nation.
    """

    scope = models.CharField(max_length=9, choices=PictureScope.choices)
    subject_id = models.UUIDField()
    method = models.PositiveSmallIntegerField()
    content = models.JSONField()
    # Beside the content, all of which would be read for it: the nation adds up every authority's.
    counts = models.GeneratedField(
        expression=KeyTransform("counts", "content"),
        output_field=models.JSONField(),
        db_persist=True,
    )
    input_hash = models.CharField(max_length=64)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "subject_id", "method"], name="progress_picture_once"
            ),
            models.CheckConstraint(
                condition=Q(scope__in=PictureScope.values), name="picture_scope_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.subject_id}"


class OwnerNote(models.Model):
    """What an owner says beside a computed status, on a day. It changes no label."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="owner_notes")
    # Of the indicator in the framework, whatever the version.
    lineage = models.UUIDField()
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="owner_notes")
    role = models.CharField(max_length=120, help_text="Of who says it; a role, no name.")
    text = models.TextField()
    contested = models.BooleanField()
    # The status that it is about, as it read then.
    about = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="owner_notes")
    withdrawn_at = models.DateTimeField(null=True)
    form_key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="owner_note_says_something"),
        ]
        indexes = [
            models.Index(fields=["framework", "lineage", "-at"], name="owner_notes_newest_first")
        ]
        triggers = [
            *only_marked(name="owner_note", mark="withdrawn_at", what="a note of an owner"),
        ]

    def __str__(self) -> str:
        return f"{self.lineage} {self.at}"


class BaselineConfirmation(models.Model):
    """An owner's word that a baseline which was revised by much holds as revised.

    value: the baseline as it was revised when the owner said so; of another revision it says
    nothing.
    """

    framework_indicator = models.ForeignKey(
        FrameworkIndicator, on_delete=models.PROTECT, related_name="baseline_confirmations"
    )
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="baseline_confirmations")
    value = models.FloatField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="baseline_confirmations")

    class Meta:
        indexes = [
            models.Index(fields=["framework_indicator", "at"], name="baseline_confirmed_in_time")
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.value} of {self.framework_indicator_id}"
