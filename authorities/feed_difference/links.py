"""Which council belongs to whom: the file's word beside the register's."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from authorities.feed_difference.bodies import BodyComparing
from authorities.feed_difference.differences import Aspect, Difference, DifferenceKind
from authorities.feed_difference.register_day import RegisterDay
from authorities.feed_file import Feed, Scheme
from authorities.reorganisation.facts import AUTHORITY, BOARD, COUNCIL, BodyKey


@dataclass(frozen=True)
class _Told:
    """What the file says of one council; `groups` are those that we know."""

    row: int
    groups: frozenset[BodyKey]


def link_differences(
    *, feed: Feed, register: RegisterDay, bodies: BodyComparing
) -> Iterator[Difference]:
    """Give the councils that belong elsewhere by the file.

    Args:
        feed: what the file says.
        register: the register on the file's day.
        bodies: after it has gone through the rows.
    """
    if AUTHORITY in feed.linked:
        yield from _authorities(feed, register, bodies)
    if BOARD in feed.linked:
        yield from _boards(feed, register, bodies)


def _told(feed: Feed, bodies: BodyComparing, kind: str) -> dict[BodyKey, _Told]:
    rows: dict[BodyKey, int] = {}
    groups: defaultdict[BodyKey, set[BodyKey]] = defaultdict(set)
    for link in feed.links:
        council = bodies.seen.get(link.council)
        if link.kind == kind and council is not None:
            rows.setdefault(council, link.row)
            if link.group in bodies.seen:
                groups[council].add(bodies.seen[link.group])
    return {council: _Told(row, frozenset(groups[council])) for council, row in rows.items()}


def _authorities(feed: Feed, register: RegisterDay, bodies: BodyComparing) -> Iterator[Difference]:
    told = _told(feed, bodies, AUTHORITY)
    here = {
        fact.council: fact.authority
        for fact in register.geography.members
        if fact.role == "constituent" and fact.valid.holds_on(register.day)
    }
    listed = set(bodies.seen.values())
    for council in sorted(told.keys() | here.keys()):
        ours, theirs = here.get(council), told.get(council)
        code = register.key_of(council, Scheme.ONS)
        if theirs is not None:
            new = min(theirs.groups, default=None)
            # An authority that is unknown to us is among the added: first things first.
            if new is None or new == ours:
                continue
        elif ours in listed and bodies.lists_such(COUNCIL, code):
            new = None
        else:
            continue
        yield _difference(
            council,
            Aspect.AUTHORITY,
            code=code,
            name=register.name(council),
            detail=(
                f"In the file: {register.name(new) if new else 'in no combined authority'}. "
                f"Here: {register.name(ours) if ours else 'in no strategic authority'}."
            ),
            group=new,
            row=theirs.row if theirs else None,
        )


def _boards(feed: Feed, register: RegisterDay, bodies: BodyComparing) -> Iterator[Difference]:
    here = _boards_of_councils(register)
    for council, told in _told(feed, bodies, BOARD).items():
        ours = here.get(council, set())
        if not told.groups or told.groups == ours:
            continue
        yield _difference(
            council,
            Aspect.BOARDS,
            code=register.key_of(council, Scheme.ONS),
            name=register.name(council),
            detail=(
                f"ICBs in the file: {_listed(register, told.groups)}. "
                f"Here: {_listed(register, ours) or 'none'}."
            ),
            row=told.row,
        )


def _boards_of_councils(register: RegisterDay) -> Mapping[BodyKey, set[BodyKey]]:
    board_of = {
        fact.part: fact.board
        for fact in register.geography.part_boards
        if fact.valid.holds_on(register.day)
    }
    found: defaultdict[BodyKey, set[BodyKey]] = defaultdict(set)
    for fact in register.geography.part_councils:
        if fact.valid.holds_on(register.day) and fact.part in board_of:
            found[fact.council].add(board_of[fact.part])
    return found


def _difference(
    council: BodyKey,
    aspect: Aspect,
    *,
    code: str,
    name: str,
    detail: str,
    row: int | None,
    group: BodyKey | None = None,
) -> Difference:
    return Difference(
        kind=DifferenceKind.CHANGED,
        aspect=aspect,
        body_kind=COUNCIL,
        scheme=Scheme.ONS,
        code=code,
        name=name,
        detail=detail,
        body=council,
        group=group,
        row=row,
    )


def _listed(register: RegisterDay, bodies: frozenset[BodyKey] | set[BodyKey]) -> str:
    return ", ".join(sorted(register.name(body) for body in bodies))
