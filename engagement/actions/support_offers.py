"""Writes what support there is: drafts an offer, opens it, closes it, and keeps its sessions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from authorities import audit
from authorities.models import User
from engagement.models import (
    Aim,
    Enrolment,
    Need,
    SessionAttendance,
    SupportGroup,
    SupportOffer,
    SupportSession,
)
from engagement.queries.enrolments import TOOK_PART
from engagement.support_lifecycle import LIVES, Actor, Event, Noun

# A body that ended or left may have been at a session before.
ATTENDING = TOOK_PART


@dataclass(frozen=True)
class OfferText:
    """What an offer says. `notes` are for the centre alone."""

    title: str
    description: str
    group_code: str
    aimed_at: Aim
    need: Need | None
    run_by: str
    starts_on: date
    ends_on: date | None
    capacity: int | None
    notes: str


class OfferRefusedError(ValueError):
    """An offer or a session cannot be stored so; `field` names what is wrong, empty for all."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class StaleOfferError(ValueError):
    """Somebody else changed it since the form was made."""


class FormUsedError(ValueError):
    """The form was sent before, for something else."""


# Bodies have read these when they answer.
_FROZEN = (
    *("title", "description", "group_code", "aimed_at", "need", "run_by"),
    *("starts_on", "capacity"),
)


@transaction.atomic
def draft(*, text: OfferText, form_key: UUID, by: User, at: datetime) -> SupportOffer:
    """Store a draft that only the centre sees; sending the same form twice stores it once.

    Raises:
        OfferRefusedError: it is not complete.
    """
    sent = SupportOffer.objects.filter(form_key=form_key).first()
    if sent is not None:
        return sent
    _require_complete(text=text)
    made = SupportOffer.objects.create(
        **_columns(text=text), written_at=at, written_by=by, form_key=form_key
    )
    audit.record(action="support_offer.drafted", target=made, by=by, at=at)
    return made


@transaction.atomic
def change(
    *, offer: SupportOffer, text: OfferText, seen: int, by: User, at: datetime
) -> SupportOffer:
    """Change what an offer says; once a body has answered it, its last day and notes alone.

    Raises:
        StaleOfferError: another person changed it meanwhile.
        OfferRefusedError: it is not complete, or bodies have answered what would change.
    """
    row = _locked(offer=offer)
    if row.version != seen:
        raise StaleOfferError(
            "Somebody else changed this offer since you opened the page. Look at it again."
        )
    _require_complete(text=text)
    columns = _columns(text=text)
    if answered(offer=row):
        changed = [name for name in _FROZEN if getattr(row, name) != columns[name]]
        if changed:
            raise OfferRefusedError(
                "Bodies have answered this offer as it is, so only its last day and the notes can "
                "change. Close it and write another one.",
                field=changed[0],
            )
    for name, value in columns.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    audit.record(action="support_offer.changed", target=row, by=by, at=at)
    return row


def answered(*, offer: SupportOffer) -> bool:
    """Return whether a body has answered the offer, so that it stays as that body read it."""
    return Enrolment.objects.filter(offer=offer, answered_at__isnull=False).exists()


@transaction.atomic
def take_step(*, offer: SupportOffer, event: Event, by: User, at: datetime) -> SupportOffer:
    """Open, close or open again.

    Raises:
        SupportRefusedError: the state does not allow it.
    """
    row = _locked(offer=offer)
    row.state = LIVES[Noun.OFFER].next_state(state=row.state, event=event, actor=Actor.CENTRE)
    row.version += 1
    row.save()
    audit.record(action=f"support_offer.{event}", target=row, by=by, at=at)
    return row


@transaction.atomic
def add_session(
    *,
    offer: SupportOffer,
    held_on: date,
    title: str,
    note: str,
    form_key: UUID,
    by: User,
    at: datetime,
) -> SupportSession:
    """Plan a session, or write one down that was held; who was there is said later.

    Raises:
        OfferRefusedError: it has no title, or lies outside the offer's days.
        FormUsedError: the form key stands for a session of another offer.
    """
    row = _locked(offer=offer)
    sent = SupportSession.objects.filter(form_key=form_key).first()
    if sent is not None:
        if sent.offer_id != row.pk:
            raise FormUsedError("This form was sent before. Open the page again.")
        return sent
    if not title.strip():
        raise OfferRefusedError("Enter what the session is called.", field="title")
    if held_on < row.starts_on or (row.ends_on is not None and held_on > row.ends_on):
        raise OfferRefusedError(
            "The day must lie between the first and the last day of the offer.", field="held_on"
        )
    made = SupportSession.objects.create(
        offer=row, held_on=held_on, title=title.strip(), note=note.strip(), form_key=form_key
    )
    audit.record(action="support_session.added", target=made, by=by, at=at, offer=str(row.pk))
    return made


@transaction.atomic
def keep_session(
    *,
    session: SupportSession,
    enrolments: Sequence[UUID],
    note: str,
    seen: int,
    by: User,
    at: datetime,
) -> SupportSession:
    """Say who was at a session and what came of it for all.

    Raises:
        StaleOfferError: another person changed it meanwhile.
        OfferRefusedError: one of them does not take part in the offer.
    """
    row = SupportSession.objects.select_for_update().get(pk=session.pk)
    if row.version != seen:
        raise StaleOfferError(
            "Somebody else changed this session since you opened the page. Look at it again."
        )
    may_attend = set(
        Enrolment.objects.filter(offer_id=row.offer_id, state__in=ATTENDING).values_list(
            "pk", flat=True
        )
    )
    if not set(enrolments) <= may_attend:
        raise OfferRefusedError("Choose bodies that take part in this offer.", field="enrolments")
    row.attendances.exclude(enrolment_id__in=enrolments).delete()
    there = set(row.attendances.values_list("enrolment_id", flat=True))
    for key in sorted(set(enrolments) - there, key=str):
        SessionAttendance.objects.create(session=row, enrolment_id=key)
    row.note = note.strip()
    row.version += 1
    row.save()
    audit.record(
        action="support_session.kept", target=row, by=by, at=at, attended=len(set(enrolments))
    )
    return row


def _columns(*, text: OfferText) -> dict[str, object]:
    return {
        "title": text.title.strip(),
        "description": text.description.strip(),
        "group_code": text.group_code,
        "aimed_at": text.aimed_at.value,
        "need": text.need.value if text.need else "",
        "run_by": text.run_by.strip(),
        "starts_on": text.starts_on,
        "ends_on": text.ends_on,
        "capacity": text.capacity,
        "notes": text.notes.strip(),
    }


def _require_complete(*, text: OfferText) -> None:
    asked = {
        "title": (text.title, "Enter what the offer is called."),
        "description": (text.description, "Say what the offer is."),
        "run_by": (text.run_by, "Enter who runs it."),
    }
    for name, (said, message) in asked.items():
        if not said.strip():
            raise OfferRefusedError(message, field=name)
    if not SupportGroup.objects.filter(code=text.group_code).exists():
        raise OfferRefusedError("Select one of the support groups.", field="group_code")
    if text.ends_on is not None and text.ends_on < text.starts_on:
        raise OfferRefusedError("The last day must be the first day or later.", field="ends_on")
    if text.capacity is not None and text.capacity < 1:
        raise OfferRefusedError(
            "Enter how many bodies can take part, or leave it empty.", field="capacity"
        )


def _locked(*, offer: SupportOffer) -> SupportOffer:
    return SupportOffer.objects.select_for_update().get(pk=offer.pk)


@transaction.atomic
def note_download(*, by: User, at: datetime) -> None:
    """Keep who took the file of what was offered and taken up: it names bodies."""
    audit.record(action="support.movement_downloaded", target=by, by=by, at=at)
