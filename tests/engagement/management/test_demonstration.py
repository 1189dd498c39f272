"""What the demonstration tells agrees with itself."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from authorities.models import IntegratedCareBoard, Membership, Reorganisation, User
from duty.agreements import Answer
from duty.lifecycle import ReturnEvent, ReturnState
from duty.models import (
    DutyReturn,
    ExpectedReturn,
    PartnershipAgreement,
    Round,
    RoundState,
    Submission,
)
from duty.models import ReturnEvent as StoredEvent
from duty.queries.agreements import signing_of
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


def test_rounds_and_returns_stand_in_every_state_that_people_may_meet(world):
    rounds = Round.objects.all()
    asked = DutyReturn.objects.filter(round__slug=world.round)
    published = DutyReturn.objects.filter(round__slug=world.published_round)

    assert {(row.state, row.is_test) for row in rounds} == {
        (RoundState.SCHEDULED, False),
        (RoundState.OPEN, False),
        (RoundState.PUBLISHED, False),
        (RoundState.CLOSED, True),
    }
    # Not started are those without a row.
    assert {row.state for row in asked} == {
        ReturnState.IN_PROGRESS,
        ReturnState.AWAITING_SIGN_OFF,
        ReturnState.SUBMITTED,
        ReturnState.CHANGES_REQUESTED,
        ReturnState.SUBMITTED_WITH_CHANGES,
        ReturnState.ACCEPTED,
    }
    assert asked.count() < ExpectedReturn.objects.filter(round__slug=world.round).count()
    assert published.filter(submissions=None).exists()
    assert ExpectedReturn.objects.exclude(extended_edits_until=None).exists()
    events = set(StoredEvent.objects.filter(duty_return__in=asked).values_list("type", flat=True))
    assert {ReturnEvent.DECLINE, ReturnEvent.REQUEST_CHANGES, ReturnEvent.REOPEN} <= events


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


def test_agreements_stand_where_people_may_meet_them(world):
    rows = PartnershipAgreement.objects.order_by("title")
    signing = signing_of(agreements=rows)

    said = {row.title: [one.answer for one in signing[row.pk].standing.parties] for row in rows}

    assert said == {
        "Agreement on fair growth and health": [Answer.SIGNED, Answer.SIGNED, Answer.DECLINED],
        "Memorandum of understanding on work and health": [Answer.SIGNED, Answer.WAITS],
        "Partnership agreement on warm and healthy homes": [Answer.SIGNED, Answer.SIGNED],
    }
