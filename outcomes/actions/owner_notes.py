"""What owners of a framework say beside a computed status. It changes no label."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from authorities import audit
from authorities.models import Body, User
from outcomes.models import Framework, OwnerNote
from outcomes.queries import owner_notes, progress

LONGEST_TEXT = 2_000


class NoteRefusedError(Exception):
    """A note may not be stored or withdrawn; the message says why to the person who tried."""


@transaction.atomic
def add(
    *,
    framework: Framework,
    lineage: UUID,
    body: Body,
    role: str,
    text: str,
    contested: bool,
    form_key: UUID,
    by: User,
    at: datetime,
) -> OwnerNote:
    """Store what an owner says of an indicator's status, with the status as it reads now.

    The same form sent twice stores one note.

    Raises:
        NoteRefusedError: the body does not own the framework, the indicator is not in the version
            in force, nothing has been computed for it yet, or there is no text.
    """
    # Two sendings of one form at once must not both find nothing.
    Framework.objects.select_for_update().get(pk=framework.pk)
    if held := OwnerNote.objects.filter(form_key=form_key).first():
        return held
    if body.pk not in owner_notes.owners_of(framework=framework):
        raise NoteRefusedError("Only those who own the framework write beside its statuses.")
    if not text.strip() or not role.strip():
        raise NoteRefusedError("Say something, and in which role.")
    if len(text) > LONGEST_TEXT:
        raise NoteRefusedError(f"Use at most {LONGEST_TEXT:,} characters.")
    status = progress.status_words(framework=framework.pk, lineage=lineage)
    if status is None:
        raise NoteRefusedError("This indicator has no computed status in the version in force.")
    note = OwnerNote.objects.create(
        framework=framework,
        lineage=lineage,
        body=body,
        role=role.strip(),
        text=text.strip(),
        contested=contested,
        about=status,
        at=at,
        by=by,
        form_key=form_key,
    )
    audit.record(
        action="owner_note.added", target=note, body=body, by=by, at=at, contested=contested
    )
    return note


@transaction.atomic
def withdraw(*, note: OwnerNote, body: Body, by: User, at: datetime) -> OwnerNote:
    """Take back what one's own body said; it stays stored, and pages show it no more.

    Raises:
        NoteRefusedError: another body said it.
    """
    note = OwnerNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
    if note.body_id != body.pk:
        raise NoteRefusedError("Only who said it can take it back.")
    if note.withdrawn_at is not None:
        return note
    note.withdrawn_at = at
    note.save(update_fields=["withdrawn_at"])
    audit.record(action="owner_note.withdrawn", target=note, body=body, by=by, at=at)
    return note
