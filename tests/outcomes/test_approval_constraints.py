"""What the database holds of approvals and locks, each tried by breaking it."""

from datetime import date

import pytest
from django.db import IntegrityError

from outcomes.models import ReleaseKind, ReleaseState
from tests.factories import outcomes as make
from tests.factories.authorities import StrategicAuthorityFactory, UserFactory

pytestmark = pytest.mark.django_db


def refused(name):
    return pytest.raises(IntegrityError, match=name)


def test_a_release_is_approved_by_a_second_person():
    sender = UserFactory()
    with refused("release_approved_by_a_second_person"):
        make.ReleaseFactory(
            body=StrategicAuthorityFactory(),
            state=ReleaseState.APPROVED,
            created_by=sender,
            decided_by=sender,
            decided_at=make.NOW,
        )


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"kind": "rumour"}, "release_kind_is_known"),
        ({"kind": ReleaseKind.BODY, "state": "submitted"}, "release_of_a_body_has_its_body"),
        ({"state": ReleaseState.SUBMITTED}, "release_of_a_body_is_decided"),
        ({"kind": ReleaseKind.APPROVED}, "approved_copy_has_its_origin"),
    ],
)
def test_a_release_keeps_to_the_rules(facts, name):
    with refused(name):
        make.ReleaseFactory(**facts)


def test_a_release_is_in_a_state_that_we_know():
    with refused("release_state_is_known"):
        make.ReleaseFactory(
            body=StrategicAuthorityFactory(),
            state="maybe",
            decided_by=UserFactory(),
            decided_at=make.NOW,
        )


def test_a_returned_release_has_a_comment():
    with refused("returned_release_has_a_comment"):
        make.ReleaseFactory(
            body=StrategicAuthorityFactory(),
            state=ReleaseState.RETURNED,
            decided_by=UserFactory(),
            decided_at=make.NOW,
        )


def test_a_decided_release_says_by_whom():
    with refused("decided_release_says_by_whom"):
        make.ReleaseFactory(
            body=StrategicAuthorityFactory(), state=ReleaseState.RETURNED, comment="Wrong year."
        )


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"end_date": date(2022, 1, 1)}, "lock_ends_after_it_starts"),
        ({"reason": ""}, "lock_has_a_reason"),
        ({"lifted_at": make.NOW}, "lifted_lock_has_a_reason"),
    ],
)
def test_a_lock_keeps_to_the_rules(facts, name):
    with refused(name):
        make.PeriodLockFactory(**facts)


def test_a_value_of_a_locked_period_is_refused_by_the_database():
    owner = StrategicAuthorityFactory()
    make.PeriodLockFactory()
    with pytest.raises(IntegrityError, match="the values of this period are locked"):
        make.ObservationFactory(owner=owner)


@pytest.mark.parametrize(
    "kept",
    [
        {"lifted_at": make.NOW, "lifted_reason": "A mistake."},
        {"end_date": date(2024, 12, 31)},
        {"indicator": "other"},
        {"body": "other"},
    ],
)
def test_a_lock_of_something_else_lets_a_value_in(kept):
    if "lifted_at" in kept:
        kept["lifted_by"] = UserFactory()
    if "indicator" in kept:
        kept["indicator"] = make.IndicatorFactory()
    if "body" in kept:
        kept["body"] = StrategicAuthorityFactory()
    make.PeriodLockFactory(**kept)
    make.ObservationFactory(owner=StrategicAuthorityFactory())


def test_a_national_value_of_a_locked_period_is_let_in():
    make.PeriodLockFactory()
    make.ObservationFactory()
