"""One authority's answers in a round, and what happened to them."""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from authorities.models import Body, IntegratedCareBoard, StrategicAuthority, User
from duty.models.round import Round
from duty.models.specification import Question, Section


class ReturnState(models.TextChoices):
    """Where a return is: reduced from its events, kept here for queries."""

    IN_PROGRESS = "in_progress", "In progress"
    AWAITING_SIGN_OFF = "awaiting_sign_off", "Awaiting sign-off"
    SUBMITTED = "submitted", "Submitted"
    CHANGES_REQUESTED = "changes_requested", "Changes requested"
    SUBMITTED_WITH_CHANGES = "submitted_with_changes", "Submitted with changes"
    ACCEPTED = "accepted", "Accepted"


# States in which answers may be written. Everywhere else the database itself refuses.
WRITABLE_STATES = (ReturnState.IN_PROGRESS, ReturnState.CHANGES_REQUESTED)
_WRITABLE = "', '".join(WRITABLE_STATES)


@pghistory.track()
class DutyReturn(models.Model):
    """The return of one authority in one round."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="returns")
    authority = models.ForeignKey(
        StrategicAuthority, on_delete=models.PROTECT, related_name="returns"
    )
    state = models.CharField(
        max_length=24, choices=ReturnState.choices, default=ReturnState.IN_PROGRESS
    )
    version = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="returns_started"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "authority"], name="return_once_a_round"),
            models.CheckConstraint(
                condition=Q(state__in=ReturnState.values), name="return_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority_id} in {self.round_id}"


class SectionMark(models.TextChoices):
    """What somebody said of a section; its shown state is derived from this and its answers."""

    NONE = "none", "None"
    COMPLETED = "completed", "Completed"
    CHECK_AGAIN = "check_again", "Check again"
    CHANGES_REQUESTED = "changes_requested", "Changes requested"
    CHANGES_MADE = "changes_made", "Changes made"


@pghistory.track()
class ReturnSection(models.Model):
    """One section of a return."""

    duty_return = models.ForeignKey(DutyReturn, on_delete=models.PROTECT, related_name="sections")
    section = models.CharField(max_length=20, choices=Section.choices)
    mark = models.CharField(max_length=18, choices=SectionMark.choices, default=SectionMark.NONE)
    mark_reason = models.TextField(blank=True)
    edited_at = models.DateTimeField(null=True)
    edited_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="sections_edited"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["duty_return", "section"], name="section_once"),
            models.CheckConstraint(
                condition=Q(mark__in=SectionMark.values), name="section_mark_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section} of {self.duty_return_id}"


class AnswerState(models.TextChoices):
    """Blank is no row. These four are different things."""

    VALUE = "value", "Answered"
    NOT_APPLICABLE = "not_applicable", "Does not apply"
    NO_EVIDENCE = "no_evidence", "No evidence"
    NOT_YET_KNOWN = "not_yet_known", "Not known yet"


class AnswerOrigin(models.TextChoices):
    """Where an answer comes from. All but typed ones were proposed before anybody looked."""

    TYPED = "typed", "Typed in"
    LAST_ROUND = "last_round", "Last round"
    RECORD = "record", "Standing records"
    REVIEW = "review", "Expert review"


def locked_with_its_return(*, path: str) -> str:
    """Return the trigger: no row of a return that is signed off or submitted can change."""
    return f"""
        IF (SELECT state FROM duty_dutyreturn WHERE id = {path}) NOT IN ('{_WRITABLE}') THEN
            RAISE EXCEPTION 'the return is locked' USING ERRCODE = 'check_violation';
        END IF;
        RETURN COALESCE(NEW, OLD);
    """


@pghistory.track()
class Answer(models.Model):
    """The answer to one question, or for one of the authority's boards where it asks per pair."""

    duty_return = models.ForeignKey(DutyReturn, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    board = models.ForeignKey(
        IntegratedCareBoard, null=True, on_delete=models.PROTECT, related_name="return_answers"
    )
    state = models.CharField(max_length=14, choices=AnswerState.choices, default=AnswerState.VALUE)
    value = models.JSONField(null=True)
    reason = models.TextField(blank=True, help_text="Why not, or why this option.")
    expected_on = models.DateField(null=True, help_text="When it will be known.")
    public_note = models.TextField(blank=True)
    private_note = models.TextField(blank=True, help_text="Never leaves the authority.")
    origin = models.CharField(
        max_length=10, choices=AnswerOrigin.choices, default=AnswerOrigin.TYPED
    )
    needs_review = models.BooleanField(default=False, help_text="Proposed, and no answer yet.")
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="answers_updated")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["duty_return", "question", "board"],
                nulls_distinct=False,
                name="answer_once",
            ),
            models.CheckConstraint(
                condition=Q(state=AnswerState.VALUE, value__isnull=False)
                | (~Q(state=AnswerState.VALUE) & Q(value__isnull=True)),
                name="answer_has_a_value_or_says_why_not",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[AnswerState.NOT_APPLICABLE, AnswerState.NO_EVIDENCE])
                | ~Q(reason=""),
                name="answer_without_value_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=AnswerState.NOT_YET_KNOWN) | Q(expected_on__isnull=False),
                name="not_yet_known_says_when",
            ),
            models.CheckConstraint(
                condition=Q(origin__in=AnswerOrigin.values), name="answer_origin_is_known"
            ),
            models.CheckConstraint(
                condition=Q(needs_review=False) | ~Q(origin=AnswerOrigin.TYPED),
                name="only_a_proposal_needs_review",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="locked_with_its_return",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=locked_with_its_return(
                    path="COALESCE(NEW.duty_return_id, OLD.duty_return_id)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} of {self.duty_return_id}"


class ReturnEvent(models.Model):
    """Something that happened to a return. States are reduced from these; none is ever edited."""

    duty_return = models.ForeignKey(DutyReturn, on_delete=models.PROTECT, related_name="events")
    type = models.CharField(max_length=32)
    actor = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="return_events"
    )
    actor_role = models.CharField(max_length=13, blank=True)
    actor_body = models.ForeignKey(
        Body, null=True, on_delete=models.PROTECT, related_name="return_events"
    )
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    payload = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["duty_return", "at"], name="events_of_return")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.duty_return_id}"
