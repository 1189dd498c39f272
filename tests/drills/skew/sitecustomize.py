"""Python runs this before anything else where its folder is on the path: it moves the clock.

DRILL_SKEW_SECONDS says by how much. Only the process's own clock is wrong, not the machine's.
"""

import os
from datetime import UTC, datetime, timedelta

_SECONDS = float(os.environ.get("DRILL_SKEW_SECONDS", "0"))

if _SECONDS:
    import time_machine

    time_machine.travel(datetime.now(UTC) + timedelta(seconds=_SECONDS), tick=True).start()
