"""Changes of bodies and areas: entered ahead, previewed, approved by a second person, applied.

What a change is made of and what it makes stands in `authorities/reorganisation/`; here is its
record. Nothing of it is lost: a cancelled change and a failed one stay, with the reason.
"""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from authorities.models.bodies import BodyKind, Certainty
from authorities.models.people import Membership, User


class ReorganisationState(models.TextChoices):
    """Where a reorganisation is. The steps stand in `authorities/reorganisation/states.py`."""

    INCOMPLETE = "incomplete", "Incomplete"
    READY = "ready", "Ready for approval"
    APPROVED = "approved", "Approved"
    SCHEDULED = "scheduled", "Scheduled"
    APPLYING = "applying", "Being applied"
    APPLIED = "applied", "Applied"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


class Origin(models.TextChoices):
    """Where a reorganisation comes from."""

    ENTERED = "entered", "Entered on screen"
    REGISTER = "register", "Loaded with the register"


_SETTLED = [
    ReorganisationState.APPROVED,
    ReorganisationState.SCHEDULED,
    ReorganisationState.APPLYING,
    ReorganisationState.APPLIED,
    ReorganisationState.FAILED,
]


@pghistory.track()
class Reorganisation(models.Model):
    """Operations on bodies and areas that take effect together at the start of one day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=200)
    effective_date = models.DateField()
    reason = models.TextField(blank=True)
    source = models.TextField(help_text="The order, statement or decision that says so.")
    certainty = models.CharField(max_length=6, choices=Certainty.choices, default=Certainty.HIGH)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.ENTERED)
    what_if = models.BooleanField(default=False, help_text="A draft to look at, never applied.")
    state = models.CharField(
        max_length=10, choices=ReorganisationState.choices, default=ReorganisationState.INCOMPLETE
    )
    version = models.PositiveIntegerField(default=1)
    # Frozen with the change: what everybody saw who approved it.
    preview = models.JSONField(null=True)
    # The maps with the change, as they were drawn for the preview.
    picture = models.JSONField(null=True)
    previewed_at = models.DateTimeField(null=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="reorganisations_proposed"
    )
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="reorganisations_approved"
    )
    scheduled_at = models.DateTimeField(null=True)
    scheduled_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="reorganisations_scheduled"
    )
    override_reason = models.TextField(
        blank=True, help_text="Why it may go ahead although a return waits for its signature."
    )
    started_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True, help_text="Why it could not be applied.")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="reorganisations_cancelled"
    )
    cancel_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ReorganisationState.values),
                name="reorganisation_state_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(what_if=True) | ~Q(state__in=_SETTLED),
                name="what_if_is_never_applied",
            ),
            models.CheckConstraint(
                condition=Q(origin="register")
                | ~Q(state__in=_SETTLED)
                | Q(approved_by__isnull=False, approved_at__isnull=False, preview__isnull=False),
                name="reorganisation_goes_ahead_approved",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="reorganisation_needs_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="applied") | Q(applied_at__isnull=False),
                name="applied_reorganisation_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(failure=""),
                name="failed_reorganisation_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled")
                | Q(cancelled_by__isnull=False) & ~Q(cancel_reason=""),
                name="cancelled_reorganisation_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} on {self.effective_date}"


_FROZEN = """
    IF EXISTS (
        SELECT 1 FROM authorities_reorganisation
        WHERE id = COALESCE(NEW.reorganisation_id, OLD.reorganisation_id)
        AND origin = 'entered' AND state NOT IN ('incomplete', 'ready')
    ) THEN
        RAISE EXCEPTION 'an approved reorganisation cannot change'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


def _frozen_with_it() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="frozen_with_its_reorganisation",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=_FROZEN,
    )


@pghistory.track()
class ReorganisationOperation(models.Model):
    """One operation of a change; its details are a value of `reorganisation.operations`."""

    reorganisation = models.ForeignKey(
        Reorganisation, on_delete=models.PROTECT, related_name="operations"
    )
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=13)
    details = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reorganisation", "position"], name="operation_position_once"
            ),
        ]
        triggers = [_frozen_with_it()]

    def __str__(self) -> str:
        return f"{self.reorganisation_id} {self.position} {self.kind}"


@pghistory.track()
class ReorganisationBody(models.Model):
    """A body whose existence or area a change alters. It may be in one pending change only."""

    reorganisation = models.ForeignKey(
        Reorganisation, on_delete=models.PROTECT, related_name="bodies"
    )
    kind = models.CharField(max_length=24, choices=BodyKind.choices)
    slug = models.SlugField(max_length=100)
    pending = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reorganisation", "kind", "slug"], name="reorganisation_body_once"
            ),
            models.UniqueConstraint(
                fields=["kind", "slug"],
                condition=Q(pending=True),
                name="body_in_one_pending_change",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug} in {self.reorganisation_id}"


@pghistory.track()
class RightsMove(models.Model):
    """What happens to a role at a body that ends: it follows a successor, or ends."""

    reorganisation = models.ForeignKey(
        Reorganisation, on_delete=models.PROTECT, related_name="rights_moves"
    )
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="reorganisation_moves"
    )
    # Empty where the role ends. The successor may be opened by the change itself, so no key.
    successor_slug = models.SlugField(max_length=100, blank=True)
    # Done by the change: kept, so that a look back shows what became of whom.
    granted = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="reorganisation_origins"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reorganisation", "membership"], name="membership_moves_once_a_change"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} to {self.successor_slug or 'nobody'}"
