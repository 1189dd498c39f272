"""A body's own view of its engagement with its counterpart."""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from authorities.models import Pair, User
from duty.models import Round
from engagement.models.rubric import Level, Side, Theme


class ViewState(models.TextChoices):
    """Where a view is. No row means not started."""

    DRAFT = "draft", "Draft"
    CONFIRMED = "confirmed", "Confirmed"


@pghistory.track()
class OwnView(models.Model):
    """One side's own view of a pair in a round: picks, the computed level, the confirmed one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="own_views")
    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="own_views")
    side = models.CharField(max_length=3, choices=Side.choices)
    state = models.CharField(max_length=9, choices=ViewState.choices, default=ViewState.DRAFT)
    computed_level = models.CharField(max_length=7, choices=Level.choices, null=True)
    level = models.CharField(max_length=7, choices=Level.choices, null=True)
    changed_reason = models.TextField(blank=True, help_text="Why not the computed level.")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="own_views_confirmed"
    )
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="own_views_updated")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "pair", "side"], name="own_view_once"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="view_side_is_known"),
            models.CheckConstraint(
                condition=Q(state=ViewState.DRAFT)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, level__isnull=False),
                name="confirmed_view_says_who_and_what",
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True)
                | Q(level=F("computed_level"))
                | ~Q(changed_reason=""),
                name="changed_level_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} of {self.pair_id} in {self.round_id}"


@pghistory.track()
class Pick(models.Model):
    """The statement of a theme that fits best, with what shows it."""

    view = models.ForeignKey(OwnView, on_delete=models.PROTECT, related_name="picks")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="picks")
    level = models.CharField(max_length=7, choices=Level.choices)
    evidence_title = models.CharField(max_length=200, blank=True)
    evidence_url = models.URLField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["view", "theme"], name="pick_once_a_theme"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="pick_is_a_level"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="locked_with_its_view",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF (SELECT state FROM engagement_ownview
                        WHERE id = COALESCE(NEW.view_id, OLD.view_id)) = 'confirmed' THEN
                        RAISE EXCEPTION 'the view is confirmed' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme_id} {self.level}"
