"""What a benchmark says: a value beside a limit that was measured in the same run."""

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Measured:
    """One measure. `ratio` is value by limit; it is held when it is at most `goal`."""

    name: str
    value: float
    unit: str
    limit: float
    goal: float

    @property
    def ratio(self) -> float:
        """The value as a multiple of its limit."""
        return self.value / self.limit

    @property
    def held(self) -> bool:
        """Whether the ratio is within the goal."""
        return self.ratio <= self.goal

    def as_row(self) -> dict[str, object]:
        """Return the row that is written as JSON."""
        return {
            **asdict(self),
            "value": round(self.value, 5),
            "limit": round(self.limit, 5),
            "ratio": round(self.ratio, 3),
            "held": self.held,
        }


def seconds(work: Callable[[], object], *, times: int) -> float:
    """Return the median time of some work, in seconds, after one run that does not count."""
    return seconds_in_turn(work, times=times)[0]


def seconds_in_turn(*works: Callable[[], object], times: int) -> tuple[float, ...]:
    """Return the median time of each work; they take turns, so a busy machine is slow for all."""
    for work in works:
        work()
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(times):
        for work, of_work in zip(works, taken, strict=True):
            started = time.perf_counter()
            work()
            of_work.append(time.perf_counter() - started)
    return tuple(statistics.median(of_work) for of_work in taken)
