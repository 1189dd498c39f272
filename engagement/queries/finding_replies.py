"""What is asked of bodies' replies: who has yet to reply, and what the replies of a round say."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from authorities.models import Pair
from authorities.queries.dated import names_on
from duty.models import Round, RoundState
from engagement.assessment_lifecycle import State
from engagement.models import (
    Assessment,
    Finding,
    FindingReply,
    Publication,
    ReplyChoice,
    Resolution,
    Side,
)

# A body reads what was found once it is shared, and no longer while it is moderated anew.
READABLE = frozenset({State.SHARED, State.REPLIED, State.UNCHALLENGED, State.FINAL})


@dataclass(frozen=True)
class NoReplyYet:
    """A finding that a body may still reply to; slugs are the authority's and the board's."""

    round: Round
    body_id: UUID
    other_id: UUID
    slugs: tuple[str, str]
    shared_at: datetime | None


def without_reply(*, on: date, body_ids: Collection[UUID] | None = None) -> tuple[NoReplyYet, ...]:
    """Return what bodies have not replied to while the day is one of the reply's; one query.

    Args:
        on: the London day.
        body_ids: of these bodies alone; of all where it is None.
    """
    rows = FindingReply.objects.filter(
        choice=ReplyChoice.NO_REPLY,
        assessment__state=State.SHARED.value,
        assessment__round__state=RoundState.IN_REPLY,
        assessment__round__reply_opens_on__lte=on,
        assessment__round__reply_closes_on__gte=on,
    )
    if body_ids is not None:
        rows = rows.filter(
            Q(side=Side.AUTHORITY, assessment__pair__authority__in=list(body_ids))
            | Q(side=Side.BOARD, assessment__pair__board__in=list(body_ids))
        )
    found = []
    for row in rows.select_related(
        "assessment__round", "assessment__pair__authority", "assessment__pair__board"
    ).order_by("assessment__round__reply_closes_on", "assessment_id", "side"):
        pair = row.assessment.pair
        own, other = pair.authority_id, pair.board_id
        if row.side == Side.BOARD:
            own, other = other, own
        found.append(
            NoReplyYet(
                round=row.assessment.round,
                body_id=own,
                other_id=other,
                slugs=(pair.authority.slug, pair.board.slug),
                shared_at=row.assessment.shared_at,
            )
        )
    return tuple(found)


def shared_rounds(*, pair: Pair) -> tuple[Round, ...]:
    """Return the rounds in which bodies of the pair read what was found, the latest first."""
    return tuple(
        row.round
        for row in Assessment.objects.filter(
            pair=pair, state__in=[one.value for one in READABLE], round__is_test=False
        )
        .select_related("round")
        .order_by("-round__covers_to", "-round__opens_on", "pk")
    )


def current_revision(*, round: Round) -> int | None:
    """Return the number of the revision of a round that everybody may see, None before one."""
    return (
        Publication.objects.current().filter(round=round).values_list("number", flat=True).first()
    )


@dataclass(frozen=True)
class ReplyLine:
    """One side's reply in a round.

    level: before a resolution. waits: a challenge without an answer.
    """

    pair_id: UUID
    authority_slug: str
    board_slug: str
    authority_name: str
    board_name: str
    side: str
    choice: str
    themes: tuple[str, ...]
    state: State
    level: str | None
    outcome: str
    level_after: str | None
    replied_at: datetime | None
    drafted_id: UUID | None

    @property
    def challenged(self) -> bool:
        """Whether the side disagreed."""
        return self.choice == ReplyChoice.DISAGREE

    @property
    def waits(self) -> bool:
        """Whether its challenge has no answer yet."""
        return self.challenged and not self.outcome


def reply_lines(*, round: Round) -> tuple[ReplyLine, ...]:
    """Return the replies on what is shared in a round, by names of its day; few queries."""
    rows = list(
        FindingReply.objects.filter(
            assessment__round=round, assessment__state__in=[one.value for one in READABLE]
        ).select_related("assessment__pair__authority", "assessment__pair__board")
    )
    keys = [row.assessment_id for row in rows]
    levels = {
        (key, side): level
        for key, side, level in Finding.objects.filter(assessment__in=keys).values_list(
            "assessment_id", "side", "level"
        )
    }
    standing = {
        one.reply_id: one
        for one in Resolution.objects.filter(reply__assessment__in=keys, superseded_at__isnull=True)
    }
    names = names_on(
        day=round.geography_date,
        bodies={
            body
            for row in rows
            for body in (row.assessment.pair.authority_id, row.assessment.pair.board_id)
        },
    )
    found = []
    for row in rows:
        pair, resolved = row.assessment.pair, standing.get(row.pk)
        found.append(
            ReplyLine(
                pair_id=pair.pk,
                authority_slug=pair.authority.slug,
                board_slug=pair.board.slug,
                authority_name=names.short_name(pair.authority_id),
                board_name=names.short_name(pair.board_id),
                side=row.side,
                choice=row.choice,
                themes=tuple(row.themes),
                state=State(row.assessment.state),
                level=levels.get((row.assessment_id, row.side)),
                outcome=resolved.outcome if resolved else "",
                level_after=resolved.level_after if resolved else None,
                replied_at=row.replied_at,
                drafted_id=row.assessment.drafted_by_id,
            )
        )
    return tuple(
        sorted(found, key=lambda line: (line.authority_name, line.board_name, line.side != "sa"))
    )
