"""Invented corrections of published levels: one approved, one that waits, one declined."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from authorities.models import User
from duty.models import Round
from engagement.actions import corrections
from engagement.actions.assessments import GivenEvidence, SideDraft
from engagement.models import Assessment, EvidenceKind, FindingCorrection, Level, Side
from engagement.queries import publications, rubric

_PROPOSER = "analyst@dhsc.example"
_DECIDER = "moderator@dhsc.example"


@dataclass(frozen=True)
class _Correction:
    authority: str
    board: str
    side: Side
    level: Level
    reason: str


_APPROVED = _Correction(
    "west-yorkshire",
    "west-yorkshire",
    Side.BOARD,
    Level.PARTIAL,
    "The minutes that the finding quotes are those of another ICB. Invented for the demonstration.",
)
_WAITING = _Correction(
    "liverpool-city-region",
    "cheshire-and-merseyside",
    Side.BOARD,
    Level.HIGH,
    "The agreed joint plan was not counted. Invented for the demonstration.",
)
_DECLINED = _Correction(
    "north-east",
    "north-east-and-north-cumbria",
    Side.AUTHORITY,
    Level.HIGH,
    "A later strategy says more. Invented for the demonstration.",
)


def fill(*, round: Round, people: Mapping[str, User]) -> None:
    """Correct a level of the round in its second revision; leave one correction to be decided."""
    first = publications.standing(round_=round)
    assert first is not None  # noqa: S101 - the round is published
    after = first.published_at
    decider = people[_DECIDER]
    declined = _propose(_DECLINED, round=round, people=people, at=after + timedelta(days=3))
    corrections.decline(
        correction=declined,
        reason="The strategy was agreed after the round. It counts in the next one.",
        by=decider,
        at=after + timedelta(days=4),
    )
    approved = _propose(_APPROVED, round=round, people=people, at=after + timedelta(days=5))
    approved_at = after + timedelta(days=7)
    corrections.approve(
        correction=approved,
        expected_version=Assessment.objects.get(pk=approved.assessment_id).version,
        by=decider,
        at=approved_at,
        clock=lambda: approved_at,
    )
    _propose(_WAITING, round=round, people=people, at=after + timedelta(days=8))


def _propose(
    one: _Correction, *, round: Round, people: Mapping[str, User], at: datetime
) -> FindingCorrection:
    held = Assessment.objects.select_related("round", "pair").get(
        round=round, pair__authority__slug=one.authority, pair__board__slug=one.board
    )
    return corrections.propose(
        assessment=held,
        side=one.side,
        draft=_draft(one, held=held),
        reason=one.reason,
        expected_version=held.version,
        by=people[_PROPOSER],
        at=at,
    )


def _draft(one: _Correction, *, held: Assessment) -> SideDraft:
    """Return the side as it should have been found: each statement at the corrected level."""
    read_by = rubric.reading_of(round=held.round).rubric
    themes = rubric.themes_of(rubric=read_by, side=one.side.value).pure
    return SideDraft(
        picks={theme.code: one.level for theme in themes},
        level=one.level,
        rationale="Read again, with what was known before the round closed.",
        evidence=(
            GivenEvidence(
                title="Demonstration minutes",
                address="https://example.org/demonstration/minutes",
                kind=EvidenceKind.LINK,
                public_note="Read again for the correction.",
            ),
        ),
    )
