"""Something final, sent by whoever proved too long ago who they are: asked for, kept, and done."""

from datetime import timedelta

import pytest
from django.conf import settings as site
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.actions.pairs import rebuild_pairs
from authorities.models import Role, SliverThreshold
from tests.authorities.actions.test_pairs import place
from tests.authorities.test_two_steps import PASSWORD, set_up_app
from tests.engagement.views.test_sliver_threshold import proposed
from tests.factories import engagement as make
from tests.factories.authorities import BoardFactory, StrategicAuthorityFactory

pytestmark = pytest.mark.django_db

SHORT = timedelta(seconds=site.ACCOUNT_REAUTHENTICATION_TIMEOUT)


@pytest.fixture
def approval(client: Client, round) -> str:
    """The page on which a lead analyst, who is signed in, approves what an analyst proposed."""
    cache.clear()
    authority = StrategicAuthorityFactory()
    place(people=75, authority=authority, board=BoardFactory())
    place(people=25, authority=authority, board=BoardFactory())
    rebuild_pairs(by=None, at=timezone.now())
    proposed(client, make.central(Role.ANALYST))
    lead = make.central(Role.LEAD_ANALYST)
    lead.set_password(PASSWORD)
    lead.save()
    client.force_login(lead)
    number = SliverThreshold.objects.get(state="proposed").number
    return reverse("readings:threshold-approve", args=[number])


def prove(client: Client, *, ago: timedelta) -> None:
    """Let it be so long ago that whoever is signed in proved who they are."""
    session = client.session
    session.prove(now=timezone.now() - ago)
    session.save()


def state() -> str:
    return SliverThreshold.objects.latest("number").state


def test_just_before_a_quarter_of_an_hour_nothing_is_asked(client, approval):
    prove(client, ago=SHORT - timedelta(seconds=5))

    client.post(approval, {"declare": "on"})

    assert state() == "approved"


def test_just_after_it_nothing_is_done_before_the_password(client, approval):
    prove(client, ago=SHORT + timedelta(seconds=5))

    asked = client.get(approval)
    sent = client.post(approval, {"declare": "on"})

    confirm = f"{reverse('account_reauthenticate')}?next={approval}".replace("/", "%2F")
    assert asked.url.replace("/", "%2F") == sent.url.replace("/", "%2F") == confirm
    assert state() == "proposed"


def test_a_wrong_password_does_nothing_and_the_right_one_goes_on(client, approval):
    prove(client, ago=SHORT + timedelta(seconds=5))
    confirm = client.post(approval, {"declare": "on"}).url

    wrong = client.post(confirm, {"password": "not the password"})
    between = state()
    done = client.post(confirm, {"password": PASSWORD})

    assert wrong.status_code == 200
    assert between == "proposed"
    assert done.url == reverse("readings:thresholds")
    assert state() == "approved"


def test_who_has_a_second_step_is_asked_for_it(client, approval, settings):
    settings.TWO_STEPS = True
    set_up_app(client)
    prove(client, ago=SHORT + timedelta(seconds=5))

    asked = client.get(approval)
    page = client.get(asked.url).content.decode()

    assert asked.url.startswith(reverse("mfa_reauthenticate"))
    assert "6 digits" in page
    assert "Use your password" in page
