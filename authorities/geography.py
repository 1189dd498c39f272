"""Pairs of strategic authorities and integrated care boards from the people they share.

Words: a part is a building block (a council, or the part of a council in one board's area) with
its people. An authority or a board is named by any stable key, never by its name.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class NegativePopulationError(ValueError):
    """A part has fewer than no people."""


class DuplicatePartError(ValueError):
    """A part stands twice with the same authority and board."""


class ShareError(ValueError):
    """A threshold is not a share from 0 to 1."""


class Coterminosity(StrEnum):
    """How the areas of an authority and a board lie to each other."""

    COTERMINOUS = "coterminous"
    AUTHORITY_WITHIN_ONE_BOARD = "authority_within_one_board"
    AUTHORITY_OVER_SEVERAL_BOARDS = "authority_over_several_boards"
    BOARD_OVER_SEVERAL_AUTHORITIES = "board_over_several_authorities"
    MIXED = "mixed"


@dataclass(frozen=True)
class PartOverlap:
    """People of one part; None where no authority, or no board, covers it."""

    part: str
    authority: str | None
    board: str | None
    population: int


@dataclass(frozen=True)
class Overlap:
    """The people that an authority and a board share, with the share both ways (0 to 1)."""

    authority: str
    board: str
    population: int
    share_of_authority: float
    share_of_board: float


@dataclass(frozen=True)
class Pair:
    """An overlap, and whether it is a sliver: listed, but not assessed."""

    overlap: Overlap
    sliver: bool


@dataclass(frozen=True)
class Gap:
    """People of a board's area without an authority, or the other way round."""

    authority: str | None
    board: str | None
    population: int
    share: float


@dataclass(frozen=True)
class CoterminosityRule:
    """The thresholds of the coterminosity class, as shares from 0 to 1.

    whole_share: an area counts as whole from this share. Just under one, because populations are
        modelled and rounded; small enough that the Isles of Scilly (0.4% of their board's people)
        keep Cornwall from being coterminous.
    """

    whole_share: float = 0.999


@dataclass(frozen=True)
class PairClass:
    """The class of one pair that is not a sliver."""

    authority: str
    board: str
    coterminosity: Coterminosity


@dataclass(frozen=True)
class CoterminosityClasses:
    """The classes of pairs and of bodies; a body without a pair has no class and is left out."""

    pairs: tuple[PairClass, ...]
    authorities: tuple[tuple[str, Coterminosity], ...]
    boards: tuple[tuple[str, Coterminosity], ...]


DEFAULT_SLIVER_THRESHOLD = 0.02
DEFAULT_RULE = CoterminosityRule()


def overlaps(*, parts: Sequence[PartOverlap]) -> tuple[Overlap, ...]:
    """Return every authority and board that share people, with the shares both ways.

    Args:
        parts: all parts of the areas in question. A part may stand once for each board that
            covers a piece of it; its people are then those of the piece. Parts without an
            authority or without a board count towards the whole of the other.

    Returns:
        One overlap for each authority and board with at least one person in common, ordered by
        authority and then board. Shares are 0 to 1 of all people of the authority, and of the
        board.

    Raises:
        NegativePopulationError: a part has fewer than no people.
        DuplicatePartError: a part stands twice with the same authority and board.

    Source: population-weighted overlap as in Simpson (2002), International Journal of Population
        Geography 8:69-82, with parts that fit both areas exactly.
    """
    _check(parts)
    of_pair: defaultdict[tuple[str, str], int] = defaultdict(int)
    of_authority: defaultdict[str, int] = defaultdict(int)
    of_board: defaultdict[str, int] = defaultdict(int)
    for part in parts:
        if part.authority is not None:
            of_authority[part.authority] += part.population
        if part.board is not None:
            of_board[part.board] += part.population
        if part.authority is not None and part.board is not None:
            of_pair[part.authority, part.board] += part.population
    return tuple(
        Overlap(
            authority=authority,
            board=board,
            population=people,
            share_of_authority=people / of_authority[authority],
            share_of_board=people / of_board[board],
        )
        for (authority, board), people in sorted(of_pair.items())
        if people > 0
    )


def gaps(*, parts: Sequence[PartOverlap]) -> tuple[Gap, ...]:
    """Return what lies in no authority, for each board, and in no board, for each authority.

    Args:
        parts: as for `overlaps`.

    Returns:
        Boards first, then authorities, each by key; with the people who are not covered and
        their share (0 to 1) of the board's or the authority's people. A body that is covered
        whole is left out, and so are people with neither.

    Raises:
        NegativePopulationError: a part has fewer than no people.
        DuplicatePartError: a part stands twice with the same authority and board.

    Source: the project's own definition.
    """
    _check(parts)
    boards = _uncovered([(part.board, part.authority, part.population) for part in parts])
    authorities = _uncovered([(part.authority, part.board, part.population) for part in parts])
    return (
        *(Gap(authority=None, board=key, population=n, share=share) for key, n, share in boards),
        *(Gap(authority=key, board=None, population=n, share=s) for key, n, s in authorities),
    )


def pairs(
    *, overlaps: Sequence[Overlap], sliver_threshold: float = DEFAULT_SLIVER_THRESHOLD
) -> tuple[Pair, ...]:
    """Return the pairs, with slivers marked and kept.

    Args:
        overlaps: as `overlaps` returns them.
        sliver_threshold: an overlap with less than this share (0 to 1) of the authority's people
            is a sliver. The board's share plays no part: a small authority is still a partner.

    Returns:
        One pair for each overlap, in the same order.

    Raises:
        ShareError: the threshold is not from 0 to 1.

    Source: the project's own threshold, a setting; 2% by default.
    """
    _check_share(sliver_threshold)
    return tuple(
        Pair(overlap=overlap, sliver=overlap.share_of_authority < sliver_threshold)
        for overlap in overlaps
    )


def coterminosity(
    *, pairs: Sequence[Pair], rule: CoterminosityRule = DEFAULT_RULE
) -> CoterminosityClasses:
    """Return the class of every pair and of every body, with slivers left out.

    Of a pair, by how many boards the authority has and how many authorities the board has,
    slivers not counted:

    ==================  =====================  ==================================================
    boards of the SA    authorities of the ICB  class
    ==================  =====================  ==================================================
    one                 one                    coterminous if both shares reach `whole_share`,
                                               else authority_within_one_board
    several             one                    authority_over_several_boards
    one                 several                board_over_several_authorities
    several             several                mixed
    ==================  =====================  ==================================================

    Of a body: the class of its pairs where they agree, else mixed.

    Args:
        pairs: all pairs of the country on one date; a pair left out changes the classes of others.
        rule: the thresholds.

    Returns:
        The classes, each group ordered by key. Bodies with slivers only are left out.

    Raises:
        ShareError: the threshold is not from 0 to 1.

    Source: the project's own definition, after the aim that boards be coterminous with one or
        more strategic authorities (written ministerial statement, 9 September 2025).
    """
    _check_share(rule.whole_share)
    real = sorted(
        (pair.overlap for pair in pairs if not pair.sliver), key=lambda o: (o.authority, o.board)
    )
    boards_of: defaultdict[str, int] = defaultdict(int)
    authorities_of: defaultdict[str, int] = defaultdict(int)
    for overlap in real:
        boards_of[overlap.authority] += 1
        authorities_of[overlap.board] += 1
    classes = tuple(
        PairClass(
            authority=overlap.authority,
            board=overlap.board,
            coterminosity=_pair_class(
                overlap,
                several_boards=boards_of[overlap.authority] > 1,
                several_authorities=authorities_of[overlap.board] > 1,
                rule=rule,
            ),
        )
        for overlap in real
    )
    return CoterminosityClasses(
        pairs=classes,
        authorities=_body_classes([(c.authority, c.coterminosity) for c in classes]),
        boards=_body_classes([(c.board, c.coterminosity) for c in classes]),
    )


def _pair_class(
    overlap: Overlap, *, several_boards: bool, several_authorities: bool, rule: CoterminosityRule
) -> Coterminosity:
    if several_boards and several_authorities:
        return Coterminosity.MIXED
    if several_boards:
        return Coterminosity.AUTHORITY_OVER_SEVERAL_BOARDS
    if several_authorities:
        return Coterminosity.BOARD_OVER_SEVERAL_AUTHORITIES
    if min(overlap.share_of_authority, overlap.share_of_board) >= rule.whole_share:
        return Coterminosity.COTERMINOUS
    return Coterminosity.AUTHORITY_WITHIN_ONE_BOARD


def _body_classes(
    found: Sequence[tuple[str, Coterminosity]],
) -> tuple[tuple[str, Coterminosity], ...]:
    by_body: defaultdict[str, set[Coterminosity]] = defaultdict(set)
    for body, coterminosity_class in found:
        by_body[body].add(coterminosity_class)
    return tuple(
        (body, classes.pop() if len(classes) == 1 else Coterminosity.MIXED)
        for body, classes in sorted(by_body.items())
    )


def _uncovered(
    rows: Sequence[tuple[str | None, str | None, int]],
) -> list[tuple[str, int, float]]:
    whole: defaultdict[str, int] = defaultdict(int)
    uncovered: defaultdict[str, int] = defaultdict(int)
    for body, other, people in rows:
        if body is not None:
            whole[body] += people
            if other is None:
                uncovered[body] += people
    return [(body, n, n / whole[body]) for body, n in sorted(uncovered.items()) if n > 0]


def _check(parts: Sequence[PartOverlap]) -> None:
    seen: set[tuple[str, str | None, str | None]] = set()
    for part in parts:
        if part.population < 0:
            raise NegativePopulationError(
                f"Part {part.part} has {part.population} people. Enter 0 or more."
            )
        key = (part.part, part.authority, part.board)
        if key in seen:
            raise DuplicatePartError(
                f"Part {part.part} is there twice for the same authority and board. Remove one."
            )
        seen.add(key)


def _check_share(share: float) -> None:
    if not 0 <= share <= 1:
        raise ShareError(f"{share} is not a share. Enter a number from 0 to 1, for example 0.02.")
