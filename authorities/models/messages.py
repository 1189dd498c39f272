"""Messages to people, kept before they are sent: a mail server that is away loses none."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q

from authorities.models.people import User


@pghistory.track()
class Message(models.Model):
    """One mail to one person about one thing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mails")
    kind = models.CharField(max_length=60, help_text="What it is about, as in the audit.")
    about = models.CharField(max_length=60, help_text="The key of what it is about.")
    subject = models.CharField(max_length=200)
    text = models.TextField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "kind", "about"], name="message_once_to_a_person"
            ),
            models.CheckConstraint(
                condition=~Q(subject__contains="\n"), name="message_subject_is_one_line"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(sent_at__isnull=True),
                name="messages_that_wait",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.recipient_id}"
