"""One geography of a day: its pairs, its bodies and what lies in no authority."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min, Q
from django.db.models.functions import Lower

from authorities.geography import Gap, PartOverlap, gaps
from authorities.models import (
    AuditEvent,
    BoundaryImport,
    BoundaryImportState,
    BoundarySet,
    PartBoard,
)
from authorities.queries.bodies import authority_directory, board_directory
from authorities.queries.facts import AuthorityFacts, BoardFacts, PairFacts, Place
from authorities.queries.pairs import pair_list
from authorities.queries.places import places


@dataclass(frozen=True)
class BoardGap:
    """People of a board whom no established authority covers, and their share (0 to 1).

    `planned` of these people would come into an authority that is only planned.
    """

    board: BoardFacts
    population: int
    share: float
    planned: int


@dataclass(frozen=True)
class DayGeography:
    """All that pages and files say of a day, read together.

    Attributes:
        first_day: the first day on which the register has boards; None without a register.
        changed_at: when the register was changed last.
    """

    as_at: date
    pairs: tuple[PairFacts, ...]
    authorities: tuple[AuthorityFacts, ...]
    boards: tuple[BoardFacts, ...]
    gaps: tuple[BoardGap, ...]
    population: int
    first_day: date | None
    changed_at: datetime | None


def geography_of(*, as_at: date) -> DayGeography:
    """Return the pairs, bodies and gaps of the day."""
    pairs = pair_list(as_at=as_at)
    boards = board_directory(as_at=as_at, pairs=pairs)
    found = places(as_at=as_at)
    register = AuditEvent.objects.filter(
        Q(action__startswith="register.") | Q(action="reorganisation.applied")
    ).order_by("-at", "-pk")
    return DayGeography(
        as_at=as_at,
        pairs=pairs,
        authorities=authority_directory(as_at=as_at, pairs=pairs),
        boards=boards,
        gaps=_gaps(found, {board.slug: board for board in boards}),
        population=sum(place.population for place in found if place.board),
        first_day=PartBoard.objects.aggregate(day=Min(Lower("valid")))["day"],
        changed_at=register.values_list("at", flat=True).first(),
    )


def boundary_sets() -> tuple[BoundarySet, ...]:
    """Return the sets in the order in which a day's map chooses among them, first choice first.

    Official before approximate, newer before older.
    """
    return tuple(sorted(BoundarySet.objects.all(), key=boundary_choice, reverse=True))


def pending_boundary_imports() -> tuple[BoundaryImport, ...]:
    """Return the files that are neither stored nor discarded, the newest first."""
    return tuple(
        BoundaryImport.objects.exclude(
            state__in=(BoundaryImportState.STORED, BoundaryImportState.DISCARDED)
        )
        .select_related("proposed_by")
        .defer("preview")
        .order_by("-proposed_at", "-pk")
    )


def boundary_choice(one: BoundarySet) -> tuple[bool, date, int]:
    """The greater, the rather a set is drawn on a day on which it is valid."""
    return (not one.approximate, one.valid.lower or date.min, one.pk)


def _gaps(found: tuple[Place, ...], boards: dict[str, BoardFacts]) -> tuple[BoardGap, ...]:
    """What is only planned covers nobody yet."""
    planned: defaultdict[str, int] = defaultdict(int)
    for place in found:
        if place.board is not None and place.planned:
            planned[place.board] += place.population
    uncovered = gaps(
        parts=[
            PartOverlap(
                part=place.part,
                authority=None if place.planned else place.authority,
                board=place.board,
                population=place.population,
            )
            for place in found
        ]
    )
    return tuple(
        sorted(
            (
                _board_gap(gap, boards[gap.board], planned[gap.board])
                for gap in uncovered
                if gap.board is not None and gap.board in boards
            ),
            key=lambda gap: (-gap.share, gap.board.short_name.casefold(), gap.board.slug),
        )
    )


def _board_gap(gap: Gap, board: BoardFacts, planned: int) -> BoardGap:
    return BoardGap(board=board, population=gap.population, share=gap.share, planned=planned)
