"""What every test of engagement may ask for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from authorities.models import Pair
from duty.models import Round, RoundState
from tests.factories import engagement as make
from tests.factories.authorities import BoardFactory, PairFactory, StrategicAuthorityFactory


@pytest.fixture
def configuration(db: None) -> None:
    """Rubric 1 and group map 1."""
    make.load_configuration()


@pytest.fixture
def round(configuration: None) -> Round:
    """A round that is open on `make.NOW`."""
    made: Round = make.RoundFactory()
    return made


@pytest.fixture
def in_reply_now(configuration: None) -> Round:
    """A closed round whose replies have begun, by the clock, and last for five days more."""
    today = timezone.localdate()
    made: Round = make.RoundFactory(
        state=RoundState.CLOSED,
        opens_on=today - timedelta(days=100),
        due_on=today - timedelta(days=60),
        edits_until=today - timedelta(days=40),
    )
    return made


@pytest.fixture
def pair(configuration: None) -> Pair:
    """South Testshire's authority with its only board."""
    made: Pair = PairFactory(
        authority=StrategicAuthorityFactory(slug="south-testshire"),
        board=BoardFactory(slug="south-testshire"),
        overlap__share_of_board=0.9,
        overlap__population=1_390_381,
        overlap__source="ONS",
    )
    return made


@pytest.fixture
def other_pair(configuration: None) -> Pair:
    """Another authority with two boards' worth of trouble: shares nothing with the first."""
    made: Pair = PairFactory(
        authority=StrategicAuthorityFactory(slug="north-testshire"),
        board=BoardFactory(slug="mid-testshire"),
    )
    return made
