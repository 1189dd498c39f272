"""What must always hold of views and publications is held by the database."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from engagement.models import (
    NationalPicture,
    Pick,
    Publication,
    PublishedPlacement,
    PublishedReturn,
    ViewState,
)
from tests.factories.authorities import StrategicAuthorityFactory
from tests.world import World


def another(publication: Publication, *, number: int) -> Publication:
    kept = ("round", "published_at", "approved_at", "proposed_by", "approved_by")
    return Publication(
        number=number,
        reason="A share was wrong.",
        **{name: getattr(publication, name) for name in kept},
    )


def test_a_revision_has_its_number_alone(world: World) -> None:
    published = Publication.objects.current().latest("round__opens_on")

    with pytest.raises(IntegrityError, match="publication_number_once"), transaction.atomic():
        Publication.objects.bulk_create([another(published, number=published.number)])


def test_a_pair_is_published_once_a_revision(world: World) -> None:
    placement = PublishedPlacement.objects.order_by("pk")[0]
    placement.pk = None

    with pytest.raises(IntegrityError, match="published_placement_once"), transaction.atomic():
        PublishedPlacement.objects.bulk_create([placement])


def test_a_published_pair_is_in_a_cell_or_not_assessed(world: World) -> None:
    newest = Publication.objects.current().latest("round__opens_on")
    placement = newest.placements.filter(group__isnull=False).order_by("pk")[0]
    correction = another(placement.publication, number=placement.publication.number + 1)
    correction.save()
    placement.pk, placement.publication, placement.board_level = None, correction, None

    with (
        pytest.raises(IntegrityError, match="publishedplacement_in_a_cell_or_not_assessed"),
        transaction.atomic(),
    ):
        PublishedPlacement.objects.bulk_create([placement])


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("publication_seen_once_approved", {"approved_at": timezone.now() + timedelta(days=900)}),
        ("correction_says_why", {"reason": ""}),
        ("withdrawal_says_who_and_why", {"withdrawn_reason": "Nobody did."}),
    ],
)
def test_a_revision_says_when_and_why(name: str, wrong: dict[str, object], world: World) -> None:
    published = Publication.objects.current().latest("round__opens_on")
    made = another(published, number=published.number + 1)
    for field, value in wrong.items():
        setattr(made, field, value)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        made.save()


@pytest.mark.parametrize(
    ("name", "accepted", "again"),
    [("accepted_return_was_submitted", True, False), ("published_return_once", False, True)],
)
def test_a_revision_names_each_return_once(
    name: str, accepted: bool, again: bool, world: World
) -> None:
    row = PublishedReturn.objects.order_by("pk")[0]
    authority = row.authority if again else StrategicAuthorityFactory()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        PublishedReturn.objects.create(
            publication=row.publication, authority=authority, accepted=accepted
        )


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("picture_once", {"public": False, "publication": None}),
        ("public_picture_is_of_a_revision", {"public": True, "publication": None}),
    ],
)
def test_a_picture_is_a_rounds_or_a_revisions(
    name: str, wrong: dict[str, object], world: World
) -> None:
    picture = NationalPicture.objects.get(public=False)
    picture.pk = None
    for field, value in wrong.items():
        setattr(picture, field, value)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        picture.save()


def test_the_picks_of_a_confirmed_view_stay(world: World) -> None:
    picks = Pick.objects.filter(view__state=ViewState.CONFIRMED)
    assert picks.exists()

    with pytest.raises(DatabaseError, match="the view is confirmed"), transaction.atomic():
        picks.update(level="low")
