"""Values that were returned come again: whatever is in the new file waits anew."""

from datetime import timedelta

import pytest

from authorities.models import Council
from outcomes.actions import approvals, observations
from outcomes.actions.staging import Staging
from outcomes.models import Observation, Release, ReleaseState
from tests.factories.authorities import UserFactory
from tests.factories.outcomes import NOW, IndicatorFactory, ReleaseFactory
from tests.outcomes.rows import row

LATER = NOW + timedelta(days=1)


@pytest.fixture
def rows(authority):
    """Two values as they were sent in."""
    IndicatorFactory(fingertips_id=90362)
    ashby, barrow = (Council.objects.get(slug=slug) for slug in ("ashby", "barrow"))
    return [row(area=ashby, value=60.1), row(area=barrow, value=61.2)]


@pytest.fixture
def store(authority):
    sender = UserFactory()

    def made(rows):
        release = ReleaseFactory(body=authority, created_by=sender)
        return release, observations.store(rows=rows, release=release, owner=authority, at=LATER)

    return made


def compare(rows, authority):
    with Staging() as staging:
        staging.add(rows=rows)
        return observations.compare_staged(staging=staging, owner=authority)


def give_back(release):
    approvals.return_to_sender(
        release_id=release.pk, comment="Wrong year.", by=UserFactory(), at=LATER
    )


def test_a_returned_value_that_comes_again_as_it_was_replaces_itself(rows, store, authority):
    first, _ = store(rows)
    give_back(first)
    corrected = [rows[0], rows[1]._replace(value=61.5)]

    compared = compare(corrected, authority)
    second, counts = store(corrected)

    assert (compared.added, compared.unchanged, compared.superseded) == (0, 0, 2)
    assert compared.resent == 1
    assert (counts.added, counts.unchanged, counts.superseded) == (0, 0, 2)
    standing = Observation.objects.current().filter(owner=authority)
    assert set(standing.values_list("release", "value")) == {(second.pk, 60.1), (second.pk, 61.5)}
    # What was returned stays on record.
    assert first.observations.count() == 2


def test_the_same_file_may_be_sent_again_after_it_was_returned(rows, store):
    first, _ = store(rows)
    give_back(first)
    second, _ = store(rows)

    done = approvals.approve(release_id=second.pk, by=UserFactory(), at=LATER)

    assert done.shown == 2
    assert set(Release.objects.waiting()) == set()


def test_what_was_not_returned_is_unchanged_when_it_comes_again(rows, store, authority):
    store(rows)

    compared = compare(rows, authority)

    assert (compared.unchanged, compared.superseded, compared.resent) == (2, 0, 0)


def test_what_storing_would_do_differs_once_the_values_are_returned(rows, store, authority):
    first, _ = store(rows)
    before = compare(rows, authority)
    give_back(first)

    assert compare(rows, authority).fingerprint != before.fingerprint


def test_what_was_approved_before_stays_public_until_the_next_approval(rows, store):
    first, _ = store(rows)
    approvals.approve(release_id=first.pk, by=UserFactory(), at=LATER)
    second, _ = store([rows[0]._replace(value=70.0)])
    give_back(second)

    shown = Observation.objects.current().published()
    assert set(shown.values_list("value", flat=True)) == {60.1, 61.2}

    third, _ = store(rows)
    done = approvals.approve(release_id=third.pk, by=UserFactory(), at=LATER)

    # The value is public as it was, and the one that nobody sent back waits for nothing.
    assert (done.shown, done.same) == (0, 1)
    assert set(shown.all().values_list("value", flat=True)) == {60.1, 61.2}


def test_of_a_returned_release_only_what_comes_again_waits(rows, store):
    first, _ = store(rows)
    give_back(first)
    second, _ = store(rows[:1])

    assert list(Release.objects.waiting()) == [second]
    first.refresh_from_db()
    assert first.state == ReleaseState.RETURNED
    assert first.observations.current().count() == 1
