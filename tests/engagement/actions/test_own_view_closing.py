"""Until when own views are taken: by the database's clock, London's days and extensions."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from authorities.models import Pair, Role
from duty.actions.clock import invented_past
from duty.models import ExpectedReturn, Round, RoundState
from engagement.actions import assessments, own_views
from engagement.actions.assessment_steps import AssessmentRefusedError
from engagement.actions.own_views import Choice
from engagement.models import Level, OwnView, Side, ViewState
from engagement.queries import own_views as queries
from tests.factories import engagement as make

pytestmark = pytest.mark.django_db
_A_MOMENT = timedelta(microseconds=1)
# The last day of summer time ends at 23:00 UTC; midnight UTC is another day in London then.
_SUMMER, _WINTER = date(2026, 7, 10), date(2026, 12, 18)


def closes(day: date) -> datetime:
    """The instant at which a day is over in London, worked out by hand."""
    if day == _SUMMER:
        return datetime(2026, 7, 10, 23, 0, tzinfo=UTC)
    return datetime(2026, 12, 19, 0, 0, tzinfo=UTC)


def set_days(round: Round, *, ends: date, **changes) -> None:
    Round.objects.filter(pk=round.pk).update(
        opens_on=ends - timedelta(days=60),
        due_on=ends - timedelta(days=1),
        edits_until=ends,
        reply_opens_on=ends + timedelta(days=24),
        reply_closes_on=ends + timedelta(days=45),
        publish_at=datetime.combine(ends + timedelta(days=76), datetime.min.time(), tzinfo=UTC),
        **changes,
    )
    round.refresh_from_db()


def extend(round: Round, pair: Pair, *, until: date) -> None:
    ExpectedReturn.objects.update_or_create(
        round=round,
        authority=pair.authority,
        defaults={
            "extended_due_on": until,
            "extended_edits_until": until,
            "extension_reason": "Flood",
        },
    )


def save(pair: Pair, round: Round, side: Side, *, at: datetime, version: int = 0) -> OwnView:
    body = pair.authority if side == Side.AUTHORITY else pair.board
    code = make.themes(side.value)[0].code
    level = Level.HIGH if version == 0 else Level.LOW
    return own_views.save_picks(
        pair=pair,
        round=round,
        side=side,
        choices={code: Choice(level=level)},
        expected_version=version,
        by=make.member(body),
        at=at,
    )


def refused():
    return pytest.raises(own_views.RoundClosedError)


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("day", [_SUMMER, _WINTER])
def test_a_view_is_taken_until_the_last_moment_of_the_london_day(pair, round, side, day):
    set_days(round, ends=day)

    with invented_past():
        kept = save(pair, round, side, at=closes(day) - _A_MOMENT)
        with refused():
            save(pair, round, side, at=closes(day), version=kept.version)

    kept.refresh_from_db()
    assert kept.version == 1


@pytest.mark.parametrize("state", [RoundState.OPEN, RoundState.CLOSED])
@pytest.mark.parametrize("day", [_SUMMER, _WINTER])
def test_an_authoritys_view_goes_with_its_extension_and_the_icbs_with_the_round(
    pair, round, day, state
):
    set_days(round, ends=day - timedelta(days=9), state=state)
    extend(round, pair, until=day)

    with invented_past():
        kept = save(pair, round, Side.AUTHORITY, at=closes(day) - _A_MOMENT)
        with refused():
            save(pair, round, Side.AUTHORITY, at=closes(day), version=kept.version)
        with refused():
            save(pair, round, Side.BOARD, at=closes(day) - _A_MOMENT)

    assert OwnView.objects.count() == 1


def test_an_extension_ends_when_the_reply_begins_whatever_its_last_day(pair, round):
    set_days(round, ends=_WINTER - timedelta(days=9), state=RoundState.IN_REPLY)
    extend(round, pair, until=_WINTER)

    with invented_past(), refused():
        save(pair, round, Side.AUTHORITY, at=closes(_WINTER) - _A_MOMENT)


@pytest.mark.parametrize("ends_in", [-1, 0])
def test_a_view_is_judged_by_the_databases_clock_whatever_the_server_says(pair, round, ends_in):
    today = timezone.localdate()
    set_days(round, ends=today + timedelta(days=ends_in))
    # A server whose own clock is a month wrong, in the direction that would change the answer.
    wrong = timezone.now() + timedelta(days=-30 if ends_in < 0 else 30)

    if ends_in < 0:
        with refused():
            save(pair, round, Side.AUTHORITY, at=wrong)
    else:
        save(pair, round, Side.AUTHORITY, at=wrong)

    assert OwnView.objects.exists() == (ends_in == 0)


def test_confirming_and_reopening_are_judged_by_the_databases_clock_too(pair, round):
    view = make.draft(pair=pair, round=round, side="sa", level="high")
    open_view = make.confirmed(pair=pair, round=round, side="icb", level="high")
    set_days(round, ends=timezone.localdate() - timedelta(days=1))
    within = make.during(round)

    with refused():
        own_views.confirm(
            view=view,
            level=Level.HIGH,
            changed_reason="",
            expected_version=view.version,
            by=make.member(pair.authority, Role.SIGNATORY),
            at=within,
        )
    with refused():
        own_views.reopen(
            view=open_view,
            reason="A fault.",
            expected_version=open_view.version,
            by=open_view.confirmed_by,
            at=within,
        )

    assert dict(OwnView.objects.values_list("side", "state")) == {
        "sa": ViewState.DRAFT,
        "icb": ViewState.CONFIRMED,
    }


def test_the_centre_drafts_once_the_extension_is_over_too(pair, round):
    set_days(round, ends=_WINTER - timedelta(days=9), state=RoundState.CLOSED)
    extend(round, pair, until=_WINTER)
    analyst = make.central()

    with invented_past():
        with pytest.raises(AssessmentRefusedError):
            assessments.take_up(round=round, pair=pair, by=analyst, at=closes(_WINTER) - _A_MOMENT)
        made = assessments.take_up(round=round, pair=pair, by=analyst, at=closes(_WINTER))

    assert made.assigned_to == analyst


def test_one_question_says_the_same_of_many_bodies(pair, round):
    set_days(round, ends=_WINTER - timedelta(days=9))
    extend(round, pair, until=_WINTER)

    found = queries.closings_of(round=round, body_ids=[pair.authority_id, pair.board_id])

    assert found == {
        pair.authority_id: queries.closing_for(round=round, pair=pair, side="sa"),
        pair.board_id: queries.closing_for(round=round, pair=pair, side="icb"),
    }
    assert [one.edits_until for one in found.values()] == [_WINTER, _WINTER - timedelta(days=9)]
