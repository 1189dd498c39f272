"""How pairs moved between two pictures: rows of the later, measured against the earlier (pure)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from engagement.matrix import Level, Movement, PlacedLevels, movement
from engagement.picture import PictureRow


@dataclass(frozen=True)
class Reorganised:
    """What happened to bodies between two days, each body by its slug.

    authorities, boards: those that took over from another, lost to one, or were reorganised.
    before: slugs of the bodies whose people a body took over, over several steps too; itself first.
    """

    authorities: frozenset[str] = frozenset()
    boards: frozenset[str] = frozenset()
    authorities_before: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    boards_before: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def moved_between(
    *,
    now: Iterable[PictureRow],
    then: Collection[PictureRow],
    then_name: str,
    reorganised: Reorganised,
    comparable: bool,
) -> tuple[PictureRow, ...]:
    """Return the rows of a picture with their movement since another one, whichever lies between.

    Args:
        now: rows of the later picture.
        then: rows of the earlier one.
        then_name: of its round.
        reorganised: what happened to bodies between the days of both.
        comparable: whether levels of both pictures mean the same.

    Returns:
        The rows, with earlier levels and movement as `engagement.matrix.movement` gives it. A pair
        that was not there is held against one whose people it took over, which is restated.

    Source: the project's own table of movements, version 1.
    """
    earlier = {(row.authority_slug, row.board_slug): row for row in then}
    return tuple(_moved(row, earlier, then_name, reorganised, comparable=comparable) for row in now)


def _moved(
    row: PictureRow,
    earlier: Mapping[tuple[str, str], PictureRow],
    then_name: str,
    reorganised: Reorganised,
    *,
    comparable: bool,
) -> PictureRow:
    key = (row.authority_slug, row.board_slug)
    own = earlier.get(key)
    before = own or _predecessor(key, earlier, reorganised)
    if before is None:
        return replace(
            row,
            movement=Movement.FIRST.value,
            earlier_authority_level=None,
            earlier_board_level=None,
            earlier_round=None,
        )
    found = movement(
        earlier=_levels(before),
        now=_levels(row),
        restated=own is None
        or row.authority_slug in reorganised.authorities
        or row.board_slug in reorganised.boards,
        comparable=comparable,
    )
    return replace(
        row,
        movement=found.value,
        earlier_authority_level=before.authority_level,
        earlier_board_level=before.board_level,
        earlier_round=then_name,
    )


def _predecessor(
    key: tuple[str, str],
    earlier: Mapping[tuple[str, str], PictureRow],
    reorganised: Reorganised,
) -> PictureRow | None:
    authority, board = key
    for before in reorganised.authorities_before.get(authority, (authority,)):
        for other in reorganised.boards_before.get(board, (board,)):
            if (found := earlier.get((before, other))) is not None:
                return found
    return None


def _levels(row: PictureRow) -> PlacedLevels:
    return PlacedLevels(
        sa=Level(row.authority_level) if row.authority_level else None,
        icb=Level(row.board_level) if row.board_level else None,
    )
