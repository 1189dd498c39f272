"""The sliver threshold over time: which holds on a day, and which pairs another would move (pure).

A threshold is a share of the authority's people, 0 to 1, and holds until the next one's day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from authorities.geography import DEFAULT_SLIVER_THRESHOLD


class ThresholdStep(StrEnum):
    """What may happen to a threshold that was proposed."""

    APPROVE = "approve"
    DECLINE = "decline"


# From which state each step leads where; the database knows no other change of state.
STEPS: Mapping[tuple[str, ThresholdStep], str] = {
    ("proposed", ThresholdStep.APPROVE): "approved",
    ("proposed", ThresholdStep.DECLINE): "declined",
}
_PLACES = Decimal("0.0001")


class PercentError(ValueError):
    """A threshold is no percentage that can be held."""


@dataclass(frozen=True)
class Threshold:
    """A share that holds from a day; without a day it always held."""

    share: Decimal
    holds_from: date | None


@dataclass(frozen=True)
class SharedPeople:
    """A pair's name and the share of the authority's people in it, 0 to 1."""

    name: str
    share_of_authority: float


@dataclass(frozen=True)
class Moves:
    """Pairs that would come to be assessed, and those that would be slivers from then on."""

    come: tuple[SharedPeople, ...]
    go: tuple[SharedPeople, ...]
    stay: int


def threshold_on(*, thresholds: Sequence[Threshold], day: date) -> float:
    """Return the threshold that holds on a day.

    Args:
        thresholds: those that were approved, in any order.
        day: the day in question.

    Returns:
        The share of the one with the latest day that is not after the day, 0 to 1; the site's own
        default where there is none.
    """
    holding = [one for one in thresholds if one.holds_from is None or one.holds_from <= day]
    if not holding:
        return DEFAULT_SLIVER_THRESHOLD
    return float(max(holding, key=lambda one: one.holds_from or date.min).share)


def read_percent(*, text: str) -> Decimal:
    """Read a percentage as people write it.

    Args:
        text: for example 2 or 2.5, with or without a sign for per cent.

    Returns:
        The share, 0 to 1, with at most four places.

    Raises:
        PercentError: it is no number from 0 to 100, or has more than two decimals.
    """
    plain = text.strip().removesuffix("%").strip()
    try:
        share = Decimal(plain) / 100 if plain.replace(".", "", 1).isdecimal() else None
    except InvalidOperation:
        share = None
    if share is None or not plain.isascii() or not 0 <= share <= 1:
        raise PercentError("Enter a percentage from 0 to 100, for example 2.5")
    if share != share.quantize(_PLACES):
        raise PercentError("Use at most two decimals, for example 2.25")
    return share.quantize(_PLACES)


def moves(*, pairs: Sequence[SharedPeople], before: float, after: float) -> Moves:
    """Return which pairs another threshold would bring and take.

    Args:
        pairs: every overlap of the day, slivers too.
        before: the threshold that holds, 0 to 1.
        after: the other one.

    Returns:
        Pairs below the one and not below the other, by name, and how many stay pairs.

    Source: the project's own rule: a sliver has less than the threshold of the authority's people.
    """
    ordered = sorted(pairs, key=lambda pair: pair.name)
    return Moves(
        come=tuple(p for p in ordered if after <= p.share_of_authority < before),
        go=tuple(p for p in ordered if before <= p.share_of_authority < after),
        stay=sum(p.share_of_authority >= max(before, after) for p in ordered),
    )
