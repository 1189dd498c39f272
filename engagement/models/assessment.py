"""The national view of a pair in a round: what the centre finds on each side, and on what."""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from authorities.models import Body, Pair, User
from duty.models import Round
from engagement.assessment_lifecycle import DECIDED, STATE_LABELS, State, changes
from engagement.models.rubric import Level, Side, Theme
from outcomes.models.marks import only_marked

_CHANGES = ", ".join(f"('{before}', '{after}')" for before, after in changes())
_DECIDED = sorted(state.value for state in DECIDED)
_IN_DRAFT = "'national_draft'"
# Of what is final: what was found, by whom and on what.
_DECISION = ", ".join(
    f"{{row}}.{column}"
    for column in (
        *("round_id", "pair_id", "assigned_to_id", "drafted_by_id", "sent_at"),
        *("moderated_by_id", "moderated_at", "shared_at", "unread_reason"),
        *("finalised_by_id", "finalised_at", "not_assessed_reason"),
    )
)


@pghistory.track()
class Assessment(models.Model):
    """Where the national view of a pair in a round is, and who has which part in it.

    drafted_by: who sent it to moderation last.
    unread_reason: why it was shared though a body had nobody to read it.
    second_look_since: when evidence was withdrawn on which a moderator has not answered yet.
    version: counts every change, so that a form can say which one it was made from.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="assessments")
    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="assessments")
    state = models.CharField(
        max_length=14,
        choices=[(state.value, STATE_LABELS[state]) for state in State],
        default=State.NOT_STARTED.value,
    )
    assigned_to = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="assessments_assigned"
    )
    drafted_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="assessments_drafted"
    )
    sent_at = models.DateTimeField(null=True)
    moderated_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="assessments_moderated"
    )
    moderated_at = models.DateTimeField(null=True)
    shared_at = models.DateTimeField(null=True)
    unread_reason = models.TextField(blank=True)
    finalised_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="assessments_finalised"
    )
    finalised_at = models.DateTimeField(null=True)
    not_assessed_reason = models.TextField(blank=True)
    second_look_since = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "pair"], name="assessment_once"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]),
                name="assessment_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(drafted_by__isnull=True)
                | Q(moderated_by__isnull=True)
                | ~Q(moderated_by=F("drafted_by")),
                name="moderator_is_not_the_drafter",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_DECIDED)
                | Q(
                    drafted_by__isnull=False,
                    sent_at__isnull=False,
                    moderated_by__isnull=False,
                    moderated_at__isnull=False,
                ),
                name="moderated_assessment_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.FINAL.value)
                | Q(finalised_at__isnull=False, finalised_by__isnull=False),
                name="final_assessment_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.NOT_ASSESSED.value) | ~Q(not_assessed_reason=""),
                name="not_assessed_says_why",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="assessment_takes_steps_of_the_table",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                    IF TG_OP = 'INSERT' THEN
                        IF NEW.state <> 'not_started' THEN
                            RAISE EXCEPTION 'an assessment begins as not started'
                                USING ERRCODE = 'check_violation';
                        END IF;
                        RETURN NEW;
                    END IF;
                    IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN ({_CHANGES}) THEN
                        RAISE EXCEPTION 'an assessment does not go from % to %',
                            OLD.state, NEW.state USING ERRCODE = 'check_violation';
                    END IF;
                    IF OLD.state <> NEW.state AND NEW.state = 'in_moderation' AND (
                        SELECT count(*) FROM engagement_finding AS finding
                        WHERE finding.assessment_id = NEW.id AND finding.rationale <> ''
                            AND (finding.undecided OR finding.level IS NOT NULL)
                    ) <> 2 THEN
                        RAISE EXCEPTION 'an assessment is sent with a level and rationale a side'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(
                name="final_assessment_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state = 'final' AND NEW.state = 'final' AND"
                    f" ({_DECISION.format(row='OLD')}) IS DISTINCT FROM"
                    f" ({_DECISION.format(row='NEW')})"
                ),
            ),
            pgtrigger.Protect(name="assessment_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.pair_id} in {self.round_id}"


@pghistory.track()
class Finding(models.Model):
    """What the centre finds on one side of a pair. It is written in the draft alone.

    level: as moderated; a challenge that was answered by a change stands beside it.
    undecided: it cannot be decided; the rationale says why.
    private_note: of the centre, and never leaves it.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="findings")
    side = models.CharField(max_length=3, choices=Side.choices)
    computed_level = models.CharField(max_length=7, choices=Level.choices, null=True)
    level = models.CharField(max_length=7, choices=Level.choices, null=True)
    undecided = models.BooleanField(default=False)
    changed_reason = models.TextField(blank=True, help_text="Why not the computed level.")
    rationale = models.TextField(blank=True)
    private_note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "side"], name="finding_once_a_side"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="finding_side_is_known"),
            models.CheckConstraint(
                condition=Q(undecided=False) | Q(level__isnull=True),
                name="undecided_finding_has_no_level",
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True)
                | Q(computed_level__isnull=False, level=F("computed_level"))
                | ~Q(changed_reason=""),
                name="changed_finding_says_why",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="locked_with_its_assessment",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                    IF (SELECT state FROM engagement_assessment
                        WHERE id = COALESCE(NEW.assessment_id, OLD.assessment_id))
                        <> {_IN_DRAFT} THEN
                        RAISE EXCEPTION 'a finding is written in the draft alone'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} of {self.assessment_id}"


@pghistory.track()
class FindingPick(models.Model):
    """The statement of a theme that the centre finds to fit best."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="picks")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="finding_picks")
    level = models.CharField(max_length=7, choices=Level.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["finding", "theme"], name="finding_pick_once_a_theme"),
            models.CheckConstraint(
                condition=Q(level__in=Level.values), name="finding_pick_is_a_level"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="locked_with_its_finding",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                    IF (SELECT assessment.state FROM engagement_finding AS finding
                        JOIN engagement_assessment AS assessment
                            ON assessment.id = finding.assessment_id
                        WHERE finding.id = COALESCE(NEW.finding_id, OLD.finding_id))
                        <> {_IN_DRAFT} THEN
                        RAISE EXCEPTION 'a statement is picked in the draft alone'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme_id} {self.level}"


class EvidenceKind(models.TextChoices):
    """What evidence refers to."""

    LINK = "link", "Link"
    ANSWER = "answer", "Answer of a submitted return"
    COMMITMENT = "commitment", "Joint commitment"
    FRAMEWORK = "framework", "Outcomes framework"
    OWN_VIEW = "own_view", "Evidence of an own view"
    RECORD = "record", "Standing record, as submitted"
    REGISTER = "register", "Seat or agreement on the public register"


@pghistory.track()
class FindingEvidence(models.Model):
    """What a finding rests on: a link, or something that the site holds.

    address: the link, or the page of the site's own.
    private_note: of the centre, and never leaves it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=10, choices=EvidenceKind.choices, default=EvidenceKind.LINK)
    title = models.CharField(max_length=200)
    address = models.CharField(max_length=500)
    public_note = models.TextField(blank=True)
    private_note = models.TextField(blank=True)
    given_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="finding_evidence_given"
    )
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="finding_evidence_withdrawn"
    )
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(address=""), name="evidence_says_what_and_where"
            ),
            models.CheckConstraint(
                condition=Q(
                    withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason=""
                )
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawn_reason=""),
                name="withdrawn_evidence_says_who_and_why",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="evidence_only_withdrawn_after_the_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                    IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL AND
                        to_jsonb(NEW) - 'withdrawn_at' - 'withdrawn_by_id' - 'withdrawn_reason'
                        = to_jsonb(OLD) - 'withdrawn_at' - 'withdrawn_by_id' - 'withdrawn_reason'
                    THEN
                        RETURN NEW;
                    END IF;
                    IF (SELECT assessment.state FROM engagement_finding AS finding
                        JOIN engagement_assessment AS assessment
                            ON assessment.id = finding.assessment_id
                        WHERE finding.id = COALESCE(NEW.finding_id, OLD.finding_id))
                        <> {_IN_DRAFT} OR (TG_OP <> 'INSERT' AND OLD.withdrawn_at IS NOT NULL) THEN
                        RAISE EXCEPTION 'evidence is only withdrawn after the draft'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AssessmentHappening(models.Model):
    """What happened to an assessment: one step of the table, by whom and why."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="happenings")
    type = models.CharField(max_length=20)
    # Empty where a job took the step.
    actor = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="assessment_happenings"
    )
    actor_role = models.CharField(max_length=20)
    actor_body = models.ForeignKey(
        Body, null=True, on_delete=models.PROTECT, related_name="assessment_happenings"
    )
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    payload = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["assessment", "at"], name="assessment_happenings_in_time")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.type} of {self.assessment_id}"


@pghistory.track()
class Interest(models.Model):
    """What a person of the centre has to do with a body, so that others judge its pairs."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="interests")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="interests")
    what = models.TextField()
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "body"],
                condition=Q(ended_at__isnull=True),
                name="interest_declared_once",
            ),
            models.CheckConstraint(condition=~Q(what=""), name="interest_says_what"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("declared_at")),
                name="interest_ends_after_it_began",
            ),
        ]
        triggers = [*only_marked(name="interest", mark="ended_at", what="an interest")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.body_id}"
