"""The rules that the changes of a register keep: they say what its other files say."""

import re

from authorities.register_file.rows import BoardRow, PlacedOperation, Register, ReorganisationRow
from authorities.reorganisation.facts import BOARD
from authorities.reorganisation.operations import (
    Change,
    Merge,
    Open,
    Recode,
    Split,
    Transfer,
    bodies_of,
    closing_bodies,
)

_ELSEWHERE = "in integrated_care_boards.csv. Correct one of them."


def check_reorganisations(*, register: Register) -> None:
    """Let changes through that fit the boards, codes and parts of the register.

    Args:
        register: rows whose cells have been read.

    Raises:
        RegisterError: the first rule found broken, with file, row and what to do.
    """
    boards = {row.slug: row for row in register.boards}
    for change in register.reorganisations:
        for one in change.operations:
            _check_bodies(register, boards, change, one)
            _check_codes(register, change, one)
            _check_areas(register, change, one)


def _check_bodies(
    register: Register,
    boards: dict[str, BoardRow],
    change: ReorganisationRow,
    one: PlacedOperation,
) -> None:
    regions = {_region(row): row.region for row in register.boards}
    for body in bodies_of(one.operation):
        known = boards if body.kind == BOARD else regions
        if body.slug not in known:
            raise one.place.error(f"{body.slug} is not known. Correct it, or add it to its file.")
    if isinstance(one.operation, Open):
        board = boards[one.operation.body.slug]
        group = one.operation.group
        wrong = {
            f"is not established on {change.on}": board.exists.start != change.on,
            f"is called {board.name}, {board.short_name},": (
                (one.operation.name, one.operation.short_name) != (board.name, board.short_name)
            ),
            f"is in the region {board.region}": group and group.slug != _region(board),
        }
        for what, is_wrong in wrong.items():
            if is_wrong:
                raise one.place.error(f"{board.slug} {what} {_ELSEWHERE}")
    for body in closing_bodies(Change(on=change.on, operations=(one.operation,))):
        if boards[body.slug].exists.end != change.on:
            raise one.place.error(f"{body.slug} is not abolished on {change.on} {_ELSEWHERE}")


def _region(row: BoardRow) -> str:
    return re.sub(r"[^a-z0-9]+", "-", row.region.lower()).strip("-")


def _check_codes(register: Register, change: ReorganisationRow, one: PlacedOperation) -> None:
    match one.operation:
        case Open(body=body, ons_code=ons, ods_code=ods):
            given = {"ons": ons, "ods": ods}
        case Recode(body=body, scheme=scheme, value=value):
            given = {scheme: value}
        case _:
            return
    for row in register.board_codes:
        if row.board == body.slug and row.valid.start == change.on:
            codes = {"ons": row.ons_code, "ods": row.ods_code}
            if any(value and value != codes[scheme] for scheme, value in given.items()):
                raise one.place.error(
                    f"{body.slug} has other codes from {change.on} in {row.place.file}, row "
                    f"{row.place.row}. Correct one of them."
                )
            return
    raise one.place.error(f"{body.slug} has no code from {change.on} in icb_codes.csv. Add it.")


def _check_areas(register: Register, change: ReorganisationRow, one: PlacedOperation) -> None:
    moves: list[tuple[str, str, list[str]]] = []
    match one.operation:
        case Merge(sources=sources, target=target):
            for source in sources:
                left = [
                    row.part
                    for row in register.part_boards
                    if row.board == source.slug and row.valid.end == change.on
                ]
                moves.append((source.slug, target.slug, left))
        case Split(source=source, targets=targets):
            moves += [
                (source.slug, target.body.slug, [one.area for one in target.areas])
                for target in targets
            ]
        case Transfer(source=giver, target=taker, areas=areas) if giver and taker:
            moves.append((giver.slug, taker.slug, [one.area for one in areas]))
        case _:
            return
    ends = {(row.part, row.board) for row in register.part_boards if row.valid.end == change.on}
    starts = {(row.part, row.board) for row in register.part_boards if row.valid.start == change.on}
    for giver_slug, taker_slug, parts in moves:
        for part in parts:
            if (part, giver_slug) not in ends or (part, taker_slug) not in starts:
                raise one.place.error(
                    f"part {part} does not go from {giver_slug} to {taker_slug} on "
                    f"{change.on} in part_boards.csv. Correct one of them."
                )
