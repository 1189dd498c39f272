"""What an authority and an ICB promise together, and how each says it stands."""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from authorities.models import Pair, User
from duty.models import Section
from engagement.commitment_lifecycle import LIFE, SETTLED, State
from engagement.models.rubric import Side
from engagement.models.steps import TakesSteps


class CommitmentState(models.TextChoices):
    """Where a commitment is."""

    PROPOSED = "proposed", "Proposed"
    AGREED = "agreed", "Agreed"
    CLOSING = "closing", "Waits to be closed"
    CLOSED = "closed", "Closed"
    DECLINED = "declined", "Declined"


class CommitmentStatus(models.TextChoices):
    """How it stands, in one side's view."""

    MET = "met", "Met"
    ON_TRACK = "on_track", "On track"
    NO_PROGRESS = "no_progress", "No progress"
    CONSTRAINED = "constrained", "Constrained"


# A narrative is required unless the status speaks for itself.
NARRATIVE_NOT_NEEDED = [CommitmentStatus.MET, CommitmentStatus.NO_PROGRESS]
# A commitment ends as one of these: what shows no progress goes on, or is changed.
FINAL_STATUSES = [CommitmentStatus.MET, CommitmentStatus.CONSTRAINED]


@pghistory.track()
class Commitment(models.Model):
    """A joint commitment of a pair."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="commitments")
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    specification = models.CharField(max_length=20, choices=Section.choices, blank=True)
    authority_owner = models.CharField(max_length=120, blank=True, help_text="A role, no name.")
    board_owner = models.CharField(max_length=120, blank=True, help_text="A role, no name.")
    target_date = models.DateField(null=True)
    no_date_reason = models.TextField(blank=True)
    lead = models.CharField(max_length=3, choices=Side.choices, blank=True)
    state = models.CharField(
        max_length=8, choices=CommitmentState.choices, default=CommitmentState.PROPOSED
    )
    proposed_side = models.CharField(max_length=3, choices=Side.choices)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="commitments_proposed"
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="commitments_decided"
    )
    declined_reason = models.TextField(blank=True)
    # How it ended in the view of both, once it is closed.
    final_status = models.CharField(max_length=11, choices=CommitmentStatus.choices, blank=True)
    closed_at = models.DateTimeField(null=True)
    # After a reorganisation: the pair that it came from, and the day of the change.
    origin_pair = models.ForeignKey(
        Pair, null=True, on_delete=models.PROTECT, related_name="commitments_passed_on"
    )
    moved_on = models.DateField(null=True)
    # Several pairs follow its own, or none: it stays there until a signatory chooses.
    unassigned = models.BooleanField(default=False)
    needs_reconfirmation = models.BooleanField(default=False)
    authority_reconfirmed_at = models.DateTimeField(null=True)
    board_reconfirmed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    form_key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(target_date__isnull=False) | ~Q(no_date_reason=""),
                name="commitment_has_a_date_or_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(proposed_side=Side.AUTHORITY) & ~Q(authority_owner="")
                | Q(proposed_side=Side.BOARD) & ~Q(board_owner=""),
                name="proposer_names_its_owner",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[CommitmentState.PROPOSED, CommitmentState.DECLINED])
                | ~Q(authority_owner="") & ~Q(board_owner=""),
                name="agreed_commitment_has_both_owners",
            ),
            models.CheckConstraint(
                condition=~Q(state=CommitmentState.DECLINED) | ~Q(declined_reason=""),
                name="declined_commitment_says_why",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=CommitmentState.CLOSED,
                    final_status__in=FINAL_STATUSES,
                    closed_at__isnull=False,
                    unassigned=False,
                )
                | ~Q(state=CommitmentState.CLOSED) & Q(final_status="", closed_at__isnull=True),
                name="closed_commitment_says_how_and_when",
            ),
            models.CheckConstraint(
                condition=Q(origin_pair__isnull=True, moved_on__isnull=True)
                | Q(origin_pair__isnull=False, moved_on__isnull=False),
                name="moved_commitment_says_whence_and_when",
            ),
            models.CheckConstraint(
                condition=Q(needs_reconfirmation=False)
                | Q(origin_pair__isnull=False)
                & (Q(authority_reconfirmed_at__isnull=True) | Q(board_reconfirmed_at__isnull=True)),
                name="reconfirmation_waits_for_a_side",
            ),
            models.CheckConstraint(
                condition=Q(unassigned=False) | Q(pair=F("origin_pair"), needs_reconfirmation=True),
                name="unassigned_commitment_stays_with_its_origin",
            ),
        ]
        triggers = [
            TakesSteps(
                life=LIFE,
                name="commitment_takes_steps_of_the_table",
                noun="a commitment",
                begins=(State.PROPOSED,),
            ),
            pgtrigger.Trigger(
                name="settled_commitment_is_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state__in=[state.value for state in SETTLED]),
                func="""
                    RAISE EXCEPTION 'what is declined or closed is frozen'
                        USING ERRCODE = 'check_violation';
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class PossiblePair(models.Model):
    """A pair that may go on with a commitment whose own pair ended. Gone once one is chosen."""

    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="possible_pairs"
    )
    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="possible_commitments")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "pair"], name="possible_pair_once_a_commitment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pair_id} for {self.commitment_id}"


class CommitmentUpdate(models.Model):
    """How a commitment stands in one side's view on a day. The latest of each side is shown."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="updates")
    side = models.CharField(max_length=3, choices=Side.choices)
    status = models.CharField(max_length=11, choices=CommitmentStatus.choices)
    narrative = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="commitment_updates")
    form_key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=NARRATIVE_NOT_NEEDED) | ~Q(narrative=""),
                name="update_says_how_it_stands",
            ),
        ]
        indexes = [models.Index(fields=["commitment", "side", "-at"], name="updates_newest_first")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.status} {self.commitment_id}"
