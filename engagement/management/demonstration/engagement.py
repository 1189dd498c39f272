"""Invented own views and placements of the demonstration's rounds."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from authorities.models import Pair, User
from duty.actions import round_replies, round_stages
from duty.actions.clock import invented_past
from duty.models import Round
from engagement import matrix
from engagement.actions import own_views, placements, publications
from engagement.actions.own_views import Choice
from engagement.management.demonstration import (
    levels,
    national_views,
    partner_views,
    three_steps,
)
from engagement.models import Level, Side
from engagement.queries import pairs as pair_queries
from engagement.queries import rubric as rubric_queries

# Left for whoever tries the site: neither side of these has confirmed a view in the open round.
LEFT_TO_VISITORS = frozenset(
    {
        "south-yorkshire",
        "york-and-north-yorkshire",
    }
)
# An authority younger than this at the round's geography date has no level yet.
_TOO_NEW = timedelta(days=150)


def _choices(*, key: str, side: Side, round: Round, aim: matrix.Level) -> dict[str, Choice]:
    rubric = rubric_queries.reading_of(round=round).rubric
    themes = rubric_queries.themes_of(rubric=rubric, side=side).pure
    picked = levels.picks(key=key, side=side, themes=themes, aim=aim)
    return {
        code: Choice(
            level=Level(level),
            evidence_title=f"Demonstration evidence for {code}" if number < 2 else "",
            evidence_url=f"https://example.org/demonstration/{key}/{code}" if number < 2 else "",
        )
        for number, (code, level) in enumerate(picked.items())
    }


def _confirm(*, pair: Pair, round: Round, side: Side, by: User, at: datetime, aim: Level) -> None:
    choices = _choices(
        key=f"{round.slug}/{_key(pair)}", side=side, round=round, aim=matrix.Level(aim)
    )
    view = own_views.save_picks(
        pair=pair, round=round, side=side, choices=choices, expected_version=0, by=by, at=at
    )
    finding = own_views.finding_of(view=view, choices=choices)
    if finding.level is None:
        return
    own_views.confirm(
        view=view,
        level=Level(finding.level),
        changed_reason="",
        expected_version=view.version,
        by=by,
        at=at,
    )


def _pairs(*, round: Round) -> list[Pair]:
    return list(
        Pair.objects.filter(pk__in=pair_queries.expected_pairs(on=round.geography_date))
        .select_related("authority", "board")
        .order_by("authority__slug", "board__slug")
    )


def _step(level: matrix.Level, by: int) -> matrix.Level:
    order = list(reversed(matrix.Level))
    return order[max(0, min(len(order) - 1, order.index(level) + by))]


def fill_first_round(
    *, round: Round, people: Mapping[str, User], by: User, approved_by: User, at: datetime
) -> None:
    """Give views of the round before the published one, from which pairs have moved; publish it."""
    with invented_past():
        for number, pair in enumerate(_old_enough(round=round)):
            for turn, side in enumerate(Side):
                # One side in four has come up a step since, one in seven down; few pairs both.
                place = number + 2 * turn
                step = -1 if place % 4 == 1 else 1 if place % 7 == 3 else 0
                _confirm(
                    pair=pair,
                    round=round,
                    side=side,
                    by=by,
                    at=at,
                    aim=Level(_step(levels.aimed_level(key=_key(pair), side=side), step)),
                )
        _lead_to_publication(round=round, people=people, by=by, approved_by=approved_by)


def fill_published_round(
    *, round: Round, people: Mapping[str, User], by: User, approved_by: User, at: datetime
) -> None:
    """Give both sides' views of every pair old enough, national views on them, and publish it."""
    with invented_past():
        for pair in _old_enough(round=round):
            for side in Side:
                aim = levels.aimed_level(key=_key(pair), side=side)
                _confirm(pair=pair, round=round, side=side, by=by, at=at, aim=Level(aim))
        partner_views.fill_published_round(round=round, people=people, at=at)
        three_steps.fill(round=round, pairs=_pairs(round=round), by=by, at=at, complete=True)
        _lead_to_publication(round=round, people=people, by=by, approved_by=approved_by)


def _old_enough(*, round: Round) -> list[Pair]:
    return [
        pair
        for pair in _pairs(round=round)
        if pair.authority.opened_on is not None
        and pair.authority.opened_on + _TOO_NEW <= round.geography_date
    ]


def _key(pair: Pair) -> str:
    return f"{pair.authority.slug}/{pair.board.slug}"


def _lead_to_publication(
    *, round: Round, people: Mapping[str, User], by: User, approved_by: User
) -> None:
    """Take every step from an open round to a published one, each on its day.

    Its instant is past, so that the approval publishes it as the job would have done.
    """
    assert round.reply_opens_on is not None  # noqa: S101 - narrows the type
    assert round.reply_closes_on is not None  # noqa: S101
    round_stages.close(round_=round, by=None, at=_morning_after(round.edits_until))
    national_views.draft_and_agree(
        round=round,
        pairs=_pairs(round=round),
        drafter=by,
        moderator=approved_by,
        at=_morning_after(round.edits_until),
    )
    opens = round.reply_opens_on - timedelta(days=1)
    started, ended = _morning_after(opens), _morning_after(round.reply_closes_on)
    round_replies.start_reply(round_=round, by=None, at=started)
    national_views.reply(round=round, people=people, lead=by, at=started)
    round_replies.end_reply(round_=round, by=None, at=ended)
    national_views.finish(round=round, moderator=approved_by, at=ended)
    placements.recompute_round(round=round, at=ended)
    seen = publications.propose(round_=round, by=by, at=ended)
    publications.approve(round_=round, seen=seen, by=approved_by, at=ended, clock=lambda: ended)


def _morning_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(6, 0), tzinfo=UTC)


def fill_open_round(*, round: Round, people: Mapping[str, User], by: User, at: datetime) -> None:
    """Give some views of the open round: both sides, one side or none, pair by pair."""
    for number, pair in enumerate(_pairs(round=round)):
        if pair.authority.slug in LEFT_TO_VISITORS or number % 3 == 0:
            continue
        sides = list(Side) if number % 3 == 1 else [Side.AUTHORITY]
        for side in sides:
            # Every fourth side has moved up a step since the published round, one in nine down.
            step = 1 if number % 4 == 0 else -1 if number % 9 == 5 else 0
            aim = _step(levels.aimed_level(key=_key(pair), side=side), step)
            _confirm(pair=pair, round=round, side=side, by=by, at=at, aim=Level(aim))
    partner_views.fill_open_round(round=round, people=people, at=at)
    three_steps.fill(round=round, pairs=_pairs(round=round), by=by, at=at, complete=False)
    national_views.begin(round=round, pairs=_pairs(round=round), people=people, at=at)
    placements.recompute_round(round=round, at=at)
