"""Rounds for pages, which read the clock."""

import pytest

from duty.models import Round
from tests.engagement import sight


@pytest.fixture
def round(configuration: None) -> Round:
    """A round that is open today."""
    return sight.open_now()
