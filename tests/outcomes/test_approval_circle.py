"""The whole way of a body's values: sent in, returned, sent in again, approved, public."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.models import Role
from outcomes import recompute
from outcomes.actions import reading
from outcomes.models import Observation, Release, ReleaseState, Upload, UploadState
from tests.factories.authorities import (
    BoardFactory,
    MembershipFactory,
    NationalMembershipFactory,
)
from tests.factories.outcomes import IndicatorFactory, PeriodLockFactory, file_of, file_row

WRONG = file_of(
    file_row(area_code="E06000001", value="61.3"), file_row(area_code="E06000002", value="16.5")
)
RIGHT = WRONG.replace(b"16.5", b"61.5")
OBSERVATIONS = "/api/v1/observations/"


@pytest.fixture(autouse=True)
def indicator(db):
    return IndicatorFactory(fingertips_id=90362, code="hle", name="Healthy life expectancy")


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def site(editor):
    return signed_in(editor.user)


@pytest.fixture
def analyst(db):
    return signed_in(NationalMembershipFactory(role=Role.ANALYST, user__full_name="Ann List").user)


@pytest.fixture
def store(site, authority):
    """Send a file on the pages and have it stored."""

    def made(content):
        site.post(
            reverse("outcomes:upload-create", args=[authority.slug]),
            {"form_key": str(uuid.uuid4()), "file": SimpleUploadedFile("values.csv", content)},
        )
        upload = Upload.objects.latest("uploaded_at")
        reading.process(upload_id=upload.pk, at=timezone.now())
        upload.refresh_from_db()
        site.post(
            reverse("outcomes:upload-confirm", args=[authority.slug, upload.pk]),
            {"seen": upload.summary["fingerprint"]},
        )
        reading.process(upload_id=upload.pk, at=timezone.now())
        upload.refresh_from_db()
        assert upload.state == UploadState.COMMITTED
        return upload

    return made


def report(client, upload):
    address = reverse("outcomes:upload-report", args=[upload.body.slug, upload.pk])
    return client.get(address).content.decode()


def listed(client, authority):
    return client.get(reverse("outcomes:upload-list", args=[authority.slug])).content.decode()


def by_api(client, upload):
    return client.get(reverse("upload-detail", args=[upload.pk])).json()


def approve(client, upload):
    address = reverse("outcomes:approval-approve", args=[upload.release_id])
    return client.post(address, {"declare": "on"}, follow=True).content.decode()


def give_back(client, upload, comment="Barrow is wrong:\n16.5 years."):
    address = reverse("outcomes:approval-return", args=[upload.release_id])
    return client.post(address, {"comment": comment}, follow=True).content.decode()


def public_values():
    """What anybody reads: of the API, and of the page of the indicator."""
    answer = Client().get(OBSERVATIONS, {"indicator": "hle"}).json()
    page = Client().get(reverse("outcomes:indicator-areas", args=["hle"])).content.decode()
    values = {row["value"] for row in answer["results"]}
    return values, {text for text in ("61.3", "16.5", "61.5") if text in page}


def test_values_are_returned_corrected_approved_and_public(store, site, analyst, authority):
    first = store(WRONG)
    assert "Waits for approval" in listed(site, authority)
    waiting = report(site, first)
    assert "2 values of yours are new or changed. Only your colleagues see" in waiting
    assert "An analyst decides about these values." in waiting
    assert by_api(site, first)["approval"]["state"] == "waiting"
    assert public_values() == (set(), set())

    assert "Returned. Who sent it in is told." in give_back(analyst, first)

    text = listed(site, authority)
    assert "Returned with a comment" in text
    assert "by Ann List: Barrow is wrong:" in text
    text = report(site, first)
    assert "Your values were returned" in text
    assert "by Ann List." in text
    assert "Barrow is wrong:<br>16.5 years." in text
    assert "upload all of it again" in text
    assert "Upload the corrected file" in text
    told = by_api(site, first)["approval"]
    assert (told["state"], told["decided_by"]) == ("returned", "Ann List")
    assert told["comment"] == "Barrow is wrong:\n16.5 years."
    assert "upload all of it again" in told["fix"]
    assert told["public"] == ""
    assert public_values() == (set(), set())

    second = store(RIGHT)

    assert (second.added, second.unchanged, second.superseded) == (0, 0, 2)
    assert by_api(site, second)["resent"] == 1
    text = report(site, second)
    assert re.search(r"<b>1</b>changed values", text)
    assert re.search(r"<b>1</b>returned value sent again", text)
    assert "1 value of yours is new or changed." in text
    text = report(site, first)
    assert "A later file of yours has replaced every value of this one." in text
    assert "Upload the corrected file" not in text

    assert "2 values are public, 0 are suppressed" in approve(analyst, second)

    assert public_values() == ({61.3, 61.5}, {"61.3", "61.5"})
    recompute.run_pending()
    page = Client().get(reverse("outcomes:authority", args=[authority.slug])).content.decode()
    assert "61.5" in page
    assert "Sent in by you" not in page
    assert "Approved" in listed(site, authority)
    text = report(site, second)
    assert "Your values are approved" in text
    assert reverse("outcomes:authority", args=[authority.slug]) in text
    assert f'href="{reverse("outcomes:indicator-areas", args=["hle"])}"' in text
    told = by_api(site, second)["approval"]
    assert (told["state"], told["public"]) == (
        "approved",
        reverse("outcomes:authority", args=[authority.slug]),
    )


def test_who_sent_values_in_does_not_approve_them(store, editor, analyst):
    both = NationalMembershipFactory(role=Role.ANALYST, user=editor.user).user
    upload = store(WRONG)

    text = approve(signed_in(both), upload)

    assert "another person must approve them" in text
    upload.release.refresh_from_db()
    assert upload.release.state == ReleaseState.SUBMITTED
    assert not Observation.objects.published().exists()
    assert "2 values are public" in approve(analyst, upload)


def test_nobody_else_sees_values_that_wait_or_were_returned(store, analyst, site, authority):
    upload = store(WRONG)
    strangers = [
        Client(),
        signed_in(MembershipFactory().user),
        signed_in(MembershipFactory(body=BoardFactory()).user),
        signed_in(NationalMembershipFactory(role=Role.READER).user),
    ]

    for step in (None, give_back):
        if step is not None:
            step(analyst, upload)
        recompute.run_pending()
        for client in strangers:
            answers = [
                client.get(reverse(name, args=args))
                for name, args in (
                    ("outcomes:upload-report", [authority.slug, upload.pk]),
                    ("outcomes:upload-list", [authority.slug]),
                    ("outcomes:approval", [upload.release_id]),
                    ("upload-detail", [upload.pk]),
                )
            ]
            assert {answer.status_code for answer in answers} <= {302, 401, 403, 404}
            assert client.get(OBSERVATIONS).json()["results"] == []
            for name, args in (
                ("outcomes:authority", [authority.slug]),
                ("outcomes:indicator-areas", ["hle"]),
                ("outcomes:indicator-areas-csv", ["hle"]),
                ("catalogue:releases", []),
                ("catalogue:releases-csv", []),
            ):
                page = client.get(reverse(name, args=args))
                assert page.status_code == 200
                text = b"".join(page).decode()
                assert "16.5" not in text
                assert "values.csv" not in text
                assert "Barrow is wrong" not in text
        # The body itself sees them, marked as its own.
        own = {row["value"] for row in site.get(OBSERVATIONS).json()["results"]}
        assert own == {61.3, 16.5}


def test_a_file_that_changes_nothing_asks_nobody(store, site, analyst, authority):
    store(WRONG)
    again = store(WRONG)

    assert "asks for no approval" in report(site, again)
    assert "Stored, nothing new" in listed(site, authority)
    assert by_api(site, again)["approval"]["state"] == "nothing_new"
    waiting = analyst.get(reverse("outcomes:approval-list")).content.decode()
    assert waiting.count("values.csv") == 1


def test_a_file_that_a_later_one_replaced_says_so_and_waits_no_more(store, site, analyst):
    first = store(WRONG)
    store(WRONG.replace(b"61.3", b"61.4").replace(b"16.5", b"61.6"))

    assert "A later file has replaced every value of this one" in report(site, first)
    assert by_api(site, first)["approval"]["state"] == "replaced"
    waiting = analyst.get(reverse("outcomes:approval-list")).content.decode()
    assert waiting.count("values.csv") == 1


def test_a_locked_period_is_said_on_the_page_and_by_the_api(site, authority):
    PeriodLockFactory()
    site.post(
        reverse("outcomes:upload-create", args=[authority.slug]),
        {"form_key": str(uuid.uuid4()), "file": SimpleUploadedFile("values.csv", WRONG)},
    )
    upload = Upload.objects.get()
    reading.process(upload_id=upload.pk, at=timezone.now())

    text = report(site, upload)
    found = site.get(reverse("upload-problems", args=[upload.pk])).json()

    assert "There is a problem with 2 cells" in text
    assert "2022 - 24 has been locked since 23 November 2026: The round is closed." in text
    assert "ask the team at the Department of Health and Social Care to lift the lock" in text
    assert [(one["code"], one["cell"]) for one in found["errors"]] == [
        ("period-locked", "L2"),
        ("period-locked", "L3"),
    ]
    assert by_api(site, upload)["approval"] is None
    assert not Release.objects.exists()


def test_lists_and_reports_ask_as_much_whatever_was_decided(
    store, site, analyst, authority, django_assert_num_queries
):
    first = store(WRONG)
    give_back(analyst, first)
    second = store(RIGHT)
    approve(analyst, second)
    store(RIGHT)
    detail = reverse("upload-detail", args=[first.pk])
    returned, approved = (
        reverse("outcomes:upload-report", args=[authority.slug, upload.pk])
        for upload in (first, second)
    )

    # As for files that nobody has decided on: session, person, authority, rights, uploads.
    with django_assert_num_queries(6):
        listed(site, authority)
    # The API counts the call as well.
    with django_assert_num_queries(7):
        site.get(reverse("upload-list", args=[authority.slug]))
    with django_assert_num_queries(9):
        site.get(detail)
    # And for what is public, its indicators.
    with django_assert_num_queries(10):
        site.get(returned)
    with django_assert_num_queries(11):
        site.get(approved)
