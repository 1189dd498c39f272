"""Money of commitments, added up: what is not known is counted apart and never as nought."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from authorities.queries.dated import names_on
from engagement.commitment_lifecycle import EVER_AGREED
from engagement.models import Commitment, CommitmentMoney, Side
from engagement.queries.body_names import BodyName

PAGE_SIZE = 25


@dataclass(frozen=True)
class MoneyTally:
    """Lines of money that share something, added up.

    stated: pounds, of the lines whose amount is known; None where no amount is known.
    lines, unknown: how many there are, and how many of them have no amount.
    """

    side: Side
    source: str
    year: int
    prevention: str
    stated: Decimal | None
    lines: int
    unknown: int


@dataclass(frozen=True)
class MoneyLine:
    """A line of money with whose it is; `year` is the first of the financial year."""

    id: UUID
    commitment: UUID
    title: str
    authority: BodyName
    board: BodyName
    side: Side
    source: str
    year: int
    amount: Decimal | None
    prevention: str
    purpose: str


@dataclass(frozen=True)
class MoneyPage:
    """A page of lines."""

    rows: tuple[MoneyLine, ...]
    page: int
    pages: int
    count: int


def tallies_of(*, rows: QuerySet[Commitment]) -> tuple[MoneyTally, ...]:
    """Return the money that is stated now for commitments that both sides agreed, from one query.

    One tally for each side, source, year and answer on prevention, in this order. Both sides may
    state the same money, so tallies of one side are never added to those of the other.
    """
    found = (
        _current(rows)
        .values_list("side", "source", "year", "prevention")
        .annotate(
            stated=Sum("amount"),
            lines=Count("pk"),
            unknown=Count("pk", filter=Q(amount__isnull=True)),
        )
        .order_by("side", "source", "year", "prevention")
    )
    return tuple(MoneyTally(Side(side), *rest) for side, *rest in found)


def lines_of(
    *, rows: QuerySet[Commitment], on: date, page: int | None = 1, **which: Any
) -> MoneyPage:
    """Return a page of the lines of such commitments, or all of them where `page` is None.

    which: fields of `CommitmentMoney` that they have, such as `prevention`.
    """
    lines = (
        _current(rows)
        .filter(**which)
        .select_related("commitment__pair__authority", "commitment__pair__board")
        .order_by(
            "commitment__pair__authority__slug",
            "commitment__pair__board__slug",
            "commitment__title",
            "side",
            "year",
            "source",
            "pk",
        )
    )
    if page is None:
        shown = list(lines)
        return MoneyPage(rows=_named(shown, on=on), page=1, pages=1, count=len(shown))
    count = lines.count()
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(1, page), pages)
    first = (page - 1) * PAGE_SIZE
    return MoneyPage(
        rows=_named(lines[first : first + PAGE_SIZE], on=on), page=page, pages=pages, count=count
    )


def _current(rows: QuerySet[Commitment]) -> QuerySet[CommitmentMoney]:
    return CommitmentMoney.objects.filter(
        commitment__in=rows.filter(state__in=EVER_AGREED), superseded_at__isnull=True
    )


def _named(lines: Iterable[CommitmentMoney], *, on: date) -> tuple[MoneyLine, ...]:
    found = list(lines)
    pairs = [one.commitment.pair for one in found]
    names = names_on(
        day=on, bodies={key for pair in pairs for key in (pair.authority_id, pair.board_id)}
    )
    return tuple(
        MoneyLine(
            id=one.pk,
            commitment=one.commitment_id,
            title=one.commitment.title,
            authority=BodyName.called(pair.authority, names),
            board=BodyName.called(pair.board, names),
            side=Side(one.side),
            source=one.source,
            year=one.year,
            amount=one.amount,
            prevention=one.prevention,
            purpose=one.purpose,
        )
        for one, pair in zip(found, pairs, strict=True)
    )
