"""Tells bodies what was found of them, that their reply is still out, and how a challenge ended.

A message names no person and quotes nothing: levels, reasons and replies stand on the pages, for
who may read them.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from authorities.actions import messages
from authorities.models import Membership, Notice, Role, User
from authorities.notices import Draft, Letter, NoticeKind, people_at
from authorities.queries.dated import names_on
from duty import words
from duty.actions.deadline_messages import reminder_day
from duty.actions.round_messages import subject_of
from duty.deadlines import london_date
from duty.models import Round, RoundState
from engagement.assessment_lifecycle import State
from engagement.models import (
    Assessment,
    FindingReply,
    ReplyChoice,
    Resolution,
    ResolutionOutcome,
    Side,
)
from engagement.queries.finding_replies import NoReplyYet, without_reply

READY = "finding.ready"
CLOSING = "finding.reply_closing"
RESOLVED = "finding.challenge_resolved"
REPLIED = "finding.reply_received"
# Working days before the last day on which a body may still reply.
REMINDER_DAYS = 5
_CENTRE = (Role.ANALYST, Role.MODERATOR, Role.LEAD_ANALYST)


def tell_of_sharing(*, assessment: Assessment, at: datetime) -> None:
    """Tell both bodies that they can read what was found, and until when they may reply."""
    for body_id in _bodies(assessment):
        messages.announce(
            kind=READY,
            # It may be shared again, after “final” was taken back.
            key=f"{assessment.pk} {body_id} version {assessment.version}",
            about=assessment.pk,
            occasion=assessment.round_id,
            body_id=body_id,
            details={"shared_at": at.isoformat()},
            at=at,
        )


def tell_of_reply(*, reply: FindingReply, at: datetime) -> None:
    """Tell the people of the centre who drafted and moderated it that a body has replied."""
    messages.announce(
        kind=REPLIED,
        key=f"{reply.pk} version {reply.version}",
        about=reply.pk,
        occasion=reply.assessment.round_id,
        details={"version": reply.version},
        at=at,
    )


def tell_of_resolution(*, resolution: Resolution, at: datetime) -> None:
    """Tell both bodies how a challenge ended."""
    assessment = resolution.reply.assessment
    for body_id in _bodies(assessment):
        messages.announce(
            kind=RESOLVED,
            key=f"{resolution.pk} {body_id}",
            about=assessment.pk,
            occasion=assessment.round_id,
            body_id=body_id,
            details={"resolution": resolution.pk},
            at=at,
        )


def drafts(*, first: date, last: date) -> tuple[Draft, ...]:
    """Return which bodies are reminded of their reply, once a round and last day."""
    rounds: dict[UUID, Round] = {}
    bodies: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for row in without_reply(on=first):
        rounds[row.round.pk] = row.round
        bodies[row.round.pk] |= {row.body_id} if _is_reminded(row) else set()
    found = []
    for key, round_ in rounds.items():
        closes = round_.reply_closes_on
        if closes is None:
            continue
        day = max(reminder_day(due_on=closes, working_days=REMINDER_DAYS), first)
        if day < closes and day <= last:
            found += [
                Draft(
                    kind=CLOSING,
                    key=f"{key} {body_id} {closes.isoformat()}",
                    day=day,
                    about=key,
                    occasion=key,
                    body_id=body_id,
                    details={"closes_on": closes.isoformat()},
                )
                for body_id in sorted(bodies[key], key=str)
            ]
    return tuple(found)


def foreseen(*, first: date, last: date) -> tuple[Draft, ...]:
    """Return which bodies the replies that start within the days will tell, from one query."""
    rows = Assessment.objects.filter(
        state=State.MODERATED,
        round__state=RoundState.CLOSED,
        round__reply_opens_on__lte=last,
    )
    return tuple(
        Draft(
            kind=READY,
            key=f"foreseen {row.pk} {body_id}",
            # A late job does today what it can.
            day=max(row.round.reply_opens_on or first, first),
            about=row.pk,
            occasion=row.round_id,
            body_id=body_id,
        )
        for row in rows.select_related("round", "pair").order_by("round__slug", "pk")
        for body_id in _bodies(row)
    )


def _is_reminded(row: NoReplyYet) -> bool:
    """Whether it was shared before the day of the reminder: else the body has just been told."""
    closes, shared = row.round.reply_closes_on, row.shared_at
    return (
        closes is not None
        and shared is not None
        and london_date(now=shared) < reminder_day(due_on=closes, working_days=REMINDER_DAYS)
    )


def _ready_letters(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    row = _assessment(notice)
    if row is None or row.shared_at != datetime.fromisoformat(notice.details["shared_at"]):
        return ()
    if row.state not in (State.SHARED, State.UNCHALLENGED, State.FINAL):
        return ()
    closes = row.round.reply_closes_on
    takes = row.state == State.SHARED and closes is not None
    text = (
        (
            "The centre has shared what it found of {own}’s engagement with {other}. A signatory "
            f"of {{own}} can reply until the end of {words.london_weekday(moment=closes)}, London "
            "time. It is here:"
        )
        if takes and closes is not None
        else (
            "The centre has shared what it found of {own}’s engagement with {other}. The days of "
            "the reply are over, so it can be read and not replied to. It is here:"
        )
    )
    return _to_body(notice.body_id, row, "a finding on your side is ready", text, at)


def _closing_letters(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    today = london_date(now=at)
    rows = [
        row
        for row in without_reply(on=today, body_ids=[notice.body_id] if notice.body_id else [])
        if row.round.pk == notice.about
    ]
    if not rows or notice.body_id is None:
        return ()
    round_ = rows[0].round
    closes = round_.reply_closes_on
    if closes is None or closes.isoformat() != notice.details["closes_on"] or today >= closes:
        return ()
    names = names_on(day=today, bodies={notice.body_id, *(row.other_id for row in rows)})
    text = (
        f"{names.name(notice.body_id)} has not replied to what the centre found. A signatory can "
        f"reply until the end of {words.london_weekday(moment=closes)}, London time. No reply is "
        "neither agreement nor disagreement."
    )
    links = tuple(
        (f"With {names.name(row.other_id)}", finding_path(round_=round_, slugs=row.slugs))
        for row in rows
    )
    day = words.london_weekday(moment=closes)
    return tuple(
        Letter(person, subject_of(round_=round_, headline=f"replies close on {day}"), text, links)
        for person in people_at(body_id=notice.body_id)
    )


def _resolved_letters(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    row = _assessment(notice)
    made = (
        Resolution.objects.filter(pk=notice.details["resolution"], superseded_at__isnull=True)
        .select_related("reply")
        .first()
    )
    # The reply was changed meanwhile, or “final” taken back: it is resolved anew.
    if row is None or made is None:
        return ()
    is_authority = made.reply.side == Side.AUTHORITY
    challenger = row.pair.authority_id if is_authority else row.pair.board_id
    name = names_on(day=london_date(now=at), bodies=[challenger]).name(challenger)
    upheld = made.outcome == ResolutionOutcome.UPHOLD
    text = (
        f"The centre has looked at the challenge of {name}. Its level "
        f"{'stays as it was found' if upheld else 'was changed'}. Why stands here:"
    )
    headline = f"a challenge is resolved: level {'upheld' if upheld else 'changed'}"
    return _to_body(notice.body_id, row, headline, text, at)


def _replied_letters(notice: Notice, at: datetime) -> tuple[Letter, ...]:
    reply = (
        FindingReply.objects.filter(pk=notice.about)
        .select_related("assessment__round", "assessment__pair__authority")
        .select_related("assessment__pair__board")
        .first()
    )
    if reply is None or reply.version != notice.details["version"]:
        return ()
    row = reply.assessment
    people = [row.drafted_by_id, row.moderated_by_id]
    here = Membership.objects.current().filter(user__in=people, role__in=_CENTRE)
    body_id = row.pair.authority_id if reply.side == Side.AUTHORITY else row.pair.board_id
    name = names_on(day=london_date(now=at), bodies=[body_id]).name(body_id)
    said = "disagrees with" if reply.choice == ReplyChoice.DISAGREE else "agrees with"
    slugs = [row.round.slug, row.pair.authority.slug, row.pair.board.slug]
    path = reverse("assessments:pair", args=slugs)
    return tuple(
        Letter(
            person,
            subject_of(round_=row.round, headline="a body has replied to a finding"),
            f"{name} {said} what was found. It may change its reply until the last day of the "
            "replies. It is here:",
            (("", path),),
        )
        for person in User.objects.filter(memberships__in=here).distinct().order_by("pk")
    )


def finding_path(*, round_: Round, slugs: Sequence[str]) -> str:
    """Return the address at which a body reads what was found, and replies."""
    return reverse("findings:reply", args=[round_.slug, *slugs])


def _bodies(assessment: Assessment) -> tuple[UUID, UUID]:
    return (assessment.pair.authority_id, assessment.pair.board_id)


def _assessment(notice: Notice) -> Assessment | None:
    return (
        Assessment.objects.filter(pk=notice.about)
        .select_related("round", "pair__authority", "pair__board")
        .first()
    )


def _to_body(
    body_id: UUID | None, row: Assessment, headline: str, text: str, at: datetime
) -> tuple[Letter, ...]:
    if body_id is None or body_id not in _bodies(row):
        return ()
    other_id = next(one for one in _bodies(row) if one != body_id)
    names = names_on(day=london_date(now=at), bodies=[body_id, other_id])
    said = text.format(own=names.name(body_id), other=names.name(other_id))
    slugs = (row.pair.authority.slug, row.pair.board.slug)
    path = finding_path(round_=row.round, slugs=slugs)
    return tuple(
        Letter(person, subject_of(round_=row.round, headline=headline), said, (("", path),))
        for person in people_at(body_id=body_id)
    )


KINDS = {
    READY: NoticeKind(label="Finding ready", letters=_ready_letters),
    CLOSING: NoticeKind(label="Reply closing", letters=_closing_letters, daily=True),
    RESOLVED: NoticeKind(label="Challenge resolved", letters=_resolved_letters),
    REPLIED: NoticeKind(label="Reply received", letters=_replied_letters, daily=True),
}
