"""What moved with its pair says from where, and waits for a choice of one thing alone."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from engagement.models import PossibleSupportPair
from tests.factories import support as make
from tests.factories.authorities import PairFactory

pytestmark = pytest.mark.django_db


def refused(words: str, error: type[DatabaseError] = IntegrityError):
    return pytest.raises(error, match=words)


@pytest.mark.parametrize(
    ("factory", "name"),
    [
        (make.EnrolmentFactory, "moved_enrolment_says_from_where"),
        (make.AmbassadorFactory, "moved_ambassador_says_from_where"),
        (make.LinkFactory, "moved_link_says_from_where"),
    ],
)
def test_what_moved_says_from_where_and_when(factory, name):
    row = factory()

    for said in (
        {"moved_on": date(2026, 4, 1)},
        {"origin_pair": row.pair},
        {"needs_reconfirmation": True},
    ):
        with refused(name), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**said)


def test_an_enrolment_changes_its_pair_only_with_where_it_began():
    row, other = make.EnrolmentFactory(), PairFactory()

    with refused("enrolment_stays_whose_it_is", DatabaseError), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(pair=other, body=other.board)
    type(row).objects.filter(pk=row.pk).update(
        pair=other, body=other.board, origin_pair=row.pair, moved_on=date(2026, 4, 1)
    )


def test_a_pair_is_possible_once_for_one_thing():
    enrolment, link, pair = make.EnrolmentFactory(), make.LinkFactory(), PairFactory()
    PossibleSupportPair.objects.create(enrolment=enrolment, pair=pair)
    PossibleSupportPair.objects.create(link=link, pair=pair)

    with refused("possible_pair_once_an_enrolment"), transaction.atomic():
        PossibleSupportPair.objects.create(enrolment=enrolment, pair=pair)
    with refused("possible_pair_once_a_link"), transaction.atomic():
        PossibleSupportPair.objects.create(link=link, pair=pair)
    for said in ({}, {"enrolment": enrolment, "link": link}):
        with refused("possible_pair_of_one_thing"), transaction.atomic():
            PossibleSupportPair.objects.create(pair=PairFactory(), **said)
