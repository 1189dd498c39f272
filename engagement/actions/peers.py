"""Writes peer learning: who volunteers as an ambassador, and the links that the centre proposes."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from authorities import audit
from authorities.models import Body, Pair, User
from duty.deadlines import london_date
from engagement.actions import support_messages
from engagement.models import (
    Ambassador,
    AmbassadorPair,
    LinkState,
    PeerLink,
    PeerMeeting,
    Side,
)
from engagement.queries.current_placements import current_placement
from engagement.queries.pairs import stands
from engagement.support_lifecycle import LIVES, Actor, Event, Guard, Noun, leads_to

GREEN, AMBER = "green", "amber"


class PeerRefusedError(ValueError):
    """Nobody can volunteer or be linked so; `field` names what is wrong, empty for all."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def volunteer(
    *,
    pair: Pair,
    side: Side,
    shares: str,
    open_to_any: bool,
    named: Sequence[UUID],
    form_key: UUID,
    by: User,
    at: datetime,
) -> Ambassador:
    """Volunteer to share what the body learned; sending the same form twice does it once.

    Raises:
        PeerRefusedError: the pair has ended, its newest published group is not green, nobody is
            named, or the body volunteers already.
    """
    Pair.objects.select_for_update().get(pk=pair.pk)
    sent = Ambassador.objects.filter(form_key=form_key).first()
    if sent is not None:
        return sent
    _require_standing(pair=pair, at=at, field="")
    placed = current_placement(pair=pair)
    if placed is None or placed.group != GREEN:
        raise PeerRefusedError(
            "Only bodies whose pair is published in the group Ambassadors can volunteer."
        )
    if not shares.strip():
        raise PeerRefusedError("Say what you could share.", field="shares")
    if not open_to_any and not named:
        raise PeerRefusedError("Select at least one pair, or any pair.", field="named")
    if Ambassador.objects.filter(pair=pair, side=side, withdrawn_at__isnull=True).exists():
        raise PeerRefusedError("Your body volunteers already. Withdraw that first.")
    made = Ambassador.objects.create(
        pair=pair,
        side=side,
        body_id=_body_id(pair=pair, side=side),
        placement=placed,
        shares=shares.strip(),
        open_to_any=open_to_any,
        volunteered_at=at,
        volunteered_by=by,
        form_key=form_key,
    )
    for key in () if open_to_any else dict.fromkeys(named):
        AmbassadorPair.objects.create(ambassador=made, pair_id=key)
    _record(action="ambassador.volunteered", target=made, body=made.body, by=by, at=at)
    return made


@transaction.atomic
def withdraw(*, ambassador: Ambassador, by: User, at: datetime) -> Ambassador:
    """Volunteer no longer. Proposals that nobody answered go with it; what was agreed stays."""
    row = Ambassador.objects.select_for_update().get(pk=ambassador.pk)
    if row.withdrawn_at is not None:
        return row
    row.withdrawn_at, row.withdrawn_by = at, by
    row.save()
    for link in row.links.select_for_update().filter(state=LinkState.OFFERED):
        link.state = LinkState.WITHDRAWN
        link.save()
    _record(action="ambassador.withdrawn", target=row, body=row.body, by=by, at=at)
    return row


@transaction.atomic
def propose_link(
    *,
    ambassador: Ambassador,
    pair: Pair,
    side: Side,
    about: str,
    form_key: UUID,
    by: User,
    at: datetime,
) -> PeerLink:
    """Propose to a body of an amber pair to learn from an ambassador.

    Raises:
        PeerRefusedError: the ambassador volunteers no longer or for others only, the pair has ended
            or its newest published group is not amber, or the link stands already.
    """
    held = Ambassador.objects.select_for_update().get(pk=ambassador.pk)
    sent = PeerLink.objects.filter(form_key=form_key).first()
    if sent is not None:
        return sent
    if held.withdrawn_at is not None:
        raise PeerRefusedError("This ambassador has withdrawn.", field="ambassador")
    if not held.open_to_any and not held.named_pairs.filter(pair=pair).exists():
        raise PeerRefusedError("This ambassador volunteered for other pairs only.", field="partner")
    _require_standing(pair=pair, at=at, field="partner")
    placed = current_placement(pair=pair)
    if placed is None or placed.group != AMBER:
        raise PeerRefusedError(
            "Links are proposed to pairs that are published in the group Emerging leaders.",
            field="partner",
        )
    if not about.strip():
        raise PeerRefusedError("Say what the two could learn from each other.", field="about")
    standing = PeerLink.objects.filter(
        ambassador=held, pair=pair, side=side, state__in=[LinkState.OFFERED, LinkState.ACCEPTED]
    )
    if standing.exists():
        raise PeerRefusedError("These two are linked, or asked, already.", field="partner")
    made = PeerLink.objects.create(
        ambassador=held,
        pair=pair,
        side=side,
        body_id=_body_id(pair=pair, side=side),
        placement=placed,
        about=about.strip(),
        proposed_at=at,
        proposed_by=by,
        form_key=form_key,
    )
    _record(action="peer_link.proposed", target=made, body=made.body, by=by, at=at)
    support_messages.tell_of_link(link=made, at=at)
    return made


@transaction.atomic
def take_step(
    *,
    link: PeerLink,
    event: Event,
    actor: Actor,
    body: Body | None,
    words: str,
    by: User,
    at: datetime,
) -> PeerLink:
    """Take one step of the table.

    body: whose page the step is taken on; None for the centre.
    words: a decline's word why, which the centre alone reads; what came of it, which all read.

    Raises:
        SupportRefusedError: the state, or a guard, does not allow it.
    """
    row = PeerLink.objects.select_for_update().get(pk=link.pk)
    if leads_to(noun=Noun.LINK, event=event) == row.state and row.answered_by_id == by.pk:
        # The same form, sent twice.
        return row
    said = words.strip()
    holding = {Guard.WORDS_GIVEN} if said else set()
    row.state = LIVES[Noun.LINK].next_state(
        state=row.state, event=event, actor=actor, holding=holding
    )
    if event in (Event.ACCEPT, Event.DECLINE):
        row.answered_at, row.answered_by = at, by
    if event == Event.DECLINE:
        row.declined_reason = said
    if event == Event.END:
        row.ended_at, row.ended_words = at, said
    row.save()
    _record(action=f"peer_link.{event}", target=row, body=body, by=by, at=at)
    support_messages.tell_of_link(link=row, at=at)
    return row


@transaction.atomic
def add_meeting(
    *, link: PeerLink, held_on: date, note: str, form_key: UUID, by: User, at: datetime
) -> PeerMeeting:
    """Write down a day on which both met; both read the note.

    Raises:
        PeerRefusedError: the link is not one that both agreed to, or the day has not come.
    """
    row = PeerLink.objects.select_for_update().get(pk=link.pk)
    if row.state not in (LinkState.ACCEPTED, LinkState.ENDED):
        raise PeerRefusedError("Meetings can be written down once the link is accepted.")
    if held_on > london_date(now=at):
        raise PeerRefusedError("The day must be today or earlier.", field="held_on")
    made, new = PeerMeeting.objects.get_or_create(
        form_key=form_key,
        defaults={"link": row, "held_on": held_on, "note": note.strip(), "at": at, "by": by},
    )
    if new:
        audit.record(action="peer_link.met", target=row, by=by, at=at)
    return made


def _require_standing(*, pair: Pair, at: datetime, field: str) -> None:
    if not stands(pair=pair, on=london_date(now=at)):
        raise PeerRefusedError(
            "These two bodies serve no area together any more. Choose the pair that took over.",
            field=field,
        )


def _body_id(*, pair: Pair, side: Side) -> UUID:
    body_id: UUID = pair.authority_id if side == Side.AUTHORITY else pair.board_id
    return body_id


def _record(
    *, action: str, target: Ambassador | PeerLink, body: Body | None, by: User, at: datetime
) -> None:
    audit.record(action=action, target=target, by=by, at=at, body=body, pair=str(target.pair_id))
