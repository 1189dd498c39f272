"""A release of 1,000,000 rows by the command, against a bare COPY of the same rows.

Unlike the other measures it leaves its rows behind, since a load is not over before it is
committed: it comes last, in a database of its own.
"""

import csv
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from engagement.management.benchmarks.rows import Measured
from engagement.management.benchmarks.uploads import HEADINGS, bare_copy, council_codes, rows_of

ROWS = 1_000_000
# Each against the COPY: checking, storing and superseding in at most this many times its time.
GOAL = 6.0
# Against the first load: the same file again takes no longer.
GOAL_AGAIN = 1.0
MOST_MEMORY_MB = 300.0

# The most memory of this program alone: what a child inherits from its parent does not count.
_CHILD = """
import re, sys
from django.core.management import execute_from_command_line
execute_from_command_line(sys.argv)
with open("/proc/self/status") as status:
    print(re.search(r"VmHWM:\\s*([0-9]+) kB", status.read())[1])
"""


@dataclass(frozen=True)
class _Load:
    seconds: float
    memory_mb: float
    added: int
    updated: int
    unchanged: int


def bulk_load(*, rows: int = ROWS) -> tuple[Measured, ...]:
    """Load a file, load it again, and load it with every value revised."""
    with tempfile.TemporaryDirectory() as folder:
        file, revised = Path(folder) / "release.csv", Path(folder) / "revision.csv"
        codes = council_codes()
        _write(file=file, rows=rows, codes=codes, shift=0.0)
        _write(file=revised, rows=rows, codes=codes, shift=0.5)
        first, again = _load(file=file), _load(file=file)
        before = bare_copy()
        revision = _load(file=revised)
        bare = (before + bare_copy()) / 2
    if (first.added, again.unchanged, revision.updated) != (rows, rows, rows):
        raise RuntimeError(f"Not all of {rows} rows were stored: {first}, {again}, {revision}.")
    name = f"release_{rows}_rows"
    memory = max(load.memory_mb for load in (first, again, revision))
    return (
        Measured(name=name, value=first.seconds, unit="s", limit=bare, goal=GOAL),
        Measured(name=f"{name}_revised", value=revision.seconds, unit="s", limit=bare, goal=GOAL),
        Measured(
            name=f"{name}_again",
            value=again.seconds,
            unit="s",
            limit=first.seconds,
            goal=GOAL_AGAIN,
        ),
        Measured(name=f"{name}_memory", value=memory, unit="MB", limit=MOST_MEMORY_MB, goal=1.0),
    )


def _write(*, file: Path, rows: int, codes: Sequence[str], shift: float) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADINGS)
        writer.writerows(rows_of(rows=rows, codes=codes, shift=shift))


def _load(*, file: Path) -> _Load:
    """Run the command in a process of its own, start included."""
    arguments = ["import_observations", str(file), "--layout=fingertips", "--json"]
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, *arguments],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - started
    if done.returncode != 0:
        raise RuntimeError(f"The load failed: {done.stderr[-2_000:]}")
    *_, answer, kilobytes = done.stdout.splitlines()
    counts = json.loads(answer)
    return _Load(
        seconds=seconds,
        memory_mb=int(kilobytes) / 1_024,
        added=counts["added"],
        updated=counts["updated"],
        unchanged=counts["unchanged"],
    )
