"""Notices of what happened, and the mails that people get of them.

A notice is written in the transaction of the step; whom it concerns is asked when it is sent. A
mail server that is away loses none.
"""

import uuid

import pghistory
from django.db import models
from django.db.models import Q

from authorities.models.bodies import Body
from authorities.models.histories import stays_but_for_who_left
from authorities.models.people import User


@pghistory.track()
class Notice(models.Model):
    """Something that people are to be told, whoever they are by then.

    `kind` names the rule that knows whom it concerns and in which words; `details` holds what the
    rule needs to ask whether it is still so: identifiers and days, never anybody's text.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60, help_text="What it is about, as in the audit.")
    key = models.CharField(max_length=160, help_text="Once of a kind: of what, and of which day.")
    about = models.UUIDField(help_text="What it is about, as a return or a commitment.")
    occasion = models.UUIDField(null=True, help_text="What that belongs to, as a round.")
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="notices")
    details = models.JSONField(default=dict)
    due_at = models.DateTimeField()
    # When it was asked whom it concerns, and a mail was kept for each of them.
    addressed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="notice_once_of_a_kind"),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(addressed_at__isnull=True),
                name="notices_that_wait",
            ),
            models.Index(fields=["occasion", "due_at"], name="notices_of_an_occasion"),
            models.Index(fields=["due_at"], name="notices_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


@pghistory.track(
    append_only=False,
    meta={"triggers": [stays_but_for_who_left(history="authorities_messageevent")]},
)
class Message(models.Model):
    """What one notice says to one person. Several that may share a mail have the same `mail`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="messages")
    # Somebody with an account; or an address alone, of who is invited and may have none.
    recipient = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="mails")
    address = models.EmailField(max_length=254, blank=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    daily = models.BooleanField(default=False, help_text="Shares one mail a day with others.")
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    # It no longer concerned the person when it was to be sent.
    withdrawn_at = models.DateTimeField(null=True)
    # It cannot be delivered, or was tried too often: it waits for somebody.
    failed_at = models.DateTimeField(null=True)
    mail = models.UUIDField(null=True)
    provider_id = models.CharField(
        max_length=60, blank=True, help_text="Of the service it went by."
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "recipient"], name="message_once_to_a_person"
            ),
            models.UniqueConstraint(
                fields=["notice", "address"],
                condition=Q(recipient__isnull=True),
                name="message_once_to_an_address",
            ),
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, address="")
                | Q(recipient__isnull=True, daily=False) & ~Q(address=""),
                name="message_goes_to_one",
            ),
            models.CheckConstraint(
                condition=~Q(subject__contains="\n"), name="message_subject_is_one_line"
            ),
            models.CheckConstraint(
                # At most one of the three.
                condition=Q(sent_at__isnull=True, withdrawn_at__isnull=True)
                | Q(sent_at__isnull=True, failed_at__isnull=True)
                | Q(withdrawn_at__isnull=True, failed_at__isnull=True),
                name="message_ends_one_way",
            ),
            models.CheckConstraint(
                condition=Q(failed_at__isnull=True) | ~Q(error=""),
                name="failed_message_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(
                    sent_at__isnull=True, withdrawn_at__isnull=True, failed_at__isnull=True
                ),
                name="messages_that_wait",
            ),
            models.Index(
                fields=["recipient", "sent_at"],
                condition=Q(daily=True),
                name="daily_messages_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} to {self.recipient_id}"

    @property
    def goes_to(self) -> str:
        """The address that it goes to now."""
        return self.address if self.recipient is None else self.recipient.email
