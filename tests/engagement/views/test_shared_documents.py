"""The PDF of a return for those who may read all of it, and for nobody else."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from authorities.models import AuditEvent, Role
from duty.actions import documents
from duty.models import ReturnDocument, Submission
from tests.engagement.published_returns import publish
from tests.engagement.sight import sign_in
from tests.factories import engagement as make
from tests.factories.authorities import StrategicAuthorityFactory
from tests.factories.duty import ReturnStory, answer, submit, tell_return

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CANARY = "CANARY-4b17"


@pytest.fixture(autouse=True)
def _files(own_files):
    """Keep documents in the test's folder."""


@pytest.fixture
def story() -> ReturnStory:
    """A return with notes, submitted, and whose document is made."""
    told = tell_return()
    answer(told, "AB1")
    told.duty_return.answers.update(public_note="Seen by readers", private_note=CANARY)
    submit(told)
    documents.make(
        document_id=ReturnDocument.objects.get().pk, at=timezone.now() + timedelta(seconds=1)
    )
    return told


def address(story: ReturnStory, name: str = "shared-return-pdf") -> str:
    return reverse(f"publications:{name}", args=[story.round.slug, story.authority.slug])


def taken() -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(action="return.downloaded").order_by("pk"))


def words_of(answer_: object) -> str:
    """The words of a PDF that was sent."""
    sent = io.BytesIO(b"".join(answer_.streaming_content))
    return " ".join(page.extract_text() for page in PdfReader(sent).pages)


def test_a_reader_takes_it_away_from_the_instant_of_publication(story):
    reader = sign_in(make.central(Role.READER))
    before = reader.get(address(story)).status_code
    publish(story)

    page = reader.get(address(story, "shared-return")).content.decode()
    answered = reader.get(address(story))

    words = words_of(answered)
    assert before == 404
    assert f'href="{address(story)}"' in page
    assert answered["Content-Type"] == "application/pdf"
    assert answered["Content-Disposition"] == (
        f'attachment; filename="{Submission.objects.get().reference}.pdf"'
    )
    assert "Seen by readers" in words
    assert CANARY not in words
    assert [(one.detail["role"], one.detail["format"], one.body_id) for one in taken()] == [
        ("reader", "pdf", story.authority.pk)
    ]


def test_before_its_instant_a_reader_takes_nothing_away(story):
    publish(story, in_future=True)

    answered = sign_in(make.central(Role.READER)).get(address(story))

    assert answered.status_code == 404
    assert taken() == []


def test_who_reads_shared_sections_alone_does_not_have_the_whole(story):
    publish(story)
    board = sign_in(make.member(story.boards[0]))

    page = board.get(address(story, "shared-return"))

    assert page.status_code == 200
    assert address(story) not in page.content.decode()
    assert board.get(address(story)).status_code == 404
    assert taken() == []


def test_strangers_are_told_nothing_and_anybody_is_asked_to_sign_in(story):
    publish(story)

    other = sign_in(make.member(StrategicAuthorityFactory())).get(address(story))
    anybody = sign_in(None).get(address(story))

    assert other.status_code == 404
    assert anybody.url.startswith(reverse("account_login"))
    assert taken() == []


@pytest.mark.parametrize("role", [Role.ANALYST, Role.MODERATOR, Role.ADMINISTRATOR])
def test_the_centre_and_its_own_people_take_it_away_too(story, role):
    people = [make.central(role), story.editor]

    answers = [sign_in(person).get(address(story)) for person in people]

    assert all("Seen by readers" in words_of(one) for one in answers)
    assert [one.detail["role"] for one in taken()] == [role, "editor"]


def test_one_that_is_being_made_is_said_and_one_that_is_lost_is_made_again(story):
    publish(story)
    reader = sign_in(make.central(Role.READER))
    default_storage.delete(ReturnDocument.objects.get().file.name)

    lost = reader.get(address(story), follow=True)
    again = reader.get(address(story))

    assert lost.redirect_chain == [(address(story, "shared-return"), 302)]
    assert "The PDF of this return is being made." in lost.content.decode()
    assert again.status_code == 404
    assert taken() == []
