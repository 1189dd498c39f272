"""A level that is corrected after its publication: what stands beside a finding, by two people."""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from authorities.models import User
from engagement.models.assessment import Assessment
from engagement.models.publication import Publication
from engagement.models.rubric import Level, Side

# What a decision writes; all else stays as it was proposed.
_DECIDING = "'state' - 'decided_by_id' - 'decided_at' - 'decided_reason' - 'publication_id'"


class CorrectionState(models.TextChoices):
    """Where a correction is."""

    PROPOSED = "proposed", "Waits for a second person"
    APPROVED = "approved", "Approved and published"
    DECLINED = "declined", "Declined"
    TAKEN_BACK = "taken_back", "Taken back"


@pghistory.track()
class FindingCorrection(models.Model):
    """Another level for one side of a published pair, with what it rests on.

    The finding stays as it was published. Once approved, the correction gives the level of the
    side, and of the revision that was written with it.

    level, level_before: None where it cannot be decided.
    picks: level by theme code. evidence: as `GivenEvidence`, a list of objects.
    reason: why the published level was wrong; everybody reads it with the revision.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="corrections")
    side = models.CharField(max_length=3, choices=Side.choices)
    level_before = models.CharField(max_length=7, choices=Level.choices, null=True)
    computed_level = models.CharField(max_length=7, choices=Level.choices, null=True)
    level = models.CharField(max_length=7, choices=Level.choices, null=True)
    changed_reason = models.TextField(blank=True, help_text="Why not the computed level.")
    rationale = models.TextField()
    picks = models.JSONField(default=dict)
    evidence = models.JSONField(default=list)
    reason = models.TextField()
    state = models.CharField(
        max_length=10, choices=CorrectionState.choices, default=CorrectionState.PROPOSED
    )
    proposed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="corrections_proposed"
    )
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="corrections_decided"
    )
    decided_at = models.DateTimeField(null=True)
    decided_reason = models.TextField(blank=True, help_text="Why declined or taken back.")
    publication = models.OneToOneField(
        Publication, null=True, on_delete=models.PROTECT, related_name="correction"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"],
                condition=Q(state=CorrectionState.PROPOSED),
                name="one_correction_waits",
            ),
            models.CheckConstraint(
                condition=Q(side__in=Side.values), name="correction_side_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=CorrectionState.values), name="correction_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(rationale=""), name="level_correction_says_why"
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True, level_before__isnull=False)
                | Q(level__isnull=False, level_before__isnull=True)
                | Q(level__isnull=False, level_before__isnull=False) & ~Q(level=F("level_before")),
                name="correction_gives_another_level",
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True)
                | Q(computed_level__isnull=False, level=F("computed_level"))
                | ~Q(changed_reason=""),
                name="corrected_level_says_why_another",
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level=Level.PARTIAL) | ~Q(evidence=[]),
                name="corrected_level_has_evidence",
            ),
            models.CheckConstraint(
                condition=Q(state=CorrectionState.TAKEN_BACK)
                | Q(decided_by__isnull=True)
                | ~Q(decided_by=F("proposed_by")),
                name="correction_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=CorrectionState.PROPOSED,
                    decided_by__isnull=True,
                    decided_at__isnull=True,
                    publication__isnull=True,
                    decided_reason="",
                )
                | Q(
                    state=CorrectionState.APPROVED,
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                    publication__isnull=False,
                )
                | Q(
                    state__in=[CorrectionState.DECLINED, CorrectionState.TAKEN_BACK],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                    publication__isnull=True,
                )
                & ~Q(decided_reason=""),
                name="decided_correction_says_by_whom",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="corrects_what_is_published",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.state <> 'proposed' OR NOT EXISTS (
                        SELECT FROM engagement_assessment AS assessment
                        JOIN engagement_publication AS publication
                            ON publication.round_id = assessment.round_id
                        WHERE assessment.id = NEW.assessment_id AND assessment.state = 'final'
                            AND publication.withdrawn_at IS NULL
                            AND publication.published_at <= clock_timestamp()
                    ) THEN
                        RAISE EXCEPTION 'only what is published is corrected'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="correction_decided_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=f"""
                    IF OLD.state <> 'proposed'
                        OR to_jsonb(NEW) - {_DECIDING} <> to_jsonb(OLD) - {_DECIDING} THEN
                        RAISE EXCEPTION 'a correction stays as it was proposed'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF NEW.publication_id IS NOT NULL AND NOT EXISTS (
                        SELECT FROM engagement_publication AS publication
                        JOIN engagement_assessment AS assessment
                            ON assessment.round_id = publication.round_id
                        WHERE publication.id = NEW.publication_id
                            AND assessment.id = NEW.assessment_id
                    ) THEN
                        RAISE EXCEPTION 'a correction is published with its own round'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="correction_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.side} of {self.assessment_id}: {self.state}"
