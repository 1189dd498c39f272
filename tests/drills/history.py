"""What clients tried and were told, held against what is stored: pure, so that it can be tested.

Each write carries a mark of its own. One that was answered well must be stored, once; one without
an answer may be there or not; and nothing may be stored that nobody sent.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass
class History:
    """What clients did, written by several threads."""

    tried: set[str] = field(default_factory=set)
    # By mark: what the answer named, such as a receipt's reference.
    acknowledged: dict[str, str] = field(default_factory=dict)
    # Marks of which the same request, sent again, was answered otherwise.
    answered_otherwise: set[str] = field(default_factory=set)
    resent: int = 0
    unanswered: int = 0
    refused: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def try_(self, mark: str) -> None:
        """Note that a write is sent."""
        with self._lock:
            self.tried.add(mark)

    def acknowledge(self, mark: str, answer: str) -> None:
        """Note that a write was answered well."""
        with self._lock:
            self.acknowledged[mark] = answer

    def miss(self) -> None:
        """Note that an attempt had no answer, or one that asks to try again."""
        with self._lock:
            self.unanswered += 1

    def refuse(self, mark: str, why: str) -> None:
        """Note that a write was refused, which no write of a drill should be."""
        with self._lock:
            self.refused.append(f"{mark}: {why}")

    def resend(self, mark: str, answer: str | None) -> None:
        """Note what the same request was answered when it was sent again; None for no answer."""
        with self._lock:
            self.resent += 1
            if answer is not None and answer != self.acknowledged[mark]:
                self.answered_otherwise.add(mark)


@dataclass(frozen=True)
class Verdict:
    """What of a history the store broke; each is empty when all is well."""

    lost: tuple[str, ...]
    duplicated: tuple[str, ...]
    phantom: tuple[str, ...]
    answered_otherwise: tuple[str, ...]


def judge(*, history: History, stored: Mapping[str, int]) -> Verdict:
    """Hold a history against the store.

    Args:
        history: what was tried and told.
        stored: how often each mark is stored.

    Returns:
        What was acknowledged and is not there, what is there more than once, what nobody sent, and
        what was answered otherwise when it was sent again.

    Source: the set checker of Jepsen.
    """
    return Verdict(
        lost=tuple(sorted(set(history.acknowledged) - set(stored))),
        duplicated=tuple(sorted(mark for mark, times in stored.items() if times > 1)),
        phantom=tuple(sorted(set(stored) - history.tried)),
        answered_otherwise=tuple(sorted(history.answered_otherwise)),
    )
