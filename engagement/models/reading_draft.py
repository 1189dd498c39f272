"""Drafts of how engagement is read: of the next rubric, and of the next matrix."""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from authorities.models import User
from engagement.version_lifecycle import changes


class DraftKind(models.TextChoices):
    """What is drafted; the values stand in addresses."""

    RUBRIC = "rubric", "Rubric"
    MATRIX = "matrix", "Matrix"


class DraftState(models.TextChoices):
    """Where a draft is: the states of `version_lifecycle`."""

    DRAFT = "draft", "Draft"
    PROPOSED = "proposed", "Waits for approval"
    APPROVED = "approved", "Approved"
    DISCARDED = "discarded", "Discarded"


_OPEN = [DraftState.DRAFT, DraftState.PROPOSED]
_CHANGES = ", ".join(f"('{before}', '{after}')" for before, after in changes())


class ReadingDraftQuerySet(models.QuerySet["ReadingDraft"]):
    """Drafts in every state."""

    def open(self) -> "ReadingDraftQuerySet":
        """Keep those that nobody has decided on for good."""
        return self.filter(state__in=_OPEN)


@pghistory.track()
class ReadingDraft(models.Model):
    """The next version while it is written. Approved, it becomes rows that nothing changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=6, choices=DraftKind.choices)
    state = models.CharField(max_length=9, choices=DraftState.choices, default=DraftState.DRAFT)
    # The number of the version that it was copied from.
    origin = models.PositiveSmallIntegerField()
    content = models.JSONField(help_text="See rubric_content and map_content.")
    reason = models.TextField(help_text="Why there is a new version.")
    revision = models.PositiveIntegerField(default=1, help_text="Counts the changes of a draft.")
    # The key of the form that made it: the same form sent twice makes one draft.
    form_key = models.UUIDField(unique=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="changed_reading_drafts"
    )
    proposed_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="proposed_reading_drafts"
    )
    # Why it came back, until it is proposed again.
    declined_reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="decided_reading_drafts"
    )
    discarded_reason = models.TextField(blank=True)
    # The number that it got with its approval.
    version = models.PositiveSmallIntegerField(null=True)

    objects = ReadingDraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DraftKind.values, state__in=DraftState.values),
                name="reading_draft_words_are_known",
            ),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(state__in=_OPEN), name="one_reading_draft_of_a_kind"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="reading_draft_has_a_reason"),
            models.CheckConstraint(
                condition=Q(state__in=[DraftState.DRAFT, DraftState.DISCARDED])
                | Q(proposed_by__isnull=False),
                name="proposed_reading_draft_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(state=DraftState.APPROVED, version__isnull=False)
                | ~Q(state=DraftState.APPROVED) & Q(version__isnull=True),
                name="approved_reading_draft_has_a_number",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_OPEN, decided_at__isnull=True, decided_by__isnull=True)
                | ~Q(state__in=_OPEN) & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="decided_reading_draft_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state=DraftState.APPROVED)
                | ~Q(decided_by=F("changed_by")) & ~Q(decided_by=F("proposed_by")),
                name="reading_draft_approved_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state=DraftState.DISCARDED) | ~Q(discarded_reason=""),
                name="discarded_reading_draft_has_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="reading_draft_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="reading_draft_takes_steps_of_the_table",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=f"""
                    IF OLD.state IN ('approved', 'discarded') THEN
                        RAISE EXCEPTION 'a draft that was decided on stays as it is'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF NEW.state <> OLD.state
                        AND (OLD.state, NEW.state) NOT IN ({_CHANGES}) THEN
                        RAISE EXCEPTION 'a draft does not go from % to %', OLD.state, NEW.state
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF NEW.state <> 'draft' AND (
                        NEW.content <> OLD.content OR NEW.reason <> OLD.reason
                    ) THEN
                        RAISE EXCEPTION 'what is proposed changes as a draft only'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF NEW.state = 'approved' AND EXISTS (
                        SELECT FROM engagement_draftauthor AS author
                        WHERE author.draft_id = NEW.id AND author.person_id = NEW.decided_by_id
                    ) THEN
                        RAISE EXCEPTION 'who wrote in a draft does not approve it'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} after {self.origin}"


class DraftAuthor(models.Model):
    """Somebody who wrote in a draft, and so does not approve it."""

    draft = models.ForeignKey(ReadingDraft, on_delete=models.PROTECT, related_name="authors")
    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="authored_reading_drafts"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "person"], name="draft_author_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.draft_id}"
