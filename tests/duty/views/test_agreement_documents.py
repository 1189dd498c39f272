"""The pages of an agreement's document: the authority adds it, its parties download it."""

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from authorities.models import AuditEvent, Role, User
from duty.models import AgreementDocument, PartnershipAgreement
from tests.factories.agreements import AgreementStory, tell_agreement
from tests.factories.authorities import BoardFactory, MembershipFactory, NationalMembershipFactory
from tests.factories.evidence import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("own_files")]


@pytest.fixture
def story() -> AgreementStory:
    return tell_agreement()


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(story: AgreementStory, name: str = "document", **more: Any) -> str:
    return reverse(f"agreements:{name}", kwargs={"agreement_id": story.agreement.pk, **more})


def sent(content: bytes = pdf(), name: str = "memorandum.pdf") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content), "form_key": str(uuid.uuid4())}


def added(story: AgreementStory, content: bytes = pdf()) -> AgreementDocument:
    response = client_of(story.editor).post(address(story), sent(content))
    assert response.status_code == 302
    kept = PartnershipAgreement.objects.get(pk=story.agreement.pk).document
    assert kept is not None
    return kept


def file_address(story: AgreementStory, kept: AgreementDocument) -> str:
    return address(story, "document-file", document_id=kept.pk)


def test_the_authority_adds_its_document_and_reads_it_on_the_page(story: AgreementStory) -> None:
    client = client_of(story.editor)
    before = client.get(address(story, "page")).content.decode()
    form = client.get(address(story)).content.decode()

    kept = added(story)

    after = client.get(address(story, "page")).content.decode()
    assert "Add the agreement as a file" in before
    assert "No document yet" in form
    assert "memorandum.pdf" in after
    assert file_address(story, kept) in after
    assert "Replace or remove the document" in after
    answer = client.get(file_address(story, kept))
    assert b"".join(answer) == pdf()
    assert answer["Content-Disposition"] == 'attachment; filename="memorandum.pdf"'
    assert answer["Cache-Control"] == "private, no-store"
    assert AuditEvent.objects.filter(action="agreement.document_downloaded").count() == 1


def test_parties_and_the_centre_take_it_away_once_the_authority_has_signed(
    story: AgreementStory,
) -> None:
    kept = added(story)
    board = client_of(story.signatory(story.north))
    analyst = client_of(NationalMembershipFactory(role=Role.ANALYST).user)
    stranger = client_of(MembershipFactory(body=BoardFactory(), role=Role.EDITOR).user)
    url = file_address(story, kept)

    assert {one.get(url).status_code for one in (board, analyst, stranger)} == {404}
    story.sign(story.authority)
    assert {one.get(url).status_code for one in (board, analyst)} == {200}
    assert stranger.get(url).status_code == 404
    assert Client().get(url).status_code == 302
    assert "memorandum.pdf" in board.get(address(story, "sign")).content.decode()


def test_what_the_authority_changes_meanwhile_is_its_own(story: AgreementStory) -> None:
    first = added(story)
    story.sign(story.authority)
    second = added(story, pdf(b"next draft"))
    own, board = client_of(story.editor), client_of(story.signatory(story.north))

    assert own.get(file_address(story, first)).status_code == 200
    assert own.get(file_address(story, second)).status_code == 200
    assert board.get(file_address(story, first)).status_code == 200
    assert board.get(file_address(story, second)).status_code == 404


def test_only_who_writes_the_records_of_the_authority_adds_to_it(story: AgreementStory) -> None:
    story.sign(story.authority)
    board = client_of(MembershipFactory(body=story.north, role=Role.EDITOR).user)
    analyst = client_of(NationalMembershipFactory(role=Role.ANALYST).user)
    stranger = client_of(MembershipFactory(body=BoardFactory(), role=Role.EDITOR).user)

    for client, status in ((board, 403), (analyst, 403), (stranger, 404)):
        assert client.get(address(story)).status_code == status
        assert client.post(address(story), sent()).status_code == status
    assert not AgreementDocument.objects.exists()
    page = board.get(address(story, "page")).content.decode()
    assert "Add the agreement as a file" not in page


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        ({"form_key": str(uuid.uuid4())}, 422, "Choose a file"),
        (sent(b""), 422, "empty"),
        (sent(b"MZ a program"), 415, "PDF"),
    ],
)
def test_a_wrong_file_is_refused_with_what_to_do(
    story: AgreementStory, data: dict[str, Any], status: int, words: str
) -> None:
    response = client_of(story.editor).post(address(story), data)

    assert response.status_code == status
    text = response.content.decode()
    assert "There is a problem" in text
    assert words in text
    assert not AgreementDocument.objects.exists()


def test_a_body_that_is_too_large_is_not_read(story: AgreementStory) -> None:
    response = client_of(story.editor).post(address(story), sent(b"%PDF-1.7" + b"x" * 10_200_000))

    assert response.status_code == 413
    assert response["Connection"] == "close"
    assert "10 MB" in response.content.decode()
    assert not AgreementDocument.objects.exists()


def test_a_form_of_another_site_adds_nothing(story: AgreementStory) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(story.editor)

    assert client.post(address(story), sent()).status_code == 403
    assert not AgreementDocument.objects.exists()


def test_it_is_taken_away_once(story: AgreementStory) -> None:
    kept = added(story)
    client = client_of(story.editor)

    for said in ("The document was removed", "replaced or removed before"):
        answer = client.post(address(story), {"remove": str(kept.pk)}, follow=True)
        assert said in answer.content.decode()
    odd = client.post(address(story), {"remove": "no key"}, follow=True)
    assert "replaced or removed before" in odd.content.decode()
    assert client.get(file_address(story, kept)).status_code == 404


def test_one_that_counts_is_changed_with_a_warning(story: AgreementStory) -> None:
    client = client_of(story.editor)
    added(story)
    assert "makes them void" not in client.get(address(story)).content.decode()

    story.sign(story.authority)

    assert "makes them void" in client.get(address(story)).content.decode()
