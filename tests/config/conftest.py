"""Real servers for the launcher's tests, each in a folder of its own that is gone afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from duty.config.servers.home import Home, find_home, throwaway_home
from duty.config.servers.postgres import Cluster, start_cluster

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def home() -> Iterator[Home]:
    with throwaway_home(home=find_home(project=PROJECT)) as away:
        yield away


@pytest.fixture
def cluster(home: Home) -> Iterator[Cluster]:
    running = start_cluster(home=home, durable=False)
    yield running
    running.stop()
