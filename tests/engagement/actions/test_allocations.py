"""Who drafts a national view, who may not, and what people have to do with bodies."""

import re
from datetime import date

import pytest

from authorities.models import AuditEvent, PairOverlap, Role
from duty.models import RoundState
from engagement.actions import allocations, interests
from engagement.actions.own_views import PairNotExpectedError
from engagement.assessment_lifecycle import REFUSALS, AssessmentRefusedError, Guard
from engagement.models import (
    Assessment,
    AssessmentHappening,
)
from engagement.queries.assessments import interests_of
from tests.factories import engagement as make
from tests.factories import engagement_assessments as national
from tests.factories.authorities import BoardFactory, PairFactory, SuccessionFactory

pytestmark = pytest.mark.django_db


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


def test_a_lead_says_who_drafts_and_it_is_on_record(pair, closed):
    analyst, lead = make.central(), make.central(Role.LEAD_ANALYST)

    made = allocate(closed, pair, analyst, by=lead)

    event = AssessmentHappening.objects.get(assessment=made)
    assert (made.assigned_to, made.state) == (analyst, "not_started")
    assert (event.type, event.actor, event.actor_role) == ("allocate", lead, "lead_analyst")
    assert AuditEvent.objects.filter(action="assessment.allocate").count() == 1


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.READER, Role.ADMINISTRATOR])
def test_only_analysts_are_given_a_draft(pair, closed, role):
    with refused(Guard.ASSIGNEE_MAY_DRAFT):
        allocate(closed, pair, make.central(role))


def test_an_analyst_allocates_nothing(pair, closed):
    analyst = make.central()

    with pytest.raises(AssessmentRefusedError, match="Ask the lead analyst"):
        allocate(closed, pair, analyst, by=analyst)


@pytest.mark.parametrize("side", ["authority", "board"])
def test_nobody_is_given_their_own_body(pair, closed, side):
    analyst = make.central()
    make.MembershipFactory(user=analyst, body=getattr(pair, side), role=Role.EDITOR)

    with refused(Guard.ASSIGNEE_HAS_NO_INTEREST):
        allocate(closed, pair, analyst)


def test_a_declared_interest_bars_until_it_ends(pair, closed):
    analyst = make.central()
    declared = interests.declare(
        body=pair.board, what="My wife works there.", by=analyst, at=make.NOW
    )
    with refused(Guard.ASSIGNEE_HAS_NO_INTEREST):
        allocate(closed, pair, analyst)

    interests.end(interest=declared, by=analyst, at=make.NOW)

    assert allocate(closed, pair, analyst).assigned_to == analyst


@pytest.mark.parametrize("earlier", [True, False])
def test_an_interest_follows_a_body_that_is_formed_anew_and_no_other(pair, closed, earlier):
    analyst, colleague = make.central(), make.central()
    relative, cousin = BoardFactory(), BoardFactory()
    if earlier:
        # The pair's board took over from one that was split.
        lines = [(relative, pair.board), (relative, cousin)]
    else:
        # It was merged with another, while a round still counts bodies as at a day before.
        lines = [(pair.board, relative), (cousin, relative)]
    for predecessor, successor in lines:
        SuccessionFactory(predecessor=predecessor, successor=successor)
    for person, body in ((analyst, relative), (colleague, cousin)):
        interests.declare(body=body, what="I worked there.", by=person, at=make.NOW)

    with refused(Guard.ASSIGNEE_HAS_NO_INTEREST):
        allocate(closed, pair, analyst)

    assert f"icb/{pair.board.slug}" in interests_of(person=analyst)
    assert f"icb/{pair.board.slug}" not in interests_of(person=colleague)
    assert allocate(closed, pair, colleague).assigned_to == colleague


def last_round(pair, by):
    """A national view of the round before, drafted by somebody."""
    earlier = make.earlier_round()
    national.moderated(pair=pair, round=earlier, by=by)
    return earlier


def test_who_drafted_last_is_avoided_while_another_is_free(pair, closed):
    analyst = make.central()
    last_round(pair, analyst)
    other = make.central()

    with refused(Guard.ASSIGNEE_IS_NOT_LAST_DRAFTER):
        allocate(closed, pair, analyst)

    assert allocate(closed, pair, other).assigned_to == other


def test_who_drafted_last_may_again_where_all_others_have_an_interest(pair, closed):
    analyst, other, lead = make.central(), make.central(), make.central(Role.LEAD_ANALYST)
    last_round(pair, analyst)
    for person in (other, lead):
        interests.declare(body=pair.authority, what="A friend.", by=person, at=make.NOW)

    assert allocate(closed, pair, analyst, by=lead).assigned_to == analyst


def test_who_drafted_a_predecessor_is_avoided_too(pair, closed):
    analyst = make.central()
    last_round(pair, analyst)
    successor = PairFactory(authority=pair.authority, board=BoardFactory())
    SuccessionFactory(predecessor=pair.board, successor=successor.board, on_date=date(2026, 8, 1))
    make.central()

    with refused(Guard.ASSIGNEE_IS_NOT_LAST_DRAFTER):
        allocate(closed, successor, analyst)


def test_of_many_those_that_are_refused_say_why_and_the_others_stand(pair, other_pair, closed):
    analyst = make.central()
    interests.declare(body=pair.board, what="A friend.", by=analyst, at=make.NOW)

    left_out = allocations.allocate_many(
        round=closed,
        pairs=[pair, other_pair],
        to=analyst,
        by=make.central(Role.LEAD_ANALYST),
        at=make.NOW,
    )

    assert [one.pair for one in left_out] == [pair]
    assert "declared an interest" in left_out[0].why
    assert Assessment.objects.get(assigned_to=analyst).pair == other_pair


def test_pairs_that_are_not_assessed_and_test_rounds_have_no_national_view(pair, closed):
    analyst = make.central()
    trial = make.RoundFactory(slug="trial", is_test=True, state=RoundState.CLOSED)
    with pytest.raises(PairNotExpectedError):
        allocate(trial, pair, analyst)
    PairOverlap.objects.update(sliver=True, coterminosity=None)

    with pytest.raises(PairNotExpectedError):
        allocate(closed, pair, analyst)

    assert not Assessment.objects.exists()


# --- Interests.


def test_an_interest_is_declared_once_says_what_and_is_ended_by_its_person(pair):
    analyst = make.central()
    with pytest.raises(interests.InterestRefusedError, match="Say what"):
        interests.declare(body=pair.board, what=" ", by=analyst, at=make.NOW)
    first, again = (
        interests.declare(body=pair.board, what="A friend.", by=analyst, at=make.NOW)
        for _time in range(2)
    )

    with pytest.raises(interests.InterestRefusedError, match="Only the person"):
        interests.end(interest=first, by=make.central(), at=make.NOW)

    assert first == again
    assert interests.end(interest=first, by=analyst, at=make.NOW).ended_at == make.NOW
