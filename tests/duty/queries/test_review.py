"""The order in which the centre finds rounds to review."""

import pytest

from duty.models import RoundState
from duty.queries.review import rounds_to_review
from tests.factories.duty import RoundFactory

pytestmark = pytest.mark.django_db


def test_rounds_for_trying_out_come_last_and_say_what_they_are():
    trial = RoundFactory(slug="test-spring", name="Spring", is_test=True)
    closed = RoundFactory(slug="autumn", name="Autumn", state=RoundState.CLOSED)
    open_ = RoundFactory(slug="spring", name="Spring")
    RoundFactory(slug="later", state=RoundState.DRAFT)

    found = rounds_to_review()

    assert found == (open_, closed, trial)
    assert [one.called for one in found] == ["Spring", "Autumn", "Spring, test round"]
