"""What an authority and an ICB promise together, and how each says it stands."""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from authorities.models import Pair, User
from duty.models import PartnershipAgreement, Section
from duty.record_words import THEME_WORDS
from duty.standing_records import Theme
from engagement.commitment_lifecycle import EVER_AGREED, LIFE, SETTLED, State
from engagement.models.rubric import Side
from engagement.models.steps import TakesSteps
from outcomes.models import Indicator, ItemKind, TheoryItem


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


class Resources(models.TextChoices):
    """Whether there is what a commitment needs; not known is not no."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not known"


class Visibility(models.TextChoices):
    """Who may read that it was promised: everybody its title and date, or both sides alone."""

    PUBLIC = "public", "Public"
    RESTRICTED = "restricted", "Restricted"


# A narrative is required unless the status speaks for itself.
NARRATIVE_NOT_NEEDED = [CommitmentStatus.MET, CommitmentStatus.NO_PROGRESS]
# A commitment ends as one of these: what shows no progress goes on, or is changed.
FINAL_STATUSES = [CommitmentStatus.MET, CommitmentStatus.CONSTRAINED]


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Commitments, by who may read them."""

    def made_public(self) -> "CommitmentQuerySet":
        """Those whose title, date and state everybody may read: both sides stand by that.

        What came from bodies that ended is told once both of today's sides have confirmed it.
        """
        return self.filter(
            visibility=Visibility.PUBLIC,
            state__in=[state.value for state in EVER_AGREED],
            needs_reconfirmation=False,
        )


@pghistory.track()
class Commitment(models.Model):
    """A joint commitment of a pair.

    specification, stage, theme: empty where nothing is said. A link is checked on the day on which
    it is set, and stays when a body ends or the commitment moves to another pair.

    framework_outcome: the outcome as it stood in the version that was in force when it was linked.
    Rows of agreed versions never change, and the next version keeps the outcome's lineage: by that
    the outcome is found in what is in force now, under another title too.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="commitments")
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    specification = models.CharField(max_length=20, choices=Section.choices, blank=True)
    # Where in the theory of change it stands.
    stage = models.CharField(max_length=7, choices=ItemKind.choices, blank=True)
    theme = models.CharField(
        max_length=19, choices=[(one.value, THEME_WORDS[one]) for one in Theme], blank=True
    )
    resources = models.CharField(max_length=7, choices=Resources.choices, default=Resources.UNKNOWN)
    visibility = models.CharField(
        max_length=10, choices=Visibility.choices, default=Visibility.RESTRICTED
    )
    indicator = models.ForeignKey(
        Indicator, null=True, on_delete=models.PROTECT, related_name="commitments"
    )
    framework_outcome = models.ForeignKey(
        TheoryItem, null=True, on_delete=models.PROTECT, related_name="commitments"
    )
    agreement = models.ForeignKey(
        PartnershipAgreement, null=True, on_delete=models.PROTECT, related_name="commitments"
    )
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

    objects = CommitmentQuerySet.as_manager()

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
            models.CheckConstraint(
                condition=Q(stage__in=["", *ItemKind.values])
                & Q(theme__in=["", *(one.value for one in Theme)])
                & Q(resources__in=Resources.values)
                & Q(visibility__in=Visibility.values),
                name="commitment_choices_are_known",
            ),
        ]
        # The centre's list of all; lists of a body or a pair find theirs by the index of pairs.
        indexes = [models.Index(fields=["-proposed_at", "id"], name="commitments_newest_first")]
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
            pgtrigger.Trigger(
                name="commitment_links_what_both_own",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF (TG_OP = 'INSERT' OR NEW.agreement_id IS DISTINCT FROM OLD.agreement_id)
                        AND NEW.agreement_id IS NOT NULL AND NOT EXISTS (
                            SELECT FROM duty_partnershipagreement AS agreement
                            JOIN duty_agreementparty AS party
                                ON party.agreement_id = agreement.id AND party.left_at IS NULL
                            JOIN authorities_pair AS pair
                                ON pair.authority_id = agreement.authority_id
                                AND pair.board_id = party.board_id
                            WHERE agreement.id = NEW.agreement_id AND pair.id = NEW.pair_id
                        )
                    THEN
                        RAISE EXCEPTION 'the agreement is not one of both sides'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF (TG_OP = 'INSERT'
                            OR NEW.framework_outcome_id IS DISTINCT FROM OLD.framework_outcome_id)
                        AND NEW.framework_outcome_id IS NOT NULL AND NOT EXISTS (
                            SELECT FROM outcomes_theoryitem AS item
                            JOIN outcomes_frameworkversion AS version
                                ON version.id = item.framework_version_id
                                AND version.state = 'agreed'
                            JOIN outcomes_frameworkpartner AS partner
                                ON partner.framework_id = version.framework_id
                                AND partner.ended_on IS NULL
                            WHERE item.id = NEW.framework_outcome_id AND item.kind = 'outcome'
                                AND partner.pair_id = NEW.pair_id
                        )
                    THEN
                        RAISE EXCEPTION 'the outcome is not one that both sides agreed'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
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


def _keeps_words(*, of: str, side: Side) -> str:
    """Return the SQL that makes a side's new update its latest word, if none is newer.

    The row's own lock decides between two at once. See `LatestWords`.
    """
    return f"""
        IF NEW.side = '{side.value}' THEN
            INSERT INTO engagement_latestwords AS words (
                commitment_id, {of}_update_id, {of}_status, {of}_at,
                authority_sent_back, board_sent_back
            )
            VALUES (NEW.commitment_id, NEW.id, NEW.status, NEW.at, FALSE, FALSE)
            ON CONFLICT (commitment_id) DO UPDATE SET
                {of}_update_id = EXCLUDED.{of}_update_id,
                {of}_status = EXCLUDED.{of}_status,
                {of}_at = EXCLUDED.{of}_at,
                {of}_sent_back = FALSE
            WHERE words.{of}_at IS NULL
                OR (words.{of}_at, words.{of}_update_id)
                    < (EXCLUDED.{of}_at, EXCLUDED.{of}_update_id);
        END IF;
    """


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
            pgtrigger.Trigger(
                name="newest_update_is_the_latest_word",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func=f"""
                    {_keeps_words(of="authority", side=Side.AUTHORITY)}
                    {_keeps_words(of="board", side=Side.BOARD)}
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.status} {self.commitment_id}"
