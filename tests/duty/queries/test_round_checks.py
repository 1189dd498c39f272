"""What the checks read of people, pairs and announced changes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from authorities.models import ReorganisationState, Role, User
from duty.models import Round
from duty.queries.round_checks import checked, facts_of
from duty.round_checks import Check
from tests.architecture.addresses import Visitor
from tests.factories.authorities import MembershipFactory, PairFactory, StrategicAuthorityFactory
from tests.factories.duty import DeclarationFactory, ExpectedReturnFactory, RoundFactory
from tests.factories.outcomes import IndicatorFactory
from tests.factories.stored_changes import stored_change
from tests.world import World


@pytest.mark.django_db
def test_one_person_of_two_bodies_staffs_both_and_bodies_are_counted():
    made = RoundFactory()
    pairs = [PairFactory(), PairFactory()]
    person = MembershipFactory(body=pairs[0].authority, role=Role.EDITOR).user
    for pair in pairs:
        ExpectedReturnFactory(round=made, authority=pair.authority)
        for body in (pair.authority, pair.board):
            MembershipFactory(body=body, role=Role.SIGNATORY, user=person)
    MembershipFactory(body=pairs[1].authority, role=Role.EDITOR, user=person)

    facts = facts_of(round_=made)

    assert [(one.editors, one.signatories) for one in facts.authorities] == [(1, 1), (1, 1)]
    assert [pair.board.is_staffed for pair in facts.pairs] == [False, False]


@pytest.mark.django_db
def test_slivers_and_pairs_of_bodies_that_are_not_expected_are_not_looked_at():
    made = RoundFactory()
    sliver = PairFactory(overlap__sliver=True)
    ExpectedReturnFactory(round=made, authority=sliver.authority)
    PairFactory()

    assert facts_of(round_=made).pairs == ()


@pytest.mark.django_db
def test_the_checks_ask_as_much_for_many_bodies_as_for_one():
    made = RoundFactory()
    counts = []
    for many in (1, 6):
        for _number in range(many):
            ExpectedReturnFactory(round=made, authority=PairFactory().authority)
        with CaptureQueriesContext(connection) as captured:
            checked(round_=Round.objects.select_related("specification").get(pk=made.pk))
        counts.append(len(captured))

    assert counts[0] == counts[1]


@pytest.mark.django_db
def test_reference_data_is_looked_at_on_the_day_of_the_round():
    made = RoundFactory()
    well = PairFactory().authority
    alone = StrategicAuthorityFactory(designation=False)
    planned = PairFactory(overlap__planned=True).authority
    for authority in (well, alone, planned):
        ExpectedReturnFactory(round=made, authority=authority)

    facts = facts_of(round_=made)

    assert {pair.authority.key for pair in facts.pairs} == {f"strategic_authority:{well.slug}"}
    undesignated = [one.key for one in facts.authorities if not one.designated]
    assert undesignated == [f"strategic_authority:{alone.slug}"]
    assert (facts.has_declaration, facts.has_indicators) == (False, False)
    DeclarationFactory()
    IndicatorFactory()
    facts = facts_of(round_=made)
    assert (facts.has_declaration, facts.has_indicators) == (True, True)


@pytest.mark.slow
def test_a_body_that_is_to_end_before_the_round_does_is_found(world: World) -> None:
    made = Round.objects.get(slug=world.round)
    before = [one for one in checked(round_=made).found if one.check is Check.ENDING_BODIES]

    for days, title in ((-10, "Before the end"), (10, "After the end")):
        stored_change(
            by=User.objects.get(email=Visitor.ANALYST),
            approved_by=User.objects.get(email=Visitor.LEAD_ANALYST),
            state=ReorganisationState.SCHEDULED,
            title=title,
            on=made.publish_at.date() + timedelta(days=days),
        )
    found = [one for one in checked(round_=made).found if one.check is Check.ENDING_BODIES]

    day = made.publish_at.date() - timedelta(days=10)
    new = [one.text for one in found if one not in before]
    assert new == [f"NHS South Yorkshire ICB is no more from {day.day} {day:%B %Y}."]
