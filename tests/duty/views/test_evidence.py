"""The pages on which evidence is added, removed and downloaded."""

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse

from authorities.models import AuditEvent, Role, User
from duty.actions import evidence, review
from duty.models import Evidence, EvidenceFile
from duty.questions import Answer as Given
from tests.factories.authorities import MembershipFactory
from tests.factories.duty import ReturnStory, answer, send, submit, tell_return
from tests.factories.evidence import docx, pdf, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CANARY = "CANARY-91c4"


@pytest.fixture(autouse=True)
def store(tmp_path: Path) -> Iterator[Path]:
    """Keep files in a folder of the test's own."""
    kept = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path},
    }
    with override_settings(STORAGES={**site_settings.STORAGES, "default": kept}):
        yield tmp_path


@pytest.fixture
def story() -> ReturnStory:
    """A return in work with one answer."""
    told = tell_return()
    answer(told, "CO5", Given(value={"text": "We meet each month"}))
    return told


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(story: ReturnStory, code: str = "CO5", name: str = "return-evidence") -> str:
    parts = [story.round.slug, story.authority.slug, "co-operation", code]
    return reverse(f"duty:{name}", args=parts)


def sent(content: bytes = pdf(), name: str = "plan.pdf", **more: str) -> dict[str, Any]:
    """What the form of a file sends."""
    return {
        "add": "file",
        "file": SimpleUploadedFile(name, content),
        "file_title": "The plan",
        "form_key": str(uuid.uuid4()),
        **more,
    }


def add_file(story: ReturnStory, name: str = "plan.pdf") -> EvidenceFile:
    client_of(story.editor).post(address(story), sent(name=name))
    return EvidenceFile.objects.latest("received_at", "pk")


def download(story: ReturnStory, file: EvidenceFile) -> str:
    return reverse(
        "duty:evidence-file", args=[story.round.slug, story.authority.slug, str(file.pk)]
    )


def test_a_file_is_added_shown_and_removed(story: ReturnStory) -> None:
    editor = client_of(story.editor)

    added = editor.post(address(story), sent(name="<b>plan</b>.pdf"), follow=True)
    shown = added.content.decode()
    row = Evidence.objects.select_related("file").get()
    removed = editor.post(address(story), {"remove": str(row.pk)}, follow=True)

    assert added.redirect_chain[-1][0].endswith("/questions/CO5/#evidence")
    assert "The file was added." in shown
    assert "b&gt;.pdf, PDF, " in shown
    assert row.file is not None
    assert f"SHA-256 {row.file.sha256[:12]}…" in shown
    assert "The evidence was removed." in removed.content.decode()
    assert not Evidence.objects.exists()


def test_a_link_is_added_and_a_save_of_the_form_leaves_it(story: ReturnStory) -> None:
    editor = client_of(story.editor)
    for path in ("first", "second"):
        editor.post(
            address(story),
            {"add": "link", "link": f"https://example.org/{path}", "link_pages": "4, 9 to 12"},
        )
    version = story.duty_return.answers.get(question__code="CO5").version

    saved = editor.post(
        address(story, name="return-question"),
        {
            "version": str(version),
            "answer_text": "We meet each week",
            "evidence_link": "https://example.org/edited",
        },
    )

    assert saved.status_code == 302
    urls = set(Evidence.objects.values_list("url", flat=True))
    assert urls == {"https://example.org/edited", "https://example.org/second"}
    assert "4, 9-12" in Evidence.objects.values_list("pages", flat=True)


def test_a_file_satisfies_a_question_that_needs_evidence(story: ReturnStory) -> None:
    answer(story, "CO7")
    Evidence.objects.all().delete()
    editor = client_of(story.editor)
    question = address(story, "CO7", "return-question")
    before = editor.get(question).content.decode()

    editor.post(address(story, "CO7"), sent())

    assert "needs evidence before its section can be completed" in before
    after = editor.get(question).content.decode()
    assert "needs evidence before its section can be completed" not in after


@pytest.mark.parametrize(
    ("form", "status", "says"),
    [
        (sent(b"<html>", "page.pdf"), 415, "Choose a PDF, DOCX, XLSX, PNG or JPG file."),
        (sent(pdf(), "plan.pdf.exe"), 415, "Choose a PDF, DOCX, XLSX, PNG or JPG file."),
        (sent(xlsx({"xl/vbaProject.bin": b"x"}), "a.xlsx"), 415, "without macros"),
        (sent(b"", "plan.pdf"), 422, "The file is empty."),
        (sent(docx()[:90], "plan.docx"), 422, "The file is damaged."),
        ({"add": "file"}, 422, "Choose a file"),
        ({"add": "link"}, 422, "Enter a link"),
        ({"add": "link", "link": "javascript:alert(1)"}, 422, "Enter a full link"),
        (
            {"add": "link", "link": "https://example.org", "link_pages": "x"},
            422,
            "Enter page numbers",
        ),
    ],
)
def test_what_cannot_be_added_is_said_at_the_field(
    form: dict[str, Any], status: int, says: str, story: ReturnStory
) -> None:
    page = client_of(story.editor).post(address(story), form)

    assert page.status_code == status
    assert page.content.decode().count(says) == 2
    assert "<title>Error: " in page.content.decode()
    assert not Evidence.objects.exists()


def test_what_was_typed_is_kept(story: ReturnStory) -> None:
    form = {"add": "link", "link": "htp:/x", "link_title": "KEPT"}

    page = client_of(story.editor).post(address(story), form)

    assert 'value="htp:/x"' in page.content.decode()
    assert 'value="KEPT"' in page.content.decode()


def test_a_body_that_is_too_large_is_not_read(story: ReturnStory) -> None:
    page = client_of(story.editor).post(
        address(story), b"x", content_type="text/plain", CONTENT_LENGTH="100000000"
    )

    assert page.status_code == 413
    assert page["Connection"] == "close"
    assert "The file is larger than 10 MB." in page.content.decode()


def test_a_full_return_says_so(story: ReturnStory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "MOST_FILES_OF_RETURN", 0)

    page = client_of(story.editor).post(address(story), sent())

    assert page.status_code == 409
    assert "may have no more" in page.content.decode()


def test_evidence_waits_for_the_answer(story: ReturnStory) -> None:
    editor = client_of(story.editor)

    page = editor.post(address(story, "CO8"), sent())

    assert page.status_code == 409
    assert "Save your answer first. Then add evidence to it." in page.content.decode()
    shown = editor.get(address(story, "CO8", "return-question")).content.decode()
    assert "Save your answer first." in shown
    assert 'type="file"' not in shown


def test_a_locked_return_says_why(story: ReturnStory) -> None:
    file = add_file(story)
    send(story)
    editor = client_of(story.editor)

    refused = editor.post(address(story), sent(pdf(b"late")))
    shown = editor.get(address(story, name="return-question")).content.decode()

    assert refused.status_code == 409
    assert "Answers are locked while the return waits to be signed" in refused.content.decode()
    assert file.file_name in shown
    assert 'name="remove"' not in shown
    assert EvidenceFile.objects.count() == 1


def test_a_link_for_a_locked_return_is_not_lost(story: ReturnStory) -> None:
    add_file(story)
    send(story)
    editor = client_of(story.editor)

    link = editor.post(
        address(story),
        {
            "add": "link",
            "link": "https://example.org/mine",
            "link_title": "MINE",
            "link_pages": "4",
        },
    )
    file = editor.post(address(story), sent(pdf(b"late"), file_title="TITLE"))

    assert (link.status_code, file.status_code) == (409, 409)
    assert "What you typed, which was not saved" in link.content.decode()
    assert "https://example.org/mine" in link.content.decode()
    assert "MINE" in link.content.decode()
    assert "TITLE" in file.content.decode()


def test_a_question_that_takes_no_evidence_has_no_such_page(story: ReturnStory) -> None:
    parts = [story.round.slug, story.authority.slug, "about", "AB1"]

    answered = client_of(story.editor).get(reverse("duty:return-evidence", args=parts))

    assert answered.status_code == 404


def test_a_download_is_a_file_of_its_kind_and_is_recorded(story: ReturnStory) -> None:
    file = add_file(story, name="Plan “2026” ü.pdf")

    answered = client_of(story.editor).get(download(story, file))

    assert answered.getvalue() == pdf()
    assert answered["Content-Type"] == "application/pdf"
    assert answered["Content-Disposition"].startswith("attachment; filename*=utf-8''Plan%20")
    assert answered["X-Content-Type-Options"] == "nosniff"
    assert answered["Cache-Control"] == "private, no-store"
    assert answered["Content-Security-Policy"] == "default-src 'none'; sandbox"
    row = AuditEvent.objects.get(action="evidence.downloaded")
    assert (row.by, row.detail["role"]) == (story.editor, "editor")


def test_the_centre_has_a_file_once_it_is_submitted(story: ReturnStory) -> None:
    file = add_file(story)
    analyst = client_of(MembershipFactory(role=Role.ANALYST).user)
    draft = analyst.get(download(story, file)).status_code
    submit(story)

    answered = analyst.get(download(story, file))

    assert (draft, answered.status_code) == (404, 200)
    assert answered.getvalue() == pdf()
    assert AuditEvent.objects.get(action="evidence.downloaded").detail["role"] == "analyst"
    page = analyst.get(reverse("duty:review-return", args=[story.duty_return.pk]))
    assert download(story, file) in page.content.decode()


def test_a_key_written_into_a_note_opens_no_file(story: ReturnStory) -> None:
    file = add_file(story)
    other = tell_return(slug="north-testshire", round_=story.round)
    answer(other, "AB1", Given(value={"text": f"See {file.pk}"}))
    submit(other)

    answered = client_of(other.editor).get(download(other, file))

    assert answered.status_code == 404


@pytest.mark.parametrize("who", ["nobody", "editor elsewhere", "board editor", Role.READER])
def test_a_stranger_is_told_nothing(who: str, story: ReturnStory) -> None:
    file = add_file(story)
    submit(story)
    client = Client()
    if who == "editor elsewhere":
        client = client_of(MembershipFactory(role=Role.EDITOR).user)
    elif who == "board editor":
        client = client_of(MembershipFactory(body=story.boards[0], role=Role.EDITOR).user)
    elif who != "nobody":
        client = client_of(MembershipFactory(role=who).user)

    answered = client.get(download(story, file)).status_code

    assert answered == (302 if who == "nobody" else 404)
    assert client.post(address(story), sent()).status_code == answered
    assert not AuditEvent.objects.filter(action="evidence.downloaded").exists()


def test_a_file_that_is_lost_is_not_there(story: ReturnStory, store: Path) -> None:
    file = add_file(story)
    (store / str(file.file.name)).unlink()

    assert client_of(story.editor).get(download(story, file)).status_code == 404


def test_a_changed_file_is_a_difference(story: ReturnStory) -> None:
    add_file(story)
    submit(story)
    story.duty_return.refresh_from_db()
    analyst = MembershipFactory(role=Role.ANALYST).user
    review.request_changes(
        duty_return=story.duty_return,
        sections=("co-operation",),
        reason="Which plan?",
        expected_version=story.duty_return.version,
        by=analyst,
        at=story.at,
    )
    editor = client_of(story.editor)
    differences = reverse("duty:return-differences", args=[story.round.slug, story.authority.slug])
    row = Evidence.objects.get(kind="file")

    editor.post(address(story), {"remove": str(row.pk)})
    editor.post(address(story), sent())
    same = editor.get(differences).content.decode()
    editor.post(address(story), {"remove": str(Evidence.objects.get(kind="file").pk)})
    editor.post(address(story), sent(pdf(b"new")))
    changed = editor.get(differences).content.decode()

    assert "No answer differs" in same
    assert "the evidence" in changed


def test_a_private_note_leaves_with_nothing(story: ReturnStory) -> None:
    add_file(story)
    story.duty_return.answers.update(private_note=CANARY)
    own = client_of(story.editor).get(address(story, name="return-question")).content.decode()
    submission = submit(story)
    analyst = client_of(MembershipFactory(role=Role.LEAD_ANALYST).user)
    board = client_of(MembershipFactory(body=story.boards[0], role=Role.SIGNATORY).user)
    parts = [story.round.slug, story.authority.slug]
    pages = [
        reverse("duty:review-return", args=[story.duty_return.pk]),
        reverse("duty:review-list"),
        reverse("duty:review-links"),
        reverse("duty:return-submitted", args=parts),
        reverse("duty:return-tasks", args=parts),
        reverse("duty:return-check", args=parts),
        address(story),
        address(story, name="return-question"),
        reverse("home"),
        reverse("rounds:control", args=[story.round.slug]),
        reverse("rounds:returns-csv", args=[story.round.slug]),
    ]

    shown = [client.get(page).content.decode() for client in (analyst, board) for page in pages]

    assert CANARY in own
    assert CANARY not in str(submission.content)
    assert [page for page in shown if CANARY in page] == []
    assert not AuditEvent.objects.filter(detail__icontains=CANARY).exists()
