"""Both sides' latest words on a commitment, kept where lists can join to them."""

import pgtrigger
from django.db import models
from django.db.models import Q

from engagement.models.commitment import Commitment, CommitmentStatus, CommitmentUpdate


class LatestWords(models.Model):
    """What each side said last of a commitment; no row where neither has said anything.

    The database writes it with each update that is stored and each that is sent back, and nobody
    else does: to find the latest update of both sides for each row of a list costs a look-up each.
    """

    commitment = models.OneToOneField(
        Commitment, primary_key=True, on_delete=models.PROTECT, related_name="latest"
    )
    authority_update = models.OneToOneField(
        CommitmentUpdate, null=True, on_delete=models.PROTECT, related_name="+"
    )
    authority_status = models.CharField(max_length=11, choices=CommitmentStatus.choices, null=True)
    authority_at = models.DateTimeField(null=True)
    authority_sent_back = models.BooleanField(default=False)
    board_update = models.OneToOneField(
        CommitmentUpdate, null=True, on_delete=models.PROTECT, related_name="+"
    )
    board_status = models.CharField(max_length=11, choices=CommitmentStatus.choices, null=True)
    board_at = models.DateTimeField(null=True)
    board_sent_back = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    authority_update__isnull=False,
                    authority_status__isnull=False,
                    authority_at__isnull=False,
                )
                | Q(
                    authority_update__isnull=True,
                    authority_status__isnull=True,
                    authority_at__isnull=True,
                    authority_sent_back=False,
                ),
                name="authority_words_are_whole",
            ),
            models.CheckConstraint(
                condition=Q(
                    board_update__isnull=False, board_status__isnull=False, board_at__isnull=False
                )
                | Q(
                    board_update__isnull=True,
                    board_status__isnull=True,
                    board_at__isnull=True,
                    board_sent_back=False,
                ),
                name="board_words_are_whole",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="latest_words_follow_updates",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF pg_trigger_depth() < 2 THEN
                        RAISE EXCEPTION 'the latest words follow the updates of both sides alone'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.authority_status}, {self.board_status}"
