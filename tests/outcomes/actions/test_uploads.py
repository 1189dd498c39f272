"""A file comes in, and is read whole or not at all."""

import uuid
from datetime import timedelta
from hashlib import sha256

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from authorities.actions import messages
from authorities.models import AuditEvent, Message
from authorities.received_files import FormUsedError
from outcomes.actions import reading, upload_steps, uploads
from outcomes.models import Observation, RecomputeRequest, Release, Upload, UploadState
from outcomes.return_file import ReturnFileError
from tests.factories.authorities import MembershipFactory
from tests.factories.outcomes import NOW, IndicatorFactory, file_of, file_row
from tests.outcomes.conftest import make_authority

LATER = NOW + timedelta(minutes=5)
GOOD = file_of(
    file_row(area_code="E06000001"),
    file_row(area_code="E06000002", value=""),
)
BAD = file_of(file_row(area_code="E06000001"), file_row(area_code="E06000002", value="n/a?"))


@pytest.fixture
def send(editor):
    """Send bytes as the editor of the authority; returns the upload."""

    def sent(content=GOOD, *, key=None, name="values.csv", by=editor.user, body=editor.body):
        return uploads.receive(
            body=body,
            file=ContentFile(content),
            file_name=name,
            form_key=key or uuid.uuid4(),
            by=by,
            at=NOW,
        )

    return sent


@pytest.fixture(autouse=True)
def indicator(db):
    """The catalogue knows what the files are of."""
    return IndicatorFactory(fingertips_id=90362)


def read(upload, at=LATER):
    reading.process(upload_id=upload.pk, at=at)
    upload.refresh_from_db()
    return upload


def stored(upload, at=LATER):
    """Have a good file checked, confirm it, and have it stored."""
    read(upload, at)
    upload_steps.confirm(
        upload=upload, seen=upload.summary["fingerprint"], by=upload.uploaded_by, at=at
    )
    return read(upload, at)


def rows_of_every_table() -> dict[str, int]:
    tables = connection.introspection.table_names()
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.db_table in tables
    }


def stored_files() -> list[str]:
    if not default_storage.exists("uploads"):
        return []
    years = default_storage.listdir("uploads")[0]
    return [
        name
        for year in years
        for month in default_storage.listdir(f"uploads/{year}")[0]
        for name in default_storage.listdir(f"uploads/{year}/{month}")[1]
    ]


def test_a_file_is_kept_under_a_name_of_the_server(send):
    upload = send(name="..\\..\\etc/passwd\x00 <b>.csv")

    assert upload.file_name == "passwd <b>.csv"
    assert stored_files() == [f"{upload.pk}.csv"]
    assert upload.sha256 == sha256(GOOD).hexdigest()
    with upload.file.open("rb") as kept:
        assert kept.read() == GOOD


def test_the_queue_is_told_once_the_upload_is_stored(
    send, queue, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        upload = send()

    assert queue == [(upload_steps.PROCESS_TASK, {"upload_id": str(upload.pk)})]


def test_a_double_click_stores_once(send):
    key = uuid.uuid4()

    first, second = send(key=key), send(key=key)

    assert first.pk == second.pk
    assert Upload.objects.count() == 1
    assert len(stored_files()) == 1
    assert AuditEvent.objects.filter(action="upload.received").count() == 1


def test_a_form_that_sent_a_file_sends_no_other(send):
    key = uuid.uuid4()
    send(key=key)

    with pytest.raises(FormUsedError):
        send(BAD, key=key)

    assert Upload.objects.count() == 1


def test_another_person_cannot_use_the_form(send, authority):
    key = uuid.uuid4()
    send(key=key)

    with pytest.raises(FormUsedError):
        send(key=key, by=MembershipFactory(body=authority).user)


def test_a_lost_broker_loses_no_upload(send, lost_broker, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        upload = send()

    assert Upload.objects.get().pk == upload.pk


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n0000", "not-csv"),
        (b"PK\x03\x04 xl/workbook.xml", "damaged"),
        (b"\xd0\xcf\x11\xe0 0000", "old-workbook"),
        (b"%PDF-1.7", "not-csv"),
        (b"<!doctype html><p>", "not-csv"),
        ("a,b\n1,2".encode("utf-16"), "utf-16"),
        (b"hello\nworld\n", "no-headings"),
        (GOOD.replace(b",", b";"), "separator"),
        (b"x" * 70_000, "line-too-long"),
        (b"a,b\n" * 2_600_000, "too-large"),
    ],
)
def test_what_is_no_file_of_ours_is_refused_and_nothing_kept(send, content, code):
    before = rows_of_every_table()

    with pytest.raises(ReturnFileError) as caught:
        send(content)

    assert caught.value.code == code
    event = AuditEvent.objects.get(action="upload.refused")
    assert event.detail == {"codes": [code]}
    after = rows_of_every_table()
    assert after.pop("authorities.AuditEvent") == before.pop("authorities.AuditEvent") + 1
    assert after == before
    assert stored_files() == []


def test_a_checked_file_says_what_it_would_do_and_stores_nothing(send):
    upload = send()
    before = rows_of_every_table()

    read(upload)

    assert upload.state == UploadState.READY
    assert (upload.rows_read, upload.added, upload.unchanged, upload.superseded) == (2, 2, 0, 0)
    after = rows_of_every_table()
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {
        "authorities.AuditEvent",
        "authorities.Notice",
        "authorities.NoticeEvent",
        "outcomes.UploadEvent",
    }


def test_a_good_file_is_stored_for_its_authority_alone(send, authority):
    upload = stored(send())

    assert upload.state == UploadState.COMMITTED
    assert (upload.rows_read, upload.added, upload.unchanged, upload.superseded) == (2, 2, 0, 0)
    assert set(Observation.objects.values_list("owner", flat=True)) == {authority.pk}
    assert not Observation.objects.published().exists()
    assert RecomputeRequest.objects.get().subject_id == authority.pk
    assert upload.release.body_id == authority.pk


def test_the_same_file_again_changes_no_value(send):
    stored(send())

    second = stored(send())

    assert (second.added, second.unchanged, second.superseded) == (0, 2, 0)
    assert Observation.objects.count() == 2


def test_a_file_with_one_wrong_cell_stores_nothing_of_it(send):
    upload = send(BAD)
    before = rows_of_every_table()

    reading.process(upload_id=upload.pk, at=LATER)

    upload.refresh_from_db()
    assert (upload.state, upload.problem_count) == (UploadState.BLOCKING_ERRORS, 1)
    assert upload.progressed_at is not None
    assert upload.rows_read == 2
    problem = upload.problems.get()
    assert (problem.row, problem.column, problem.heading) == (3, "M", "Value")
    after = rows_of_every_table()
    changed = {name for name in after if after[name] != before[name]}
    # Its sender is told, and nothing else but the report is stored.
    assert changed == {
        "authorities.AuditEvent",
        "authorities.Notice",
        "authorities.NoticeEvent",
        "outcomes.UploadProblem",
        "outcomes.UploadEvent",
    }


def test_the_audit_of_a_refusal_holds_codes_and_not_what_the_cells_hold(send):
    upload = send(BAD)

    reading.process(upload_id=upload.pk, at=LATER)

    event = AuditEvent.objects.get(action="upload.refused")
    assert set(event.detail) == {"codes", "total"}
    assert "n/a?" not in str(event.detail)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (GOOD.replace(b"Area Code", b"Area"), "headings"),
        (GOOD.replace(b",Sex,", b",Age,"), "headings"),
        (GOOD.splitlines()[0] + b"\n", "headings-only"),
    ],
)
def test_a_file_whose_headings_are_wrong_is_refused_whole(send, content, code):
    upload = send(content)

    reading.process(upload_id=upload.pk, at=LATER)

    upload.refresh_from_db()
    assert upload.state == UploadState.REJECTED_FILE
    assert upload.summary["code"] == code
    assert not Observation.objects.exists()
    assert not Release.objects.exists()


def test_a_finished_upload_is_not_read_again(send):
    upload = stored(send())

    read(upload)

    assert upload.attempts == 1
    assert Release.objects.count() == 1


def test_a_file_that_waits_for_its_sender_is_not_read_again(send):
    upload = read(send())

    read(upload)

    assert (upload.state, upload.attempts) == (UploadState.READY, 1)


def test_a_file_that_stopped_three_workers_is_given_to_no_fourth(send):
    upload = send()
    Upload.objects.filter(pk=upload.pk).update(state=UploadState.CHECKING, attempts=3)

    reading.process(upload_id=upload.pk, at=LATER)

    upload.refresh_from_db()
    assert upload.state == UploadState.FAILED
    assert AuditEvent.objects.filter(action="upload.failed").count() == 1
    assert not Observation.objects.exists()


def test_a_file_that_is_gone_counts_as_an_attempt(send):
    upload = send()
    default_storage.delete(upload.file.name)

    with pytest.raises(FileNotFoundError):
        reading.process(upload_id=upload.pk, at=LATER)

    upload.refresh_from_db()
    assert (upload.state, upload.attempts) == (UploadState.CHECKING, 1)


def test_progress_is_no_history(send):
    upload = send()
    stored(upload)

    # Received, claimed, found ready, confirmed, claimed, stored.
    assert upload.history.count() == 6


def test_the_sweep_nudges_what_nobody_reads(send, queue):
    waiting, silent, busy, done = send(), send(), send(), send()
    stored(done, at=NOW)
    Upload.objects.filter(pk=silent.pk).update(state=UploadState.CHECKING, progressed_at=NOW)
    Upload.objects.filter(pk=busy.pk).update(state=UploadState.CHECKING, progressed_at=LATER)
    queue.clear()

    swept = uploads.sweep(at=LATER)

    assert swept == 2
    assert {given["upload_id"] for _, given in queue} == {str(waiting.pk), str(silent.pk)}


def test_the_sweep_leaves_a_new_upload_to_its_own_message(send):
    send()

    assert uploads.sweep(at=NOW + timedelta(seconds=10)) == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_read_one_upload_at_once():

    member = MembershipFactory(body=make_authority())
    upload = uploads.receive(
        body=member.body,
        file=ContentFile(GOOD),
        file_name="values.csv",
        form_key=uuid.uuid4(),
        by=member.user,
        at=NOW,
    )
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [f"upload {upload.pk}"])

        reading.process(upload_id=upload.pk, at=LATER)
    other.close()

    upload.refresh_from_db()
    assert (upload.state, upload.attempts) == (UploadState.UPLOADED, 0)


@pytest.mark.parametrize(
    ("content", "subject"), [(GOOD, "is ready to be stored"), (BAD, "has problems to fix")]
)
def test_who_sent_a_file_is_told_what_became_of_it_and_nobody_else(send, editor, content, subject):
    MembershipFactory(body=editor.body)
    upload = send(content)

    reading.process(upload_id=upload.pk, at=LATER)
    messages.address_due(at=LATER)

    [row] = Message.objects.all()
    assert (row.recipient, row.subject) == (editor.user, f"Indicator file: {subject}")
    assert str(upload.pk) in row.text


def test_who_left_before_the_file_was_read_is_not_told(send, editor):
    upload = send()
    editor.ended_at = NOW
    editor.save()

    reading.process(upload_id=upload.pk, at=LATER)
    messages.address_due(at=LATER)

    assert not Message.objects.exists()
