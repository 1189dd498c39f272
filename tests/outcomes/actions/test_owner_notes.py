"""Owners say something beside a computed status; it changes nothing of it."""

import uuid

import pytest
from django.test import Client

from authorities.models import AuditEvent, Role
from outcomes.actions import owner_notes, progress, progress_methods
from outcomes.models import OwnerNote, ProgressStatus
from tests.factories.authorities import MembershipFactory, StrategicAuthorityFactory, UserFactory
from tests.factories.outcomes import NOW
from tests.outcomes.progress_world import framework_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    """A framework in force whose indicator is on track."""
    progress_methods.load(at=NOW)
    made = framework_with({2019: 60.0, 2022: 61.0})
    progress.refresh(authority=made.framework.authority, at=NOW)
    return made


def said(version, **more):
    return {
        "framework": version.framework,
        "lineage": version.indicators.get().lineage,
        "body": version.framework.authority,
        "role": "Director",
        "text": "We do not claim a cause.",
        "contested": True,
        "form_key": uuid.uuid4(),
        "by": UserFactory(),
        "at": NOW,
        **more,
    }


def board_of(version):
    return version.framework.partners.get().pair.board


def test_either_owner_may_speak_and_the_status_stays(version):
    before = ProgressStatus.objects.values().get()

    for body in (version.framework.authority, board_of(version)):
        owner_notes.add(**said(version, body=body))

    assert ProgressStatus.objects.values().get() == before
    assert set(OwnerNote.objects.values_list("about", flat=True)) == {"On track"}
    assert AuditEvent.objects.filter(action="owner_note.added").count() == 2


def test_the_same_form_twice_stores_one_note(version):
    once = said(version)

    first, second = owner_notes.add(**once), owner_notes.add(**once)

    assert first == second
    assert OwnerNote.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"text": "  "}, "Say something"),
        ({"role": " "}, "in which role"),
        ({"text": "x" * 2001}, "at most 2,000 characters"),
        ({"lineage": uuid.uuid4()}, "no computed status in the version in force"),
    ],
)
def test_what_cannot_be_said_is_refused(version, change, message):
    with pytest.raises(owner_notes.NoteRefusedError, match=message):
        owner_notes.add(**said(version, **change))
    assert not OwnerNote.objects.exists()


def test_who_does_not_own_the_framework_says_nothing_beside_it(version):
    stranger = StrategicAuthorityFactory()

    with pytest.raises(owner_notes.NoteRefusedError, match="Only those who own"):
        owner_notes.add(**said(version, body=stranger))


def test_a_note_taken_back_stays_stored_and_nobody_elses_is(version):
    note = owner_notes.add(**said(version))

    with pytest.raises(owner_notes.NoteRefusedError, match="Only who said it"):
        owner_notes.withdraw(note=note, body=board_of(version), by=UserFactory(), at=NOW)
    owner_notes.withdraw(note=note, body=version.framework.authority, by=note.by, at=NOW)
    again = owner_notes.withdraw(note=note, body=note.body, by=note.by, at=NOW)

    assert (OwnerNote.objects.count(), again.withdrawn_at) == (1, NOW)
    assert AuditEvent.objects.filter(action="owner_note.withdrawn").count() == 1


def test_an_editor_writes_on_the_page_and_anybody_reads_it_beside_the_label(version):
    client = Client()
    client.force_login(MembershipFactory(body=board_of(version), role=Role.EDITOR).user)
    row = version.indicators.get()
    page = f"/progress/frameworks/{version.framework_id}/indicators/{row.lineage}/"

    wrong = client.post(f"{page}notes/new/", {"role": "Director of strategy", "text": ""})
    right = client.post(
        f"{page}notes/new/",
        {"role": "Director of strategy", "text": "The survey changed.", "contested": "on"},
    )

    assert wrong.status_code == 422
    assert "Enter what you want to say" in wrong.content.decode()
    assert 'value="Director of strategy"' in wrong.content.decode()
    assert right.status_code == 302
    shown = Client().get(page).content.decode()
    assert "Contested" in shown
    assert "“The survey changed.”" in shown
    assert "On track</span>" in shown
    note = OwnerNote.objects.get()
    assert client.post(f"{page}notes/{note.pk}/withdraw/").status_code == 302
    assert "The survey changed." not in Client().get(page).content.decode()


def test_strangers_are_told_that_there_is_nothing_and_the_partner_takes_nothing_back(version):
    note = owner_notes.add(**said(version))
    row = version.indicators.get()
    page = f"/progress/frameworks/{version.framework_id}/indicators/{row.lineage}/notes"
    statuses = {}
    for name, body in (("stranger", StrategicAuthorityFactory()), ("partner", board_of(version))):
        client = Client()
        client.force_login(MembershipFactory(body=body, role=Role.EDITOR).user)
        statuses[name] = [
            client.get(f"{page}/new/").status_code,
            client.post(f"{page}/{note.pk}/withdraw/").status_code,
        ]

    assert statuses == {"stranger": [404, 404], "partner": [200, 404]}
