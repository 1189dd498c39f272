"""The bodies that a register names, with the fields of their rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.text import slugify

from authorities.models import (
    Body,
    BodyKind,
    Council,
    IntegratedCareBoard,
    StrategicAuthority,
)
from authorities.register_file import AuthorityRow, CouncilRow, Register

_NO_FIRST_DAY = "Its first day is not recorded: it counts from the register's earliest day."


@dataclass(frozen=True)
class BodyFields:
    """A body as the register has it."""

    model: type[Body]
    kind: BodyKind
    slug: str
    opened_on: date | None
    closed_on: date | None = None
    planned: bool = False
    certainty: str = "high"
    source: str = ""
    note: str = ""
    more: dict[str, object] = field(default_factory=dict)


def council_slug(*, row: CouncilRow) -> str:
    """The name of a council in addresses; the register knows councils by their codes."""
    return slugify(row.name)


def region_slug(*, name: str) -> str:
    """The name of an NHS region in addresses."""
    return slugify(name)


def cluster_start(*, announced_year: int) -> date:
    """The first day on which a cluster is known to hold: only the year is on record."""
    return date(announced_year + 1, 1, 1)


def bodies_of(*, register: Register) -> Iterator[BodyFields]:
    """Yield every body of the register."""
    for authority in register.authorities:
        yield _authority(authority)
    for board in register.boards:
        yield BodyFields(
            model=IntegratedCareBoard,
            kind=BodyKind.INTEGRATED_CARE_BOARD,
            slug=board.slug,
            opened_on=board.exists.start,
            closed_on=board.exists.end,
            certainty=board.certainty,
            source=board.source,
            note=board.note,
        )
    for council in register.councils:
        yield BodyFields(
            model=Council,
            kind=BodyKind.COUNCIL,
            slug=council_slug(row=council),
            opened_on=register.begins_on,
            certainty=council.certainty,
            source=council.source,
            note=_NO_FIRST_DAY,
        )
    yield from _groups(register)
    for other in register.other_bodies:
        yield BodyFields(
            model=Body,
            kind=BodyKind(other.kind),
            slug=other.slug,
            opened_on=register.begins_on,
            certainty=other.certainty,
            source=other.source,
            note=_NO_FIRST_DAY,
        )


def _authority(row: AuthorityRow) -> BodyFields:
    return BodyFields(
        model=StrategicAuthority,
        kind=BodyKind.STRATEGIC_AUTHORITY,
        slug=row.slug,
        opened_on=row.exists.start,
        closed_on=row.exists.end,
        planned=row.planned,
        certainty=row.certainty,
        source=row.source,
        note=row.note,
        more={
            "legal_instrument": row.legal_instrument,
            "first_mayoral_election": row.first_mayoral_election,
            "next_mayoral_election": row.next_mayoral_election,
        },
    )


def _groups(register: Register) -> Iterator[BodyFields]:
    regions = {board.region: board for board in register.boards}
    for name, board in sorted(regions.items()):
        yield BodyFields(
            model=Body,
            kind=BodyKind.NHS_REGION,
            slug=region_slug(name=name),
            opened_on=register.begins_on,
            certainty=board.certainty,
            source=board.source,
            note=_NO_FIRST_DAY,
        )
    for cluster in register.clusters:
        yield BodyFields(
            model=Body,
            kind=BodyKind.CLUSTER,
            slug=cluster.slug,
            opened_on=cluster_start(announced_year=cluster.announced_year),
            certainty=cluster.certainty,
            source=cluster.source,
            note=f"Announced in {cluster.announced_year}. Merger: {cluster.note}",
        )
