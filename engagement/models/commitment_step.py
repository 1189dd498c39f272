"""What one side of a commitment asks and the other answers, and updates that were sent back."""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q

from authorities.models import User
from engagement.models.commitment import (
    FINAL_STATUSES,
    Commitment,
    CommitmentStatus,
    CommitmentUpdate,
    Visibility,
)
from engagement.models.rubric import Side


class AskedState(models.TextChoices):
    """Where something is that one side asked of the other."""

    WAITS = "waits", "Waits for the other side"
    ACCEPTED = "accepted", "Accepted"
    REFUSED = "refused", "Refused"
    # By whoever asked; or by a reorganisation, which leaves nobody to answer.
    TAKEN_BACK = "taken_back", "Taken back"


class AskedOfTheOtherSide(models.Model):
    """What a side asks of a commitment; it stays as it was sent, and is answered once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    side = models.CharField(max_length=3, choices=Side.choices)
    # Why a date or words change; how a commitment ended.
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=AskedState.choices, default=AskedState.WAITS)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    # Nobody where a reorganisation took it back.
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    refused_reason = models.TextField(blank=True)
    form_key = models.UUIDField(unique=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="%(class)s_says_why"),
            models.CheckConstraint(
                condition=Q(state=AskedState.WAITS, answered_at__isnull=True)
                | ~Q(state=AskedState.WAITS) & Q(answered_at__isnull=False),
                name="%(class)s_answered_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[AskedState.WAITS, AskedState.TAKEN_BACK])
                | Q(answered_by__isnull=False),
                name="%(class)s_answer_is_a_persons",
            ),
            models.CheckConstraint(
                condition=Q(state=AskedState.REFUSED) & ~Q(refused_reason="")
                | ~Q(state=AskedState.REFUSED) & Q(refused_reason=""),
                name="%(class)s_refused_says_why",
            ),
            models.UniqueConstraint(
                fields=["commitment"],
                condition=Q(state=AskedState.WAITS),
                name="%(class)s_waits_once_a_commitment",
            ),
        ]


def _answered_once(*answer: str) -> pgtrigger.Trigger:
    """Return a trigger: what was asked stays, and its answer comes once."""
    return pgtrigger.Trigger(
        name="asked_stays_and_is_answered_once",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF TG_OP = 'DELETE' OR OLD.state <> 'waits'
                OR to_jsonb(OLD) - ARRAY{list(answer)!r}
                    IS DISTINCT FROM to_jsonb(NEW) - ARRAY{list(answer)!r} THEN
                RAISE EXCEPTION 'what was asked of a commitment stays as it was'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


_ANSWER = ("state", "answered_at", "answered_by_id", "refused_reason")


class CommitmentChange(AskedOfTheOtherSide):
    """Another date, other words or readers for a commitment; what was before is kept."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="changes")
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    target_date = models.DateField(null=True)
    no_date_reason = models.TextField(blank=True)
    visibility = models.CharField(
        max_length=10, choices=Visibility.choices, default=Visibility.RESTRICTED
    )
    old_title = models.CharField(max_length=200)
    old_description = models.TextField(blank=True)
    old_target_date = models.DateField(null=True)
    old_no_date_reason = models.TextField(blank=True)
    old_visibility = models.CharField(
        max_length=10, choices=Visibility.choices, default=Visibility.RESTRICTED
    )

    class Meta(AskedOfTheOtherSide.Meta):
        constraints = [
            *AskedOfTheOtherSide.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(title="")
                & (
                    Q(target_date__isnull=False, no_date_reason="")
                    | Q(target_date__isnull=True) & ~Q(no_date_reason="")
                ),
                name="change_has_a_title_and_a_date_or_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values),
                name="change_visibility_is_known",
            ),
        ]
        triggers = [
            _answered_once(*_ANSWER),
            pgtrigger.Trigger(
                name="change_changes_something",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF (NEW.title, NEW.description, NEW.target_date, NEW.no_date_reason,
                            NEW.visibility)
                        IS NOT DISTINCT FROM (NEW.old_title, NEW.old_description,
                            NEW.old_target_date, NEW.old_no_date_reason, NEW.old_visibility)
                    THEN
                        RAISE EXCEPTION 'a change changes something'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"change of {self.commitment_id}, {self.state}"


class CommitmentClosure(AskedOfTheOtherSide):
    """That a commitment is over, in the view of one side; `reason` says how it ended."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="closures")
    final_status = models.CharField(max_length=11, choices=CommitmentStatus.choices)

    class Meta(AskedOfTheOtherSide.Meta):
        constraints = [
            *AskedOfTheOtherSide.Meta.constraints,
            models.CheckConstraint(
                condition=Q(final_status__in=FINAL_STATUSES), name="closure_has_a_final_status"
            ),
        ]
        triggers = [_answered_once(*_ANSWER)]

    def __str__(self) -> str:
        return f"closure of {self.commitment_id}, {self.state}"


class CommitmentDescription(models.Model):
    """That a side described a commitment anew: what was before, and what is now.

    before, after: the fields that changed, by their names in `Commitment`: codes, and of links
    the titles that they had.
    """

    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="descriptions"
    )
    side = models.CharField(max_length=3, choices=Side.choices)
    before = models.JSONField()
    after = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} described by {self.side}"


class CommitmentUpdateReturn(models.Model):
    """A comment with which an update was sent back; its side then gives a new one."""

    update = models.OneToOneField(
        CommitmentUpdate, on_delete=models.PROTECT, related_name="sent_back"
    )
    # The side that sent it back; empty for the national team.
    side = models.CharField(max_length=3, choices=Side.choices, blank=True)
    comment = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(comment=""), name="sent_back_update_says_why"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="sent_back_by_another",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF EXISTS (
                        SELECT FROM engagement_commitmentupdate AS given
                        WHERE given.id = NEW.update_id AND given.side = NEW.side
                    ) THEN
                        RAISE EXCEPTION 'a side does not send back its own update'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="latest_word_was_sent_back",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="""
                    UPDATE engagement_latestwords SET authority_sent_back = TRUE
                    WHERE authority_update_id = NEW.update_id;
                    UPDATE engagement_latestwords SET board_sent_back = TRUE
                    WHERE board_update_id = NEW.update_id;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"sent back by {self.side or 'the national team'}"
