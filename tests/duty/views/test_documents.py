"""The PDF of a submission on its pages: being made, offered, given up, of the right people."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from authorities.models import AuditEvent, Role
from duty.actions import documents
from duty.models import DocumentState, ReturnDocument
from tests.factories.authorities import MembershipFactory
from tests.factories.duty import submit, tell_return
from tests.factories.rounds import make_centre

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WAITS = "The PDF of this return is being made."
REFRESH = '<noscript><meta http-equiv="refresh"'


@pytest.fixture(autouse=True)
def _files(own_files):
    """Keep documents in the test's folder."""


def at(name, story, *more):
    return reverse(f"duty:{name}", args=[story.round.slug, story.authority.slug, *more])


def make():
    document = ReturnDocument.objects.get()
    documents.make(document_id=document.pk, at=timezone.now() + timedelta(seconds=1))
    return ReturnDocument.objects.get()


def test_a_document_is_made_offered_and_taken_away(client):
    story = tell_return()
    submission = submit(story)
    analyst = make_centre().analyst
    pages = (
        at("return-submitted", story),
        reverse("duty:review-return", args=[story.duty_return.pk]),
    )
    file = at("return-pdf", story, 1)
    client.force_login(story.editor)
    waiting = client.get(pages[0]).content.decode()
    too_early = client.get(file)
    document = make()

    answers = {}
    for person, page in zip((story.editor, analyst), pages, strict=True):
        client.force_login(person)
        shown = client.get(page).content.decode()
        assert WAITS not in shown
        assert REFRESH not in shown
        assert f'href="{file}"' in shown
        answers[person] = client.get(file)

    assert WAITS in waiting
    assert REFRESH in waiting
    assert 'data-refresh="on"' in waiting
    assert too_early.status_code == 404
    for answer in answers.values():
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == f'attachment; filename="{submission.reference}.pdf"'
        assert len(b"".join(answer.streaming_content)) == document.size
    taken = AuditEvent.objects.filter(action="return.downloaded").order_by("pk")
    assert [(one.by, one.detail["role"], one.detail["format"]) for one in taken] == [
        (story.editor, "editor", "pdf"),
        (analyst, "analyst", "pdf"),
    ]
    assert {one.body_id for one in taken} == {story.authority.pk}


def test_others_learn_nothing_of_a_document(client):
    story = tell_return()
    submit(story)
    make()
    other = tell_return(slug="another-shire", round_=story.round)
    reader = MembershipFactory(role=Role.READER).user

    for person in (other.editor, reader):
        client.force_login(person)
        assert client.get(at("return-pdf", story, 1)).status_code == 404

    client.force_login(story.editor)
    assert client.get(at("return-pdf", story, 2)).status_code == 404
    assert not AuditEvent.objects.filter(action="return.downloaded").exists()


def test_a_document_given_up_is_said_and_made_again_by_an_administrator(client):
    story = tell_return()
    submission = submit(story)
    ReturnDocument.objects.update(state=DocumentState.FAILED, error="It stopped.")
    client.force_login(story.editor)
    page = client.get(at("return-submitted", story)).content.decode()
    again = reverse("job-make-document", args=[ReturnDocument.objects.get().pk])
    stranger = client.post(again)

    client.force_login(make_centre().administrator)
    jobs = client.get(reverse("jobs")).content.decode()
    client.post(again)
    twice = client.post(again, follow=True).content.decode()

    assert f"Tell the helpdesk the reference {submission.reference}" in page
    assert stranger.status_code == 404
    assert submission.reference in jobs
    assert "It stopped." in jobs
    assert ReturnDocument.objects.get().state == DocumentState.WAITING
    assert "not waiting for a person" in twice


def test_a_file_that_is_lost_is_made_again(client):
    story = tell_return()
    submit(story)
    default_storage.delete(make().file.name)
    client.force_login(story.editor)

    answer = client.get(at("return-pdf", story, 1), follow=True)

    assert answer.redirect_chain == [(at("return-submitted", story), 302)]
    assert WAITS in answer.content.decode()
    assert not AuditEvent.objects.filter(action="return.downloaded").exists()
