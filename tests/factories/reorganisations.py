"""A small country for tests of reorganisations, and the steps from a draft to its application."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from authorities.actions import reorganisation_jobs, reorganisations
from authorities.actions.pairs import rebuild_pairs
from authorities.models import (
    Body,
    BodyKind,
    IntegratedCareBoard,
    Pair,
    Reorganisation,
    StrategicAuthority,
    User,
)
from authorities.reorganisation.facts import AUTHORITY, BOARD, BodyKey
from authorities.reorganisation.operations import (
    AreaShare,
    Merge,
    Open,
    Operation,
    Split,
    SplitTarget,
)
from tests.factories.authorities import (
    AreaPartFactory,
    BoardFactory,
    CouncilFactory,
    CouncilMembershipFactory,
    PartBoardFactory,
    StrategicAuthorityFactory,
    UserFactory,
)


@dataclass(frozen=True)
class Country:
    """Two authorities of two councils each, and three boards.

    north: Northam (100,000 people, West) and Norbury (50,000, Mid);
    south: Southam (80,000, Mid) and Sudbury (70,000, East).
    """

    north: StrategicAuthority
    south: StrategicAuthority
    west: IntegratedCareBoard
    mid: IntegratedCareBoard
    east: IntegratedCareBoard


def small_country() -> Country:
    """Make the country, with the pairs that follow from it."""
    north, south = (StrategicAuthorityFactory(slug=slug) for slug in ("north", "south"))
    west, mid, east = (BoardFactory(slug=slug) for slug in ("west", "mid", "east"))
    for number, (slug, people, authority, board) in enumerate(
        (
            ("northam", 100_000, north, west),
            ("norbury", 50_000, north, mid),
            ("southam", 80_000, south, mid),
            ("sudbury", 70_000, south, east),
        ),
        start=1,
    ):
        council = CouncilFactory(slug=slug)
        part = AreaPartFactory(key=part_of(number), population=people, council=council)
        CouncilMembershipFactory(authority=authority, council=council)
        PartBoardFactory(part=part, board=board)
    rebuild_pairs(by=None, at=timezone.now())
    return Country(north=north, south=south, west=west, mid=mid, east=east)


def part_of(number: int) -> str:
    """The key of a council's part: Northam's is 1, Norbury's 2, Southam's 3, Sudbury's 4."""
    return f"E0600000{number}:1"


NORTHAM, NORBURY, SOUTHAM, SUDBURY = (part_of(number) for number in range(1, 5))


def pair(authority: str, board: str) -> Pair:
    """The pair with these slugs."""
    return Pair.objects.select_related("authority", "board").get(
        authority__slug=authority, board__slug=board
    )


def board(slug: str) -> BodyKey:
    """A board as operations name it."""
    return BodyKey(BOARD, slug)


def authority(slug: str) -> BodyKey:
    """An authority as operations name it."""
    return BodyKey(AUTHORITY, slug)


def body(key: BodyKey) -> Body:
    """The stored body."""
    return Body.objects.get(kind=key.kind, slug=key.slug)


def opened(key: BodyKey) -> Open:
    """A body that begins, with a name of its slug."""
    name = key.slug.replace("-", " ").title()
    if key.kind == BodyKind.STRATEGIC_AUTHORITY:
        return Open(body=key, name=name, short_name=name, type="combined_authority", tier="mayoral")
    return Open(body=key, name=f"NHS {name}", short_name=name)


def boards_merge() -> tuple[Operation, ...]:
    """West and Mid become West and Mid."""
    new = board("west-and-mid")
    return opened(new), Merge(sources=(board("west"), board("mid")), target=new)


def authorities_merge() -> tuple[Operation, ...]:
    """North and South become Union."""
    new = authority("union")
    return opened(new), Merge(sources=(authority("north"), authority("south")), target=new)


def mid_splits() -> tuple[Operation, ...]:
    """Norbury goes to West; Southam in halves to Lower and Upper, both new; Lower is primary."""
    lower, upper = board("lower"), board("upper")
    return (
        opened(lower),
        opened(upper),
        Split(
            source=board("mid"),
            targets=(
                SplitTarget(lower, (AreaShare(SOUTHAM, 0.5),)),
                SplitTarget(upper, (AreaShare(SOUTHAM, 0.5),)),
                SplitTarget(board("west"), (AreaShare(NORBURY),)),
            ),
            primary=lower,
        ),
    )


def drafted(
    operations: Sequence[Operation],
    *,
    on: date | None = None,
    by: User | None = None,
    what_if: bool = False,
    title: str = "A change",
) -> Reorganisation:
    """A change with its operations, not yet previewed; from today on unless said otherwise."""
    by = by or UserFactory()
    made = reorganisations.draft(
        heading=reorganisations.Heading(
            title=title,
            effective_date=on or timezone.localdate(),
            source="The Testshire Order 2026",
            certainty="high",
            what_if=what_if,
        ),
        by=by,
        at=timezone.now(),
    )
    reorganisations.add_operation(
        reorganisation=made, version=made.version, operations=operations, by=by, at=timezone.now()
    )
    made.refresh_from_db()
    return made


def previewed(change: Reorganisation, *, by: User | None = None) -> Reorganisation:
    """The change, ready for approval."""
    reorganisations.preview(
        reorganisation=change,
        version=change.version,
        by=by or change.proposed_by,
        at=timezone.now(),
    )
    change.refresh_from_db()
    return change


def preview_of(change: Reorganisation) -> dict[str, Any]:
    """What was frozen with the change, as plain values."""
    assert change.preview is not None
    frozen: dict[str, Any] = change.preview
    return frozen


def approved(change: Reorganisation) -> Reorganisation:
    """The change, approved by a second person."""
    reorganisations.approve(
        reorganisation=change, version=change.version, by=UserFactory(), at=timezone.now()
    )
    change.refresh_from_db()
    return change


def scheduled(change: Reorganisation, *, override_reason: str = "") -> Reorganisation:
    """The change, previewed, approved and set to be applied on its day."""
    approved(previewed(change))
    reorganisations.schedule(
        reorganisation=change,
        version=change.version,
        override_reason=override_reason,
        by=UserFactory(),
        at=timezone.now(),
    )
    change.refresh_from_db()
    return change


def apply_due(*, today: date | None = None, at: datetime | None = None) -> int:
    """Run the job, today and now unless said otherwise."""
    return reorganisation_jobs.apply_due(
        today=today or timezone.localdate(), at=at or timezone.now()
    )


def applied(
    operations: Sequence[Operation], *, on: date | None = None, override_reason: str = ""
) -> Reorganisation:
    """A change that was applied on its day."""
    change = scheduled(drafted(operations, on=on), override_reason=override_reason)
    apply_due(today=change.effective_date)
    change.refresh_from_db()
    assert change.state == "applied", change.failure
    return change
