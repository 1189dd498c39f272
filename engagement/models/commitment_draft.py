"""What a person began to say of a commitment and has not sent."""

import uuid

from django.db import models
from django.db.models import Q

from authorities.models import User
from engagement.models.commitment import Commitment, CommitmentStatus, CommitmentUpdate
from engagement.models.rubric import Side


class CommitmentUpdateDraft(models.Model):
    """An update that is not sent; shown to the person who writes it and to nobody else.

    after: the side's newest update when it was written, None where there was none. With another
        one since, the draft is stale.
    form_key: that of the form, so that what is sent of it is stored once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="update_drafts"
    )
    side = models.CharField(max_length=3, choices=Side.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="commitment_update_drafts")
    status = models.CharField(max_length=11, choices=CommitmentStatus.choices, blank=True)
    narrative = models.TextField(blank=True)
    after = models.ForeignKey(
        CommitmentUpdate, null=True, on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField()
    form_key = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "side", "by"], name="update_draft_once_a_person_and_side"
            ),
            models.CheckConstraint(
                condition=~Q(status="", narrative=""), name="update_draft_holds_something"
            ),
        ]

    def __str__(self) -> str:
        return f"draft of {self.side} on {self.commitment_id}"
