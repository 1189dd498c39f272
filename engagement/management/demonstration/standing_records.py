"""Invented standing records of one authority of the demonstration."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from authorities.models import StrategicAuthority, User
from duty.actions import standing_records
from duty.standing_records import (
    AssessmentContent,
    Content,
    FundingContent,
    PostContent,
    RecordKind,
    StrategyContent,
)

_AUTHORITY = "south-yorkshire"
_LINK = "https://example.org/demonstration"


def fill(*, people: Mapping[str, User], at: datetime) -> None:
    """Put an entry or two of each kind on record; agreements stand beside."""
    authority = StrategicAuthority.objects.get(slug=_AUTHORITY)
    by = people[f"editor@{_AUTHORITY}.example"]
    for kind, content in _entries(on=at.date()):
        standing_records.add(
            authority=authority, kind=kind, content=content, form_key=uuid.uuid4(), by=by, at=at
        )


def _entries(*, on: date) -> tuple[tuple[RecordKind, Content], ...]:
    long_ago = on - timedelta(days=400)
    return (
        (
            RecordKind.STRATEGY,
            StrategyContent(
                title="Healthier lives for all, 2026 to 2031",
                status="adopted",
                adopted_on=long_ago,
                review_on=on + timedelta(days=300),
                link=f"{_LINK}/strategy",
                progress_link=f"{_LINK}/progress",
                covers="Healthy years lost to long-term conditions in the former coalfield",
            ),
        ),
        (
            RecordKind.POST,
            PostContent(
                title="Director of health and inclusion",
                fte=Decimal("1"),
                employer="The authority",
                joint_with="NHS South Yorkshire ICB",
                filled=True,
                since=long_ago,
            ),
        ),
        (
            RecordKind.POST,
            PostContent(
                title="Public health analyst", fte=Decimal("0.6"), employer="The authority"
            ),
        ),
        (
            RecordKind.ASSESSMENT,
            AssessmentContent(
                title="Bus franchising scheme",
                decided_on=on - timedelta(days=120),
                assessment="both",
                link=f"{_LINK}/assessment",
            ),
        ),
        (
            RecordKind.FUNDING,
            FundingContent(
                title="Set-up grant",
                amount=Decimal("150000"),
                starts_on=long_ago,
                ends_on=on + timedelta(days=240),
                prevention="yes",
                plan="From the authority’s own budget when the grant ends",
            ),
        ),
    )
