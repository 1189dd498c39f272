"""What bodies say to the findings on their sides, and how challenges are resolved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from authorities.models import Body, Membership, User
from duty.actions.clock import judged_at
from duty.deadlines import london_date
from duty.models import Round, RoundState
from engagement.actions import finding_messages
from engagement.actions.assessment_steps import (
    check,
    hold,
    person_guards,
    reason_guard,
    take,
    version_guard,
)
from engagement.assessment_lifecycle import Event, Guard, State
from engagement.models import (
    Assessment,
    Finding,
    FindingReply,
    Level,
    ReplyChoice,
    Resolution,
    ResolutionOutcome,
    Side,
)
from engagement.queries import assessments as queries
from engagement.queries import rubric as rubric_queries


class ReplyEvidence(NamedTuple):
    """What a body gives to show why it disagrees."""

    title: str
    url: str


@dataclass(frozen=True)
class StoredReply:
    """A reply as it is stored."""

    choice: ReplyChoice
    note: str
    evidence: tuple[ReplyEvidence, ...]
    themes: tuple[str, ...] = ()


class UnknownThemeError(ValueError):
    """A theme is of the other side, or of another rubric."""


class StaleReplyError(ValueError):
    """A colleague replied meanwhile. Holds what is stored, so that nothing is lost."""

    def __init__(self, *, stored: StoredReply, version: int) -> None:
        self.stored, self.version = stored, version
        super().__init__(
            "A colleague has changed the reply since you opened the page. Compare both and send "
            "it again."
        )


@transaction.atomic
def reply(
    *,
    assessment: Assessment,
    side: Side,
    choice: ReplyChoice,
    note: str = "",
    evidence: Sequence[ReplyEvidence] = (),
    themes: Sequence[str] = (),
    expected_version: int,
    by: User,
    at: datetime,
) -> FindingReply:
    """Store a body's reply to the finding on its side. It may be changed while the window is open.

    Sending the same twice stores it once. A changed reply voids the resolution of an earlier one.

    Args:
        assessment: shared.
        side: the body's own.
        choice: “no reply” takes a reply back.
        note: needed for a disagreement.
        evidence: needed for a disagreement.
        themes: codes of those that a disagreement is about; none for the level as a whole.
        expected_version: of the side's reply, as the form read it.
        by: a signatory of the body.
        at: when; the day is judged by the database's clock, in London.

    Raises:
        StaleReplyError: a colleague replied meanwhile.
        UnknownThemeError: a theme is not one of the side's.
        AssessmentRefusedError: the window is not open, the body is another, something is missing,
            or the state or the role does not allow it.
    """
    held = hold(assessment=assessment)
    body: Body = held.pair.authority if side == Side.AUTHORITY else held.pair.board
    note, given = note.strip(), tuple(evidence)
    about = tuple(themes) if choice == ReplyChoice.DISAGREE else ()
    holding = {Guard.VERSION_MATCHES}
    if Membership.objects.current().filter(user=by, body=body).exists():
        holding.add(Guard.OWN_SIDE)
    if queries.window_open(round=held.round, at=judged_at(at=at)):
        holding.add(Guard.WINDOW_OPEN)
    if choice != ReplyChoice.NO_REPLY or not (note or given):
        holding.add(Guard.CHOICE_MADE)
    if choice != ReplyChoice.DISAGREE or note:
        holding.add(Guard.DISAGREEMENT_EXPLAINED)
    if choice != ReplyChoice.DISAGREE or given:
        holding.add(Guard.DISAGREEMENT_SHOWN)
    check(held=held, event=Event.REPLY, holding=holding, by=by, body=body)
    _require_themes(held=held, side=side, codes=about)
    row = FindingReply.objects.get(assessment=held, side=side.value)
    stored = stored_reply(row)
    if stored == StoredReply(choice=choice, note=note, evidence=given, themes=about):
        return row
    if row.version != expected_version:
        raise StaleReplyError(stored=stored, version=row.version)
    Resolution.objects.filter(reply=row, superseded_at__isnull=True).update(superseded_at=at)
    row.choice, row.note = choice, note
    row.evidence, row.themes = [one._asdict() for one in given], list(about)
    says = choice != ReplyChoice.NO_REPLY
    row.replied_at, row.replied_by = (at, by) if says else (None, None)
    row.version += 1
    row.save()
    take(
        held=held,
        event=Event.REPLY,
        holding=holding,
        by=by,
        at=at,
        body=body,
        side=side.value,
        choice=choice.value,
    )
    if says:
        finding_messages.tell_of_reply(reply=row, at=at)
    return row


def _require_themes(*, held: Assessment, side: Side, codes: Sequence[str]) -> None:
    rubric = rubric_queries.reading_of(round=held.round).rubric
    known = {row.code for row in rubric_queries.themes_of(rubric=rubric, side=side.value).rows}
    if not set(codes) <= known:
        raise UnknownThemeError("A theme is not one of your side’s. Load the page again.")


def stored_reply(row: FindingReply) -> StoredReply:
    """Return what a row says."""
    return StoredReply(
        choice=ReplyChoice(row.choice),
        note=row.note,
        evidence=tuple(ReplyEvidence(**one) for one in row.evidence),
        themes=tuple(row.themes),
    )


@transaction.atomic
def close_one(*, assessment: Assessment, at: datetime) -> Assessment:
    """End the reply of one national view: challenged, or not. One that is not shared stays.

    Raises:
        AssessmentRefusedError: the last day of the reply is not over.
    """
    held = hold(assessment=assessment)
    if held.state != State.SHARED:
        return held
    challenged = FindingReply.objects.filter(assessment=held, choice=ReplyChoice.DISAGREE).exists()
    event = Event.CLOSE_CHALLENGED if challenged else Event.CLOSE_UNCHALLENGED
    last, moment = held.round.reply_closes_on, judged_at(at=at)
    over = held.round.state == RoundState.FINALISING or (
        last is not None and london_date(now=moment) > last
    )
    take(held=held, event=event, holding={Guard.WINDOW_OVER} if over else set(), by=None, at=at)
    return held


def close_window(*, round: Round, at: datetime) -> None:
    """End the reply of every shared national view of a round. May come twice."""
    for one in _of_state(round, State.SHARED):
        close_one(assessment=one, at=at)


@transaction.atomic
def reopen_window(*, round: Round, at: datetime) -> None:
    """Take replies again for what is not final yet, in a round that is in reply again."""
    for one in _of_state(round, State.REPLIED, State.UNCHALLENGED):
        held = hold(assessment=one)
        started = held.round.state == RoundState.IN_REPLY
        holding = {Guard.REPLY_STARTED} if started else set()
        take(held=held, event=Event.REOPEN_WINDOW, holding=holding, by=None, at=at)


@transaction.atomic
def resolve(
    *,
    assessment: Assessment,
    side: Side,
    outcome: ResolutionOutcome,
    level: Level | None = None,
    reason: str,
    expected_version: int,
    by: User,
    at: datetime,
) -> Resolution:
    """Answer a challenge, with a reason that both bodies read. After the last one it is final.

    Args:
        assessment: challenged, and its reply over.
        side: that disagreed.
        outcome: upheld, or changed.
        level: the side's level after a change; None where it cannot be decided.
        reason: for both bodies.
        expected_version: of the assessment, as the form read it.
        by: a moderator who did not draft it.
        at: when.

    Raises:
        AssessmentRefusedError: the side did not disagree or is answered already, a change that
            gives the same level, no reason, the person drafted it or has an interest, or the
            state or the role does not allow it.
    """
    held = hold(assessment=assessment, with_round=True)
    before = queries.level_now(
        finding=Finding.objects.get(assessment=held, side=side.value),
        resolution=queries.resolutions_of(assessment=held).get(side.value),
    )
    row = queries.replies_of(assessment=held).get(side.value)
    waiting = queries.unresolved_sides(assessment=held)
    holding = (
        person_guards(held=held, by=by)
        | reason_guard(reason)
        | version_guard(held=held, expected_version=expected_version)
    )
    if row is not None and row.choice == ReplyChoice.DISAGREE:
        holding.add(Guard.CHALLENGED)
    if side.value in waiting or Guard.CHALLENGED not in holding:
        holding.add(Guard.NOT_RESOLVED_YET)
    if outcome == ResolutionOutcome.UPHOLD or level != before:
        holding.add(Guard.LEVEL_IS_ANOTHER)
    last = set(waiting) <= {side.value}
    event = Event.RESOLVE_LAST if last else Event.RESOLVE
    check(held=held, event=event, holding=holding, by=by)
    assert row is not None  # noqa: S101 - the table has refused
    made = Resolution.objects.create(
        reply=row,
        outcome=outcome,
        reason=reason.strip(),
        level_before=before,
        level_after=before if outcome == ResolutionOutcome.UPHOLD else level,
        resolved_at=at,
        resolved_by=by,
    )
    if last:
        held.finalised_by, held.finalised_at = by, at
    take(
        held=held,
        event=event,
        holding=holding,
        by=by,
        at=at,
        reason=reason,
        side=side.value,
        outcome=outcome.value,
        before=before,
        after=made.level_after,
    )
    finding_messages.tell_of_resolution(resolution=made, at=at)
    return made


def _of_state(round_: Round, *states: State) -> list[Assessment]:
    return list(
        Assessment.objects.filter(
            round=round_, state__in=[state.value for state in states]
        ).order_by("pk")
    )
