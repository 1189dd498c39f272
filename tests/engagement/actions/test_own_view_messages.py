"""ICBs are told that a round asks for their own views, reminded once, and never once confirmed."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from authorities.actions import messages
from authorities.models import Message, Role
from duty.deadlines import london_date
from duty.models import Round, RoundState
from engagement.actions.own_view_messages import ASKED, DUE_TODAY, REMINDER, drafts
from tests.factories import engagement as make
from tests.factories.authorities import PairFactory

pytestmark = pytest.mark.django_db


def morning(day: date) -> datetime:
    return datetime.combine(day, time(8), tzinfo=UTC)


def told(day: date) -> list[tuple[str, str]]:
    """Who was told what on a morning, of these kinds."""
    known = set(Message.objects.values_list("pk", flat=True))
    messages.announce_day(at=morning(day))
    messages.address_due(at=morning(day))
    rows = Message.objects.exclude(pk__in=known).filter(notice__kind__startswith="own_view.")
    return sorted(rows.values_list("notice__kind", "recipient__email"))


def test_an_icb_is_asked_once_reminded_once_and_told_on_the_day(pair, round):
    editor = make.member(pair.board)
    make.member(pair.authority)
    due = round.due_on

    first = told(round.opens_on)
    again = told(round.opens_on + timedelta(days=1))
    reminded = told(due - timedelta(days=7))
    later = told(due - timedelta(days=6))
    last = told(due)

    assert first == [(ASKED, editor.email)]
    assert (again, later) == ([], [])
    assert reminded == [(REMINDER, editor.email)]
    assert last == [(DUE_TODAY, editor.email)]
    assert told(due + timedelta(days=1)) == []


def test_the_words_name_the_authority_lead_to_the_view_and_quote_nothing(pair, round):
    make.member(pair.board, Role.SIGNATORY)

    told(round.opens_on)

    message = Message.objects.get(notice__kind=ASKED)
    assert message.subject == f"{round.name}: your own views are asked for"
    assert f"/pairs/{pair.authority.slug}/{pair.board.slug}/own-view/" in str(vars(message))


def test_who_has_confirmed_every_view_is_told_nothing_and_others_are(pair, other_pair, round):
    make.member(pair.board)
    other = make.member(other_pair.board)
    make.confirmed(pair=pair, round=round, side="icb", level="high")

    assert told(round.opens_on) == [(ASKED, other.email)]


def test_a_view_confirmed_after_the_notice_was_written_stops_the_mail(pair, round):
    make.member(pair.board)
    messages.announce_day(at=morning(round.opens_on))
    make.confirmed(pair=pair, round=round, side="icb", level="high")

    messages.address_due(at=morning(round.opens_on))

    assert not Message.objects.filter(notice__kind=ASKED).exists()


def test_slivers_planned_pairs_closed_rounds_and_test_rounds_ask_nobody(round):
    PairFactory(overlap__sliver=True)
    PairFactory(overlap__planned=True)
    days = {"first": round.opens_on, "last": round.due_on}
    asked = drafts(**days)
    make.member(PairFactory().board)
    then = drafts(**days)
    Round.objects.filter(pk=round.pk).update(state=RoundState.CLOSED)
    closed = drafts(**days)
    Round.objects.filter(pk=round.pk).update(state=RoundState.DRAFT)
    Round.objects.filter(pk=round.pk).update(state=RoundState.DRAFT, is_test=True)
    Round.objects.filter(pk=round.pk).update(state=RoundState.OPEN)

    assert (asked, closed, drafts(**days)) == ((), (), ())
    assert {one.kind for one in then} == {ASKED, REMINDER, DUE_TODAY}


def test_nobody_is_reminded_after_the_last_day(pair, round):
    after = london_date(now=morning(round.edits_until)) + timedelta(days=1)

    assert drafts(first=after, last=after + timedelta(days=7)) == ()
