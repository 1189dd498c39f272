"""The sliver threshold on screen: everybody reads it, one proposes, another approves."""

import uuid
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from authorities.actions.pairs import rebuild_pairs
from authorities.models import Role, SliverThreshold
from outcomes.models import RecomputeRequest, Subject
from tests.authorities.actions.test_pairs import place
from tests.factories import engagement as make
from tests.factories.authorities import BoardFactory, StrategicAuthorityFactory

pytestmark = pytest.mark.django_db


def words(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def overlap(db):
    """An authority with a board of three quarters of its people, and one of a quarter."""
    authority = StrategicAuthorityFactory()
    place(people=75, authority=authority, board=BoardFactory())
    place(people=25, authority=authority, board=BoardFactory())
    rebuild_pairs(by=None, at=timezone.now())


def proposed(client, person, percent="30", days=30):
    client.force_login(person)
    day = timezone.localdate() + timedelta(days=days)
    return client.post(
        reverse("readings:threshold-new"),
        {
            "percent": percent,
            "holds_from_day": day.day,
            "holds_from_month": day.month,
            "holds_from_year": day.year,
            "reason": "Policy changed.",
            "form_key": str(uuid.uuid4()),
        },
    )


@pytest.mark.django_db(transaction=True)
def test_what_came_with_the_site_is_there_after_tables_were_emptied():
    call_command("flush", interactive=False, verbosity=0)

    assert [row.number for row in SliverThreshold.objects.all()] == [1]


def test_anybody_reads_which_threshold_holds(client, db):
    shown = words(client.get(reverse("readings:thresholds")))

    assert "2%" in shown
    assert "The beginning" in shown
    assert "Propose another threshold" not in shown


def test_a_proposal_shows_who_would_come_and_go_and_another_person_approves(client, overlap, round):
    analyst, lead = make.central(Role.ANALYST), make.central(Role.LEAD_ANALYST)
    response = proposed(client, analyst)
    shown = words(client.get(response["Location"]))
    number = SliverThreshold.objects.get(state="proposed").number
    client.logout()
    public = words(client.get(reverse("readings:thresholds")))
    client.force_login(lead)
    approve = reverse("readings:threshold-approve", args=[number])
    asked = client.post(approve, {})
    done = client.post(approve, {"declare": "on"}, follow=True)

    assert "0 would come, 1 would go, 1 would stay" in shown
    assert "Would be a sliver" in shown
    assert "25.00%" in shown
    assert "30%" not in public
    assert asked.status_code == 422
    assert "30%" in words(done)
    assert RecomputeRequest.objects.filter(subject=Subject.ROUND, subject_id=round.pk).exists()


def test_who_proposed_it_cannot_approve_it(client, overlap):
    lead = make.central(Role.LEAD_ANALYST)
    response = proposed(client, lead)
    shown = words(client.get(response["Location"]))
    number = SliverThreshold.objects.get(state="proposed").number

    refused = client.post(reverse("readings:threshold-approve", args=[number]), {"declare": "on"})

    assert "another person must approve it" in shown
    assert refused.status_code == 409


@pytest.mark.parametrize(
    ("percent", "days", "message"),
    [
        ("two", 30, "Enter a percentage from 0 to 100"),
        ("2.555", 30, "Use at most two decimals"),
        ("3", -1, "The day is past"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client, db, percent, days, message):
    response = proposed(client, make.central(Role.ANALYST), percent, days)

    assert response.status_code == 422
    assert message in words(response)
    assert "Policy changed." in words(response)


def test_a_declined_threshold_is_known_to_the_centre_alone(client, db):
    proposed(client, make.central(Role.ANALYST))
    number = SliverThreshold.objects.get(state="proposed").number
    client.force_login(make.central(Role.LEAD_ANALYST))
    decline = reverse("readings:threshold-decline", args=[number])

    assert client.post(decline, {}).status_code == 422
    done = words(client.post(decline, {"reason": "Too high."}, follow=True))
    client.logout()

    assert "Too high." in done
    assert "30%" not in words(client.get(reverse("readings:thresholds")))
