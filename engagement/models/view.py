"""What a body says of engagement in a pair: its own view of itself, and its view of the other."""

import uuid
from typing import Any

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from authorities.models import Body, Pair, User
from duty.models import Round
from engagement.models.rubric import Level, Side, Theme


class ViewState(models.TextChoices):
    """Where a view is. No row means not started."""

    DRAFT = "draft", "Draft"
    CONFIRMED = "confirmed", "Confirmed"


class SideView(models.Model):
    """What one side of a pair says in a round: picks, the computed level, the confirmed one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="%(class)ss")
    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="%(class)ss")
    # The side that says it.
    side = models.CharField(max_length=3, choices=Side.choices)
    state = models.CharField(max_length=9, choices=ViewState.choices, default=ViewState.DRAFT)
    computed_level = models.CharField(max_length=7, choices=Level.choices, null=True)
    level = models.CharField(max_length=7, choices=Level.choices, null=True)
    changed_reason = models.TextField(blank=True, help_text="Why not the computed level.")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="%(class)ss_confirmed"
    )
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="%(class)ss_updated"
    )

    # The statements, by the model's own `StatementPick`.
    picks: Any

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["round", "pair", "side"], name="%(class)s_once"),
            models.CheckConstraint(
                condition=Q(side__in=Side.values), name="%(class)s_side_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=ViewState.DRAFT)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, level__isnull=False),
                name="confirmed_%(class)s_says_who_and_what",
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True)
                | Q(level=F("computed_level"))
                | ~Q(changed_reason=""),
                name="%(class)s_of_changed_level_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} of {self.pair_id} in {self.round_id}"

    @property
    def about(self) -> Side:
        """The side that the statements describe."""
        return Side(self.side)

    @property
    def final(self) -> bool:
        """Whether it stays as it is for good."""
        return False

    @property
    def body(self) -> Body:
        """The body that says it; its pair must be loaded with both bodies."""
        return self.pair.authority if self.side == Side.AUTHORITY else self.pair.board


class StatementPick(models.Model):
    """The statement of a theme that fits best, with what shows it. The view is its model's own."""

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="%(class)ss")
    level = models.CharField(max_length=7, choices=Level.choices)
    evidence_title = models.CharField(max_length=200, blank=True)
    evidence_url = models.URLField(max_length=500, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["view", "theme"], name="%(class)s_once_a_theme"),
            models.CheckConstraint(
                condition=Q(level__in=Level.values), name="%(class)s_is_a_level"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme_id} {self.level}"


def locked_with_its_view(*, table: str) -> pgtrigger.Trigger:
    """Return a trigger: picks stay while their view, a row of the table, is confirmed."""
    return pgtrigger.Trigger(
        name="locked_with_its_view",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
                    IF (SELECT state FROM {table}
                        WHERE id = COALESCE(NEW.view_id, OLD.view_id)) = 'confirmed' THEN
                        RAISE EXCEPTION 'the view is confirmed' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
    )


@pghistory.track()
class OwnView(SideView):
    """One side's own view of a pair in a round."""

    class Meta(SideView.Meta):
        pass


@pghistory.track()
class Pick(StatementPick):
    """A statement of an own view."""

    view = models.ForeignKey(OwnView, on_delete=models.PROTECT, related_name="picks")

    class Meta(StatementPick.Meta):
        triggers = [locked_with_its_view(table="engagement_ownview")]


@pghistory.track()
class PartnerView(SideView):
    """What one side says of the other's engagement: for the centre alone until it is released.

    private_note: for the centre alone, released or not.
    """

    private_note = models.TextField(blank=True)
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="partnerviews_released"
    )

    class Meta(SideView.Meta):
        constraints = [
            *SideView.Meta.constraints,
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by__isnull=True)
                | Q(
                    released_at__isnull=False,
                    released_by__isnull=False,
                    state=ViewState.CONFIRMED,
                ),
                name="released_partner_view_says_who_and_what",
            ),
        ]
        triggers = [
            # The other side has read it, or may have.
            pgtrigger.Protect(
                name="released_view_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__released_at__isnull=False),
            ),
            pgtrigger.Protect(name="partner_view_never_deleted", operation=pgtrigger.Delete),
        ]

    @property
    def about(self) -> Side:
        """The other side."""
        return Side(self.side).other

    @property
    def final(self) -> bool:
        """Whether the other side may have read it."""
        return self.released_at is not None


@pghistory.track()
class PartnerPick(StatementPick):
    """A statement of a view of the other side."""

    view = models.ForeignKey(PartnerView, on_delete=models.PROTECT, related_name="picks")

    class Meta(StatementPick.Meta):
        triggers = [locked_with_its_view(table="engagement_partnerview")]
