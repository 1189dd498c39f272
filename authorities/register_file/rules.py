"""The rules that a register keeps as a whole."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from authorities.geography import Overlap, PartOverlap, overlaps
from authorities.register_file.reorganisation_rules import check_reorganisations
from authorities.register_file.rows import OverlapTable, Register
from authorities.register_file.tables import Place, RegisterError
from authorities.span import Span

# Published shares are rounded to six places.
_SHARE_ROUNDING = 1e-6
# People are whole in each part, so a sum of parts may differ by one from a rounded sum.
_PEOPLE_ROUNDING = 1
# The type of an authority that is one council.
_SINGLE = "single_authority"


_ALWAYS = Span(start=None, end=None)


@dataclass(frozen=True)
class _CodeUse:
    """A code in use for a body."""

    place: Place
    body: str
    code: str
    valid: Span


class _Placed(Protocol):
    @property
    def place(self) -> Place: ...


class _Dated(_Placed, Protocol):
    @property
    def valid(self) -> Span: ...


_Row = TypeVar("_Row", bound=_Placed)
_DatedRow = TypeVar("_DatedRow", bound=_Dated)


def check_register(*, register: Register) -> None:
    """Let a register through that keeps every rule.

    Args:
        register: rows whose cells have been read.

    Raises:
        RegisterError: the first rule found broken, with file, row and what to do.
    """
    _check_identities(register)
    _check_references(register)
    _check_codes(register)
    _check_spans(register)
    _check_governance(register)
    check_reorganisations(register=register)
    for table in register.overlap_tables:
        _check_overlaps(register, table)


def _check_identities(register: Register) -> None:
    _once(register.authorities, lambda row: row.slug, "the slug")
    _once(register.boards, lambda row: row.slug, "the slug")
    _once(register.clusters, lambda row: row.slug, "the cluster")
    _once(register.councils, lambda row: row.code, "the council code")
    _once(register.councils, lambda row: row.name, "the council name")
    _once(register.parts, lambda row: row.key, "the part")
    _once(register.other_bodies, lambda row: (row.kind, row.slug), "the slug")
    _once(
        register.successions,
        lambda row: (row.predecessor, row.successor, row.on_date),
        "the succession",
    )
    regions: dict[str, str] = {}
    for board in register.boards:
        name = regions.setdefault(board.region_code, board.region)
        if name != board.region:
            raise board.place.error(
                f"region {board.region_code} is {board.region} here and {name} above. Use one name."
            )


def _check_references(register: Register) -> None:
    authorities = {row.slug for row in register.authorities}
    boards = {row.slug for row in register.boards}
    councils = {row.code for row in register.councils}
    parts = {row.key for row in register.parts}
    clusters = {row.slug for row in register.clusters}
    for member in register.members:
        _known(member, member.authority, authorities, "strategic authority")
        _known(member, member.council, councils, "council code")
    for board_code in register.board_codes:
        _known(board_code, board_code.board, boards, "board")
    for succession in register.successions:
        _known(succession, succession.predecessor, boards, "board")
        _known(succession, succession.successor, boards, "board")
        if succession.predecessor == succession.successor:
            raise succession.place.error("a board does not succeed itself. Name another.")
    for code in register.council_codes:
        _known(code, code.council, councils, "council code")
    for part in register.parts:
        _known(part, part.council, councils, "council code")
    for part_board in register.part_boards:
        _known(part_board, part_board.part, parts, "part")
        _known(part_board, part_board.board, boards, "board")
    for held in register.held_functions:
        _known(held, held.authority, authorities, "strategic authority")
    for seat in register.seats:
        _known(seat, seat.authority, authorities, "strategic authority")
        _known(seat, seat.board, boards, "board")
    for agreement in register.agreements:
        _known(agreement, agreement.authority, authorities, "strategic authority")
        if agreement.board:
            _known(agreement, agreement.board, boards, "board")
    regions = {row.slug for row in register.other_bodies if row.kind == "region"}
    for region in register.council_regions:
        _known(region, region.council, councils, "council code")
        _known(region, region.region, regions, "region")
    cluster_of = {row.slug: row.cluster for row in register.boards}
    for board in register.boards:
        if board.cluster:
            _known(board, board.cluster, clusters, "cluster")
    for cluster in register.clusters:
        for member_slug in cluster.members:
            _known(cluster, member_slug, boards, "board")
            if cluster_of[member_slug] != cluster.slug:
                raise cluster.place.error(
                    f"{member_slug} is a member here, but not in integrated_care_boards.csv."
                )
    for table in register.overlap_tables:
        for overlap in table.rows:
            _known(overlap, overlap.authority, authorities, "strategic authority")
            _known(overlap, overlap.board, boards, "board")


def _check_codes(register: Register) -> None:
    """No code means two bodies on one day, and no body has two codes of a scheme."""
    ons: list[_CodeUse] = []
    ods: list[_CodeUse] = []
    recoded = {row.council for row in register.council_codes}
    for council in register.councils:
        if council.code not in recoded:
            ons.append(_CodeUse(council.place, f"council {council.code}", council.code, _ALWAYS))
    for code in register.council_codes:
        ons.append(_CodeUse(code.place, f"council {code.council}", code.code, code.valid))
    for authority in register.authorities:
        # A single authority is its council, and the code is the council's own.
        if authority.ons_code and authority.type != _SINGLE:
            ons.append(
                _CodeUse(
                    authority.place,
                    f"authority {authority.slug}",
                    authority.ons_code,
                    authority.exists,
                )
            )
    for board_code in register.board_codes:
        name = f"board {board_code.board}"
        ons.append(_CodeUse(board_code.place, name, board_code.ons_code, board_code.valid))
        ods.append(_CodeUse(board_code.place, name, board_code.ods_code, board_code.valid))
    for other in register.other_bodies:
        if other.ons_code:
            ons.append(_CodeUse(other.place, f"{other.kind} {other.slug}", other.ons_code, _ALWAYS))
    for uses in (ons, ods):
        _apart(uses, lambda use: use.code, "the code {key} means two bodies on one day")
        _apart(uses, lambda use: use.body, "{key} has two codes on one day")


def _check_spans(register: Register) -> None:
    _apart(
        [row for row in register.members if row.role == "constituent"],
        lambda row: row.council,
        "council {key} is in two strategic authorities on one day",
    )
    _apart(
        [row for row in register.members if row.role != "constituent"],
        lambda row: (row.authority, row.council),
        "this membership is there twice on one day",
    )
    _apart(register.part_boards, lambda row: row.part, "part {key} is in two boards on one day")
    _apart(
        register.council_regions,
        lambda row: row.council,
        "council {key} is in two regions on one day",
    )
    board_exists = {row.slug: row.exists for row in register.boards}
    for part_board in register.part_boards:
        _inside(part_board.place, part_board.valid, board_exists[part_board.board])
    for board_code in register.board_codes:
        _inside(board_code.place, board_code.valid, board_exists[board_code.board])
    authorities = {row.slug: row for row in register.authorities}
    for member in register.members:
        authority = authorities[member.authority]
        if not authority.planned and member.valid.start is None:
            raise member.place.error("valid_from is empty, yet the authority is established.")
        _inside(member.place, member.valid, authority.exists)
    for succession in register.successions:
        if board_exists[succession.predecessor].end not in (None, succession.on_date):
            raise succession.place.error(
                f"{succession.predecessor} was not abolished on {succession.on_date}."
            )


def _check_governance(register: Register) -> None:
    """What a body holds it holds on its own days; an empty first day is not known, not earlier."""
    authorities = {row.slug: row.exists for row in register.authorities}
    boards = {row.slug: row.exists for row in register.boards}
    for held in register.held_functions:
        _inside_if_known(held.place, held.valid, authorities[held.authority])
    for seat in register.seats:
        _inside_if_known(seat.place, seat.valid, authorities[seat.authority])
        _inside_if_known(seat.place, seat.valid, boards[seat.board])
    for agreement in register.agreements:
        _inside_if_known(agreement.place, agreement.valid, authorities[agreement.authority])
        if agreement.board:
            _inside_if_known(agreement.place, agreement.valid, boards[agreement.board])
    _apart(
        register.held_functions,
        lambda row: (row.authority, row.function),
        "this function is held twice on one day",
    )
    _apart(
        register.seats,
        lambda row: (row.authority, row.board, row.kind, row.holder),
        "this seat is there twice on one day",
    )
    _apart(
        register.agreements,
        lambda row: (row.authority, row.title),
        "this agreement is there twice on one day",
    )


def _check_overlaps(register: Register, table: OverlapTable) -> None:
    computed = _computed(register, table)
    for row in table.rows:
        overlap = computed.pop((row.authority, row.board), None)
        if overlap is None:
            raise row.place.error(
                f"no part lies in both {row.authority} and {row.board} on {table.day}."
            )
        slack = _SHARE_ROUNDING + _PEOPLE_ROUNDING * overlap.share_of_authority / overlap.population
        if (
            abs(overlap.population - row.population) > _PEOPLE_ROUNDING
            or abs(overlap.share_of_authority - row.share_of_authority) > slack
            or abs(overlap.share_of_board - row.share_of_board) > slack
        ):
            raise row.place.error(
                f"the parts add up to {overlap.population} people, "
                f"{overlap.share_of_authority:.6f} of {row.authority} and "
                f"{overlap.share_of_board:.6f} of {row.board}, not to what stands here. "
                "Check council_parts.csv and part_boards.csv."
            )
    for authority, board in sorted(computed):
        raise RegisterError(
            f"{table.file}: no row for {authority} and {board}, who share people on {table.day}. "
            "Add it."
        )


def _computed(register: Register, table: OverlapTable) -> dict[tuple[str, str], Overlap]:
    """Overlaps on the day, with every authority counted as if it had begun.

    The published tables lay today's authorities over the boards of the day.
    """
    authority_of = {
        row.council: row.authority
        for row in register.members
        if row.role == "constituent" and (row.valid.end is None or table.day < row.valid.end)
    }
    board_of = {
        row.part: row.board for row in register.part_boards if row.valid.holds_on(table.day)
    }
    for part in register.parts:
        if part.key not in board_of:
            raise part.place.error(f"part {part.key} is in no board on {table.day}.")
    return {
        (overlap.authority, overlap.board): overlap
        for overlap in overlaps(
            parts=[
                PartOverlap(
                    part=part.key,
                    authority=authority_of.get(part.council),
                    board=board_of[part.key],
                    population=part.population,
                )
                for part in register.parts
            ]
        )
    }


def _once(rows: Iterable[_Row], key: Callable[[_Row], Hashable], what: str) -> None:
    seen: dict[Hashable, Place] = {}
    for row in rows:
        before = seen.setdefault(key(row), row.place)
        if before is not row.place:
            raise row.place.error(f"{what} {key(row)} stands in row {before.row}, too. Remove one.")


def _known(row: _Placed, value: str, known: set[str], what: str) -> None:
    if value not in known:
        raise row.place.error(f"{value} is not a known {what}. Correct it, or add it to its file.")


def _inside(place: Place, span: Span, whole: Span) -> None:
    if not span.within(whole):
        raise place.error(f"the row holds {span}, but the body exists only {whole}.")


def _inside_if_known(place: Place, span: Span, whole: Span) -> None:
    if span.end is not None and whole.start is not None and span.end <= whole.start:
        raise place.error(f"the row ends on {span.end}, but the body exists only {whole}.")
    _inside(place, Span(span.start or whole.start, span.end or whole.end), whole)


def _apart(rows: Sequence[_DatedRow], key: Callable[[_DatedRow], Hashable], rule: str) -> None:
    """Refuse two rows of one key whose days overlap."""
    by_key: defaultdict[Hashable, list[_DatedRow]] = defaultdict(list)
    for row in rows:
        for before in by_key[key(row)]:
            if before.valid.overlaps(row.valid):
                raise row.place.error(
                    f"{rule.format(key=key(row))}: see {before.place.file}, row "
                    f"{before.place.row}. Correct one of them."
                )
        by_key[key(row)].append(row)
