"""The ICBs that own an outcomes framework with its authority, once and now."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from authorities.models import Pair, User
from outcomes.models.framework import Framework


@pghistory.track()
class FrameworkPartner(models.Model):
    """An ICB that owns a framework with the authority, through their pair.

    A partner that merged is marked as ended, and its successor's row says where it came from and
    whether it has said yet that it stands by what was agreed. One that ended without one clear
    successor is unassigned until the authority's side chooses.

    over: the framework was ended, or given up before it was agreed. The partner owned it last, and
    its pair is free for another framework.
    """

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="partners")
    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="framework_partners")
    ended_on = models.DateField(null=True)
    unassigned = models.BooleanField(default=False)
    over = models.BooleanField(default=False)
    came_from = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    needs_reconfirmation = models.BooleanField(default=False)
    reconfirmed_at = models.DateTimeField(null=True)
    reconfirmed_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="frameworks_reconfirmed"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["framework", "pair"], name="partner_once_a_framework"),
            # A pair's progress is told once.
            models.UniqueConstraint(
                fields=["pair"],
                condition=Q(ended_on__isnull=True, over=False),
                name="pair_in_one_framework_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(unassigned=False) | Q(ended_on__isnull=False),
                name="unassigned_partner_has_ended",
            ),
            models.CheckConstraint(
                condition=Q(needs_reconfirmation=False)
                | Q(came_from__isnull=False, ended_on__isnull=True, reconfirmed_at__isnull=True),
                name="partner_to_reconfirm_came_from_another",
            ),
            models.CheckConstraint(
                condition=Q(reconfirmed_at__isnull=True, reconfirmed_by__isnull=True)
                | Q(reconfirmed_at__isnull=False, reconfirmed_by__isnull=False),
                name="reconfirmation_says_who_and_when",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="partner_is_of_the_authority",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    -- Who owned it once was of the authority that it had then.
                    IF NEW.ended_on IS NULL AND NOT EXISTS (
                        SELECT FROM authorities_pair AS pair
                        JOIN outcomes_framework AS framework
                            ON framework.authority_id = pair.authority_id
                        WHERE pair.id = NEW.pair_id AND framework.id = NEW.framework_id
                    ) THEN
                        RAISE EXCEPTION 'the pair is not one of the authority of the framework'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="partner_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.pair_id} of {self.framework_id}"


@pghistory.track()
class PossibleOwner(models.Model):
    """A pair that may take the place of an owner that ended. Gone once one is chosen."""

    partner = models.ForeignKey(
        FrameworkPartner, on_delete=models.PROTECT, related_name="possible_owners"
    )
    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="possible_frameworks")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "pair"], name="possible_owner_once"),
        ]

    def __str__(self) -> str:
        return f"{self.pair_id} for {self.partner_id}"
