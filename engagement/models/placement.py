"""Where a pair stands: computed, then published and never changed."""

import pgtrigger
from django.db import models
from django.db.models import Q

from authorities.models import Pair
from duty.models import Round
from engagement.models.publication import Publication
from engagement.models.rubric import Level, Side


class Basis(models.TextChoices):
    """What the levels rest on."""

    OWN_VIEWS = "own_views", "Own views, not moderated"
    MODERATED = "moderated", "Moderated"


class PlacementFacts(models.Model):
    """What a placement says, in both its forms."""

    authority_level = models.CharField(max_length=7, choices=Level.choices, null=True)
    board_level = models.CharField(max_length=7, choices=Level.choices, null=True)
    group = models.CharField(max_length=8, null=True)
    gap = models.PositiveSmallIntegerField(null=True)
    less_engaged = models.CharField(max_length=3, choices=Side.choices, null=True)
    movement = models.CharField(max_length=16)
    basis = models.CharField(max_length=9, choices=Basis.choices)
    # Statements, counts and shares as they were, for the pair's page.
    content = models.JSONField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    authority_level__isnull=False,
                    board_level__isnull=False,
                    group__isnull=False,
                    gap__isnull=False,
                )
                | (Q(authority_level__isnull=True) | Q(board_level__isnull=True))
                & Q(group__isnull=True, gap__isnull=True, less_engaged__isnull=True),
                name="%(class)s_in_a_cell_or_not_assessed",
            ),
        ]


class Placement(PlacementFacts):
    """The working placement of a pair in a round: computed, may be computed again."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="placements")
    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="placements")
    input_hash = models.CharField(max_length=64)
    method_version = models.PositiveSmallIntegerField()
    computed_at = models.DateTimeField()

    class Meta(PlacementFacts.Meta):
        constraints = [
            *PlacementFacts.Meta.constraints,
            models.UniqueConstraint(fields=["round", "pair"], name="placement_once"),
        ]

    def __str__(self) -> str:
        return f"{self.pair_id} in {self.round_id}"


class PublishedPlacement(PlacementFacts):
    """A placement as published. Nothing changes it."""

    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, related_name="placements"
    )
    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="published_placements")

    class Meta(PlacementFacts.Meta):
        constraints = [
            *PlacementFacts.Meta.constraints,
            models.UniqueConstraint(
                fields=["publication", "pair"], name="published_placement_once"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.pair_id} in {self.publication_id}"


class NationalPicture(models.Model):
    """What the national page shows of a round: a read model, kept by recomputes."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="pictures")
    # The public's picture is made of published placements only, one for each revision: that of a
    # revision under embargo is drawn before anybody may see it.
    public = models.BooleanField()
    publication = models.OneToOneField(
        Publication, null=True, on_delete=models.CASCADE, related_name="picture"
    )
    content = models.JSONField()
    input_hash = models.CharField(max_length=64)
    method_version = models.PositiveSmallIntegerField()
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round"], condition=Q(public=False), name="picture_once"
            ),
            models.CheckConstraint(
                condition=Q(public=True, publication__isnull=False)
                | Q(public=False, publication__isnull=True),
                name="public_picture_is_of_a_revision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {'public' if self.public else 'working'}"
