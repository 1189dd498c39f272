"""What a register says of governance, as rows that are not yet stored."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from authorities.actions.dated_facts import FactKind
from authorities.actions.governance import within_lives
from authorities.models import (
    Body,
    BodyKind,
    GovernanceSeat,
    HeldFunction,
    RecordedAgreement,
)
from authorities.register_file import Register
from authorities.span import Span

_FUNCTIONS = FactKind(
    HeldFunction,
    (("authority_id", "function"),),
    lambda fact: fact.authority_id,
    "function",
)
_SEATS = FactKind(
    GovernanceSeat,
    (("authority_id", "board_id", "kind", "holder"),),
    lambda fact: fact.authority_id,
    "seat",
)
_AGREEMENTS = FactKind(
    RecordedAgreement,
    (("authority_id", "title"),),
    lambda fact: fact.authority_id,
    "agreement",
)


def governance_of(
    *, register: Register, bodies: Mapping[tuple[str, str], Body]
) -> Iterator[tuple[FactKind[Any], Sequence[Any]]]:
    """Yield functions held, seats and agreements, each kind with all facts of it.

    bodies: as they are stored by now. One that a change has closed since the register was
        gathered ends what the register says of it.
    """
    yield _FUNCTIONS, list(_functions(register, bodies))
    yield _SEATS, list(_seats(register, bodies))
    yield _AGREEMENTS, list(_agreements(register, bodies))


def _functions(
    register: Register, bodies: Mapping[tuple[str, str], Body]
) -> Iterator[HeldFunction]:
    for row in register.held_functions:
        authority = bodies[BodyKind.STRATEGIC_AUTHORITY, row.authority]
        yield HeldFunction(
            authority_id=authority.pk,
            function=row.function,
            valid=_days(row.valid, authority),
            certainty=row.certainty,
            source=row.source,
            note=row.note,
        )


def _seats(register: Register, bodies: Mapping[tuple[str, str], Body]) -> Iterator[GovernanceSeat]:
    for row in register.seats:
        authority = bodies[BodyKind.STRATEGIC_AUTHORITY, row.authority]
        board = bodies[BodyKind.INTEGRATED_CARE_BOARD, row.board]
        yield GovernanceSeat(
            authority_id=authority.pk,
            board_id=board.pk,
            kind=row.kind,
            holder=row.holder,
            valid=_days(row.valid, authority, board),
            certainty=row.certainty,
            source=row.source,
            note=row.note,
        )


def _agreements(
    register: Register, bodies: Mapping[tuple[str, str], Body]
) -> Iterator[RecordedAgreement]:
    for row in register.agreements:
        authority = bodies[BodyKind.STRATEGIC_AUTHORITY, row.authority]
        boards = [bodies[BodyKind.INTEGRATED_CARE_BOARD, row.board]] if row.board else []
        yield RecordedAgreement(
            authority_id=authority.pk,
            board_id=boards[0].pk if boards else None,
            title=row.title,
            url=row.url,
            valid=_days(row.valid, authority, *boards),
            certainty=row.certainty,
            source=row.source,
            note=row.note,
        )


def _days(valid: Span, *bodies: Body) -> DateRange:
    return within_lives(valid=DateRange(valid.start, valid.end), bodies=bodies)
