"""What is known before anybody answers: standing records, joint money, and the days asked about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Generic, TypeVar

from duty.standing_records import (
    AgreementContent,
    AssessmentContent,
    Content,
    FundingContent,
    PostContent,
    RecordKind,
    StrategyContent,
)

C = TypeVar("C", bound=Content)


@dataclass(frozen=True)
class Entry(Generic[C]):
    """An entry of the records, and the last day on which it holds where it ended.

    signed_here: the day on which the last party of an agreement signed it on the site.
    """

    content: C
    ended_on: date | None = None
    signed_here: date | None = None


@dataclass(frozen=True)
class JointMoney:
    """Money of joint commitments for prevention, as a higher app knows it.

    partner: the name of the ICB. amount: in pounds, for the year; None where nobody knows it.
    year: as '2026/27'. changed_at: when it was last written.
    """

    initiative: str
    partner: str
    amount: Decimal | None
    source: str
    year: str
    changed_at: datetime


@dataclass(frozen=True)
class Records:
    """An authority's standing records, those entered by mistake left out.

    joint_money: what joint commitments bring, beside its own records of funding.
    board_names: names of the ICBs in agreements, by slug.
    changed_at: when anything of a kind was last written, mistakes and endings counted.
    """

    strategies: tuple[Entry[StrategyContent], ...] = ()
    posts: tuple[Entry[PostContent], ...] = ()
    assessments: tuple[Entry[AssessmentContent], ...] = ()
    agreements: tuple[Entry[AgreementContent], ...] = ()
    funding: tuple[Entry[FundingContent], ...] = ()
    joint_money: tuple[JointMoney, ...] = ()
    board_names: Mapping[str, str] = field(default_factory=dict)
    changed_at: Mapping[RecordKind, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class Covered:
    """The days that a round asks about, both included."""

    first: date
    last: date
