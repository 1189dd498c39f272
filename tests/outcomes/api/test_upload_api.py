"""Uploads over HTTP: sent, followed, confirmed, cancelled; refused with reasons."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from authorities.models import AuditEvent, Body
from outcomes.actions import reading
from outcomes.models import Observation, Upload, UploadState
from tests.factories.authorities import MembershipFactory
from tests.factories.outcomes import (
    NOW,
    IndicatorFactory,
    ObservationFactory,
    UploadFactory,
    UploadProblemFactory,
    file_of,
    file_row,
)
from tests.outcomes.workbooks import figures, raw_workbook, workbook, zipped

GOOD = file_of(file_row(area_code="E06000001"))
LONG = "b" * 2_000
JUMP = file_of(file_row(area_code="E06000001", value="90.1", period="2025 - 27"))


@pytest.fixture(autouse=True)
def indicator(db):
    return IndicatorFactory(fingertips_id=90362)


@pytest.fixture
def site(client, editor):
    client.force_login(editor.user)
    return client


@pytest.fixture
def uploads_of(authority):
    return reverse("upload-list", args=[authority.slug])


def post(site, address, content, *, key=None, name="values.csv"):
    headers = {"Idempotency-Key": key} if key else {}
    return site.post(address, {"file": SimpleUploadedFile(name, content)}, headers=headers)


def read():
    upload = Upload.objects.get()
    reading.process(upload_id=upload.pk, at=NOW + timedelta(minutes=1))


def take(site, upload_id, step, key=None, **sent):
    headers = {"Idempotency-Key": key} if key else {}
    return site.post(
        reverse(f"upload-{step}", args=[upload_id]),
        sent,
        content_type="application/json",
        headers=headers,
    )


def test_a_file_is_sent_followed_and_stored(site, uploads_of):
    sent = post(site, uploads_of, GOOD)
    assert sent.status_code == 201
    waiting = sent.json()
    assert (waiting["state"], waiting["next_steps"]) == ("uploaded", ["cancel"])
    read()

    ready = site.get(sent["Location"]).json()
    stored = take(site, ready["id"], "confirm", fingerprint=ready["fingerprint"])
    read()
    done = site.get(sent["Location"]).json()

    assert (ready["state"], ready["next_steps"]) == ("ready", ["confirm", "cancel"])
    assert (ready["added"], ready["updated"], ready["unchanged"], ready["ignored"]) == (1, 0, 0, 0)
    assert (stored.status_code, stored.json()["state"]) == (200, "storing")
    assert (done["state"], done["next_steps"]) == ("committed", [])
    assert Observation.objects.count() == 1


def test_a_workbook_is_sent_like_any_file(site, uploads_of):
    sent = post(site, uploads_of, workbook([figures()]), name="values.xlsx")
    read()

    ready = site.get(sent["Location"]).json()

    assert (ready["state"], ready["added"], ready["rows_expected"]) == ("ready", 1, None)
    assert ready["notices"] == ["We read the sheet Data of the workbook."]


def test_problems_say_row_column_cell_and_what_to_do(site, uploads_of):
    sent = post(site, uploads_of, file_of(file_row(area_code="E06000001", value="60%")))
    read()
    upload = site.get(sent["Location"]).json()

    answer = site.get(reverse("upload-problems", args=[upload["id"]])).json()

    assert (upload["state"], upload["problems"]) == ("blocking_errors", 1)
    assert upload["next_steps"] == []
    assert answer["total"] == 1
    [error] = answer["errors"]
    assert (error["row"], error["column"], error["cell"]) == (2, "M", "M2")
    assert (error["given"], error["severity"]) == ("60%", "hard")
    assert "without the % sign" in error["fix"]


def test_a_file_refused_whole_says_why(site, uploads_of):
    sent = post(site, uploads_of, file_of(file_row(area_code="E06000009")))
    read()

    upload = site.get(sent["Location"]).json()

    assert upload["state"] == "rejected_file"
    assert upload["refusal"].startswith("This file is for Elsewhere.")


def test_warnings_are_confirmed_with_reasons(site, uploads_of, indicator):
    ObservationFactory(indicator=indicator, area=Body.objects.get(slug="ashby"))
    sent = post(site, uploads_of, JUMP)
    read()
    upload = site.get(sent["Location"]).json()
    assert upload["state"] == "needs_confirming"
    assert upload["warnings"] == [
        {
            "code": "jump",
            "title": "Changed by more than a quarter since the last period",
            "cells": 1,
            "reason": "",
        }
    ]

    without = take(site, upload["id"], "confirm", fingerprint=upload["fingerprint"])
    reasons = [{"code": "jump", "reason": "A new source."}]
    stale = take(site, upload["id"], "confirm", fingerprint="other", reasons=reasons)
    between = site.get(sent["Location"]).json()["state"]
    given = take(site, upload["id"], "confirm", fingerprint=upload["fingerprint"], reasons=reasons)

    assert without.status_code == 400
    [error] = without.json()["errors"]
    assert (error["code"], error["field"]) == ("reason-missing", "reasons.jump")
    assert (stale.status_code, stale.json()["errors"][0]["code"]) == (409, "stale")
    assert between == "needs_confirming"
    assert (given.status_code, given.json()["state"]) == (200, "storing")
    assert given.json()["warnings"][0]["reason"] == "A new source."


def test_a_file_is_cancelled_once(site, uploads_of):
    upload_id = post(site, uploads_of, GOOD).json()["id"]

    first, second = take(site, upload_id, "cancel"), take(site, upload_id, "cancel")

    assert (first.status_code, first.json()["state"]) == (200, "cancelled")
    assert second.status_code == 409
    assert second.json()["errors"][0]["code"] == "not-now"


def test_a_key_sends_a_file_once(site, uploads_of):
    key = str(uuid.uuid4())

    first, again = post(site, uploads_of, GOOD, key=key), post(site, uploads_of, GOOD, key=key)
    other = post(site, uploads_of, JUMP, key=key)

    assert again.json() == first.json()
    assert again["Idempotency-Replayed"] == "true"
    assert other.status_code == 422
    assert other.json()["errors"][0]["code"] == "key-reused"
    assert Upload.objects.count() == 1


def test_a_key_confirms_once_and_is_answered_alike(site, uploads_of):
    upload_id = post(site, uploads_of, GOOD).json()["id"]
    read()
    seen = Upload.objects.get().summary["fingerprint"]

    first = take(site, upload_id, "confirm", key="k", fingerprint=seen)
    again = take(site, upload_id, "confirm", key="k", fingerprint=seen)
    without = take(site, upload_id, "confirm", fingerprint=seen)

    assert (first.status_code, again.status_code, without.status_code) == (200, 200, 409)
    assert again.json() == first.json()
    assert AuditEvent.objects.filter(action="upload.confirmed").count() == 1


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 422, "empty"),
        (b"hello\nworld\n", 422, "no-headings"),
        (GOOD.replace(b",", b";"), 422, "separator"),
        (GOOD.decode().encode("utf-16"), 422, "utf-16"),
        (b"\x89PNG\r\n\x1a\n", 415, "not-csv"),
        (b"<html>", 415, "not-csv"),
        (b"\x7fELF\x02\x01", 415, "not-csv"),
        (zipped({"[Content_Types].xml": b"", "ppt/x.xml": b""}), 415, "not-csv"),
        (zipped({"../../etc/cron.d/x": b"x"}), 422, "archive"),
        (b"\x1f\x8b\x08", 422, "archive"),
        (b"\xd0\xcf\x11\xe0 0000", 415, "old-workbook"),
        (raw_workbook("<a/>", **{"xl/vbaProject.bin": b"x"}), 415, "macros"),
        (raw_workbook("<a/>")[:99], 415, "damaged"),
        (raw_workbook("<a/>", **{"xl/a.bin": bytes(60_000_000)}), 413, "too-large-unpacked"),
        (b"a,b\n" * 2_510_000, 413, "too-large"),
    ],
)
def test_what_is_no_file_of_figures_is_refused_and_nothing_kept(
    site, uploads_of, content, status, code
):
    answer = post(site, uploads_of, content)

    assert answer.status_code == status
    assert answer.json()["total"] == 1
    [error] = answer.json()["errors"]
    assert error["code"] == code
    assert set(error) >= {"row", "column", "cell", "code", "message", "fix", "given"}
    assert not Upload.objects.exists()


def test_a_body_that_is_too_large_is_not_read(site, uploads_of):
    class Unread:
        def read(self, *args):
            raise AssertionError("the body was read")

        readline = read

    answer = site.generic(
        "POST",
        uploads_of,
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH="100000000",
        **{"wsgi.input": Unread()},
    )

    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"data": {}}, 400),
        ({"data": {"file": "text"}}, 400),
        ({"data": {}, "content_type": "application/json"}, 415),
        ({"data": b"x", "content_type": "multipart/form-data"}, 400),
    ],
)
def test_a_request_without_a_file_is_refused(site, uploads_of, sent, status):
    assert site.post(uploads_of, **sent).status_code == status
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "fingerprint"),
        ({"fingerprint": 1}, "fingerprint"),
        ({"fingerprint": "x", "force": True}, "force"),
        ({"fingerprint": "x", "reasons": [{"code": "jump"}]}, "reasons.0.reason"),
        (
            {"fingerprint": "x", "reasons": [{"code": "a", "reason": "b" * 2000}]},
            "reasons.0.reason",
        ),
    ],
)
def test_a_confirmation_is_read_strictly(site, editor, sent, field):
    upload = UploadFactory(body=editor.body, state=UploadState.READY)

    answer = take(site, upload.pk, "confirm", **sent)

    assert answer.status_code == 400
    assert field in {error["field"] for error in answer.json()["errors"]}


@pytest.mark.parametrize("name", ["upload-detail", "upload-problems"])
def test_who_may_read_an_upload(client, editor, name):
    upload = UploadFactory(body=editor.body)
    address = reverse(name, args=[upload.pk])
    statuses = {}
    for who, user in (
        ("nobody", None),
        ("own", editor.user),
        ("stranger", MembershipFactory().user),
    ):
        client.logout()
        if user is not None:
            client.force_login(user)
        statuses[who] = client.get(address).status_code

    assert statuses == {"nobody": 401, "own": 200, "stranger": 404}


@pytest.mark.parametrize("step", ["confirm", "cancel"])
def test_nobody_else_takes_a_step(client, editor, step):
    upload = UploadFactory(body=editor.body, state=UploadState.READY)
    client.force_login(MembershipFactory().user)

    assert take(client, upload.pk, step, fingerprint="").status_code == 404
    upload.refresh_from_db()
    assert upload.state == UploadState.READY


def test_nobody_else_sends_a_file(client, authority, uploads_of):
    client.force_login(MembershipFactory().user)

    assert post(client, uploads_of, GOOD).status_code == 404
    assert client.get(uploads_of).status_code == 404


def test_the_list_has_the_own_uploads_in_as_many_queries_for_any_number(
    site, editor, uploads_of, django_assert_num_queries
):
    for day in range(6):
        UploadFactory(body=editor.body, uploaded_at=NOW + timedelta(days=day))
    UploadFactory()

    # Session, person, the count of calls, authority, rights, number, uploads.
    with django_assert_num_queries(7):
        found = site.get(uploads_of).json()

    assert found["count"] == 6


def test_an_upload_takes_the_same_queries_for_any_number_of_problems(
    site, editor, django_assert_num_queries
):
    upload = UploadFactory(body=editor.body, state="blocking_errors", problem_count=15)
    for order in range(15):
        UploadProblemFactory(upload=upload, order=order)
    address = reverse("upload-detail", args=[upload.pk])

    # Session, person, count of calls, upload, rights; the upload as it then is, counts, reasons.
    with django_assert_num_queries(9):
        site.get(address)
