"""Reasons, the word to store a file, and giving it up."""

import io
import uuid
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from authorities.models import AuditEvent, Body
from outcomes.actions import checking, reading, upload_steps, uploads
from outcomes.actions.staging import Staging
from outcomes.models import Observation, Release, Severity, Upload, UploadState
from outcomes.upload_lifecycle import Guard, UploadRefusedError
from tests.factories.authorities import UserFactory
from tests.factories.outcomes import (
    NOW,
    IndicatorFactory,
    ObservationFactory,
    file_of,
    file_row,
)

LATER = NOW + timedelta(minutes=5)
OWN = file_row(area_code="E06000001")
OTHER = file_row(area_code="E06000009")
ENGLAND = file_row(area_code="E92000001")
JUMP = file_of(file_row(area_code="E06000001", value="90.1", period="2025 - 27"))


@pytest.fixture(autouse=True)
def indicator(db):
    return IndicatorFactory(fingertips_id=90362)


@pytest.fixture
def send(editor):
    def sent(content):
        return uploads.receive(
            body=editor.body,
            file=ContentFile(content),
            file_name="values.csv",
            form_key=uuid.uuid4(),
            by=editor.user,
            at=NOW,
        )

    return sent


@pytest.fixture
def published(authority, indicator):
    """A published value of the first council, 60.1 in 2022 - 24."""
    return ObservationFactory(indicator=indicator, area=Body.objects.get(slug="ashby"))


def read(upload):
    reading.process(upload_id=upload.pk, at=LATER)
    upload.refresh_from_db()
    return upload


def confirm(upload, **more):
    seen = more.get("seen", upload.summary.get("fingerprint", ""))
    upload_steps.confirm(upload=upload, seen=seen, by=upload.uploaded_by, at=LATER)
    upload.refresh_from_db()
    return upload


def severities(upload):
    return list(upload.problems.order_by("order").values_list("severity", flat=True))


def test_rows_of_others_are_refused_and_said_first(send):
    upload = read(send(file_of(OWN, OTHER, file_row(area_code="E99999999"))))

    assert upload.state == UploadState.SETUP_ERRORS
    assert severities(upload) == [Severity.NOT_YOURS, Severity.SETUP]
    problem = upload.problems.first()
    assert (problem.row, problem.column, problem.given) == (3, "E", "E06000009")
    assert problem.message == "You’re not authorised to submit for Elsewhere."
    assert problem.fix == (
        "You can only submit for North Testshire Combined Authority and its councils. "
        "Remove this row."
    )


def test_a_file_with_rows_of_others_only_is_the_wrong_one_in_one_sentence(send):
    upload = read(send(file_of(OTHER)))

    assert upload.state == UploadState.REJECTED_FILE
    assert upload.summary["refusal"] == (
        "This file is for Elsewhere. You can only submit for North Testshire Combined Authority "
        "and its councils."
    )
    assert not upload.problems.exists()


def test_of_a_download_as_it_is_the_own_rows_are_taken_and_the_others_left_out(send, authority):
    upload = read(send(file_of(ENGLAND, OWN, OTHER)))

    assert (upload.state, upload.added, upload.ignored) == (UploadState.READY, 1, 2)
    assert any("2 rows are for England or for areas" in notice for notice in upload.notices)
    read(confirm(upload))
    assert upload.state == UploadState.COMMITTED
    assert Observation.objects.get().area.slug == "ashby"


def test_an_indicator_that_the_catalogue_lacks_is_not_identified(send):
    upload = read(send(file_of(file_row(area_code="E06000001", indicator=99999))))

    assert upload.state == UploadState.SETUP_ERRORS
    assert upload.problems.get().code == "indicator-unknown"


def test_a_warning_asks_for_a_reason_and_then_for_the_word(send, published, editor):
    upload = read(send(JUMP))
    assert upload.state == UploadState.NEEDS_CONFIRMING
    assert severities(upload) == [Severity.SOFT]

    upload_steps.give_reasons(
        upload=upload, reasons={"jump": " A new  source. "}, by=editor.user, at=LATER
    )

    upload.refresh_from_db()
    assert upload.state == UploadState.READY
    kept = upload.confirmations.get()
    assert (kept.code, kept.reason, kept.by) == ("jump", "A new source.", editor.user)
    event = AuditEvent.objects.get(action="upload.reasons_given")
    assert event.detail == {"codes": ["jump"]}
    read(confirm(upload))
    assert upload.state == UploadState.COMMITTED


@pytest.mark.parametrize("reasons", [{}, {"jump": "  "}, {"other": "Because."}])
def test_a_kind_of_warning_without_a_reason_is_asked_for_again(send, published, editor, reasons):
    upload = read(send(JUMP))

    with pytest.raises(upload_steps.ReasonsMissingError) as caught:
        upload_steps.give_reasons(upload=upload, reasons=reasons, by=editor.user, at=LATER)

    assert caught.value.codes == ("jump",)
    upload.refresh_from_db()
    assert upload.state == UploadState.NEEDS_CONFIRMING
    assert not upload.confirmations.exists()


def test_a_reason_that_is_too_long_is_refused(send, published, editor):
    upload = read(send(JUMP))

    with pytest.raises(upload_steps.ReasonsMissingError, match="at most 1,000 characters"):
        upload_steps.give_reasons(
            upload=upload, reasons={"jump": "x" * 1001}, by=editor.user, at=LATER
        )


def test_a_file_with_unusual_values_cannot_be_stored_without_reasons(send, published):
    upload = read(send(JUMP))

    with pytest.raises(UploadRefusedError, match="waits for your reasons"):
        confirm(upload)


def test_reasons_are_taken_once(send, editor):
    upload = read(send(file_of(OWN)))

    with pytest.raises(UploadRefusedError, match="waits for your word"):
        upload_steps.give_reasons(upload=upload, reasons={}, by=editor.user, at=LATER)


def test_who_saw_something_else_does_not_confirm(send):
    upload = read(send(file_of(OWN)))

    with pytest.raises(UploadRefusedError) as caught:
        confirm(upload, seen="something else")

    assert caught.value.guard == Guard.SEEN_AS_IT_IS
    upload.refresh_from_db()
    assert upload.state == UploadState.READY


def test_a_second_confirmation_is_refused(send):
    upload = confirm(read(send(file_of(OWN))))

    with pytest.raises(UploadRefusedError, match="is being stored"):
        confirm(upload)


def test_the_queue_is_told_of_a_confirmed_file(send, queue, django_capture_on_commit_callbacks):
    upload = read(send(file_of(OWN)))

    with django_capture_on_commit_callbacks(execute=True):
        confirm(upload)

    assert queue == [(upload_steps.PROCESS_TASK, {"upload_id": str(upload.pk)})]


def test_the_sweep_finds_a_confirmed_file_that_nobody_stores(send, queue):
    upload = confirm(read(send(file_of(OWN))))

    assert uploads.sweep(at=LATER + timedelta(seconds=10)) == 0
    assert uploads.sweep(at=LATER + timedelta(minutes=2)) == 1
    assert queue[-1][1] == {"upload_id": str(upload.pk)}


def test_what_would_do_something_else_by_now_is_not_stored(send):
    first, second = read(send(file_of(OWN))), read(send(file_of(OWN)))
    confirm(first)
    confirm(second)
    read(first)

    read(second)

    assert second.state == UploadState.READY
    assert second.summary["changed"]
    assert (second.added, second.unchanged) == (0, 1)
    assert (second.confirmed_at, second.confirmed_by) == (None, None)
    assert Release.objects.count() == 1
    read(confirm(second))
    assert second.state == UploadState.COMMITTED


def test_a_value_that_became_unusual_after_the_word_asks_for_a_reason(send, authority, indicator):
    upload = confirm(read(send(JUMP)))
    ObservationFactory(indicator=indicator, area=Body.objects.get(slug="ashby"))

    read(upload)

    assert upload.state == UploadState.NEEDS_CONFIRMING
    assert not Observation.objects.filter(owner=authority).exists()


def test_an_area_that_is_not_the_bodys_any_more_stops_a_confirmed_file(send, authority):
    upload = confirm(read(send(file_of(OWN))))
    for membership in authority.council_memberships.all():
        membership.delete()

    read(upload)

    assert upload.state == UploadState.REJECTED_FILE
    assert not Observation.objects.exists()


@pytest.mark.parametrize("is_read", [False, True])
def test_a_file_is_cancelled_before_it_is_stored(send, editor, is_read):
    upload = send(file_of(OWN))
    if is_read:
        read(upload)

    upload_steps.cancel(upload=upload, by=editor.user, at=LATER)

    upload.refresh_from_db()
    assert (upload.state, upload.cancel_asked_at) == (UploadState.CANCELLED, LATER)
    assert AuditEvent.objects.get(action="upload.cancelled").by == editor.user
    read(upload)
    assert upload.state == UploadState.CANCELLED
    assert upload.file.storage.exists(upload.file.name)


def test_a_file_that_is_being_stored_is_not_cancelled(send, editor):
    upload = confirm(read(send(file_of(OWN))))

    with pytest.raises(UploadRefusedError, match="is being stored"):
        upload_steps.cancel(upload=upload, by=editor.user, at=LATER)


def test_a_worker_stops_when_the_file_is_cancelled_while_it_reads(send, editor, monkeypatch):
    upload = send(file_of(OWN))
    monkeypatch.setattr(reading, "_SECONDS_BETWEEN_NOTES", 0)
    cancelled = []
    progress = reading._Progress.tell

    def tell(self, rows):
        # What happens in another session while the worker reads.
        upload_steps.cancel(upload=upload, by=editor.user, at=LATER)
        cancelled.append(rows)
        progress(self, rows)

    monkeypatch.setattr(reading._Progress, "tell", tell)

    read(upload)

    assert cancelled == [1]
    assert upload.state == UploadState.CANCELLED
    assert not upload.problems.exists()


def test_a_confirmed_file_that_stopped_three_workers_is_given_up(send):
    upload = confirm(read(send(file_of(OWN))))
    Upload.objects.filter(pk=upload.pk).update(attempts=3)

    read(upload)

    assert upload.state == UploadState.FAILED
    assert not Observation.objects.exists()


def test_another_person_of_the_body_may_confirm_and_is_kept(send, authority):
    upload = read(send(file_of(OWN)))
    other = UserFactory()

    upload_steps.confirm(upload=upload, seen=upload.summary["fingerprint"], by=other, at=LATER)

    read(upload)
    assert (upload.confirmed_by, upload.release.created_by) == (other, other)


def test_the_checker_says_how_far_it_is(send, authority):
    told: list[int] = []
    with Staging() as staging:
        checking.check(
            content=io.BytesIO(file_of(OWN)),
            name="values.csv",
            body=authority,
            staging=staging,
            tell=told.append,
            at=LATER,
        )
        assert staging.rows == 1

    assert told == [1]
