"""Bodies are told of the own views that a round asks for, reminded once, never once confirmed."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from authorities.actions import messages
from authorities.models import Message, Role
from duty.actions.deadline_messages import reminder_day
from duty.deadlines import london_date
from duty.models import Round, RoundState
from engagement.actions.own_view_messages import ASKED, DUE_TODAY, REMINDER, drafts
from engagement.queries.own_views import bodies_without_views
from tests.factories import engagement as make
from tests.factories.authorities import PairFactory, UserFactory
from tests.factories.duty import ExpectedReturnFactory

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
    make.confirmed(pair=pair, round=round, side="sa", level="high")
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
    # The authority is reminded as the ICB is, and told otherwise that the round is open.
    assert len(then) == 5


def test_nobody_is_reminded_after_the_last_day(pair, round):
    after = london_date(now=morning(round.edits_until)) + timedelta(days=1)

    assert drafts(first=after, last=after + timedelta(days=7)) == ()


def extend(pair, round, *, due: date, until: date) -> None:
    ExpectedReturnFactory(
        round=round,
        authority=pair.authority,
        extended_due_on=due,
        extended_edits_until=until,
        extension_reason="A storm closed the office.",
        extended_at=morning(round.opens_on),
        extended_by=UserFactory(),
    )


def test_an_authority_is_reminded_and_told_on_the_day_but_not_asked(pair, round):
    editor = make.member(pair.authority)
    due = round.due_on

    first = told(round.opens_on)
    reminded = told(due - timedelta(days=7))
    last = told(due)

    assert first == []
    assert reminded == [(REMINDER, editor.email)]
    assert last == [(DUE_TODAY, editor.email)]
    message = Message.objects.get(notice__kind=DUE_TODAY)
    assert f"/pairs/{pair.authority.slug}/{pair.board.slug}/own-view/" in str(vars(message))


def test_an_authority_that_confirmed_every_view_is_told_nothing(pair, round):
    make.member(pair.authority)
    make.confirmed(pair=pair, round=round, side="sa", level="high")

    assert told(round.due_on - timedelta(days=7)) == []
    assert told(round.due_on) == []


def test_with_an_extension_an_authority_is_reminded_by_its_own_day(pair, round):
    editor = make.member(pair.authority)
    board = make.member(pair.board)
    due = round.edits_until + timedelta(days=20)
    extend(pair, round, due=due, until=due + timedelta(days=1))

    on_the_round_s = told(round.due_on)
    Round.objects.filter(pk=round.pk).update(state=RoundState.CLOSED)

    assert on_the_round_s == [(DUE_TODAY, board.email)]
    assert told(reminder_day(due_on=due, working_days=5)) == [(REMINDER, editor.email)]
    assert told(due) == [(DUE_TODAY, editor.email)]
    assert told(due + timedelta(days=2)) == []


def test_an_extension_goes_on_beside_a_later_round(pair, round):
    editor = make.member(pair.authority)
    due = round.edits_until + timedelta(days=20)
    extend(pair, round, due=due, until=due)
    Round.objects.filter(pk=round.pk).update(state=RoundState.CLOSED)
    make.RoundFactory(
        slug="spring-2027",
        opens_on=due - timedelta(days=1),
        due_on=due + timedelta(days=60),
        edits_until=due + timedelta(days=70),
    )

    assert told(due) == [(DUE_TODAY, editor.email)]
    assert Message.objects.get(notice__kind=DUE_TODAY).notice.about == round.pk


def test_more_bodies_and_extensions_ask_no_more(pair, round):
    extend(pair, round, due=round.due_on, until=round.edits_until + timedelta(days=1))
    with CaptureQueriesContext(connection) as few:
        bodies_without_views(on=round.due_on)
    for number in range(3):
        late = make.RoundFactory(
            slug=f"late-{number}", opens_on=round.opens_on - timedelta(days=400)
        )
        Round.objects.filter(pk=late.pk).update(state=RoundState.CLOSED)
        extend(PairFactory(), late, due=round.due_on, until=round.due_on + timedelta(days=9))

    with CaptureQueriesContext(connection) as many:
        found = bodies_without_views(on=round.due_on)

    assert len({one.round.pk for one in found}) == 4
    assert len(many) == len(few)
