"""The document of an agreement: added, replaced, taken away; what was signed stays."""

import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from authorities.models import AuditEvent
from authorities.received_files import FormUsedError
from duty.actions import agreement_documents as actions
from duty.actions import agreements, evidence_files, standing_records
from duty.agreements import content_hash, frozen, thawed
from duty.evidence_file import EvidenceFileError
from duty.models import AgreementDocument, AgreementSignature, PartnershipAgreement
from duty.queries.record_histories import versions_of
from duty.queries.standing_records import record_of
from duty.standing_records import AgreementContent, RecordKind
from tests.factories.agreements import AgreementStory, tell_agreement
from tests.factories.evidence import pdf

OWN = "an agreement holds a document of its own"
STAYS = "a document of an agreement stays as it was written"
COUNTS = "a document that is held or was signed stays"

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("own_files")]


@pytest.fixture
def story() -> AgreementStory:
    return tell_agreement()


def add(story: AgreementStory, content: bytes = pdf(), **more: Any) -> AgreementDocument:
    """Send a file as the authority's editor would."""
    given: dict[str, Any] = {
        "agreement": story.agreement,
        "file": ContentFile(content),
        "file_name": "C:\\papers\\memorandum.pdf",
        "form_key": uuid.uuid4(),
        "by": story.editor,
        "at": timezone.now(),
    }
    return actions.add_document(**given | more)


def remove(story: AgreementStory, document: AgreementDocument) -> None:
    actions.remove_document(
        agreement=story.agreement, document_id=document.pk, by=story.editor, at=timezone.now()
    )


def held(story: AgreementStory) -> AgreementDocument | None:
    return PartnershipAgreement.objects.get(pk=story.agreement.pk).document


def files(own_files: Path) -> list[Path]:
    return [one for one in own_files.rglob("*") if one.is_file()]


def test_a_file_is_the_agreements_document_by_its_own_name(story: AgreementStory) -> None:
    kept = add(story)

    assert held(story) == kept
    assert (kept.file_name, kept.kind, kept.size) == ("memorandum.pdf", "pdf", len(pdf()))
    assert kept.file.name.endswith(f"{kept.pk}.pdf")
    with kept.file.open() as opened:
        assert opened.read() == pdf()
    told = AuditEvent.objects.get(action="agreement.document_added")
    assert (told.by, told.body_id) == (story.editor, story.authority.pk)
    assert told.detail == {"sha256": kept.sha256}


def test_the_same_form_sent_twice_keeps_one_file(story: AgreementStory, own_files: Path) -> None:
    key = uuid.uuid4()

    first, again = add(story, form_key=key), add(story, form_key=key)

    assert first == again
    assert len(files(own_files)) == 1
    with pytest.raises(FormUsedError):
        add(story, pdf(b"another"), form_key=key)
    assert len(files(own_files)) == 1


def test_what_is_no_document_is_refused_and_nothing_is_kept(
    story: AgreementStory, own_files: Path
) -> None:
    with pytest.raises(EvidenceFileError):
        add(story, b"MZ a program", file_name="memorandum.pdf")

    assert files(own_files) == []
    assert held(story) is None
    assert not AgreementDocument.objects.exists()
    assert AuditEvent.objects.get(action="agreement.document_refused").detail["fault"]


def test_the_very_same_file_is_not_kept_twice(story: AgreementStory, own_files: Path) -> None:
    add(story)

    with pytest.raises(actions.SameDocumentError):
        add(story)
    assert len(files(own_files)) == 1


def test_a_change_of_the_document_voids_signatures_which_are_for_it(story: AgreementStory) -> None:
    before = content_hash(content=story.content())
    story.sign(story.authority)

    kept = add(story)

    assert not AgreementSignature.objects.filter(voided_at=None).exists()
    assert content_hash(content=story.content()) != before
    given = story.sign(story.authority)
    assert given.content["document"]["sha256"] == kept.sha256
    assert thawed(content=given.content) == story.content()


def test_what_was_signed_before_there_were_documents_keeps_its_digest() -> None:
    content = AgreementContent(title="Memorandum", boards=("north",), status="in_development")

    assert "document" not in frozen(content=content)
    assert thawed(content=frozen(content=content)) == content


def test_the_file_that_nobody_signed_goes_when_another_takes_its_place(
    story: AgreementStory, own_files: Path, django_capture_on_commit_callbacks: Any
) -> None:
    first = add(story)
    with django_capture_on_commit_callbacks(execute=True):
        second = add(story, pdf(b"the right one"))

    first.refresh_from_db()
    assert first.erased_at is not None
    assert held(story) == second
    assert [one.stem for one in files(own_files)] == [str(second.pk)]


def test_the_file_that_was_signed_stays_when_it_is_taken_away(
    story: AgreementStory, own_files: Path, django_capture_on_commit_callbacks: Any
) -> None:
    kept = add(story)
    story.sign(story.authority)
    with django_capture_on_commit_callbacks(execute=True):
        remove(story, kept)

    kept.refresh_from_db()
    assert (held(story), kept.erased_at) == (None, None)
    assert len(files(own_files)) == 1
    assert not AgreementSignature.objects.filter(voided_at=None).exists()


def test_only_the_document_that_was_seen_is_taken_away(story: AgreementStory) -> None:
    first = add(story)
    second = add(story, pdf(b"newer"))

    with pytest.raises(actions.NoDocumentError):
        remove(story, first)
    assert held(story) == second
    remove(story, second)
    with pytest.raises(actions.NoDocumentError):
        remove(story, second)


def test_an_agreement_that_ended_keeps_what_it_has(story: AgreementStory, own_files: Path) -> None:
    kept = add(story)
    story.agreement.refresh_from_db()
    standing_records.end(
        authority=story.authority,
        kind=RecordKind.AGREEMENT,
        key=story.agreement.pk,
        ending="mistake",
        on=None,
        reason="Entered twice",
        expected_version=story.agreement.version,
        by=story.editor,
        at=timezone.now(),
    )

    with pytest.raises(standing_records.RecordEndedError):
        add(story, pdf(b"late"))
    with pytest.raises(standing_records.RecordEndedError):
        remove(story, kept)
    assert len(files(own_files)) == 1


def test_a_change_of_the_record_leaves_the_document(story: AgreementStory) -> None:
    kept = add(story)
    story.agreement.refresh_from_db()
    standing_records.change(
        authority=story.authority,
        kind=RecordKind.AGREEMENT,
        key=story.agreement.pk,
        # As the form of the record sends it, which knows of no document.
        content=AgreementContent(title="Another", boards=("north",), status="in_development"),
        expected_version=story.agreement.version,
        by=story.editor,
        at=timezone.now(),
    )

    assert held(story) == kept
    assert story.content().title == "Another"


def test_the_history_says_which_document_there_was(story: AgreementStory) -> None:
    kept = add(story)
    remove(story, kept)

    record = record_of(authority=story.authority, kind=RecordKind.AGREEMENT, key=story.agreement.pk)
    contents = [one.content for one in versions_of(record=record)]
    assert all(isinstance(one, AgreementContent) for one in contents)
    assert [one.document.name if one.document else "" for one in contents] == [
        "",
        "memorandum.pdf",
        "",
    ]


def test_who_takes_it_away_is_in_the_audit(story: AgreementStory) -> None:
    kept = add(story)

    actions.note_download(document=kept, role="editor", by=story.editor, at=timezone.now())

    told = AuditEvent.objects.get(action="agreement.document_downloaded")
    assert told.detail == {"role": "editor", "sha256": kept.sha256}


def test_what_a_killed_server_left_behind_is_cleared_and_nothing_else(
    story: AgreementStory, own_files: Path
) -> None:
    kept = add(story)
    stray = default_storage.save("agreements/2026/11/stray.pdf", ContentFile(pdf()))

    soon = evidence_files.delete_unused(at=timezone.now())
    later = evidence_files.delete_unused(at=timezone.now() + timedelta(days=2))

    assert (soon, later) == (0, 1)
    assert not default_storage.exists(stray)
    assert default_storage.exists(kept.file.name)


def test_a_signature_for_another_document_is_not_given(story: AgreementStory) -> None:
    read = content_hash(content=story.content())
    add(story)

    with pytest.raises(agreements.AgreementChangedError):
        agreements.sign(
            agreement=story.agreement,
            content_read=read,
            acting=agreements.Acting(body=story.authority, role="signatory"),
            by=story.signatory(story.authority),
            at=timezone.now(),
        )


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("agreement_document_is_of_a_known_kind", {"kind": "exe"}),
        ("agreement_document_is_of_a_size", {"size": 0}),
        ("agreement_document_is_of_a_size", {"size": 10_000_001}),
        (
            "agreement_document_erased_after_it_came",
            {"erased_at": timezone.now() - timedelta(days=4000)},
        ),
    ],
)
def test_a_document_keeps_its_rules(
    story: AgreementStory, rule: str, wrong: dict[str, Any]
) -> None:
    given = {
        "agreement": story.agreement,
        "file": "agreements/x.pdf",
        "file_name": "x.pdf",
        "kind": "pdf",
        "size": 1,
        "sha256": "0" * 64,
        "form_key": uuid.uuid4(),
        "received_at": timezone.now(),
        "received_by": story.editor,
    }

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        AgreementDocument.objects.create(**given | wrong)


def test_a_document_stays_as_it_came(story: AgreementStory) -> None:
    kept = add(story)
    rows: Any = AgreementDocument.objects.filter(pk=kept.pk)

    with pytest.raises(DatabaseError, match=STAYS), transaction.atomic():
        rows.update(file_name="other.pdf")
    refused = pytest.raises(DatabaseError, match="agreement_document_never_deleted")
    with refused, transaction.atomic():
        rows._raw_delete(rows.db)


def test_a_document_that_is_held_or_was_signed_is_not_erased(story: AgreementStory) -> None:
    kept = add(story)
    rows = AgreementDocument.objects.filter(pk=kept.pk)

    with pytest.raises(DatabaseError, match=COUNTS), transaction.atomic():
        rows.update(erased_at=timezone.now())
    story.sign(story.authority)
    remove(story, kept)
    with pytest.raises(DatabaseError, match=COUNTS), transaction.atomic():
        rows.update(erased_at=timezone.now())


def test_an_agreement_holds_no_document_of_another(story: AgreementStory) -> None:
    kept = add(story)
    other = tell_agreement_beside(story)

    with pytest.raises(DatabaseError, match=OWN), transaction.atomic():
        PartnershipAgreement.objects.filter(pk=other.pk).update(document=kept)


def tell_agreement_beside(story: AgreementStory) -> PartnershipAgreement:
    """Put another agreement of the same authority on record."""
    row = standing_records.add(
        authority=story.authority,
        kind=RecordKind.AGREEMENT,
        content=AgreementContent(title="Beside", boards=("north",), status="in_development"),
        form_key=uuid.uuid4(),
        by=story.editor,
        at=timezone.now(),
    )
    assert isinstance(row, PartnershipAgreement)
    return row
