"""What every journey needs: the demonstration, a worker and people with browsers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import conftest as browsers
from tests.browser.visitor import Visitor
from tests.journeys.people import Arrive, Way, carry_session
from tests.journeys.worker import own_queue, running_worker
from tests.world import LiveWorld

WAYS = {
    "desktop": Way("desktop", scripts=True),
    "desktop-no-scripts": Way("desktop", scripts=False),
    "phone": Way("phone", scripts=True),
    "phone-no-scripts": Way("phone", scripts=False),
}

# For what is long, or looks at many pages: at a desk with scripts, and the hardest of the four.
in_two_ways = pytest.mark.parametrize(
    "any_way",
    [WAYS["desktop"], WAYS["phone-no-scripts"]],
    ids=["desktop", "phone-no-scripts"],
    indirect=True,
)


@pytest.fixture
def worker(live_world: LiveWorld) -> Iterator[Path]:
    """A worker on the live world; its log, which pytest shows where a journey fails."""
    # One name for each database, since brokers remember the names of queues.
    queue = f"journey-{live_world.url.rpartition('/')[2].partition('?')[0]}"
    with own_queue(queue), running_worker(world=live_world, queue=queue) as log:
        yield log
        print(log.read_text()[-4000:])  # noqa: T201


@pytest.fixture
def way() -> Way:
    """At a desk, with scripts; a journey for every way asks for `any_way`."""
    return WAYS["desktop"]


@pytest.fixture(params=list(WAYS.values()), ids=list(WAYS))
def any_way(request: pytest.FixtureRequest) -> Way:
    """Each of the four ways in turn."""
    chosen: Way = request.param
    return chosen


@pytest.fixture
def arrive(
    request: pytest.FixtureRequest, live_world: LiveWorld, browser: Browser
) -> Iterator[Arrive]:
    """Open browsers for people, in the way of the test."""
    name = "any_way" if "any_way" in request.fixturenames else "way"
    chosen: Way = request.getfixturevalue(name)
    with browsers.visitors(browser=browser, site=live_world.site) as open_visitor:

        def open_one(email: str | None = None) -> Visitor:
            visitor = open_visitor(width=chosen.width, scripts=chosen.scripts)
            if email is not None:
                carry_session(visitor, email=email)
            return visitor

        yield open_one
