"""What the demonstration tells agrees with itself."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from authorities.models import User
from duty.lifecycle import ReturnEvent
from duty.models import ReturnEvent as StoredEvent
from duty.models import Submission
from engagement.management.demonstration import figures
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
