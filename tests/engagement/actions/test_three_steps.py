"""A side's column of the three steps: saved whole, once, in time, and held by the database."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from authorities.models import AuditEvent
from duty.deadlines import closes_at
from duty.models import ExpectedReturn, Round, RoundState
from engagement.actions import three_steps
from engagement.actions.own_views import PairNotExpectedError, RoundClosedError
from engagement.actions.three_steps import Content
from engagement.models import Side, ThreeStepAnswer, ThreeStepColumn
from engagement.queries.three_steps import EMPTY, column_before, columns_of, rounds_of
from engagement.three_steps import PRIORITIES, Standing
from tests.factories import engagement as make
from tests.factories.authorities import PairFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told_time")]
FIRST, SECOND = PRIORITIES[:2]


def save(pair, round, *, side=Side.AUTHORITY, version=0, at=make.NOW, notes=None, **standings):
    body = pair.authority if side == Side.AUTHORITY else pair.board
    return three_steps.save_column(
        pair=pair,
        round=round,
        side=side,
        content=Content(
            standings={code: Standing(said) for code, said in standings.items()}, notes=notes or {}
        ),
        expected_version=version,
        by=make.member(body),
        at=at,
    )


def test_a_column_is_stored_with_its_notes_and_its_audit_and_the_other_stays_as_it_is(pair, round):
    save(pair, round, **{FIRST: "begun"}, notes={"people_and_place": "  A start. "})

    columns = columns_of(round=round, pair=pair)
    own = columns[Side.AUTHORITY]
    assert (own.standings, own.notes, own.version) == (
        {FIRST: Standing.BEGUN},
        {"people_and_place": "A start."},
        1,
    )
    assert columns[Side.BOARD] == EMPTY
    event = AuditEvent.objects.get(action="three_steps.saved")
    assert (event.body_id, event.detail["side"]) == (pair.authority_id, "sa")
    assert event.detail["answered"] == 1


def test_a_column_holds_exactly_what_was_saved_last_and_a_double_click_stores_once(pair, round):
    save(pair, round, **{FIRST: "begun", SECOND: "not_begun"})
    save(pair, round, version=1, **{SECOND: "in_place"})
    again = save(pair, round, version=1, **{SECOND: "in_place"})

    assert again.version == 2
    assert columns_of(round=round, pair=pair)[Side.AUTHORITY].standings == {
        SECOND: Standing.IN_PLACE
    }
    assert AuditEvent.objects.filter(action="three_steps.saved").count() == 2


def test_a_stale_save_is_refused_with_both_texts(pair, round):
    save(pair, round, **{FIRST: "begun"})

    with pytest.raises(three_steps.StaleColumnError) as refused:
        save(pair, round, **{FIRST: "in_place"})

    assert refused.value.submitted.standings == {FIRST: Standing.IN_PLACE}
    assert refused.value.stored.standings == {FIRST: Standing.BEGUN}
    assert ThreeStepAnswer.objects.get().standing == "begun"


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"standings": {"something": Standing.BEGUN}}, three_steps.UnknownPriorityError),
        ({"notes": {"step_four": "x"}}, three_steps.UnknownPriorityError),
        ({"notes": {"people_and_place": "x" * 1001}}, three_steps.NoteTooLongError),
    ],
)
def test_what_is_not_asked_or_too_long_is_refused_and_nothing_stored(pair, round, said, error):
    with pytest.raises(error):
        three_steps.save_column(
            pair=pair,
            round=round,
            side=Side.BOARD,
            content=Content(**said),
            expected_version=0,
            by=make.member(pair.board),
            at=make.NOW,
        )

    assert not ThreeStepColumn.objects.exists()


def test_a_pair_that_the_round_does_not_ask_about_has_no_column(round):
    sliver = PairFactory(overlap__sliver=True)

    with pytest.raises(PairNotExpectedError):
        save(sliver, round, **{FIRST: "begun"})


@pytest.mark.parametrize("state", [one for one in RoundState if one != RoundState.OPEN])
def test_a_round_that_is_not_open_takes_no_column(pair, round, state):
    Round.objects.filter(pk=round.pk).update(state=state)

    with pytest.raises(RoundClosedError):
        save(pair, round, **{FIRST: "begun"})

    assert not ThreeStepColumn.objects.exists()


def test_a_column_closes_as_the_own_view_of_its_side_does(pair, round):
    longer = round.edits_until + timedelta(days=5)
    ExpectedReturn.objects.update_or_create(
        round=round,
        authority=pair.authority,
        defaults={
            "extended_due_on": longer,
            "extended_edits_until": longer,
            "extension_reason": "Flood",
        },
    )
    last = closes_at(closing_date=longer) - timedelta(microseconds=1)

    save(pair, round, at=last, **{FIRST: "begun"})
    with pytest.raises(RoundClosedError):
        save(pair, round, at=last + timedelta(microseconds=1), version=1, **{FIRST: "in_place"})
    with pytest.raises(RoundClosedError):
        save(pair, round, side=Side.BOARD, at=last, **{FIRST: "begun"})


def test_rounds_with_columns_stand_in_the_history_and_the_last_one_is_brought_forward(pair, round):
    before = make.earlier_round(state=RoundState.OPEN)
    save(pair, before, at=make.during(before), **{FIRST: "not_begun"})

    found = column_before(round=round, pair=pair, side=Side.AUTHORITY)

    assert found is not None
    assert (found[0], found[1].standings) == (before, {FIRST: Standing.NOT_BEGUN})
    assert column_before(round=round, pair=pair, side=Side.BOARD) is None
    assert column_before(round=before, pair=pair, side=Side.AUTHORITY) is None
    assert [one.slug for one in rounds_of(pair=pair)] == [round.slug, before.slug]


def test_the_database_refuses_a_column_and_an_answer_that_cannot_be(pair, round):
    save(pair, round, **{FIRST: "begun"})
    row = ThreeStepColumn.objects.get()

    for broken, name in (
        (
            lambda: ThreeStepColumn.objects.create(
                round=round,
                pair=pair,
                side="sa",
                updated_at=timezone.now(),
                updated_by=row.updated_by,
            ),
            "three_step_column_once",
        ),
        (lambda: ThreeStepColumn.objects.update(side="xx"), "three_step_side_is_known"),
        (lambda: row.answers.create(priority=FIRST, standing="begun"), "three_step_answer_once"),
        (lambda: row.answers.update(priority="x"), "three_step_priority_is_known"),
        (lambda: row.answers.update(standing="good"), "three_step_standing_is_known"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            broken()
