"""Stretches of days."""

from dataclasses import dataclass
from datetime import date

# A day that no fact reaches: an empty start or end compares as these.
FIRST_DAY = date.min
LAST_DAY = date.max


@dataclass(frozen=True)
class Span:
    """Days from `start` to `end`, the end not included; None is open."""

    start: date | None
    end: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the day is one of them."""
        return (self.start or FIRST_DAY) <= day < (self.end or LAST_DAY)

    def overlaps(self, other: "Span") -> bool:
        """Whether any day is in both."""
        return (self.start or FIRST_DAY) < (other.end or LAST_DAY) and (
            other.start or FIRST_DAY
        ) < (self.end or LAST_DAY)

    def within(self, other: "Span") -> bool:
        """Whether every day is in the other, too."""
        return (other.start or FIRST_DAY) <= (self.start or FIRST_DAY) and (
            self.end or LAST_DAY
        ) <= (other.end or LAST_DAY)

    def __str__(self) -> str:
        return f"from {self.start or 'the beginning'} to {self.end or 'further notice'}"
