"""What the demonstration tells agrees with itself."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from authorities.models import IntegratedCareBoard, Membership, Reorganisation, User
from duty.lifecycle import ReturnEvent
from duty.models import ReturnEvent as StoredEvent
from duty.models import Submission
from engagement.management.demonstration import accounts, figures
from engagement.models import Enrolment, FindingCorrection, PeerLink, Publication
from outcomes.actions import approvals
from outcomes.models import Observation, Release, Upload, UploadState

pytestmark = pytest.mark.slow


def test_each_return_was_submitted_when_its_history_says_and_in_time(world):
    signed = {
        (event.duty_return_id, event.payload["number"]): event.at
        for event in StoredEvent.objects.filter(type=ReturnEvent.SIGN)
    }

    assert signed == {
        (row.duty_return_id, row.number): row.submitted_at for row in Submission.objects.all()
    }
    assert len(signed) > 5
    assert not Submission.objects.filter(late=True).exists()


def test_a_file_waits_for_an_approver_who_sees_what_becomes_of_it(world, client):
    release = Release.objects.waiting().get()
    client.force_login(User.objects.get(email="analyst@dhsc.example"))

    listed = client.get(reverse("outcomes:approval-list")).content.decode()
    shown = client.get(reverse("outcomes:approval", args=[release.pk])).content.decode()

    assert str(release.pk) in listed
    assert release.upload.uploaded_by.email == f"editor@{world.authority}.example"
    assert "Invented for the demonstration" in shown
    assert "Special schools" in shown


def test_what_waits_may_be_approved_by_somebody_else_and_keeps_small_counts_hidden(world):
    release = Release.objects.waiting().get()

    done = approvals.approve(
        release_id=release.pk,
        by=User.objects.get(email="analyst@dhsc.example"),
        at=timezone.now(),
    )

    assert done.shown > done.hidden > 0
    assert not Release.objects.waiting().exists()


def test_the_file_is_sent_in_once(world):
    people = {user.email: user for user in User.objects.all()}
    before = Observation.objects.count()

    figures.send_in(people=people, at=timezone.now() - timedelta(days=1))

    assert Observation.objects.count() == before
    assert Upload.objects.get(file_name="year-6-measurements.csv").state == UploadState.COMMITTED


def test_a_published_level_is_corrected_and_another_correction_waits(world):
    first, second = Publication.objects.filter(round__slug=world.published_round).order_by("number")
    corrections = {row.state: row for row in FindingCorrection.objects.all()}

    assert set(corrections) == {"approved", "proposed", "declined"}
    assert corrections["approved"].publication == second
    pair = corrections["approved"].assessment.pair
    levels = [one.placements.get(pair=pair).board_level for one in (first, second)]
    assert levels == [corrections["approved"].level_before, corrections["approved"].level]
    assert second.published_at < timezone.now()
    assert first.placements.count() == second.placements.count()


def test_support_went_on_with_a_board_that_was_formed_anew_and_some_waits(world):
    board = IntegratedCareBoard.objects.get(slug="ouse-and-lea")
    enrolments = Enrolment.objects.filter(body=board)
    person = User.objects.get(email="signatory@central-east-icb.example")

    assert {row.needs_reconfirmation for row in enrolments} == {True, False}
    assert PeerLink.objects.get(body=board).needs_reconfirmation
    assert {row.origin_pair.board.slug for row in enrolments} == {"central-east"}
    assert person.memberships.filter(body=board, ended_at=None).exists()
    assert not reorganisations_waiting()


def reorganisations_waiting() -> bool:
    """Whether one was scheduled and not applied."""
    return Reorganisation.objects.filter(state__in=["scheduled", "applying", "failed"]).exists()


def test_the_next_start_gives_no_role_back_at_the_board_that_ended(world):
    accounts.make_accounts(at=timezone.now())

    assert not Membership.objects.filter(body__slug="central-east", ended_at=None).exists()
