"""The nightly look for rows that break what must hold."""

import logging
from datetime import datetime

from authorities.integrity import Asked, run

logger = logging.getLogger(__name__)


def check(*, at: datetime) -> int:
    """Run every check, log an error for each that is broken, and return how many are.

    What is logged are names and keys of rows: never what somebody wrote.
    """
    broken = [one for one in run(asked=Asked(at=at)) if one.broken.count]
    for one in broken:
        logger.error(
            "integrity: %s is broken by %s rows: %s",
            one.check.name,
            one.broken.count,
            ", ".join(one.broken.keys),
        )
    return len(broken)
