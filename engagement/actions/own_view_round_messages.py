"""Tells the people of ICBs what became of a round whose views of theirs are not confirmed.

Authorities are told in `duty/actions/round_messages`, which asks this module in the step's own
transaction. Who has confirmed every view is told nothing, and a test round takes none.
"""

from datetime import date, datetime, timedelta
from functools import partial

from django.db.models import Q

from authorities.actions import messages
from authorities.models import Notice
from authorities.notices import Draft, Letter, NoticeKind
from duty.deadlines import london_date
from duty.models import Round, RoundState
from duty.queries.loaded import closing_of
from engagement.actions.own_view_messages import ASKED, asked_on, letters_about
from engagement.models import Side
from engagement.queries.own_views import Unconfirmed, begun_round_of, unconfirmed_views

MORE_DAYS = "own_view.more_days"
CLOSED = "own_view.closed"
_WORDS = {
    MORE_DAYS: (
        "more days for your own views",
        (
            "The round takes own views of engagement until the end of {due}. The due day has not "
            "changed. {own} has not confirmed these, and a signatory confirms them:"
        ),
    ),
    CLOSED: (
        "closed, and own views are not confirmed",
        (
            "The round is closed. {own} had not confirmed these own views, so they do not count. "
            "What was drafted is kept, and your people can read it:"
        ),
    ),
}


def tell_of_more_days(*, round_: Round, at: datetime) -> None:
    """Tell the ICBs that may go on until when they may."""
    _announce(round_, MORE_DAYS, at)


def tell_of_closing(*, round_: Round, at: datetime) -> None:
    """Tell the ICBs with a view that is not confirmed that the round is closed."""
    _announce(round_, CLOSED, at)


def foreseen(*, first: date, last: date) -> tuple[Draft, ...]:
    """Return which ICBs the openings and closings of the days will tell, from three queries.

    One query where no round turns within the days.
    """
    rounds = {
        row.pk: row
        for row in Round.objects.counted()
        .filter(
            Q(state=RoundState.SCHEDULED, opens_on__lte=last)
            | Q(state=RoundState.OPEN, edits_until__lt=last)
        )
        .order_by("slug")
    }
    return tuple(
        Draft(
            kind=kind,
            key=f"foreseen {key} {board_id}",
            day=day,
            about=key,
            occasion=key,
            body_id=board_id,
        )
        for key, side, board_id in unconfirmed_views(rounds=list(rounds.values()))
        if side == Side.BOARD
        for kind, day in (_next_turn(rounds[key], first),)
        if day is not None
    )


def _next_turn(round_: Round, first: date) -> tuple[str, date | None]:
    """Return what the round's next turn tells and on which day, None where it tells nothing.

    A late job does today what it can.
    """
    if round_.state == RoundState.SCHEDULED:
        return ASKED, asked_on(round_=round_, due_on=round_.due_on, first=first)
    return CLOSED, max(round_.edits_until + timedelta(days=1), first)


def _announce(round_: Round, kind: str, at: datetime) -> None:
    if round_.is_test:
        return
    for _, side, board_id in unconfirmed_views(rounds=[round_]):
        if side == Side.BOARD:
            messages.announce(
                kind=kind,
                # A round may be reopened, and closed, again.
                key=f"{round_.pk} {board_id} version {round_.version}",
                about=round_.pk,
                occasion=round_.pk,
                body_id=board_id,
                at=at,
            )


def _letters(notice: Notice, at: datetime, *, kind: str) -> tuple[Letter, ...]:
    round_ = begun_round_of(key=notice.about)
    if round_ is None or notice.body_id is None:
        return ()
    # One that was reopened meanwhile is not closed, and one that is closed gives no more days.
    if (round_.state == RoundState.OPEN) != (kind == MORE_DAYS):
        return ()
    pairs = unconfirmed_views(rounds=[round_]).get((round_.pk, Side.BOARD, notice.body_id))
    if not pairs:
        return ()
    headline, text = _WORDS[kind]
    one = Unconfirmed(
        body_id=notice.body_id,
        side=Side.BOARD,
        round=round_,
        closing=closing_of(round_=round_, expected=None),
        pairs=pairs,
    )
    return letters_about(
        one=one,
        headline=headline,
        text=text,
        due=round_.edits_until,
        today=london_date(now=at),
    )


KINDS = {
    MORE_DAYS: NoticeKind(
        label="More days for own views", letters=partial(_letters, kind=MORE_DAYS)
    ),
    CLOSED: NoticeKind(
        label="Round closed, own views not confirmed", letters=partial(_letters, kind=CLOSED)
    ),
}
