"""A plugin for pytest: the workers of pytest-xdist end with the pytest that started them.

Left alone, a worker goes on for some ten seconds, and its browser with it.
"""

import os
import signal

import pytest

from duty.config.servers.processes import die_with_parent


def pytest_configure(config: pytest.Config) -> None:
    """Tie a worker to its pytest; the pytest that was started by hand is left alone."""
    if hasattr(config, "workerinput"):
        die_with_parent(death_signal=signal.SIGKILL, parent=os.getppid())()
