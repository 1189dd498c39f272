"""A submission's document: asked for with it, made once, tried three times, made again."""

from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from authorities import queue
from authorities.models import AuditEvent
from duty.actions import documents, sign_off
from duty.documents.return_pdf import METHOD_VERSION
from duty.documents.typeset import DocumentError
from duty.models import DocumentState, ReturnDocument, Submission
from duty.tasks import make_return_document, sweep_return_documents
from tests.factories.authorities import MembershipFactory
from tests.factories.duty import SubmissionFactory, send, tell_return

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NOW = timezone.now()
LATER = NOW + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _files(own_files):
    """Keep documents in the test's folder."""


@pytest.fixture
def nudges(monkeypatch):
    sent = []
    monkeypatch.setattr(queue, "nudge", lambda *, task, **about: sent.append((task, about)))
    return sent


@pytest.fixture
def submission():
    return SubmissionFactory()


def document_of(submission):
    return ReturnDocument.objects.get(submission=submission)


def make(submission, *, at=NOW):
    documents.make(document_id=document_of(submission).pk, at=at)
    return document_of(submission)


@pytest.fixture
def broken(monkeypatch):
    """A typesetter that refuses."""

    def refuse(*, submitted):
        raise DocumentError("The document could not be set.")

    monkeypatch.setattr(documents, "return_pdf", refuse)


def test_a_submission_asks_for_its_document(nudges, django_capture_on_commit_callbacks):
    story = tell_return()
    send(story)

    with django_capture_on_commit_callbacks(execute=True):
        submitted = sign_off.sign_and_submit(
            duty_return=story.duty_return,
            declaration_ticked=True,
            form_key=uuid4(),
            by=story.signatory,
            at=timezone.now(),
        )

    document = document_of(submitted)
    assert document.state == DocumentState.WAITING
    assert (documents.MAKE_TASK, {"document_id": str(document.pk)}) in nudges


def test_a_document_is_made_once_and_kept_with_its_digest(submission):
    made = make(submission)
    again = make(submission, at=LATER)

    with made.file.open("rb") as file:
        content = file.read()
    assert content.startswith(b"%PDF-1.7")
    assert (made.size, made.sha256) == (len(content), sha256(content).hexdigest())
    assert made.state == DocumentState.MADE
    assert made.method_version == METHOD_VERSION
    assert (again.made_at, again.attempts) == (NOW, 1)
    assert AuditEvent.objects.filter(action="return.document_made").count() == 1


def test_a_submission_has_one_document(submission):
    documents.ask(submission=submission, at=LATER)

    with pytest.raises(IntegrityError, match="submission_id"), transaction.atomic():
        ReturnDocument.objects.create(submission=submission, asked_at=LATER)
    assert ReturnDocument.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"state": "lost"}, "document_state_is_known"),
        ({"state": "made"}, "document_made_is_whole"),
        ({"state": "made", "file": "a.pdf", "size": 0}, "document_made_is_whole"),
    ],
)
def test_a_document_that_is_not_whole_is_not_made(submission, changes, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ReturnDocument.objects.filter(submission=submission).update(**changes)


def test_what_a_killed_worker_wrote_is_written_over(submission):
    name = f"documents/{submission.submitted_at:%Y}/{submission.pk}.pdf"
    path = default_storage.path(name)
    default_storage.save(name, ContentFile(b"half"))

    made = make(submission)

    assert default_storage.path(made.file.name) == path
    assert default_storage.size(name) == made.size > 1000


def test_a_third_failure_gives_it_up(submission, broken):
    states = [make(submission).state for _ in range(3)]

    document = document_of(submission)
    assert states == [DocumentState.WAITING, DocumentState.WAITING, DocumentState.FAILED]
    assert document.error == "The document could not be set."
    assert AuditEvent.objects.filter(action="return.document_failed").count() == 1


def test_a_worker_that_died_three_times_is_not_followed_by_a_fourth(submission):
    ReturnDocument.objects.update(attempts=3, started_at=NOW)

    document = make(submission)

    assert document.state == DocumentState.FAILED
    assert "stopped 3 times" in document.error


def test_a_full_disk_is_tried_again(submission, monkeypatch):
    def full(*args):
        raise OSError("No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(default_storage, "save", full)
        failed = make(submission)
    made = make(submission)

    assert failed.state == DocumentState.WAITING
    assert (made.state, made.attempts, made.error) == (DocumentState.MADE, 2, "")


def test_a_document_given_up_is_made_again_when_somebody_asks(submission, broken):
    administrator = MembershipFactory().user
    for _ in range(3):
        make(submission)

    documents.make_again(document_id=document_of(submission).pk, by=administrator, at=LATER)
    asked = document_of(submission)
    with pytest.raises(documents.NotGivenUpError):
        documents.make_again(document_id=asked.pk, by=administrator, at=LATER)

    assert (asked.state, asked.attempts) == (DocumentState.WAITING, 0)
    assert AuditEvent.objects.get(action="return.document_asked").by == administrator


def test_a_lost_file_is_made_again_from_the_snapshot(submission):
    made = make(submission)
    documents.make_lost(document=made, at=LATER)
    assert document_of(submission).state == DocumentState.MADE

    default_storage.delete(made.file.name)
    documents.make_lost(document=made, at=LATER)
    again = make(submission, at=LATER)

    assert again.state == DocumentState.MADE
    assert again.sha256 == made.sha256


def test_the_sweep_finds_what_no_worker_makes(
    submission, nudges, django_capture_on_commit_callbacks
):
    ReturnDocument.objects.update(asked_at=NOW)
    silent = [documents.sweep(at=NOW + timedelta(seconds=10)), make(submission).state]
    began = timezone.now()
    ReturnDocument.objects.update(state=DocumentState.WAITING, started_at=began)

    with django_capture_on_commit_callbacks(execute=True):
        found = sweep_return_documents()
        later = documents.sweep(at=began + timedelta(minutes=5))

    assert silent == [0, DocumentState.MADE]
    assert (found, later) == (0, 1)
    assert nudges == [(documents.MAKE_TASK, {"document_id": str(document_of(submission).pk)})]


def test_the_sweep_asks_for_submissions_from_before_there_were_documents(
    submission, nudges, django_capture_on_commit_callbacks
):
    ReturnDocument.objects.all().delete()

    with django_capture_on_commit_callbacks(execute=True):
        documents.sweep(at=LATER)

    assert document_of(submission).asked_at == LATER
    assert [task for task, _ in nudges] == [documents.MAKE_TASK]


def test_the_task_makes_the_document_it_is_told(submission):
    make_return_document(document_id=str(document_of(submission).pk), from_later=True)
    make_return_document(document_id=str(uuid4()))

    assert document_of(submission).state == DocumentState.MADE


def test_the_document_reads_the_snapshot_and_not_what_was_written_since(submission):
    made = make(submission)
    submission.duty_return.round.name = "Another name"
    submission.duty_return.round.save()
    ReturnDocument.objects.all().delete()
    documents.ask(submission=Submission.objects.get(), at=LATER)

    assert make(submission).sha256 == made.sha256
