"""The reply starts and ends on its days, gets more of them, and the publication another time."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from duty.actions import round_jobs, round_replies
from duty.models import Round, RoundHappening, RoundState
from duty.round_lifecycle import RoundRefusedError
from tests.factories.authorities import NationalMembershipFactory
from tests.factories.duty import RoundFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told_time")]


def in_state(state: RoundState, **more) -> Round:
    """A test round, which has no placements to wait for."""
    return RoundFactory(state=state, is_test=True, **more)


def morning(day, *, after=0) -> datetime:
    return datetime.combine(day + timedelta(days=after), time(7), tzinfo=UTC)


def administrator():
    return NationalMembershipFactory(role="administrator").user


def test_the_job_starts_and_ends_the_reply_on_its_days():
    made = in_state(RoundState.CLOSED)
    moments = [
        morning(made.reply_opens_on, after=-1),
        morning(made.reply_opens_on),
        morning(made.reply_closes_on),
        morning(made.reply_closes_on, after=1),
        morning(made.reply_closes_on, after=900),
    ]

    states = []
    for moment in moments:
        round_jobs.turn_due(at=moment)
        states.append(Round.objects.get().state)

    assert states == ["closed", "in_reply", "in_reply", "finalising", "finalising"]
    assert list(RoundHappening.objects.order_by("pk").values_list("type", flat=True)) == [
        "start_reply",
        "end_reply",
    ]


def test_a_round_with_pairs_not_settled_is_held_up_once_in_words():
    made = RoundFactory(state=RoundState.CLOSED)

    for _time in range(2):
        round_jobs.turn_due(at=morning(made.reply_opens_on))

    held_up = RoundHappening.objects.get()
    assert held_up.type == "hold_up"
    assert "neither a moderated national view nor “not assessed”." in held_up.reason


def test_an_administrator_gives_more_days_to_reply():
    made = in_state(RoundState.FINALISING)
    at = morning(made.reply_closes_on, after=2)
    later = made.reply_closes_on + timedelta(days=7)

    round_replies.reopen_reply(
        round_=made,
        reply_closes_on=later,
        publish_at=made.publish_at,
        reason="Snow.",
        by=administrator(),
        at=at,
    )

    made.refresh_from_db()
    assert (made.state, made.reply_closes_on) == (RoundState.IN_REPLY, later)
    assert round_jobs.turn_due(at=at) == 0


@pytest.mark.parametrize(
    ("days", "reason", "says"),
    [(-1, "Snow.", "must be today or later"), (7, " ", "Give a reason"), (99, "Snow.", "order")],
)
def test_days_that_are_past_or_out_of_order_are_refused(days, reason, says):
    made = in_state(RoundState.FINALISING)
    at = morning(made.reply_closes_on, after=2)

    with pytest.raises(RoundRefusedError, match=says):
        round_replies.reopen_reply(
            round_=made,
            reply_closes_on=made.reply_closes_on + timedelta(days=days),
            publish_at=made.publish_at,
            reason=reason,
            by=administrator(),
            at=at,
        )

    assert Round.objects.get().state == RoundState.FINALISING


def test_a_time_of_publication_that_is_past_is_refused():
    made = in_state(RoundState.CLOSED)

    with pytest.raises(RoundRefusedError, match="The time of publication must be ahead"):
        round_replies.move_publication(
            round_=made,
            publish_at=timezone.now() - timedelta(days=1),
            reason="Sooner.",
            by=administrator(),
            at=timezone.now(),
        )
