"""Tells the queue that a row waits: the row is the truth, the message only a nudge."""

import logging

from celery import current_app
from celery.exceptions import CeleryError
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def nudge(*, task: str, **about: str) -> None:
    """Send a task its arguments; a sweep finds the row if the queue is away."""
    try:
        current_app.send_task(task, kwargs=about)
    except (OperationalError, CeleryError, OSError):
        logger.warning("the queue could not be reached; the sweep will find what waits: %s", task)
