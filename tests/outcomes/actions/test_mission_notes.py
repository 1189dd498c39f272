"""What the centre says beside the mission's figures."""

from datetime import timedelta
from uuid import uuid4

import pytest

from authorities.models import AuditEvent
from outcomes.actions import mission_notes
from outcomes.models import MissionNote
from outcomes.queries.mission_notes import mission_notes as all_notes
from tests.factories.authorities import UserFactory
from tests.factories.mission import (
    NOW,
    MissionDefinitionFactory,
    MissionDraftFactory,
    MissionNoteFactory,
)

pytestmark = pytest.mark.django_db


def add(**said):
    facts = {"text": " It moved. ", "signed_as": "lead analyst", "form_key": uuid4(), "at": NOW}
    return mission_notes.add(**{**facts, "by": UserFactory(), **said})


def test_a_note_keeps_the_definition_in_use_who_said_it_and_when():
    in_use = MissionDefinitionFactory()
    MissionDraftFactory()
    by = UserFactory()

    note = add(by=by)

    assert (note.definition, note.text, note.by, note.at) == (in_use, "It moved.", by, NOW)
    [audited] = AuditEvent.objects.filter(action="mission_note.added")
    assert (audited.by, audited.at) == (by, NOW)


def test_the_same_form_sent_twice_stores_one_note():
    MissionDefinitionFactory()
    key = uuid4()

    assert add(form_key=key) == add(form_key=key)
    assert AuditEvent.objects.filter(action="mission_note.added").count() == 1


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"text": "  "}, "Say something"),
        ({"signed_as": " "}, "in which role"),
        ({"text": "x" * 2_001}, "at most 2,000"),
    ],
)
def test_what_is_no_note_is_refused(said, words):
    MissionDefinitionFactory()

    with pytest.raises(mission_notes.MissionNoteRefusedError, match=words):
        add(**said)
    assert not MissionNote.objects.exists()


def test_before_a_definition_is_in_use_there_is_nothing_to_say_it_of():
    MissionDraftFactory()

    with pytest.raises(mission_notes.MissionNoteRefusedError, match="No definition is in use"):
        add()


def test_the_newest_stands_first_and_a_withdrawn_one_is_its_reason_alone():
    by = UserFactory()
    older, newer = (MissionNoteFactory(at=NOW + timedelta(days=day)) for day in (0, 1))

    mission_notes.withdraw(note=newer, reason=" Wrong. ", by=by, at=NOW + timedelta(days=2))

    first, second = all_notes()
    assert (first.key, first.text, first.withdrawn_reason) == (newer.pk, "", "Wrong.")
    assert (second.key, second.text, second.withdrawn_at) == (older.pk, older.text, None)
    newer.refresh_from_db()
    assert (newer.withdrawn_by, bool(newer.text)) == (by, True)
    assert AuditEvent.objects.filter(action="mission_note.withdrawn", by=by).count() == 1


def test_a_note_is_withdrawn_once_and_with_a_reason():
    note = MissionNoteFactory()
    by = UserFactory()

    with pytest.raises(mission_notes.MissionNoteRefusedError, match="Say why"):
        mission_notes.withdraw(note=note, reason=" ", by=by, at=NOW)
    mission_notes.withdraw(note=note, reason="Wrong.", by=by, at=NOW)
    with pytest.raises(mission_notes.MissionNoteRefusedError, match="already"):
        mission_notes.withdraw(note=note, reason="Wrong.", by=by, at=NOW)
