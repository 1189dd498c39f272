"""A second person approves values, or returns them."""

from datetime import timedelta

import pytest

from authorities.models import AuditEvent, Council, Notice
from outcomes.actions import approvals, observations
from outcomes.models import (
    Indicator,
    Note,
    Observation,
    RecomputeRequest,
    Release,
    ReleaseKind,
    ReleaseState,
)
from outcomes.queries.indicators import observations_visible_at
from tests.factories.authorities import UserFactory
from tests.factories.outcomes import NOW, IndicatorFactory, ReleaseFactory
from tests.outcomes.rows import row

LATER = NOW + timedelta(days=1)


@pytest.fixture
def ashby(authority):
    return Council.objects.get(slug="ashby")


@pytest.fixture
def indicator(db) -> Indicator:
    return IndicatorFactory(fingertips_id=90362, suppress_counts_to=4)


@pytest.fixture
def send(authority, indicator):
    """Send values in as the authority; give the release."""
    sender = UserFactory()

    def made(*rows, at=NOW):
        release = ReleaseFactory(body=authority, created_by=sender, created_at=at)
        observations.store(rows=rows, release=release, owner=authority, at=at)
        return release

    return made


def public():
    return Observation.objects.current().published()


def test_what_is_approved_becomes_public_and_says_where_it_came_from(send, ashby):
    release = send(row(area=ashby, value=60.1, count=100))
    analyst = UserFactory()
    RecomputeRequest.objects.all().delete()

    done = approvals.approve(release_id=release.pk, by=analyst, at=LATER)

    assert (done.shown, done.hidden) == (1, 0)
    shown = public().get()
    assert (shown.value, shown.release.kind) == (60.1, ReleaseKind.APPROVED)
    assert shown.release.approved_from == release
    release.refresh_from_db()
    assert (release.state, release.decided_by) == (ReleaseState.APPROVED, analyst)
    assert AuditEvent.objects.filter(action="values.approved", by=analyst).count() == 1
    assert RecomputeRequest.objects.filter(reason=approvals.REASON).exists()
    assert Notice.objects.filter(kind="values.decided").count() == 1


def test_a_small_count_is_public_nowhere(send, ashby):
    release = send(row(area=ashby, value=1.5, count=3, lower_95=0.4, upper_95=4.1))

    done = approvals.approve(release_id=release.pk, by=UserFactory(), at=LATER)

    assert (done.shown, done.hidden) == (0, 1)
    shown = public().get()
    assert shown.note == Note.SUPPRESSED
    assert (shown.value, shown.count, shown.lower_95, shown.upper_95) == (None,) * 4
    # Nobody else reads the row that holds them: not by the API's query either.
    assert set(observations_visible_at(bodies=[]).values_list("value", flat=True)) == {None}
    audited = AuditEvent.objects.get(action="values.approved").detail
    assert audited == {"shown": 0, "hidden": 1, "same": 0, "published_elsewhere": 0}


def test_nobody_approves_what_they_sent_in(send, ashby):
    release = send(row(area=ashby))

    with pytest.raises(approvals.OwnReleaseError, match="another person"):
        approvals.approve(release_id=release.pk, by=release.created_by, at=LATER)

    assert not public().exists()
    release.refresh_from_db()
    assert release.state == ReleaseState.SUBMITTED


def test_a_release_is_decided_once(send, ashby):
    release = send(row(area=ashby))
    approvals.approve(release_id=release.pk, by=UserFactory(), at=LATER)

    with pytest.raises(approvals.DecisionRefusedError, match="decided"):
        approvals.approve(release_id=release.pk, by=UserFactory(), at=LATER)
    with pytest.raises(approvals.DecisionRefusedError, match="decided"):
        approvals.return_to_sender(release_id=release.pk, comment="No.", by=UserFactory(), at=LATER)
    assert public().count() == 1


def test_what_a_later_file_replaced_is_not_published(send, ashby):
    first = send(row(area=ashby, value=60.1))
    send(row(area=ashby, value=60.2), at=LATER)

    with pytest.raises(approvals.DecisionRefusedError, match="later file"):
        approvals.approve(release_id=first.pk, by=UserFactory(), at=LATER)

    assert not public().exists()


def test_a_national_value_stays_as_it_is(send, ashby):
    observations.store(
        rows=[row(area=ashby, value=61.0)], release=ReleaseFactory(), owner=None, at=NOW
    )
    release = send(row(area=ashby, value=60.1))

    done = approvals.approve(release_id=release.pk, by=UserFactory(), at=LATER)

    assert (done.shown, done.published_elsewhere) == (0, 1)
    assert public().get().value == 61.0
    assert not Release.objects.filter(kind=ReleaseKind.APPROVED).exists()


def test_a_national_release_supersedes_what_was_approved(send, ashby):
    release = send(row(area=ashby, value=60.1))
    approvals.approve(release_id=release.pk, by=UserFactory(), at=LATER)

    observations.store(
        rows=[row(area=ashby, value=61.0)], release=ReleaseFactory(), owner=None, at=LATER
    )

    assert public().get().value == 61.0


def test_an_approved_correction_supersedes_the_earlier_one_and_keeps_it(send, ashby):
    first = send(row(area=ashby, value=60.1))
    approvals.approve(release_id=first.pk, by=UserFactory(), at=NOW)
    second = send(row(area=ashby, value=60.4), at=LATER)

    approvals.approve(release_id=second.pk, by=UserFactory(), at=LATER)

    assert public().get().value == 60.4
    assert Observation.objects.published().count() == 2


def test_values_are_returned_with_a_comment(send, ashby):
    release = send(row(area=ashby))
    analyst = UserFactory()

    approvals.return_to_sender(release_id=release.pk, comment=" Wrong year. ", by=analyst, at=LATER)

    release.refresh_from_db()
    assert (release.state, release.comment) == (ReleaseState.RETURNED, "Wrong year.")
    assert not public().exists()
    assert AuditEvent.objects.filter(action="values.returned", by=analyst).count() == 1


def test_values_are_not_returned_without_a_word(send, ashby):
    release = send(row(area=ashby))

    with pytest.raises(approvals.CommentMissingError):
        approvals.return_to_sender(release_id=release.pk, comment=" ", by=UserFactory(), at=LATER)


def test_what_was_hidden_stays_hidden_while_it_is_the_same(send, ashby, indicator):
    first = send(row(area=ashby, value=1.5, count=3))
    approvals.approve(release_id=first.pk, by=UserFactory(), at=NOW)
    # The rule is gone, and the file comes again with another remark.
    Indicator.objects.filter(pk=indicator.pk).update(suppress_counts_to=None)
    second = send(row(area=ashby, value=1.5, count=3, value_note_text="Checked"), at=LATER)

    approvals.approve(release_id=second.pk, by=UserFactory(), at=LATER)

    assert public().get().note == Note.SUPPRESSED
