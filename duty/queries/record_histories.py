"""What an entry of the standing records said over time, from its history."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from authorities.models import User
from duty.models import AgreementParty, AgreementRole
from duty.queries.agreements import role_of
from duty.queries.standing_records import StoredRecord, content_of
from duty.standing_records import CommitteeRole, Content, RecordKind


@dataclass(frozen=True)
class RecordVersion:
    """What an entry said from one writing on, by whom and when."""

    content: Content
    ending: str
    ended_on: date | None
    ending_reason: str
    at: datetime
    by: User


def versions_of(*, record: StoredRecord) -> tuple[RecordVersion, ...]:
    """Return every version of an entry, oldest first, from three queries."""
    history: Any = record.row.history  # type: ignore[attr-defined]  # made by pghistory
    parties, roles = _parties(record), _roles(record)
    return tuple(
        RecordVersion(
            content=content_of(
                row=event,
                kind=record.kind,
                boards=_boards_at(parties, event.changed_at),
                roles=_roles_at(roles, event.changed_at),
            ),
            ending=event.ending,
            ended_on=event.ended_on,
            ending_reason=event.ending_reason,
            at=event.changed_at,
            by=event.changed_by,
        )
        for event in history.select_related(*_beside(record)).order_by("pgh_id")
    )


def _beside(record: StoredRecord) -> tuple[str, ...]:
    return ("changed_by", "document") if record.kind == RecordKind.AGREEMENT else ("changed_by",)


def _parties(record: StoredRecord) -> list[AgreementParty]:
    if record.kind != RecordKind.AGREEMENT:
        return []
    return list(
        AgreementParty.objects.filter(agreement_id=record.row.pk)
        .select_related("board")
        .order_by("pk")
    )


def _roles(record: StoredRecord) -> list[AgreementRole]:
    if record.kind != RecordKind.AGREEMENT:
        return []
    rows = AgreementRole.objects.filter(agreement_id=record.row.pk).select_related("board")
    return list(rows.order_by("pk"))


def _roles_at(roles: list[AgreementRole], at: datetime) -> tuple[CommitteeRole, ...]:
    return tuple(sorted(role_of(row=one) for one in roles if _there(one, at)))


def _boards_at(parties: list[AgreementParty], at: datetime) -> tuple[str, ...]:
    return tuple(sorted(one.board.slug for one in parties if _there(one, at)))


def _there(one: AgreementParty | AgreementRole, at: datetime) -> bool:
    return one.added_at <= at and (one.left_at is None or one.left_at > at)
