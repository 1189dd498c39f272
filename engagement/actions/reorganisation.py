"""What a reorganisation means for engagement; see `authorities/effects.py`.

What was said of a pair stays with it: published placements, and own and national views of rounds
that count bodies as at an earlier day. A pair that follows starts without a level. What the two
bodies still promise each other goes on with the pair that follows.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse

from authorities.effects import Affected, Applied, Link, OpenWork
from authorities.models import Body, Pair, User
from authorities.queries.dated import names_on
from duty import words
from duty.deadlines import closes_at
from engagement import picture
from engagement.actions import commitment_succession, support_succession
from engagement.models import Commitment
from engagement.queries import (
    commitment_origins,
    placements,
    successions,
    support_successions,
)
from outcomes import recompute
from outcomes.models import Subject

_REASON = "reorganisation"
_ONE_DAY = timedelta(days=1)


def blockers(*, bodies: Sequence[Body]) -> tuple[str, ...]:
    """Nothing here keeps a change waiting."""
    return ()


def open_work(*, bodies: Sequence[Body], on: date) -> tuple[OpenWork, ...]:
    """Return what may be finished after the day: own views, and replies to findings."""
    ids = [body.pk for body in bodies]
    replies = tuple(
        OpenWork(
            body_id=one.body_id,
            until=closes_at(closing_date=one.until),
            what=f"{one.round.name} replies to findings",
        )
        for one in successions.replies_to_give(body_ids=ids, on=on)
    )
    return replies + tuple(
        OpenWork(
            body_id=one.body_id,
            until=closes_at(closing_date=one.until),
            what=f"{one.round.name} own views",
        )
        for one in successions.views_to_finish(body_ids=ids, on=on)
    )


def affected(*, change: Applied) -> tuple[Affected, ...]:
    """Return placements, own views and commitments of the pairs that end."""
    ended = [ending.pair for ending in change.pair_endings]
    followed = [ending.pair for ending in change.pair_endings if len(ending.successors) == 1]
    links = _PairLinks(ended, change.on)
    published = successions.published_by_pair(pairs=ended)
    working = successions.working_by_pair(pairs=ended)
    views = successions.views_by_pair(pairs=ended)
    national = successions.assessments_by_pair(pairs=ended)
    commitments = commitment_origins.open_of_pairs(pairs=ended)
    clear = [row for row in commitments if row.pair in followed]
    unclear = [row for row in commitments if row.pair not in followed]
    return (
        Affected(
            what="Published placements",
            count=sum(published.values()),
            becomes=(
                "Stay with the pair as they were published. Pairs that follow start without a "
                "level, and their movement reads “restated”."
            ),
            links=links.of(published),
        ),
        Affected(
            what="Working placements",
            count=sum(working.values()),
            becomes=(
                "Stay with the pair in rounds that count bodies as at a day before the change; in "
                "later rounds the pairs that follow take its place."
            ),
            links=links.of(working),
        ),
        Affected(
            what="Own views in rounds that are not published",
            count=sum(views.values()),
            becomes=_what_becomes_of_views(change),
            links=links.of(views),
        ),
        Affected(
            what="National views in rounds that are not published",
            count=sum(national.values()),
            becomes=(
                "Stay with the pair, and go on there in rounds that count bodies as at a day "
                "before the change. Pairs that follow start without one."
            ),
            links=links.of(national),
        ),
        # Counted only: what they say is for their authors, and for others as it was released.
        Affected(
            what="Views of the other side",
            count=successions.partner_views_of(pairs=ended),
            becomes="Stay with the pair and with whoever may read them. None passes on.",
        ),
        Affected(
            what="Levers of authorities that end",
            count=successions.levers_of(bodies=[ending.body.pk for ending in change.endings]),
            becomes=(
                "Stay with the authority that ends, and leave the catalogue with it. Those that "
                "take over keep their own."
            ),
        ),
        Affected(
            what="Commitments that go on with another pair",
            count=len(clear),
            becomes=(
                "Move to the pair that follows, and both sides are asked to confirm them again."
            ),
            links=_to_commitments(clear),
        ),
        Affected(
            what="Commitments without one clear pair",
            count=len(unclear),
            becomes=(
                "Stay with the pair that ends and are unassigned until a signatory of a body that "
                "takes over chooses the pair that goes on with them."
            ),
            links=_to_commitments(unclear),
        ),
        *_support(change),
    )


def carry(*, change: Applied, by: User | None, at: datetime) -> None:
    """Pass commitments and support on, and ask for every placement that follows from the change."""
    for ending in change.pair_endings:
        commitment_succession.pass_on(
            pair=ending.pair, successors=ending.successors, on=change.on, by=by, at=at
        )
        support_succession.pass_on(
            pair=ending.pair, successors=ending.successors, on=change.on, by=by, at=at
        )
    bodies = [
        *(heir.successor.pk for ending in change.endings for heir in ending.heirs),
        *(body.pk for body in (*change.opened, *change.renamed, *change.reshaped)),
    ]
    pairs = {
        *(ending.pair.pk for ending in change.pair_endings),
        *successions.pairs_of_bodies(body_ids=bodies, on=change.on),
    }
    for pair in sorted(pairs):
        recompute.request(subject=Subject.PAIR, subject_id=pair, reason=_REASON, at=at)
    for round in placements.working_rounds():
        recompute.request(subject=Subject.ROUND, subject_id=round.pk, reason=_REASON, at=at)


def _support(change: Applied) -> tuple[Affected, ...]:
    """Return enrolments, peer links and ambassadors of the pairs that end."""
    ended = [ending.pair for ending in change.pair_endings]
    clear = {ending.pair.pk for ending in change.pair_endings if len(ending.successors) == 1}
    standing = support_successions.standing_of_pairs(pairs=ended)
    enrolments, links = standing.enrolments, standing.links
    moving = sum(row.pair_id in clear for row in enrolments)
    moving += sum(row.pair_id in clear for row in links)
    waiting = len(enrolments) + len(links) - moving
    return (
        Affected(
            what="Support and peer links that go on with another pair",
            count=moving,
            becomes="Move to the pair that follows, and its body is asked whether it goes on.",
        ),
        Affected(
            what="Support and peer links without one clear pair",
            count=waiting,
            becomes=(
                "Wait until a signatory of a body that takes over chooses the pair that goes on "
                "with them. Where no pair follows they end."
            ),
        ),
        Affected(
            what="Ambassadors of pairs that end",
            count=len(standing.ambassadors),
            becomes="Go on with the one pair that follows, and stand down where there is none.",
        ),
    )


class _PairLinks:
    """Links to pairs by the names of the last day on which they stood."""

    def __init__(self, pairs: Sequence[Pair], on: date) -> None:
        self._pairs = pairs
        self._names = names_on(
            day=on - _ONE_DAY,
            bodies=[body for pair in pairs for body in (pair.authority_id, pair.board_id)],
        )

    def of(self, counts: dict[UUID, int]) -> tuple[Link, ...]:
        """Link to the pairs that have any."""
        return tuple(
            Link(
                text=picture.pair_name(
                    authority=self._names.short_name(pair.authority_id),
                    board=self._names.short_name(pair.board_id),
                )
                + (f" ({counts[pair.pk]})" if counts[pair.pk] > 1 else ""),
                url=reverse("engagement:pair", args=[pair.authority.slug, pair.board.slug]),
            )
            for pair in self._pairs
            if counts.get(pair.pk)
        )


def _to_commitments(rows: Sequence[Commitment]) -> tuple[Link, ...]:
    return tuple(
        Link(text=row.title, url=reverse("commitments:detail", args=[row.pk])) for row in rows
    )


def _what_becomes_of_views(change: Applied) -> str:
    bodies = [ending.body.pk for ending in change.endings]
    unfinished = successions.views_to_finish(body_ids=bodies, on=change.on)
    if not unfinished:
        return "Stay with the pair."
    last = words.london_date(moment=max(one.until for one in unfinished))
    return (
        "Stay with the pair. People of bodies that end keep their roles there and may finish them "
        f"until {last}."
    )
