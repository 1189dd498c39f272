"""ICBs are told of more days, and of a closing that found a view of theirs not confirmed."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from authorities.actions import messages
from authorities.models import Message, Notice, Role
from duty.actions import round_stages
from duty.models import Round, RoundState
from engagement.actions.own_view_messages import ASKED
from engagement.actions.own_view_round_messages import CLOSED, MORE_DAYS, foreseen
from tests.factories import engagement as make
from tests.factories.authorities import NationalMembershipFactory, PairFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return NationalMembershipFactory(role=Role.ADMINISTRATOR).user


def over(round: Round) -> Round:
    """The round as it stands the day after its last day for edits."""
    today = timezone.localdate()
    Round.objects.filter(pk=round.pk).update(
        opens_on=today - timedelta(days=60),
        due_on=today - timedelta(days=9),
        edits_until=today - timedelta(days=1),
        reply_opens_on=today + timedelta(days=30),
        reply_closes_on=today + timedelta(days=40),
        publish_at=datetime.combine(today + timedelta(days=60), time(9), tzinfo=UTC),
    )
    return Round.objects.get(pk=round.pk)


def reopened(round: Round, by) -> Round:
    round = Round.objects.get(pk=round.pk)
    return round_stages.reopen(
        round_=round,
        edits_until=timezone.localdate() + timedelta(days=5),
        reply_opens_on=round.reply_opens_on,
        reply_closes_on=round.reply_closes_on,
        publish_at=round.publish_at,
        reason="Many ask for more days.",
        by=by,
        at=timezone.now(),
    )


def told(kind: str) -> list[str]:
    messages.address_due(at=timezone.now() + timedelta(minutes=1))
    rows = Message.objects.filter(notice__kind=kind)
    return sorted(rows.values_list("recipient__email", flat=True))


def test_a_closing_tells_the_icbs_whose_views_are_not_confirmed(pair, other_pair, round):
    late, done = make.member(pair.board), make.member(other_pair.board)
    make.member(pair.authority)
    make.confirmed(pair=other_pair, round=round, side="icb", level="high")

    round_stages.close(round_=over(round), by=None, at=timezone.now())

    assert told(CLOSED) == [late.email]
    assert done.email not in told(CLOSED)
    message = Message.objects.get(notice__kind=CLOSED)
    assert message.subject == f"{round.name}: closed, and own views are not confirmed"
    assert f"/pairs/{pair.authority.slug}/{pair.board.slug}/own-view/" in str(vars(message))


def test_more_days_are_told_to_icbs_each_time_and_take_the_closing_back(
    pair, other_pair, round, administrator
):
    late, done = make.member(pair.board), make.member(other_pair.board)
    make.confirmed(pair=other_pair, round=round, side="icb", level="high")
    round_stages.close(round_=over(round), by=None, at=timezone.now())

    reopened(round, administrator)

    assert told(MORE_DAYS) == [late.email]
    # It was not sent yet, and is not true any more.
    assert told(CLOSED) == []
    reopened(round, administrator)
    assert told(MORE_DAYS) == [late.email, late.email]
    assert done.email not in told(MORE_DAYS)


def test_a_view_confirmed_meanwhile_stops_the_mail(pair, round, administrator):
    make.member(pair.board)
    reopened(over(round), administrator)
    assert Notice.objects.filter(kind=MORE_DAYS, body_id=pair.board_id).exists()
    make.confirmed(pair=pair, round=round, side="icb", level="high")

    assert told(MORE_DAYS) == []


def test_slivers_planned_pairs_and_test_rounds_tell_nobody(round, pair, administrator):
    for other in (PairFactory(overlap__sliver=True), PairFactory(overlap__planned=True)):
        make.member(other.board)
    make.confirmed(pair=pair, round=round, side="icb", level="high")
    reopened(over(round), administrator)
    assert not Notice.objects.filter(kind=MORE_DAYS).exists()

    trial = make.RoundFactory(
        slug="trial", state=RoundState.DRAFT, opens_on=timezone.localdate() - timedelta(days=60)
    )
    Round.objects.filter(pk=trial.pk).update(is_test=True)
    Round.objects.filter(pk=trial.pk).update(state=RoundState.OPEN)
    make.member(PairFactory().board)
    reopened(over(trial), administrator)
    round_stages.close(round_=over(trial), by=None, at=timezone.now())

    assert not Notice.objects.filter(kind__in=[MORE_DAYS, CLOSED], about=trial.pk).exists()


def test_what_a_closing_will_tell_icbs_is_known_ahead(pair, other_pair, round):
    make.confirmed(pair=other_pair, round=round, side="icb", level="high")
    day = round.edits_until + timedelta(days=1)

    [one] = foreseen(first=round.opens_on, last=day)

    assert (one.kind, one.day, one.body_id, one.occasion) == (CLOSED, day, pair.board_id, round.pk)
    assert foreseen(first=round.opens_on, last=round.edits_until) == ()
    # A job that is late does today what it can.
    later = day + timedelta(days=3)
    assert [one.day for one in foreseen(first=later, last=later)] == [later]


def test_what_an_opening_will_ask_of_icbs_is_known_ahead(pair, round):
    Round.objects.filter(pk=round.pk).update(state=RoundState.DRAFT)
    Round.objects.filter(pk=round.pk).update(state=RoundState.SCHEDULED)

    found = foreseen(first=round.opens_on - timedelta(days=7), last=round.opens_on)

    assert [(one.kind, one.day, one.body_id) for one in found] == [
        (ASKED, round.opens_on, pair.board_id)
    ]
    # It would be told no sooner than the reminder, which says as much.
    assert foreseen(first=round.due_on, last=round.due_on) == ()


def test_nothing_of_a_test_round_is_known_ahead(pair, round):
    Round.objects.filter(pk=round.pk).update(state=RoundState.DRAFT)
    Round.objects.filter(pk=round.pk).update(is_test=True)
    Round.objects.filter(pk=round.pk).update(state=RoundState.OPEN)

    assert foreseen(first=round.opens_on, last=round.edits_until + timedelta(days=1)) == ()
