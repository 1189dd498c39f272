"""What a group of experts concluded of a framework's indicators, twice a year."""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from authorities.models import Body, User
from outcomes.models.framework import Framework


class ReviewState(models.TextChoices):
    """Where a review is."""

    DRAFT = "draft", "Draft"
    SIGNED = "signed", "Signed"


class Judgement(models.TextChoices):
    """What a group answers to one of its two questions."""

    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "No"
    CANNOT_SAY = "cannot_say", "Cannot say yet"


@pghistory.track()
class ExpertReview(models.Model):
    """A dated, signed note of a group on a framework. Signed, it stays as it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    framework = models.ForeignKey(
        Framework, on_delete=models.PROTECT, related_name="expert_reviews"
    )
    group_name = models.CharField(max_length=160)
    met_on = models.DateField()
    # "Are we doing things right?" and "are we doing the right things?", each in the group's words.
    things_right = models.CharField(max_length=10, choices=Judgement.choices)
    things_right_text = models.TextField()
    right_things = models.CharField(max_length=10, choices=Judgement.choices)
    right_things_text = models.TextField()
    conclusion = models.TextField()
    state = models.CharField(max_length=6, choices=ReviewState.choices, default=ReviewState.DRAFT)
    # The role of who signs for the group, and the account by which it was signed.
    signed_role = models.CharField(max_length=120, blank=True, help_text="A role, no name.")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="expert_reviews_signed"
    )
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="expert_reviews")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="expert_reviews_written"
    )
    version = models.PositiveIntegerField(default=1)
    form_key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ReviewState.values), name="review_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(things_right__in=Judgement.values)
                & Q(right_things__in=Judgement.values),
                name="review_judgements_are_known",
            ),
            models.CheckConstraint(
                condition=Q(state=ReviewState.DRAFT, signed_at__isnull=True)
                | Q(
                    ~Q(signed_role=""),
                    ~Q(conclusion=""),
                    state=ReviewState.SIGNED,
                    signed_at__isnull=False,
                    signed_by__isnull=False,
                ),
                name="signed_review_says_by_whom",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="signed_review_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="signed"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_name} {self.met_on}"


@pghistory.track()
class ReviewedIndicator(models.Model):
    """An indicator that a review looked at, and what it says of it."""

    review = models.ForeignKey(ExpertReview, on_delete=models.CASCADE, related_name="indicators")
    # Of the indicator in the framework, whatever the version.
    lineage = models.UUIDField()
    text = models.TextField(blank=True)
    # The label that stood beside it on that day, as it read.
    status_then = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "lineage"], name="indicator_once_a_review"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="stays_with_a_signed_review",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (
                        SELECT FROM outcomes_expertreview AS review
                        WHERE review.state = 'signed'
                            AND (
                                TG_OP <> 'INSERT' AND review.id = OLD.review_id
                                OR TG_OP <> 'DELETE' AND review.id = NEW.review_id
                            )
                    ) THEN
                        RAISE EXCEPTION 'a signed review cannot change'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.lineage} in {self.review_id}"
