"""Invented national views: drafted, moderated, replied to and resolved; from a fixed seed."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from authorities.models import Pair, Role, User
from duty.models import Round
from engagement.actions import allocations, assessments, finding_replies, moderation
from engagement.actions.assessments import GivenEvidence, SideDraft
from engagement.actions.own_views import choices_of
from engagement.assessment_lifecycle import State
from engagement.management.demonstration.accounts import CAME_LATER
from engagement.models import (
    Assessment,
    EvidenceKind,
    FindingReply,
    Level,
    OwnView,
    ReplyChoice,
    ResolutionOutcome,
    Side,
    ViewState,
)

# What each side replies that has a signatory in the demonstration, in the order of the pairs.
_REPLIES = (
    ReplyChoice.DISAGREE,
    ReplyChoice.AGREE,
    ReplyChoice.DISAGREE,
    ReplyChoice.NO_REPLY,
    ReplyChoice.AGREE,
)
# A board with a signatory that says nothing in the window.
_SILENT = "central-east"
_SHOWN = (
    finding_replies.ReplyEvidence(
        title="Demonstration letter of the body", url="https://example.org/demonstration/letter"
    ),
)


def draft_and_agree(
    *, round: Round, pairs: Iterable[Pair], drafter: User, moderator: User, at: datetime
) -> None:
    """Give every pair a national view that follows both own views, and agree to it.

    A pair without any own view is marked not assessed.
    """
    for pair in pairs:
        views = _views(round=round, pair=pair)
        if not views:
            assessments.mark_not_assessed(
                round=round,
                pair=pair,
                reason="The authority is too new: neither body has a view yet.",
                by=drafter,
                at=at,
            )
            continue
        made = _drafted(round=round, pair=pair, views=views, by=drafter, at=at)
        made = assessments.send(
            assessment=made, expected_version=made.version, by=drafter, at=at + timedelta(days=2)
        )
        moderation.agree(
            assessment=made,
            expected_version=made.version,
            by=moderator,
            at=at + timedelta(days=4),
        )


def reply(*, round: Round, people: Mapping[str, User], lead: User, at: datetime) -> None:
    """Share what has no reader with a reason, and let a few bodies reply."""
    for one in _of(round, State.MODERATED):
        moderation.share(
            assessment=one,
            unread_reason="This is a demonstration: only a few bodies have people.",
            by=lead,
            at=at,
        )
    signing = {
        member.body_id: person
        for person in people.values()
        for member in person.memberships.filter(role=Role.SIGNATORY).exclude(
            body__slug__in=[*CAME_LATER, _SILENT]
        )
    }
    said = 0
    for one in _of(round, State.SHARED):
        for side, body in (
            (Side.AUTHORITY, one.pair.authority_id),
            (Side.BOARD, one.pair.board_id),
        ):
            if body not in signing:
                continue
            choice = _REPLIES[said % len(_REPLIES)]
            said += 1
            if choice == ReplyChoice.NO_REPLY:
                continue
            disagrees = choice == ReplyChoice.DISAGREE
            finding_replies.reply(
                assessment=one,
                side=side,
                choice=choice,
                note="Our letter shows more than the finding says." if disagrees else "",
                evidence=_SHOWN if disagrees else (),
                expected_version=FindingReply.objects.get(assessment=one, side=side).version,
                by=signing[body],
                at=at + timedelta(days=3),
            )


def finish(*, round: Round, moderator: User, at: datetime) -> None:
    """Resolve every challenge, by turns changed and upheld, and make all final."""
    answered = 0
    for one in _of(round, State.REPLIED):
        for row in FindingReply.objects.filter(
            assessment=one, choice=ReplyChoice.DISAGREE
        ).order_by("side"):
            one.refresh_from_db()
            finding = one.findings.get(side=row.side)
            upheld = answered % 2 == 1
            answered += 1
            finding_replies.resolve(
                assessment=one,
                side=Side(row.side),
                outcome=ResolutionOutcome.UPHOLD if upheld else ResolutionOutcome.CHANGE,
                level=None if upheld else _neighbour(finding.level),
                reason=(
                    "The letter was known when the finding was written."
                    if upheld
                    else "The letter shows work that the finding did not count."
                ),
                expected_version=one.version,
                by=moderator,
                at=at,
            )
    for one in _of(round, State.UNCHALLENGED):
        moderation.finalise(assessment=one, by=moderator, at=at)


def begin(*, round: Round, pairs: Iterable[Pair], people: Mapping[str, User], at: datetime) -> None:
    """Begin national views of the open round where both bodies have confirmed: by turns a draft,
    one in moderation and one that is moderated; and allocate the rest of a few."""
    drafter, moderator = people["analyst@dhsc.example"], people["moderator@dhsc.example"]
    turn = 0
    for pair in pairs:
        views = _views(round=round, pair=pair)
        if len(views) < len(Side):
            continue
        turn += 1
        if turn % 4 == 0:
            allocations.allocate(
                round=round, pair=pair, to=drafter, by=people["lead@mhclg.example"], at=at
            )
            continue
        made = _drafted(round=round, pair=pair, views=views, by=drafter, at=at)
        if turn % 4 == 1:
            continue
        made = assessments.send(assessment=made, expected_version=made.version, by=drafter, at=at)
        if turn % 4 == 3:
            moderation.agree(assessment=made, expected_version=made.version, by=moderator, at=at)


def _views(*, round: Round, pair: Pair) -> dict[str, OwnView]:
    rows = OwnView.objects.filter(round=round, pair=pair, state=ViewState.CONFIRMED)
    return {row.side: row for row in rows}


def _drafted(
    *, round: Round, pair: Pair, views: Mapping[str, OwnView], by: User, at: datetime
) -> Assessment:
    made = assessments.take_up(round=round, pair=pair, by=by, at=at)
    for side in Side:
        made = assessments.save_side(
            assessment=made,
            side=side,
            draft=_draft(view=views.get(side), side=side),
            expected_version=made.version,
            by=by,
            at=at,
        )
    return made


def _draft(*, view: OwnView | None, side: Side) -> SideDraft:
    who = "authority" if side == Side.AUTHORITY else "ICB"
    if view is None:
        return SideDraft(
            undecided=True, rationale=f"The {who} has no view of its own, and nothing else is held."
        )
    choices = choices_of(view=view)
    return SideDraft(
        picks={code: choice.level for code, choice in choices.items()},
        level=Level(view.level) if view.level else None,
        changed_reason=view.changed_reason,
        rationale=f"The evidence that the {who} gave bears out its own statements.",
        private_note="A demonstration: a note that stays with the centre.",
        evidence=tuple(
            GivenEvidence(
                title=choice.evidence_title,
                address=choice.evidence_url,
                kind=EvidenceKind.OWN_VIEW,
                public_note="Given with the own view.",
            )
            for choice in choices.values()
            if choice.evidence_url
        ),
    )


def _neighbour(level: str | None) -> Level:
    return Level.HIGH if level == Level.PARTIAL else Level.PARTIAL


def _of(round_: Round, state: State) -> list[Assessment]:
    return list(
        Assessment.objects.filter(round=round_, state=state.value)
        .select_related("pair", "round")
        .order_by("pair__authority__slug", "pair__board__slug")
    )
