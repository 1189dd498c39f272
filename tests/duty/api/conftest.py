"""A return for the API."""

import pytest

from tests.factories.duty import ReturnStory, RoundFactory, tell_return


@pytest.fixture
def story() -> ReturnStory:
    """A return in work, due later."""
    return tell_return(round_=RoundFactory(slug="autumn-2026"))


@pytest.fixture
def base(story: ReturnStory) -> str:
    """The return's address."""
    return f"/api/v1/returns/{story.duty_return.pk}/"
