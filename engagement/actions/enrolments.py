"""Writes who takes up support: offered by the centre or asked for by a body, then its own word.

Taking part is voluntary. Nothing that a body answers here moves a level or a placement, and none of
these asks for a recompute.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from authorities import audit
from authorities.models import Pair, User
from duty.deadlines import london_date
from engagement.actions import support_messages
from engagement.models import (
    STANDING_ENROLMENTS,
    Enrolment,
    EnrolmentState,
    OfferState,
    PrivateSupportNote,
    SharedSupportNote,
    Side,
    SupportOffer,
)
from engagement.queries.current_placements import current_placement
from engagement.queries.pairs import stands
from engagement.support_lifecycle import LIVES, TAKEN_UP, Actor, Event, Guard, Noun, leads_to


class EnrolmentRefusedError(ValueError):
    """A body cannot be enrolled so; the message says what to do."""


class FormUsedError(ValueError):
    """The form was sent before, for something else."""


class EmptyNoteError(ValueError):
    """A note says nothing."""


@transaction.atomic
def offer_to(
    *, offer: SupportOffer, pair: Pair, side: Side, form_key: UUID, by: User, at: datetime
) -> Enrolment:
    """Offer a body to take part; it answers when it likes, or not at all.

    Raises:
        EnrolmentRefusedError: the offer is not open, the pair has ended, or it was offered already.
        FormUsedError: the form key stands for another enrolment.
    """
    made = _begin(offer=offer, pair=pair, side=side, asked=False, form_key=form_key, by=by, at=at)
    return made


@transaction.atomic
def ask_for(
    *, offer: SupportOffer, pair: Pair, side: Side, form_key: UUID, by: User, at: datetime
) -> Enrolment:
    """Ask for an offer oneself, whatever group one's pair is in.

    Raises:
        EnrolmentRefusedError: the offer is not open, the pair has ended, or it stands already.
        FormUsedError: the form key stands for another enrolment.
    """
    return _begin(offer=offer, pair=pair, side=side, asked=True, form_key=form_key, by=by, at=at)


@transaction.atomic
def take_step(
    *, enrolment: Enrolment, event: Event, actor: Actor, words: str, by: User, at: datetime
) -> Enrolment:
    """Take one step of the table.

    words: a decline's word why, which the centre alone reads and nobody has to give; why a place
        could not be given, or what came of it, which both read.

    Raises:
        SupportRefusedError: the state, or a guard, does not allow it.
    """
    # The offer first, always: two bodies that want its last place wait for each other here.
    offer = SupportOffer.objects.select_for_update().get(pk=enrolment.offer_id)
    row = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if leads_to(noun=Noun.ENROLMENT, event=event) == row.state and row.answered_by_id == by.pk:
        # The same form, sent twice.
        return row
    said = words.strip()
    holding = {
        guard
        for guard, holds in (
            (Guard.OFFER_OPEN, offer.state == OfferState.OPEN),
            (Guard.HAS_ROOM, has_room(offer=offer)),
            (Guard.WORDS_GIVEN, bool(said)),
        )
        if holds
    }
    row.state = LIVES[Noun.ENROLMENT].next_state(
        state=row.state, event=event, actor=actor, holding=holding
    )
    if event in (Event.ACCEPT, Event.DECLINE, Event.GIVE, Event.TURN_DOWN):
        row.answered_at, row.answered_by = at, by
    if event == Event.START:
        row.started_at = at
    if event in (Event.END, Event.LEAVE):
        row.finished_at = at
    if event == Event.DECLINE:
        row.declined_reason = said
    elif event == Event.TURN_DOWN:
        row.not_given_reason = said
    elif event == Event.END:
        row.outcome = said
    row.version += 1
    row.save()
    _record(action=f"enrolment.{event}", row=row, actor=actor, by=by, at=at)
    support_messages.tell_of_step(enrolment=row, event=event, at=at)
    return row


def has_room(*, offer: SupportOffer) -> bool:
    """Return whether another body can take part."""
    if offer.capacity is None:
        return True
    taken = Enrolment.objects.filter(offer=offer, state__in=[one.value for one in TAKEN_UP])
    return taken.count() < offer.capacity


@transaction.atomic
def share_note(
    *, enrolment: Enrolment, text: str, form_key: UUID, by: User, at: datetime
) -> SharedSupportNote:
    """Write something that the body reads too.

    Raises:
        EmptyNoteError: it says nothing.
    """
    _require_text(text=text)
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    note, made = SharedSupportNote.objects.get_or_create(
        form_key=form_key,
        defaults={"enrolment": enrolment, "text": text.strip(), "at": at, "by": by},
    )
    if made:
        _record(action="enrolment.note_shared", row=enrolment, actor=Actor.CENTRE, by=by, at=at)
    return note


@transaction.atomic
def keep_note(
    *, enrolment: Enrolment, text: str, form_key: UUID, by: User, at: datetime
) -> PrivateSupportNote:
    """Write something for colleagues of the centre alone. The audit says nothing of its body.

    Raises:
        EmptyNoteError: it says nothing.
    """
    _require_text(text=text)
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    note, made = PrivateSupportNote.objects.get_or_create(
        form_key=form_key,
        defaults={"enrolment": enrolment, "text": text.strip(), "at": at, "by": by},
    )
    if made:
        # Without a body, so that no list of what happened at the body shows that there is one.
        audit.record(action="enrolment.note_kept", target=enrolment, by=by, at=at)
    return note


def _begin(
    *,
    offer: SupportOffer,
    pair: Pair,
    side: Side,
    asked: bool,
    form_key: UUID,
    by: User,
    at: datetime,
) -> Enrolment:
    held = SupportOffer.objects.select_for_update().get(pk=offer.pk)
    sent = Enrolment.objects.filter(form_key=form_key).first()
    if sent is not None:
        if (sent.offer_id, sent.pair_id, sent.side) != (held.pk, pair.pk, side):
            raise FormUsedError("This form was sent before. Open the page again.")
        return sent
    if held.state != OfferState.OPEN:
        raise EnrolmentRefusedError("This offer is not open, so nobody can join it now.")
    today = london_date(now=at)
    if held.ends_on is not None and held.ends_on < today:
        raise EnrolmentRefusedError("The last day of this offer is over.")
    if not stands(pair=pair, on=today):
        raise EnrolmentRefusedError(
            "These two bodies serve no area together any more. Choose the pair that took over."
        )
    standing = Enrolment.objects.filter(
        offer=held, pair=pair, side=side, state__in=STANDING_ENROLMENTS
    )
    if standing.exists():
        raise EnrolmentRefusedError("This body has been offered it, or has asked for it, already.")
    placed = current_placement(pair=pair)
    made = Enrolment.objects.create(
        offer=held,
        pair=pair,
        side=side,
        body_id=pair.authority_id if side == Side.AUTHORITY else pair.board_id,
        state=EnrolmentState.ASKED if asked else EnrolmentState.OFFERED,
        asked=asked,
        began_at=at,
        began_by=by,
        group=placed.group if placed else None,
        form_key=form_key,
    )
    actor = Actor.BODY if asked else Actor.CENTRE
    _record(
        action="enrolment.asked" if asked else "enrolment.offered",
        row=made,
        actor=actor,
        by=by,
        at=at,
    )
    support_messages.tell_of_beginning(enrolment=made, at=at)
    return made


def _require_text(*, text: str) -> None:
    if not text.strip():
        raise EmptyNoteError("Enter the note.")


def _record(*, action: str, row: Enrolment, actor: Actor, by: User, at: datetime) -> None:
    audit.record(
        action=action,
        target=row,
        by=by,
        at=at,
        body=row.body,
        side=row.side,
        pair=str(row.pair_id),
        actor=actor.value,
    )
