"""The pages of approvals and locks."""

import pytest
from django.urls import reverse

from authorities.models import Council, Role
from outcomes.actions import observations
from outcomes.models import Observation, PeriodLock, ReleaseState
from outcomes.return_file import ValueNote
from tests.factories.authorities import MembershipFactory, NationalBodyFactory, UserFactory
from tests.factories.outcomes import NOW, IndicatorFactory, PeriodLockFactory, ReleaseFactory
from tests.outcomes.rows import row


@pytest.fixture
def release(authority):
    IndicatorFactory(fingertips_id=90362, suppress_counts_to=4, name="Healthy life")
    ashby, barrow = (Council.objects.get(slug=slug) for slug in ("ashby", "barrow"))
    made = ReleaseFactory(body=authority, created_by=UserFactory(full_name="Sam Sender"))
    observations.store(
        rows=[row(area=ashby, value=61.25, count=100), row(area=barrow, value=1.5, count=3)],
        release=made,
        owner=authority,
        at=NOW,
    )
    return made


def person(role):
    return MembershipFactory(body=NationalBodyFactory(), role=role).user


@pytest.fixture
def analyst(db, client):
    made = person(Role.ANALYST)
    client.force_login(made)
    return made


def test_what_waits_is_listed_and_read_value_by_value(client, analyst, release):
    listed = client.get(reverse("outcomes:approval-list")).content.decode()
    assert "North Testshire Combined Authority" in listed
    assert "Sam Sender" in listed

    page = client.get(reverse("outcomes:approval", args=[release.pk])).content.decode()
    assert "61.25" in page
    assert "Since the count is small" in page


def test_a_note_that_would_become_public_is_read_with_its_value(client, analyst, authority):
    IndicatorFactory(fingertips_id=90362)
    made = ReleaseFactory(body=authority, created_by=UserFactory())
    ashby = Council.objects.get(slug="ashby")
    said = row(area=ashby, value_note_text="Ask <b>Jane</b>", note=ValueNote.REMARKED)
    observations.store(rows=[said], release=made, owner=authority, at=NOW)

    page = client.get(reverse("outcomes:approval", args=[made.pk])).content.decode()

    assert "‘Ask &lt;b&gt;Jane&lt;/b&gt;’" in page


def test_values_are_approved_on_the_page(client, analyst, release):
    url = reverse("outcomes:approval-approve", args=[release.pk])
    assert client.post(url).status_code == 422

    answer = client.post(url, {"declare": "on"}, follow=True)

    assert "1 values are public, 1 are suppressed" in answer.content.decode()
    release.refresh_from_db()
    assert (release.state, release.decided_by) == (ReleaseState.APPROVED, analyst)


def test_values_are_returned_on_the_page(client, analyst, release):
    url = reverse("outcomes:approval-return", args=[release.pk])
    assert "Enter what is to be corrected" in client.post(url).content.decode()

    client.post(url, {"comment": "The year is wrong."})

    release.refresh_from_db()
    assert (release.state, release.comment) == (ReleaseState.RETURNED, "The year is wrong.")
    late = client.post(
        reverse("outcomes:approval-approve", args=[release.pk]), {"declare": "on"}, follow=True
    )
    assert "Somebody has decided" in late.content.decode()
    assert not Observation.objects.published().exists()


def test_who_sent_values_in_reads_that_another_person_decides(client, analyst, release):
    release.created_by = analyst
    release.save()

    page = client.get(reverse("outcomes:approval", args=[release.pk])).content.decode()
    assert "another person must approve them" in page
    answer = client.post(
        reverse("outcomes:approval-approve", args=[release.pk]), {"declare": "on"}, follow=True
    )
    assert "another person must approve them" in answer.content.decode()
    assert not Observation.objects.published().exists()


def test_a_release_that_nobody_sent_in_is_not_found(client, analyst):
    national = ReleaseFactory()
    assert client.get(reverse("outcomes:approval", args=[national.pk])).status_code == 404


def test_periods_are_locked_and_unlocked_on_the_page(client, authority):
    client.force_login(person(Role.LEAD_ANALYST))
    url = reverse("outcomes:period-lock-add")
    wrong = client.post(url, {"first_day": "1 April 2024", "last_day": "1 March 2024"})
    assert wrong.status_code == 422
    assert "must not be before the first" in wrong.content.decode()

    said = {"first_day": "1 April 2024", "last_day": "31 March 2025", "reason": "Closed."}
    page = client.post(url, {**said, "body": authority.slug}, follow=True).content.decode()
    assert "1 April 2024 to 31 March 2025" in page
    lock = PeriodLock.objects.get()
    assert lock.body_id == authority.pk

    lift = reverse("outcomes:period-unlock", args=[lock.pk])
    assert client.post(lift).status_code == 422
    assert "Lifted" in client.post(lift, {"reason": "Late."}, follow=True).content.decode()
    again = client.post(lift, {"reason": "Again."})
    assert again.status_code == 409


def test_an_analyst_reads_locks_and_sets_none(client, analyst):
    lock = PeriodLockFactory()
    page = client.get(reverse("outcomes:period-locks")).content.decode()
    assert "The round is closed." in page
    assert client.get(reverse("outcomes:period-unlock", args=[lock.pk])).status_code == 403
    assert client.post(reverse("outcomes:period-lock-add"), {}).status_code == 403


def test_a_body_does_not_know_of_these_pages(client, editor, release):
    client.force_login(editor.user)
    for name, args in (
        ("approval-list", []),
        ("approval", [release.pk]),
        ("approval-approve", [release.pk]),
        ("period-locks", []),
    ):
        assert client.get(reverse(f"outcomes:{name}", args=args)).status_code == 404
