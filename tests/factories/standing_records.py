"""Entries of the standing records, right as they are; every field may be said otherwise."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from authorities.models import IntegratedCareBoard, Pair, StrategicAuthority, User
from duty.actions import standing_records
from duty.models import StandingRecord
from duty.standing_records import CONTENT_OF, Content, RecordKind
from tests.factories.authorities import PairFactory

_RIGHT: dict[RecordKind, dict[str, Any]] = {
    RecordKind.STRATEGY: {
        "title": "Healthier lives for all",
        "status": "adopted",
        "adopted_on": date(2026, 3, 12),
        "review_on": date(2029, 3, 12),
        "link": "https://example.org/strategy",
        "progress_link": "https://example.org/progress",
        "covers": "Years lost to long-term conditions",
    },
    RecordKind.POST: {
        "title": "Director of health and inclusion",
        "fte": Decimal("0.60"),
        "employer": "The authority",
        "joint_with": "The ICB",
        "filled": True,
        "since": date(2026, 1, 5),
    },
    RecordKind.ASSESSMENT: {
        "title": "Bus franchising",
        "decided_on": date(2026, 6, 1),
        "assessment": "health",
        "link": "https://example.org/assessment",
    },
    RecordKind.AGREEMENT: {
        "title": "Memorandum on work and health",
        "boards": (),
        "status": "signed",
        "signed_on": date(2026, 5, 1),
        "review_on": date(2027, 5, 1),
        "link": "https://example.org/memorandum",
        "themes": ("housing", "work_and_health"),
    },
    RecordKind.FUNDING: {
        "title": "Set-up grant",
        "amount": Decimal("150000.00"),
        "starts_on": date(2026, 4, 1),
        "ends_on": date(2027, 3, 31),
        "prevention": "yes",
        "plan": "From the own budget",
        "pays_for": "Warm homes",
        "joint_with": "The ICB",
    },
}


def content(kind: RecordKind, **changes: Any) -> Content:
    """An entry of a kind."""
    return CONTENT_OF[kind](**(_RIGHT[kind] | changes))


def serve(authority: StrategicAuthority, slug: str) -> None:
    """Let an ICB, where there is one of this slug, serve some of the authority's people."""
    board = IntegratedCareBoard.objects.filter(slug=slug).first()
    if board and not Pair.objects.filter(authority=authority, board=board).exists():
        PairFactory(authority=authority, board=board)


def on_record(
    authority: StrategicAuthority,
    kind: RecordKind,
    *,
    by: User,
    form_key: UUID | None = None,
    **changes: Any,
) -> StandingRecord:
    """Put an entry on record; the ICBs of an agreement serve the authority's people."""
    for slug in changes.get("boards", ()):
        serve(authority, slug)
    return standing_records.add(
        authority=authority,
        kind=kind,
        content=content(kind, **changes),
        form_key=form_key or uuid4(),
        by=by,
        at=timezone.now(),
    )
