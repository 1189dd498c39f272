"""The national view up to moderation: allocated, drafted, sent, or marked not assessed."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from authorities.models import Role
from duty.models import RoundState
from engagement.actions import allocations, assessments
from engagement.actions.own_views import ForeignThemeError
from engagement.assessment_lifecycle import REFUSALS, AssessmentRefusedError, Guard
from engagement.models import (
    AssessmentHappening,
    Finding,
    FindingEvidence,
    Level,
    Placement,
    Side,
)
from outcomes.models import RecomputeRequest, Subject
from tests.factories import engagement as make
from tests.factories import engagement_assessments as national

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told_time")]


@pytest.fixture
def closed(round):
    national.move_to(round, RoundState.CLOSED)
    return round


def allocate(round, pair, to, by=None):
    return allocations.allocate(
        round=round,
        pair=pair,
        to=to,
        by=by or make.central(Role.LEAD_ANALYST),
        at=national.after_closing(round),
    )


def refused(guard: Guard):
    return pytest.raises(AssessmentRefusedError, match=re.escape(REFUSALS[guard]))


# --- Drafts.


def take_up(round, pair, by, at=None):
    return assessments.take_up(round=round, pair=pair, by=by, at=at or make.during(round))


@pytest.mark.parametrize("sides", [(), ("sa",)])
def test_drafting_waits_for_both_views_or_the_last_day(pair, round, sides):
    for side in sides:
        make.confirmed(pair=pair, round=round, side=side, level="high")
    last_minute = datetime(2026, 12, 18, 23, 59, tzinfo=UTC)
    with refused(Guard.TIME_TO_DRAFT):
        take_up(round, pair, make.central(), at=last_minute)

    made = take_up(round, pair, make.central(), at=datetime(2026, 12, 19, 0, 0, tzinfo=UTC))

    assert made.state == "national_draft"


def test_drafting_begins_early_where_both_views_are_confirmed(pair, round):
    for side in ("sa", "icb"):
        make.confirmed(pair=pair, round=round, side=side, level="high")

    made = take_up(round, pair, make.central())

    assert made.state == "national_draft"
    assert {row.side for row in Finding.objects.filter(assessment=made)} == {"sa", "icb"}


@pytest.mark.parametrize("state", ["draft", "scheduled", "published"])
def test_a_round_that_is_not_worked_on_takes_no_draft(pair, round, state):
    national.move_to(round, RoundState(state))

    with pytest.raises(AssessmentRefusedError):
        take_up(round, pair, make.central())


def test_what_is_allocated_to_one_is_not_taken_up_by_another(pair, closed):
    allocate(closed, pair, make.central())

    with refused(Guard.ALLOCATED_TO_THEM):
        take_up(closed, pair, make.central())


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ADMINISTRATOR, Role.READER])
def test_only_analysts_draft(pair, closed, role):
    with pytest.raises(AssessmentRefusedError, match="Ask the analyst or lead analyst"):
        take_up(closed, pair, make.central(role))


def test_a_draft_keeps_statements_level_texts_and_evidence(pair, closed):
    made = national.drafted(pair=pair, round=closed, levels=("high", "low"))

    finding = Finding.objects.get(assessment=made, side="sa")
    assert assessments.draft_of(finding=finding) == national.side_draft(
        round=closed, side=Side.AUTHORITY, level="high"
    )
    assert (finding.computed_level, finding.level) == ("high", "high")
    assert FindingEvidence.objects.filter(finding=finding).get().given_by == made.assigned_to


def save(made, draft, side=Side.AUTHORITY, version=None, by=None):
    return assessments.save_side(
        assessment=made,
        side=side,
        draft=draft,
        expected_version=made.version if version is None else version,
        by=by or made.assigned_to,
        at=make.NOW,
    )


def test_the_same_saved_twice_is_stored_once(pair, closed):
    made = national.drafted(pair=pair, round=closed, levels=("high", "low"))
    before = AssessmentHappening.objects.count()

    again = save(
        made, national.side_draft(round=closed, side=Side.AUTHORITY, level="high"), version=0
    )

    assert again.version == made.version
    assert AssessmentHappening.objects.count() == before


def test_a_stale_save_is_refused_with_both_texts(pair, closed):
    made = national.drafted(pair=pair, round=closed, levels=("high", "low"))
    mine = national.side_draft(round=closed, side=Side.AUTHORITY, level="low")

    with pytest.raises(assessments.StaleDraftError) as stale:
        save(made, mine, version=made.version - 1)

    assert stale.value.submitted == mine
    assert stale.value.stored.level == Level.HIGH
    assert stale.value.version == made.version


def test_another_level_than_the_statements_give_needs_a_reason(pair, closed):
    made = national.drafted(pair=pair, round=closed, levels=("high", "low"))
    changed = replace(
        national.side_draft(round=closed, side=Side.AUTHORITY, level="high"), level=Level.PARTIAL
    )
    with refused(Guard.CHANGE_EXPLAINED):
        save(made, changed)

    save(made, replace(changed, changed_reason="One partner was left out."))

    finding = Finding.objects.get(assessment=made, side="sa")
    assert (finding.computed_level, finding.level) == ("high", "partial")


def test_a_statement_of_the_other_side_is_refused(pair, closed):
    made = national.drafted(pair=pair, round=closed, levels=("high", "low"))
    other = national.side_draft(round=closed, side=Side.BOARD, level="high")

    with pytest.raises(ForeignThemeError):
        save(made, other)


def test_evidence_that_stays_keeps_who_gave_it(pair, closed):
    made = national.drafted(pair=pair, round=closed, levels=("high", "low"))
    kept = FindingEvidence.objects.get(finding__side="sa")
    more = assessments.GivenEvidence(title="A plan", address="https://www.example.org/plan")
    draft = national.side_draft(round=closed, side=Side.AUTHORITY, level="high")

    made = save(made, replace(draft, evidence=(*national.EVIDENCE, more)))
    made = save(made, replace(draft, evidence=(national.EVIDENCE[0],)))

    assert FindingEvidence.objects.get(finding__side="sa").pk == kept.pk


# --- Sending.


@pytest.mark.parametrize(
    ("change", "guard"),
    [
        ({"level": None}, Guard.LEVEL_ON_EACH_SIDE),
        ({"rationale": "  "}, Guard.RATIONALE_ON_EACH_SIDE),
        ({"evidence": ()}, Guard.EVIDENCE_AT_HIGH_AND_LOW),
    ],
)
@pytest.mark.parametrize("side", list(Side))
def test_a_draft_is_sent_whole(pair, closed, change, guard, side):
    made = national.drafted(pair=pair, round=closed, levels=("high", "high"))
    draft = national.side_draft(round=closed, side=side, level="high")
    made = save(made, replace(draft, **change), side=side)

    with pytest.raises(AssessmentRefusedError) as error:
        national.sent(drafted=made)

    assert error.value.guards == (guard,)


def test_partial_needs_no_evidence_and_undecided_no_level(pair, closed):
    made = national.drafted(pair=pair, round=closed, levels=("partial", None))
    draft = national.side_draft(round=closed, side=Side.AUTHORITY, level="partial", evidence=())
    made = save(made, draft)

    made = national.sent(drafted=made)

    assert (made.state, made.drafted_by) == ("in_moderation", made.assigned_to)


# --- Not assessed.


def mark(round, pair, by=None, reason="Neither body said anything.", at=None):
    return assessments.mark_not_assessed(
        round=round,
        pair=pair,
        reason=reason,
        by=by or make.central(),
        at=at or national.after_closing(round),
    )


def test_a_pair_without_view_and_evidence_is_marked_and_never_low(pair, closed):
    made = mark(closed, pair)

    assert (made.state, made.not_assessed_reason) == (
        "not_assessed",
        "Neither body said anything.",
    )
    assert RecomputeRequest.objects.filter(subject=Subject.PAIR, subject_id=pair.pk).exists()
    assert not Placement.objects.filter(authority_level="low").exists()


@pytest.mark.parametrize("side", ["sa", "icb"])
def test_a_pair_of_which_one_side_has_a_view_can_be_assessed(pair, round, side):
    make.confirmed(pair=pair, round=round, side=side, level="low")
    national.move_to(round, RoundState.CLOSED)

    with refused(Guard.NO_OWN_VIEW):
        mark(round, pair)


def test_a_pair_with_evidence_can_be_assessed(pair, closed):
    made = national.drafted(pair=pair, round=closed, levels=("high", "low"))

    with refused(Guard.NO_EVIDENCE):
        mark(closed, pair, by=made.assigned_to)


def test_marking_waits_for_the_last_day_and_says_why(pair, round):
    with refused(Guard.CLOSING_DAY_OVER):
        mark(round, pair, at=make.during(round))
    with refused(Guard.REASON_GIVEN):
        mark(round, pair, reason=" ")


def test_a_lead_takes_not_assessed_back_with_a_reason(pair, closed):
    made = mark(closed, pair)
    lead = make.central(Role.LEAD_ANALYST)

    with refused(Guard.REASON_GIVEN):
        assessments.unmark(assessment=made, reason="", by=lead, at=make.NOW)
    with pytest.raises(AssessmentRefusedError, match="Ask the lead analyst"):
        assessments.unmark(assessment=made, reason="A view.", by=make.central(), at=make.NOW)
    made = assessments.unmark(assessment=made, reason="A view came.", by=lead, at=make.NOW)

    assert (made.state, made.not_assessed_reason) == ("not_started", "")
