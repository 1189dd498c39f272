"""What a body says to the finding on its side, and how a challenge was resolved."""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from authorities.models import User
from engagement.models.assessment import Assessment
from engagement.models.rubric import Level, Side
from outcomes.models.marks import only_marked


class ReplyChoice(models.TextChoices):
    """What a body says. No reply is not agreement and not disagreement."""

    AGREE = "agree", "Agree"
    DISAGREE = "disagree", "Disagree"
    NO_REPLY = "no_reply", "No reply"


@pghistory.track()
class FindingReply(models.Model):
    """A side's reply to the finding on it: there from the sharing on, as no reply.

    evidence: titles and links, a list of objects.
    themes: codes of the themes that a disagreement is about; none for the level as a whole.
    version: counts every change, so that a form can say which one it was made from.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="replies")
    side = models.CharField(max_length=3, choices=Side.choices)
    choice = models.CharField(
        max_length=8, choices=ReplyChoice.choices, default=ReplyChoice.NO_REPLY
    )
    note = models.TextField(blank=True)
    evidence = models.JSONField(default=list)
    themes = models.JSONField(default=list)
    replied_at = models.DateTimeField(null=True)
    replied_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="finding_replies"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "side"], name="reply_once_a_side"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="reply_side_is_known"),
            models.CheckConstraint(
                condition=Q(choice__in=ReplyChoice.values), name="reply_choice_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(choice=ReplyChoice.DISAGREE) | ~Q(note="") & ~Q(evidence=[]),
                name="disagreement_has_note_and_evidence",
            ),
            models.CheckConstraint(
                condition=~Q(choice=ReplyChoice.NO_REPLY) | Q(note="", evidence=[]),
                name="note_of_a_reply_needs_a_choice",
            ),
            models.CheckConstraint(
                condition=Q(choice=ReplyChoice.DISAGREE) | Q(themes=[]),
                name="themes_of_a_disagreement",
            ),
            models.CheckConstraint(
                condition=Q(choice=ReplyChoice.NO_REPLY)
                | Q(replied_at__isnull=False, replied_by__isnull=False),
                name="reply_says_by_whom",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="reply_while_it_is_shared",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF (SELECT state FROM engagement_assessment WHERE id = NEW.assessment_id)
                        <> 'shared' THEN
                        RAISE EXCEPTION 'a reply is given while the finding is shared'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="reply_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.side} of {self.assessment_id}: {self.choice}"


class ResolutionOutcome(models.TextChoices):
    """How a challenge was resolved."""

    UPHOLD = "uphold", "Level upheld"
    CHANGE = "change", "Level changed"


@pghistory.track()
class Resolution(models.Model):
    """A moderator's answer to a challenge, with a reason for both bodies.

    level_after: the side's level from then on; None where it cannot be decided.
    superseded_at: when the reply was changed, or “final” taken back: it is resolved anew.
    """

    reply = models.ForeignKey(FindingReply, on_delete=models.PROTECT, related_name="resolutions")
    outcome = models.CharField(max_length=6, choices=ResolutionOutcome.choices)
    reason = models.TextField()
    level_before = models.CharField(max_length=7, choices=Level.choices, null=True)
    level_after = models.CharField(max_length=7, choices=Level.choices, null=True)
    resolved_at = models.DateTimeField()
    resolved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="challenges_resolved"
    )
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reply"],
                condition=Q(superseded_at__isnull=True),
                name="challenge_resolved_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="resolution_says_why"),
            models.CheckConstraint(
                condition=~Q(outcome=ResolutionOutcome.UPHOLD)
                | Q(level_after=F("level_before"))
                | Q(level_after__isnull=True, level_before__isnull=True),
                name="upheld_level_stays",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="resolves_a_challenge",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM engagement_findingreply AS reply
                        JOIN engagement_assessment AS assessment
                            ON assessment.id = reply.assessment_id
                        WHERE reply.id = NEW.reply_id AND reply.choice = 'disagree'
                            AND assessment.state = 'replied'
                    ) THEN
                        RAISE EXCEPTION 'only a challenge is resolved, after the reply'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            *only_marked(name="resolution", mark="superseded_at", what="a resolution"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} for {self.reply_id}"
