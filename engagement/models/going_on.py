"""What goes on with another pair after a change of bodies keeps the pair that it began with."""

from django.db import models
from django.db.models import Q

from authorities.models import Pair


class GoesOn(models.Model):
    """Support whose pair may end: it moves to the pair that follows, or waits until one is chosen.

    origin_pair: the pair that it began with; None while that stands.
    moved_on: the day of the change by which it was to move, the last one.
    needs_reconfirmation: the body has not yet said that it goes on.
    """

    origin_pair = models.ForeignKey(
        Pair, null=True, on_delete=models.PROTECT, related_name="%(class)s_begun_here"
    )
    moved_on = models.DateField(null=True)
    needs_reconfirmation = models.BooleanField(default=False)

    class Meta:
        abstract = True


def moved_says_from_where(*, name: str) -> models.CheckConstraint:
    """Return the constraint that what moved, and nothing else, says from which pair and when."""
    return models.CheckConstraint(
        condition=Q(origin_pair__isnull=True, moved_on__isnull=True, needs_reconfirmation=False)
        | Q(origin_pair__isnull=False, moved_on__isnull=False),
        name=name,
    )
