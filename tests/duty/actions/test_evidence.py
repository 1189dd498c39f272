"""Evidence beside an answer: links and files, added and taken away."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.test import override_settings

from authorities.models import AuditEvent
from authorities.received_files import FormUsedError
from duty.actions import answers, evidence, evidence_files, review, sign_off
from duty.actions.answers import EvidenceLink, UnknownQuestionError
from duty.actions.held_answers import NoAnswerYetError
from duty.evidence_file import EvidenceFileError
from duty.lifecycle import TransitionRefusedError
from duty.models import Answer, Evidence, EvidenceFile, SectionMark
from tests.factories.authorities import MembershipFactory
from tests.factories.duty import ReturnStory, answer, complete, send, submit, tell_return
from tests.factories.evidence import TEST_VIRUS, pdf, png

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LINK = EvidenceLink(url="https://example.org/minutes", title="Minutes", pages="4")


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
    answer(told, "CO5")
    return told


def place_of(story: ReturnStory, code: str = "CO5") -> evidence.Place:
    return evidence.Place(story.duty_return, code)


def add(story: ReturnStory, content: bytes = pdf(), **more: Any) -> evidence.AddedFile:
    """Send a file as the editor would."""
    given: dict[str, Any] = {
        "place": place_of(story),
        "file": ContentFile(content),
        "file_name": "plan.pdf",
        "title": "The plan",
        "form_key": uuid.uuid4(),
        "by": story.editor,
        "at": story.at,
    }
    return evidence.add_file(**(given | more))


def files_in(store: Path) -> list[Path]:
    return [path for path in store.rglob("*") if path.is_file()]


def answer_row(story: ReturnStory, code: str = "CO5") -> Answer:
    found: Answer = story.duty_return.answers.get(question__code=code)
    return found


def test_a_file_is_kept_by_a_name_of_ours_with_its_checksum(
    story: ReturnStory, store: Path
) -> None:
    added = add(story, file_name="..\\..\\X22 <b>.pdf")

    file = added.evidence.file
    assert file is not None
    assert file.file_name == "X22 <b>.pdf"
    assert (file.kind, file.size, len(file.sha256)) == ("pdf", len(pdf()), 64)
    assert [path.name for path in files_in(store)] == [f"{file.pk}.pdf"]
    assert AuditEvent.objects.filter(action="evidence.added").get().detail["sha256"] == file.sha256


def test_adding_and_removing_move_the_version_and_take_the_mark_back(story: ReturnStory) -> None:
    complete(story, "co-operation")
    before = answer_row(story).version

    added = add(story)
    marked = story.duty_return.sections.get(section="co-operation").mark
    between = answer_row(story).version
    evidence.remove(
        place=place_of(story), evidence_id=added.evidence.pk, by=story.editor, at=story.at
    )

    assert marked == SectionMark.NONE
    assert before < between < answer_row(story).version


def test_who_typed_over_a_new_file_is_told(story: ReturnStory) -> None:
    stored = answer_row(story)
    add(story)

    with pytest.raises(answers.StaleAnswerError):
        answers.save_answer(
            duty_return=story.duty_return,
            question="CO5",
            board=None,
            answer=answers.GivenAnswer(value={"text": "Typed before"}),
            expected_version=stored.version,
            by=story.editor,
            at=story.at,
        )


def test_a_form_sent_twice_keeps_one_file(story: ReturnStory, store: Path) -> None:
    key = uuid.uuid4()

    sent = add(story, form_key=key)
    again = add(story, form_key=key)

    assert sent.evidence == again.evidence
    assert len(files_in(store)) == EvidenceFile.objects.count() == 1


def test_a_form_that_comes_with_another_file_is_refused(story: ReturnStory, store: Path) -> None:
    key = uuid.uuid4()
    add(story, form_key=key)

    with pytest.raises(FormUsedError):
        add(story, pdf(b"other"), form_key=key)

    assert len(files_in(store)) == 1


def test_the_same_content_is_refused_for_one_answer_and_said_of_others(story: ReturnStory) -> None:
    add(story)
    answer(story, "CO8")

    with pytest.raises(evidence.SameEvidenceError, match="the same file already"):
        add(story)
    elsewhere = add(story, place=place_of(story, "CO8"))

    assert elsewhere.also_at == ("CO5",)


@pytest.mark.parametrize(
    ("content", "name"),
    [(pdf(TEST_VIRUS), "plan.pdf"), (b"<html>", "page.pdf"), (png(10_001, 10_001), "map.png")],
)
def test_a_refused_file_leaves_its_reason_in_the_audit_and_nothing_else(
    content: bytes, name: str, story: ReturnStory, store: Path
) -> None:
    with pytest.raises(EvidenceFileError):
        add(story, content, file_name=name)

    assert files_in(store) == []
    assert not EvidenceFile.objects.exists()
    assert AuditEvent.objects.filter(action="evidence.refused").count() == 1


@pytest.mark.parametrize(
    ("limit", "most", "words"),
    [("MOST_FILES_OF_RETURN", 1, "has 1 files"), ("MOST_BYTES_OF_RETURN", 100, "hold over 0 MB")],
)
def test_a_return_has_so_many_files_and_no_more(
    limit: str,
    most: int,
    words: str,
    story: ReturnStory,
    store: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add(story)
    monkeypatch.setattr(evidence, limit, most)

    with pytest.raises(evidence.EvidenceQuotaError, match=words):
        add(story, pdf(b"another"))

    assert len(files_in(store)) == 1


def test_nothing_stands_beside_an_answer_that_is_not_there(story: ReturnStory, store: Path) -> None:
    for place, error in (
        (place_of(story, "CO7"), NoAnswerYetError),
        (place_of(story, "NO1"), UnknownQuestionError),
    ):
        with pytest.raises(error):
            add(story, place=place)
        with pytest.raises(error):
            evidence.add_link(place=place, link=LINK, by=story.editor, at=story.at)

    assert files_in(store) == []


def test_a_locked_return_takes_and_gives_nothing(story: ReturnStory, store: Path) -> None:
    added = add(story)
    send(story)

    for change in (
        lambda: add(story, pdf(b"late")),
        lambda: evidence.add_link(place=place_of(story), link=LINK, by=story.editor, at=story.at),
        lambda: evidence.remove(
            place=place_of(story), evidence_id=added.evidence.pk, by=story.editor, at=story.at
        ),
    ):
        with pytest.raises(TransitionRefusedError):
            change()

    assert len(files_in(store)) == 1


def test_a_stranger_adds_nothing(story: ReturnStory, store: Path) -> None:
    stranger = MembershipFactory().user

    with pytest.raises(TransitionRefusedError):
        add(story, by=stranger)

    assert files_in(store) == []


def test_links_stand_beside_one_another_and_are_added_once(story: ReturnStory) -> None:
    answer(story, "CO7")

    for _ in range(2):
        evidence.add_link(place=place_of(story, "CO7"), link=LINK, by=story.editor, at=story.at)

    urls = answer_row(story, "CO7").evidence.order_by("pk").values_list("url", flat=True)
    assert list(urls) == ["https://example.org/paper.pdf", LINK.url]


def test_a_removed_file_goes_with_its_row(
    story: ReturnStory, store: Path, django_capture_on_commit_callbacks: Any
) -> None:
    added = add(story)

    with django_capture_on_commit_callbacks(execute=True):
        evidence.remove(
            place=place_of(story), evidence_id=added.evidence.pk, by=story.editor, at=story.at
        )

    assert files_in(store) == []
    assert not EvidenceFile.objects.exists()
    with pytest.raises(evidence.UnknownEvidenceError):
        evidence.remove(
            place=place_of(story), evidence_id=added.evidence.pk, by=story.editor, at=story.at
        )


def test_a_submitted_file_outlives_its_removal_from_the_draft(
    story: ReturnStory, store: Path, django_capture_on_commit_callbacks: Any
) -> None:
    added = add(story)
    submission = submit(story)
    analyst = MembershipFactory(role="analyst").user
    review.request_changes(
        duty_return=story.duty_return,
        sections=("co-operation",),
        reason="Which plan?",
        expected_version=_version(story),
        by=analyst,
        at=story.at,
    )

    with django_capture_on_commit_callbacks(execute=True):
        evidence.remove(
            place=place_of(story), evidence_id=added.evidence.pk, by=story.editor, at=story.at
        )
        removed = evidence_files.delete_unused(at=story.at + timedelta(days=9))

    file = EvidenceFile.objects.get()
    assert removed == 0
    assert len(files_in(store)) == 1
    assert str(file.pk) in str(submission.content)
    with pytest.raises(DatabaseError, match="a submitted file stays"), transaction.atomic():
        file.delete()


def _version(story: ReturnStory) -> int:
    story.duty_return.refresh_from_db()
    return story.duty_return.version


def test_what_nothing_refers_to_is_cleared_after_a_day(
    story: ReturnStory, store: Path, django_capture_on_commit_callbacks: Any
) -> None:
    add(story)
    default_storage.save("evidence/2026/11/left-behind.pdf", ContentFile(b"torn"))
    answers.remove_answer(
        duty_return=story.duty_return,
        question="CO5",
        board=None,
        expected_version=answer_row(story).version,
        by=story.editor,
        at=story.at,
    )

    with django_capture_on_commit_callbacks(execute=True):
        soon = evidence_files.delete_unused(at=story.at)
        later = evidence_files.delete_unused(at=story.at + timedelta(days=2))

    assert soon == 0
    assert later > 0
    assert files_in(store) == []
    assert not EvidenceFile.objects.exists()


def test_the_sites_own_virus_check_decides(story: ReturnStory, store: Path, settings: Any) -> None:
    settings.EVIDENCE_SCAN_COMMAND = ["true"]
    add(story, pdf(b"clean"))
    settings.EVIDENCE_SCAN_COMMAND = ["false"]
    with pytest.raises(EvidenceFileError, match="failed our virus check"):
        add(story, pdf(b"ill"))
    settings.EVIDENCE_SCAN_COMMAND = ["/nowhere/scanner"]
    with pytest.raises(EvidenceFileError, match="cannot run just now"):
        add(story, pdf(b"unknown"))

    assert len(files_in(store)) == 1


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"kind": "file"}, "evidence_is_a_link_or_has_its_file"),
        ({"kind": "link", "url": "https://example.org", "file": True}, "evidence_is_a_link"),
    ],
)
def test_evidence_is_a_link_or_a_file(
    change: dict[str, Any], refusal: str, story: ReturnStory
) -> None:
    file = add(story).evidence.file
    more = change | ({"file": file} if "file" in change else {})

    with pytest.raises(IntegrityError, match=refusal), transaction.atomic():
        Evidence.objects.create(
            answer=answer_row(story), added_at=story.at, added_by=story.editor, **more
        )


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"kind": "exe"}, "evidence_file_is_of_a_known_kind"),
        ({"size": 0}, "evidence_file_is_of_a_size"),
        ({"size": 10_000_001}, "evidence_file_is_of_a_size"),
    ],
)
def test_a_file_is_of_a_known_kind_and_size(
    change: dict[str, Any], refusal: str, story: ReturnStory
) -> None:
    facts: dict[str, Any] = {"file_name": "plan.pdf", "kind": "pdf", "size": 1, "sha256": "0" * 64}

    with pytest.raises(IntegrityError, match=refusal), transaction.atomic():
        EvidenceFile.objects.create(
            duty_return=story.duty_return,
            file="evidence/none.pdf",
            form_key=uuid.uuid4(),
            received_at=story.at,
            received_by=story.editor,
            **(facts | change),
        )


def test_evidence_file_never_edited(story: ReturnStory) -> None:
    add(story)

    with (
        pytest.raises(DatabaseError, match="Cannot update rows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE duty_evidencefile SET file_name = 'other.pdf'")


def test_a_signatory_signs_what_the_snapshot_says_of_files(story: ReturnStory) -> None:
    file = add(story).evidence.file
    assert file is not None
    send(story)

    submission = sign_off.sign_and_submit(
        duty_return=story.duty_return,
        declaration_ticked=True,
        form_key=uuid.uuid4(),
        by=story.signatory,
        at=story.at,
    )

    (found,) = [
        one
        for section in submission.content["sections"]
        for question in section["questions"]
        for answered in question["answers"]
        for one in answered["evidence"]
        if one["kind"] == "file"
    ]
    assert found == {
        "kind": "file",
        "title": "The plan",
        "url": "",
        "pages": "",
        "file": str(file.pk),
        "name": "plan.pdf",
        "type": "pdf",
        "size": len(pdf()),
        "sha256": file.sha256,
    }
