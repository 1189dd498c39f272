"""The dated facts of a register, as rows that are not yet stored."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange

from authorities.actions.dated_facts import FactChange, FactKind
from authorities.actions.register_bodies import cluster_start, council_slug, region_slug
from authorities.models import (
    AreaPart,
    AuthorityType,
    Body,
    BodyCode,
    BodyGrouping,
    BodyKind,
    BodyName,
    CodeScheme,
    CouncilMembership,
    Designation,
    PartBoard,
    PartCouncil,
    Succession,
)
from authorities.register_file import AuthorityRow, Register
from authorities.reorganisation.facts import PartFact

Bodies = Mapping[tuple[str, str], Body]

_NAMES = FactKind(BodyName, (("body_id",),), lambda fact: fact.body_id, "name")
_CODES = FactKind(
    BodyCode, (("body_id", "scheme"), ("scheme", "value")), lambda fact: fact.body_id, "code"
)
_DESIGNATIONS = FactKind(
    Designation, (("authority_id",),), lambda fact: fact.authority_id, "designation"
)
_MEMBERS = FactKind(
    CouncilMembership,
    (("council_id", "role"),),
    lambda fact: fact.authority_id,
    "member",
)
_GROUPINGS = FactKind(
    BodyGrouping, (("member_id", "group_id"),), lambda fact: fact.member_id, "group"
)
_PART_BOARDS = FactKind(PartBoard, (("part_id",),), lambda fact: fact.board_id, "part")
_PART_COUNCILS = FactKind(PartCouncil, (("part_id",),), lambda fact: fact.council_id, "part")
_SUCCESSIONS = FactKind(
    Succession,
    (("predecessor_id", "successor_id", "on_date"),),
    lambda fact: fact.successor_id,
    "succession",
)


def planned_since(*, register: Register) -> dict[str, date]:
    """The day from which each planned authority is known: the earliest register that had it."""
    # An authority that began on screen may have had another name while it was planned.
    known = {
        slug: valid.lower
        for slug, valid in BodyName.objects.filter(
            body__kind=BodyKind.STRATEGIC_AUTHORITY, body__planned=True
        )
        .order_by("-valid")
        .values_list("body__slug", "valid")
    }
    return {
        row.slug: min(known.get(row.slug) or register.gathered_on, register.gathered_on)
        for row in register.authorities
        if row.planned
    }


def add_parts(*, register: Register) -> tuple[dict[str, AreaPart], frozenset[str]]:
    """Return every part, with the register's that were missing, and which were missing."""
    parts = {part.key: part for part in AreaPart.objects.all()}
    made = AreaPart.objects.bulk_create(
        AreaPart(
            key=row.key,
            population=row.population,
            population_year=row.population_year,
            small_areas=row.small_areas,
            source=row.source,
        )
        for row in register.parts
        if row.key not in parts
    )
    return parts | {part.key: part for part in made}, frozenset(part.key for part in made)


def settle_parts(
    *,
    register: Register,
    wanted: Sequence[PartFact],
    bodies: Bodies,
    parts: dict[str, AreaPart],
    made: Collection[str],
) -> tuple[FactChange, ...]:
    """Give parts the people that they are to have, in place since boundaries refer to them."""
    council_of = _councils(register, bodies)
    rows = {row.key: row for row in register.parts}
    changes: list[FactChange] = []
    for fact in wanted:
        # The piece of a part that a change has divided is not in the register.
        row = rows.get(fact.key) or rows[f"{fact.key.partition(':')[0]}:1"]
        values: dict[str, Any] = {
            "population": fact.population,
            "population_year": row.population_year,
            "small_areas": fact.small_areas,
        }
        if fact.key in rows:
            values["source"] = row.source
        part = parts.get(fact.key) or AreaPart(key=fact.key, source=row.source)
        same = all(getattr(part, name) == value for name, value in values.items())
        if same and fact.key not in made:
            continue
        if not same:
            for name, value in values.items():
                setattr(part, name, value)
            part.save()
            parts[fact.key] = part
        changes.append(
            FactChange(council_of[row.council], f"now: part {fact.key} {fact.population}")
        )
    return tuple(changes)


def facts_of(
    *,
    register: Register,
    bodies: Bodies,
    parts: Mapping[str, AreaPart],
    planned: Mapping[str, date],
) -> Iterator[tuple[FactKind[Any], Sequence[Any]]]:
    """Yield each kind of dated fact with all facts of it; what ends with a body is apart."""
    yield _NAMES, list(_names(register, bodies, planned))
    yield _CODES, list(_codes(register, bodies))
    yield _DESIGNATIONS, list(_designations(register, bodies, planned))
    yield _MEMBERS, list(_members(register, bodies, planned))
    yield _GROUPINGS, list(_groupings(register, bodies))
    council_of = _councils(register, bodies)
    yield (
        _PART_COUNCILS,
        [
            PartCouncil(
                part=parts[row.key],
                council_id=council_of[row.council],
                valid=DateRange(register.begins_on, None),
            )
            for row in register.parts
        ],
    )
    yield (
        _PART_BOARDS,
        [
            PartBoard(
                part=parts[row.part],
                board_id=bodies[BodyKind.INTEGRATED_CARE_BOARD, row.board].pk,
                valid=DateRange(row.valid.start, row.valid.end),
            )
            for row in register.part_boards
        ],
    )
    yield _SUCCESSIONS, list(_successions(register, bodies))


def _councils(register: Register, bodies: Bodies) -> dict[str, UUID]:
    return {
        row.code: bodies[BodyKind.COUNCIL, council_slug(row=row)].pk for row in register.councils
    }


def _life(row: AuthorityRow, planned: Mapping[str, date]) -> DateRange:
    """The days of an authority; what is planned counts from the day on which it was known."""
    return DateRange(row.exists.start or planned[row.slug], row.exists.end)


def _names(register: Register, bodies: Bodies, planned: Mapping[str, date]) -> Iterator[BodyName]:
    for authority in register.authorities:
        yield BodyName(
            body=bodies[BodyKind.STRATEGIC_AUTHORITY, authority.slug],
            name=authority.name,
            short_name=authority.short_name,
            valid=_life(authority, planned),
            source=authority.source,
        )
    for board in register.boards:
        yield BodyName(
            body=bodies[BodyKind.INTEGRATED_CARE_BOARD, board.slug],
            name=board.name,
            short_name=board.short_name,
            valid=DateRange(board.exists.start, board.exists.end),
            source=board.source,
        )
    for council in register.councils:
        yield _lasting_name(
            bodies[BodyKind.COUNCIL, council_slug(row=council)], council.name, council.source
        )
    for region, source in sorted({row.region: row.source for row in register.boards}.items()):
        yield _lasting_name(bodies[BodyKind.NHS_REGION, region_slug(name=region)], region, source)
    for cluster in register.clusters:
        yield _lasting_name(bodies[BodyKind.CLUSTER, cluster.slug], cluster.name, cluster.source)
    for other in register.other_bodies:
        yield _lasting_name(
            bodies[other.kind, other.slug], other.name, other.source, short_name=other.short_name
        )


def _lasting_name(body: Body, name: str, source: str, short_name: str = "") -> BodyName:
    return BodyName(
        body=body,
        name=name,
        short_name=short_name or name,
        valid=DateRange(None, None),
        source=source,
    )


def _codes(register: Register, bodies: Bodies) -> Iterator[BodyCode]:
    council_of = _councils(register, bodies)
    recoded = {row.council for row in register.council_codes}
    for council in register.councils:
        if council.code not in recoded:
            yield _ons(council_of[council.code], council.code, DateRange(None, None), council)
    for code in register.council_codes:
        valid = DateRange(code.valid.start, code.valid.end)
        yield _ons(council_of[code.council], code.code, valid, code)
    for authority in register.authorities:
        # The code of a single authority is its council's own, and stands there.
        if authority.ons_code and authority.type != AuthorityType.SINGLE_AUTHORITY:
            yield _ons(
                bodies[BodyKind.STRATEGIC_AUTHORITY, authority.slug].pk,
                authority.ons_code,
                DateRange(authority.exists.start, authority.exists.end),
                authority,
            )
    yield from _board_codes(register, bodies)
    for region_code, board in sorted({row.region_code: row for row in register.boards}.items()):
        region_id = bodies[BodyKind.NHS_REGION, region_slug(name=board.region)].pk
        yield _ons(region_id, region_code, DateRange(None, None), board)
    for other in register.other_bodies:
        if other.ons_code:
            yield _ons(
                bodies[other.kind, other.slug].pk, other.ons_code, DateRange(None, None), other
            )


def _board_codes(register: Register, bodies: Bodies) -> Iterator[BodyCode]:
    """The codes of boards; one that is kept beside a new one of the other scheme is one fact."""
    last: dict[tuple[UUID, str], BodyCode] = {}
    for row in sorted(register.board_codes, key=lambda row: (row.board, row.valid.start)):
        board_id = bodies[BodyKind.INTEGRATED_CARE_BOARD, row.board].pk
        for scheme, value in ((CodeScheme.ONS, row.ons_code), (CodeScheme.ODS, row.ods_code)):
            before = last.get((board_id, scheme))
            if before and before.value == value and before.valid.upper == row.valid.start:
                before.valid = DateRange(before.valid.lower, row.valid.end)
                continue
            last[board_id, scheme] = BodyCode(
                body_id=board_id,
                scheme=scheme,
                value=value,
                valid=DateRange(row.valid.start, row.valid.end),
                certainty=row.certainty,
                source=row.source,
            )
            yield last[board_id, scheme]


def _ons(body_id: UUID, value: str, valid: DateRange, row: Any) -> BodyCode:
    return BodyCode(
        body_id=body_id,
        scheme=CodeScheme.ONS,
        value=value,
        valid=valid,
        certainty=row.certainty,
        source=row.source,
    )


def _designations(
    register: Register, bodies: Bodies, planned: Mapping[str, date]
) -> Iterator[Designation]:
    for row in register.authorities:
        yield Designation(
            authority_id=bodies[BodyKind.STRATEGIC_AUTHORITY, row.slug].pk,
            type=row.type,
            tier=row.tier,
            valid=_life(row, planned),
            certainty=row.certainty,
            source=row.source,
        )


def _members(
    register: Register, bodies: Bodies, planned: Mapping[str, date]
) -> Iterator[CouncilMembership]:
    council_of = _councils(register, bodies)
    for row in register.members:
        yield CouncilMembership(
            authority_id=bodies[BodyKind.STRATEGIC_AUTHORITY, row.authority].pk,
            council_id=council_of[row.council],
            role=row.role,
            valid=DateRange(row.valid.start or planned[row.authority], row.valid.end),
            planned=row.authority in planned,
            certainty=row.certainty,
            source=row.source,
        )


def _groupings(register: Register, bodies: Bodies) -> Iterator[BodyGrouping]:
    board_rows = {row.slug: row for row in register.boards}
    for board in register.boards:
        yield BodyGrouping(
            member_id=bodies[BodyKind.INTEGRATED_CARE_BOARD, board.slug].pk,
            group_id=bodies[BodyKind.NHS_REGION, region_slug(name=board.region)].pk,
            valid=DateRange(board.exists.start, board.exists.end),
            certainty=board.certainty,
            source=board.source,
        )
    for cluster in register.clusters:
        start = cluster_start(announced_year=cluster.announced_year)
        for slug in cluster.members:
            yield BodyGrouping(
                member_id=bodies[BodyKind.INTEGRATED_CARE_BOARD, slug].pk,
                group_id=bodies[BodyKind.CLUSTER, cluster.slug].pk,
                valid=DateRange(start, board_rows[slug].exists.end),
                certainty=cluster.certainty,
                source=cluster.source,
            )
    council_of = _councils(register, bodies)
    for row in register.council_regions:
        yield BodyGrouping(
            member_id=council_of[row.council],
            group_id=bodies[BodyKind.REGION, row.region].pk,
            valid=DateRange(row.valid.start, row.valid.end),
            certainty=row.certainty,
            source=row.source,
        )


def _successions(register: Register, bodies: Bodies) -> Iterator[Succession]:
    for row in register.successions:
        yield Succession(
            predecessor_id=bodies[BodyKind.INTEGRATED_CARE_BOARD, row.predecessor].pk,
            successor_id=bodies[BodyKind.INTEGRATED_CARE_BOARD, row.successor].pk,
            on_date=row.on_date,
            kind=row.kind,
            population=row.population,
            share=row.share,
            certainty=row.certainty,
            source=row.source,
        )
