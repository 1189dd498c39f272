"""What the database holds of approvals and locks, each tried by breaking it."""

from datetime import date

import pytest
from django.db import IntegrityError

from outcomes.models import Release, ReleaseKind, ReleaseState, Upload, UploadState
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


APPROVED_BY_THE_SENDER = "who sent values in does not approve them"


def stored_file(*, sender, confirmed_by):
    """A file that one person sent and another had stored; its values wait."""
    body = StrategicAuthorityFactory()
    release = make.ReleaseFactory(body=body, state=ReleaseState.SUBMITTED, created_by=confirmed_by)
    return make.UploadFactory(
        body=body,
        uploaded_by=sender,
        confirmed_by=confirmed_by,
        confirmed_at=make.NOW,
        state=UploadState.COMMITTED,
        release=release,
    )


def approve(release, by):
    """Approve a release with no more than SQL."""
    Release.objects.filter(pk=release.pk).update(
        state=ReleaseState.APPROVED, decided_by=by, decided_at=make.NOW
    )


@pytest.mark.parametrize("who", ["sender", "confirmed_by"])
def test_neither_the_sender_of_a_file_nor_who_had_it_stored_approves_it(who):
    people = {"sender": UserFactory(), "confirmed_by": UserFactory()}
    upload = stored_file(**people)
    # The release itself says no more who had it stored.
    Release.objects.filter(pk=upload.release_id).update(created_by=None)

    with refused(APPROVED_BY_THE_SENDER):
        approve(upload.release, by=people[who])


def test_a_third_person_approves_a_file():
    upload = stored_file(sender=UserFactory(), confirmed_by=UserFactory())

    approve(upload.release, by=UserFactory())

    upload.release.refresh_from_db()
    assert upload.release.state == ReleaseState.APPROVED


def test_the_sender_of_a_file_may_return_it():
    sender = UserFactory()
    upload = stored_file(sender=sender, confirmed_by=UserFactory())

    Release.objects.filter(pk=upload.release_id).update(
        state=ReleaseState.RETURNED, decided_by=sender, decided_at=make.NOW, comment="Wrong year."
    )

    upload.release.refresh_from_db()
    assert upload.release.decided_by == sender


@pytest.mark.parametrize("field", ["uploaded_by", "confirmed_by"])
def test_who_approved_values_is_not_their_sender_afterwards(field):
    upload = stored_file(sender=UserFactory(), confirmed_by=UserFactory())
    approver = UserFactory()
    approve(upload.release, by=approver)

    with refused(APPROVED_BY_THE_SENDER):
        Upload.objects.filter(pk=upload.pk).update(**{field: approver})


def test_approved_values_are_not_given_to_a_file_of_their_approver():
    approver = UserFactory()
    release = make.ReleaseFactory(
        body=StrategicAuthorityFactory(),
        state=ReleaseState.APPROVED,
        created_by=None,
        decided_by=approver,
        decided_at=make.NOW,
    )

    with refused(APPROVED_BY_THE_SENDER):
        make.UploadFactory(body=release.body, uploaded_by=approver, release=release)


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
