"""Which rounds take figures of a body, as an upload and its template ask for them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from authorities.models import StrategicAuthority
from duty.models import ExpectedReturn, RoundState
from outcomes.queries.rounds import OpenRound, open_rounds
from tests.factories.authorities import MembershipFactory
from tests.factories.duty import (
    ExpectedReturnFactory,
    RoundFactory,
    SpecificationFactory,
    today,
    version_one,
)
from tests.factories.outcomes import IndicatorFactory, ObservationFactory

pytestmark = pytest.mark.django_db


def expect(**of_round: object) -> ExpectedReturn:
    """A return that is expected in a round that asks little."""
    row: ExpectedReturn = ExpectedReturnFactory(
        round=RoundFactory(
            specification=SpecificationFactory(questions=version_one()[:1]), **of_round
        )
    )
    return row


def asked(authority: StrategicAuthority) -> tuple[OpenRound, ...]:
    """The rounds as the app below asks for them, by the setting."""
    return open_rounds(body=authority, at=timezone.now())


def test_an_open_round_takes_figures_of_those_it_expects():
    row = expect(slug="autumn-2026")

    assert asked(row.authority) == (OpenRound("autumn-2026", "Autumn 2026"),)
    assert asked(ExpectedReturnFactory(round=row.round).authority)
    assert asked(expect(slug="spring-2026", state=RoundState.CLOSED).authority) == ()


def test_a_test_round_takes_no_figures():
    assert asked(expect(is_test=True).authority) == ()


def test_an_extension_is_counted_and_what_closes_first_comes_first():
    late = expect(
        slug="spring-2026",
        opens_on=today() - timedelta(days=60),
        due_on=today() - timedelta(days=20),
        edits_until=today() - timedelta(days=10),
    )
    authority = late.authority
    ExpectedReturnFactory(
        round=RoundFactory(slug="autumn-2026", specification=late.round.specification),
        authority=authority,
    )
    before = [one.slug for one in asked(authority)]

    late.extended_due_on = today() + timedelta(days=1)
    late.extended_edits_until = today() + timedelta(days=2)
    late.extension_reason = "Flood"
    late.save()

    assert before == ["autumn-2026"]
    assert [one.slug for one in asked(authority)] == ["spring-2026", "autumn-2026"]


def test_a_template_is_made_for_a_round_that_counts_and_for_no_test(client):
    row = expect(slug="autumn-2026")
    editor = MembershipFactory(body=row.authority).user
    ExpectedReturnFactory(
        round=RoundFactory(slug="trial", is_test=True, specification=row.round.specification),
        authority=row.authority,
    )
    ObservationFactory(indicator=IndicatorFactory(), area=row.authority, value=60.1)
    client.force_login(editor)
    page = reverse("outcomes:upload-template-csv", args=[row.authority.slug])

    counted = client.get(page, {"round": "autumn-2026"})
    trial = client.get(page, {"round": "trial"})

    assert b"Autumn 2026" in b"".join(counted.streaming_content)
    assert trial.status_code == 404
