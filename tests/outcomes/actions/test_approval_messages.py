"""Who approves is told what waits; who sent it in, what was decided."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from authorities.actions import messages
from authorities.models import Message, Notice, Role
from outcomes.actions import approvals, reading, upload_steps, uploads
from outcomes.models import UploadState
from tests.factories.authorities import (
    MembershipFactory,
    NationalBodyFactory,
    NationalMembershipFactory,
)
from tests.factories.outcomes import NOW, IndicatorFactory, file_of, file_row

LATER = NOW + timedelta(minutes=5)
MORNING = NOW + timedelta(days=2)
FILE = file_of(file_row(area_code="E06000001"), file_row(area_code="E06000002", value=""))


@pytest.fixture(autouse=True)
def indicator(db):
    return IndicatorFactory(fingertips_id=90362)


@pytest.fixture
def analyst(db):
    return MembershipFactory(body=NationalBodyFactory(), role=Role.ANALYST).user


@pytest.fixture
def store(editor):
    """Send a file in, confirm it and have it stored."""

    def made(content=FILE, by=editor.user, confirmed_by=editor.user):
        upload = uploads.receive(
            body=editor.body,
            file=ContentFile(content),
            file_name="values.csv",
            form_key=uuid.uuid4(),
            by=by,
            at=NOW,
        )
        reading.process(upload_id=upload.pk, at=LATER)
        upload.refresh_from_db()
        upload_steps.confirm(
            upload=upload, seen=upload.summary["fingerprint"], by=confirmed_by, at=LATER
        )
        reading.process(upload_id=upload.pk, at=LATER)
        upload.refresh_from_db()
        assert upload.state == UploadState.COMMITTED
        return upload

    return made


def told(kind):
    messages.address_due(at=MORNING)
    return {row.recipient: row for row in Message.objects.filter(notice__kind=kind)}


def test_who_approves_is_told_that_values_wait_and_nobody_else(store, analyst, editor):
    lead = MembershipFactory(body=NationalBodyFactory(), role=Role.LEAD_ANALYST).user
    NationalMembershipFactory(role=Role.READER)

    store()

    found = told("values.waiting")
    assert set(found) == {analyst, lead}
    assert found[analyst].subject == "Values wait for approval"
    assert "/indicators/approvals/" in found[analyst].text


def test_a_file_that_changed_nothing_asks_nobody(store, analyst):
    store()
    store()

    assert Notice.objects.filter(kind="values.waiting").count() == 1


def test_who_approves_is_not_told_of_what_was_decided_meanwhile(store, analyst):
    upload = store()
    approvals.approve(release_id=upload.release_id, by=analyst, at=LATER)

    assert told("values.waiting") == {}


def test_who_approves_is_not_told_of_what_a_later_file_replaced(store, analyst):
    first = store()
    store(
        file_of(
            file_row(area_code="E06000001", value="60.2"),
            file_row(area_code="E06000002", value="60.3"),
        )
    )
    messages.address_due(at=MORNING)

    assert Message.objects.filter(notice__kind="values.waiting").count() == 1
    assert not Message.objects.filter(notice__about=first.release_id).exists()


@pytest.mark.parametrize("decided", ["approved", "returned"])
def test_who_sent_values_in_is_told_of_the_decision(store, analyst, editor, decided):
    MembershipFactory(body=editor.body)
    upload = store()
    if decided == "approved":
        approvals.approve(release_id=upload.release_id, by=analyst, at=LATER)
    else:
        approvals.return_to_sender(
            release_id=upload.release_id, comment="Wrong year.", by=analyst, at=LATER
        )

    found = told("values.decided")

    assert set(found) == {editor.user}
    assert found[editor.user].subject == f"Values {decided}"
    assert str(upload.pk) in found[editor.user].text


def test_who_sent_the_file_and_who_had_it_stored_are_both_told(store, analyst, editor):
    colleague = MembershipFactory(body=editor.body).user
    upload = store(by=colleague)

    approvals.approve(release_id=upload.release_id, by=analyst, at=LATER)

    assert set(told("values.decided")) == {editor.user, colleague}


@pytest.mark.parametrize("did", ["by", "confirmed_by"])
def test_nobody_who_sent_the_file_or_had_it_stored_approves_or_is_asked_to(
    store, analyst, editor, did
):
    MembershipFactory(user=analyst, body=editor.body)
    upload = store(**{did: analyst})

    with pytest.raises(approvals.OwnReleaseError, match="another person"):
        approvals.approve(release_id=upload.release_id, by=analyst, at=LATER)

    assert told("values.waiting") == {}
