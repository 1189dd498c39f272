"""Values that an authority sent in, on its own page: how each stands."""

import csv
import io
import re

import pytest
from django.urls import reverse

from outcomes import recompute
from outcomes.actions import approvals
from outcomes.models import Indicator, Subject
from tests.factories.authorities import StrategicAuthorityFactory, UserFactory
from tests.factories.outcomes import NOW, IndicatorFactory, ReleaseFactory
from tests.outcomes.views.test_authority import OWN, get, publish, refresh, text_of


@pytest.fixture
def hle():
    return IndicatorFactory(code="hle", name="Healthy life expectancy at birth", unit="years")


@pytest.fixture
def values(authority, hle):
    """Ashby and England have published values."""
    publish(hle, "ashby", 60.1)
    publish(hle, "england", 61.0)
    refresh(authority)


def sent_in(authority, hle, value, **facts):
    """Send a value of Ashby in as the authority; give its release."""
    release = ReleaseFactory(body=authority, created_by=UserFactory())
    publish(hle, "ashby", value, owner=authority, release=release, **facts)
    return release


def approved(release):
    approvals.approve(release_id=release.pk, by=UserFactory(), at=NOW)


def how_it_stands(client, authority, editor):
    """Return what the page and the file say to a member of the one own value."""
    assert recompute.run_pending() > 0
    client.force_login(editor.user)
    page = text_of(get(client, authority))
    answer = client.get(reverse("outcomes:indicator-csv", args=[authority.slug, "hle"]))
    rows = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    (status,) = {row["status"] for row in rows if row["status"] != "published"}
    remarks = set(re.findall(r"Sent in by you[^.<;]*", page.split('class="app-multi"')[1]))
    (remark,) = remarks - {"Sent in by you’ are seen by your colleagues only"}
    return remark, status


def test_a_value_that_waits_is_said_to_wait(client, authority, hle, values, editor):
    sent_in(authority, hle, 71.5)
    refresh(authority)
    recompute.request(subject=Subject.AUTHORITY, subject_id=authority.pk, reason="test", at=NOW)

    assert how_it_stands(client, authority, editor) == (
        "Sent in by you, not yet approved",
        "sent in, not yet approved",
    )


def test_a_value_that_was_returned_is_said_to_be(client, authority, hle, values, editor):
    release = sent_in(authority, hle, 71.5)
    approvals.return_to_sender(
        release_id=release.pk, comment="Wrong year.", by=UserFactory(), at=NOW
    )

    assert how_it_stands(client, authority, editor) == (
        "Sent in by you, returned for correction",
        "sent in, returned for correction",
    )


def test_an_approved_value_beside_a_national_one_is_said_to_be_approved(
    client, authority, hle, values, editor
):
    approved(sent_in(authority, hle, 71.5))

    assert how_it_stands(client, authority, editor) == (
        "Sent in by you and approved, published nationally with another value",
        "sent in, approved, published nationally with another value",
    )


def test_an_approved_value_that_is_suppressed_is_said_to_be_approved(
    client, authority, hle, editor
):
    Indicator.objects.filter(pk=hle.pk).update(suppress_counts_to=4)
    approved(sent_in(authority, hle, 71.5, count=3))

    assert how_it_stands(client, authority, editor) == (
        "Sent in by you and approved, suppressed for the public",
        "sent in, approved, suppressed for the public",
    )
    client.logout()
    assert "71.5" not in text_of(get(client, authority))


def test_an_approved_value_that_another_body_replaced_is_said_to_be_approved(
    client, authority, hle, editor
):
    approved(sent_in(authority, hle, 71.5))
    other = StrategicAuthorityFactory()
    release = ReleaseFactory(body=other, created_by=UserFactory())
    publish(hle, "ashby", 72.5, owner=other, release=release)
    approved(release)

    assert how_it_stands(client, authority, editor) == (
        "Sent in by you and approved, not public as it stands",
        "sent in, approved, not public as it stands",
    )


def test_an_approved_value_that_is_public_is_shown_as_published(client, authority, hle, editor):
    approved(sent_in(authority, hle, 71.5))
    assert recompute.run_pending() > 0
    client.force_login(editor.user)

    text = text_of(get(client, authority))

    assert "71.5" in text
    assert OWN not in text
