"""What must always hold of views and publications is held by the database."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from engagement.models import Pick, Publication, PublishedPlacement, ViewState
from tests.world import World


def another(publication: Publication, *, number: int) -> Publication:
    return Publication(
        round=publication.round, number=number, published_at=publication.published_at
    )


def test_a_revision_has_its_number_alone(world: World) -> None:
    published = Publication.objects.get()

    with pytest.raises(IntegrityError, match="publication_number_once"), transaction.atomic():
        Publication.objects.bulk_create([another(published, number=published.number)])


def test_a_pair_is_published_once_a_revision(world: World) -> None:
    placement = PublishedPlacement.objects.order_by("pk")[0]
    placement.pk = None

    with pytest.raises(IntegrityError, match="published_placement_once"), transaction.atomic():
        PublishedPlacement.objects.bulk_create([placement])


def test_a_published_pair_is_in_a_cell_or_not_assessed(world: World) -> None:
    placement = PublishedPlacement.objects.filter(group__isnull=False).order_by("pk")[0]
    correction = another(placement.publication, number=placement.publication.number + 1)
    correction.save()
    placement.pk, placement.publication, placement.board_level = None, correction, None

    with (
        pytest.raises(IntegrityError, match="publishedplacement_in_a_cell_or_not_assessed"),
        transaction.atomic(),
    ):
        PublishedPlacement.objects.bulk_create([placement])


def test_the_picks_of_a_confirmed_view_stay(world: World) -> None:
    picks = Pick.objects.filter(view__state=ViewState.CONFIRMED)
    assert picks.exists()

    with pytest.raises(DatabaseError, match="the view is confirmed"), transaction.atomic():
        picks.update(level="low")
