"""What the centre says beside the mission's figures. It changes no figure."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from authorities import audit
from authorities.models import User
from outcomes.models import MissionDefinition, MissionNote

LONGEST_TEXT = 2_000


class MissionNoteRefusedError(ValueError):
    """A note may not be stored or withdrawn; the message says why to the person who tried."""


@transaction.atomic
def add(*, text: str, signed_as: str, form_key: UUID, by: User, at: datetime) -> MissionNote:
    """Store a note beside the figures; the same form sent twice stores one.

    Raises:
        MissionNoteRefusedError: it says nothing, is not signed or too long, or no definition is in
            use, so that there are no figures.
    """
    # Two sendings of one form at once must not both find nothing.
    definition = MissionDefinition.objects.in_use().select_for_update().first()
    if definition is None:
        raise MissionNoteRefusedError("No definition is in use, so there are no figures yet.")
    if held := MissionNote.objects.filter(form_key=form_key).first():
        return held
    if not text.strip() or not signed_as.strip():
        raise MissionNoteRefusedError("Say something, and in which role.")
    if len(text) > LONGEST_TEXT:
        raise MissionNoteRefusedError(f"Use at most {LONGEST_TEXT:,} characters.")
    note = MissionNote.objects.create(
        definition=definition,
        text=text.strip(),
        signed_as=signed_as.strip(),
        at=at,
        by=by,
        form_key=form_key,
    )
    audit.record(action="mission_note.added", target=note, by=by, at=at)
    return note


@transaction.atomic
def withdraw(*, note: MissionNote, reason: str, by: User, at: datetime) -> MissionNote:
    """Take a note back; it stays on record, and the page says why it is gone.

    Raises:
        MissionNoteRefusedError: there is no reason, or it was withdrawn already.
    """
    note = MissionNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
    if note.withdrawn_at is not None:
        raise MissionNoteRefusedError("This note was withdrawn already.")
    if not reason.strip():
        raise MissionNoteRefusedError("Say why it is withdrawn.")
    note.withdrawn_at, note.withdrawn_by, note.withdrawn_reason = at, by, reason.strip()
    note.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    audit.record(action="mission_note.withdrawn", target=note, by=by, at=at)
    return note
