"""Pairs that may go on with support whose own pair ended, until somebody chooses one."""

import pghistory
from django.db import models
from django.db.models import Q

from authorities.models import Pair
from engagement.models.peer import PeerLink
from engagement.models.support import Enrolment


@pghistory.track()
class PossibleSupportPair(models.Model):
    """A pair that may go on with an enrolment or a peer link. Gone once one is chosen."""

    enrolment = models.ForeignKey(
        Enrolment, null=True, on_delete=models.PROTECT, related_name="possible_pairs"
    )
    link = models.ForeignKey(
        PeerLink, null=True, on_delete=models.PROTECT, related_name="possible_pairs"
    )
    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="possible_support")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "pair"], name="possible_pair_once_an_enrolment"
            ),
            models.UniqueConstraint(fields=["link", "pair"], name="possible_pair_once_a_link"),
            models.CheckConstraint(
                condition=Q(enrolment__isnull=True, link__isnull=False)
                | Q(enrolment__isnull=False, link__isnull=True),
                name="possible_pair_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pair_id} for {self.enrolment_id or self.link_id}"
