"""What is on record of the governance of a body ends with the body."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from authorities.models import Body, GovernanceSeat, HeldFunction, RecordedAgreement
from authorities.reorganisation.facts import AUTHORITY, BOARD, BodyKey, GovernanceFact
from authorities.span import Span


def end_governance(*, body: Body, on: date) -> tuple[GovernanceFact, ...]:
    """End functions, seats and agreements of a body that closes on the day.

    Returns:
        What ended, as it was before. What starts on the day or later is left as it is: it would
        hold on no day at all.
    """
    either = Q(authority_id=body.pk) | Q(board_id=body.pk)
    last_day = on - timedelta(days=1)
    functions = HeldFunction.objects.filter(authority_id=body.pk).as_at(last_day).as_at(on)
    seats = GovernanceSeat.objects.filter(either).as_at(last_day).as_at(on)
    agreements = RecordedAgreement.objects.filter(either).as_at(last_day).as_at(on)
    ended: list[HeldFunction | GovernanceSeat | RecordedAgreement] = [
        *functions.select_related("authority")
        .select_for_update(of=("self",))
        .order_by("function", "pk"),
        *seats.select_related("authority", "board")
        .select_for_update(of=("self",))
        .order_by("kind", "holder", "pk"),
        *agreements.select_related("authority", "board")
        .select_for_update(of=("self",))
        .order_by("title", "pk"),
    ]
    facts = tuple(_fact(row) for row in ended)
    for row in ended:
        row.valid = DateRange(row.valid.lower, on)
        row.save(update_fields=["valid"])
    return facts


def within_lives(*, valid: DateRange, bodies: Iterable[Body]) -> DateRange:
    """Return the days as `end_governance` leaves them where some of the bodies are closed."""
    lower, upper = valid.lower, valid.upper
    for body in bodies:
        closed = body.closed_on
        if closed is None or (lower is not None and lower >= closed):
            continue
        upper = closed if upper is None else min(upper, closed)
    return DateRange(lower, upper)


def told(fact: GovernanceFact) -> str:
    """Return what the audit says of what ended."""
    return " ".join(filter(None, (fact.kind, fact.what, fact.holder)))


def _fact(row: HeldFunction | GovernanceSeat | RecordedAgreement) -> GovernanceFact:
    kind, what, holder, board = "function", "", "", None
    match row:
        case HeldFunction():
            what = row.function
        case GovernanceSeat():
            kind, what, holder, board = "seat", row.kind, row.holder, row.board
        case RecordedAgreement():
            kind, what, board = "agreement", row.title, row.board
    return GovernanceFact(
        kind=kind,
        what=what,
        holder=holder,
        authority=BodyKey(AUTHORITY, row.authority.slug),
        board=BodyKey(BOARD, board.slug) if board else None,
        valid=Span(row.valid.lower, row.valid.upper),
    )
