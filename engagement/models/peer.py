"""Peer learning: who volunteers as an ambassador, and the links between bodies."""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from authorities.models import Body, Pair, User
from engagement.models.going_on import GoesOn, moved_says_from_where
from engagement.models.placement import PublishedPlacement
from engagement.models.rubric import Side
from engagement.models.steps import is_of_its_side, takes_steps_of_support
from engagement.support_lifecycle import SETTLED, STATES_OF, Noun, State
from outcomes.models.marks import only_marked


class LinkState(models.TextChoices):
    """Where a peer link is."""

    OFFERED = "offered", "Proposed"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"
    ENDED = "ended", "Ended"


STANDING_LINKS = [state for state in LinkState.values if State(state) not in SETTLED]


@pghistory.track()
class Ambassador(GoesOn):
    """A body that volunteered to share what it learned, as a side of a pair.

    placement: the published placement by which it may: the pair's group there is green.
    open_to_any: whether the centre may link it with any pair, or with the named ones only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="ambassadors")
    side = models.CharField(max_length=3, choices=Side.choices)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="ambassadors")
    placement = models.ForeignKey(
        PublishedPlacement, on_delete=models.PROTECT, related_name="ambassadors"
    )
    shares = models.TextField()
    open_to_any = models.BooleanField()
    volunteered_at = models.DateTimeField()
    volunteered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="ambassadors_volunteered"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="ambassadors_withdrawn"
    )
    form_key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "side"],
                condition=Q(withdrawn_at__isnull=True),
                name="ambassador_once_for_a_side",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                # By a change of bodies that left no one pair to go on.
                | Q(withdrawn_at__isnull=False, moved_on__isnull=False),
                name="withdrawn_ambassador_says_by_whom",
            ),
            moved_says_from_where(name="moved_ambassador_says_from_where"),
            models.CheckConstraint(condition=~Q(shares=""), name="ambassador_says_what_it_shares"),
        ]
        triggers = [
            is_of_its_side(name="ambassador_is_of_a_green_pair", group="green"),
            *only_marked(
                name="ambassador",
                mark="withdrawn_at",
                what="an ambassador",
                beside=(
                    *("withdrawn_by_id", "pair_id", "body_id"),
                    *("origin_pair_id", "moved_on", "needs_reconfirmation"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} of {self.pair_id}"


class AmbassadorPair(models.Model):
    """A pair with which an ambassador would share: named by itself."""

    ambassador = models.ForeignKey(Ambassador, on_delete=models.PROTECT, related_name="named_pairs")
    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="named_by_ambassadors")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ambassador", "pair"], name="ambassador_names_a_pair_once"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.pair_id} for {self.ambassador_id}"


@pghistory.track()
class PeerLink(GoesOn):
    """An ambassador and a body of an amber pair that learn from each other.

    placement: the published placement of the pair by which it was proposed. Should a group change
    later, the link stays.
    declined_reason: a word why, of the body to the centre alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ambassador = models.ForeignKey(Ambassador, on_delete=models.PROTECT, related_name="links")
    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="peer_links")
    side = models.CharField(max_length=3, choices=Side.choices)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="peer_links")
    placement = models.ForeignKey(
        PublishedPlacement, on_delete=models.PROTECT, related_name="peer_links"
    )
    state = models.CharField(max_length=9, choices=LinkState.choices, default=LinkState.OFFERED)
    about = models.TextField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="peer_links_proposed"
    )
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="peer_links_answered"
    )
    declined_reason = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_words = models.TextField(blank=True)
    form_key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in STATES_OF[Noun.LINK]]),
                name="peer_link_state_is_known",
            ),
            moved_says_from_where(name="moved_link_says_from_where"),
            models.UniqueConstraint(
                fields=["ambassador", "pair", "side"],
                condition=Q(state__in=STANDING_LINKS),
                name="link_stands_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[LinkState.ACCEPTED, LinkState.DECLINED, LinkState.ENDED])
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="answered_link_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state=LinkState.ENDED)
                | Q(ended_at__isnull=False) & ~Q(ended_words=""),
                name="ended_link_says_what_came_of_it",
            ),
            models.CheckConstraint(
                condition=Q(declined_reason="") | Q(state=LinkState.DECLINED),
                name="only_a_declined_link_says_why",
            ),
        ]
        triggers = [
            takes_steps_of_support(noun=Noun.LINK, begins=(State.OFFERED,)),
            is_of_its_side(name="link_is_with_an_amber_pair", group="amber"),
            pgtrigger.Protect(name="link_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.ambassador_id} with {self.body_id}"


class PeerMeeting(models.Model):
    """A day on which both bodies of a link met; both and the centre read the note."""

    link = models.ForeignKey(PeerLink, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="peer_meetings")
    form_key = models.UUIDField(unique=True)

    class Meta:
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.held_on} of {self.link_id}"
