"""Tells bodies what they are offered and whose session is soon, and the centre what they answered.

A message quotes no text of an offer and no reason, and names no person. What a body declines is
told to who offered it, and to nobody else.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from django.urls import reverse

from authorities.actions import messages
from authorities.models import Notice, User
from authorities.notices import Draft, Letter, NoticeKind, people_at, people_of_centre
from authorities.permissions import GRANTED_EVERYWHERE, Permission
from authorities.queries.dated import names_on
from duty.deadlines import london_date
from engagement.models import (
    Enrolment,
    EnrolmentState,
    LinkState,
    PeerLink,
    SupportSession,
)
from engagement.support_lifecycle import TAKEN_UP, Event

OFFERED = "support.offered"
ASKED = "support.asked"
ANSWERED = "support.answered"
DECIDED = "support.decided"
SOON = "support.session_soon"
LINK_PROPOSED = "support.link_proposed"
LINK_ANSWERED = "support.link_answered"
GOES_ON = "support.goes_on"
# A session is told of this many days ahead.
SOON_DAYS = 3
_DESK = tuple(
    role for role, rights in GRANTED_EVERYWHERE.items() if Permission.SUPPORT_DESK_WRITE in rights
)
_BEGUN = {
    OFFERED: EnrolmentState.OFFERED,
    ASKED: EnrolmentState.ASKED,
}
_DECISIONS = (EnrolmentState.ACCEPTED, EnrolmentState.NOT_GIVEN)


def tell_of_beginning(*, enrolment: Enrolment, at: datetime) -> None:
    """Tell the body what it is offered, or the centre what a body asked for."""
    messages.announce(
        kind=ASKED if enrolment.asked else OFFERED,
        key=str(enrolment.pk),
        about=enrolment.pk,
        body_id=None if enrolment.asked else enrolment.body_id,
        at=at,
    )


def tell_of_step(*, enrolment: Enrolment, event: Event, at: datetime) -> None:
    """Tell who offered it how the body answered, or the body what the centre decided."""
    if event in (Event.ACCEPT, Event.DECLINE, Event.LEAVE):
        messages.announce(kind=ANSWERED, key=f"{enrolment.pk} {event}", about=enrolment.pk, at=at)
    elif event in (Event.GIVE, Event.TURN_DOWN):
        messages.announce(
            kind=DECIDED,
            key=str(enrolment.pk),
            about=enrolment.pk,
            body_id=enrolment.body_id,
            at=at,
        )


def tell_of_link(*, link: PeerLink, at: datetime) -> None:
    """Tell the body that is asked of a proposal; once it agrees, the ambassador and the centre."""
    if link.state == LinkState.OFFERED:
        messages.announce(
            kind=LINK_PROPOSED, key=str(link.pk), about=link.pk, body_id=link.body_id, at=at
        )
    elif link.state in (LinkState.ACCEPTED, LinkState.DECLINED):
        messages.announce(kind=LINK_ANSWERED, key=str(link.pk), about=link.pk, at=at)
        if link.state == LinkState.ACCEPTED:
            messages.announce(
                kind=LINK_ANSWERED,
                key=f"{link.pk} ambassador",
                about=link.pk,
                body_id=link.ambassador.body_id,
                at=at,
            )


def tell_of_going_on(*, row: Enrolment | PeerLink, body_ids: Iterable[UUID], at: datetime) -> None:
    """Tell the bodies that may go on with support whose pair ended."""
    for body_id in sorted(set(body_ids), key=str):
        messages.announce(
            kind=GOES_ON,
            key=f"{row.pk} {body_id} {row.moved_on}",
            about=row.pk,
            body_id=body_id,
            at=at,
        )


def drafts(*, first: date, last: date) -> tuple[Draft, ...]:
    """Return whom sessions of the next days concern, each body once a session."""
    rows = (
        SupportSession.objects.filter(
            held_on__gt=first,
            held_on__lte=last + timedelta(days=SOON_DAYS),
            offer__enrolments__state__in=[state.value for state in TAKEN_UP],
            # What waits for a choice after a change of bodies asks nobody to a session.
            offer__enrolments__possible_pairs__isnull=True,
        )
        .order_by("held_on", "pk")
        .values_list("pk", "held_on", "offer__enrolments__body_id")
        .distinct()
    )
    return tuple(
        Draft(
            kind=SOON,
            # With its day, so that one that is moved is told anew.
            key=f"{key} {body_id} {held_on.isoformat()}",
            day=max(held_on - timedelta(days=SOON_DAYS), first),
            about=key,
            body_id=body_id,
            details={"held_on": held_on.isoformat()},
        )
        for key, held_on, body_id in rows
    )


def _begun_letters(notice: Notice, at: datetime, *, kind: str) -> tuple[Letter, ...]:
    row = Enrolment.objects.get(pk=notice.about)
    # It was answered or withdrawn meanwhile.
    if row.state != _BEGUN[kind]:
        return ()
    name = _name(row, at)
    if kind == ASKED:
        return _letters(
            people_of_centre(roles=_DESK),
            f"{name}: asks for support",
            "A body asks for an offer of the support desk. It is here:",
            reverse("support:desk-enrolment", args=[row.pk]),
        )
    return _letters(
        people_at(body_id=row.body_id),
        f"{name}: support is offered",
        (
            "The national team offers your organisation support. Taking part is voluntary, and "
            "declining has no consequence. A signatory answers here:"
        ),
        reverse("support:enrolment", args=[row.pk]),
    )


def _answered_letters(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    row = Enrolment.objects.select_related("began_by", "offer__written_by").get(pk=notice.about)
    words = {
        EnrolmentState.ACCEPTED: "accepted",
        EnrolmentState.DECLINED: "declined",
        EnrolmentState.LEFT: "left",
    }.get(EnrolmentState(row.state))
    if words is None:
        return ()
    # Who offered it; where a body asked for it, who wrote the offer.
    person = row.offer.written_by if row.asked else row.began_by
    told = [one for one in people_of_centre(roles=_DESK) if one.pk == person.pk]
    return _letters(
        told,
        f"{_name(row, at)}: support was {words}",
        "What the body answered stands here:",
        reverse("support:desk-enrolment", args=[row.pk]),
    )


def _decided_letters(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    row = Enrolment.objects.get(pk=notice.about)
    if row.state not in _DECISIONS:
        return ()
    given = row.state == EnrolmentState.ACCEPTED
    return _letters(
        people_at(body_id=row.body_id),
        f"{_name(row, at)}: the support you asked for {'is given' if given else 'is answered'}",
        "What the national team answered stands here:",
        reverse("support:enrolment", args=[row.pk]),
    )


def _soon_letters(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    if notice.body_id is None:
        return ()
    session = SupportSession.objects.get(pk=notice.about)
    row = (
        Enrolment.objects.filter(
            offer_id=session.offer_id,
            body_id=notice.body_id,
            state__in=[state.value for state in TAKEN_UP],
        )
        .order_by("began_at", "pk")
        .first()
    )
    moved = notice.details.get("held_on", "") not in ("", session.held_on.isoformat())
    # It left meanwhile, or the day was moved or is over.
    if row is None or moved or session.held_on < london_date(now=at):
        return ()
    return _letters(
        people_at(body_id=row.body_id),
        f"{_name(row, at)}: a session is soon",
        f"A session of the support that you take part in is on {_day(session.held_on)}:",
        reverse("support:enrolment", args=[row.pk]),
    )


def _link_letters(notice: Notice, at: datetime, *, proposed: bool) -> tuple[Letter, ...]:
    row = PeerLink.objects.select_related("ambassador", "proposed_by").get(pk=notice.about)
    if proposed:
        if row.state != LinkState.OFFERED:
            return ()
        return _letters(
            people_at(body_id=row.body_id),
            f"{_name(row, at)}: a peer link is proposed",
            (
                "The national team proposes a link with an ambassador. It is voluntary. A "
                "signatory answers here:"
            ),
            reverse("support:link", args=[row.pk]),
        )
    if notice.body_id is not None:
        if row.state != LinkState.ACCEPTED:
            return ()
        return _letters(
            people_at(body_id=row.ambassador.body_id),
            f"{_name(row, at)}: accepted a peer link with you",
            "You volunteered as an ambassador, and a body would like to learn from you:",
            reverse("support:link", args=[row.pk]),
        )
    if row.state not in (LinkState.ACCEPTED, LinkState.DECLINED):
        return ()
    told = [one for one in people_of_centre(roles=_DESK) if one.pk == row.proposed_by_id]
    return _letters(
        told,
        f"{_name(row, at)}: a peer link was {LinkState(row.state).label.lower()}",
        "What the body answered stands here:",
        reverse("support:desk-link", args=[row.pk]),
    )


def _going_on_letters(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    row: Enrolment | PeerLink | None = (
        Enrolment.objects.filter(pk=notice.about).first()
        or PeerLink.objects.filter(pk=notice.about).first()
    )
    # Somebody said so meanwhile.
    if row is None or notice.body_id is None or not row.needs_reconfirmation:
        return ()
    name = names_on(day=london_date(now=at), bodies=[notice.body_id]).name(notice.body_id)
    noun = "enrolment" if isinstance(row, Enrolment) else "link"
    return _letters(
        people_at(body_id=notice.body_id),
        f"{name}: support after the change of bodies",
        (
            "The pair that some support was for has ended. It is voluntary, as before. A signatory "
            "says here whether your organisation goes on with it:"
        ),
        reverse(f"support:{noun}-go-on", args=[row.pk]),
    )


def _name(row: Enrolment | PeerLink, at: datetime) -> str:
    return names_on(day=london_date(now=at), bodies=[row.body_id]).name(row.body_id)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _letters(people: Iterable[User], subject: str, text: str, path: str) -> tuple[Letter, ...]:
    return tuple(Letter(person, subject[:200], text, (("", path),)) for person in people)


KINDS = {
    OFFERED: NoticeKind(
        label="Support offered", letters=partial(_begun_letters, kind=OFFERED), daily=True
    ),
    ASKED: NoticeKind(
        label="Support asked for", letters=partial(_begun_letters, kind=ASKED), daily=True
    ),
    ANSWERED: NoticeKind(label="Support answered", letters=_answered_letters, daily=True),
    DECIDED: NoticeKind(label="Support decided", letters=_decided_letters, daily=True),
    SOON: NoticeKind(label="Session of support soon", letters=_soon_letters, daily=True),
    LINK_PROPOSED: NoticeKind(
        label="Peer link proposed", letters=partial(_link_letters, proposed=True), daily=True
    ),
    GOES_ON: NoticeKind(label="Support goes on", letters=_going_on_letters, daily=True),
    LINK_ANSWERED: NoticeKind(
        label="Peer link answered", letters=partial(_link_letters, proposed=False), daily=True
    ),
}
